"""The catalogue: articles and offers, one Markdown file each, with front matter."""

import datetime as dt
import difflib
import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import frontmatter
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from cardletter.errors import Finding
from cardletter.profiles import Interests
from cardletter.yamlfile import LARGEST, YamlFile

ARTICLES, OFFERS, PICTURES = "content/articles", "content/offers", "content/pictures"
PICTURE = re.compile(r"[a-z0-9][\w.-]*\.png", re.IGNORECASE | re.ASCII)
"""A picture's name, as a mail that carries it can write it in its headers."""


def _known(name: str, info: ValidationInfo) -> str:
    """Refuse an interest that segments/interests.yaml does not have."""
    allowed = (info.context or {}).get("interests")
    if allowed is not None and name not in allowed:
        near = difflib.get_close_matches(name, allowed, n=1)
        hint = f"is it {near[0]!r}?" if near else "see segments/interests.yaml"
        raise ValueError(f"there is no interest {name!r}: {hint}")
    return name


def _https(link: str) -> str:
    if not link.startswith("https://"):
        raise ValueError("a link starts with https://")
    return link


def _inside(image: str) -> str:
    if Path(image).is_absolute() or ".." in Path(image).parts:
        raise ValueError(f"a picture stands in {PICTURES}")
    if not PICTURE.fullmatch(image):
        raise ValueError("a picture is a .png named by letters, digits, - and _")
    return image


def _ordered(until: dt.date | None, info: ValidationInfo) -> dt.date | None:
    begins = info.data.get("valid_from")
    if begins and until and until < begins:
        raise ValueError("lies before from")
    return until


class Eligibility(BaseModel):
    """Who an offer may be shown to."""

    model_config = ConfigDict(extra="forbid")

    countries: list[str] = Field(default_factory=list)
    products: list[str] = Field(default_factory=list)


class Budget(BaseModel):
    """How much of an offer there is."""

    model_config = ConfigDict(extra="forbid")

    impressions: int | None = Field(None, ge=0)


class Item(BaseModel):
    """An article or an offer: the front matter of its file, and its text."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, frozen=True)

    item_id: str
    kind: Literal["article", "offer"]
    body: str
    title: str = Field(min_length=3, max_length=90)
    teaser: str = Field(min_length=10, max_length=200)
    interests: list[Annotated[str, AfterValidator(_known)]] = Field(default_factory=list)
    image: Annotated[str, AfterValidator(_inside)]
    alt: str = Field(min_length=3, max_length=160)
    valid_from: dt.date | None = Field(None, alias="from")
    until: Annotated[dt.date | None, AfterValidator(_ordered)] = None
    purpose: Literal["marketing", "service"] = "marketing"
    link: Annotated[str, AfterValidator(_https)]
    merchant: str = ""
    terms: str = ""
    disclosure: str = ""
    eligibility: Eligibility = Field(default_factory=Eligibility)
    budget: Budget = Field(default_factory=Budget)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        needed = {"merchant": self.merchant, "terms": self.terms, "until": self.until}
        missing = [name for name, value in needed.items() if not value]
        if self.kind == "offer" and missing:
            raise ValueError(f"an offer needs {', '.join(missing)}")
        return self

    @property
    def limited(self) -> bool:
        """Tell whether some members may not be shown the item, or only so many."""
        rules = self.eligibility
        return bool(rules.countries or rules.products) or self.budget.impressions is not None

    def valid_on(self, day: dt.date) -> bool:
        """Tell whether the item may be shown on a day."""
        return (self.valid_from or day) <= day <= (self.until or day)


def read_catalogue(
    project: Path, interests: Interests | None = None
) -> tuple[list[Item], list[Finding]]:
    """Read every article and offer, sorted by id; give the good ones and every finding."""
    items: dict[str, Item] = {}
    findings: list[Finding] = []
    for folder, kind in ((ARTICLES, "article"), (OFFERS, "offer")):
        for file in sorted((project / folder).glob("*.md")):
            path = f"{folder}/{file.name}"
            item, found = _read(project, path, kind, interests)
            findings += found
            if item and item.item_id in items:
                hint = "rename one of the files: an item's id is its file's name"
                findings.append(Finding(path, 1, f"two items are called {item.item_id!r}", hint))
            elif item:
                items[item.item_id] = item
    if not items and not findings:
        hint = f"write one: {ARTICLES}/my-first.md"
        findings.append(Finding(ARTICLES, 1, "the catalogue is empty", hint))
    return sorted(items.values(), key=lambda item: item.item_id), findings


def _read(
    project: Path, path: str, kind: str, interests: Interests | None
) -> tuple[Item | None, list[Finding]]:
    file = project / path
    if file.stat().st_size > LARGEST:
        return None, [Finding(path, 1, "is larger than 1 MB")]
    try:
        header, body, line = _split(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        return None, [Finding(path, 1, "is not UTF-8 text", "save it as UTF-8")]
    except ValueError:
        hint = "begin the file with ---, the keys (title: ...), and --- again"
        return None, [Finding(path, 1, "has no front matter", hint)]
    table = YamlFile.parse(path, header, first_line=line)
    if table.findings:
        return None, list(table.findings)
    fields: dict[str, Any] = {"item_id": file.stem, "kind": kind, "body": body.strip()}
    known = set(interests.interests) if interests else None
    whole = YamlFile(path, table.content | fields, table.lines)
    item, findings = whole.fit(Item, context={"interests": known})
    findings += [
        whole.finding((key,), f"unknown key {key!r}", "the file itself says it: take it out")
        for key in fields.keys() & table.content.keys()
    ]
    if item and not item.body:
        findings.append(Finding(path, 1, "has no text under its front matter"))
    if item and not (project / PICTURES / item.image).is_file():
        message = f"there is no picture {PICTURES}/{item.image}"
        findings.append(whole.finding(("image",), message, "add the PNG or name another"))
    return item, findings


def _split(text: str) -> tuple[str, str, int]:
    """Part front matter, text, and the front matter's line; ValueError where there is none."""
    handler = frontmatter.YAMLHandler()
    if not handler.detect(text):
        raise ValueError
    header, body = handler.split(text)
    return header, body, 1 + text.count("\n", 0, text.index(header))
