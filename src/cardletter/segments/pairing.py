"""Pairing: which of the groups before and after is which, by the members they share."""

import numpy as np

from cardletter.segments.points import Labels


def paired(before: Labels, after: Labels) -> dict[int, int]:
    """Give group after -> group before, one to one, so that most rows keep theirs (Hungarian).

    Rows labelled below zero are in no group; groups that share no row are no pair.
    """
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - costs time, seldom needed

    both = (before >= 0) & (after >= 0)
    if not both.any():
        return {}
    shared = np.zeros((after.max() + 1, before.max() + 1), dtype=np.int64)
    np.add.at(shared, (after[both], before[both]), 1)
    new, old = linear_sum_assignment(shared, maximize=True)
    return {int(a): int(b) for a, b in zip(new, old, strict=True) if shared[a, b]}
