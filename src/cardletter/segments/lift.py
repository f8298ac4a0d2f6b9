"""Lift: how much more often one choice hits what members wanted than another, and how sure that is.

Both choices are judged on the same members, and members are drawn again many times (paired
bootstrap), so that what is common to both does not blur the difference.
"""

from dataclasses import dataclass

import numpy as np

from cardletter.segments.points import Labels, Matrix
from cardletter.segments.wanted import Bools

DRAWS, AT_ONCE = 1_000, 50
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
    judged = ~np.isnan(hit)
    own, other = hit[judged], base[judged]
    ratio = _ratio(own.mean(), other.mean()) if len(own) else np.float64(0)
    low, high = np.percentile(_drawn(own, other, seed), SURE) if len(own) else (0.0, 0.0)
    return Lift(
        lift=float(ratio),
        low=float(low),
        high=float(high),
        members=len(own),
        precision=float(own.mean()) if len(own) else 0.0,
        base=float(other.mean()) if len(own) else 0.0,
    )


def _drawn(own: Matrix, other: Matrix, seed: int) -> Matrix:
    """Give the lift of as many drawings of members, each as many as there are."""
    rng = np.random.default_rng(seed)
    both = np.stack([own, other], axis=1)
    evenly = np.full(len(own), 1 / len(own))
    parts = [
        rng.multinomial(len(own), evenly, size=AT_ONCE) @ both for _ in range(DRAWS // AT_ONCE)
    ]
    sums = np.concatenate(parts)
    return _ratio(sums[:, 0], sums[:, 1])


def _ratio(own: Matrix, other: Matrix) -> Matrix:
    found: Matrix = own / np.maximum(other, 1e-12) - 1
    return found
