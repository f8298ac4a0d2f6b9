"""Layout: where segments lie on a map, like ones near each other."""

import numpy as np
from scipy.spatial import cKDTree

from cardletter.segments.points import Labels, Matrix

NEIGHBOURS = 3
STEPS, WORK = 300, 120_000
"""Steps that the layout is improved by, fewer where there are many places."""
UNTANGLING, GIVING_WAY = 200, 0.35
"""Rounds in which boxes give way to each other, and by what share of what lies on each other."""


def nearest_to(middle: Matrix) -> list[list[int]]:
    """Give each segment's nearest others, by the angle between their mean tastes."""
    alike = middle @ middle.T
    np.fill_diagonal(alike, -np.inf)
    order = np.argsort(-alike, axis=1, kind="stable")[:, :NEIGHBOURS]
    return [[int(o) for o in own if np.isfinite(alike[n, o])] for n, own in enumerate(order)]


def laid_out(middle: Matrix) -> list[tuple[float, float]]:
    """Give each segment a place in a square, 0 to 1, so that distances tell how unlike they are.

    Begun from the two directions in which tastes differ most, improved by moving every pair to its
    distance (SMACOF, as in multidimensional scaling). There is no chance in it.
    """
    count = len(middle)
    if count < 2:  # noqa: PLR2004 - one place is the middle
        return [(0.5, 0.5)] * count
    wanted = np.sqrt(np.maximum(0, 1 - middle @ middle.T))
    centred = middle - middle.mean(axis=0)
    places = centred @ np.linalg.svd(centred, full_matrices=False)[2][:2].T
    places = np.pad(places, ((0, 0), (0, 2 - places.shape[1])))
    places = places + 1e-3 * np.c_[np.cos(np.arange(count)), np.sin(np.arange(count))]
    for _ in range(min(STEPS, max(40, WORK // count))):
        places = _improved(places, wanted)
    return [(round(float(x), 4), round(float(y), 4)) for x, y in _square(places)]


def _improved(places: Matrix, wanted: Matrix) -> Matrix:
    """Move all places at once nearer to the distances that are wanted (Guttman's transform)."""
    ratio = wanted / np.maximum(_distances(places), 1e-9)
    pull = -ratio
    np.fill_diagonal(pull, 0)
    np.fill_diagonal(pull, -pull.sum(axis=1))
    found: Matrix = pull @ places / len(places)
    return found


def _distances(places: Matrix) -> Matrix:
    squares = (places**2).sum(axis=1)
    found: Matrix = np.sqrt(np.maximum(squares[:, None] + squares - 2 * places @ places.T, 0))
    return found


def _square(places: Matrix) -> Matrix:
    least, most = places.min(axis=0), places.max(axis=0)
    found: Matrix = (places - least) / np.where(most > least, most - least, 1)
    return found


def untangled(places: Matrix, halves: Matrix, sides: Matrix) -> Matrix:
    """Move boxes, given by their middles and half sizes, until none lies on another.

    Of two that do, each gives way by half, along the side on which it is less far; none leaves the
    page. Where there is no room for all, the rest stays as it is.
    """
    places = places.astype(float)
    for _ in range(UNTANGLING):
        one, other = _meeting(places, halves)
        if not len(one):
            break
        gap = places[one] - places[other]
        over = halves[one] + halves[other] - np.abs(gap)
        first = over[:, 0] <= over[:, 1]
        # Two in the very same place part by their order.
        side = np.where(gap == 0, np.sign(one - other)[:, None], np.sign(gap))
        push = side * np.where(np.stack([first, ~first], axis=1), over, 0)
        moved = [np.bincount(one, push[:, axis], len(places)) for axis in (0, 1)]
        places = np.clip(places + np.stack(moved, axis=1) * GIVING_WAY, halves, sides - halves)
    return places


def _meeting(places: Matrix, halves: Matrix) -> tuple[Labels, Labels]:
    """Give the pairs of boxes that lie on each other, both ways round, in order.

    Few of many do: to look at all pairs of 1,349 boxes, round by round, took two minutes.
    """
    if not len(places):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    near = cKDTree(places).query_pairs(2 * halves.max(), p=np.inf, output_type="ndarray")
    one, other = near.T
    over = halves[one] + halves[other] - np.abs(places[one] - places[other])
    pairs = near[(over > 0).all(axis=1)]
    one, other = np.concatenate([pairs, pairs[:, ::-1]]).T
    order = np.lexsort((other, one))
    return one[order], other[order]
