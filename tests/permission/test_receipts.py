"""Receipts are chained: whoever changes one is found out, and an erased one does not break it."""

import json
from pathlib import Path

import pandas as pd
import pytest

import little
from cardletter import permission, workspace
from cardletter.errors import EditionError
from cardletter.links import keyed_hash
from cardletter.permission.receipts import RECEIPTS, TOLD, altered, write_receipts
from cardletter.workspace import Workspace


@pytest.fixture
def desk(tmp_path: Path) -> Workspace:
    """Six receipts of an edition that the ledger knows, sealed."""
    desk = workspace.open_edition(little.EDITION, little.unpack(tmp_path / "letter"))
    desk.ledger.plan(little.EDITION, "plan", "outbox")
    rows = [
        {
            "member_id": f"m{number}",
            "segment_id": "s001",
            "wishes": "",
            "variant_id": "v1",
            "arm": "",
            "outcome": "sent" if number % 2 else "refused",
            "reason": "" if number % 2 else "no_consent",
            "consent_id": number if number % 2 else None,
            "decided_at": pd.Timestamp("2026-12-03 08:00:00"),
        }
        for number in range(6)
    ]
    write_receipts(desk, pd.DataFrame(rows).astype({"consent_id": "Int64"}))
    return desk


def changed(desk: Workspace, **what: object) -> None:
    receipts = pd.read_parquet(desk.file(RECEIPTS))
    for column, value in what.items():
        receipts.loc[2, column] = value
    receipts.to_parquet(desk.file(RECEIPTS), index=False)


def test_receipts_that_nobody_touched_are_what_they_were(desk: Workspace):
    assert altered(desk) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("outcome", "sent"),
        ("reason", "suppressed"),
        ("member_id", "m9"),
        ("variant_id", "v2"),
        ("consent_id", 7),
        ("wishes", "!pets"),
        ("decided_at", pd.Timestamp("2026-12-04")),
    ],
)
def test_a_changed_receipt_is_found_out(desk: Workspace, column: str, value: object):
    changed(desk, **{column: value})
    assert altered(desk) == ["1 receipts do not say what they said when they were sealed"]


def test_a_receipt_with_a_hash_made_to_fit_breaks_the_chain(desk: Workspace):
    changed(desk, outcome="sent", row_hash="0" * 64)
    assert len(altered(desk)) == 3


def test_a_receipt_that_is_left_out_or_added_breaks_the_chain(desk: Workspace):
    receipts = pd.read_parquet(desk.file(RECEIPTS))
    receipts.drop(2).to_parquet(desk.file(RECEIPTS), index=False)
    assert altered(desk)
    pd.concat([receipts, receipts.tail(1)]).to_parquet(desk.file(RECEIPTS), index=False)
    assert altered(desk)


def test_receipts_sealed_anew_without_the_ledger_do_not_pass(desk: Workspace):
    whole = pd.read_parquet(desk.file(RECEIPTS))
    head = desk.ledger.edition(little.EDITION)
    assert head is not None
    write_receipts(desk, whole.assign(outcome="sent"))
    desk.ledger.seal(little.EDITION, head["receipts_head"])
    assert altered(desk) == ["the last link is not the one the ledger has"]


def test_an_edition_without_receipts_is_told_in_words(tmp_path: Path):
    desk = workspace.open_edition(little.EDITION, little.unpack(tmp_path / "letter"))
    with pytest.raises(EditionError, match="not sent yet"):
        permission.read_receipts(desk)


def test_a_receipt_is_hashed_by_what_it_says_written_as_json(desk: Workspace):
    receipts = pd.read_parquet(desk.file(RECEIPTS))
    receipts.loc[0, "decided_at"] = pd.NaT
    write_receipts(desk, receipts)
    for row in pd.read_parquet(desk.file(RECEIPTS)).to_dict("records"):
        said = {name: None if pd.isna(row[name]) else str(row[name]) for name in TOLD}
        told = json.dumps(said, sort_keys=True)
        assert row["row_hash"] == keyed_hash(desk.links.keys[0], "receipt", told)
