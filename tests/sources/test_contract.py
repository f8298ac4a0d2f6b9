"""A bad row is set aside and counted with its reason and place; too many fail the table."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from cardletter import sources
from cardletter.errors import SourceError
from cardletter.sources.reasons import REASONS
from tiny import CONSENTS, MEMBERS, TRANSACTIONS, begin, found, pull, refusal, rows, tiny

ALL = "sources.set_aside_limit = 1"
GOOD_AMOUNTS = {"12.50": 1250, "-5.25": -525, " 7 ": 700, "0": 0, "1e3": 100_000, "0.005": 1,
                "999999999999": 99_999_999_999_900, "19.99": 1999, "+3": 300}  # fmt: skip
BAD_AMOUNTS = ['"1,234.50"', "abc", "NaN", "inf", "-Infinity", "1e308", "", "$5", "5 EUR", "1e12",
               "12.50.1", '"12,50"', "(5)", "--5"]  # fmt: skip
GOOD_TIMES = {
    "2026-11-01": "2026-11-01 00:00:00",
    "2026-11-01T18:05:00": "2026-11-01 18:05:00",
    "2026-11-01 18:05": "2026-11-01 18:05:00",
    "2026-11-01T18:05:00.25Z": "2026-11-01 18:05:00.250000",
    "1900-01-01": "1900-01-01 00:00:00",
}
BAD_TIMES = ["", "01/11/2026", "20261101", "2026-13-01", "2026-02-30", "soon", "1764525600",
             "-infinity", "0026-11-01", "2026-11-01 (BC)"]  # fmt: skip
FUTURE = ["2199-01-01", "9999-12-31T23:59:59", "infinity"]


def purchases(amounts: Iterable[str], times: Iterable[str]) -> dict[str, str]:
    lines = [f"m{n},{time},{amount},5812" for n, (amount, time) in enumerate(zip(amounts, times))]  # noqa: B905
    return {"transactions.csv": "\n".join([TRANSACTIONS.split("\n")[0], *lines]) + "\n"}


def acts(*lines: str) -> dict[str, str]:
    return {"consents.csv": "\n".join([CONSENTS.split("\n")[0], *lines]) + "\n"}


def test_amounts_are_read_as_whole_cents_refunds_below_zero(tmp_path: Path):
    project = tiny(tmp_path, purchases(GOOD_AMOUNTS, ["2026-11-01"] * 20))
    kept = rows(project, "transactions").sort_values("member_id")
    assert kept["cents"].tolist() == list(GOOD_AMOUNTS.values())
    assert kept["cents"].dtype == "int64"


@pytest.fixture(scope="module")
def bad_amounts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    many = purchases(BAD_AMOUNTS, ["2026-11-01"] * 20)
    return found(tiny(tmp_path_factory.mktemp("amounts"), many, ALL), "transactions")


def test_amounts_that_are_no_number_are_set_aside_and_five_are_named(bad_amounts: dict[str, Any]):
    assert bad_amounts["rows"] == bad_amounts["set_aside"] == len(BAD_AMOUNTS)
    assert bad_amounts["reasons"] == {"unreadable_amount": len(BAD_AMOUNTS)}
    named = [f"transactions.csv row {row}" for row in range(1, 6)]
    assert bad_amounts["where"] == {"unreadable_amount": named}


@pytest.mark.parametrize(
    ("amounts", "cents"),
    [
        ([12, -3], [1200, -300]),
        ([12.34, -0.1], [1234, -10]),
        ([Decimal("12.34"), Decimal("0.01")], [1234, 1]),
        (["12.34", " -1 "], [1234, -100]),
        ([float("nan"), float("inf")], []),
        ([1e308, None], []),
        ([True, False], []),
        ([dt.date(2026, 1, 1)] * 2, []),
        ([[1.0], [2.0]], []),
    ],
    ids=["integer", "float", "decimal", "text", "no-number", "huge", "yes-no", "date", "list"],
)
def test_amounts_of_a_parquet_file_may_have_any_type_of_number(
    tmp_path: Path, amounts: list, cents: list
):
    table = pd.DataFrame({"member_id": ["1", "2"], "occurred_at": [dt.date(2026, 11, 1)] * 2})
    table = table.assign(amount=amounts, category="5812")
    project = tiny(tmp_path, {"transactions.parquet": table}, ALL)
    assert rows(project, "transactions").sort_values("member_id")["cents"].tolist() == cents
    assert found(project, "transactions")["set_aside"] == 2 - len(cents)


def test_moments_are_read_as_they_are_written(tmp_path: Path):
    project = tiny(tmp_path, purchases(["1"] * 20, GOOD_TIMES))
    kept = rows(project, "transactions").sort_values("member_id")["occurred_at"]
    assert [str(moment) for moment in kept] == list(GOOD_TIMES.values())


def test_dates_that_do_not_exist_or_lie_in_the_future_are_set_aside(tmp_path: Path):
    tomorrow = (dt.datetime.now(dt.UTC) + dt.timedelta(hours=20)).strftime("%Y-%m-%dT%H:%M:%S")
    later = (dt.datetime.now(dt.UTC) + dt.timedelta(hours=30)).strftime("%Y-%m-%dT%H:%M:%S")
    times = [*BAD_TIMES, *FUTURE, tomorrow, later]
    told = found(tiny(tmp_path, purchases(["1"] * 20, times), ALL), "transactions")
    assert told["reasons"] == {"unreadable_time": len(BAD_TIMES), "future_time": len(FUTURE) + 1}
    rows_of_future = [len(BAD_TIMES) + n for n in (1, 2, 3, 5)]
    assert told["where"]["future_time"] == [f"transactions.csv row {n}" for n in rows_of_future]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
def test_moments_of_parquet_are_the_same_on_a_machine_of_any_time_zone(
    tmp_path: Path, zone: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TZ", zone)
    moment = pd.to_datetime(["2026-11-01T23:30:00+00:00"])
    table = pd.DataFrame({"member_id": "1", "occurred_at": moment, "amount": 1, "category": "x"})
    kept = rows(tiny(tmp_path, {"transactions.parquet": table}), "transactions")
    assert [str(moment) for moment in kept["occurred_at"]] == ["2026-11-01 23:30:00"]


def test_the_first_reason_counts_for_a_row_with_several(tmp_path: Path):
    lines = [
        ",soon,abc,",
        "1,soon,abc,",
        "1,2199-01-01,abc,",
        "1,2026-11-01,abc,",
        "1,2026-11-01,1,",
    ]
    text = "\n".join([TRANSACTIONS.split("\n")[0], *lines]) + "\n"
    told = found(tiny(tmp_path, {"transactions.csv": text}, ALL), "transactions")
    assert told["where"] == {
        reason: [f"transactions.csv row {row}"]
        for row, reason in enumerate(
            ("no_member_id", "unreadable_time", "future_time", "unreadable_amount", "no_category"),
            1,
        )
    }


def test_a_member_without_an_address_stays_a_candidate_and_is_named(tmp_path: Path):
    project = tiny(tmp_path, {"members.csv": MEMBERS + "00125,\n00126,  \n"})
    told = found(project, "members")
    assert (told["rows"], told["set_aside"]) == (4, 0)
    assert told["where"] == {"no_address": ["members.csv row 3", "members.csv row 4"]}
    kept = rows(project, "members").sort_values("member_id")
    assert kept["member_id"].tolist() == ["00123", "00124", "00125", "00126"]
    assert kept["email"].isna().tolist() == [False, False, True, True]


def test_all_rows_of_a_repeated_member_id_are_set_aside(tmp_path: Path):
    text = MEMBERS + "00125,a@mail.example\n 00125 ,b@mail.example\n00125,\n,c@mail.example\n,\n"
    project = tiny(tmp_path, {"members.csv": text}, ALL)
    told = found(project, "members")
    assert told["reasons"] == {"duplicate_member_id": 3, "no_member_id": 2}
    assert told["where"] == {
        "duplicate_member_id": [f"members.csv row {row}" for row in (3, 4, 5)],
        "no_member_id": ["members.csv row 6", "members.csv row 7"],
    }
    assert sorted(rows(project, "members")["member_id"]) == ["00123", "00124"]


def test_consents_of_no_known_purpose_or_state_are_set_aside(tmp_path: Path):
    lines = [
        "1,newsletter,granted,2026-01-01,web_form,Yes",
        "1,Newsletter,granted,2026-01-01,web_form,Yes",
        "1,,granted,2026-01-01,web_form,Yes",
        "1,newsletter,yes,2026-01-01,web_form,Yes",
        "1,newsletter,,2026-01-01,web_form,Yes",
        "1,newsletter,granted,soon,web_form,Yes",
        "1,newsletter,granted,2199-01-01,web_form,Yes",
        ",newsletter,granted,2026-01-01,web_form,Yes",
        "1,profiling,withdrawn,2026-01-01,,",
    ]
    project = tiny(tmp_path, acts(*lines), ALL)
    told = pull(project)["consents"]
    assert told["where"] == {
        reason: [f"consents.csv row {row}" for row in rows]
        for reason, rows in {
            "unknown_purpose": [2, 3],
            "unknown_state": [4, 5],
            "unreadable_time": [6],
            "future_time": [7],
            "no_member_id": [8],
        }.items()
    }
    ledger = begin(project).ledger
    assert ledger.consented("newsletter")["state"].tolist() == ["granted"]
    assert ledger.consented("profiling")["state"].tolist() == ["withdrawn"]


def test_of_acts_written_in_different_time_zones_the_latest_counts(tmp_path: Path):
    lines = [
        "1,newsletter,granted,2026-11-01T18:05:00+02:00,web_form,Yes",  # 16:05 UTC
        "1,newsletter,withdrawn,2026-11-01T17:00:00Z,web,No",
        "2,newsletter,withdrawn,2026-11-01T17:00:00Z,web,No",
        "2,newsletter,granted,2026-11-01 12:30:00-05,web_form,Yes",  # 17:30 UTC
    ]
    project = tiny(tmp_path, acts(*lines))
    pull(project)
    latest = begin(project).ledger.consented("newsletter")
    assert dict(zip(latest["member_id"], latest["state"], strict=True)) == {
        "1": "withdrawn",
        "2": "granted",
    }


def test_the_same_acts_delivered_again_are_the_same_acts(tmp_path: Path):
    project = tiny(tmp_path)
    pull(project)
    ledger = begin(project).ledger
    before = ledger.consented("newsletter")
    pull(project)
    assert ledger.consented("newsletter").equals(before)
    assert before["state"].tolist() == ["granted"]


def test_more_bad_rows_than_the_limit_fail_the_table_with_counts_places_and_remedies(
    tmp_path: Path,
):
    lines = ["00125,2026-11-01,Ada's 12 euros,5812"] * 7 + ["00126,last Monday,1,5812"]
    text = TRANSACTIONS + "\n".join(lines) + "\n"
    message = refusal(tiny(tmp_path, {"transactions.csv": text}), "transactions", "Ada", "Monday")
    assert message == (
        "transactions: 8 of 10 rows cannot be used, more than sources.set_aside_limit allows.\n"
        "  7 unreadable_amount: transactions.csv row 3, transactions.csv row 4, transactions.csv "
        "row 5, transactions.csv row 6, transactions.csv row 7 ... "
        f"({REASONS['unreadable_amount']})\n"
        f"  1 unreadable_time: transactions.csv row 10 ({REASONS['unreadable_time']})"
    )


@pytest.mark.parametrize(("limit", "fails"), [(0, True), (0.01, True), (0.02, False), (1, False)])
def test_the_limit_is_a_share_of_the_rows(tmp_path: Path, limit: float, fails: bool):
    text = TRANSACTIONS + "1,2026-11-01,1,5812\n" * 47 + "1,2026-11-01,abc,5812\n"
    project = tiny(tmp_path, {"transactions.csv": text}, f"sources.set_aside_limit = {limit}")
    if fails:
        assert "1 of 50 rows cannot be used" in refusal(project, "transactions")
    else:
        assert found(project, "transactions")["set_aside"] == 1


def test_members_without_addresses_do_not_fail_the_table(tmp_path: Path):
    told = found(tiny(tmp_path, {"members.csv": "member_id,email\n1,\n2,\n"}), "members")
    assert told["reasons"] == {"no_address": 2}


BAD = {
    "transactions": "00123,2026-11-01,1,5812,more\n",
    "members": "00125,4111111111111111\n",
    "consents": "00123,newsletter,maybe,2026-01-01,web_form,Yes\n",
}


@pytest.mark.parametrize(("table", "line"), BAD.items(), ids=BAD)
def test_one_bad_table_leaves_nothing_written_of_the_others(tmp_path: Path, table: str, line: str):
    text = {"transactions": TRANSACTIONS, "members": MEMBERS, "consents": CONSENTS}[table]
    desk = begin(tiny(tmp_path, {f"{table}.csv": text + line}))
    with pytest.raises(SourceError, match=table):
        sources.pull(desk)
    assert list(desk.folder.iterdir()) == []
    assert desk.ledger.consented("newsletter").empty


def test_pull_counts_the_rows_and_writes_what_it_found(tmp_path: Path):
    desk = begin(tiny(tmp_path, purchases(["1", "abc", "2"], ["2026-11-01"] * 3), ALL))
    counts = sources.pull(desk)
    assert desk.ledger.consented("newsletter")["state"].tolist() == ["granted"]
    assert counts == {"transactions": 3, "members": 2, "consents": 2, "set_aside": 1}
    written = desk.read_json("sources.json")
    assert written["tables"]["transactions"]["files"] == ["transactions.csv"]
    assert written["about"] == ""
    assert desk.read_json("stages.json")["pull"]["set_aside"] == 1


def test_what_about_txt_says_of_the_data_is_kept(tmp_path: Path):
    desk = begin(tiny(tmp_path, {"about.txt": "Invented people.\n"}))
    sources.pull(desk)
    assert desk.read_json("sources.json")["about"] == "Invented people."
