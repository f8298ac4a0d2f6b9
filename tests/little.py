"""A little newsletter project whose every answer is known: 120 members, eight items."""

import csv
import functools
import hashlib
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from PIL import Image

from cardletter import (
    content,
    delivery,
    permission,
    profiles,
    segments,
    sources,
    starter,
    templates,
    workspace,
)
from cardletter.workspace import Workspace

EDITION, MEMBERS = "2026-12", 120
NAMES = [
    "Zoë",
    "O'Brien",
    "Anne-Marie",
    "美咲",
    "प्रिया",
    "Ann & Bo <x>",
    "Søren",
    "",
    "José",
    "Ada",
]
ARTICLES = {  # id -> (title, interest, picture)
    "a-good-lead": ("A good lead", "pets", "pets.png"),
    "brush-a-dog": ("Brush a dog, gently", "pets", "pets.png"),
    "keep-a-log": ("Keep a reading log", "reading", "reading.png"),
    "mend-a-spine": ("Mend a spine", "reading", "shelf.png"),
    "a-winter-walk": ("A winter walk", "", "walk.png"),
}
OFFERS = {
    "pets-offer": ("Half price beds", "pets", "pets-offer.png"),
    "reading-offer": ("Two novels for one", "reading", "reading-offer.png"),
    "any-offer": ("Free delivery", "", "any-offer.png"),
}
ITEM = """\
---
title: {title}
interests: [{interest}]
teaser: Something about it that takes ten seconds to read.
image: {image}
alt: A picture of it
link: https://larkfield.example/{item_id}
{more}---
First **this**, then [that](https://larkfield.example/more).
"""
OFFER = "merchant: Pawsley & Finch\nterms: Once per member.\nuntil: 2027-01-31\n"
LETTER = """\
date: 2026-12-03
subject: "Tea & cake: <good> things for Renée's days"
slots: {hero: 1, stories: 2, briefs: 1, offers: 2}
"""


def member(number: int) -> str:
    return f"m{number:03d}"


def email(number: int) -> str:
    """Nobody has an address who ends in 29, 59, 89, 119."""
    return "" if number % 30 == 29 else f"Reader.{number:03d}@mail.example.org"


def outcome(number: int) -> str:
    """What the data below must come to: the first reason, or nothing."""
    if not email(number):
        return "no_address"
    if number % 25 == 24:
        return "account_closed"
    if number % 10 == 9:
        return "no_consent"
    return "consent_withdrawn" if number % 10 == 8 else ""


ALLOWED = [member(number) for number in range(MEMBERS) if not outcome(number)]


def unpack(folder: Path) -> Path:
    """Make the project: the starter's segments and templates, with little content and data."""
    starter.unpack(folder)
    shutil.rmtree(folder / "content")
    for folder_name, items, more in (("articles", ARTICLES, ""), ("offers", OFFERS, OFFER)):
        for item_id, (title, interest, image) in items.items():
            text = ITEM.format(
                title=title, interest=interest, image=image, item_id=item_id, more=more
            )
            put(folder, f"content/{folder_name}/{item_id}.md", text)
            picture(folder / "content/pictures" / image)
    picture(folder / "content/pictures/logo.png")
    put(folder, f"content/editions/{EDITION}.yaml", LETTER)
    put(folder, "segments/clustering.yaml", "segments: 2\nk_min: 20\n")
    _data(folder)
    return folder


def put(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def picture(file: Path) -> None:
    """Draw a picture that is its name's own, so that pictures can be told apart."""
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 4), tuple(hashlib.sha256(file.name.encode()).digest()[:3])).save(file)


def table(folder: Path, name: str, rows: Iterable[Mapping[str, object]]) -> None:
    rows = list(rows)
    file = put(folder, f"data/{name}.csv", "")
    with file.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.DictWriter(lines, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def act(member_id: str, state: str, at: str, purpose: str = "newsletter") -> dict[str, str]:
    return {
        "member_id": member_id,
        "purpose": purpose,
        "state": state,
        "occurred_at": at,
        "method": "web_form",
        "wording": "Yes, write to me.",
        "source": "application",
    }


def variants(desk: Workspace) -> dict[str, str]:
    """Give the variant of each segment of a project without markets or wishes."""
    return {each.segment_id: each.variant_id for each in content.read_variants(desk)}


def _data(folder: Path) -> None:
    numbers = range(MEMBERS)
    table(
        folder,
        "members",
        (
            {
                "member_id": member(n),
                "email": email(n),
                "first_name": NAMES[n % len(NAMES)],
                "closed_on": "2025-06-01" if n % 25 == 24 else "",
            }
            for n in numbers
        ),
    )
    granted = [n for n in numbers if n % 10 != 9]
    acts = [act(member(n), "granted", "2025-01-01T09:00:00") for n in granted]
    acts += [act(member(n), "withdrawn", "2025-02-01T09:00:00") for n in numbers if n % 10 == 8]
    acts += [
        act(member(n), "granted", "2025-01-01T09:00:00", "profiling") for n in numbers if n % 12
    ]
    table(folder, "consents", acts)
    table(folder, "transactions", (row for n in numbers for row in _purchases(n)))


def _purchases(number: int) -> list[dict[str, str]]:
    """Even numbers read, odd ones have a pet; everybody eats out."""
    own = "5995" if number % 2 else "5942"
    return [
        {
            "member_id": member(number),
            "occurred_at": f"2025-03-{day:02d}T12:00:00",
            "amount": f"{7_000 + number + day}.17",
            "category": "5812" if day == 4 else own,
        }
        for day in range(1, 5)
    ]


def prepare(project: Path) -> Workspace:
    """Make everything of the edition that is made before its plan is frozen."""
    desk = workspace.begin(workspace.open_edition(EDITION, project))
    for verb in (sources.pull, profiles.build, segments.assign, content.match, templates.render):
        verb(desk)
    templates.lint(desk)
    templates.hang(desk)
    return desk


def freeze(project: Path) -> Workspace:
    """Make the edition up to the moment before its first message is sent."""
    desk = delivery.freeze(prepare(project))
    permission.check(desk)
    return desk


def frozen(factory: pytest.TempPathFactory) -> Path:
    """Give the project with its edition frozen, made once; tests use copies of it."""
    return _frozen(factory.getbasetemp() / "little")


@functools.cache
def _frozen(folder: Path) -> Path:
    freeze(unpack(folder))
    return folder
