"""Budgets: the plan over all groups at once keeps every rule, and comes near what nothing beats."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cardletter.content.budgets import NO_LIMIT, Planned, Wanted, plan


def planned(worth: list[list[float]], sizes: list[int], **rules: object) -> Planned:
    width = len(worth[0])
    asked = {"places": [1] * len(sizes), "most": [NO_LIMIT] * width, "least": [0] * width} | rules
    apart = asked.pop("apart", ())
    arrays = {name: np.array(value, dtype=np.int64) for name, value in asked.items()}
    return plan(Wanted(np.array(worth), np.array(sizes), **arrays, apart=apart))


def test_without_limits_everybody_is_shown_their_best():
    found = planned([[3, 1], [1, 2]], [10, 20])
    assert found.shown.tolist() == [[True, False], [False, True]]
    assert (found.value, found.gap) == (70, 0)


def test_what_there_is_little_of_goes_where_it_is_worth_most():
    found = planned([[3, 1], [4, 1]], [10, 10], most=[10, NO_LIMIT])
    assert found.shown.tolist() == [[False, True], [True, False]]


def test_the_greedy_choice_is_not_the_best_and_is_not_taken():
    # Taking the first item for the first group, worth most there, leaves the second with nothing.
    found = planned([[5, 4], [4, 0]], [10, 10], most=[10, 10])
    assert found.shown.tolist() == [[False, True], [True, False]]


def test_a_budget_of_nothing_is_shown_to_nobody():
    assert not planned([[3], [4]], [10, 10], most=[0]).shown.any()


def test_a_minimum_is_kept_even_where_other_items_are_worth_more():
    found = planned([[2, 1], [2, 1.9]], [10, 10], least=[0, 10], most=[NO_LIMIT, 10])
    assert found.shown[:, 1].sum() in (0, 1)
    promised = planned([[2, 1], [2, 1.9]], [10, 10], least=[0, 10], most=[10, 10])
    assert promised.shown.tolist() == [[True, False], [False, True]]


def test_a_minimum_that_cannot_be_reached_is_told_and_shown_to_nobody():
    found = planned([[2, 9], [2, -np.inf]], [10, 10], least=[0, 15])
    assert found.dropped.tolist() == [1]
    assert not found.shown[:, 1].any()


def test_a_minimum_that_whole_groups_cannot_meet_leaves_the_others_what_they_have():
    found = planned(
        [[2, 9, 1], [2, 9, 1]], [10, 10], least=[0, 15, 0], most=[NO_LIMIT, 15, NO_LIMIT]
    )
    assert found.dropped.tolist() == [1]
    assert found.shown.tolist() == [[True, False, False]] * 2


def test_many_budgets_and_minimums_leave_no_place_empty():
    rng = np.random.default_rng(1)
    worth, sizes = rng.gamma(1, 0.1, (120, 200)), rng.integers(200, 1_000, 120)
    most, least = np.full(200, NO_LIMIT), np.zeros(200, dtype=np.int64)
    most[:40] = rng.integers(300, 3_000, 40)
    least[:20] = most[:20] // 2
    found = plan(Wanted(worth, sizes, np.full(120, 4), most, least))
    assert (found.shown.sum(axis=1) == 4).all()
    assert found.gap < 0.03


def test_what_excludes_each_other_is_not_shown_together():
    found = planned([[3, 2, 1]], [10], places=[2], apart=[(np.array([0, 1]), 1)])
    assert found.shown.tolist() == [[True, False, True]]


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**31))
def test_whatever_is_wanted_the_rules_hold_and_the_bound_bounds(seed: int):
    rng = np.random.default_rng(seed)
    groups, items = int(rng.integers(1, 9)), int(rng.integers(1, 9))
    worth = np.where(rng.random((groups, items)) < 0.2, -np.inf, rng.random((groups, items)))
    sizes, places = rng.integers(20, 90, groups), rng.integers(0, 4, groups)
    most = np.where(rng.random(items) < 0.5, rng.integers(0, 300, items), NO_LIMIT)
    least = np.where(rng.random(items) < 0.3, np.minimum(most, rng.integers(0, 200, items)), 0)
    asked = Wanted(worth, sizes, places, most, least)
    found = plan(asked)
    reach = (found.shown * sizes[:, None]).sum(axis=0)
    assert (found.shown.sum(axis=1) <= places).all()
    assert (reach <= most).all()
    assert ((reach >= least) | (reach == 0)).all()
    assert not found.shown[worth == -np.inf].any()
    assert -1e-6 <= found.gap <= 1
    assert (plan(asked).shown == found.shown).all()
