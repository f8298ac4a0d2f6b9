"""Time clustering against the best way there is with scikit-learn, in one run, turn by turn.

Rows are members' tastes: unit vectors of the square roots of shares of spending. The other arm is
scikit-learn's k-means on a sample of 200,000 rows, then three passes over all: what is bought with
a third of the time of full k-means. Ours includes the order of the rows, the basis, a floor under
every cluster and the ids of segments; then a second month, going on from the first.

    python benchmarks/clustering.py [--members 1000000] [--segments 1349] [--turns 2]
"""

import argparse
import time
import warnings
from collections.abc import Callable
from statistics import median

import numpy as np
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning

from cardletter.segments.clustering import Before, Clusters, afresh, again
from cardletter.segments.identity import numbered
from cardletter.segments.kmeans import SAMPLE, SAMPLE_PASSES
from cardletter.segments.points import Floats, Matrix
from cardletter.segments.sizes import Sizes

K_MIN, INTERESTS, KINDS, FULL = 50, 40, 300, 3


def tastes(members: int, seed: int = 1) -> Matrix:
    """Invent members: each near one of some hundred tastes, none with a border around it."""
    rng = np.random.default_rng(seed)
    kinds = rng.dirichlet(np.full(INTERESTS, 0.3), KINDS)
    share = kinds[rng.integers(0, KINDS, members)] + rng.gamma(0.2, 0.15, (members, INTERESTS))
    rows: Matrix = np.sqrt(share / share.sum(axis=1, keepdims=True))
    return rows


def theirs(rows: Floats, k: int) -> Floats:
    """Cluster as one would by hand: a sample first, then a few passes over all."""
    sample = rows[np.random.default_rng(7).permutation(len(rows))[:SAMPLE]]
    asked = {"n_clusters": k, "n_init": 1, "algorithm": "lloyd", "random_state": 7}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        first = KMeans(init="random", max_iter=SAMPLE_PASSES, **asked).fit(sample)
        found = KMeans(init=first.cluster_centers_, max_iter=FULL, **asked).fit(rows)
    return np.asarray(found.cluster_centers_, np.float32)[found.labels_]


def ours(rows: Matrix, k: int) -> Clusters:
    """Cluster as `assign` does, ids included."""
    found = afresh(rows, tuple(f"i{n}" for n in range(INTERESTS)), Sizes(k, K_MIN), 7)
    numbered(found.labels, {}, 0)
    return found


def clocked(verb: Callable[[], object]) -> tuple[object, float, float]:
    """Give what a call gives, its seconds, and its seconds of CPU on all cores."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = verb()
    return found, time.perf_counter() - wall, time.process_time() - cpu


def inertia(rows: Matrix, nearest: Floats) -> float:
    """Give the mean squared distance of the rows to their centres."""
    return float(((rows - nearest) ** 2).sum(axis=1).mean())


def main() -> None:
    """Run both arms in turn and print what each costs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--members", type=int, default=1_000_000)
    parser.add_argument("--segments", type=int, default=1_349)
    parser.add_argument("--turns", type=int, default=2)
    asked = parser.parse_args()
    rows = tastes(asked.members)
    narrow = rows.astype(np.float32)
    walls: list[float] = []
    cpus: list[float] = []
    for turn in range(asked.turns):
        centred, wall, cpu = clocked(lambda: theirs(narrow, asked.segments))
        found, own_wall, own_cpu = clocked(lambda: ours(rows, asked.segments))
        assert isinstance(found, Clusters)
        assert isinstance(centred, np.ndarray)
        sizes = np.bincount(found.labels)
        own = inertia(found.basis.reduce(rows), found.centres[found.labels])
        worse = own / inertia(rows, centred)
        walls, cpus = [*walls, own_wall / wall], [*cpus, own_cpu / cpu]
        print(
            f"turn {turn + 1}: scikit-learn {wall:.1f} s ({cpu:.1f} s CPU), ours {own_wall:.1f} s "
            f"({own_cpu:.1f} s CPU); {np.count_nonzero(sizes)} clusters, the smallest of "
            f"{sizes[sizes > 0].min()}; inertia {worse:.4f} of scikit-learn's",
            flush=True,
        )
    before = Before(found.basis, found.centres, found.labels, margin=0.1)
    noisy = tastes(asked.members, seed=1) + np.random.default_rng(3).normal(0, 0.02, rows.shape)
    later, wall, cpu = clocked(lambda: again(noisy, before, Sizes(asked.segments, K_MIN)))
    assert isinstance(later, Clusters)
    kept = (later.labels == found.labels).mean()
    print(f"a month later: {wall:.1f} s ({cpu:.1f} s CPU), {kept:.1%} stay where they were")
    print(f"ours / scikit-learn: {median(walls):.2f} of wall time, {median(cpus):.2f} of CPU time")


if __name__ == "__main__":
    main()
