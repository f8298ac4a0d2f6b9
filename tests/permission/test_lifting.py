"""A complaint is lifted by nothing but a yes that was said twice, after it; and that is kept."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import little
from cardletter import permission, workspace
from cardletter.cli import app
from cardletter.errors import MemberError
from cardletter.ledger import Act
from cardletter.permission.consents import withdraw
from cardletter.permission.export import in_words
from cardletter.permission.standing import find_member
from cardletter.permission.suppression import lift, suppress_address, suppress_member
from cardletter.workspace import Workspace

WHO, ADDRESS = little.member(1), little.email(1)
WHY = "Wrote on 2026-11-20: it was a slip"


def yes(method: str = "double_opt_in") -> Act:
    return Act(WHO, "newsletter", "granted", method, "Yes, write to me again.")


@pytest.fixture
def desk(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A member who would get the letter, and has complained of the last one."""
    project = shutil.copytree(little.frozen(tmp_path_factory), tmp_path / "letter")
    desk = workspace.open_edition(little.EDITION, project)
    suppress_member(desk, WHO, "complaint")
    return desk


def reason(desk: Workspace) -> str:
    permission.check(desk)
    return str(permission.read_receipts(desk).set_index("member_id").loc[WHO, "reason"])


def test_whoever_said_yes_twice_after_the_complaint_is_mailed_again(desk: Workspace):
    suppress_address(desk, ADDRESS, "complaint")
    desk.ledger.act(yes())
    assert reason(desk) == "suppressed"
    lifted = lift(desk, WHO, WHY)
    assert (lifted.rows, lifted.left) == (2, [])
    assert reason(desk) == ""


def test_what_was_lifted_is_kept_with_the_reason_and_the_complaint(desk: Workspace):
    (complaint,) = desk.ledger.suppressions(WHO)
    desk.ledger.act(yes())
    lift(desk, WHO, WHY)
    (kept,) = desk.ledger.interactions(WHO)
    when = f"{complaint['recorded_at']:%Y-%m-%d %H:%M}"
    assert kept["text"] == f"Complaint of {when} UTC. {WHY}"
    assert any(
        f"suppression lifted, “{kept['text']}”" in line
        for line in in_words(desk, find_member(desk, WHO))
    )
    methods = [act["method"] for act in desk.ledger.history(WHO) if act["purpose"] == "newsletter"]
    assert methods == ["web_form", "complaint", "double_opt_in"]


def test_without_a_yes_that_was_said_twice_nothing_is_lifted(desk: Workspace):
    for said in ([], [yes("phone")]):
        desk.ledger.act(*said)
        with pytest.raises(MemberError, match="no double_opt_in after the complaint"):
            lift(desk, WHO, WHY)
    assert reason(desk) == "suppressed"
    assert desk.ledger.interactions(WHO) == []


def test_a_yes_from_before_the_complaint_lifts_nothing(desk: Workspace):
    desk.ledger.act(yes())
    desk.ledger.lift(WHO, "complaint", "to begin anew")
    desk.ledger.suppress([WHO], "complaint")
    with pytest.raises(MemberError, match="after the complaint"):
        lift(desk, WHO, WHY)


def test_whoever_withdrew_again_is_not_mailed_again(desk: Workspace):
    desk.ledger.act(yes())
    withdraw(desk, Act(WHO, "newsletter", "withdrawn", "phone", ""))
    with pytest.raises(MemberError, match="latest word"):
        lift(desk, WHO, WHY)


def test_what_else_bars_a_member_stays_and_is_told(desk: Workspace):
    suppress_member(desk, WHO, "hard_bounce")
    desk.ledger.act(yes())
    assert lift(desk, WHO, WHY).left == ["hard_bounce"]
    assert reason(desk) == "suppressed"


@pytest.mark.parametrize("why", ["", "  ", "paid by 4111 1111 1111 1111"])
def test_a_reason_is_given_and_holds_no_card_number(desk: Workspace, why: str):
    desk.ledger.act(yes())
    with pytest.raises(MemberError, match="Say why") as raised:
        lift(desk, WHO, why)
    assert "4111" not in str(raised.value)


def test_where_there_is_no_complaint_there_is_nothing_to_lift(desk: Workspace):
    with pytest.raises(MemberError, match="nothing to lift"):
        lift(desk, little.member(2), WHY)


def test_the_command_lifts_it_and_says_so(desk: Workspace):
    suppress_member(desk, WHO, "manual")
    desk.ledger.act(yes())
    said = ["permission", "lift", WHO, "--reason", WHY, "--project", str(desk.project)]
    told = CliRunner().invoke(app, said)
    assert told.exit_code == 0, told.output
    assert told.output.split("\n")[:2] == [
        "Lifted: 1, and kept on record with the reason.",
        "Still suppressed: manual.",
    ]
