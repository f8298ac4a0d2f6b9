"""What if: an edition matched as it stands and with changes, and who is shown what else then.

Nothing is written: items are banned, raised or given another budget in memory only. What fewer than
`k_min` members are shown, lose or gain is not counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from cardletter.content.catalogue import Budget, Item
from cardletter.content.edition import Edition
from cardletter.content.matching import compose, read_files, read_matter
from cardletter.content.matter import Matter
from cardletter.content.recommender import Places
from cardletter.content.showing import Showing, moved
from cardletter.content.standing import FEW, Standing, few, standing
from cardletter.errors import EditionError
from cardletter.segments import read_clustering
from cardletter.workspace import Workspace

NAMED = 3
"""Items that are named of what a segment loses and gains."""


@dataclass(frozen=True)
class Changes:
    """What is tried."""

    ban: tuple[str, ...] = ()
    raised: Mapping[str, float] | None = None
    """Item -> what its priority is multiplied by."""
    budgets: Mapping[str, int] | None = None
    """Item -> members it may be shown to."""

    def names(self) -> list[str]:
        """Name every item that is changed."""
        return [*self.ban, *(self.raised or {}), *(self.budgets or {})]


@dataclass(frozen=True)
class Reach:
    """How many members are shown an item as it stands, and then, in words."""

    item_id: str
    title: str
    now: str
    then: str
    change: str
    rises: bool


@dataclass(frozen=True)
class Loss:
    """What the members of a segment lose and gain whose letters change."""

    segment: str
    members: int
    lost: tuple[str, ...]
    gained: tuple[str, ...]
    lift: float
    """How much more often the segment is shown what it wants: -0.02 is 2% less."""


@dataclass(frozen=True)
class WhatIf:
    """An edition as it stands against the same with changes."""

    reach: list[Reach]
    losses: list[Loss]
    untold: int
    """Segments in which the letters of too few members change for it to be told."""
    lift: float
    gap: float
    """How far the plan with changes may be below the best there is, as a share."""
    dropped: tuple[str, ...]
    """Items that nobody is shown then, as fewer may see them than their merchant was promised."""


class Trial:
    """An edition as it stands, to be tried with changes."""

    def __init__(self, desk: Workspace) -> None:
        """Match it as it stands.

        Raises:
            EditionError: it was not made yet.
            FilesError: the files have findings, or demands clash.
        """
        self.desk = desk
        self.edition, self.items, words = read_files(desk)
        desk.read_json("variants.json")
        self.matter = read_matter(desk, self.edition, self.items, words)
        self.columns = list(self.matter.catalogue.items)
        self.least = read_clustering(desk.project)[0].k_min
        self.now = self._showing(self.matter)

    def what_if(self, changes: Changes) -> WhatIf:
        """Match it with changes.

        Raises:
            EditionError: there is no such item.
            FilesError: demands clash then.
        """
        known = {item.item_id for item in self.items}
        if unknown := sorted(set(changes.names()) - known):
            raise EditionError(f"There is no article or offer {', '.join(unknown)}: see content/.")
        then = self._showing(_changed(self.matter, self.edition, changes))
        losses, untold = self._losses(then)
        lift = _lift(self.now.worth.sum(), then.worth.sum())
        rations = then.matched.rations
        return WhatIf(self._reach(then), losses, untold, lift, rations.gap, rations.dropped)

    def standing(self) -> list[Standing]:
        """Tell who is shown what as it stands, and why some items are shown to nobody."""
        return standing(self.now, self.items, self.least)

    def _showing(self, matter: Matter) -> Showing:
        return Showing.of(self.desk, matter, compose(self.desk, matter), self.columns)

    def _reach(self, then: Showing) -> list[Reach]:
        """Tell of what more or fewer members are shown, beginning with what loses most."""
        change = then.reach - self.now.reach
        found = []
        for place in np.flatnonzero(change)[np.argsort(change[change != 0], kind="stable")]:
            item = self.columns[place]
            words = counted(int(self.now.reach[place]), int(then.reach[place]), self.least)
            found.append(Reach(item.item_id, item.title, *words, rises=bool(change[place] > 0)))
        return found

    def _losses(self, then: Showing) -> tuple[list[Loss], int]:
        """Tell of the segments whose letters change; count those where too few do."""
        members, change = moved(self.now, then), then.by_segment() - self.now.by_segment()
        before, after = self.now.worth_by_segment(), then.worth_by_segment()
        found = [
            Loss(
                self.now.segments[row],
                int(members[row]),
                self._named(-change[row]),
                self._named(change[row]),
                _lift(before[row], after[row]),
            )
            for row in np.flatnonzero(members >= self.least)
        ]
        untold = int(np.count_nonzero((members > 0) & (members < self.least)))
        return sorted(found, key=lambda each: (each.lift, each.segment)), untold

    def _named(self, more: Places) -> tuple[str, ...]:
        """Name what most members have more of, and at least as many as may be counted."""
        most = np.argsort(-more, kind="stable")[:NAMED]
        return tuple(self.columns[place].title for place in most if more[place] >= self.least)


def what_if(desk: Workspace, changes: Changes) -> WhatIf:
    """Match an edition as it stands and with changes; raises what `Trial` raises."""
    return Trial(desk).what_if(changes)


def counted(before: int, after: int, least: int) -> tuple[str, str, str]:
    """Say how many there are now, then, and the change, and never fewer than `least`."""
    change = after - before
    now, then = few(before, least), few(after, least)
    if FEW in (now, then):
        return now, then, "more" if change > 0 else "fewer"
    if abs(change) < least:
        return now, f"about {now}", "a few more" if change > 0 else "a few fewer"
    return now, then, f"{change:+,}"


def _lift(before: float, after: float) -> float:
    return float((after - before) / before) if before else 0.0


def _changed(matter: Matter, edition: Edition, changes: Changes) -> Matter:
    """Give the same members with another catalogue."""
    raised = changes.raised or {}
    every = [_raised(item, raised.get(item.item_id, 1)) for item in matter.catalogue.items]
    items = [item for item in every if item.priority and item.item_id not in changes.ban]
    own = {
        item.item_id: Budget(impressions=most, minimum=min(item.budget.minimum, most))
        for item in items
        for most in [(changes.budgets or {}).get(item.item_id)]
        if most is not None
    }
    letter = _without(edition, changes.ban).model_copy(update={"budgets": edition.budgets | own})
    return replace(matter, catalogue=replace(matter.catalogue, items=items, edition=letter))


def _raised(item: Item, times: float) -> Item:
    return item.model_copy(update={"priority": item.priority * times}) if times != 1 else item


def _without(edition: Edition, ban: tuple[str, ...]) -> Edition:
    """Give the edition that neither fixes nor demands what is banned."""
    every = [name for name in edition.demands.every if name not in ban]
    fixed = {
        section: [name for name in chosen if name not in ban]
        for section, chosen in edition.fixed.items()
    }
    demands = edition.demands.model_copy(update={"every": every})
    return edition.model_copy(update={"fixed": fixed, "demands": demands})
