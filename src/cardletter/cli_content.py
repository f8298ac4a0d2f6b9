"""Write the first draft of an article, an offer or an edition.

What is not given as an option is asked for; so they work with a terminal and without one.
"""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cardletter.content import making
from cardletter.content.catalogue import Kind
from cardletter.errors import CardletterError
from cardletter.profiles import read_interests
from cardletter.settings import load

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)
screen = Console()

Project = Annotated[Path, typer.Option(help="The folder of your newsletter project.")]
Title = Annotated[str, typer.Option(prompt="Title", help="What stands above it.")]
Interest = Annotated[
    str | None, typer.Option(help="Ids of segments/interests.yaml, the main one first; '': all.")
]
Teaser = Annotated[str, typer.Option(prompt="Teaser, one sentence", help="Why to read it.")]
Image = Annotated[str | None, typer.Option(help="A PNG of content/pictures/.")]
Alt = Annotated[str | None, typer.Option(help="What the picture shows.")]
Link = Annotated[str, typer.Option(prompt="Link, https://...", help="Where it leads.")]
Text = Annotated[str, typer.Option(prompt="Text (more can follow)", help="In Markdown.")]
Until = Annotated[str, typer.Option(prompt="Last day, as 2027-03-31", help="Its last day.")]


@app.command()
def article(
    *,
    title: Title,
    teaser: Teaser,
    link: Link,
    text: Text,
    interests: Interest = None,
    image: Image = None,
    alt: Alt = None,
    service: Annotated[
        bool, typer.Option("--service", help="It informs, and sells nothing.")
    ] = False,
    project: Project = Path(),
) -> None:
    """Write an article of your own: content/articles/ID.md."""
    fields = {"title": title, "teaser": teaser, "purpose": "service" if service else "marketing"}
    _item(project, "article", (interests, image, alt), {**fields, "link": link}, text)


@app.command()
def offer(
    *,
    title: Title,
    teaser: Teaser,
    merchant: Annotated[str, typer.Option(prompt="Merchant", help="Whose offer it is.")],
    terms: Annotated[str, typer.Option(prompt="Terms", help="What it is subject to.")],
    until: Until,
    link: Link,
    text: Text,
    interests: Interest = None,
    image: Image = None,
    alt: Alt = None,
    impressions: Annotated[
        int | None, typer.Option(min=0, help="Members who may be shown it, at most.")
    ] = None,
    project: Project = Path(),
) -> None:
    """Write an offer of a merchant: content/offers/ID.md."""
    fields = {"title": title, "merchant": merchant, "teaser": teaser, "until": _day(until)}
    fields |= {"terms": terms, "architecture": "market maker"}
    fields |= {"budget": {"impressions": impressions} if impressions is not None else None}
    _item(project, "offer", (interests, image, alt), {**fields, "link": link}, text)


@app.command()
def edition(
    subject: Annotated[str, typer.Option(prompt="Subject", help="What stands in the inbox.")],
    preheader: Annotated[
        str, typer.Option(prompt="Preheader, the words after it", help="What follows the subject.")
    ],
    *,
    date: Annotated[str | None, typer.Option(help="Its date, as 2027-01-07.")] = None,
    name: Annotated[
        str | None, typer.Option(help="Its name; the year and month of its date.")
    ] = None,
    project: Project = Path(),
) -> None:
    """Write an edition: content/editions/NAME.yaml."""
    folder = load(project).project
    proposed = str(making.next_date(folder, dt.datetime.now().astimezone().date()))
    day = _day(date or typer.prompt("Date", default=proposed))
    named = name or f"{day:%Y-%m}"
    fields = {"date": day, "subject": subject, "preheader": preheader}
    _made(folder, making.write_edition(folder, named, fields))


def _item(
    project: Path,
    kind: Kind,
    picture: tuple[str | None, str | None, str | None],
    fields: dict[str, object],
    text: str,
) -> None:
    """Ask for what is left: interests, the picture and what it shows; and write the item."""
    folder = load(project).project
    interests, image, alt = picture
    if interests is None:
        known = ", ".join(read_interests(folder)[0].interests)
        screen.print(f"[dim]There are: {known}[/]", highlight=False)
        interests = typer.prompt("Interests, parted by commas; none is for everybody", default="")
    ids = [part.strip() for part in str(interests).split(",") if part.strip()]
    image = image or typer.prompt("Picture", default=making.picture(folder, kind, ids))
    said = making.alt(folder, str(image))
    alt = alt or typer.prompt("What it shows", default=said or None)
    head = {"title": fields.pop("title"), "interests": ids}
    _made(
        folder, making.write_item(folder, kind, head | fields | {"image": image, "alt": alt}, text)
    )


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise CardletterError(f"{text!r} is no date: write it as 2027-03-31.") from None


def _made(folder: Path, file: Path) -> None:
    screen.print(f"[green]✓[/] Wrote {file.relative_to(folder)}", highlight=False, soft_wrap=True)
