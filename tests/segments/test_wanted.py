import numpy as np
import pytest

from cardletter.segments.lift import hits, lift_of
from cardletter.segments.wanted import TASKS, TOP, Window, best, shrunk, wanted, wanted_of_late

WIDE = 40
USUAL = np.full(WIDE, 1 / WIDE)


def window(*cents: list[int], recent: object = None) -> Window:
    bought = np.array(cents, dtype=np.int64)
    return Window(bought, np.zeros(bought.shape, bool) if recent is None else np.array(recent))


def test_favourites_are_the_ten_that_most_is_spent_on():
    found = wanted("favourites", window(list(range(1, WIDE + 1))), USUAL)[0]

    assert found.sum() == TOP
    assert found[-TOP:].all()


def test_what_was_returned_or_never_bought_is_no_favourite():
    assert wanted("favourites", window([500, -3, 0] + [0] * 37), USUAL)[0].tolist() == (
        [True] + [False] * 39
    )


def test_of_few_interests_a_quarter_are_favourites():
    assert wanted("favourites", window(list(range(1, 13))), np.full(12, 1 / 12)).sum() == 3
    assert wanted("favourites", window([5, 3]), np.full(2, 0.5)).tolist() == [[True, False]]


def test_distinct_is_what_takes_more_than_its_usual_share():
    usual = np.array([0.9, 0.1])

    assert wanted("distinct", window([80, 20]), usual)[0].tolist() == [False, True]


def test_novel_is_what_was_not_bought_shortly_before():
    found = wanted("novel", window([5, 5, 0], recent=[[True, False, False]]), np.full(3, 1 / 3))

    assert found[0].tolist() == [False, True, False]


@pytest.mark.parametrize("task", TASKS)
def test_newer_windows_count_more(task: str):
    newer, older = window([9] + [0] * 39), window([0, 9] + [0] * 38)

    rates = wanted_of_late(task, [newer, older], USUAL)[0]

    assert rates[0] == pytest.approx(1 / 1.7)
    assert rates[1] == pytest.approx(0.7 / 1.7)


def test_a_small_group_is_drawn_towards_everybody():
    rates = np.zeros((100, 1))
    rates[:5] = 1
    groups = np.array([0] * 5 + [1] * 95)

    found = shrunk(rates, groups, 2, prior=10)

    assert found[0, 0] == pytest.approx((5 + 10 * 0.05) / 15)
    assert found[1, 0] == pytest.approx((0 + 10 * 0.05) / 105)


def test_members_of_no_group_count_for_everybody_only():
    rates = np.array([[1.0], [0.0]])

    found = shrunk(rates, np.array([-1, 0]), 1, prior=1)

    assert found[0, 0] == pytest.approx((0 + 0.5) / 2)


def test_the_best_of_equals_is_the_first():
    assert best(np.array([[0.5, 0.9, 0.5]]), 2).tolist() == [[1, 0]]


def test_a_lift_is_the_ratio_of_the_hits():
    truth = np.array([[True, True, False], [True, False, False], [False, False, False]])
    own = hits(np.array([[0, 1], [0, 2], [0, 1]]), truth)
    one = hits(np.array([[1, 2]] * 3), truth)

    found = lift_of(own, one)

    assert own[:2].tolist() == [1.0, 0.5]
    assert found.members == 2  # who wanted nothing is not judged
    assert found.lift == pytest.approx(1.5 / 0.5 - 1)


def test_an_empty_slot_hits_nothing():
    assert hits(np.array([[-1, 0]]), np.array([[True, True]])).tolist() == [0.5]


def test_the_interval_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(3)
    held = 0
    for number in range(60):
        base = rng.binomial(6, 0.3, 400) / 6
        own = rng.binomial(6, 0.36, 400) / 6
        found = lift_of(own, base, seed=number)
        held += found.low <= 0.2 <= found.high

    assert held >= 51


def test_more_than_nothing_is_told_as_a_number_too():
    nothing, something = np.zeros(30), np.full(30, 0.5)

    assert lift_of(nothing, nothing).lift == 0
    assert lift_of(something, nothing).lift == 99
    assert lift_of(nothing, something).lift == -1


def test_the_same_choice_has_no_lift_and_no_doubt():
    hit = np.random.default_rng(1).random(50)
    found = lift_of(hit, hit)

    assert (found.lift, found.low, found.high) == (0, 0, 0)
