"""Taste: what members spend on, as numbers by which like can be told from unlike.

Three ways, chosen by name in clustering.yaml; none is best on all data, so `auto` tries them.

- pmi: positive log-lift share. For the share p of a member's spend that goes to an interest and the
  share q of everybody's, sqrt(p * max(0, ln p/q)). It sees what sets a member apart.
- hellinger: sqrt(p). It sees all that a member spends on.
- tfidf: days with a purchase, times how few members buy it at all. It sees habits, not money, and
  serves best where members have bought on few days.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from cardletter.segments.points import Labels, Matrix


@dataclass(frozen=True)
class Taste:
    """What members spend their money on: rows are members, columns interests."""

    share: Matrix
    """p: share of the member's spend; rows sum to 1."""
    overall: npt.NDArray[np.float64]
    """q: share of everybody's spend."""
    days: Matrix
    """On how many days each was bought."""
    kind: str = "pmi"

    @cached_property
    def lift(self) -> Matrix:
        """Give p * max(0, ln p/q): how much an interest sets the member apart."""
        with np.errstate(divide="ignore", invalid="ignore"):
            log = np.log(self.share / self.overall)
        return np.where(self.share > 0, self.share * np.maximum(log, 0), 0.0)

    @cached_property
    def features(self) -> Matrix:
        """Give the rows that are clustered, of unit length."""
        rows = FEATURES[self.kind](self)
        length = np.linalg.norm(rows, axis=1, keepdims=True)
        return rows / np.where(length > 0, length, 1)

    def of(self, rows: Labels) -> "Taste":
        """Give the tastes of some of the members, beside everybody's."""
        return replace(self, share=self.share[rows], days=self.days[rows])

    def by(self, kind: str) -> "Taste":
        """Give the same tastes, seen by other features."""
        return replace(self, kind=kind)


def _pmi(taste: Taste) -> Matrix:
    return np.sqrt(taste.lift)


def _hellinger(taste: Taste) -> Matrix:
    return np.sqrt(taste.share)


def _tfidf(taste: Taste) -> Matrix:
    # The logarithm is smoothed: what everybody buys still counts, only less.
    buyers = (taste.days > 0).sum(axis=0)
    rare = np.log((1 + len(taste.days)) / (1 + buyers)) + 1
    found: Matrix = taste.days * rare
    return found


FEATURES: dict[str, Callable[[Taste], Matrix]] = {
    "pmi": _pmi,
    "hellinger": _hellinger,
    "tfidf": _tfidf,
}
USUAL = "pmi"
"""What is taken where there is too little data to choose by, or no other is surely better."""


def taste(spend: Matrix, days: Matrix | None = None, kind: str = USUAL) -> Taste:
    """Turn spend (members x interests, refunds netted) into shares; below zero counts as zero.

    Where days are not told, all was bought on one.
    """
    spend = np.maximum(spend, 0)
    total = spend.sum(axis=1, keepdims=True)
    share = spend / np.where(total > 0, total, 1)
    overall = spend.sum(axis=0) / max(spend.sum(), 1)
    seen = (spend > 0).astype(np.float64) if days is None else days
    return Taste(share, np.where(overall > 0, overall, 1), seen, kind)
