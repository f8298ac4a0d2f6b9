"""The commands of permission, as an operator gives them: what they do, say and leave unsaid."""

import json
import stat
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner

import little
from cardletter import delivery, feedback
from cardletter.cli import app
from cardletter.errors import CardletterError, MemberError, SourceError
from cardletter.settings import load
from cardletter.sources import Warehouse, checked
from cardletter.sources.contract import record
from cardletter.workspace import Workspace, open_edition

EDITION = "2026-12"


def permission(project: Path, *words: str, code: int = 0, typed: str = "") -> str:
    """Give a command, and what it says."""
    said = invoke(project, *words, typed=typed)
    assert said.exit_code == code, (said.output, said.exception)
    return said.output


def invoke(project: Path, *words: str, typed: str = "") -> Result:
    command = ["permission", *words, "--project", str(project)]
    return CliRunner(env={"COLUMNS": "160"}).invoke(app, command, input=typed)


def refused(project: Path, *words: str) -> CardletterError:
    """Give a command that cannot be done: what the operator is told; it names no member."""
    error = invoke(project, *words).exception
    assert isinstance(error, CardletterError)
    assert not [word for word in words if word[:1] == "M" and word in str(error)]
    return error


@pytest.fixture
def pulled(project: Path) -> Path:
    """The small project with its consents in the ledger."""
    desk = open_edition(EDITION, project)
    record(desk, checked(Warehouse(load(project)), "consents"))
    return project


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A little project whose edition was sent, and a member who has said much."""
    project = little.unpack(tmp_path_factory.mktemp("sent") / "letter")
    desk = open_edition(EDITION, project)
    desk.ledger.declare("m001", {"interest:pets": "less", "frequency": "quarterly"}, "centre")
    desk.ledger.declare("m001", {"interest:reading": "more", "experience:pets": "remind"}, "centre")
    desk.ledger.answer("m001", 9, "It is fun.", "letter")
    desk = little.freeze(project)
    delivery.send(desk)
    feedback.report(desk)
    desk.ledger.suppress(["m001"], "manual")
    return desk


def member(project: Path, number: int = 0) -> str:
    ids = pd.read_parquet(project / "data/members.parquet")["member_id"].sort_values()
    return str(ids.iloc[number])


def acts(project: Path, who: str) -> list[dict[str, Any]]:
    return open_edition(EDITION, project).ledger.history(who)


def test_a_phone_calls_yes_and_no_are_recorded_and_shown(project: Path):
    who = member(project)
    wording = "May we write to you, [Ms Bo]?"
    yes = ("grant", who, "--method", "phone", "--wording", wording, "--evidence", "call 17")
    assert permission(project, *yes) == "Recorded: yes.\n"
    assert permission(project, *yes) == "Recorded before: nothing is new.\n"
    shown = permission(project, "show", who)
    assert "newsletter: yes: said yes, which counts under" in shown
    assert f"by phone, shown “{wording}”." in shown
    assert permission(project, "withdraw", who) == "Recorded: no.\n"
    assert permission(project, "withdraw", who) == "Had withdrawn before: nothing is new.\n"
    assert "newsletter: no: withdrew." in permission(project, "show", who)
    assert [(act["state"], act["evidence"]) for act in acts(project, who)] == [
        ("granted", "call 17"),
        ("withdrawn", ""),
    ]


@pytest.mark.parametrize(
    "purpose", ["newsletter", "profiling", "tracking", "coaching", "automatic", "survey"]
)
def test_every_purpose_can_be_granted_by_itself(project: Path, purpose: str):
    who = member(project)
    words = ("--purpose", purpose, "--method", "paper", "--wording", "Yes to this.")
    permission(project, "grant", who, *words)
    shown = permission(project, "show", who)
    assert [line.split(":")[0] for line in shown.splitlines() if ": yes:" in line] == [purpose]


def test_another_purpose_is_refused_with_those_there_are(project: Path):
    words = ("--purpose", "everything", "--method", "phone", "--wording", "Yes?")
    said = permission(project, "grant", member(project), *words, code=2)
    assert "'newsletter'" in said.replace("\n", " ")
    assert acts(project, member(project)) == []


def test_an_import_tells_what_came_of_every_row(project: Path, tmp_path: Path):
    yes = {
        "member_id": member(project),
        "purpose": "newsletter",
        "state": "granted",
        "occurred_at": "2026-02-01T10:00:00Z",
        "method": "web_form",
        "wording": "Yes.",
    }
    other = {"member_id": member(project, 1)}
    rows = [yes, yes, yes | other | {"method": "pre_ticked"}]
    rows += [yes | {"member_id": f"M{n}"} for n in range(200)]
    rows += [yes | other | {"occurred_at": "2026-02-01T10:00:00"}]
    file = tmp_path / "crm.csv"
    pd.DataFrame(rows).to_csv(file, index=False)
    said = permission(project, "import", str(file))
    for what, count in {
        "rows in the file": 204,
        "new in the ledger": 202,
        "known before, or twice in the file": 1,
        "set aside": 1,
    }.items():
        assert f"│ {what}" in said
        assert f" {count} │" in said
    assert "Set aside: crm.csv row 204: say the zone of occurred_at" in said
    assert "Recorded, but a yes nowhere: 1 by method pre_ticked." in said
    assert yes["member_id"] not in said


def test_an_import_that_fails_takes_nothing_in(project: Path, tmp_path: Path):
    (tmp_path / "crm.csv").write_text("member_id,purpose\nM1,newsletter\n")
    error = refused(project, "import", str(tmp_path / "crm.csv"))
    assert isinstance(error, SourceError)
    assert "consents has no column state" in str(error)


def test_a_member_an_address_and_lists_are_suppressed(project: Path, tmp_path: Path):
    first, second = member(project), member(project, 1)
    assert permission(project, "suppress", first) == "Suppressed: 1 new of 1.\n"
    assert permission(project, "suppress", first) == "Suppressed: 0 new of 1.\n"
    assert "No mail to this member since" in permission(project, "show", first)
    emails = pd.read_parquet(project / "data/members.parquet").set_index("member_id")["email"]
    permission(project, "suppress", emails[second].upper(), "--addresses")
    assert "No mail to this member's address since" in permission(project, "show", second)
    (tmp_path / "ids.txt").write_text(f"{first}\n{second}\nM-gone\n")
    said = permission(
        project, "suppress", "--file", str(tmp_path / "ids.txt"), "--reason", "imported"
    )
    assert said == (
        "Suppressed: 3 new of 3.\n1 of them are no members now; suppressed all the same.\n"
    )
    (tmp_path / "addresses.txt").write_text("\n".join([*emails.dropna()[:200], "not one"]))
    said = permission(project, "suppress", "--file", str(tmp_path / "addresses.txt"), "--addresses")
    assert said.endswith("No address: row 201.\n")
    assert "@" not in said


@pytest.mark.parametrize("words", [(), ("M1", "--file", "list.txt")], ids=["neither", "both"])
def test_one_member_or_a_list_is_suppressed_not_neither_or_both(
    project: Path, words: tuple[str, ...]
):
    assert "one of the two" in str(refused(project, "suppress", *words))


@pytest.mark.parametrize(
    "words",
    [
        ("show", "M-nobody"),
        ("export", "M-nobody"),
        ("erase", "M-nobody", "--yes"),
        ("withdraw", "M-nobody"),
        ("suppress", "M-nobody"),
        ("grant", "M-nobody", "--method", "phone", "--wording", "Yes?"),
    ],
    ids=lambda words: words[0],
)
def test_a_member_nobody_knows_is_told_of_as_such(project: Path, words: tuple[str, ...]):
    error = refused(project, *words)
    assert isinstance(error, MemberError)
    assert "Nobody has this id" in str(error)
    assert "every leading zero" in str(error)


def test_show_says_in_words_and_in_a_table_what_counts_and_why(sent: Workspace):
    shown = permission(sent.project, "show", "m001")
    for words in (
        "newsletter: yes: said yes, which counts under the strictest rules",
        "granted on 2025-01-01 09:00 UTC by web_form, shown “Yes, write to me.”.",
        "tracking: no: never said yes, and silence is no.",
        "No mail to this member since",
        "Declared: wants less of Pets.",
        "Declared: wants more of Books & magazines.",
        "Declared: on Pets, wants to be reminded.",
        "Declared: frequency: quarterly.",
        "│ profiling",
    ):
        assert words in shown
    assert little.email(1) not in shown


def test_show_tells_when_a_yes_ends_by_the_law_of_where_the_member_lives(project: Path):
    file = project / "data/members.parquet"
    who = member(project)
    members = pd.read_parquet(file)
    members.loc[members["member_id"] == who, "country"] = "CA"
    members.to_parquet(file)
    words = ("--method", "implied_inquiry", "--wording", "How do I apply?")
    permission(project, "grant", who, *words)
    shown = permission(project, "show", who)
    (act,) = acts(project, who)
    ends = act["occurred_at"] + pd.DateOffset(months=6)
    assert act["jurisdiction"] == "CA"
    assert f"which counts under the rules of CA, until {ends:%Y-%m-%d %H:%M} UTC." in shown
    assert f"│ {ends:%Y-%m-%d} │" in shown


def test_words_that_would_steer_the_terminal_are_shown_as_words(project: Path):
    who = member(project)
    desk = open_edition(EDITION, project)
    desk.ledger.declare(who, {"[red]topic": "\x1b[2J[/]"}, "centre")
    shown = permission(project, "show", who)
    assert "[red]topic:  [2J[/]." in shown
    assert "\x1b[2J" not in shown


def everything(value: object) -> str:
    """Give all that a JSON value says, as text."""
    if isinstance(value, dict):
        return " ".join(f"{name} {everything(each)}" for name, each in value.items())
    if isinstance(value, list):
        return " ".join(map(everything, value))
    return str(value)


def test_an_export_is_json_and_holds_all_that_show_shows(sent: Workspace):
    data = json.loads(permission(sent.project, "export", "m001"))
    assert json.loads(json.dumps(data)) == data
    shown = permission(sent.project, "show", "m001")
    said = " ".join(everything(data).replace("T", " ").split())
    rows = [line for line in shown.splitlines() if line.startswith("│")]
    cells = {cell.strip() for row in rows for cell in row.strip("│").split("│")} - {"", "nothing"}
    told = {"yes": "True", "no": "False"}
    lines = [line.strip() for line in shown.splitlines() if line[:1] not in "┏┃┡│└"]
    missing = [
        what for what in [*cells, *lines] if told.get(what, what).replace("T", " ") not in said
    ]
    assert lines
    assert missing == []


def test_an_export_holds_every_kind_of_thing_that_is_kept(sent: Workspace):
    data = json.loads(permission(sent.project, "export", "m001"))
    assert data["issuer"][0]["email"] == little.email(1)
    assert {name: len(rows) for name, rows in data["ledger"].items()} == {
        "consents": 2,
        "standing": 2,
        "preferences": 4,
        "interactions": 1,
        "sends": 1,
        "suppressions": 1,
    }
    assert data["ledger"]["consents"][0]["wording"] == "Yes, write to me."
    assert data["ledger"]["consents"][0]["occurred_at"] == "2025-01-01T09:00:00Z"
    assert {row["interest"] for row in data["profile"]} == {"pets", "dining"}
    assert sum(row["cents"] for row in data["days"]) == sum(row["cents"] for row in data["profile"])
    edition = data["editions"][EDITION]
    assert edition["receipt"]["outcome"] == "sent"
    assert edition["segment"]["name"]
    assert {pick["slot"] for pick in edition["picks"]} == {"hero", "stories", "briefs", "offers"}
    assert all(pick["title"] and pick["reason"] for pick in edition["picks"])


def test_an_export_holds_nothing_of_anybody_else(sent: Workspace):
    text = permission(sent.project, "export", "m001")
    others = [little.member(n) for n in range(little.MEMBERS) if n != 1]
    assert not [other for other in others if f'"{other}"' in text]
    assert text.count("@") == 1


def test_an_export_to_a_file_can_be_read_by_its_owner_only(sent: Workspace, tmp_path: Path):
    file = tmp_path / "m001.json"
    said = permission(sent.project, "export", "m001", "--out", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text(encoding="utf-8"))["member_id"] == "m001"
    assert "It holds personal data" in said
    assert little.email(1) not in said


def test_erasing_asks_first_and_does_nothing_where_the_answer_is_no(pulled: Path):
    who = member(pulled)
    before = acts(pulled, who)
    permission(pulled, "erase", who, typed="n\n", code=1)
    assert acts(pulled, who) == before
    assert permission(pulled, "erase", who, typed="y\n")
    assert acts(pulled, who) == []


def test_erasing_tells_what_went_and_what_is_left_to_do(pulled: Path):
    who = member(pulled)
    said = permission(pulled, "erase", who, "--yes")
    assert "│ ledger, consents" in said
    assert "Kept: the keyed hash of the id, and of 1 addresses." in said
    assert "The issuer still delivers this member: members.parquet row " in said
    assert who not in said
    assert "@" not in said
    again = permission(pulled, "erase", who, "--yes")
    assert "nothing was left" in again
    for words in (("show", who), ("export", who), ("withdraw", who)):
        assert "This member was erased" in str(refused(pulled, *words))
