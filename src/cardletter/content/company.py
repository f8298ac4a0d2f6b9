"""Company: which interests go together, by what members want."""

import numpy as np

from cardletter.content.recommender import NOTHING, Mask, Places
from cardletter.segments.points import Matrix

OFTEN, MORE = 0.25, 1.1
"""Of who wants the one, what share at least wants the other, and how many times the usual share."""


class Company:
    """Says which interest goes best with another."""

    def __init__(self, met: Matrix, members: int, floor: int) -> None:
        """Take how many members want two interests; what fewer than `floor` want is not told."""
        own = np.diag(met)
        share = met / np.maximum(own, 1)[:, None]
        times = share / np.maximum(own / max(members, 1), 1 / max(members, 1))
        told = (met >= floor) & (share >= OFTEN) & (times >= MORE)
        np.fill_diagonal(told, val=False)
        self.times = np.where(told, times, 0)

    def best(self, liked: Mask) -> Places:
        """Give for each interest the one of some that goes with it best, or NOTHING."""
        times = np.where(liked[:, None], self.times, 0)
        found = times.argmax(axis=0)
        return np.where(times.max(axis=0, initial=0) > 0, found, NOTHING).astype(np.int64)
