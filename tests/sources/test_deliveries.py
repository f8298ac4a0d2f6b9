"""Deliveries: files cut short, under way, repeated, or not what they were (list T, 36-41)."""

from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from ibis.expr.types import Table

from cardletter import sources
from cardletter.errors import SourceError
from cardletter.settings import load
from cardletter.sources import Warehouse
from cardletter.sources.contract import report
from purchases import DAY, HEAD, row, table
from tiny import MEMBERS, TRANSACTIONS, begin, found, packed, pull, put, refusal, rows, tiny


def test_36_a_gzip_file_that_was_cut_short_is_refused(tmp_path: Path):
    whole = packed(HEAD + "\n" + "".join(f"{row(str(n))}\n" for n in range(5_000)))
    message = refusal(tiny(tmp_path, {"transactions.csv.gz": whole[:-20]}), "transactions")
    assert message.startswith("transactions.csv.gz is no whole gzip file")


def test_37_a_gzip_file_that_unpacks_to_far_more_than_a_table_is_refused(tmp_path: Path):
    bomb = packed(TRANSACTIONS + "\n" * (66 << 20))
    message = refusal(tiny(tmp_path, {"transactions.csv.gz": bomb}), "transactions")
    assert "unpacks to more than 200 times its size" in message


def parquet(**columns: Any) -> pd.DataFrame:  # noqa: ANN401 - whatever a column may hold
    given = {"member_id": ["00123"], "occurred_at": [DAY], "amount": [1.0], "category": ["5812"]}
    return pd.DataFrame(given | {name: [value] for name, value in columns.items()})


DRIFTS = {
    "a code": ("category", "5812", 5812),
    "an id": ("member_id", "00123", 123),
    "a time": ("occurred_at", DAY, pd.Timestamp(DAY)),
    "a zone": ("occurred_at", pd.Timestamp(DAY), pd.Timestamp(DAY, tz="UTC")),
    "an amount": ("amount", 1.0, "1.00"),
}


@pytest.mark.parametrize(("name", "one", "other"), DRIFTS.values(), ids=DRIFTS)
def test_38_a_column_that_changed_its_kind_from_file_to_file_is_refused(
    tmp_path: Path, name: str, one: object, other: object
):
    files = {
        "transactions/a.parquet": parquet(**{name: one}),
        "transactions/b.parquet": parquet(**{name: other}),
    }
    message = refusal(tiny(tmp_path, files), "transactions")
    assert message.startswith(f"transactions.{name} is ")
    assert "in a.parquet and " in message


def test_38_numbers_of_other_widths_and_words_in_dictionaries_are_no_drift(tmp_path: Path):
    files = {
        "transactions/a.parquet": parquet(amount=1.5),
        "transactions/b.parquet": parquet(amount=2),
    }
    project = tiny(tmp_path, files)
    words = pa.table({"category": pa.array(["5812"]).dictionary_encode(), "member_id": ["00123"],
                      "occurred_at": [DAY], "amount": [3],
                      "merchant": pa.array([None], pa.null())})  # fmt: skip
    pq.write_table(words, project / "data/transactions/c.parquet")
    assert found(tmp_path, "transactions")["rows"] == 3


@pytest.mark.parametrize("ending", [".part", ".tmp", ".filepart", ".crdownload"])
def test_39_a_file_under_way_in_the_folder_is_waited_for(tmp_path: Path, ending: str):
    files = {"transactions/a.csv": TRANSACTIONS, f"transactions/b.csv{ending}": HEAD}
    message = refusal(tiny(tmp_path, files), "transactions")
    assert message.startswith(f"transactions: b.csv{ending} is still being written.")


def test_39_a_new_one_beside_the_old_file_too_and_another_tables_is_not_ours(tmp_path: Path):
    project = tiny(tmp_path, {"transactions.csv": TRANSACTIONS, "transactions.csv.part": HEAD})
    assert "still being written" in refusal(project, "transactions")
    assert found(project, "members")["rows"] == 2


def test_39_a_file_that_grows_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    project = tiny(tmp_path)
    raw = Warehouse.raw

    def grow(self: Warehouse, table: str, **asked: bool) -> Table:
        with (project / "data/transactions.csv").open("a", encoding="utf-8") as file:
            file.write(row() + "\n")
        return raw(self, table, **asked)

    monkeypatch.setattr(Warehouse, "raw", grow)
    message = refusal(project, "transactions")
    assert message.startswith("transactions: transactions.csv is still being written.")


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_40_yesterdays_file_again_counts_once_and_is_named(tmp_path: Path, kind: str):
    text = TRANSACTIONS if kind == "csv" else parquet()
    other = table(row("9"))["transactions.csv"] if kind == "csv" else parquet(amount=9.0)
    names = [f"transactions/{name}.{kind}" for name in ("mon", "sun", "tue")]
    project = tiny(tmp_path, dict(zip(names, (other, text, text), strict=True)))
    desk = begin(project)
    assert sources.pull(desk)["repeated_files"] == 1
    told = desk.read_json("sources.json")["tables"]["transactions"]
    assert told["repeated_files"] == [f"tue.{kind}"]
    assert told["files"] == [f"mon.{kind}", f"sun.{kind}"]
    assert told["rows"] == len(rows(project, "transactions")) == (3 if kind == "csv" else 2)


def many(count: int) -> str:
    return "\n".join([HEAD, *[row(str(n)) for n in range(1, count + 1)]]) + "\n"


@pytest.mark.parametrize(("before", "after", "key"), [(4, 40, "more_than"), (40, 4, "fewer_than")])
def test_41_ten_times_the_usual_is_held_until_the_manifest_says_that_it_is_meant(
    tmp_path: Path, before: int, after: int, key: str
):
    project = tiny(tmp_path, {"transactions.csv": many(before)})
    pull(project)
    file = put(tmp_path / "data/transactions.csv", many(after))
    said = f'{{"rows": {after}, "{key}": {before}}}'
    with pytest.raises(SourceError, match="held until somebody looked") as raised:
        pull(project)
    assert f"transactions.csv.manifest.json beside it: {said}." in str(raised.value)
    put(file.with_name("transactions.csv.manifest.json"), said)
    assert pull(project)["transactions"]["rows"] == after
    assert pull(project)["transactions"]["rows"] == after


def test_41_nine_times_the_usual_is_taken(tmp_path: Path):
    pull(tiny(tmp_path, {"transactions.csv": many(4)}))
    put(tmp_path / "data/transactions.csv", many(36))
    assert pull(tmp_path)["transactions"]["rows"] == 36


def test_members_delivered_twice_as_a_file_are_each_there_once(tmp_path: Path):
    project = tiny(tmp_path, {"members/a.csv": MEMBERS, "members/b.csv": MEMBERS})
    assert found(project, "members")["reasons"] == {}


def test_ids_are_looked_through_once_for_each_warehouse(tmp_path: Path):
    warehouse = Warehouse(
        load(tiny(tmp_path, table(*["a," + row()] * 2, head="transaction_id," + HEAD)))
    )
    assert report(warehouse, "transactions")["dropped"] == 1
    assert report(warehouse, "transactions")["dropped"] == 1
