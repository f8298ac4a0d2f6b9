"""A profile is one row a member: since when, how lately, how often, how much, and whither."""

import datetime as dt

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from cardletter import profiles, sources
from cardletter.profiles.profile import profiled, totals, trend
from cardletter.workspace import Workspace
from tiny import begin, put, tiny

AS_OF = dt.date(2026, 11, 1)


def day(ago: int) -> str:
    """A day so long before the first of November."""
    return (AS_OF - dt.timedelta(days=ago + 1)).isoformat()


PURCHASES = [  # member, days ago, amount, category: in windows of 56 days
    ("a", 0, "30", "5812"), ("a", 60, "20", "5942"), ("a", 200, "7", "5812"),
    ("b", 10, "5", "5812"), ("b", 10, "5", "5942"), ("b", 70, "40", "5812"),
    ("c", 55, "100", "5942"), ("c", 111, "-3", "5942"),
    ("d", 56, "1", "5942"), ("d", 300, "2", "5942"),
    ("new", 3, "50", "5812"),
    ("no", 1, "999", "5812"),
]  # fmt: skip
JOINED = {"a": "2024-11-01", "b": "", "c": "2020-01-01", "new": "2026-10-20", "idle": "2026-10-02"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    people = ["a", "b", "c", "d", "idle", "new", "no"]
    rows = [f"{who},{day(ago)},{amount},{code}" for who, ago, amount, code in PURCHASES]
    said = [f"{who},profiling,granted,2026-01-01,web_form,Yes" for who in people if who != "no"]
    tables = {
        "transactions.csv": "\n".join(["member_id,occurred_at,amount,category", *rows]) + "\n",
        "members.csv": "member_id,email,joined_on\n"
        + "".join(f"{who},{who}@mail.example,{JOINED.get(who, '')}\n" for who in people),
        "consents.csv": "\n".join(
            ["member_id,purpose,state,occurred_at,method,wording", *said]
        ) + "\n",
    }  # fmt: skip
    desk = begin(tiny(tmp_path_factory.mktemp("profile"), tables))
    sources.pull(desk)
    profiles.build(desk)
    return desk


@pytest.fixture(scope="module")
def rows(desk: Workspace) -> pd.DataFrame:
    return profiles.read_members(desk).set_index("member_id")


def told(rows: pd.DataFrame, name: str) -> dict[str, float | None]:
    return {str(who): None if pd.isna(each) else float(each) for who, each in rows[name].items()}


def test_everybody_has_one_row_and_of_who_said_no_nothing_is_known(rows: pd.DataFrame):
    assert list(rows.index) == ["a", "b", "c", "d", "idle", "new", "no"]
    own = rows.loc["no"].drop("profiled")
    assert not rows.loc["no", "profiled"]
    assert own.fillna(0).eq(0).all()


def test_totals_are_over_all_interests_with_refunds_netted(rows: pd.DataFrame):
    assert told(rows, "spent") == {
        "a": 5_700, "b": 5_000, "c": 9_700, "d": 300, "new": 5_000, "idle": 0, "no": 0,
    }  # fmt: skip
    assert told(rows, "purchases")["b"] == 3
    assert told(rows, "rank") == {
        "c": 0.2, "a": 0.4, "b": 0.6, "new": 0.6, "d": 1.0, "idle": None, "no": None,
    }  # fmt: skip


def test_recency_is_counted_from_the_day_after_the_last_purchase_there_is(rows: pd.DataFrame):
    assert told(rows, "since") == {
        "a": 1, "b": 11, "c": 56, "d": 57, "new": 4, "idle": None, "no": None,
    }  # fmt: skip


def test_tenure_is_since_joining_or_since_the_first_purchase_known(rows: pd.DataFrame):
    found = told(rows, "tenure")
    assert (found["a"], found["new"], found["idle"], found["no"]) == (730, 12, 30, None)
    assert found["b"] == 71  # nobody told: the week of the first purchase begins 77 days before
    assert found["d"] == 295


def test_the_trend_compares_the_last_window_with_the_one_before(rows: pd.DataFrame):
    found = told(rows, "trend")
    assert found["a"] == pytest.approx(0.5)  # 30 after 20
    assert found["c"] == 10  # from nothing but a refund: as high as it is told
    assert found["d"] == -1
    # b is here for 71 days at least, new for 12: no two windows.
    assert (found["b"], found["new"], found["idle"]) == (None, None, None)


def test_the_fifths_are_among_those_who_bought(rows: pd.DataFrame):
    assert told(rows, "recency") == {
        "a": 5, "new": 4, "b": 3, "c": 2, "d": 1, "idle": 0, "no": 0,
    }  # fmt: skip
    assert told(rows, "monetary") == {
        "c": 5, "a": 4, "b": 3, "new": 3, "d": 1, "idle": 0, "no": 0,
    }  # fmt: skip
    assert told(rows, "frequency")["a"] == told(rows, "frequency")["b"] == 5


def test_weeks_are_those_with_a_purchase_of_anything(rows: pd.DataFrame):
    assert rows.loc["b", "weeks"] == 2**1 | 2**10
    assert rows.loc["a", "weeks"] == 2**0 | 2**8 | 2**28


def test_one_members_row_is_read_alone(desk: Workspace, rows: pd.DataFrame):
    own = profiles.read_profile(desk, "a")
    assert own is not None
    assert (own["spent"], own["profiled"]) == (5_700, True)
    assert profiles.read_profile(desk, "nobody") is None


def test_the_highest_of_64_weeks_is_not_lost():
    cells = {name: [1, 1] for name in ("cents", "purchases", "window_0", "window_1")}
    cells |= {"weeks": np.array([2**63, 1], dtype=np.uint64)}
    cells |= {"last_on": pa.array([20_000, 20_001], pa.int32()).cast(pa.date32())}
    summed = totals(np.array([0, 0]), pa.table(cells))
    summed.index = pd.Index(["a"])
    members = pd.DataFrame({"member_id": ["a"], "profiled": True, "joined_on": None})
    found = profiled(members, summed, dt.date(2024, 10, 6), 56)
    assert found["weeks"].tolist() == [2**63 + 1]
    assert found["tenure"].tolist() == [63 * 7 + 1]


@pytest.mark.parametrize(
    ("recent", "before", "grown"),
    [(6, 5, 0.2), (5, 5, 0), (0, 5, -1), (-5, 5, -1), (0, -9, np.nan), (5, -5, 10), (500, 5, 10)],
)  # fmt: skip
def test_a_trend_has_a_bottom_and_a_top(recent: int, before: int, grown: float):
    assert trend(np.array([recent]), np.array([before]))[0] == pytest.approx(grown, nan_ok=True)


def test_history_days_let_what_is_older_be_forgotten(desk: Workspace):
    put(desk.project / "segments/clustering.yaml", "window_days: 28\nhistory_days: 84\n")
    profiles.build(desk)
    found = profiles.read_members(desk).set_index("member_id")["spent"].to_dict()
    (desk.project / "segments/clustering.yaml").unlink()
    profiles.build(desk)
    # Of a and d what is older than 84 days is gone, and of c the refund.
    assert found == {
        "a": 5_000,
        "b": 5_000,
        "c": 10_000,
        "d": 100,
        "idle": 0,
        "new": 5_000,
        "no": 0,
    }
