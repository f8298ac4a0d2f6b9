"""Matching: which items a segment is shown, with a score and a reason for each.

An item scores by the share of the segment's members who like its interest (shrunk towards
everybody's, so that a small segment does not jump about), never by lift: what is rare is not yet
what is wanted. An interest that was shown already counts less, so that a letter has some variety.
"""

import hashlib
import json
from collections import Counter
from dataclasses import asdict, dataclass
from itertools import chain

import ibis
import pandas as pd

from cardletter.content.catalogue import Item, read_catalogue
from cardletter.content.edition import Edition, Slots, read_edition
from cardletter.errors import EditionError, stop_on_errors
from cardletter.profiles import Interests, read_interests
from cardletter.progress import Counts
from cardletter.segments import GENERIC, Segment, read_segments
from cardletter.sources import Warehouse, checked
from cardletter.workspace import Workspace, stage

PRIOR = 10
"""Members of everybody's taste that are added to each segment's count."""
SECOND = 0.7
"""What an item's second interest counts, against its first."""
AGAIN = 0.55
"""What an interest counts that the letter has shown already, each time."""
UNTIED = 0.05
"""The score of an item that is tied to no interest: it fills what is left."""

MOST, MANY = 0.6, 0.25
"""Shares of a segment that a reason calls most, and many."""


@dataclass(frozen=True)
class Pick:
    """One item in one slot of one variant, and why."""

    slot: str
    place: int
    item_id: str
    score: float
    reason: str


@dataclass(frozen=True)
class Audience:
    """The countries and products of a segment's members, "" where one has none."""

    countries: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()

    def may_see(self, item: Item) -> bool:
        """Tell whether every one of them is eligible for an item."""
        rules = item.eligibility
        here = not rules.countries or self.countries <= set(rules.countries)
        return here and (not rules.products or self.products <= set(rules.products))


NOBODY = Audience()


@stage("match")
def match(desk: Workspace) -> Counts:
    """Fill the edition's slots for every segment: selections.parquet, variants.json.

    Segments whose letters would be the same share a variant. The variant of each member is added to
    assignments.parquet.

    Raises:
        EditionError: there is no such edition, or nothing to fill it with.
        FilesError: the catalogue or the edition has findings that stop the work.
    """
    edition, items, interests = _files(desk)
    segments = read_segments(desk)
    picker = Picker(edition, items, interests, next(s for s in segments if s.segment_id == GENERIC))
    audiences = _audiences(desk)
    picks = {s.segment_id: picker.fill(s, audiences.get(s.segment_id, NOBODY)) for s in segments}
    if not all(picks.values()):
        msg = (
            f"Nothing in content/ may be shown to everybody on {edition.date}: see from and until."
        )
        raise EditionError(msg)
    variants = {s.segment_id: _variant_id(desk.edition, s, picks[s.segment_id]) for s in segments}
    rows = [
        {"variant_id": variant, **asdict(pick)}
        for variant, segment_id in sorted({v: s for s, v in variants.items()}.items())
        for pick in picks[segment_id]
    ]
    pd.DataFrame(rows).to_parquet(desk.file("selections.parquet"), index=False)
    desk.write_json("variants.json", {s.segment_id: variants[s.segment_id] for s in segments})
    assigned = pd.read_parquet(desk.file("assignments.parquet"))
    assigned["variant_id"] = assigned["segment_id"].map(variants)
    assigned.to_parquet(desk.file("assignments.parquet"), index=False)
    shown = {row["item_id"] for row in rows}
    return {"variants": len(set(variants.values())), "items": len(items), "shown": len(shown)}


def _files(desk: Workspace) -> tuple[Edition, list[Item], Interests]:
    interests, _findings = read_interests(desk.project)
    items, findings = read_catalogue(desk.project, interests)
    edition, more = read_edition(desk.project, desk.edition, items)
    stop_on_errors(findings + more)
    assert edition is not None  # without findings there is one
    return edition, items, interests


def _audiences(desk: Workspace) -> dict[str, Audience]:
    """Give what is known of each segment's members."""
    members = checked(Warehouse(desk.settings), "members")
    known = {
        name: members[name].fill_null("") if name in members.columns else ibis.literal("")
        for name in ("country", "product")
    }
    table = members.select("member_id", **known).to_pandas()
    assigned = pd.read_parquet(desk.file("assignments.parquet")).merge(table, on="member_id")
    return {
        str(name): Audience(frozenset(group["country"]), frozenset(group["product"]))
        for name, group in assigned.groupby("segment_id")
    }


def _variant_id(edition: str, segment: Segment, picks: list[Pick]) -> str:
    """Name a variant after what it is made of, opaque to whoever sees it in a link."""
    made_of = json.dumps([edition, segment.phrase, [asdict(pick) for pick in picks]])
    return "v" + hashlib.sha256(made_of.encode()).hexdigest()[:12]


class Picker:
    """Fills an edition's slots for one segment after another, within the offers' budgets."""

    def __init__(
        self, edition: Edition, items: list[Item], interests: Interests, everybody: Segment
    ) -> None:
        """Take what there is to choose from on the edition's day."""
        self.edition, self.interests, self.everybody = edition, interests.interests, everybody
        self.items = {item.item_id: item for item in items if item.valid_on(edition.date)}
        self.left = {name: item.budget.impressions for name, item in self.items.items()}

    def fill(self, segment: Segment, audience: Audience) -> list[Pick]:
        """Pick the items of every slot, best first, for the members of a segment."""
        seen: Counter[str] = Counter()
        picks: list[Pick] = []
        chosen = set(chain.from_iterable(self.edition.fixed.values()))
        for slot in Slots.model_fields:
            fixed = self.edition.fixed.get(slot, [])
            for place in range(max(getattr(self.edition.slots, slot), len(fixed))):
                shown = chosen | {pick.item_id for pick in picks}
                if place < len(fixed):
                    item_id, score = fixed[place], 1.0
                else:
                    free = self._candidates(slot, segment, audience, shown)
                    if not free:
                        break
                    score, item_id = max((self._score(segment, i, seen), i.item_id) for i in free)
                self._use(item_id, segment, seen)
                reason = self._reason(segment, item_id, fixed=place < len(fixed))
                picks.append(Pick(slot, place, item_id, round(score, 4), reason))
        return picks

    def _candidates(
        self, slot: str, segment: Segment, audience: Audience, shown: set[str]
    ) -> list[Item]:
        kind = "offer" if slot == "offers" else "article"
        return [
            item
            for item in self.items.values()
            if item.kind == kind
            and item.item_id not in shown
            and audience.may_see(item)
            and self._affordable(item, segment)
        ]

    def _affordable(self, item: Item, segment: Segment) -> bool:
        left = self.left[item.item_id]
        return left is None or left >= segment.size

    def _use(self, item_id: str, segment: Segment, seen: Counter[str]) -> None:
        item, left = self.items[item_id], self.left[item_id]
        seen.update(item.interests[:1])
        if left is not None:
            self.left[item_id] = left - segment.size

    def _score(self, segment: Segment, item: Item, seen: Counter[str]) -> float:
        tied = [
            self.rate(segment, interest) * (1 if place == 0 else SECOND)
            for place, interest in enumerate(item.interests)
        ]
        again = AGAIN ** seen[item.interests[0]] if item.interests else 1
        return max(tied, default=UNTIED) * again

    def rate(self, segment: Segment, interest: str) -> float:
        """Give the share of a segment that likes an interest, shrunk towards everybody's."""
        overall = self.everybody.likes.get(interest, 0) / max(self.everybody.looked_at, 1)
        if segment is self.everybody:
            return overall
        liked = segment.likes.get(interest, 0)
        return (liked + PRIOR * overall) / (segment.looked_at + PRIOR)

    def _reason(self, segment: Segment, item_id: str, *, fixed: bool) -> str:
        """Say why in words that are true of a group, never of a person."""
        item = self.items[item_id]
        if fixed or not item.interests:
            return "For every reader of this letter."
        best = max(item.interests, key=lambda name: self.rate(segment, name))
        rate, words = self.rate(segment, best), self.interests[best]
        who = "of our members" if segment is self.everybody else "members like you"
        if rate >= MOST:
            return f"Most {who} enjoy {words.phrase}."
        if rate >= MANY:
            return f"Many {who} enjoy {words.phrase}."
        return f"For a change: {words.name.lower()}."
