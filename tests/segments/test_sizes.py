"""Sizes: as many clusters as are demanded, none too small, where members suffice at all."""

from itertools import count

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cardletter.segments.clustering import cluster
from cardletter.segments.cutting import Cutting, neighbours
from cardletter.segments.points import Labels

K_MIN = 20


def unlike(members: int, seed: int = 0) -> np.ndarray:
    """Members no two of whom are the same, as unit vectors in six dimensions."""
    rows = np.random.default_rng(seed).gamma(0.5, 1, (members, 6)) + 1e-3
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def with_one_taste(members: int, same: int) -> np.ndarray:
    """As many as that, and others who all have the very same taste."""
    return np.concatenate([unlike(members), np.tile(np.eye(6)[0], (same, 1))])


def sizes(labels: Labels) -> list[int]:
    return sorted(np.bincount(labels).tolist())


@settings(max_examples=12, deadline=None)
@given(k=st.integers(1, 12), spare=st.integers(0, 60), seed=st.integers(0, 9))
@example(k=30, spare=0, seed=0)
def test_a_demanded_number_is_met_even_where_members_just_suffice(k: int, spare: int, seed: int):
    found = sizes(cluster(unlike(k * K_MIN + spare, seed), k, K_MIN, seed))
    assert len(found) == k
    assert found[0] >= K_MIN


@pytest.mark.parametrize(("same", "most"), [(10, 20), (200, 21), (3_000, 21)])
def test_members_who_are_the_same_fill_one_cluster_however_many_they_are(same: int, most: int):
    features = with_one_taste(400, same)
    labels = cluster(features, (400 + same) // K_MIN, K_MIN, 7)
    assert sizes(labels)[0] >= K_MIN
    assert len(set(labels[400:].tolist())) == 1
    # What lies between bunches may be too little for one more; all else is used.
    assert most - 2 <= len(sizes(labels)) <= most


def test_what_cannot_be_met_is_found_out_at_the_cost_of_a_few_passes(
    monkeypatch: pytest.MonkeyPatch,
):
    features = with_one_taste(2_000, 1_000)
    looked_at: list[int] = []
    across = Cutting._across  # noqa: SLF001 - what is counted

    def counted(self: Cutting, rows: Labels, k: int) -> object:
        looked_at.append(len(rows))
        return across(self, rows, k)

    monkeypatch.setattr(Cutting, "_across", counted)
    assert len(sizes(cluster(features, 150, K_MIN, 7))) > 95
    assert sum(looked_at) < 40 * len(features)


def test_most_parts_stay_where_a_few_can_give_one_more():
    at = np.zeros((400, 2), np.float32)
    at[:, 0] = np.repeat(np.arange(10), 40) * 10 + np.tile(np.linspace(0, 1, 40), 10)
    at[200:240, 1] = np.linspace(0, 1, 40)
    labels = np.repeat(np.arange(10), 40)
    parts = {own: np.flatnonzero(labels == own) for own in range(10)}
    found = Cutting(at, 30, labels).more(neighbours(at, parts), 11, count(10))
    assert set(found) == set(range(11))
    assert sorted(np.concatenate(list(found.values()))) == list(range(400))
    assert min(map(len, found.values())) >= 30
    assert sum(np.array_equal(found[own], parts[own]) for own in parts) >= 6


def test_parts_that_can_give_no_more_are_left_as_they_are():
    at = np.repeat(np.eye(4, dtype=np.float32), 50, axis=0)
    labels = np.repeat(np.arange(4), 50)
    parts = {own: np.flatnonzero(labels == own) for own in range(4)}
    found = Cutting(at, 20, labels).more(neighbours(at, parts), 9, count(4))
    assert {own: rows.tolist() for own, rows in found.items()} == {
        own: rows.tolist() for own, rows in parts.items()
    }
