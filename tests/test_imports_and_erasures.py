"""An import and an erasure at the same moment: in both databases, nothing comes back."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import delete, insert

from cardletter.ledger import Act, Ledger, now, open_ledger
from cardletter.ledger.schema import CONSENTS, ERASURES
from databases import BOTH, an_empty_ledger, server  # noqa: F401 - a fixture

SHORT, LONG = 0.3, 20.0
TABLES = ("consents", "interactions")


@pytest.fixture(params=BOTH)
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    yield from an_empty_ledger(request, tmp_path)


def key(member: str) -> str:
    return f"hash of {member}"


def acts(*members: str) -> pd.DataFrame:
    said = {"purpose": "newsletter", "state": "granted", "method": "web_form", "wording": "Yes."}
    said |= {"occurred_at": pd.Timestamp("2026-01-01"), "source": "", "jurisdiction": ""}
    return pd.DataFrame([{"member_id": member, **said, "evidence": ""} for member in members])


def heard(*members: str) -> pd.DataFrame:
    told = {"kind": "call", "occurred_at": pd.Timestamp("2026-01-01"), "score": None}
    return pd.DataFrame([{"member_id": m, **told, "text": "", "topic": ""} for m in members])


def take(ledger: Ledger, table: str, *pieces: list[str]) -> int:
    if table == "consents":
        return ledger.record_consents((acts(*piece) for piece in pieces), key)
    return ledger.record_interactions((heard(*piece) for piece in pieces), key)


def known(ledger: Ledger, *members: str) -> list[str]:
    return [member for member in members if ledger.holdings(member)]


@pytest.mark.parametrize("table", TABLES)
def test_a_member_erased_between_two_pieces_of_an_import_is_left_out(ledger: Ledger, table: str):
    def pieces() -> Iterator[pd.DataFrame]:
        make = acts if table == "consents" else heard
        yield make("ada", "bo")
        ledger.erase("ada", key("ada"), [])
        yield make("ada", "cy")

    record = ledger.record_consents if table == "consents" else ledger.record_interactions
    assert record(pieces(), key) == 3
    assert known(ledger, "ada", "bo", "cy") == ["bo", "cy"]


@pytest.mark.parametrize("table", TABLES)
def test_an_import_waits_for_an_erasure_that_is_not_through(ledger: Ledger, table: str):
    take(ledger, table, ["ada", "bo"])
    taking = threading.Thread(target=take, args=(ledger, table, ["ada", "bo", "cy"]))
    with ledger.writing() as connection:
        for each in (CONSENTS, ERASURES.metadata.tables["interactions"]):
            connection.execute(delete(each).where(each.c.member_id == "ada"))
        taking.start()
        taking.join(SHORT)
        assert taking.is_alive()
        row = {"member_key": key("ada"), "recorded_at": now()}
        connection.execute(insert(ERASURES), [row])
    taking.join(LONG)
    assert not taking.is_alive()
    assert table not in ledger.holdings("ada")
    assert known(ledger, "bo", "cy") == ["bo", "cy"]


@pytest.mark.parametrize("table", TABLES)
def test_an_erasure_waits_for_an_import_and_finds_what_it_brought(ledger: Ledger, table: str):
    ledger.erase("zoe", key("zoe"), [])
    other = open_ledger(Path(), ledger.url)
    erasing = threading.Thread(target=other.erase, args=("ada", key("ada"), []))
    asked: list[str] = []

    def meanwhile(member: str) -> str:
        """Begin the erasure while the import is being written."""
        if not asked:
            erasing.start()
            erasing.join(SHORT)
            assert erasing.is_alive()
        asked.append(member)
        return key(member)

    record = ledger.record_consents if table == "consents" else ledger.record_interactions
    make = acts if table == "consents" else heard
    assert record([make("ada", "bo")], meanwhile) == 2
    erasing.join(LONG)
    assert not erasing.is_alive()
    assert known(ledger, "ada", "bo") == ["bo"]
    other.engine.dispose()


def test_who_unsubscribes_while_much_is_taken_in_waits_for_one_piece_only(ledger: Ledger):
    ledger.erase("zoe", key("zoe"), [])
    done = threading.Event()

    def unsubscribe() -> None:
        ledger.act(Act("ada", "newsletter", "withdrawn", "one_click", "header"))
        done.set()

    leaving = threading.Thread(target=unsubscribe)

    def pieces() -> Iterator[pd.DataFrame]:
        yield acts("ada", "bo")
        leaving.start()
        assert done.wait(LONG)
        yield acts("cy")

    assert ledger.record_consents(pieces(), key) == 3
    assert ledger.standing("ada") == {"newsletter": "withdrawn"}


def test_the_words_of_a_piece_are_kept_where_somebody_keeps_the_same_now(ledger: Ledger):
    """Each would wait for the other for ever, if they were kept together with the acts."""
    both: list[Callable[[], object]] = [
        lambda: take(ledger, "consents", ["ada"], ["bo"], ["cy"]),
        lambda: [ledger.act(Act(m, "newsletter", "granted", "phone", "Yes.")) for m in "xyz"],
    ]
    threads = [threading.Thread(target=each) for each in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG)
    assert not [thread for thread in threads if thread.is_alive()]
    assert known(ledger, "ada", "bo", "cy", *"xyz") == ["ada", "bo", "cy", *"xyz"]
