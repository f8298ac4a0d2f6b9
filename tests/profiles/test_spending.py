"""Spending is one set of numbers, as of any day, however its rows were delivered."""

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardletter import profiles
from cardletter.errors import EditionError, FilesError
from cardletter.profiles import days, folding
from cardletter.profiles.days import LIST, Numbers, folder_of, keyed, summed, write_piece
from cardletter.profiles.folding import EPOCH
from cardletter.profiles.spending import write_profiles
from cardletter.profiles.windows import Windows, read_windows
from cardletter.workspace import Workspace
from tiny import begin, put, tiny

DAY = dt.date(2026, 11, 1)
ROWS = [  # member, interest, days before the last, cents, purchases
    ("b", "reading", 0, 900, 2),
    ("b", "reading", 6, 100, 1),
    ("b", "reading", 7, 300, 1),
    ("b", "dining", 56, 40, 1),
    ("b", "dining", 167, 7, 1),
    ("b", "dining", 168, 50_000, 1),
    ("a", "dining", 55, 20, 1),
    ("a", "dining", 500, 3, 1),
    ("a", "dining", 3, -5, 0),
    ("refunded", "dining", 1, -100, 0),
]


def kept(folder: Path, rows: list[tuple], parts: int = 1) -> Workspace:
    desk = begin(tiny(folder))
    days = folder_of(desk)
    ids = sorted({who for who, *_ in rows})
    numbers = Numbers.read(days).more(pd.Index(ids, dtype="str"))
    numbers.write(days)
    (days / LIST).write_text('["dining", "reading"]', encoding="utf-8")
    for part in range(parts):
        own = rows[part::parts]
        member = np.array([ids.index(who) for who, *_ in own], dtype=int)
        interest = np.array([["dining", "reading"].index(what) for _, what, *_ in own], dtype=int)
        day = np.array([(DAY - EPOCH).days - ago for _, _, ago, *_ in own], dtype=int)
        cents, purchases = (np.array([row[at] for row in own], dtype=int) for at in (3, 4))
        write_piece(
            days / f"{part}~0.parquet", *summed(keyed(member, interest, day), cents, purchases)
        )
    write_profiles(desk, Windows())
    return desk


@pytest.fixture
def spending(tmp_path: Path) -> profiles.Spending:
    return profiles.read_spending(kept(tmp_path, ROWS))


def test_members_are_those_with_a_purchase_sorted_and_interests_as_in_the_file(
    spending: profiles.Spending,
):
    assert list(spending.members) == ["a", "b"]
    assert spending.interests == ("dining", "reading")
    assert spending.as_of == DAY + dt.timedelta(1)
    assert spending.window_days == 56


def test_sums_days_and_last_days_are_of_the_whole_history(spending: profiles.Spending):
    assert spending.cents.tolist() == [[18, 0], [50_047, 1_300]]
    assert spending.days.tolist() == [[2, 0], [3, 3]]
    assert spending.purchases.tolist() == [[2, 0], [3, 4]]
    last = [[dt.date(2026, 10, 29), None], [DAY - dt.timedelta(56), DAY]]
    assert spending.last_on.tolist() == last


def test_weeks_are_bits_counted_back_from_the_last_day(spending: profiles.Spending):
    assert spending.weeks.dtype == np.uint64
    assert spending.weeks.tolist() == [[1 << 7, 0], [1 << 8 | 1 << 23 | 1 << 24, 0b11]]


def test_windows_are_cents_of_the_last_spans_newest_first(spending: profiles.Spending):
    newest, second, third = spending.windows.tolist()
    assert newest == [[15, 0], [0, 1_300]]
    assert second == [[0, 0], [40, 0]]
    assert third == [[0, 0], [7, 0]]


def test_large_sums_stay_whole_and_small_ones_are_kept_small(tmp_path: Path):
    small = profiles.read_spending(kept(tmp_path / "small", ROWS))
    assert small.cents.dtype == np.int32
    large = profiles.read_spending(
        kept(tmp_path / "large", [("a", "dining", 0, 3 * 10**11 + 1, 1)])
    )
    assert large.cents.tolist() == [[3 * 10**11 + 1, 0]]


def test_an_interest_that_was_taken_off_the_list_is_seen_no_more(tmp_path: Path):
    desk = kept(tmp_path, ROWS)
    file = desk.project / "segments/interests.yaml"
    put(file, file.read_text().replace("  reading:", "  writing:"))
    found = profiles.read_spending(desk)
    assert found.interests == ("dining", "writing")
    assert found.cents.tolist() == [[18, 0], [50_047, 0]]


def test_where_nobody_bought_anything_the_arrays_are_empty(tmp_path: Path):
    for until in (None, dt.date(1999, 1, 1)):
        found = profiles.read_spending(kept(tmp_path, []), until)
        assert (found.cents.shape, found.windows.shape) == ((0, 2), (3, 0, 2))


def test_before_anything_was_built_it_says_what_to_do(tmp_path: Path):
    with pytest.raises(EditionError, match="cardletter segment"):
        profiles.read_spending(begin(tiny(tmp_path)))


def test_the_length_of_a_window_is_a_key_of_the_marketers(tmp_path: Path):
    desk = kept(tmp_path, ROWS)
    put(desk.project / "segments/clustering.yaml", "window_days: 7\n")
    write_profiles(desk, read_windows(desk.project))
    assert profiles.read_spending(desk).windows.tolist()[0] == [[-5, 0], [0, 1_000]]
    put(desk.project / "segments/clustering.yaml", "k_min: 50\nwindow_days: 0\n")
    with pytest.raises(FilesError, match=r"clustering.yaml:2: window_days is less than 7"):
        read_windows(desk.project)


def test_a_fold_in_many_ranges_is_the_same_as_in_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    rows = [(f"m{n % 7}", "dining", n, n + 1, 1) for n in range(60)]
    one = kept(tmp_path / "one", rows)
    monkeypatch.setattr(folding, "ROWS", 5)
    monkeypatch.setattr(days, "GROUP", 3)
    many = kept(tmp_path / "many", rows, parts=3)
    whole, parts = (pd.read_parquet(desk.private / profiles.PROFILES) for desk in (one, many))
    pd.testing.assert_frame_equal(whole, parts)


PURCHASES = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(["dining", "reading"]),
        st.integers(0, 600),
        st.integers(1, 10**6),
        st.just(1),
    ),
    max_size=30,
)


@settings(max_examples=25, deadline=None)
@given(rows=PURCHASES, ago=st.integers(1, 400), parts=st.integers(1, 3))
def test_a_cut_is_the_same_as_if_later_purchases_were_not_known(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple], ago: int, parts: int
):
    folder = tmp_path_factory.mktemp("cut")
    cut = DAY - dt.timedelta(ago)
    seen = profiles.read_spending(kept(folder / "all", rows, parts), cut)
    known = [row for row in rows if row[2] > ago]
    alone = profiles.read_spending(kept(folder / "known", known))
    assert (seen.as_of, list(seen.members)) == (alone.as_of, list(alone.members))
    for name in ("cents", "days", "purchases", "last_on", "weeks", "windows"):
        np.testing.assert_array_equal(getattr(seen, name), getattr(alone, name))


@settings(max_examples=25, deadline=None)
@given(rows=PURCHASES)
def test_the_fold_agrees_with_counting_by_hand(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple]
):
    desk = kept(tmp_path_factory.mktemp("hand"), rows, parts=2)
    seen = profiles.read_spending(desk)
    newest = min((ago for *_, ago, _, _ in rows), default=0)
    for row in pd.read_parquet(desk.private / profiles.PROFILES).to_dict("records"):
        own = [
            (ago - newest, cents)
            for who, what, ago, cents, _ in rows
            if (who, what) == (row["member_id"], row["interest"])
        ]
        assert row["cents"] == sum(cents for _, cents in own)
        assert row["days"] == len({ago for ago, _ in own})
        assert row["purchases"] == len(own)
        assert row["last_on"] == seen.as_of - dt.timedelta(1 + min(ago for ago, _ in own))
        assert row["weeks"] == sum(1 << week for week in {a // 7 for a, _ in own if a < 448})
        for window in range(3):
            told = sum(cents for ago, cents in own if ago // 56 == window)
            assert row[f"window_{window}"] == told
