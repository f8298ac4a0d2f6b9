"""Wishes: declared wins over observed, and observed adds to what was inferred."""

import numpy as np
import pandas as pd
import pytest

from cardletter.segments.taste import taste
from cardletter.segments.typical import in_words, typical
from cardletter.segments.wishes import Wishes, granted, wishes_of

INTERESTS = ["garden", "pets", "diy"]
SPEND = pd.DataFrame([[100, 100, 800], [0, 500, 500], [0, 0, 0]], ["a", "b", "c"], INTERESTS)
NONE = pd.DataFrame({"member_id": [], "interest": [], "letters": []})
SILENT = pd.Series(dtype=str)


def clicks(*rows: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["member_id", "interest", "letters"])


def test_without_wishes_or_clicks_spending_is_spending():
    assert granted(SPEND, NONE, SILENT).equals(SPEND.astype(float))


def test_clicks_on_an_interest_raise_it_for_that_member_alone():
    found = granted(SPEND, clicks(("a", "garden", 2), ("b", "garden", 1), ("b", "x", 1)), SILENT)
    assert found.loc["a"].tolist() == [200, 100, 800]
    assert found.loc["b"].tolist() == [50, 500, 500]
    before, after = (taste(each.to_numpy(dtype=float)).share[0, 0] for each in (SPEND, found))
    assert after > before


def test_many_clicks_count_a_fifth_of_all_spending_at_most():
    assert granted(SPEND, clicks(("a", "garden", 50)), SILENT).loc["a", "garden"] == 300


def test_clicks_of_who_spends_nothing_or_is_not_known_are_nothing():
    found = granted(SPEND, clicks(("c", "garden", 3), ("stranger", "pets", 3)), SILENT)
    assert found.equals(SPEND.astype(float))


@pytest.mark.parametrize("word", ["-", "!"])
def test_a_declared_less_wins_over_any_number_of_clicks(word: str):
    wishes = pd.Series({"a": f"{word}garden"})
    assert granted(SPEND, clicks(("a", "garden", 9)), wishes).loc["a", "garden"] == 0


def test_a_declared_more_is_worth_more_than_clicks():
    found = granted(SPEND, clicks(("a", "garden", 9)), pd.Series({"a": "+pets"}))
    assert found.loc["a"].tolist() == [300, 800, 800]


def test_wishes_are_read_from_the_last_word_on_topics():
    declared = pd.DataFrame(
        [("a", "interest:pets", "more"), ("a", "interest:diy", "never"), ("a", "tone", "warm")],
        columns=["member_id", "topic", "value"],
    )
    assert wishes_of(declared).to_dict() == {"a": "!diy +pets"}


def test_wishes_are_said_in_the_words_of_the_interests():
    told = Wishes.read("+pets -garden !diy +odd").in_words({"pets": "Pets", "diy": "DIY & tools"})
    assert [each.partition(".")[0] for each in told] == [
        "Declared: more of Pets, odd",
        "Declared: less of garden",
        "Declared: nothing of DIY & tools",
    ]


def profiles(count: int, **columns: object) -> pd.DataFrame:
    usual = {"tenure": 400.0, "since": 3.0, "trend": 0.1, "purchases": 5,
             "recency": 4, "frequency": 3, "monetary": 2}  # fmt: skip
    return pd.DataFrame(usual | columns, index=range(count))


def test_a_typical_member_is_the_middle_one():
    rows = profiles(21, since=np.arange(21), recency=np.arange(21) % 5 + 1)
    found = typical(rows, 20)
    assert (found["since"], found["tenure"], found["trend"]) == (10, 400, 0.1)
    assert found["recency"] == pytest.approx(2.905, abs=1e-3)


def test_what_is_known_of_a_few_only_is_not_told():
    rows = profiles(30, trend=[0.1] * 19 + [np.nan] * 11)
    assert "trend" not in typical(rows, 20)
    assert typical(profiles(19), 20) == {}
    assert typical(profiles(30, purchases=[1] * 19 + [0] * 11), 20) == {}


BEFORE = "in the window before"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"tenure": 800, "since": 1}, ["here for 2 years", "bought last a day ago"]),
        ({"tenure": 400, "since": 30}, ["here for 13 months", "bought last 30 days ago"]),
        ({"tenure": 20, "trend": 0.123}, ["here for 20 days", f"spends 12% more than {BEFORE}"]),
        ({"trend": -0.5}, [f"spends 50% less than {BEFORE}"]),
        ({"trend": 0.001}, [f"spends as much as {BEFORE}"]),
        (
            {"recency": 5, "frequency": 3.25, "monetary": 1},
            ["how lately 5, how often 3.2, how much 1 of 5"],
        ),
        ({"recency": 0, "frequency": 0, "monetary": 0, "trend": None}, []),
    ],
)
def test_how_somebody_shops_is_said_in_words(told: dict[str, float | None], words: list[str]):
    assert list(in_words(told)) == words
