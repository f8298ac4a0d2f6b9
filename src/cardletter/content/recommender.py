"""Recommenders: what a member may like next, from what members took before.

Each is fitted on members x items (how much each member took of each item: interests bought, or
items clicked) and scores any rows of that form. All are the same to use; they differ in what they
believe: `OwnFrequency` that people go on as they did, `Popularity` that all want the same, `Ease`
that who took this often takes that (Steck 2019, https://arxiv.org/abs/1905.03375), `Drawn` the last
two, each as far as a member is known.
"""

from typing import Any, Protocol, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse

Scores = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Taken = Any
"""Members x items, dense or a sparse array of scipy's, which has no types."""

NOTHING = -1
"""The place of no item: there was nothing left to recommend."""
TOGETHER = 50_000
"""Members that are scored at once."""
FEW = 2
"""Items taken by which a member's own taste counts as much as everybody's."""


class Recommender(Protocol):
    """Learns from members x items, and scores members x items; higher is better."""

    def fit(self, taken: Taken) -> Self:
        """Learn from what members took."""
        ...

    def score(self, taken: Taken) -> Scores:
        """Score every item for members by what they took."""
        ...


class OwnFrequency:
    """What a member took most; where that is nothing, what everybody did."""

    def fit(self, taken: Taken) -> Self:
        """Learn what everybody took, to break ties and to begin with."""
        self.everybody = Popularity().fit(taken)
        return self

    def score(self, taken: Taken) -> Scores:
        """Score by the member's own; everybody's taste counts less than one of a member's own."""
        own = _dense(taken)
        return own + self.everybody.score(taken) * np.float32(1e-3)


class Popularity:
    """What most members took, the same for all."""

    def fit(self, taken: Taken) -> Self:
        """Count the members who took each item."""
        count = np.asarray((taken > 0).sum(axis=0)).ravel()
        self.rates = (count / max(taken.shape[0], 1)).astype(np.float32)
        return self

    def score(self, taken: Taken) -> Scores:
        """Give the share of members who took each item, to everybody."""
        return np.broadcast_to(self.rates, (taken.shape[0], len(self.rates)))


class Ease:
    """Who took this often takes that: a linear model of items by items, without themselves."""

    def __init__(self, ridge: float = 100.0) -> None:
        """Take the ridge: the larger, the fewer chance meetings count."""
        self.ridge = ridge

    def fit(self, taken: Taken) -> Self:
        """Learn from what members took."""
        return self.learn(_dense(taken.T @ taken))

    def learn(self, met: npt.NDArray[Any]) -> Self:
        """Solve the model from how many members took two items together: items x items."""
        together = np.array(met, dtype=np.float64)
        places = np.arange(len(together))
        self.met = together.copy()
        together[places, places] += self.ridge
        inverse = np.linalg.inv(together)
        weights = -inverse / np.diag(inverse)
        weights[places, places] = 0
        self.weights: Scores = weights.astype(np.float32)
        return self

    def score(self, taken: Taken) -> Scores:
        """Add up what each item that was taken says of every other."""
        found = np.empty(taken.shape, dtype=np.float32)
        for first in range(0, taken.shape[0], TOGETHER):
            rows = slice(first, first + TOGETHER)
            found[rows] = taken[rows].astype(np.float32) @ self.weights
        return found


class Drawn:
    """What goes with what a member took, drawn to what all want the less the member took."""

    def __init__(self, ridge: float = 100.0) -> None:
        """Take the ridge of what goes together."""
        self.ease, self.everybody = Ease(ridge), Popularity()

    def fit(self, taken: Taken) -> Self:
        """Learn both."""
        self.ease.fit(taken)
        self.everybody.fit(taken)
        return self

    def score(self, taken: Taken) -> Scores:
        """Mix both at one level; who took nothing is scored as everybody is."""
        usual = self.everybody.score(taken)
        own = np.maximum(self.ease.score(taken), 0)
        total = own.sum(axis=1, keepdims=True)
        count = np.asarray((taken > 0).sum(axis=1), dtype=np.float32).reshape(-1, 1)
        weight = np.where(total > 0, count / (count + FEW), 0)
        level = usual.sum(axis=1, keepdims=True) / np.where(total > 0, total, 1)
        return np.asarray(weight * own * level + (1 - weight) * usual, dtype=np.float32)


def recommend(scores: Scores, count: int, never: Mask | None = None) -> Places:
    """Give each row's best items, best first, of equals the first; NOTHING where none is left.

    `never` marks what must not be recommended: what a member owns, was shown of late, or refused.
    """
    left = scores.copy() if never is None else np.where(never, -np.inf, scores)
    found = np.full((len(left), count), NOTHING, dtype=np.int64)
    rows = np.arange(len(left))
    for place in range(min(count, left.shape[1])):
        best = left.argmax(axis=1)
        there = left[rows, best] > -np.inf
        found[there, place] = best[there]
        left[rows, best] = -np.inf
    return found


def _dense(matrix: Taken) -> Scores:
    whole = matrix.toarray() if sparse.issparse(matrix) else matrix
    found: Scores = np.asarray(whole, dtype=np.float32)
    return found
