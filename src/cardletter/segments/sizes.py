"""Sizes: clusters that are too small are dissolved, large ones split, until the number is right."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import count

import numpy as np
import numpy.typing as npt

from cardletter.segments.cutting import Cutting, Parts, neighbours
from cardletter.segments.kmeans import FAR, SAMPLE, means, nearest, settle
from cardletter.segments.points import Floats, Labels, Points

PASSES, FULL_PASSES = 30, 3
"""Passes after the sizes were put right: few where rows are many."""


@dataclass(frozen=True)
class Sizes:
    """How many clusters there shall be, and how many rows each has at least."""

    k: int
    k_min: int
    demanded: bool = True
    """Whether others are split where some are dissolved, so that there are `k` all the same."""


def grouped(
    points: Points, centres: Floats, sizes: Sizes, pool: ThreadPoolExecutor
) -> tuple[Floats, Labels]:
    """Run k-means from these centres so that the sizes are right.

    A cluster keeps its number; those that are dissolved are missing, new ones have further numbers.
    There are fewer than demanded only where it would take rows that are the same apart, or where
    there are not rows enough.
    """
    if (points.anchor >= 0).any():
        # What lasts begins where it was, and lives while it has members enough.
        labels = np.where(points.anchor >= 0, points.anchor, nearest(points, centres, pool))
        centres = means(points, labels, centres, pool)
    else:
        centres, labels = settle(points, centres, pool)
    found = _dissolved(points, centres, labels, sizes, pool)
    if sizes.demanded:
        found = _split(points, found, sizes, len(centres))
    centres = _grown(centres, found)
    if (found != labels).any() or (points.anchor >= 0).any():
        found = _polished(points, found, centres, sizes.k_min, pool)
    return means(points, found, centres, pool), found


def _grown(centres: Floats, labels: Labels) -> Floats:
    """Make room for further clusters, and put the centres of those that are no more far away."""
    grown = np.full((max(len(centres), labels.max() + 1), centres.shape[1]), FAR, np.float32)
    grown[: len(centres)] = centres
    grown[np.bincount(labels, minlength=len(grown)) == 0] = FAR
    return grown


def _polished(
    points: Points, labels: Labels, centres: Floats, k_min: int, pool: ThreadPoolExecutor
) -> Labels:
    """Move rows to their nearest centres as far as no cluster gets too small by it."""
    for _ in range(PASSES if len(points) <= SAMPLE else FULL_PASSES):
        centres = means(points, labels, centres, pool)
        wanted = nearest(points, centres, pool)
        movers = np.flatnonzero(wanted != labels)
        movers = movers[_allowed(points, labels, wanted, centres, movers, k_min)]
        if not movers.size:
            break
        labels = labels.copy()
        labels[movers] = wanted[movers]
    return labels


def _allowed(  # noqa: PLR0913, PLR0917 - what it hangs on
    points: Points,
    labels: Labels,
    wanted: Labels,
    centres: Floats,
    movers: Labels,
    k_min: int,
) -> npt.NDArray[np.bool_]:
    """Say which rows may go: those that gain most first, as many as their cluster can spare."""
    at, source = points.at[movers], labels[movers]
    here = ((at - centres[source]) ** 2).sum(axis=1)
    gain = here - ((at - centres[wanted[movers]]) ** 2).sum(axis=1)
    order = np.lexsort((-gain, source))
    spare = np.bincount(labels, minlength=len(centres)) - k_min
    starts = np.searchsorted(source[order], source[order])
    allowed = np.empty(len(movers), dtype=bool)
    allowed[order] = np.arange(len(movers)) - starts < spare[source[order]]
    leader = points.leader[movers]
    return allowed & ~np.isin(leader, leader[~allowed])  # same rows go together


def _dissolved(
    points: Points, centres: Floats, labels: Labels, wanted: Sizes, pool: ThreadPoolExecutor
) -> Labels:
    """Move the rows of too small clusters to their nearest other one, the smallest first."""
    labels = labels.copy()
    sizes = np.bincount(labels, minlength=len(centres))
    left = np.flatnonzero(sizes)
    while len(left) > 1 and (sizes[left].min() < wanted.k_min or len(left) > wanted.k):
        smallest = left[sizes[left].argmin()]
        left = left[left != smallest]
        rows = np.flatnonzero(labels == smallest)
        # Without an anchor: it may be the very cluster that is dissolved.
        homeless = Points(points.at[rows], np.arange(len(rows)), np.full(len(rows), -1))
        labels[rows] = left[nearest(homeless, centres[left], pool)]
        labels[rows] = labels[points.leader[rows]]
        sizes = np.bincount(labels, minlength=len(centres))
    return labels


def _split(points: Points, labels: Labels, wanted: Sizes, free: int) -> Labels:
    """Split the widest cluster that can be split, until there are enough; then neighbours at once.

    New ones are numbered from `free`.
    """
    cutting, numbers = Cutting(points.at, wanted.k_min, labels), count(free)
    order = np.argsort(labels, kind="stable")
    rows = np.split(order, np.bincount(labels).cumsum()[:-1])
    parts = {own: each for own, each in enumerate(rows) if len(each)}
    widest = [] if len(parts) >= wanted.k else [_width(points.at, *each) for each in parts.items()]
    heapify(widest)
    while len(parts) < wanted.k and widest:
        own = heappop(widest)[1]
        halves = sorted(cutting.cut(parts[own], 2), key=len, reverse=True)
        if len(halves) > 1:
            for name, half in zip((own, next(numbers)), halves, strict=True):
                parts[name] = half
                heappush(widest, _width(points.at, name, half))
    while len(parts) < wanted.k:
        near = neighbours(points.at, parts)
        there_were, parts = len(parts), cutting.more(near, wanted.k, numbers)
        if len(parts) == there_were:
            break
    return _labels(parts, len(points))


def _labels(parts: Parts, rows_in_all: int) -> Labels:
    labels = np.empty(rows_in_all, dtype=np.int64)
    for own, rows in parts.items():
        labels[rows] = own
    return labels


def _width(at: Floats, own: int, rows: Labels) -> tuple[float, int]:
    """Give how wide a cluster is, the widest first, and which it is."""
    spread = at[rows] - at[rows].mean(axis=0)
    return -float((spread**2).sum(dtype=np.float64)), own
