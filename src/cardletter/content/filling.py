"""Filling: which item stands in which place of each group's letter.

All groups at once, place by place from the top: the best item that may stand there. An interest
that was shown already counts less, so that a letter has some variety. Of equals, the first by id.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from cardletter.content.catalogue import Item
from cardletter.content.edition import SECTIONS, Filling, Slots
from cardletter.content.recommender import NOTHING, Mask, Places, Scores
from cardletter.content.sheet import Sheet

AGAIN = 0.55
"""What an interest counts that the letter has shown already, each time."""
FIXED = 1.0
"""The score of what the editor chose."""
KINDS = tuple(Filling.model_fields)


@dataclass(frozen=True)
class Chosen:
    """One item in one place of one group's letter."""

    group: int
    slot: str
    place: int
    item: int
    score: float
    kind: str
    """Why it stands there: favourites, discoveries, service, offers, or fixed."""


class Letters:
    """The letters of all groups while they are filled."""

    def __init__(self, sheet: Sheet) -> None:
        """Begin with empty letters; what is fixed anywhere stands nowhere else."""
        self.sheet = sheet
        count, width = sheet.may.shape
        self.chosen: list[Chosen] = []
        self.open = sheet.may.copy()
        self.seen = np.zeros((count, len(sheet.interests) + 1), dtype=np.int64)
        self.first = sheet.first
        self.clashing = _clashing(sheet.items)
        self.merchants = _same([item.merchant for item in sheet.items])
        self.places = {section: np.zeros(count, dtype=np.int64) for section in SECTIONS}
        self.shown = np.zeros((count, width), dtype=bool)

    def put(self, rows: Places, items: Places, section: str, kind: str, scores: Scores) -> None:
        """Put an item into the next place of a section, for some groups."""
        places = self.places[section][rows]
        for row, place, item, score in zip(rows, places, items, scores, strict=True):
            self.chosen.append(Chosen(int(row), section, int(place), int(item), float(score), kind))
        self.places[section][rows] += 1
        self.shown[rows, items] = True
        self.seen[rows, self.sheet.themes.of(kind)[rows, items]] += 1
        self.open[rows, items] = False
        self.open[rows] &= ~self.clashing[items]
        self._caps(rows, items)

    def _caps(self, rows: Places, items: Places) -> None:
        """Close what would be too much of one merchant or one interest."""
        demands = self.sheet.edition.demands
        if demands.per_merchant:
            for row, item in zip(rows, items, strict=True):
                same = self.merchants[item]
                if same.any() and self.shown[row, same].sum() >= demands.per_merchant:
                    self.open[row, same] = False
        if demands.per_interest:
            tied = self.first[items] < len(self.sheet.interests)
            for row, item in zip(rows[tied], items[tied], strict=True):
                same = self.first == self.first[item]
                if self.shown[row, same].sum() >= demands.per_interest:
                    self.open[row, same] = False

    def best(self, rows: Places, kinds: Mask, kind: str) -> tuple[Places, Scores]:
        """Give each group's best item for a kind of place, and its score; -inf: there is none."""
        sheet = self.sheet
        worth = sheet.discover if kind == "discoveries" else sheet.favour
        theme = sheet.themes.of(kind)[rows]
        again = AGAIN ** np.take_along_axis(self.seen[rows], theme, axis=1)
        again[theme == len(sheet.interests)] = 1
        scores = np.where(self.open[rows] & kinds, worth[rows] * again, -np.inf)
        items = scores.argmax(axis=1)
        return items, scores[np.arange(len(rows)), items]


def fill(sheet: Sheet, allowed: Mask | None = None) -> list[Chosen]:
    """Fill every section of every group's letter.

    `allowed` is what the budgets leave of groups x items: nothing else is picked, though what is
    fixed stands.
    """
    letters = Letters(sheet)
    for rows, fixed in _alike(sheet):
        part = Part(letters, rows, fixed)
        for section in SECTIONS:
            part.fixed_first(section)
        if allowed is not None:
            letters.open[rows] &= allowed[rows]
        part.fill()
    order = {section: number for number, section in enumerate(SECTIONS)}
    return sorted(letters.chosen, key=lambda each: (each.group, order[each.slot], each.place))


def _alike(sheet: Sheet) -> Iterator[tuple[Places, tuple[int, ...]]]:
    """Give the groups together that may see the same of what is fixed and demanded."""
    known = [
        name
        for name in [*sheet.edition.fixed_items, *sheet.edition.demands.every]
        if name in sheet.column
    ]
    fixed = np.array([sheet.column[name] for name in dict.fromkeys(known)], dtype=np.int64)
    patterns, which = np.unique(sheet.may[:, fixed], axis=0, return_inverse=True)
    for number, pattern in enumerate(patterns):
        yield np.flatnonzero(which.ravel() == number), tuple(int(each) for each in fixed[pattern])


@dataclass
class Part:
    """Groups that are filled alike."""

    letters: Letters
    rows: Places
    fixed: tuple[int, ...]
    """What the editor fixed or demanded, and these groups may see."""
    sections: dict[int, str] = field(default_factory=dict)
    """Where each of it was put."""

    def fixed_first(self, section: str) -> None:
        """Put what the editor fixed in a section into its first places, and what is demanded."""
        sheet = self.letters.sheet
        for name in sheet.edition.fixed.get(section, []):
            self._put_fixed(sheet.column.get(name, NOTHING), section)
        spoken = sheet.edition.fixed_items
        for name in sheet.edition.demands.every:
            if name in sheet.column and name not in spoken:
                item = sheet.items[sheet.column[name]]
                if section == home(item, sheet.edition.slots):
                    self._put_fixed(sheet.column[name], section)

    def _put_fixed(self, item: int, section: str) -> None:
        if item in self.fixed:
            every = np.full(len(self.rows), item)
            score = np.full(len(self.rows), FIXED, dtype=np.float32)
            self.letters.put(self.rows, every, section, "fixed", score)
            self.sections[item] = section

    def fill(self) -> None:
        """Fill what is left of every section, kind by kind; demanded kinds have their place."""
        self._demanded_kinds()
        for section in SECTIONS:
            kinds, taken = self._left(section)
            for place, kind in enumerate(kinds, taken):
                rows = self.rows[self.letters.places[section][self.rows] <= place]
                self._next(rows, section, kind)

    def _left(self, section: str) -> tuple[list[str], int]:
        """Give the kinds of places that what is fixed leaves in a section, and how many it took."""
        sheet = self.letters.sheet
        filling = sheet.edition.slots.of(section)
        kinds = [kind for kind in KINDS for _ in range(getattr(filling, kind))]
        fixed = [sheet.items[each] for each in self.fixed if self.sections[each] == section]
        for item in fixed:
            serves = item.purpose == "service" and "service" in kinds
            if kinds:
                kinds.remove("service" if serves else kinds[0])
        return kinds, len(fixed)

    def _demanded_kinds(self) -> None:
        """Put the best item of each kind that no letter may lack."""
        sheet = self.letters.sheet
        for name in sheet.edition.demands.every:
            if name in sheet.column:
                continue
            kinds = np.array([is_a(item, name) for item in sheet.items])
            rows = self.rows[~self.letters.shown[self.rows][:, kinds].any(axis=1)]
            if len(rows) and kinds.any():
                section = home(sheet.items[int(kinds.argmax())], sheet.edition.slots)
                self._put_best(rows, section, name, kinds)

    def _next(self, rows: Places, section: str, kind: str) -> None:
        items = self.letters.sheet.items
        if len(rows) and items:
            kinds = np.array([_fits(item, section, kind) for item in items], dtype=bool)
            self._put_best(rows, section, kind, kinds)

    def _put_best(self, rows: Places, section: str, kind: str, kinds: Mask) -> None:
        items, scores = self.letters.best(rows, kinds, kind)
        there = scores > -np.inf
        self.letters.put(rows[there], items[there], section, kind, scores[there])


def is_a(item: Item, kind: str) -> bool:
    """Tell whether an item is of a kind that a demand may name."""
    return kind in (item.kind, item.experience) or (kind == "service" and item.purpose == "service")


def _fits(item: Item, section: str, kind: str) -> bool:
    """Tell whether an item may fill a place of a kind in a section."""
    if (section == "offers") != (item.kind == "offer"):
        return False
    return item.purpose == "service" if kind == "service" else True


def home(item: Item, slots: Slots) -> str:
    """Give the section in which an item stands that a demand puts into every letter."""
    if item.kind == "offer":
        return "offers"
    held = [section for section in ("briefs", "stories", "hero") if slots.of(section).total]
    return held[0] if held else "briefs"


def _clashing(items: Sequence[Item]) -> Mask:
    """Tell which items may not stand in the same letter."""
    found = np.zeros((len(items), len(items)), dtype=bool)
    for place, item in enumerate(items):
        if item.exclusive_with:
            found[place] |= [item.clashes_with(other) for other in items]
    found |= found.T
    np.fill_diagonal(found, val=False)
    return found


def _same(names: Sequence[str]) -> Mask:
    """Tell which items are of the same merchant; of those without one, none."""
    told = np.array(names, dtype=object)
    return np.asarray((told[:, None] == told[None, :]) & (told != "")[:, None], dtype=bool)
