"""Erasure: of a member who asks nothing is left anywhere, and they cannot come back unnoticed."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import little
from cardletter import delivery, feedback, permission, sources
from cardletter.cli import app
from cardletter.errors import AccountsError, MemberError, SourceError
from cardletter.ledger import Act
from cardletter.permission import consents
from cardletter.permission.erasure import blank, erase
from cardletter.permission.imports import import_consents
from cardletter.permission.receipts import RECEIPTS
from cardletter.workspace import Workspace, open_edition
from claims import claimed
from tiny import put
from traces import traces, words_of

MEMBER, NAME, ADDRESS = "Q-zyx-770", "Thessalonike", "Thessa.L@mail.example.org"
EDITION = little.EDITION


def append(project: Path, table: str, *lines: str) -> None:
    with (project / f"data/{table}.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def unpack(folder: Path) -> Path:
    """Make the little project with one member more, who is known everywhere."""
    project = little.unpack(folder)
    append(project, "members", f"{MEMBER},{ADDRESS},{NAME},")
    said = "granted,2025-01-01T09:00:00,web_form,Yes,application"
    append(project, "consents", *(f"{MEMBER},{to},{said}" for to in ("newsletter", "profiling")))
    days = (f"2025-03-{day:02d}T12:00:00" for day in range(1, 5))
    append(project, "transactions", *(f"{MEMBER},{day},77.10,5995" for day in days))
    desk = open_edition(EDITION, project)
    desk.ledger.act(Act(MEMBER, "survey", "granted", "phone", "May we?", evidence="call 17"))
    desk.ledger.declare(MEMBER, {"interest:pets": "more"}, "centre")
    desk.ledger.answer(MEMBER, 9, f"It is fun. {NAME}", "letter")
    return project


def leave(project: Path, member: str = MEMBER) -> None:
    """Take the member out of the issuer's data, as the message says."""
    for file in (project / "data").glob("*.csv"):
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = (line for line in lines if not line.startswith(member))
        file.write_text("".join(kept), encoding="utf-8")


def told_of(project: Path) -> set[str]:
    """Name the files that hold something of the member."""
    told = (MEMBER, NAME, ADDRESS, ADDRESS.lower())
    return traces(words_of(project, EDITION, *told), project)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose edition was sent."""
    project = unpack(tmp_path_factory.mktemp("sent") / "letter")
    desk = little.freeze(project)
    delivery.send(desk)
    feedback.report(desk)
    return project


@pytest.fixture
def project(sent: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sent, tmp_path / "letter")


@pytest.fixture
def desk(project: Path) -> Workspace:
    return open_edition(EDITION, project)


def test_of_an_erased_member_no_file_holds_anything(project: Path, desk: Workspace):
    (message,) = (row["message_id"] for row in desk.ledger.sends_of(MEMBER))
    tables = {"assignments.parquet", "receipts.parquet", "members.parquet", "profiles.parquet"}
    desk.ledger.engine.dispose()  # what it wrote last is in its file then
    assert told_of(project) >= {"ledger.db", f"{message}.eml", *tables}
    erase(desk, MEMBER)
    assert told_of(project) == set()
    assert not list(desk.root.rglob(f"*{message}*"))


def test_erasing_says_what_was_removed_where_and_what_is_left_to_do(desk: Workspace):
    done = erase(desk, MEMBER)
    days = {name: rows for name, rows in done.removed.items() if "/days/" in name}
    assert sorted(days.values()) == [1, 4]  # the member's number, and the rows under it
    assert {name: rows for name, rows in done.removed.items() if name not in days} == {
        "ledger, consents": 3,
        "ledger, interactions": 1,
        "ledger, preferences": 1,
        "ledger, sends": 1,
        "ledger, standing": 3,
        f"editions/{EDITION}/assignments.parquet": 1,
        f"editions/{EDITION}/outbox": 1,
        f"editions/{EDITION}/receipts.parquet": 1,
        "private/members.parquet": 1,
        "private/profiles.parquet": 1,
    }
    rows = len(pd.read_csv(desk.project / "data/consents.csv"))
    assert done.delivered == ["members.csv row 121", f"consents.csv row {rows - 1}, {rows}"]
    assert (done.addresses, done.shared, done.unfinished, done.compacted) == (1, 0, [], True)


def test_of_nobody_else_anything_is_gone(desk: Workspace):
    outbox = desk.file("outbox")
    letters = {file.name: file.read_bytes() for file in outbox.iterdir()}
    receipts = permission.read_receipts(desk)
    held = desk.ledger.holdings("m001")
    (message,) = (row["message_id"] for row in desk.ledger.sends_of(MEMBER))
    erase(desk, MEMBER)
    del letters[f"{message}.eml"]
    assert {file.name: file.read_bytes() for file in outbox.iterdir()} == letters
    others = receipts[receipts["member_id"] != MEMBER]
    pd.testing.assert_frame_equal(permission.read_receipts(desk).loc[others.index], others)
    assert len(pd.read_parquet(desk.file("assignments.parquet"))) == little.MEMBERS
    assert desk.ledger.holdings("m001") == held


def test_the_chain_of_receipts_and_the_accounts_still_hold(desk: Workspace):
    before = feedback.read_accounts(desk)
    erase(desk, MEMBER)
    assert permission.altered(desk) == []
    assert delivery.altered(desk) == []
    assert feedback.read_accounts(desk) == before


def test_judged_again_after_a_refused_member_was_erased_the_accounts_still_add_up(desk: Workspace):
    receipts = permission.read_receipts(desk)
    refused = receipts[receipts["outcome"] == "refused"].iloc[0]
    before = feedback.read_accounts(desk)
    for member in (refused["member_id"], MEMBER):
        erase(desk, member)
        leave(desk.project, member)
    for _ in range(2):
        assert permission.check(desk)["candidates"] == before.candidates
        delivery.send(desk)
        after = feedback.read_accounts(desk)
        after.add_up()
        assert after.sent == before.sent
        assert after.refused["erased"] == 1
        assert after.refused[refused["reason"]] == before.refused[refused["reason"]] - 1
    told = CliRunner().invoke(app, ["status", EDITION, "--verify", "--project", str(desk.project)])
    assert (told.exit_code, told.exception) == (0, None)


def test_erased_between_the_plan_and_the_first_judgement_a_member_is_still_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
):
    project = shutil.copytree(little.frozen(tmp_path_factory), tmp_path / "letter")
    desk = open_edition(EDITION, project)
    desk.file(RECEIPTS).unlink()
    erase(desk, little.ALLOWED[0])
    leave(project, little.ALLOWED[0])
    for _ in range(2):
        assert permission.check(desk)["candidates"] == little.MEMBERS
        assert permission.altered(desk) == []
    delivery.send(desk)
    accounts = feedback.read_accounts(desk)
    accounts.add_up()
    assert accounts.refused["erased"] == 1
    assert accounts.sent == len(little.ALLOWED) - 1


def test_a_candidate_who_is_missing_and_was_not_erased_is_missed(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
):
    project = shutil.copytree(little.frozen(tmp_path_factory), tmp_path / "letter")
    desk = open_edition(EDITION, project)
    desk.file(RECEIPTS).unlink()
    assignments = pd.read_parquet(desk.file("assignments.parquet"))
    assignments.iloc[1:].to_parquet(desk.file("assignments.parquet"))
    permission.check(desk)
    delivery.send(desk)
    with pytest.raises(AccountsError):
        feedback.read_accounts(desk).add_up()


def test_a_yes_that_is_recorded_while_the_member_is_erased_is_not_kept(
    desk: Workspace, monkeypatch: pytest.MonkeyPatch
):
    """The member was found, and is erased before the yes is written."""

    def erased_now(*_: object) -> None:
        monkeypatch.undo()
        erase(desk, MEMBER)

    monkeypatch.setattr(consents, "_refuse_hollow", erased_now)
    with pytest.raises(MemberError, match="was erased"):
        consents.grant(desk, Act(MEMBER, "newsletter", "granted", "phone", "May we?"))
    assert desk.ledger.holdings(MEMBER) == {}


def test_erasing_again_finds_nothing_more_and_is_no_error(desk: Workspace):
    erase(desk, MEMBER)
    again = erase(desk, MEMBER)
    assert again.removed == {}
    assert again.compacted


def test_stopped_half_way_it_is_finished_by_the_same_command(
    project: Path, desk: Workspace, monkeypatch: pytest.MonkeyPatch
):
    def power_cut(*_: object) -> None:
        raise OSError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr("cardletter.ledger.Ledger.erase", power_cut)
        with pytest.raises(OSError, match="power cut"):
            erase(desk, MEMBER)
    assert claimed(desk.ledger, "2027-01", [claim()]) == set()
    assert desk.links.address_key(ADDRESS) in desk.ledger.suppressed_keys()
    erase(desk, MEMBER)
    assert told_of(project) == set()


def claim() -> dict[str, str | int]:
    return {"member_id": MEMBER, "message_id": "x", "variant_id": "v", "consent_id": 1}


def test_what_a_run_that_died_left_behind_is_removed_too(project: Path, desk: Workspace):
    (message,) = (row["message_id"] for row in desk.ledger.sends_of(MEMBER))
    put(desk.file("outbox", f"{message}.part"), f"To: {ADDRESS}\n\nDear {NAME}")
    members = pd.DataFrame({"member_id": [MEMBER, "m001"]})
    preparing = put(desk.root / "editions/.2027-01.preparing/assignments.parquet", members)
    found = put(desk.root / "segments/assignments.parquet", members)
    put(desk.file(".receipts.parquet.part"), f"half of a receipt of {MEMBER}")
    erase(desk, MEMBER)
    assert told_of(project) == set()
    for file in (preparing, found):
        assert pd.read_parquet(file)["member_id"].tolist() == ["m001"]


def test_an_erased_member_is_not_taken_in_again_until_the_data_is_mended(
    project: Path, desk: Workspace
):
    erase(desk, MEMBER)
    with pytest.raises(SourceError, match=r"members\.csv row 121; consents\.csv row"):
        sources.pull(desk)
    header = "member_id,purpose,state,occurred_at,method,wording\n"
    said = f"{MEMBER},newsletter,granted,2026-01-01T00:00:00Z,phone,Yes\n"
    with pytest.raises(SourceError, match=r"crm\.csv row 1"):
        import_consents(desk, put(project / "crm.csv", header + said))
    (project / "crm.csv").unlink()
    assert told_of(project) == set()
    leave(project)
    sources.pull(desk)
    assert told_of(project) == set()


def test_the_address_is_not_mailed_under_another_id(project: Path, desk: Workspace):
    erase(desk, MEMBER)
    leave(project)
    append(project, "members", f"new,{ADDRESS.upper()},{NAME},")
    append(project, "consents", "new,newsletter,granted,2026-01-01,phone,Yes,application")
    other = little.freeze(project) if delivery.discard(desk) is None else desk
    receipts = permission.read_receipts(other).set_index("member_id")
    assert receipts.loc["new", "reason"] == "suppressed"


def test_others_with_the_same_address_are_told_of(project: Path, desk: Workspace):
    append(project, "members", f"couple,{ADDRESS.lower()},Bo,")
    assert erase(desk, MEMBER).shared == 1


def test_an_edition_that_is_not_finished_is_told_of(desk: Workspace):
    desk.ledger.plan("2027-01", "plan", "outbox")
    assert erase(desk, MEMBER).unfinished == ["2027-01"]


def test_the_address_is_known_from_the_outbox_where_the_issuer_has_it_no_more(
    project: Path, desk: Workspace
):
    leave(project)
    done = erase(desk, MEMBER)
    assert (done.addresses, done.delivered) == (1, [])
    assert desk.links.address_key(ADDRESS) in desk.ledger.suppressed_keys()


def test_nobody_is_erased_by_an_id_that_is_nobodys(desk: Workspace):
    with pytest.raises(MemberError, match="Nobody has this id"):
        erase(desk, "m1")
    assert desk.ledger.erased() == set()


@pytest.mark.parametrize(
    ("outcome", "wanted"),
    [
        ("sent", "sent"),
        ("unknown", "unknown"),
        ("refused", "refused"),
        ("held", "refused"),
        ("allowed", "refused"),
    ],
)
def test_a_blank_receipt_keeps_its_hashes_and_how_it_counts_and_nothing_else(
    outcome: str, wanted: str
):
    receipts = pd.DataFrame(
        {
            "member_id": ["ada", "bo"],
            "segment_id": ["s001", "s002"],
            "wishes": ["+pets", ""],
            "outcome": [outcome, "sent"],
            "reason": ["quiet_hours", ""],
            "consent_id": pd.array([1, 2], dtype="Int64"),
            "decided_at": pd.to_datetime(["2026-01-01", "2026-01-02"]),
            "row_hash": ["h1", "h2"],
            "chain": ["c1", "c2"],
        }
    )
    blanked = blank(receipts, "ada")
    kept = blanked.iloc[0].dropna().to_dict()
    assert kept == {"outcome": wanted, "reason": "erased", "row_hash": "h1", "chain": "c1"}
    pd.testing.assert_series_equal(blanked.iloc[1], receipts.iloc[1])
    assert blanked.dtypes.to_dict() == receipts.dtypes.to_dict()
