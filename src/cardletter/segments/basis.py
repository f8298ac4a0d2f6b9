"""The basis: the few directions in which members' tastes differ, found once and kept.

A basis found anew each time would turn every centre, and members would change segments for nothing:
measured, that keeps fewer than refitting all from the start. So it is frozen, has a number, and is
found anew only when people ask for it.
"""

from dataclasses import dataclass

import numpy as np

from cardletter.segments.kmeans import SAMPLE
from cardletter.segments.points import Floats, Matrix

AXES = 40


@dataclass(frozen=True)
class Basis:
    """Directions in the space of interests: one row an interest, one column a direction."""

    interests: tuple[str, ...]
    axes: Matrix

    def of(self, interests: tuple[str, ...]) -> "Basis":
        """Give the basis for these interests: those it does not know count for nothing."""
        known = dict(zip(self.interests, self.axes, strict=True))
        nothing = np.zeros(self.axes.shape[1])
        rows = [known.get(name, nothing) for name in interests]
        return Basis(interests, np.array(rows).reshape(len(interests), -1))

    def reduce(self, features: Matrix) -> Floats:
        """Give the rows as they are seen from these directions, of unit length."""
        seen = features @ self.axes
        length = np.sqrt((seen**2).sum(axis=1, keepdims=True))
        return (seen / np.where(length > 0, length, 1)).astype(np.float32)

    def kept(self, features: Matrix) -> float:
        """Give the share of what is in the features that these directions see."""
        if not (whole := float((features**2).sum())):
            return 1.0
        return float(((features @ self.axes) ** 2).sum()) / whole


def find(interests: tuple[str, ...], features: Matrix) -> Basis:
    """Find the directions that hold most of the features: their singular vectors.

    Rows come in the order of a hash, so that the first of them are a sample.
    """
    sample = features[:SAMPLE]
    power, vectors = np.linalg.eigh(sample.T @ sample)
    strongest = np.argsort(-power, kind="stable")[:AXES]
    axes = vectors[:, strongest]
    # A direction is the same either way round; its largest part shall be positive.
    largest = np.abs(axes).argmax(axis=0)
    return Basis(interests, axes * np.where(axes[largest, range(axes.shape[1])] < 0, -1, 1))
