"""Write the first draft of an article, an offer or an edition.

What is not given as an option is asked for, and asked again where the answer would not be valid; so
they work with a terminal and without one.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cardletter.content import making
from cardletter.content.catalogue import PICTURES, Kind
from cardletter.errors import CardletterError
from cardletter.profiles import read_interests
from cardletter.settings import load
from cardletter.yamlfile import near_miss

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)
screen = Console()

Fault = Callable[[str, str], str]
"""Says what is wrong with a field's value, or nothing."""

Project = Annotated[Path, typer.Option(help="The folder of your newsletter project.")]
Title = Annotated[str | None, typer.Option(help="What stands above it.")]
Interest = Annotated[
    str | None, typer.Option(help="Ids of segments/interests.yaml, the main one first; '': all.")
]
Teaser = Annotated[str | None, typer.Option(help="Why to read it.")]
Image = Annotated[str | None, typer.Option(help="A PNG of content/pictures/.")]
Alt = Annotated[str | None, typer.Option(help="What the picture shows.")]
Link = Annotated[str | None, typer.Option(help="Where it leads.")]
Text = Annotated[str | None, typer.Option(help="In Markdown.")]
Until = Annotated[str | None, typer.Option(help="Its last day, as 2027-03-31.")]

QUESTIONS = {
    "title": "Title",
    "merchant": "Merchant",
    "teaser": "Teaser, one sentence",
    "terms": "Terms",
    "until": "Last day, as 2027-03-31",
    "link": "Link, https://...",
    "text": "Text (more can follow)",
    "subject": "Subject",
    "preheader": "Preheader, the words after it",
}


@app.command()
def article(
    *,
    title: Title = None,
    teaser: Teaser = None,
    link: Link = None,
    text: Text = None,
    interests: Interest = None,
    image: Image = None,
    alt: Alt = None,
    service: Annotated[
        bool, typer.Option("--service", help="It informs, and sells nothing.")
    ] = False,
    project: Project = Path(),
) -> None:
    """Write an article of your own: content/articles/ID.md."""
    asked = {"title": title, "teaser": teaser, "link": link, "text": text}
    fields = _asked(making.item_fault, asked)
    fields |= {"purpose": "service" if service else "marketing"}
    _item(project, "article", (interests, image, alt), fields)


@app.command()
def offer(
    *,
    title: Title = None,
    teaser: Teaser = None,
    merchant: Annotated[str | None, typer.Option(help="Whose offer it is.")] = None,
    terms: Annotated[str | None, typer.Option(help="What it is subject to.")] = None,
    until: Until = None,
    link: Link = None,
    text: Text = None,
    interests: Interest = None,
    image: Image = None,
    alt: Alt = None,
    impressions: Annotated[
        int | None, typer.Option(min=0, help="Members who may be shown it, at most.")
    ] = None,
    project: Project = Path(),
) -> None:
    """Write an offer of a merchant: content/offers/ID.md."""
    asked = {"title": title, "teaser": teaser, "merchant": merchant, "terms": terms}
    asked |= {"until": until, "link": link, "text": text}
    fields = _asked(making.item_fault, asked)
    fields |= {"until": _day(str(fields["until"])), "architecture": "market maker"}
    fields |= {"budget": {"impressions": impressions} if impressions is not None else None}
    _item(project, "offer", (interests, image, alt), fields)


@app.command()
def edition(
    *,
    subject: Annotated[str | None, typer.Option(help="What stands in the inbox.")] = None,
    preheader: Annotated[str | None, typer.Option(help="What follows the subject.")] = None,
    date: Annotated[str | None, typer.Option(help="Its date, as 2027-01-07.")] = None,
    name: Annotated[
        str | None,
        typer.Option(
            help="Its name; the year and month of its date, and its day if that is taken."
        ),
    ] = None,
    project: Project = Path(),
) -> None:
    """Write an edition: content/editions/NAME.yaml."""
    folder = load(project).project
    said = _asked(making.edition_fault, {"subject": subject, "preheader": preheader})
    proposed = str(making.next_date(folder, dt.datetime.now().astimezone().date()))
    day = _day(date or typer.prompt("Date", default=proposed, value_proc=_a_day))
    named = name or making.edition_name(folder, day)
    _made(folder, making.write_edition(folder, named, {"date": day, **said}))
    screen.print(f"See it: cardletter render {named}", highlight=False)


def _item(
    project: Path,
    kind: Kind,
    picture: tuple[str | None, str | None, str | None],
    fields: dict[str, object],
) -> None:
    """Ask for what is left: interests, the picture and what it shows; and write the item."""
    folder = load(project).project
    interests, image, alt = picture
    ids = _ids(interests) if interests is not None else _ask_interests(folder)
    there = partial(_there, folder)
    image = image or typer.prompt(
        "Picture", default=making.picture(folder, kind, ids), value_proc=there
    )
    said = making.alt(folder, str(image))
    fits = partial(_fitting, making.item_fault, "alt")
    alt = alt or typer.prompt("What it shows", default=said or None, value_proc=fits)
    text = str(fields.pop("text"))
    head = {"title": fields.pop("title"), "interests": ids}
    _made(
        folder, making.write_item(folder, kind, head | fields | {"image": image, "alt": alt}, text)
    )


def _asked(fault: Fault, given: Mapping[str, str | None]) -> dict[str, object]:
    """Give what was said, and ask for what was not."""
    return {
        name: typer.prompt(QUESTIONS[name], value_proc=partial(_fitting, fault, name))
        if said is None
        else said
        for name, said in given.items()
    }


def _fitting(fault: Fault, name: str, said: str) -> str:
    """Give an answer back, or let it be asked for again."""
    if name == "until":
        return _a_day(said)
    if wrong := fault(name, said):
        raise typer.BadParameter(wrong)
    return said


def _a_day(said: str) -> str:
    try:
        return str(_day(said))
    except CardletterError as error:
        raise typer.BadParameter(str(error)) from None


def _there(folder: Path, image: str) -> str:
    if not (folder / PICTURES / image).is_file():
        raise typer.BadParameter(f"there is no picture {PICTURES}/{image}")
    return image


def _ids(said: str) -> list[str]:
    return [part.strip() for part in said.split(",") if part.strip()]


def _ask_interests(folder: Path) -> list[str]:
    known = read_interests(folder)[0].interests
    screen.print(f"[dim]There are: {', '.join(known)}[/]", highlight=False)

    def each(said: str) -> list[str]:
        if unknown := [name for name in _ids(said) if name not in known]:
            near = near_miss(unknown[0], list(known))
            hint = f": is it {near}?" if near else ""
            raise typer.BadParameter(f"there is no interest {unknown[0]!r}{hint}")
        return _ids(said)

    ask = "Interests, parted by commas; none is for everybody"
    found: list[str] = typer.prompt(ask, default="", value_proc=each)
    return found


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise CardletterError(f"{text!r} is no date: write it as 2027-03-31.") from None


def _made(folder: Path, file: Path) -> None:
    screen.print(f"[green]✓[/] Wrote {file.relative_to(folder)}", highlight=False, soft_wrap=True)
