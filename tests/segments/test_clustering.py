"""Clustering: members with like tastes come together, never fewer than k_min of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardletter.segments.clustering import cluster
from cardletter.segments.taste import taste


def sizes(labels: np.ndarray) -> list[int]:
    return sorted(np.bincount(labels).tolist())


def blobs(*counts: int, spread: float = 0.02) -> np.ndarray:
    """So many members of each taste: each spends on an interest of its own, and a little else."""
    rng = np.random.default_rng(3)
    spend = [
        np.eye(len(counts))[own] + rng.random((n, len(counts))) * spread
        for own, n in enumerate(counts)
    ]
    return taste(np.vstack(spend) * 10_000).features


def test_lift_is_the_share_times_the_logarithm_of_its_ratio_to_everybodys():
    found = taste(np.array([[300.0, 100.0], [100.0, 300.0]]))
    assert found.share.tolist() == [[0.75, 0.25], [0.25, 0.75]]
    assert found.overall.tolist() == [0.5, 0.5]
    usual = 0.75 * np.log(1.5)
    np.testing.assert_allclose(found.lift, [[usual, 0], [0, usual]])


def test_every_row_of_features_has_unit_length_whatever_was_spent():
    rng = np.random.default_rng(1)
    features = taste(rng.gamma(0.3, 5_000, (200, 12))).features
    np.testing.assert_allclose(np.linalg.norm(features, axis=1), 1)


def test_the_big_spender_and_the_small_one_of_the_same_taste_are_the_same():
    features = taste(np.array([[1.0, 3.0, 0.0], [1e9, 3e9, 0.0], [2.0, 0.0, 2.0]])).features
    np.testing.assert_allclose(features[0], features[1])


@pytest.mark.parametrize(
    "spend",
    [[[0, 0], [5, 5]], [[-80, 0], [5, 5]], [[-80, 10], [5, 5]], [[0, 0], [0, 0]], [[7, 0], [9, 0]]],
    ids=["nothing", "refunds only", "a refund", "nobody buys", "one interest"],
)
def test_odd_spending_gives_numbers_all_the_same(spend: list[list[int]]):
    found = taste(np.array(spend, dtype=float))
    assert np.isfinite(found.features).all()
    assert np.isfinite(found.lift).all()
    assert (found.share >= 0).all()


def test_planted_blobs_are_found():
    labels = cluster(blobs(90, 60, 40), 3, 20, seed=7)
    truth = np.repeat([0, 1, 2], [90, 60, 40])
    assert len(set(zip(labels.tolist(), truth.tolist(), strict=True))) == 3


def test_a_cluster_that_is_too_small_joins_the_others_and_all_else_stays():
    labels = cluster(blobs(90, 60, 19), 3, 20, seed=7)
    assert sum(sizes(labels)) == 169
    assert len(sizes(labels)) == 2
    assert len(set(labels[:90].tolist())) == len(set(labels[90:150].tolist())) == 1


def test_labels_are_numbered_without_gaps_when_small_clusters_are_dissolved():
    labels = cluster(blobs(60, 5, 60, 5, 60), 5, 20, seed=7)
    assert set(labels.tolist()) == {0, 1, 2}


@settings(max_examples=60, deadline=None)
@given(
    members=st.integers(20, 240),
    k=st.integers(1, 30),
    k_min=st.integers(1, 120),
    seed=st.integers(0, 9),
    alike=st.booleans(),
)
def test_no_cluster_is_smaller_than_k_min_unless_all_members_are_one(
    members: int, k: int, k_min: int, seed: int, alike: bool
):
    rng = np.random.default_rng(seed)
    spend = rng.gamma(0.3, 5_000, (members, 6))
    if alike:  # many members buy one kind of thing only, and are the same to the last digit
        spend = np.eye(6)[rng.integers(0, 6, members)] * 100
    found = sizes(cluster(taste(spend).features, min(k, members), k_min, seed))
    assert sum(found) == members
    assert len(found) == 1 or found[0] >= k_min


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_members_changes_nothing(seed: int):
    rng = np.random.default_rng(seed)
    features = taste(np.random.default_rng(5).gamma(0.3, 5_000, (150, 8))).features
    shuffled = rng.permutation(150)
    labels = cluster(features, 6, 10, seed=7)
    assert cluster(features[shuffled], 6, 10, seed=7).tolist() == labels[shuffled].tolist()


def test_two_runs_give_the_same_labels():
    features = taste(np.random.default_rng(5).gamma(0.3, 5_000, (300, 10))).features
    first = cluster(features, 9, 20, seed=7)
    assert first.tolist() == cluster(features, 9, 20, seed=7).tolist()


def test_clustering_leaves_the_features_as_they_were():
    features = blobs(50, 50)
    before = features.copy()
    cluster(features, 2, 20, seed=7)
    assert (features == before).all()
