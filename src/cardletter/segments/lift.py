"""Lift: how much more often one choice hits what members wanted than another, and how sure that is.

Both choices are judged on the same members, and members are drawn again many times (paired
bootstrap), so that what is common to both does not blur the difference.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cardletter.segments.points import Labels, Matrix
from cardletter.segments.wanted import Bools

DRAWS = 1_000
LEAST, MOST = 1e-12, 99.0
"""So that nothing is divided by none; the highest lift that is told."""
SURE = (2.5, 97.5)
"""Percentiles between which a lift lies in 95 of 100 draws."""


@dataclass(frozen=True)
class Lift:
    """How much better than one letter for all: 0.12 is 12% more hits."""

    lift: float
    low: float
    high: float
    members: int
    """Those who wanted anything at all."""
    precision: float
    """Share of what was shown that was wanted."""
    base: float
    """The same, of one letter for all."""

    def __str__(self) -> str:
        """Say it as people read it: the lift, and between what it lies."""
        return f"{self.lift:+.1%} [{self.low:+.1%}, {self.high:+.1%}]"


def hits(shown: Labels, truth: Bools) -> Matrix:
    """Give each member's share of what was shown that was wanted; NaN for who wanted nothing.

    `shown` is members x slots, interests by place; -1 is an empty slot, and hits nothing.
    """
    hit = np.take_along_axis(truth, np.maximum(shown, 0), axis=1) & (shown >= 0)
    return np.where(truth.any(axis=1), hit.mean(axis=1), np.nan)


def lift_of(hit: Matrix, base: Matrix, seed: int = 0) -> Lift:
    """Compare two choices by their hits, member for member."""
    return lifts_of([hit], base, seed)[0]


def lifts_of(hit: Sequence[Matrix], base: Matrix, seed: int = 0) -> list[Lift]:
    """Compare some choices with one by their hits; all are judged on the same drawings."""
    judged = ~np.isnan(base)
    if not judged.any():
        return [Lift(0.0, 0.0, 0.0, 0, 0.0, 0.0) for _ in hit]
    columns = np.stack([*hit, base], axis=1)[judged]
    means = columns.mean(axis=0)
    drawn = _drawn(columns, seed)
    lifts = _over(means[:-1], means[-1:])
    low, high = np.percentile(_over(drawn[:, :-1], drawn[:, -1:]), SURE, axis=0)
    return [
        Lift(
            lift=float(lifts[place]),
            low=float(low[place]),
            high=float(high[place]),
            members=len(columns),
            precision=float(own),
            base=float(means[-1]),
        )
        for place, own in enumerate(means[:-1])
    ]


def _over(own: Matrix, base: Matrix) -> Matrix:
    """Give how much more the one is than the other, nothing where both are none."""
    found: Matrix = np.where(own > 0, own / np.maximum(base, LEAST) - 1, -np.sign(base))
    return np.minimum(found, MOST)


def _drawn(columns: Matrix, seed: int) -> Matrix:
    """Give the mean of each column for as many drawings of the rows, each as many as there are."""
    rng, rows = np.random.default_rng(seed), len(columns)
    drawn = np.empty((DRAWS, columns.shape[1]))
    for draw in range(DRAWS):
        times = np.bincount(rng.integers(0, rows, rows, dtype=np.int32), minlength=rows)
        drawn[draw] = times @ columns / rows
    return drawn
