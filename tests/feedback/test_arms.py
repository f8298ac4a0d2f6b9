"""Two subjects are compared by what people clicked; none is called better that chance made so."""

import numpy as np
import pytest
from scipy.stats import norm

from cardletter.feedback.arms import NOT_ENOUGH, SURE, Arm, by_chance, verdict


def arms(first: tuple[int, int], second: tuple[int, int]) -> tuple[Arm, Arm]:
    return Arm("a", "One", *first), Arm("b", "Two", *second)


def test_the_chance_is_that_of_the_two_proportion_test_of_the_textbooks():
    one, two = arms((5_000, 300), (5_200, 390))
    pooled = (300 + 390) / (5_000 + 5_200)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / 5_000 + 1 / 5_200))
    z = (300 / 5_000 - 390 / 5_200) / spread
    assert by_chance(one, two) == pytest.approx(2 * norm.sf(abs(z)), rel=1e-9)


def test_a_clear_winner_is_named_with_its_chance():
    said = "Subject B is clicked more, and not by chance (p = 0.003)."
    assert verdict(*arms((5_000, 300), (5_200, 390))) == said
    assert verdict(*arms((5_000, 500), (5_000, 200))).startswith("Subject A is clicked more")


@pytest.mark.parametrize(
    ("first", "second"),
    [((0, 0), (0, 0)), ((19, 10), (5_000, 100)), ((900, 9), (900, 10)), ((30, 30), (30, 30))],
    ids=["nobody", "a small arm", "few clicks", "everybody clicked"],
)
def test_where_there_is_too_little_to_ask_nothing_is_said(
    first: tuple[int, int], second: tuple[int, int]
):
    assert by_chance(*arms(first, second)) is None
    assert verdict(*arms(first, second)) == NOT_ENOUGH


def test_a_difference_that_chance_makes_as_well_names_no_winner():
    said = f"{NOT_ENOUGH} Chance does as much (p = 0.43)."
    assert verdict(*arms((5_000, 300), (5_000, 319))) == said


def test_of_equal_subjects_hardly_any_is_called_better():
    draw = np.random.default_rng(7).binomial(2_000, 0.05, size=(400, 2))
    chances = [by_chance(*arms((2_000, int(one)), (2_000, int(two)))) for one, two in draw]
    told = [chance < SURE for chance in chances if chance is not None]
    assert len(told) == 400
    assert np.mean(told) < 0.08


def test_a_row_says_no_figure_about_a_few_members():
    assert Arm("a", "One", 500, 12).row() == ("A", "One", "500", "few", "")
    assert Arm("b", "Two", 500, 25).row() == ("B", "Two", "500", "25", "5.00%")
