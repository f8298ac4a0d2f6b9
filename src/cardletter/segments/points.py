"""Points: members as rows of numbers, in an order that hangs on nothing but what is in them."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Matrix = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

NOBODY = -1
"""The label of who is in no cluster."""


@dataclass(frozen=True)
class Points:
    """Rows to be grouped; where each was before, and how much nearer another must be to move it."""

    at: Floats
    leader: Labels
    """The first row that is the same as this one: same rows are always grouped alike."""
    anchor: Labels
    """The cluster that the row was in last time, or -1."""
    margin: float = 0.0

    def __len__(self) -> int:
        """Give the number of rows."""
        return len(self.at)

    def first(self, count: int) -> "Points":
        """Give the first rows: they come in the order of a hash, so these are a sample."""
        return replace(
            self, at=self.at[:count], leader=self.leader[:count], anchor=self.anchor[:count]
        )


def hashed(rows: npt.NDArray[np.floating], seed: int) -> Hashes:
    """Give a number for what is in each row: whole-number steps, the same wherever it stands."""
    found = np.full(len(rows), seed, dtype=np.uint64)
    for column in np.ascontiguousarray(rows.T, dtype=np.float64):
        found ^= (column + 0.0).view(np.uint64)  # + 0.0: there are two zeros
        found *= np.uint64(0x9E3779B97F4A7C15)
        found ^= found >> np.uint64(29)
    return found


def ordered(hashes: Hashes, anchor: Labels) -> tuple[Labels, Labels]:
    """Give the order of the rows, and by place in it the first row that is the same."""
    order = np.lexsort((anchor, hashes)).astype(np.int64)
    sorted_hashes, sorted_anchor = hashes[order], anchor[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (sorted_hashes[1:] != sorted_hashes[:-1]) | (sorted_anchor[1:] != sorted_anchor[:-1])
    leader = np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))
    return order, leader.astype(np.int64)
