"""List T in a database: what is bad in a file is bad there too, and is told by the table's name."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from cardletter import profiles, sources
from cardletter.errors import SourceError
from databases import server  # noqa: F401 - a fixture
from purchases import ALL, DAY
from tiny import begin, found, pull, put, refusal, tiny

CARD = "4111111111111111"
COLUMNS = "transaction_id member_id occurred_at amount category currency status"


def bad(number: int, **other: str | None) -> tuple[str | None, ...]:
    """Give a good purchase, but for what is told."""
    good = {"transaction_id": f"b{number}", "member_id": "00123", "occurred_at": DAY}
    good |= {"amount": "8.00", "category": "5814", "currency": "EUR", "status": "settled"}
    return tuple((good | other).values())


LIST_T = [
    ({}, ""),
    ({"amount": "1,234.50"}, "unreadable_amount"),  # 13
    ({"amount": "1.234,50"}, "unreadable_amount"),
    ({"amount": "NaN"}, "unreadable_amount"),  # 14
    ({"amount": "-inf"}, "unreadable_amount"),
    ({"amount": "1e308"}, "unreadable_amount"),  # 15
    ({"amount": "-0.00"}, ""),  # 16
    ({"amount": "-3.00"}, ""),  # 17
    ({"currency": None}, "no_currency"),  # 18
    ({"currency": "XXX"}, "unknown_currency"),
    ({"currency": "JPY", "amount": "100.5"}, "decimals"),  # 19
    ({"category": "742"}, ""),  # 20
    ({"category": "ABCD"}, "no_mcc"),  # 21
    ({"category": "99999"}, "no_mcc"),
    ({"category": "9999"}, ""),  # 22
    ({"category": "7995"}, ""),  # 23
    ({"occurred_at": "2025-02-30"}, "unreadable_time"),  # 24
    ({"occurred_at": "2199-01-01"}, "future_time"),  # 25
    ({"occurred_at": "0001-01-01"}, "unreadable_time"),  # 26
    ({"occurred_at": "2026-03-29 01:30"}, ""),  # 27
    ({"transaction_id": "b0"}, "repeated_transaction"),  # 28
    ({"transaction_id": "d"}, "disputed_transaction"),  # 29
    ({"transaction_id": "d", "amount": "9.00"}, "disputed_transaction"),
    ({"member_id": "stranger"}, ""),  # 30
    ({"transaction_id": "p", "status": "pending"}, "settled_since"),  # 42
    ({"transaction_id": "p", "amount": "8.50"}, ""),
]
STRICT = f"""{ALL}
sources.categories = "mcc"
sources.time_zone = "Europe/London"
"""


@dataclass
class Bank:
    """A database whose tables hold text only, and the project that reads them."""

    project: Path
    uri: str = ""
    """Of a PostgreSQL server; without it, SQLite."""

    def table(self, name: str, rows: list[tuple], columns: str = COLUMNS) -> str:
        """Write a table, and have the project read it; give its name."""
        defined = ", ".join(f"{each} TEXT" for each in columns.split())
        if self.uri:
            name = f"listed.{name}"
            with psycopg.connect(self.uri) as bank, bank.cursor() as cursor:
                cursor.execute("CREATE SCHEMA IF NOT EXISTS listed")
                cursor.execute(f"DROP TABLE IF EXISTS {name}")
                cursor.execute(f"CREATE TABLE {name} ({defined})")
                cursor.executemany(f"INSERT INTO {name} VALUES ({'%s, ' * 6}%s)", rows)  # noqa: S608 - ours
        else:
            with sqlite3.connect(self.project / "bank.db") as lite:
                lite.execute(f"CREATE TABLE {name} ({defined})")
                lite.executemany(f"INSERT INTO {name} VALUES ({'?, ' * 6}?)", rows)  # noqa: S608 - ours
            lite.close()
        url = f"{self.uri or 'sqlite://bank.db'}#{name}"
        settings = f"[tool.cardletter]\n{STRICT}sources.transactions = '{url}'\n"
        put(self.project / "pyproject.toml", settings)
        return name


@pytest.fixture(params=["sqlite", "postgresql"])
def bank(tmp_path: Path, request: pytest.FixtureRequest) -> Bank:
    uri = request.getfixturevalue("server") if request.param == "postgresql" else ""
    return Bank(tiny(tmp_path), uri.replace("+psycopg", ""))


def test_every_bad_row_has_its_answer(bank: Bank):
    rows = [bad(number, **other) for number, (other, _reason) in enumerate(LIST_T)]
    table = bank.table("spent", rows)
    where: dict[str, list[str]] = {}
    for number, (_other, reason) in enumerate(LIST_T, 1):
        where.setdefault(reason, []).append(f"{table} row {number}")
    where.pop("")
    desk = begin(bank.project)
    sources.pull(desk)
    spent = desk.read_json("sources.json")["tables"]["transactions"]
    assert spent["rows"] == len(LIST_T)
    assert spent["where"] == where
    assert (spent["unknown_member"]["rows"], spent["warnings"]) == (1, {"short_category": 1})
    profiles.build(desk)
    kinds = desk.read_json("categories.json")
    assert (kinds["sensitive"], kinds["unknown"]) == (1, 2)


@pytest.mark.parametrize("text", [f"paid {CARD}", f";{CARD}=29121010000?"], ids=["31", "32"])
def test_a_card_number_is_refused_at_its_row(bank: Bank, text: str):
    table = bank.table("spent", [bad(0), bad(1, status=text)])
    message = refusal(bank.project, "transactions", CARD)
    assert f"transactions.status holds a card number: {table} row 2" in message


def test_columns_that_are_missing_or_secret_are_refused_and_a_table_without_rows_is_told(
    bank: Bank,
):
    bank.table("renamed", [bad(0)], COLUMNS.replace("amount", "amont"))  # 3, 4
    assert "no column amount (is it 'amont'?)" in refusal(bank.project, "transactions")
    bank.table("secret", [bad(0)], COLUMNS.replace("status", "cvv"))  # 32
    assert "cvv, a secret of a card" in refusal(bank.project, "transactions")
    bank.table("bare", [])  # 2
    assert found(bank.project, "transactions")["rows"] == 0


def test_41_ten_times_the_usual_is_held_until_a_manifest_says_that_it_is_meant(bank: Bank):
    bank.table("few", [bad(number) for number in range(4)])
    pull(bank.project)
    table = bank.table("many", [bad(number) for number in range(40)])
    with pytest.raises(SourceError, match="held until somebody looked") as raised:
        pull(bank.project)
    assert f"{table}.manifest.json beside it" in str(raised.value)
    put(bank.project / f"{table}.manifest.json", '{"rows": 40, "more_than": 4}')
    assert pull(bank.project)["transactions"]["rows"] == 40
