"""Choosing: the features that did best on the last weeks, unless there is too little to say."""

import datetime as dt

import numpy as np
import pytest

from cardletter.segments.choosing import choose
from cardletter.segments.files import Clustering
from cardletter.segments.holdout import Holdout
from cardletter.segments.taste import FEATURES, taste
from cardletter.segments.wanted import Window

INTERESTS = tuple(f"i{n}" for n in range(24))


def held(cents: np.ndarray, days: np.ndarray, after: np.ndarray) -> Holdout:
    nothing = np.zeros(cents.shape, bool)
    return Holdout(
        origin=dt.date(2026, 9, 1),
        days=56,
        of=len(cents),
        tastes=taste(cents.astype(float), days.astype(float)),
        windows=[Window(cents, nothing)],
        after=Window(after, nothing),
        interests=INTERESTS,
    )


def habits(members: int = 600) -> tuple[np.ndarray, np.ndarray]:
    """Six groups with four interests each that they buy on many days, for a little money."""
    rng = np.random.default_rng(2)
    days = rng.poisson(0.2, (members, 24))
    for member in range(members):
        days[member, member % 6 * 4 :][:4] += rng.poisson(5, 4)
    return days, rng.integers(0, 24, members)


def test_where_money_says_nothing_of_habits_days_are_chosen():
    days, once = habits()
    cents = days * 100
    # Once, by chance, everybody bought something dear: money is blind by it, days are not.
    cents[np.arange(len(cents)), once] += 50_000
    days[np.arange(len(cents)), once] += 1
    after = habits()[0] * 100

    found = choose(held(cents, days, after), Clustering(segments=6, k_min=50))

    assert found.features == "tfidf"
    assert found.why.startswith("the best on the 56 days from 2026-09-01")
    assert found.tried["tfidf"]["lift"] > found.tried["pmi"]["lift"]


@pytest.mark.parametrize("seed", range(8))
def test_where_nothing_tells_members_apart_the_usual_ones_stay(seed: int):
    rng = np.random.default_rng(seed)
    days = rng.poisson(1, (400, 24))

    found = choose(
        held(days * 100, days, rng.poisson(1, days.shape)), Clustering(segments=4, k_min=50)
    )

    assert found.features == "pmi"
    assert "pmi" in found.why
    assert set(found.tried) == set(FEATURES)


def test_too_little_data_is_told_and_the_usual_ones_stay():
    found = choose("purchases must go back 168 days or more", Clustering())

    assert found.features == "pmi"
    assert found.tried == {}
    assert found.why.endswith(
        "too little data to try others: purchases must go back 168 days or more"
    )


@pytest.mark.parametrize("kind", FEATURES)
def test_every_kind_of_features_has_unit_length_and_nothing_bought_is_nothing(kind: str):
    cents = np.array([[3.0, 1.0, 0.0], [0.0, 0.0, 0.0], [0.0, 5.0, 5.0]])

    lengths = np.linalg.norm(taste(cents, kind=kind).features, axis=1)

    np.testing.assert_allclose(lengths, [1, 0, 1])


def test_rare_habits_weigh_more_than_everybodys():
    days = np.array([[4.0, 4.0]] + [[4.0, 0.0]] * 9)

    first = taste(days, days, "tfidf").features[0]

    assert first[1] > first[0] > 0
