"""A yes to words that the issuer revoked is no yes: the letter waits, and spending is let be."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

import little
from cardletter import permission, profiles, workspace
from cardletter.consent import counting, read_revoked
from cardletter.errors import FilesError
from cardletter.ledger import Act
from cardletter.permission.standing import find_member, standings
from cardletter.workspace import Workspace
from tiny import put

NEW = "Yes, and now it says who writes."
REVOKED = (
    "revoked:\n  - wording: >-\n      Yes, write\n      to me.\n    why: Says not who writes.\n"
)


@pytest.fixture
def desk(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """All said yes to the same words; m002 said yes again, to others."""
    project = shutil.copytree(little.frozen(tmp_path_factory), tmp_path / "letter")
    desk = workspace.open_edition(little.EDITION, project)
    desk.ledger.act(Act("m002", "newsletter", "granted", "phone", NEW))
    put(desk.project / "content/wordings.yaml", REVOKED)
    return desk


def test_whoever_said_yes_to_revoked_words_waits_and_is_counted(desk: Workspace):
    before = len(little.ALLOWED)
    counts = permission.check(desk)
    assert (counts["allowed"], counts["held"], counts["wording_revoked"]) == (
        1,
        before - 1,
        before - 1,
    )
    receipts = permission.read_receipts(desk).set_index("member_id")
    assert receipts.loc["m002", "outcome"] == "allowed"
    assert receipts.loc["m000", ["outcome", "reason"]].tolist() == ["held", "wording_revoked"]


def test_whoever_is_refused_anyway_does_not_wait(desk: Workspace):
    permission.check(desk)
    reasons = permission.read_receipts(desk).set_index("member_id")["reason"]
    others = [member for member in reasons.index if member not in little.ALLOWED]
    wanted = [little.outcome(int(member[1:])) for member in others]
    assert reasons[others].tolist() == wanted


def test_the_words_cleared_up_the_letter_goes_out(desk: Workspace):
    permission.check(desk)
    (desk.project / "content/wordings.yaml").unlink()
    counts = permission.check(desk)
    assert (counts["allowed"], counts["held"]) == (len(little.ALLOWED), 0)
    assert "wording_revoked" not in counts


def test_revoked_words_are_no_yes_to_profiling_either(desk: Workspace):
    desk.ledger.act(Act("m003", "profiling", "granted", "phone", NEW))
    assert profiles.build(desk)["profiled"] == 1


def test_a_member_is_shown_why_the_yes_does_not_count(desk: Workspace):
    told = {each.purpose: each for each in standings(desk, find_member(desk, "m001"))}
    assert not told["newsletter"].counts
    assert told["newsletter"].because == "said yes to words that are revoked"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            "revoked:\n  - wording: Never said.\n    why: x\n",
            2,
            "nobody was ever shown these words",
        ),
        ("revoked:\n  - why: x\n", 1, "wording is missing"),
        ("revoked:\n  - wording: Yes, write to me.\n", 1, "why is missing"),
        ("revoked:\n  - wording: ''\n    why: x\n", 2, "is too short"),
        ("withdrawn: []\n", 1, "unknown key"),
    ],
)
def test_a_file_that_would_revoke_nothing_stops_the_work(
    desk: Workspace, text: str, line: int, message: str
):
    put(desk.project / "content/wordings.yaml", text)
    with pytest.raises(FilesError, match=rf"content/wordings\.yaml:{line}: .*{message}"):
        permission.check(desk)


def test_without_the_file_nothing_is_revoked(desk: Workspace):
    (desk.project / "content/wordings.yaml").unlink()
    assert read_revoked(desk.project) == ({}, [])


def test_what_counts_is_counted_where_the_member_lives(desk: Workspace):
    (desk.project / "content/wordings.yaml").unlink()
    desk.ledger.act(Act("m000", "profiling", "granted", "soft_opt_in", NEW))
    members = pd.DataFrame({"member_id": ["m000"], "country": ["GB"]}, dtype="string")
    assert counting(desk, "profiling", members) == {"m000"}
    assert counting(desk, "profiling", members.assign(country="CA")) == set()
    assert counting(desk, "profiling", members.assign(country=None)) == set()
