"""Making: the first draft of an article, an offer or an edition, valid as soon as it is written."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel

from cardletter.content.catalogue import ARTICLES, OFFERS, PICTURES, Item, Kind
from cardletter.content.edition import Edition
from cardletter.content.editions import EDITIONS, editions, read_edition
from cardletter.content.reading import read_catalogue
from cardletter.errors import FilesError, Finding
from cardletter.profiles import read_interests
from cardletter.yamlfile import YamlFile

FOLDERS: Mapping[Kind, str] = {"article": ARTICLES, "offer": OFFERS}
BETWEEN_EDITIONS = dt.timedelta(weeks=4)
EDITION = """\
# `cardletter check` tells what is missing; `cardletter render {name}` makes it to look at.
{fields}
# hero, stories, briefs and offers are filled by what members like; more keys: docs of marketers, or
# slots, fixed, personal, audience, holdout, subject_b, tones, window, budgets, demands, approvals.
"""


def slug(title: str) -> str:
    """Make an id of a title: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:80].strip("-")


def picture(project: Path, kind: Kind, interests: list[str]) -> str:
    """Propose a picture there is: one of the main interest, or any."""
    ending = "-offer.png" if kind == "offer" else ".png"
    wanted = f"{interests[0] if interests else 'general'}{ending}"
    if (project / PICTURES / wanted).is_file():
        return wanted
    there = sorted(file.name for file in (project / PICTURES).glob("*.png"))
    alike = [name for name in there if name.endswith("-offer.png") == (kind == "offer")]
    return next(iter([*alike, *there]), wanted)


def alt(project: Path, image: str) -> str:
    """Give what another item says of a picture, or nothing."""
    items, _findings = read_catalogue(project)
    return next((item.alt for item in items if item.image == image), "")


def next_date(project: Path, today: dt.date) -> dt.date:
    """Propose the date of the next edition: four weeks after the last, and not in the past."""
    read = (YamlFile.read(project, f"{EDITIONS}/{name}.yaml") for name in editions(project))
    known = [day for file in read if isinstance(day := file.content.get("date"), dt.date)]
    day = max(known, default=today - BETWEEN_EDITIONS) + BETWEEN_EDITIONS
    while day < today:
        day += BETWEEN_EDITIONS
    return day


def edition_name(project: Path, day: dt.date) -> str:
    """Name an edition after its month, or after its day where the month has one already."""
    month = f"{day:%Y-%m}"
    return month if month not in editions(project) else str(day)


def item_fault(field: str, said: str) -> str:
    """Say what is wrong with what an item says in a field, or nothing."""
    return _fault(Item, "body" if field == "text" else field, said)


def edition_fault(field: str, said: str) -> str:
    """Say what is wrong with what an edition says in a field, or nothing."""
    return _fault(Edition, field, said)


def _fault(model: type[BaseModel], field: str, said: str) -> str:
    found = YamlFile("", {field: said}, {(): 0}).fit(model)[1]
    wrong = [each for each in found if each.message.partition(" ")[0].rstrip(":") == field]
    return "; ".join(filter(None, [wrong[0].message, wrong[0].hint])) if wrong else ""


def item_path(kind: Kind, title: str) -> str:
    """Name the file of an item after its title."""
    return f"{FOLDERS[kind]}/{slug(title)}.md"


def item_text(fields: Mapping[str, object], text: str) -> str:
    """Write an item's front matter, without the keys that say nothing, and its text."""
    return f"---\n{_yaml(fields)}---\n{text.strip()}\n"


def write_item(project: Path, kind: Kind, fields: Mapping[str, object], text: str) -> Path:
    """Write an item's file, named after its title.

    Raises:
        FilesError: there is one of that name, or what is said has findings; nothing is written.
    """
    path = item_path(kind, str(fields["title"]))
    _write(project, path, item_text(fields, text))
    found = read_catalogue(project, read_interests(project)[0])[1]
    return _kept(project, path, found)


def write_edition(project: Path, name: str, fields: Mapping[str, object]) -> Path:
    """Write an edition's file.

    Raises:
        FilesError: there is one of that name, or what is said has findings; nothing is written.
    """
    path = f"{EDITIONS}/{name}.yaml"
    _write(project, path, EDITION.format(name=name, fields=_yaml(fields).strip()))
    return _kept(project, path, read_edition(project, name, [])[1])


def _yaml(fields: Mapping[str, object]) -> str:
    said = {key: value for key, value in fields.items() if value not in (None, "")}
    return "".join(f"{key}: {_in_line(value)}\n" for key, value in said.items())


def _in_line(value: object) -> str:
    """Write a value in one line of YAML."""
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=100_000)
    return text.removesuffix("...\n").strip()


def _write(project: Path, path: str, text: str) -> None:
    file = project / path
    if file.exists():
        hint = "name it otherwise, or change that one"
        raise FilesError([Finding(path, 1, "is there already", hint)])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _kept(project: Path, path: str, found: list[Finding]) -> Path:
    """Keep what was written, unless it has findings that would stop the work."""
    wrong = [each for each in found if each.path == path and each.severity == "error"]
    if wrong:
        (project / path).unlink()
        raise FilesError(wrong)
    return project / path
