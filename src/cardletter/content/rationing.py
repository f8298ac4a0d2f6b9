"""Rationing: what the budgets of an edition leave each group to be shown.

Items are planned kind by kind, offers and articles, and only where there is only so much of one.
"""

from dataclasses import dataclass, field

import numpy as np

from cardletter.content.budgets import NO_LIMIT, Planned, Wanted, plan
from cardletter.content.catalogue import Item
from cardletter.content.edition import SECTIONS
from cardletter.content.filling import AGAIN
from cardletter.content.recommender import Mask, Places, Scores
from cardletter.content.sheet import Sheet


@dataclass(frozen=True)
class Rations:
    """What may be picked, groups x items, and what the plan is worth."""

    allowed: Mask
    value: float = 0.0
    bound: float = 0.0
    dropped: tuple[str, ...] = field(default=())
    """Items that are shown to nobody: not so many members may see them as were promised."""

    @property
    def gap(self) -> float:
        """Give how far below the bound the plan is, as a share of it."""
        return (self.bound - self.value) / self.bound if self.bound else 0.0


def ration(sheet: Sheet) -> Rations:
    """Plan who is shown what there is only so much of."""
    rations = Rations(np.ones(sheet.may.shape, dtype=bool))
    for kind in ("offer", "article"):
        those = np.array([item.kind == kind for item in sheet.items], dtype=bool)
        if any(_limited(sheet, item) for item in sheet.items if item.kind == kind):
            rations = _planned(sheet, those, rations)
    return rations


def _limited(sheet: Sheet, item: Item) -> bool:
    budget = sheet.edition.budget(item)
    return budget.most is not None or budget.minimum > 0


def _planned(sheet: Sheet, those: Mask, rations: Rations) -> Rations:
    """Plan one kind of items; unlimited articles stay free, so that they may vary."""
    budgets = [sheet.edition.budget(item) for item in sheet.items]
    fixed = np.isin(sheet.names, _fixed(sheet))
    may = sheet.may & those & ~fixed & np.array([item.priority > 0 for item in sheet.items])
    most = [NO_LIMIT if each.most is None else each.most for each in budgets]
    places = _places(sheet, those, fixed)
    worth = _varied(sheet, may, int(places.max(initial=0)))
    wanted = Wanted(
        worth=np.where(may, worth, -np.inf).astype(np.float64),
        sizes=sheet.sizes,
        places=places,
        most=np.array(most, dtype=np.int64),
        least=np.array([each.minimum for each in budgets], dtype=np.int64) * those,
        apart=_apart(sheet, those),
    )
    found: Planned = plan(wanted)
    limited = np.array([_limited(sheet, item) for item in sheet.items], dtype=bool)
    offers = sheet.items[int(those.argmax())].kind == "offer"
    held = those if offers else those & limited
    names = [sheet.items[each].item_id for each in found.dropped if those[each]]
    return Rations(
        rations.allowed & (found.shown | ~held),
        rations.value + found.value,
        rations.bound + found.bound,
        (*rations.dropped, *names),
    )


def _fixed(sheet: Sheet) -> list[str]:
    return [*sheet.edition.fixed_items, *sheet.edition.demands.every]


def _varied(sheet: Sheet, may: Mask, places: int) -> Scores:
    """Give what items are worth in a varied letter: a group's second of an interest counts less.

    No letter holds more of an interest than it has places: from there on all count the same.
    """
    worth = np.where(may, sheet.favour, 0)
    none, last = len(sheet.interests), max(places - 1, 0)
    order = np.argsort(-worth, axis=1, kind="stable")
    theme = np.take_along_axis(sheet.themes.favour, order, axis=1)
    for interest in np.unique(theme[theme < none]):
        own = theme == interest
        again = np.where(own & np.take_along_axis(may, order, axis=1), own.cumsum(axis=1) - 1, 0)
        factor = np.ones(worth.shape, dtype=np.float32)
        less = AGAIN ** np.minimum(again, last)
        np.put_along_axis(factor, order, less.astype(np.float32), axis=1)
        worth = worth * factor
    return worth


def _places(sheet: Sheet, those: Mask, fixed: Mask) -> Places:
    """Give how many places of a kind each group's letter has left beside what is fixed."""
    offers = sheet.items[int(those.argmax())].kind == "offer"
    sections = [each for each in SECTIONS if (each == "offers") == offers]
    total = sum(sheet.edition.slots.of(section).total for section in sections)
    taken = (sheet.may & those & fixed).sum(axis=1)
    left: Places = np.maximum(total - taken, 0).astype(np.int64)
    return left


def _apart(sheet: Sheet, those: Mask) -> list[tuple[Places, int]]:
    """Give what may not stand in the same letter: exclusive items, and too much of one kind."""
    items, demands = sheet.items, sheet.edition.demands
    places = [int(place) for place in np.flatnonzero(those)]
    found = [
        (np.array([one, other]), 1)
        for one in places
        for other in places
        if other > one
        if items[one].exclusive_with or items[other].exclusive_with
        if items[one].clashes_with(items[other])
    ]
    for most, names in (
        (demands.per_merchant, [item.merchant for item in items]),
        (demands.per_interest, [item.interests[0] if item.interests else "" for item in items]),
    ):
        for name in sorted({names[place] for place in places} - {""}) if most else ():
            own = np.array([place for place in places if names[place] == name])
            found += [(own, most or 0)] if len(own) > (most or 0) else []
    return found
