"""Editions: one dated newsletter a file, content/editions/2026-12.yaml."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from cardletter.content.catalogue import Budget, Country, Item

SECTIONS = ("hero", "stories", "briefs", "offers")


def _one_line(text: str) -> str:
    if text and text.splitlines() != [text]:
        raise ValueError("write it in one line")
    return text


def _said(text: str) -> str:
    if not text.strip():
        raise ValueError("says nothing")
    return text


OneLine = Annotated[str, AfterValidator(_one_line)]
Subject = Annotated[
    str, Field(min_length=3, max_length=200), AfterValidator(_one_line), AfterValidator(_said)
]
Count = Annotated[int, Field(ge=0, le=12)]


class Filling(BaseModel):
    """How many items of each kind fill a section."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    favourites: Count = 0
    """What a variant's members like best."""
    discoveries: Count = 0
    """What they are likely to like, and have not taken up yet."""
    service: Count = 0
    """What only informs."""
    offers: Count = 0

    @property
    def total(self) -> int:
        """Count the items of all kinds."""
        return self.favourites + self.discoveries + self.service + self.offers


def _articles(value: object) -> object:
    return {"favourites": value} if isinstance(value, int) else value


def _offers(value: object) -> object:
    return {"offers": value} if isinstance(value, int) else value


def _no_offers(filling: Filling) -> Filling:
    if filling.offers:
        raise ValueError("offers stand in the section offers")
    return filling


def _only_offers(filling: Filling) -> Filling:
    if filling.favourites or filling.service:
        raise ValueError("holds offers and discoveries only, and both are offers")
    return filling


def _one(filling: Filling) -> Filling:
    if filling.total > 1:
        raise ValueError("holds one item at most")
    return filling


Articles = Annotated[Filling, BeforeValidator(_articles), AfterValidator(_no_offers)]
Offers = Annotated[Filling, BeforeValidator(_offers), AfterValidator(_only_offers)]


class Slots(BaseModel):
    """What each section of the letter holds; a number alone is favourites, or offers."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    hero: Annotated[Articles, AfterValidator(_one)] = Filling(favourites=1)
    stories: Articles = Filling(favourites=4)
    briefs: Articles = Filling(favourites=3)
    offers: Offers = Filling(offers=4)

    def of(self, section: str) -> Filling:
        """Give what one section holds."""
        filling: Filling = getattr(self, section)
        return filling

    @property
    def total(self) -> int:
        """Count the items of all sections."""
        return sum(self.of(section).total for section in SECTIONS)


class Tone(BaseModel):
    """The subject for segments of one tone (segments/names.yaml)."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    subject: Subject
    subject_b: Subject | None = None


class Signature(BaseModel):
    """Who signs the letter; a name may be a field, such as {{manager}}."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    name: OneLine = Field(min_length=2, max_length=80)
    role: OneLine = Field("", max_length=80)
    words: OneLine = Field("", max_length=400)
    """What they say before their name."""


class Said(BaseModel):
    """What an edition says itself in another language; nothing of its own is mixed in."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    subject: Subject
    subject_b: Subject | None = None
    tones: dict[str, Tone] = Field(default_factory=dict)
    preheader: OneLine = Field("", max_length=150)
    signed: Signature | None = None


class Who(BaseModel):
    """Some of the members; what is left empty is everybody."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    products: list[str] = Field(default_factory=list)
    countries: list[Country] = Field(default_factory=list)
    locales: list[str] = Field(default_factory=list)
    segments: list[str] = Field(default_factory=list)

    @property
    def named(self) -> dict[str, list[str]]:
        """Give what is named, by the member's column it is about."""
        every = {
            "product": self.products,
            "country": self.countries,
            "locale": self.locales,
            "segment_id": self.segments,
        }
        return {column: values for column, values in every.items() if values}


class Audience(Who):
    """Whom an edition is for: all that is named, but for whom it excludes."""

    exclude: Who = Who()

    @property
    def everybody(self) -> bool:
        """Tell whether nobody is left out."""
        return not self.named and not self.exclude.named


def _in_utc(moment: dt.datetime | None) -> dt.datetime | None:
    if moment is None:
        return None
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


class Window(BaseModel):
    """When an edition is sent."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    opens: Annotated[dt.datetime | None, AfterValidator(_in_utc)] = None
    """Not before this moment; without a zone it is UTC."""
    days: int | None = Field(None, ge=1, le=60)
    """From its date, so many days; read from its file, what the settings say is put in."""


class Demands(BaseModel):
    """What every variant must keep to."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    every: list[str] = Field(default_factory=list)
    """Items, or kinds of items (article, offer, service, coach, ...), that none may lack."""
    per_merchant: int | None = Field(None, ge=1)
    per_interest: int | None = Field(None, ge=1)


class Edition(BaseModel):
    """One newsletter: when, under which subject, with what, and to whom."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    date: dt.date
    subject: Subject
    subject_b: Subject | None = None
    """Another subject, to try: `split` of the members get it."""
    split: float = Field(0.5, gt=0, lt=1)
    tones: dict[str, Tone] = Field(default_factory=dict)
    preheader: OneLine = Field("", max_length=150)
    template: str = Field("newsletter", pattern=r"^[a-z][a-z0-9_-]*$")
    """The page it is set in: templates/newsletter.mjml and its text twin."""
    slots: Slots = Slots()
    fixed: dict[str, list[str]] = Field(default_factory=dict)
    """The editor's choice: section -> item ids that every variant shows there, first."""
    personal: int = Field(0, ge=0, le=6)
    """Places that are filled for each member alone."""
    favour: Literal["favourites", "distinct"] = "favourites"
    """What favourites are: what members spend most on, or what sets them apart from others."""
    rest: int = Field(2, ge=0, le=24)
    """Editions that an item rests before the same members are shown it again."""
    survey: bool = False
    """Ask those who said yes to questions how likely they are to recommend the card."""
    signed: Signature | None = None
    """Who signs the letter: the account manager."""
    languages: dict[str, Said] = Field(default_factory=dict)
    """What it says itself (subject, preheader, ...) in other locales."""
    audience: Audience = Audience()
    window: Window = Window()
    holdout: float = Field(0, ge=0, le=0.5)
    """Share of the members who get no letter, so that its effect can be told."""
    budgets: dict[str, Budget] = Field(default_factory=dict)
    """Item -> its budget in this edition, where it is not the item's own."""
    demands: Demands = Demands()
    approvals: int = Field(0, ge=0, le=2)
    """Named people who must approve it before it is sent; no author may."""
    author: OneLine = ""
    """Who wrote it, where git does not know: no author approves their own."""

    @model_validator(mode="after")
    def _both(self) -> Self:
        lonely = [name for name, tone in self.tones.items() if tone.subject_b]
        if lonely and not self.subject_b:
            raise ValueError(f"tone {lonely[0]} has a subject_b, but the edition has none")
        return self

    @property
    def last_day(self) -> dt.date:
        """Give the last day it may be sent on."""
        return self.date + dt.timedelta(days=(self.window.days or 1) - 1)

    @property
    def fixed_items(self) -> list[str]:
        """Name the items that are fixed, in whatever section."""
        return [name for chosen in self.fixed.values() for name in chosen]

    def may_show(self, item: Item) -> bool:
        """Tell whether an item is valid as long as the edition is being sent."""
        return item.valid_through(self.date, self.last_day)

    def subjects(self, tone: str = "") -> tuple[str, str]:
        """Give the subject for a tone, and the one to try against it, empty where there is none."""
        own = self.tones.get(tone)
        first, second = (own.subject, own.subject_b) if own else (self.subject, self.subject_b)
        return first, (second or first) if self.subject_b else ""

    def said_in(self, chain: Sequence[str]) -> Self:
        """Give the edition with its words in the first of some locales that it has words in."""
        own = next((self.languages[name] for name in chain if name in self.languages), None)
        if own is None:
            return self
        return self.model_copy(update={name: getattr(own, name) for name in Said.model_fields})

    def budget(self, item: Item) -> Budget:
        """Give an item's budget in this edition."""
        return self.budgets.get(item.item_id, item.budget)
