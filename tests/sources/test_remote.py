"""A table in a database or a bucket keeps the same contract as a file, and tells no URL."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import duckdb
import pandas as pd
import psycopg
import pytest
from moto.server import ThreadedMotoServer
from pyarrow.fs import FileInfo, FileSystem

from cardletter import profiles, sources
from cardletter.settings import load
from cardletter.sources import Warehouse, forget_objects, remote
from databases import server  # noqa: F401 - a fixture
from tiny import CONSENTS, MEMBERS, begin, found, put, refusal, tiny

SECRET = "hunter2"  # noqa: S105 - that is the point
CARD = "4111111111111111"
HEAD = ("transaction_id", "member_id", "occurred_at", "amount", "category", "currency")
ROWS = [
    ("t1", "00123", "2026-11-01 10:00:00", 12.5, "5812", "EUR"),
    ("t2", "00124", "2026-11-02 18:05:00", 3.0, "5942", "EUR"),
    ("t2", "00124", "2026-11-02 18:05:00", 3.0, "5942", "EUR"),
    ("t3", "00123", "2026-11-03 09:00:00", -2.5, "742", "EUR"),
    ("t4", "00123", "2026-11-04 09:00:00", 8.0, "5814", "E"),
    ("t5", None, "2026-11-04 09:00:00", 8.0, "5814", "EUR"),
    ("t6", "stranger", "2026-11-05 09:00:00", 8.0, "5814", "EUR"),
]
DEFINED = "transaction_id TEXT, member_id TEXT, occurred_at TIMESTAMP, amount NUMERIC(12,2), "
DEFINED += "category TEXT, currency TEXT"
CREATE = f"CREATE TABLE spent ({DEFINED})"
ALL = "sources.set_aside_limit = 1"


def in_sqlite(folder: Path, rows: list[tuple]) -> str:
    with sqlite3.connect(folder / "bank.db") as bank:
        bank.execute(CREATE)
        bank.executemany("INSERT INTO spent VALUES (?, ?, ?, ?, ?, ?)", rows)
    bank.close()
    return "sqlite://bank.db#spent"


def in_duckdb(folder: Path, rows: list[tuple]) -> str:
    with duckdb.connect(str(folder / "bank.duckdb")) as bank:
        bank.execute(CREATE)
        bank.executemany("INSERT INTO spent VALUES (?, ?, ?, ?, ?, ?)", rows)
    return "duckdb://bank.duckdb#main.spent"


def in_postgresql(uri: str, rows: list[tuple]) -> str:
    url = uri.replace("+psycopg", "")
    with psycopg.connect(url) as bank:
        bank.execute("DROP SCHEMA IF EXISTS bank CASCADE")
        bank.execute("CREATE SCHEMA bank")
        bank.execute(CREATE.replace("spent", "bank.spent"))
        with bank.cursor() as cursor:
            cursor.executemany("INSERT INTO bank.spent VALUES (%s, %s, %s, %s, %s, %s)", rows)
    return f"{url}#bank.spent"


def delivered(rows: list[tuple]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(HEAD))
    return table.assign(occurred_at=pd.to_datetime(table["occurred_at"]))


def as_files(folder: Path) -> tuple:
    return told(tiny(folder, {"transactions.parquet": delivered(ROWS)}, ALL))


def told(project: Path) -> tuple:
    desk = begin(project)
    sources.pull(desk)
    profiles.build(desk)
    tables = desk.read_json("sources.json")["tables"]
    spent = tables["transactions"]
    kept = [spent[name] for name in ("rows", "set_aside", "dropped", "reasons", "warnings")]
    rows = pd.read_parquet(desk.private / profiles.PROFILES).to_dict("records")
    return kept, spent["unknown_member"]["rows"], rows, desk.read_json("categories.json")


def named(folder: Path, url: str, more: str = ALL) -> Path:
    put(folder / "pyproject.toml", f"[tool.cardletter]\n{more}\nsources.transactions = '{url}'\n")
    return folder


@pytest.mark.parametrize("kind", ["sqlite", "duckdb", "postgresql"])
def test_a_table_of_a_database_is_judged_and_summed_as_a_file_is(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest
):
    project = tiny(tmp_path / "bank")
    if kind == "postgresql":
        url = in_postgresql(request.getfixturevalue("server"), ROWS)
    else:
        url = {"sqlite": in_sqlite, "duckdb": in_duckdb}[kind](project, ROWS)
    assert told(named(project, url)) == as_files(tmp_path / "files")


def test_members_and_consents_may_be_in_a_database_too_and_nothing_of_them_is_left_behind(
    tmp_path: Path,
):
    project = tiny(tmp_path)
    with duckdb.connect(str(project / "bank.duckdb")) as bank:
        for name, text in {"members": MEMBERS, "consents": CONSENTS}.items():
            file = put(tmp_path / f"{name}.csv", text)
            bank.execute(f"CREATE TABLE {name} AS FROM read_csv('{file}', all_varchar = true)")
    places = "\n".join(f"sources.{t} = 'duckdb://bank.duckdb#{t}'" for t in ("members", "consents"))
    put(project / "pyproject.toml", f"[tool.cardletter]\n{places}\n")
    warehouse = Warehouse(load(project))
    (file,) = warehouse.files("members")
    assert (file.parent.stat().st_mode & 0o777, file.name) == (0o700, "members.table.parquet")
    del warehouse
    assert not file.parent.exists()
    kept, *_ = told(project)
    assert kept[0] == 2


def test_a_card_number_in_a_database_is_refused_and_bad_rows_have_a_place(tmp_path: Path):
    project = tiny(tmp_path)
    url = in_duckdb(project, [*ROWS, (CARD, "00123", "2026-11-04", 1, "5812", "EUR")])
    message = refusal(named(project, url), "transactions", CARD)
    assert "transactions.transaction_id holds a card number: main.spent row 8" in message
    told = in_sqlite(project, ROWS)
    places = found(named(project, told), "transactions")["where"]
    assert places["no_member_id"] == ["spent row 6"]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("sqlite://none.db#spent", "there is no file none.db"),
        ("duckdb://none.db#spent", "there is no file none.db"),
        ("sqlite://bank.db#lost", "there is no table lost, or it may not be read"),
        ("sqlite://bank.db", "say which table, as URL#schema.table"),
        (f"postgresql://reader:{SECRET}@127.0.0.1:1/bank#spent", "the database cannot be reached"),
        (f"nosuchbank://reader:{SECRET}@127.0.0.1:1/bank#spent", "cannot be reached"),
        (f"s3://{SECRET}/no?endpoint_override=127.0.0.1:1&scheme=http", "objects cannot be read"),
    ],
)
def test_what_cannot_be_reached_is_told_in_plain_words_without_the_url(
    tmp_path: Path, url: str, says: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    project = tiny(tmp_path)
    in_sqlite(project, [])
    message = refusal(named(project, url), "transactions", SECRET, "reader")
    assert says in message
    assert SECRET not in repr(load(project))


def store_of(url: str) -> Any:  # noqa: ANN401 - boto3 names no type
    address = url.removeprefix("?endpoint_override=").partition("&")[0]
    return boto3.client("s3", endpoint_url=f"http://{address}", region_name="us-east-1")


def put_object(name: str, rows: list[tuple], url: str) -> None:
    body = delivered(rows).to_parquet(index=False)
    store_of(url).put_object(Bucket="bank", Key=name, Body=body)


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    emulator = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    emulator.start()
    host, port = emulator.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "testing")
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        url = f"?endpoint_override={host}:{port}&scheme=http&region=us-east-1"
        store_of(url).create_bucket(Bucket="bank")
        for number, rows in enumerate((ROWS[:3], ROWS[3:])):
            put_object(f"spent/{number}.parquet", rows, url)
        store_of(url).put_object(Bucket="bank", Key="spent/readme.txt", Body=b"no table")
        yield url
    emulator.stop()


@pytest.mark.parametrize("pattern", ["s3://bank/spent/*.parquet", "s3://bank/spent/"])
def test_objects_of_a_bucket_are_read_as_files_are(tmp_path: Path, bucket: str, pattern: str):
    project = named(tiny(tmp_path / "bank"), pattern + bucket)
    assert told(project) == as_files(tmp_path / "files")
    message = refusal(named(project, "s3://bank/nothing/*.csv" + bucket), "transactions")
    assert "objects" in message


def test_objects_that_did_not_change_are_not_brought_again(
    tmp_path: Path, bucket: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(remote, "SETTLED", -(10**15))  # the clocks are one, and nobody waits
    brought, fetch = [], remote._fetch  # noqa: SLF001 - what is counted

    def counted(store: FileSystem, each: FileInfo, file: Path) -> None:
        brought.append(each.base_name)
        fetch(store, each, file)

    monkeypatch.setattr(remote, "_fetch", counted)
    project = named(tiny(tmp_path / "bank"), "s3://bank/monthly/*.parquet" + bucket)
    put_object("monthly/1.parquet", ROWS[:3], bucket)
    put_object("monthly/2.parquet", ROWS[3:5], bucket)
    first = told(project)
    assert sorted(brought) == ["1.parquet", "2.parquet"]
    assert told(project) == first
    put_object("monthly/2.parquet", ROWS[3:], bucket)
    assert told(project) == as_files(tmp_path / "files")
    assert brought[2:] == ["2.parquet"]
    kept = begin(project).private / remote.KEPT
    assert (len(list(kept.iterdir())), kept.stat().st_mode & 0o777) == (2, 0o700)
    forget_objects(begin(project).private)
    assert not kept.exists()


def test_an_object_that_was_written_just_now_is_not_kept(tmp_path: Path, bucket: str):
    project = named(tiny(tmp_path), "s3://bank/fresh/*.parquet" + bucket)
    put_object("fresh/1.parquet", ROWS, bucket)
    told(project)
    assert not list((begin(project).private / remote.KEPT).iterdir())
