"""The number of clusters, where nobody gave one.

Tastes mostly have no borders, and more clusters fit them better up to one for 25 members. Sometimes
they have: then some smaller number stands out, and it is the right one.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from cardletter.segments.kmeans import CAREFUL, begin, nearest
from cardletter.segments.points import Floats, Labels, Points

STANDS_OUT = 0.5
"""Mean silhouette from which groups are called real (Kaufman and Rousseeuw); tastes without borders
come to 0.16, planted groups to 0.5 and more."""


def natural(points: Points, most: int, seed: int, pool: ThreadPoolExecutor) -> Floats | None:
    """Give the centres of the groups that stand out among the rows, or None where none do."""
    sample = points.first(CAREFUL)
    centres = begin(sample, most, seed, pool)
    labels = nearest(sample, centres, pool)
    sizes = np.bincount(labels, minlength=len(centres))
    centres, sizes = centres[sizes > 0], sizes[sizes > 0]
    labels = np.unique(labels, return_inverse=True)[1].astype(np.int64)
    best, found = STANDS_OUT, None
    while len(centres) > 1:
        if (apart := _apart(sample.at, centres, labels)) > best:
            best, found = apart, centres
        centres, sizes, labels = _joined(centres, sizes, labels)
    return found


def _apart(rows: Floats, centres: Floats, labels: Labels) -> float:
    """Give the mean silhouette by centres: how much nearer the own one is than the next."""
    lengths = (rows**2).sum(axis=1)[:, None] + (centres**2).sum(axis=1)
    distance = np.sqrt(np.maximum(lengths - 2 * rows @ centres.T, 0))
    everyone = np.arange(len(rows))
    own = distance[everyone, labels]
    distance[everyone, labels] = np.inf
    other = distance.min(axis=1)
    return float(((other - own) / np.maximum(np.maximum(own, other), 1e-6)).mean(dtype=np.float64))


def _joined(centres: Floats, sizes: Labels, labels: Labels) -> tuple[Floats, Labels, Labels]:
    """Join the two clusters that cost least to join (Ward)."""
    lengths = (centres**2).sum(axis=1)
    distance = lengths[:, None] + lengths - 2 * centres @ centres.T
    cost = distance * (sizes[:, None] * sizes / (sizes[:, None] + sizes))
    np.fill_diagonal(cost, np.inf)
    first, second = sorted(map(int, np.unravel_index(cost.argmin(), cost.shape)))
    centres, sizes = centres.copy(), sizes.copy()
    both = sizes[first] + sizes[second]
    centres[first] = (centres[first] * sizes[first] + centres[second] * sizes[second]) / both
    sizes[first] = both
    labels = np.where(labels == second, first, labels)
    labels = np.where(labels > second, labels - 1, labels)
    return np.delete(centres, second, axis=0), np.delete(sizes, second), labels
