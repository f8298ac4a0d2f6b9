"""The catalogue: what an item is, whether it stands in a Markdown file or a row of a table."""

import datetime as dt
import difflib
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from cardletter.content.targets import PICTURE, PICTURES, inside, secure

__all__ = [
    "ARTICLES",
    "OFFERS",
    "PICTURE",
    "PICTURES",
    "Block",
    "Budget",
    "Country",
    "Eligibility",
    "Experience",
    "Item",
    "Kind",
    "Words",
]

ARTICLES, OFFERS = "content/articles", "content/offers"

Kind = Literal["article", "offer"]
Experience = Literal["respond to desire", "curated offering", "coach", "automatic execution"]
"""How an item serves a member: it answers a wish, chooses for them, helps them on, or acts."""
Architecture = Literal[
    "connected producer", "retailer", "market maker", "crowd orchestrator", "peer-to-peer"
]
"""Who an item connects a member with: its maker, its seller, many sellers, a crowd, a peer."""


Block = Literal["article", "article_text", "quote", "coach_note"]
"""What an article looks like among the stories: a block of templates/blocks/."""


COUNTRY = re.compile(r"[A-Z]{2}")


def _country(code: str) -> str:
    if not COUNTRY.fullmatch(code):
        raise ValueError("write a country by its two letters: GB")
    if code == "UK":
        raise ValueError("the United Kingdom is GB")
    return code


Country = Annotated[str, AfterValidator(_country)]


def _known(name: str, info: ValidationInfo) -> str:
    """Refuse an interest that segments/interests.yaml does not have."""
    about = info.context or {}
    allowed = about.get("interests")
    if allowed is None or name in allowed:
        return name
    if name in about.get("sensitive", ()):
        raise ValueError(f"there is no interest {name!r}: it is sensitive, and stays out")
    near = difflib.get_close_matches(name, allowed, n=1)
    hint = f"is it {near[0]!r}?" if near else "see segments/interests.yaml"
    raise ValueError(f"there is no interest {name!r}: {hint}")


def _ordered(until: dt.date | None, info: ValidationInfo) -> dt.date | None:
    begins = info.data.get("valid_from")
    if begins and until and until < begins:
        raise ValueError("lies before from")
    return until


class Eligibility(BaseModel):
    """Who an item may be shown to; an empty list is everybody."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    countries: list[Country] = Field(default_factory=list)
    products: list[str] = Field(default_factory=list)
    locales: list[str] = Field(default_factory=list)


class Budget(BaseModel):
    """How much of an item there is: times shown, and money."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    impressions: int | None = Field(None, ge=0)
    """Members who may be shown it, at most."""
    minimum: int = Field(0, ge=0)
    """Members the merchant was promised, at least, if any are shown it."""
    spend: Decimal | None = Field(None, ge=0)
    """Money there is for it in all ..."""
    cost: Decimal | None = Field(None, gt=0)
    """... and what it costs each time it is shown."""

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if (self.spend is None) != (self.cost is None):
            raise ValueError("spend and cost go together: the money there is, and per showing")
        if self.most is not None and self.minimum > self.most:
            raise ValueError(f"minimum is {self.minimum}, but there are only {self.most} to show")
        return self

    @property
    def most(self) -> int | None:
        """Give how many members it may be shown to, by impressions and money; None is no limit."""
        limits = [] if self.impressions is None else [self.impressions]
        if self.spend is not None and self.cost is not None:
            limits.append(int(self.spend // self.cost))
        return min(limits, default=None)


class Words(BaseModel):
    """What an item says in one language: all that a twin may write anew."""

    model_config = ConfigDict(
        extra="forbid", populate_by_name=True, frozen=True, use_attribute_docstrings=True
    )

    title: str = Field(min_length=3, max_length=90)
    teaser: str = Field(min_length=10, max_length=200)
    image: Annotated[str, AfterValidator(inside)]
    alt: str = Field(min_length=3, max_length=160)
    link: Annotated[str, AfterValidator(secure)]
    by: str = Field("", max_length=80)
    """Who wrote it; of a quote, who said it."""
    merchant: str = Field("", max_length=80)
    terms: str = ""
    disclosure: str = ""
    body: str


class Item(Words):
    """An article or an offer: the front matter of its file, and its text."""

    item_id: str
    kind: Kind
    locale: str = ""
    """The language it is written in; empty is the project's own."""
    path: str = ""
    """Where a person wrote it: a file of the project, or a table."""
    line: int = 1
    interests: list[Annotated[str, AfterValidator(_known)]] = Field(default_factory=list)
    valid_from: dt.date | None = Field(None, alias="from")
    until: Annotated[dt.date | None, AfterValidator(_ordered)] = None
    purpose: Literal["marketing", "service"] = "marketing"
    block: Block = "article"
    """How it looks among the stories: with its picture, text alone, a quote, a coach's note."""
    experience: Experience = "curated offering"
    architecture: Architecture | None = None
    priority: float = Field(1, ge=0, le=10, allow_inf_nan=False)
    """What its score is multiplied by: 2 counts double, and 0 is never shown."""
    eligibility: Eligibility = Field(default_factory=Eligibility)
    budget: Budget = Field(default_factory=Budget)
    exclusive_with: list[str] = Field(default_factory=list)
    """Items and merchants that may not stand in the same letter, by their id or name."""
    _twins: dict[str, "Item"] = PrivateAttr(default_factory=dict)

    @field_validator("interests", "exclusive_with")
    @classmethod
    def _once(cls, named: list[str]) -> list[str]:
        if twice := next((name for name in named if named.count(name) > 1), None):
            raise ValueError(f"{twice!r} stands twice")
        return named

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
        return bool(rules.countries or rules.products or rules.locales) or self.most is not None

    @property
    def most(self) -> int | None:
        """Give how many members may be shown the item; None is no limit."""
        return self.budget.most

    def valid_on(self, day: dt.date) -> bool:
        """Tell whether the item may be shown on a day."""
        return (self.valid_from or day) <= day <= (self.until or day)

    def valid_through(self, first: dt.date, last: dt.date) -> bool:
        """Tell whether the item may be shown on every day from the first to the last."""
        return self.valid_on(first) and self.valid_on(last)

    def clashes_with(self, other: "Item") -> bool:
        """Tell whether the two may not stand in the same letter."""
        mine, theirs = {self.item_id, self.merchant}, {other.item_id, other.merchant}
        return bool(theirs & set(self.exclusive_with) or mine & set(other.exclusive_with))

    @property
    def twins(self) -> Mapping[str, "Item"]:
        """Give the item in other languages, by locale: the same item, other words."""
        return self._twins

    def add_twin(self, locale: str, words: "Item") -> None:
        """Keep what the item says in another language."""
        self._twins[locale] = words
