"""Facts: what a regression is told of a member and an interest, by all that was known on a day."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse

from cardletter.content.history import ALL, RECENT, THREADS, TOGETHER, Bits, History, Rows, of_late
from cardletter.content.recommender import Ease, Places, Scores
from cardletter.profiles.beside import beside
from cardletter.segments.points import Matrix
from cardletter.segments.wanted import PRIOR

SPANS = (4, RECENT, ALL)
"""Weeks back from a day in which the weeks with a purchase are counted."""
TINY = 1e-3
LOG = np.log1p(np.arange(ALL + 1, dtype=np.float32))


class Facts:
    """What is told of cells by a history, and by what members wanted in the windows it knows."""

    def __init__(self, history: History, bits: Bits, groups: Places) -> None:
        """Learn what members have in common; what is each one's own is made when it is asked."""
        self.history, self.bits, self.groups = history, bits, groups
        self.windows = len(history.windows) - 1
        self.sizes = np.bincount(groups[groups >= 0])
        width = bits.shape[1]
        sums, met = np.zeros((len(self.sizes) + 1, width)), np.zeros((width, width))
        for some, own in beside(self._sums, history.parts(), THREADS):
            sums, met = sums + some, met + own
        inside, mean = sums[:-1].sum(axis=0), sums.sum(axis=0) / max(len(groups), 1)
        everybody = inside / max(self.sizes.sum(), 1)
        theirs = (sums[:-1] + PRIOR * everybody) / (self.sizes[:, None] + PRIOR)
        self.theirs: Scores = np.log(np.vstack([theirs, mean]) + TINY).astype(np.float32)
        self.taken, self.liked = Ease().learn(history.met), Ease(30).learn(met)

    def _own(self, rows: Rows) -> Scores:
        return of_late(self.bits[rows], self.windows).astype(np.float32)

    def _sums(self, rows: slice) -> tuple[Matrix, Matrix]:
        """Sum up what some members wanted of late, by group, and by two interests together."""
        own, last = self._own(rows), len(self.sizes)
        of = np.where(self.groups[rows] < 0, last, self.groups[rows])
        ones, places = np.ones(len(own), dtype=np.float32), np.arange(len(own))
        members = sparse.csr_array((ones, (of, places)), (last + 1, len(own)))
        return members @ own, (own.T @ own).astype(np.float64)

    def of(self, rows: Rows) -> Sequence[Scores]:
        """Give the facts of some members, each members x interests, or that for all of either."""
        own, spent = self._own(rows), self.history.spent(rows, self.windows)
        spans = [LOG[self.history.within(rows, weeks)] for weeks in SPANS]
        return [
            own,
            (self.bits[rows] & 1).astype(np.float32),
            *spans,
            np.sqrt(spent / np.maximum(spent.sum(axis=1, keepdims=True), 1)),
            self.taken.score(self.history.taken(rows)),
            self.liked.score(own),
            self.theirs[self.groups[rows]],
            self.theirs[-1:],
            spans[-1].sum(axis=1, keepdims=True),
        ]

    def cells(self, places: Places) -> Scores:
        """Give the facts of some cells in their order, counted row by row: cells x facts."""
        row, column = np.unravel_index(places, self.bits.shape)
        members, of = np.unique(row, return_inverse=True)
        found = []
        for first in range(0, len(members), TOGETHER):
            some = members[first : first + TOGETHER]
            own = slice(*np.searchsorted(of, [first, first + TOGETHER]))
            facts = (np.broadcast_to(each, self.bits[some].shape) for each in self.of(some))
            cells = of[own] - first, column[own]
            found.append(np.stack([fact[cells] for fact in facts], axis=1))
        return np.concatenate(found)

    def chance(self, model: Any, rows: slice) -> Scores:  # noqa: ANN401 - it has no types
        """Give what the model makes of some members' cells: a sum over the facts."""
        scaler, regression = model[0], model[1]
        weights = regression.coef_[0] / scaler.scale_
        level = float(regression.intercept_[0] - weights @ scaler.mean_)
        found = np.full(self.bits[rows].shape, level, dtype=np.float32)
        for weight, fact in zip(weights, self.of(rows), strict=True):
            found += np.float32(weight) * fact
        np.negative(found, out=found)
        np.exp(found, out=found)
        found += 1
        return np.reciprocal(found, out=found)
