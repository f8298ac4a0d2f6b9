"""Editions: one dated newsletter a file, content/editions/2026-12.yaml."""

import datetime as dt
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from cardletter.content.catalogue import ARTICLES, OFFERS, Item
from cardletter.errors import EditionError, Finding
from cardletter.yamlfile import YamlFile

EDITIONS = "content/editions"
DUE = "due"


def _one_line(text: str) -> str:
    if text and text.splitlines() != [text]:
        raise ValueError("write it in one line")
    return text


OneLine = Annotated[str, AfterValidator(_one_line)]


class Slots(BaseModel):
    """How many items each part of the letter holds."""

    model_config = ConfigDict(extra="forbid")

    hero: int = Field(1, ge=0, le=1)
    stories: int = Field(4, ge=0, le=12)
    briefs: int = Field(3, ge=0, le=12)
    offers: int = Field(4, ge=0, le=12)


class Edition(BaseModel):
    """One newsletter: its date, its subject, its slots."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    date: dt.date
    subject: OneLine = Field(min_length=3, max_length=120)
    preheader: OneLine = Field("", max_length=150)
    slots: Slots = Field(default_factory=Slots)
    fixed: dict[str, list[str]] = Field(default_factory=dict)
    """The editor's choice: slot -> item ids that every variant shows there, first."""


def editions(project: Path) -> list[str]:
    """Name the editions there are, oldest first."""
    return sorted(file.stem for file in (project / EDITIONS).glob("*.yaml"))


def due(edition: str, project: str | Path) -> str:
    """Give an edition's name; `due` means the one dated today, so that a schedule need not know.

    Raises:
        EditionError: no edition, or more than one, is dated today.
    """
    if edition != DUE:
        return edition
    today, folder = dt.datetime.now().astimezone().date(), Path(project)
    dates = {name: YamlFile.read(folder, f"{EDITIONS}/{name}.yaml") for name in editions(folder)}
    found = [name for name, file in dates.items() if file.content.get("date") == today]
    if len(found) != 1:
        told = ", ".join(found) or "none"
        msg = f"One edition is to be dated {today} to be due; there is {told}. See {EDITIONS}/."
        raise EditionError(msg)
    return found[0]


def read_edition(
    project: Path, name: str, items: list[Item]
) -> tuple[Edition | None, list[Finding]]:
    """Read an edition and check that what it fixes exists.

    Raises:
        EditionError: there is no such edition.
    """
    path = f"{EDITIONS}/{name}.yaml"
    if not (project / path).is_file():
        there = ", ".join(editions(project)) or "none"
        raise EditionError(f"There is no edition {name}: {path} is missing. There are: {there}.")
    file = YamlFile.read(project, path)
    edition, findings = file.fit(Edition)
    if edition:
        findings += _fixed(project, file, edition, {item.item_id: item for item in items})
        if not sum(edition.slots.model_dump().values()):
            findings.append(file.finding(("slots",), "the edition has no slots", "hero: 1, ..."))
    return edition, findings


def _fixed(
    project: Path, file: YamlFile, edition: Edition, items: dict[str, Item]
) -> list[Finding]:
    findings: list[Finding] = []
    everything = [item_id for chosen in edition.fixed.values() for item_id in chosen]
    written = {
        each.stem for folder in (ARTICLES, OFFERS) for each in (project / folder).glob("*.md")
    }
    for slot, chosen in edition.fixed.items():
        if slot not in Slots.model_fields:
            known = ", ".join(Slots.model_fields)
            findings.append(file.finding(("fixed", slot), f"there is no slot {slot!r}", known))
        for place, item_id in enumerate(chosen):
            item, at = items.get(item_id), ("fixed", slot, str(place))
            if item is None and item_id in written:
                continue  # it has findings of its own
            if item is None:
                message = f"there is no article or offer {item_id!r}"
                findings.append(file.finding(at, message, "an id is its file's name without .md"))
            elif not item.valid_on(edition.date):
                message = f"{item_id} is not valid on {edition.date}"
                findings.append(file.finding(at, message, "see its from and until"))
            elif item.limited:
                message = f"{item_id} is not for everybody, and what is fixed is shown to everybody"
                findings.append(file.finding(at, message, "see its eligibility and budget"))
            if everything.count(item_id) > 1:
                message = f"{item_id} is fixed twice"
                findings.append(file.finding(at, message, "keep it in one place"))
    return findings
