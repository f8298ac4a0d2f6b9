"""Importing a file of consents: taken in whole, or refused with what, where and how to mend it."""

import json
from pathlib import Path

import pandas as pd
import pytest

from cardletter import sources
from cardletter.errors import SettingsError, SourceError
from cardletter.permission.imports import import_consents
from cardletter.workspace import Workspace
from crm import YES, Changes, crm, erase, refusal, state, take
from tiny import PEOPLE, begin, put, tiny


@pytest.fixture
def strict(tmp_path: Path) -> Workspace:
    """A little project as a new one is: at most one row in a hundred is set aside."""
    return begin(tiny(tmp_path / "letter"))


@pytest.fixture
def desk(tmp_path: Path) -> Workspace:
    """A little project that sets aside as much as it must."""
    return begin(tiny(tmp_path / "letter", settings="sources.set_aside_limit = 1"))


def test_a_good_file_is_taken_in_with_all_it_says(strict: Workspace):
    told = {"source": "crm", "jurisdiction": "GB", "evidence": "scan 17"}
    taken = take(strict, told)
    assert (taken.rows, taken.new, taken.known, taken.set_aside) == (1, 1, 0, 0)
    (act,) = strict.ledger.history("00124")
    assert {name: act[name] for name in (*YES, *told)} == {
        **YES,
        **told,
        "occurred_at": pd.Timestamp("2026-02-01T10:00:00"),
    }


@pytest.mark.parametrize("name", ["crm.csv", "crm.csv.gz", "crm.parquet"])
def test_any_form_of_file_is_taken_in(strict: Workspace, name: str):
    file = strict.project / name
    rows = pd.DataFrame([YES])
    if name.endswith("parquet"):
        rows.assign(occurred_at=pd.to_datetime(rows["occurred_at"])).to_parquet(file)
    else:
        rows.to_csv(file, index=False)
    assert import_consents(strict, file).new == 1


def test_a_parquet_time_without_a_zone_is_no_better_than_one_in_text(strict: Workspace):
    file = strict.project / "crm.parquet"
    rows = pd.DataFrame([YES]).assign(occurred_at=pd.Timestamp("2026-02-01T10:00:00"))
    rows.to_parquet(file)
    assert "1 no_zone: crm.parquet row 1" in refusal(strict, file)


def test_the_issuers_own_names_of_columns_are_understood_too(tmp_path: Path):
    settings = "sources.columns.consents.state = 'status'"
    desk = begin(tiny(tmp_path / "letter", settings=settings))
    ours = crm(desk)
    theirs = put(desk.project / "own.csv", ours.read_text().replace("state", "status", 1))
    assert import_consents(desk, theirs).new == 1
    assert import_consents(desk, ours).known == 1


def test_c22_a_row_that_comes_twice_is_one_act_and_is_counted(strict: Workspace):
    first = take(strict, {}, {}, {"member_id": "00123"})
    assert (first.rows, first.new, first.known) == (3, 2, 1)
    again = take(strict, {}, {}, {"member_id": "00123"})
    assert (again.rows, again.new, again.known) == (3, 0, 3)
    assert len(strict.ledger.history("00124")) == 1


def test_of_too_many_bad_rows_nothing_is_taken_in_and_the_remedy_is_told(strict: Workspace):
    bad = {"occurred_at": "2026-02-01T10:00:00"}
    message = refusal(strict, crm(strict, {"member_id": "00123"}, bad, bad))
    assert "2 of 3 rows cannot be used" in message
    assert "2 no_zone: crm.csv row 2, crm.csv row 3" in message
    assert "2026-11-30T18:05:00+01:00" in message


NOT_USED: dict[str, Changes] = {
    "C2 without a time": {"occurred_at": ""},
    "C28 without a zone": {"occurred_at": "2026-02-01T10:00:00"},
    "C5 without a purpose": {"purpose": ""},
    "without a member": {"member_id": ""},
    "C6 No": {"state": "No"},
    "C6 unsubscribed": {"state": "unsubscribed"},
}


@pytest.mark.parametrize("change", NOT_USED.values(), ids=NOT_USED)
def test_a_no_that_cannot_be_used_stops_the_import_lest_it_be_lost(
    desk: Workspace, change: Changes
):
    file = crm(desk, {"member_id": "00123"}, {"state": "withdrawn"} | change)
    message = refusal(desk, file)
    assert message.startswith("A withdrawal cannot be used: row 2 (")
    assert "mend it and import the file again" in message


def test_a_no_needs_no_wording(strict: Workspace):
    take(strict, {}, {"state": "withdrawn", "occurred_at": "2026-02-02T10:00:00Z", "wording": ""})
    assert state(strict) == "withdrawn"


def test_c23_a_yes_of_an_erased_member_stops_the_import(strict: Workspace):
    erase(strict, "00124")
    message = refusal(strict, crm(strict, {"member_id": "00123"}, {}, {"purpose": "survey"}))
    assert "Members who were erased are delivered again: crm.csv row 2, 3." in message
    assert "take these rows out where the data is made" in message


@pytest.mark.parametrize(
    ("tables", "where"),
    [
        ({}, "members.csv row 2"),
        (
            {
                "members.csv": "member_id,email\n00123,ada.lovelace@mail.example\n",
                "consents.csv": "member_id,purpose,state,occurred_at,method,wording\n"
                " 00124 ,survey,granted,2026-01-01,web_form,Yes\n",
            },
            "consents.csv row 1",
        ),
    ],
    ids=["M31 a member", "C23 an act, with spaces"],
)
def test_an_erased_member_is_not_pulled_in_again(
    tmp_path: Path, tables: dict[str, str], where: str
):
    desk = begin(tiny(tmp_path / "letter", tables))
    erase(desk, "00124")
    with pytest.raises(SourceError) as raised:
        sources.pull(desk)
    assert f"are delivered again: {where}." in str(raised.value)
    assert not [value for value in PEOPLE if value in str(raised.value)]
    assert list(desk.folder.iterdir()) == []
    assert desk.ledger.consented("newsletter").empty


def test_c4_a_wording_given_by_its_hash_is_the_wording_the_ledger_knows(strict: Workspace):
    take(strict)
    (known,) = strict.ledger.wordings()
    taken = take(strict, {"member_id": "00123", "wording": known.upper()})
    assert taken.new == 1
    assert strict.ledger.history("00123")[0]["wording"] == "Yes, write to me."


def test_c30_a_file_that_is_not_there_or_no_table_is_no_yes(strict: Workspace):
    assert "There is no file" in refusal(strict, strict.project / "none.csv")
    other = put(strict.project / "crm.xlsx", b"PK")
    assert refusal(strict, other) == "crm.xlsx is none of .parquet, .csv, .csv.gz."


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ('{"rows": 3}', "crm.csv has 2 rows, but its manifest says 3: it was cut short"),
        ('{"rows": 1}', "crm.csv has 2 rows, but its manifest says 1: it was cut short"),
        ("{}", 'crm.csv.manifest.json does not say how many rows there are: write {"rows": 1200}.'),
        ("2", "crm.csv.manifest.json does not say how many rows there are"),
        ("rows: 2", "crm.csv.manifest.json does not say how many rows there are"),
    ],
    ids=["C31 fewer", "more", "nothing said", "no object", "no JSON"],
)
def test_c31_a_file_that_its_manifest_does_not_fit_stops_the_import(
    strict: Workspace, manifest: str, message: str
):
    file = crm(strict, {}, {"member_id": "00123"})
    put(strict.project / "crm.csv.manifest.json", manifest)
    assert refusal(strict, file).startswith(message)


def test_a_file_that_its_manifest_fits_is_taken_in(strict: Workspace):
    put(strict.project / "crm.csv.manifest.json", json.dumps({"rows": 1, "made_by": "crm"}))
    assert take(strict).new == 1


def test_c32_another_key_is_refused_before_anybody_is_looked_for(
    strict: Workspace, monkeypatch: pytest.MonkeyPatch
):
    erase(strict, "00124")
    monkeypatch.setenv("CARDLETTER_LINK_KEY", "another-key")
    for do in (lambda: take(strict), lambda: sources.pull(strict)):
        with pytest.raises(SettingsError, match="not the one this ledger was begun with"):
            do()
    assert strict.ledger.consented("newsletter").empty
    old = (strict.private / "link.key").read_text().strip()
    monkeypatch.setenv("CARDLETTER_LINK_KEY", f"{old},another-key")
    assert take(strict, {"member_id": "00123"}).new == 1


@pytest.mark.parametrize("column", ["channel", "Brand"])
def test_c16_c17_a_column_that_narrows_the_yes_stops_the_import(strict: Workspace, column: str):
    message = refusal(strict, crm(strict, {column: "sms"}))
    assert f"The file has a column {column}" in message
    assert "drop the column" in message


def test_a_card_number_anywhere_stops_the_import(strict: Workspace):
    message = refusal(strict, crm(strict, {"evidence": "paid with 4111 1111 1111 1111"}))
    assert "consents.evidence holds a card number: crm.csv row 1" in message
    assert "4111" not in message
