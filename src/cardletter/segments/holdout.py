"""Holdout: the world as it was some weeks ago, and what members bought after that.

What is done with the past alone is judged by what came after; nothing of the later weeks is known
to it.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cardletter.profiles import Spending, read_spending
from cardletter.segments.clustering import afresh
from cardletter.segments.files import Clustering
from cardletter.segments.lift import hits
from cardletter.segments.points import Labels, Matrix, hashed
from cardletter.segments.sizes import Sizes
from cardletter.segments.taste import Taste, taste
from cardletter.segments.wanted import (
    TASKS,
    Bools,
    Window,
    best,
    bought_within,
    shrunk,
    top_of,
    wanted,
    wanted_of_late,
    windows_of,
)
from cardletter.workspace import Workspace

SLOTS = 6
"""Interests that a letter shows, where letters are judged: no more than a member's favourites."""
FEWEST = 4
"""Interests: of fewer, one is a member's favourite, and every letter shows it."""
MOST = 20_000
"""Members that are looked at: their answer is sure to some tenths of a percent already."""


@dataclass(frozen=True)
class Holdout:
    """Members as they were on a day, the windows before it, and the one after it."""

    origin: dt.date
    days: int
    """How many days after the origin are held out."""
    of: int
    """Members with purchases enough by then; some of them, if they are many, are looked at."""
    tastes: Taste
    windows: list[Window]
    after: Window
    interests: tuple[str, ...]

    def __len__(self) -> int:
        """Give the number of members that are looked at."""
        return len(self.tastes.share)

    @property
    def slots(self) -> int:
        """Give how many interests a letter shows."""
        return min(SLOTS, top_of(len(self.interests)))

    @cached_property
    def rates(self) -> dict[str, Matrix]:
        """Give by task how much each member wanted each interest of late, before the origin."""
        usual = self.tastes.overall
        return {task: wanted_of_late(task, self.windows, usual) for task in TASKS}

    @cached_property
    def truth(self) -> dict[str, Bools]:
        """Give by task what each member wanted after the origin."""
        return {task: wanted(task, self.after, self.tastes.overall) for task in TASKS}

    @cached_property
    def base(self) -> dict[str, Matrix]:
        """Give by task each member's hits if all get one letter."""
        return self.judged(np.zeros(len(self), dtype=np.int64))

    def judged(self, groups: Labels) -> dict[str, Matrix]:
        """Give by task each member's hits if each group gets the letter that suits it best."""
        count = int(groups.max(initial=0)) + 1
        return {
            task: hits(best(shrunk(self.rates[task], groups, count), self.slots)[groups], truth)
            for task, truth in self.truth.items()
        }

    def most(self, clustering: Clustering) -> int:
        """Give the largest number of groups that is worth a look.

        Of members drawn by lot some must be to spare, as there are of all of them.
        """
        drawn = len(self) < self.of
        return clustering.roomy(len(self)) if drawn else len(self) // clustering.k_min

    def grouped(self, kind: str, clustering: Clustering, k: int | None = None) -> Labels:
        """Group the members by features of a kind: as clustering.yaml says, or into `k`."""
        auto = clustering.segments == "auto" and k is None
        most = clustering.looked_through(len(self)) if auto else 0
        wanted = k or min(clustering.wanted(len(self)), self.most(clustering))
        sizes = Sizes(wanted, clustering.k_min)
        features = self.tastes.by(kind).features
        found = afresh(features, self.interests, sizes, clustering.seed, most)
        return np.unique(found.labels, return_inverse=True)[1].astype(np.int64)


def hold_out(
    desk: Workspace, clustering: Clustering, until: dt.date | None = None, most: int = MOST
) -> Holdout | str:
    """Hold out the last window of what is known until a day; say so where there is too little."""
    now = read_spending(desk, until)
    origin = now.as_of - dt.timedelta(days=now.window_days)
    then = read_spending(desk, origin)
    windows = windows_of(then, clustering.recent_days)
    if not windows:
        needed = 2 * now.window_days + min(clustering.recent_days, now.window_days)
        return f"purchases must go back {needed} days or more"
    if len(then.interests) < FEWEST:
        return f"there must be {FEWEST} interests or more to choose from"
    enough = np.flatnonzero(then.purchases.sum(axis=1) >= clustering.least_purchases)
    if len(enough) < 2 * clustering.k_min:
        return (
            f"{len(enough):,} members had bought enough by {origin}, "
            f"two segments of {clustering.k_min} are the least"
        )
    rows = _some(then, now, enough, most)
    later = now.members.get_indexer(then.members[rows])
    return Holdout(
        origin=origin,
        days=now.window_days,
        of=len(enough),
        tastes=_tastes(then, rows),
        windows=[Window(each.cents[rows], each.recent[rows]) for each in windows],
        after=Window(
            now.windows[0][later],
            bought_within(now.weeks[later], now.window_days, clustering.recent_days),
        ),
        interests=then.interests,
    )


def _some(then: Spending, now: Spending, rows: Labels, most: int) -> Labels:
    """Give at most so many rows, in an order that hangs on what was bought and not on the ids."""
    later = now.members.get_indexer(then.members[rows])
    keys = hashed(now.cents[later], 0), hashed(then.cents[rows], 0)
    return rows[np.lexsort(keys)[:most]]


def _tastes(then: Spending, rows: Labels) -> Taste:
    return taste(then.cents[rows].astype(float), then.days[rows].astype(float))
