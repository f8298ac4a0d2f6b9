"""Personal places: what each member alone is shown, from items that were set and approved."""

import html
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

import pandas as pd

from cardletter.content import read_variants
from cardletter.delivery.message import NOBODYS, Fragment, fill
from cardletter.templates.fields import PERSONAL, SURVEY, place
from cardletter.templates.personal import CHOSEN, FRAGMENTS, REASON
from cardletter.workspace import Workspace

Set = Mapping[str, Mapping[str, list[list[str]]]]
"""Locale -> item -> its HTML and text, with the heading and without."""

LINKS, LONGEST_LINK = 12, 320
"""Links of a question, and letters of each."""
LARGEST_CALL = 950_000
"""Bytes of a call; SES takes a little more."""

EVERYBODY = 2**31
"""Members of a call in which nobody has places of their own: as many as one likes."""


@dataclass(frozen=True)
class Personal:
    """What every member of an edition is shown in the personal places."""

    count: int = 0
    fragments: Set = field(default_factory=dict)
    chosen: Mapping[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Member -> item and reason, best first."""
    reasons: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Locale -> each reason as it is said there."""
    locales: Mapping[str, str] = field(default_factory=dict)
    survey: Mapping[str, list[str]] = field(default_factory=dict)
    """Locale -> the question's HTML and text."""
    asked: frozenset[str] = frozenset()
    """The members who said yes to questions."""

    @property
    def names(self) -> tuple[str, ...]:
        """Name the places."""
        own = tuple(f"{PERSONAL}_{number}" for number in range(1, self.count + 1))
        return (*own, SURVEY) if self.survey else own

    @property
    def largest(self) -> int:
        """Give the bytes that one member's places may take in a call: HTML and text."""
        every = [
            each for items in self.fragments.values() for kinds in items.values() for each in kinds
        ]
        sizes = (len(part.encode()) for each in every for part in each)
        asked = max((sum(map(len, each)) for each in self.survey.values()), default=0)
        links = LONGEST_LINK * (LINKS if asked else 0)
        return 3 * (self.count * max(sizes, default=0) + asked + links)

    def of(self, member: str, fields: Mapping[str, str]) -> Mapping[str, Fragment]:
        """Give what fills a member's places; nothing where nothing was chosen."""
        if not self.names:
            return NOBODYS
        locale = self.locales.get(member, "")
        items, reasons = self.fragments.get(locale, {}), self.reasons.get(locale, {})
        filled = [
            _filled(*items[item][1 if place else 0], reasons.get(reason, reason))
            for place, (item, reason) in enumerate(
                [each for each in self.chosen.get(member, []) if each[0] in items]
            )
        ]
        empty = [Fragment()] * (self.count - len(filled))
        own = dict(zip(self.names, [*filled, *empty], strict=False))
        return own | {SURVEY: self._question(member, fields)} if self.survey else own

    def _question(self, member: str, fields: Mapping[str, str]) -> Fragment:
        """Give the question with the member's own links; nothing for whom it is not asked."""
        told = self.survey.get(self.locales.get(member, ""))
        if told is None or member not in self.asked:
            return Fragment()
        return Fragment(fill(told[0], fields, html.escape), fill(told[1], fields, str))


@lru_cache(maxsize=4_096)
def _filled(page: str, text: str, reason: str) -> Fragment:
    """Put a reason into an item's fragment; many members have the same."""
    own = place(REASON)
    return Fragment(page.replace(own, html.escape(reason)), text.replace(own, reason))


def read_personal(desk: Workspace) -> Personal:
    """Read what was chosen for each member; nothing where an edition has no personal places."""
    if not desk.file(FRAGMENTS).is_file():
        return Personal()
    told = desk.read_json(FRAGMENTS)
    survey = told.get("survey", {})
    assigned = pd.read_parquet(
        desk.file("assignments.parquet"), columns=["member_id", "variant_id"]
    )
    by_variant = {each.variant_id: each.locale for each in read_variants(desk)}
    locales = assigned["variant_id"].map(by_variant).fillna("")
    of_member = dict(zip(assigned["member_id"].astype(str), locales, strict=True))
    asked = _asked(desk) if survey else ()
    chosen = _chosen(desk) if told["places"] else {}
    own = Personal(told["places"], told["fragments"], chosen, told.get("reasons", {}))
    return replace(own, locales=of_member, survey=survey, asked=frozenset(asked))


def _asked(desk: Workspace) -> set[str]:
    """Give the members who said yes to questions."""
    standing = desk.ledger.consented("survey")
    return set(standing.loc[standing["state"] == "granted", "member_id"].astype(str))


def _chosen(desk: Workspace) -> dict[str, list[tuple[str, str]]]:
    picks = pd.read_parquet(desk.file(CHOSEN)).sort_values(["member_id", "place"])
    chosen: dict[str, list[tuple[str, str]]] = {}
    columns = (picks["member_id"].astype(str), picks["item_id"], picks["reason"])
    for member, item, reason in zip(*columns, strict=True):
        chosen.setdefault(member, []).append((str(item), str(reason)))
    return chosen


def fitting(desk: Workspace) -> int:
    """Give how many members of an edition fit into one call with all that they are shown."""
    own = read_personal(desk).largest
    if not own:
        return EVERYBODY
    files = [*desk.file("variants").glob("*/*")]
    letters = max(
        (sum(f.stat().st_size for f in files if f.parent == p) for p in {f.parent for f in files}),
        default=0,
    )
    return max(1, (LARGEST_CALL - letters) // (own + 9_000))
