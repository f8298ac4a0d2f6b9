"""History: what is known of members x interests on some day, looked at some members at a time.

All that is made on the way then takes little, however many members there are.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from cardletter.content.recommender import Mask, Places, Scores
from cardletter.profiles import Spending
from cardletter.profiles.beside import beside
from cardletter.segments.points import Matrix
from cardletter.segments.wanted import FADING, Window, bought_within, wanted

Bits = npt.NDArray[np.uint8]
"""Members x interests: bit w is set where it was wanted in window w, the newest first."""
Rows = slice | Places
"""Some members, by their rows."""
Weeks = npt.NDArray[np.uint64]
"""64 weeks as bits, the newest first."""

RECENT = 13
"""Weeks in which what was bought is no discovery."""
ALL = 64
"""Weeks that are known."""
TOGETHER = 50_000
"""Members that are looked at at once."""
THREADS = 2


@dataclass(frozen=True)
class History:
    """What members bought, as it was known some windows ago."""

    windows: npt.NDArray[Any]
    """Whole cents in the last windows, the newest first: windows x members x interests."""
    weeks: Weeks
    """The weeks with a purchase."""
    window_weeks: int
    ago: int = 0
    """Windows that are not known yet."""

    @classmethod
    def of(cls, spending: Spending) -> "History":
        """Take what is needed of a spending, whose long form may then be let go."""
        return cls(spending.windows, spending.weeks, max(1, spending.window_days // 7))

    @property
    def before(self) -> "History":
        """Give what was known a window earlier."""
        return replace(self, ago=self.ago + 1)

    def parts(self) -> Iterator[slice]:
        """Give all members, some at a time."""
        for first in range(0, len(self.weeks), TOGETHER):
            yield slice(first, first + TOGETHER)

    def each(self, work: Callable[[slice], None]) -> None:
        """Do some work on all members, some at a time, in threads."""
        for _ in beside(work, self.parts(), THREADS):
            pass

    def taken(self, rows: Rows) -> Scores:
        """Give 1 where anything was ever bought."""
        return (self._weeks(rows) > 0).astype(np.float32)

    def within(self, rows: Rows, weeks: int) -> Bits:
        """Count the weeks with a purchase among the newest so many."""
        mask = np.uint64((1 << weeks) - 1)
        found: Bits = np.bitwise_count(self._weeks(rows) & mask)
        return found

    def recent(self, rows: slice, windows: int = 0) -> Mask:
        """Tell what was bought shortly before the newest so many windows."""
        days = 7 * self.window_weeks * (self.ago + windows)
        return bought_within(self.weeks[rows], days, 7 * RECENT)

    def spent(self, rows: Rows, windows: int) -> Scores:
        """Give what was spent in the newest so many windows."""
        known = self.windows[self.ago : self.ago + windows, rows]
        found: Scores = np.maximum(known, 0).sum(axis=0, dtype=np.float32)
        return found

    def _weeks(self, rows: Rows) -> Weeks:
        found: Weeks = self.weeks[rows] >> np.uint64(self.window_weeks * self.ago)
        return found

    @cached_property
    def met(self) -> Matrix:
        """Count the members who ever bought of two interests: interests x interests."""
        return self.together(self.taken)

    def together(self, had: Callable[[slice], Any]) -> Matrix:
        """Count the members who had both of two interests: interests x interests."""

        def look(rows: slice) -> Scores:
            own = had(rows).astype(np.float32)
            return np.asarray(own.T @ own)

        found = np.zeros((self.weeks.shape[1],) * 2)
        for met in beside(look, self.parts(), THREADS):
            found += met
        return found

    def wanted(self, task: str, usual: Matrix) -> Bits:
        """Tell in which windows members wanted what."""
        bits = np.zeros(self.weeks.shape, dtype=np.uint8)

        def look(rows: slice) -> None:
            for place, cents in enumerate(self.windows):
                window = Window(cents[rows], self.recent(rows, place + 1))
                bits[rows] |= wanted(task, window, usual).astype(np.uint8) << np.uint8(place)

        self.each(look)
        return bits


def of_late(bits: Bits, windows: int) -> Matrix:
    """Give how much of late members wanted each interest, 0 to 1; newer windows count more."""
    weights = np.array(FADING[:windows])
    sets = np.arange(1 << windows)[:, None] >> np.arange(windows) & 1
    rates: Matrix = (sets * weights).sum(axis=1) / weights.sum()
    found: Matrix = rates[bits & np.uint8((1 << windows) - 1)]
    return found
