"""The ledger forgets whom it is told to, in both databases: keyed hashes stay, and counts."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from cardletter.ledger import Act, Ledger
from claims import claimed
from databases import BOTH, an_empty_ledger, server  # noqa: F401 - a fixture

EDITION = "2026-12"
HASH = "erased:hash-of-ada"


@pytest.fixture(params=BOTH)
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """A ledger that holds something of ada in every table it has, and as much of bo."""
    for made in an_empty_ledger(request, tmp_path):
        made.plan(EDITION, "plan", "outbox")
        for member in ("ada", "bo"):
            made.act(Act(member, "newsletter", "granted", "phone", f"May we, {member}?"))
            made.declare(member, {"interest:pets": "less"}, "centre")
            made.answer(member, 9, f"{member} likes it", "letter")
            claimed(made, EDITION, [row(member)])
            made.suppress([member], "manual")
        yield made


def row(member: str) -> dict[str, str | int]:
    return {"member_id": member, "message_id": f"id-{member}", "variant_id": "v", "consent_id": 1}


def erase(ledger: Ledger) -> None:
    ledger.erase("ada", "hash-of-ada", ["hash-of-address"])


def test_what_is_held_of_a_member_is_all_there_is(ledger: Ledger):
    held = ledger.holdings("ada")
    assert {name: len(rows) for name, rows in held.items()} == {
        "consents": 1,
        "standing": 1,
        "preferences": 1,
        "interactions": 1,
        "sends": 1,
        "suppressions": 1,
    }
    assert {row["member_id"] for rows in held.values() for row in rows} == {"ada"}


def test_of_an_erased_member_nothing_is_held_and_of_nobody_else_anything_is_gone(ledger: Ledger):
    before = ledger.holdings("bo")
    erase(ledger)
    assert ledger.holdings("ada") == {}
    assert ledger.history("ada") == []
    assert ledger.holdings("bo") == before


def test_what_was_sent_stays_counted_under_the_hash(ledger: Ledger):
    erase(ledger)
    sends = ledger.sends(EDITION).set_index("member_id")
    assert sorted(sends.index) == ["bo", HASH]
    assert sends.loc[HASH, "message_id"] == ""
    assert sends.loc[HASH, "variant_id"] == "v"


def test_an_erased_member_and_their_address_are_known_by_their_hashes_only(ledger: Ledger):
    assert not ledger.forgotten("hash-of-ada")
    erase(ledger)
    assert ledger.forgotten("hash-of-ada")
    assert ledger.erased() == {"hash-of-ada"}
    assert ledger.suppressed_keys() == {"hash-of-address"}


def test_an_erased_member_is_not_claimed_and_neither_is_their_address(ledger: Ledger):
    ledger.act(Act("cy", "newsletter", "granted", "phone", "May we?"))
    erase(ledger)
    assert claimed(ledger, "2027-01", [row("ada")]) == set()
    assert claimed(ledger, "2027-01", [row("cy") | {"address_key": "hash-of-address"}]) == set()
    assert claimed(ledger, "2027-02", [row("cy")]) == {"cy"}


def test_erasing_again_changes_nothing_and_takes_what_came_after(ledger: Ledger):
    erase(ledger)
    ledger.act(Act("ada", "newsletter", "granted", "phone", "Again?"))
    assert claimed(ledger, EDITION, [row("ada")]) == {"ada"}
    erase(ledger)
    assert ledger.holdings("ada") == {}
    assert sorted(ledger.sends(EDITION)["member_id"]) == ["bo", HASH]
    assert len(ledger.suppressions("", ["hash-of-address"])) == 1


def test_after_compacting_the_files_hold_nothing_of_who_was_erased(ledger: Ledger, tmp_path: Path):
    for number in range(300):  # so that pages are split, moved and freed
        ledger.act(Act(f"ada{number}", "newsletter", "granted", "phone", "May we?"))
    for number in range(300):
        ledger.erase(f"ada{number}", f"hash-{number}", [])
    erase(ledger)
    assert ledger.compact()
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("ledger.db*"))
    if ledger.url.startswith("sqlite"):
        assert b"bo likes it" in kept
    assert not [what for what in (b"ada0", b"ada299", b"ada likes", b"id-ada") if what in kept]
    assert ledger.forgotten("hash-299")


def test_while_somebody_reads_a_sqlite_ledger_it_is_not_compacted(tmp_path: Path):
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    ledger.suppress(["ada"], "manual")
    ledger.engine.dispose()
    event.listen(ledger.engine, "connect", _impatient)
    reader = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM suppressions").fetchone() == (1,)
    ledger.suppress(["bo"], "manual")
    assert not ledger.compact()
    reader.close()
    assert ledger.compact()
    ledger.engine.dispose()


def _impatient(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA busy_timeout = 1")


def test_the_first_key_that_is_asked_about_is_the_ledgers(ledger: Ledger):
    assert ledger.keeps_key("mark")
    assert ledger.keeps_key("mark")
    assert not ledger.keeps_key("another")
    assert ledger.keeps_key("mark")


def test_the_same_suppression_twice_is_kept_once_and_another_reason_is_another(ledger: Ledger):
    assert ledger.suppress(["cy", "cy"], "manual", keys=["k", "k"]) == 2
    assert ledger.suppress(["cy"], "manual", keys=["k"]) == 0
    assert ledger.suppress(["cy"], "complaint") == 1
    assert [each["reason"] for each in ledger.suppressions("cy")] == ["manual", "complaint"]
    assert [each["reason"] for each in ledger.suppressions("nobody", ["k"])] == ["manual"]


def test_complaints_are_told_of_with_their_time(ledger: Ledger):
    before = datetime.now(UTC).replace(tzinfo=None)
    ledger.suppress(["ada"], "complaint", keys=["k"])
    complaints = ledger.complaints()
    assert list(complaints) == ["ada"]
    assert complaints["ada"] >= before


def test_acts_of_one_moment_are_all_kept_and_the_last_counts(ledger: Ledger):
    for wording in ("One?", "Two?", "Three?"):
        ledger.act(Act("cy", "newsletter", "granted", "phone", wording, source="operator"))
        ledger.act(Act("cy", "newsletter", "withdrawn", "phone", wording, source="operator"))
        ledger.act(Act("cy", "newsletter", "granted", "phone", wording, source="operator"))
        ledger.act(Act("cy", "newsletter", "granted", "paper", wording, source="operator"))
    said = ledger.history("cy")
    assert len(said) == 12
    assert ledger.counting("cy") == {said[-1]["consent_id"]}
    assert (said[-1]["method"], said[-1]["wording"]) == ("paper", "Three?")


def test_editions_are_unfinished_until_they_are_finished(ledger: Ledger):
    ledger.plan("2027-01", "plan", "outbox")
    ledger.finish(EDITION)
    assert ledger.unfinished() == ["2027-01"]
