"""Sizes: clusters that are too small are dissolved, large ones split, until the number is right."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cardletter.segments.kmeans import FAR, SAMPLE, means, nearest, settle
from cardletter.segments.pairing import paired
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
    k, k_min = wanted.k, wanted.k_min
    sizes = np.bincount(labels)
    if np.count_nonzero(sizes) >= k:
        return labels
    order = np.argsort(labels, kind="stable")
    rows = np.split(order, sizes.cumsum()[:-1])
    parts = {own: each for own, each in enumerate(rows) if len(each)}
    width = {own: _width(points.at[each]) for own, each in parts.items() if len(each) >= 2 * k_min}
    while len(parts) < k and width:
        widest = min(width, key=lambda own: (-width[own], own))
        del width[widest]
        if (halves := cut(points.at, parts[widest], 2, k_min)) is None:
            continue
        larger, smaller = sorted(halves, key=len, reverse=True)
        parts |= {widest: larger, free: smaller}
        width |= {
            own: _width(points.at[parts[own]])
            for own in (widest, free)
            if len(parts[own]) >= 2 * k_min
        }
        free += 1
    failed: dict[tuple[int, ...], list[Labels]] = {}
    while len(parts) < k and (more := _one_more(points.at, parts, k_min, free, failed)):
        parts, free = more, free + 1
    return _labels(parts, len(points))


def _one_more(
    at: Floats,
    parts: dict[int, Labels],
    k_min: int,
    free: int,
    failed: dict[tuple[int, ...], list[Labels]],
) -> dict[int, Labels] | None:
    """Cut some neighbours, none large enough alone, into one more than they are.

    `failed` holds those that were tried in vain and have not changed: one more needs few new cuts.
    """
    names = sorted(parts)
    centres = np.array([at[parts[name]].mean(axis=0) for name in names])
    sizes = np.array([len(parts[name]) for name in names])
    for middle in np.argsort(-sizes, kind="stable"):
        near = np.argsort(((centres - centres[middle]) ** 2).sum(axis=1), kind="stable")
        enough = sizes[near].cumsum() >= (np.arange(len(near)) + 2) * k_min
        for count in np.flatnonzero(enough)[:2] + 1:
            own = [names[place] for place in near[:count]]
            theirs = [parts[name] for name in own]
            if (tried := tuple(sorted(map(id, theirs)))) in failed:
                continue
            if cuts := cut(at, np.sort(np.concatenate(theirs)), len(own) + 1, k_min):
                return {**parts, **_renamed(parts, own, cuts, free)}
            failed[tried] = theirs
    return None


def _renamed(
    parts: dict[int, Labels], own: list[int], cuts: list[Labels], free: int
) -> dict[int, Labels]:
    """Call each piece what most of its rows were called; the one left over is free to be new."""
    rows = np.concatenate(cuts)
    order = np.argsort(rows)
    piece = np.repeat(np.arange(len(cuts)), [len(each) for each in cuts])[order]
    was = np.repeat(np.arange(len(own)), [len(parts[name]) for name in own])
    was = was[np.argsort(np.concatenate([parts[name] for name in own]))]
    pairs = paired(was, piece)
    left = iter([*sorted(set(range(len(own))) - set(pairs.values())), len(own)])
    called = [*own, free]
    return {called[pairs[n] if n in pairs else next(left)]: each for n, each in enumerate(cuts)}


def _labels(parts: dict[int, Labels], count: int) -> Labels:
    labels = np.empty(count, dtype=np.int64)
    for own, rows in parts.items():
        labels[rows] = own
    return labels


def _width(rows: Floats) -> float:
    return float(((rows - rows.mean(axis=0)) ** 2).sum(dtype=np.float64))


def cut(at: Floats, rows: Labels, k: int, k_min: int) -> list[Labels] | None:
    """Cut rows into `k` parts of at least `k_min`, or give None where that cannot be.

    Each cut is across the direction in which the rows differ most; it takes no rows that are the
    same apart, and of such cuts makes both sides as narrow as can be.
    """
    if k == 1:
        return [rows]
    spread = (at[rows] - at[rows].mean(axis=0)).astype(np.float64)
    axis = np.linalg.eigh(spread.T @ spread)[1][:, -1]
    place = (spread * axis).sum(axis=1)  # row by row, so that same rows have the same place
    order = np.argsort(place, kind="stable")
    place = place[order]
    sides = np.arange(1, len(rows))
    room = sides // k_min + (len(rows) - sides) // k_min >= k
    enough = (sides >= k_min) & (len(rows) - sides >= k_min)
    sides = sides[room & enough & (place[:-1] < place[1:])]
    if not sides.size:
        return None
    below = place.cumsum()[sides - 1]
    gain = below**2 / sides + (place.sum() - below) ** 2 / (len(rows) - sides)
    side = int(sides[gain.argmax()])
    most, least = side // k_min, k - (len(rows) - side) // k_min
    first = int(np.clip(round(k * side / len(rows)), max(1, least), min(k - 1, most)))
    left = cut(at, np.sort(rows[order[:side]]), first, k_min)
    right = cut(at, np.sort(rows[order[side:]]), k - first, k_min)
    return [*left, *right] if left and right else None
