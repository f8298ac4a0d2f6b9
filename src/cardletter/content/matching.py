"""Matching: which items a segment is shown, with a score and a reason for each.

An item scores by the share of the segment's members who like its interest (shrunk towards
everybody's, so that a small segment does not jump about), never by lift: what is rare is not yet
what is wanted. An interest that was shown already counts less, so that a letter has some variety.
What members asked for themselves wins: more leads, less waits, never is not shown at all.
"""

import hashlib
import json
from collections import Counter
from dataclasses import asdict, dataclass
from itertools import chain

import pandas as pd

from cardletter.content.audience import DRAWN, draw
from cardletter.content.catalogue import Item
from cardletter.content.edition import SECTIONS, Edition
from cardletter.content.editions import read_edition
from cardletter.content.reading import read_catalogue
from cardletter.content.variants import EVERYWHERE, Market, Variant, markets, write_variants
from cardletter.errors import EditionError, stop_on_errors
from cardletter.profiles import Interests, read_interests
from cardletter.progress import Counts
from cardletter.segments import GENERIC, Segment, Wishes, read_segments
from cardletter.workspace import Workspace, stage

PRIOR = 10
"""Members of everybody's taste that are added to each segment's count."""
SECOND = 0.7
"""What an item's second interest counts, against its first."""
AGAIN = 0.55
"""What an interest counts that the letter has shown already, each time."""
UNTIED = 0.05
"""The score of an item that is tied to no interest: it fills what is left."""
ASKED, LESS = 1.0, 0.2
"""The score of what a member asked more of, and what less of it counts against its score."""

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
class Group:
    """Members who get the same letter: of one segment and market, with the same wishes."""

    segment: Segment
    wishes: Wishes
    size: int
    market: Market = EVERYWHERE

    def may_see(self, item: Item) -> bool:
        """Tell whether they are eligible for an item, and did not say never to it."""
        return self.market.may_see(item) and not self.wishes.never & set(item.interests)


@stage("match")
def match(desk: Workspace) -> Counts:
    """Fill the edition's slots for every segment: selections.parquet, variants.json.

    Members with wishes of their own get their segment's letter tuned to them. Groups whose letters
    would be the same share a variant. The variant of each member is added to assignments.parquet.

    Raises:
        FilesError: the catalogue or the edition has findings that stop the work.
        EditionError: there is nothing to say to some members who did not ask for that.
    """
    edition, items, interests = _files(desk)
    draw(desk, edition)
    segments = {segment.segment_id: segment for segment in read_segments(desk)}
    picker = Picker(edition, items, interests, segments[GENERIC])
    members = _members(desk, [item for item in items if edition.may_show(item)])
    groups = _groups(members, segments)
    picks = {key: picker.fill(group) for key, group in groups.items()}
    if not all(picks[key] for key, group in groups.items() if group.wishes == Wishes()):
        msg = (
            f"Nothing in content/ may be shown to everybody on {edition.date}: see from and until."
        )
        raise EditionError(msg)
    # Wishes may leave nothing to say: such members get no letter, and the gate says why.
    ids = {
        key: _variant_id(desk.edition, groups[key], chosen)
        for key, chosen in picks.items()
        if chosen
    }
    rows = [
        {"variant_id": variant, **asdict(pick)}
        for variant, key in sorted({v: k for k, v in ids.items()}.items())
        for pick in picks[key]
    ]
    pd.DataFrame(rows).to_parquet(desk.file("selections.parquet"), index=False)
    variants = _variants(groups, ids)
    write_variants(desk, variants)
    keys = pd.MultiIndex.from_frame(members[list(KEY)])
    members["variant_id"] = pd.Series(ids).reindex(keys).to_numpy()
    members[ASSIGNED].to_parquet(desk.file("assignments.parquet"), index=False)
    shown = {row["item_id"] for row in rows}
    return {"variants": len(variants), "items": len(items), "shown": len(shown)}


Key = tuple[str, str, str, str, str]
"""Segment, locale, product, country, wishes: what tells groups apart."""
KEY = ("segment_id", "locale", "product", "country", "wishes")
ASSIGNED = ["member_id", "segment_id", "wishes", "variant_id", *DRAWN]


def _members(desk: Workspace, items: list[Item]) -> pd.DataFrame:
    """Give every member's segment, wishes and market."""
    assigned = pd.read_parquet(desk.file("assignments.parquet"))
    return assigned.merge(markets(desk, items), on="member_id", how="left").fillna("")


def _groups(members: pd.DataFrame, segments: dict[str, Segment]) -> dict[Key, Group]:
    """Give the groups by key: by segment in the order there is, those without wishes first."""
    place = {name: number for number, name in enumerate(segments)}
    sizes = members.groupby(list(KEY)).size()
    keys = sorted(sizes.index, key=lambda key: (place[key[0]], bool(key[4]), key[1:]))
    return {
        key: Group(segments[key[0]], Wishes.read(key[4]), int(sizes[key]), Market(*key[1:4]))
        for key in keys
    }


def _variants(groups: dict[Key, Group], ids: dict[Key, str]) -> list[Variant]:
    """Give each variant once, told by its first group, with all its members."""
    sizes: Counter[str] = Counter()
    for key, variant_id in ids.items():
        sizes[variant_id] += groups[key].size
    first = {variant_id: key for key, variant_id in reversed(ids.items())}
    return [
        Variant(variant_id, *key, members=sizes[variant_id])
        for variant_id, key in reversed(first.items())
    ]


def _files(desk: Workspace) -> tuple[Edition, list[Item], Interests]:
    interests, _findings = read_interests(desk.project)
    items, findings = read_catalogue(desk.project, interests)
    edition, more = read_edition(desk.project, desk.edition, items, interests)
    stop_on_errors(findings + more)
    assert edition is not None  # without findings there is one
    return edition, items, interests


def _variant_id(edition: str, group: Group, picks: list[Pick]) -> str:
    """Name a variant after what it is made of, opaque to whoever sees it in a link."""
    told = [group.segment.phrase, group.market.locale]
    made_of = json.dumps([edition, *told, [asdict(pick) for pick in picks]])
    return "v" + hashlib.sha256(made_of.encode()).hexdigest()[:12]


class Picker:
    """Fills an edition's slots for one group after another, within the offers' budgets."""

    def __init__(
        self, edition: Edition, items: list[Item], interests: Interests, everybody: Segment
    ) -> None:
        """Take what there is to choose from on the edition's day."""
        self.edition, self.interests, self.everybody = edition, interests.interests, everybody
        self.items = {i.item_id: i for i in items if i.priority and edition.may_show(i)}
        self.left = {name: item.most for name, item in self.items.items()}

    def fill(self, group: Group) -> list[Pick]:
        """Pick the items of every slot, best first, for the members of a group."""
        seen: Counter[str] = Counter()
        picks: list[Pick] = []
        chosen = set(chain.from_iterable(self.edition.fixed.values()))
        for slot in SECTIONS:
            fixed = [i for i in self.edition.fixed.get(slot, []) if group.may_see(self.items[i])]
            for place in range(max(self.edition.slots.of(slot).total, len(fixed))):
                shown = chosen | {pick.item_id for pick in picks}
                if place < len(fixed):
                    item_id, score = fixed[place], 1.0
                else:
                    free = self._candidates(slot, group, shown)
                    if not free:
                        break
                    score, item_id = max((self._score(group, i, seen), i.item_id) for i in free)
                self._use(item_id, group, seen)
                reason = self._reason(group, item_id, fixed=place < len(fixed))
                picks.append(Pick(slot, place, item_id, round(score, 4), reason))
        return picks

    def _candidates(self, slot: str, group: Group, shown: set[str]) -> list[Item]:
        kind = "offer" if slot == "offers" else "article"
        return [
            item
            for item in self.items.values()
            if item.kind == kind
            and item.item_id not in shown
            and group.may_see(item)
            and self._affordable(item, group)
        ]

    def _affordable(self, item: Item, group: Group) -> bool:
        left = self.left[item.item_id]
        return left is None or left >= group.size

    def _use(self, item_id: str, group: Group, seen: Counter[str]) -> None:
        item, left = self.items[item_id], self.left[item_id]
        seen.update(item.interests[:1])
        if left is not None:
            self.left[item_id] = left - group.size

    def _score(self, group: Group, item: Item, seen: Counter[str]) -> float:
        tied = [
            self._wanted(group, interest) * (1 if place == 0 else SECOND)
            for place, interest in enumerate(item.interests)
        ]
        again = AGAIN ** seen[item.interests[0]] if item.interests else 1
        return max(tied, default=UNTIED) * again

    def _wanted(self, group: Group, interest: str) -> float:
        if interest in group.wishes.more:
            return ASKED
        rate = self.rate(group.segment, interest)
        return rate * LESS if interest in group.wishes.less else rate

    def rate(self, segment: Segment, interest: str) -> float:
        """Give the share of a segment that likes an interest, shrunk towards everybody's."""
        overall = self.everybody.likes.get(interest, 0) / max(self.everybody.looked_at, 1)
        if segment is self.everybody:
            return overall
        liked = segment.likes.get(interest, 0)
        return (liked + PRIOR * overall) / (segment.looked_at + PRIOR)

    def _reason(self, group: Group, item_id: str, *, fixed: bool) -> str:
        """Say why in words that are true of a group, or of what its members said themselves."""
        item = self.items[item_id]
        if fixed or not item.interests:
            return "For every reader of this letter."
        if asked := [name for name in item.interests if name in group.wishes.more]:
            return f"Because you asked for more about {self.interests[asked[0]].name.lower()}."
        best = max(item.interests, key=lambda name: self.rate(group.segment, name))
        rate, words = self.rate(group.segment, best), self.interests[best]
        who = "of our members" if group.segment is self.everybody else "members like you"
        if rate >= MOST:
            return f"Most {who} enjoy {words.phrase}."
        if rate >= MANY:
            return f"Many {who} enjoy {words.phrase}."
        return f"For a change: {words.name.lower()}."
