"""k-means that gives the same on any number of cores, and on any order of the rows.

The work is cut into pieces of a fixed size, each done by one thread alone, and sums are added up in
the order of the pieces. At large sizes a sample is settled first and all rows pass a few times
after: measured, that costs a third of passing all rows each time, and is half a percent worse.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import numpy as np

from cardletter.segments.points import Floats, Labels, Points

SAMPLE, SAMPLE_PASSES, FULL_PASSES, PASSES = 200_000, 20, 3, 100
CAREFUL, TRIES, FEW = 10_000, 5, 50
"""Rows that careful beginnings are tried on; how many beginnings, for so few clusters."""
MANY = 400
"""More clusters than these begin at rows picked blindly: so many hit every group anyway."""
BLOCK, PIECE = 1_024, 65_536
FAR = np.float32(1e6)
"""Where the centre of a dissolved cluster is put, so that it is nobody's nearest."""


@contextmanager
def hands() -> Iterator[ThreadPoolExecutor]:
    """Give one thread a core, and keep libraries from starting their own."""
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 - costs time, few commands need it

    with threadpool_limits(limits=1), ThreadPoolExecutor(os.cpu_count()) as pool:
        yield pool


def nearest(points: Points, centres: Floats, pool: ThreadPoolExecutor) -> Labels:
    """Give each row its nearest centre; it stays at its anchor where none is nearer by a margin."""
    across = np.ascontiguousarray(centres.T) * np.float32(-2)
    lengths = (centres**2).sum(axis=1)
    found = np.empty(len(points), dtype=np.int64)
    slack = np.float32((1 + points.margin) ** 2)

    def block(start: int) -> None:
        rows, anchor = points.at[start : start + BLOCK], points.anchor[start : start + BLOCK]
        distance = rows @ across
        distance += lengths
        best = distance.argmin(axis=1)
        held = np.flatnonzero(anchor >= 0)
        length = (rows[held] ** 2).sum(axis=1)
        least = np.maximum(distance[held, best[held]] + length, 0)
        stays = held[distance[held, anchor[held]] + length <= slack * least]
        best[stays] = anchor[stays]
        found[start : start + BLOCK] = best

    list(pool.map(block, range(0, len(points), BLOCK)))
    return found[points.leader]


def means(points: Points, labels: Labels, centres: Floats, pool: ThreadPoolExecutor) -> Floats:
    """Give the mean of each cluster's rows; an empty one stays where it was."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - costs time, few commands need it

    def piece(start: int) -> Floats:
        own = labels[start : start + PIECE]
        ones = np.ones(len(own), dtype=np.float32)
        shape = (len(own), len(centres))
        member = csr_matrix((ones, own, np.arange(len(own) + 1)), shape=shape)
        summed: Floats = member.T @ points.at[start : start + PIECE]
        return summed

    total = np.zeros(centres.shape, dtype=np.float64)
    for part in pool.map(piece, range(0, len(points), PIECE)):
        total += part
    sizes = np.bincount(labels, minlength=len(centres))
    found = (total / np.maximum(sizes, 1)[:, None]).astype(np.float32)
    return np.where(sizes[:, None] > 0, found, centres)


def lloyd(
    points: Points, centres: Floats, passes: int, pool: ThreadPoolExecutor
) -> tuple[Floats, Labels]:
    """Move centres to the means of their rows, and rows to their centres, until nothing moves."""
    labels = nearest(points, centres, pool)
    for _ in range(passes - 1):
        centres = means(points, labels, centres, pool)
        before, labels = labels, nearest(points, centres, pool)
        if (before == labels).all():
            break
    return means(points, labels, centres, pool), labels


def settle(points: Points, centres: Floats, pool: ThreadPoolExecutor) -> tuple[Floats, Labels]:
    """Run k-means from these centres: many passes over a sample, a few over all."""
    if len(points) <= SAMPLE:
        return lloyd(points, centres, PASSES, pool)
    centres, _ = lloyd(points.first(SAMPLE), centres, SAMPLE_PASSES, pool)
    return lloyd(points, centres, FULL_PASSES, pool)


def begin(points: Points, k: int, seed: int, pool: ThreadPoolExecutor) -> Floats:
    """Give centres to start from: the best of a few careful beginnings, or for many any rows."""
    own = np.flatnonzero(points.leader == np.arange(len(points)))
    k = min(k, len(own))
    if k > MANY:
        return points.at[own[:k]].copy()
    from sklearn.cluster import kmeans_plusplus  # noqa: PLC0415 - costs a second

    sample = points.first(max(CAREFUL, int(own[k - 1]) + 1))
    tried = []
    for number in range(TRIES if k <= FEW else 1):
        found, _ = kmeans_plusplus(sample.at, k, random_state=(seed + number) % 2**32)
        centres, labels = lloyd(sample, found.astype(np.float32), PASSES, pool)
        tried.append((spread(sample, labels, centres), number, centres))
    return min(tried, key=lambda each: each[:2])[2]


def spread(points: Points, labels: Labels, centres: Floats) -> float:
    """Give the mean squared distance of the rows to their centres."""
    return float(((points.at - centres[labels]) ** 2).sum(axis=1, dtype=np.float64).mean())
