"""Transactions: every bad input of the list T has its answer, by the list's number."""

from pathlib import Path

import pandas as pd
import pytest

from cardletter import profiles, sources
from purchases import ALL, DAY, HEAD, row, table
from tiny import TRANSACTIONS, begin, found, refusal, rows, tiny

CARD = "4111111111111111"
FULL = "transaction_id,member_id,occurred_at,amount,category,currency,status"
ODD_NAMES = [
    "<script>alert(1)</script>",
    "\u202eevil",
    "Caf\u00e9 😀",
    "=cmd|' /C calc'!A0",
    "+1",
    "@x",
]


def bought(project: Path) -> list[tuple[str, int]]:
    kept = rows(project, "transactions")
    return sorted(zip(kept["transaction_id"], kept["cents"], strict=True))


FAILS = {
    "1 an empty file": (b"", "transactions.csv is empty"),
    "3 a missing column": (b"member_id,occurred_at,amount\n", "no column category"),
    "4 a renamed column": (TRANSACTIONS.replace("amount", "Amount", 1).encode(), "'Amount'?"),
    "5 a column twice": ((HEAD + ",amount\n" + row(more=",2.00") + "\n").encode(), "places 3, 5"),
    "5 a column twice but for capitals": ((HEAD + ",Amount\n").encode(), "places 3, 5"),
    "7 UTF-16": (TRANSACTIONS.encode("utf-16"), "csv:1: cannot be read"),
    "8 Latin-1": ((TRANSACTIONS + row(category="Caf\u00e9")).encode("latin-1"), "csv:4: cannot"),
    "11 an open quote": ((TRANSACTIONS + '"00123,' + DAY).encode(), "csv:4: cannot be read"),
    "12 semicolons": (TRANSACTIONS.replace(",", ";").encode(), "is no header"),
    "31 a card in a column": ((TRANSACTIONS + row(category=CARD)).encode(), "y holds a card"),
    "31 a card elsewhere": (f"{HEAD},x\n{row(more=',paid ' + CARD)}\n".encode(), "holds a card"),
    "32 track 2": (f"{HEAD},x\n{row(more=f',;{CARD}=29121010000?')}\n".encode(), "x holds a card"),
    "32 track 1": (f"{HEAD},x\n{row(more=f',%B{CARD}^A/B^2912?')}\n".encode(), "x holds a card"),
    "32 a CVV": (f"{HEAD},CVV2\n{row(more=',123')}\n".encode(), "CVV2, a secret of a card"),
    "32 a column of tracks": (f"{HEAD},track2_data\n{row(more=',')}\n".encode(), "a secret of a"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "says"), FAILS.values(), ids=FAILS)
def test_what_cannot_be_used_as_a_whole_is_refused(tmp_path: Path, content: bytes, says: str):
    message = refusal(tiny(tmp_path, {"transactions.csv": content}), "transactions", CARD, "Caf")
    assert says in message


SET_ASIDE = {
    "13 thousands": (row('"1,234.50"'), "unreadable_amount"),
    "13 a comma": (row('"1.234,50"'), "unreadable_amount"),
    "14 NaN": (row("NaN"), "unreadable_amount"),
    "14 inf": (row("-inf"), "unreadable_amount"),
    "15 1e308": (row("1e308"), "unreadable_amount"),
    "24 a day there never was": (row(day="2025-02-30"), "unreadable_time"),
    "25 the future": (row(day="2199-01-01"), "future_time"),
    "26 the year 1": (row(day="0001-01-01"), "unreadable_time"),
    "9 NUL in an amount": (row("1\0"), "unreadable_amount"),
}


@pytest.mark.parametrize(("line", "reason"), SET_ASIDE.values(), ids=SET_ASIDE)
def test_a_bad_row_is_set_aside_with_its_reason_and_place(tmp_path: Path, line: str, reason: str):
    told = found(tiny(tmp_path, table(row(), line), ALL), "transactions")
    assert (told["rows"], told["set_aside"]) == (2, 1)
    assert told["where"] == {reason: ["transactions.csv row 2"]}


def test_6_10_a_byte_order_mark_and_line_ends_of_any_one_kind_are_read(tmp_path: Path):
    for place, end in enumerate(("\n", "\r\n", "\r")):
        text = "\ufeff" + TRANSACTIONS.replace("\n", end)
        told = found(tiny(tmp_path / str(place), {"transactions.csv": text}), "transactions")
        assert (told["rows"], told["reasons"]) == (2, {})


def test_10_line_ends_of_several_kinds_in_one_file_are_refused_not_guessed_at(tmp_path: Path):
    text = TRANSACTIONS.replace("\n", "\r\n", 1) + row() + "\r\n"
    assert "mixed line ends" in refusal(tiny(tmp_path, {"transactions.csv": text}), "transactions")


def test_16_minus_nothing_is_nothing_and_17_refunds_are_netted(tmp_path: Path):
    project = tiny(tmp_path, table(row("-0.00"), row("20"), row("-5.50")))
    assert sorted(rows(project, "transactions")["cents"]) == [-550, 0, 2000]
    desk = begin(project)
    sources.pull(desk)
    profiles.build(desk)
    summed = pd.read_parquet(desk.private / profiles.PROFILES)
    assert summed[["cents", "purchases"]].to_numpy().tolist() == [[1450, 1]]


WARNED = {
    "2 a header only": (table(), {"no_rows": 1}),
    "4 a column nobody reads": (table(row(more=",x"), more=",shop"), {"unknown_column": 1}),
    "20 a code without its zero": (table(row(category="742")), {"short_category": 1}),
    "33 a long merchant": (
        table(row(more="," + "x" * 10_000), more=",merchant"), {"long_merchant": 1}),
    "nothing": (table(row()), {}),
}  # fmt: skip


@pytest.mark.parametrize(("files", "warnings"), WARNED.values(), ids=WARNED)
def test_what_is_mended_or_odd_is_counted(tmp_path: Path, files: dict, warnings: dict[str, int]):
    desk = begin(tiny(tmp_path, files))
    counts = sources.pull(desk)
    assert desk.read_json("sources.json")["tables"]["transactions"]["warnings"] == warnings
    assert counts.get("warnings", 0) == sum(warnings.values())
    assert counts["set_aside"] == 0


@pytest.mark.parametrize("codes", [[742, 5812], [742.0, 5812.0], ["742", "5812"]])
def test_20_codes_that_a_program_read_as_numbers_win_their_zero_back(tmp_path: Path, codes: list):
    frame = pd.DataFrame({"member_id": "00123", "occurred_at": DAY, "amount": 1, "category": codes})
    project = tiny(tmp_path, {"transactions.parquet": frame})
    assert sorted(rows(project, "transactions")["category"]) == ["0742", "5812"]


@pytest.mark.parametrize("code", ["12", "074", "A742", "74200", "699"])
def test_20_an_own_code_stays_as_it_is(tmp_path: Path, code: str):
    project = tiny(tmp_path, table(row(category=code)))
    assert rows(project, "transactions")["category"].tolist() == [code]


@pytest.mark.parametrize("code", ["ABCD", "99999", "58.2", "COFFEE"])
def test_21_what_is_no_code_is_set_aside_where_only_codes_are_used(tmp_path: Path, code: str):
    settings = f'{ALL}\nsources.categories = "mcc"'
    told = found(tiny(tmp_path, table(row(), row(category=code)), settings), "transactions")
    assert told["where"] == {"no_mcc": ["transactions.csv row 2"]}


def test_22_23_unknown_and_sensitive_codes_are_counted_and_never_looked_at(tmp_path: Path):
    lines = [row(category=code) for code in ("5812", "7995", "9999", "ABCD", "4900")]
    desk = begin(tiny(tmp_path, table(*lines)))
    sources.pull(desk)
    profiles.build(desk)
    kinds = desk.read_json("categories.json")
    assert kinds == {"interest": 1, "sensitive": 1, "uninformative": 1, "unknown": 2}
    assert pd.read_parquet(desk.private / profiles.PROFILES)["interest"].tolist() == ["dining"]


LONDON = 'sources.time_zone = "Europe/London"'
TIMES = {
    "27 in summer": ("2026-07-01T12:00:00", "2026-07-01 11:00:00"),
    "27 in winter": ("2026-01-10 12:00", "2026-01-10 12:00:00"),
    "27 in the hour that was skipped": ("2026-03-29T01:30:00", "2026-03-29 01:30:00"),
    "27 in the hour that came twice": ("2025-10-26T01:30:00", "2025-10-26 01:30:00"),
    "a zone of its own": ("2026-07-01T12:00:00+05:00", "2026-07-01 07:00:00"),
    "UTC of its own": ("2026-07-01T12:00:00Z", "2026-07-01 12:00:00"),
    "a mere day": ("2026-07-01", "2026-07-01 00:00:00"),
}


@pytest.mark.parametrize(("written", "utc"), TIMES.values(), ids=TIMES)
def test_a_time_without_a_zone_is_one_of_the_declared_zone(tmp_path: Path, written: str, utc: str):
    project = tiny(tmp_path, table(row(day=written)), LONDON)
    assert [str(each) for each in rows(project, "transactions")["occurred_at"]] == [utc]


def test_27_times_of_parquet_without_a_zone_too(tmp_path: Path):
    frame = pd.DataFrame({"member_id": ["1"], "occurred_at": pd.to_datetime(["2026-07-01T12:00"])})
    for zone, hour in ((None, "11"), ("UTC", "12")):
        given = frame.assign(occurred_at=frame["occurred_at"].dt.tz_localize(zone), amount=1)
        files = {"transactions.parquet": given.assign(category="5812")}
        kept = rows(tiny(tmp_path / hour, files, LONDON), "transactions")["occurred_at"]
        assert [str(each) for each in kept] == [f"2026-07-01 {hour}:00:00"]


def told_of(transaction: str, amount: str = "5", status: str = "", member: str = "00123") -> str:
    return f"{transaction},{member},{DAY},{amount},5812,EUR,{status}"


REPEATS = {
    "28 the same row again": (
        [told_of("a"), told_of("a"), told_of("a", "5.00"), told_of("b")],
        [("a", 500), ("b", 500)], {"repeated_transaction": 2}),
    "29 another amount": (
        [told_of("a"), told_of("a", "6"), told_of("b")],
        [("b", 500)], {"disputed_transaction": 2}),
    "29 another member": (
        [told_of("a"), told_of("a", member="00124")], [], {"disputed_transaction": 2}),
    "42 settled since": (
        [told_of("a", "5", "pending"), told_of("a", "5.75", "settled"),
         told_of("b", status="posted")],
        [("a", 575), ("b", 500)], {"settled_since": 1}),
    "42 settled twice": (
        [told_of("a", "5", "PENDING"), told_of("a", "6", "Settled"), told_of("a", "6", "Settled")],
        [("a", 600)], {"settled_since": 1, "repeated_transaction": 1}),
    "42 still pending": ([told_of("a", "5", "pending")], [("a", 500)], {}),
    "42 pending twice": (
        [told_of("a", "5", "pending")] * 2, [("a", 500)], {"repeated_transaction": 1}),
    "a status nobody knows": ([told_of("a", "5", "maybe")], [], {"unknown_status": 1}),
    "one of them unreadable": (
        [told_of("a", "five"), told_of("a")], [("a", 500)], {"unreadable_amount": 1}),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "kept", "reasons"), REPEATS.values(), ids=REPEATS)
def test_a_purchase_counts_once(tmp_path: Path, lines: list, kept: list, reasons: dict[str, int]):
    project = tiny(tmp_path, table(*lines, head=FULL), ALL)
    assert bought(project) == kept
    assert found(project, "transactions")["reasons"] == reasons


def test_28_what_is_dropped_is_counted_named_and_no_fault(tmp_path: Path):
    project = tiny(tmp_path, table(*[told_of("a")] * 3, head=FULL))
    told = found(project, "transactions")
    assert (told["rows"], told["set_aside"], told["dropped"]) == (3, 0, 2)
    assert told["where"] == {
        "repeated_transaction": ["transactions.csv row 2", "transactions.csv row 3"]
    }
    assert sources.pull(begin(project))["dropped"] == 2


def test_28_rows_without_an_id_are_never_the_same(tmp_path: Path):
    lines = [told_of("")] * 3 + [told_of("a")] * 2
    assert len(rows(tiny(tmp_path, table(*lines, head=FULL)), "transactions")) == 4


def test_29_too_many_disputed_rows_fail_the_table(tmp_path: Path):
    project = tiny(tmp_path, table(told_of("a"), told_of("a", "6"), head=FULL))
    assert "2 disputed_transaction: transactions.csv row 1" in refusal(project, "transactions")


def test_30_purchases_of_nobody_we_know_are_counted_and_nothing_is_made_of_them(tmp_path: Path):
    text = TRANSACTIONS + f"00777,{DAY},1,5812\n 00777 ,{DAY},1,5812\n"
    desk = begin(tiny(tmp_path, {"transactions.csv": text}))
    sources.pull(desk)
    told = desk.read_json("sources.json")["tables"]["transactions"]["unknown_member"]
    assert told == {"rows": 2, "where": ["transactions.csv row 3", "transactions.csv row 4"]}
    profiles.build(desk)
    assert set(pd.read_parquet(desk.private / profiles.PROFILES)["member_id"]) == {"00123"}


def test_33_a_long_name_of_a_merchant_is_cut_and_34_35_others_are_kept_as_they_are(tmp_path: Path):
    frame = pd.DataFrame({"merchant": [*ODD_NAMES, "x" * 10_000]}).assign(member_id="00123")
    frame = frame.assign(occurred_at=DAY, amount=1.0, category="5812")
    desk = begin(tiny(tmp_path, {"transactions.parquet": frame}))
    sources.pull(desk)
    profiles.build(desk)
    kept = set(rows(tmp_path, "transactions")["merchant"])
    assert kept == {*ODD_NAMES, "x" * 200}
    written = "".join(file.read_text(encoding="utf-8") for file in desk.folder.glob("*.json"))
    assert not [name for name in ODD_NAMES[:4] if name in written]
