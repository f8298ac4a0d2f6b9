"""Clustering: members with like tastes, at least so many in each.

k-means in a reduced basis; clusters that are too small are dissolved into their neighbours, and
large ones split where a number is demanded.
"""

from dataclasses import dataclass, replace

import numpy as np

from cardletter.segments.basis import Basis, find
from cardletter.segments.kmeans import begin, hands, nearest
from cardletter.segments.number import natural
from cardletter.segments.points import NOBODY, Floats, Labels, Matrix, Points, hashed, ordered
from cardletter.segments.sizes import Sizes, grouped


@dataclass(frozen=True)
class Clusters:
    """What was found: a cluster for each row, and a centre for each cluster, seen from a basis."""

    labels: Labels
    centres: Floats
    basis: Basis


@dataclass(frozen=True)
class Before:
    """What a run begins from: the last one's basis and centres, and the cluster each row was in."""

    basis: Basis
    centres: Floats
    labels: Labels
    """-1 for rows that were in none."""
    margin: float = 0.0
    """A row moves only where another centre is nearer by this share."""

    def moved(self, features: Matrix) -> Labels:
        """Say where each row would be if the centres had stayed where they were."""
        rows = self.basis.reduce(features)
        alone = Points(rows, np.arange(len(rows)), self.labels, self.margin)
        with hands() as pool:
            return nearest(alone, self.centres, pool)


def cluster(features: Matrix, k: int, k_min: int, seed: int) -> Labels:
    """Give each row a cluster 0..n-1, none with fewer than `k_min` rows."""
    names = tuple(map(str, range(features.shape[1])))
    labels = afresh(features, names, Sizes(k, k_min), seed).labels
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


def afresh(
    features: Matrix, interests: tuple[str, ...], sizes: Sizes, seed: int, most: int = 0
) -> Clusters:
    """Find clusters with nothing to begin from; fewer, if fewer stand out among `most`.

    Rows are taken in the order of what is in them, so that new ids for the same members, which come
    in another order, change nothing.
    """
    order, leader = ordered(hashed(features, seed), np.full(len(features), NOBODY))
    rows = features[order]
    with hands() as pool:
        basis = find(interests, rows)
        points = Points(basis.reduce(rows)[leader], leader, np.full(len(rows), NOBODY))
        centres = natural(points, most, seed, pool) if most else None
        if centres is None or len(centres) > sizes.k:
            centres = begin(points, sizes.k, seed, pool)
        else:  # what stands out by itself is neither split nor filled up
            sizes = replace(sizes, demanded=False)
        centres, labels = grouped(points, centres, sizes, pool)
    return Clusters(_back(labels, order), centres, basis)


def again(features: Matrix, before: Before, sizes: Sizes) -> Clusters:
    """Find clusters from where the last run left them; a cluster keeps its number."""
    order, leader = ordered(hashed(features, 0), before.labels)
    at = before.basis.reduce(features[order])[leader]
    points = Points(at, leader, before.labels[order], before.margin)
    with hands() as pool:
        centres, labels = grouped(points, before.centres, sizes, pool)
    return Clusters(_back(labels, order), centres, before.basis)


def _back(labels: Labels, order: Labels) -> Labels:
    given = np.empty_like(labels)
    given[order] = labels
    return given
