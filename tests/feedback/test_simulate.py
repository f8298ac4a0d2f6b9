"""Replaying: a sent outbox, what might have been reported of it, and the loop is closed."""

import json
from pathlib import Path

import pytest
import typer
from sqlalchemy import select
from typer.testing import CliRunner

import little
from cardletter import cli_feedback, delivery, workspace
from cardletter.errors import EditionError
from cardletter.feedback import clicks_by_people, replay, simulate
from cardletter.ledger import Act
from cardletter.ledger.schema import EVENTS
from cardletter.workspace import Workspace

ALLOWED = len(little.ALLOWED)


@pytest.fixture
def sent(desk: Workspace) -> Workspace:
    """A sent edition; half of its members may be tracked."""
    tracked = little.ALLOWED[::2]
    yes = (Act(each, "tracking", "granted", "web_form", "Yes.") for each in tracked)
    desk.ledger.act(*yes)
    delivery.send(desk)
    return desk


def events(desk: Workspace) -> list[dict[str, object]]:
    rows = desk.ledger.rows(select(EVENTS).order_by(EVENTS.c.event_key))
    return [{k: v for k, v in row.items() if k not in ("event_id", "recorded_at")} for row in rows]


def test_a_replay_tells_of_every_message_and_every_event_is_ours(sent: Workspace):
    taken = replay(sent)
    assert taken.kinds["sent"] == ALLOWED
    assert taken.kinds["delivered"] + taken.kinds["bounced"] == ALLOWED
    assert taken.kinds["complained"] == 1
    assert (taken.orphans, taken.set_aside, taken.dropped) == ({}, {}, {})
    assert taken.effects["newsletters withdrawn: complaint"] == 1


def test_only_members_who_may_be_tracked_open_and_click(sent: Workspace):
    taken = replay(sent)
    assert taken.kinds["opened"] > 0
    assert taken.kinds["clicked"] > 0
    allowed = {each.message_id for each in sent.ledger.left(sent.edition) if each.tracked}
    assert len(allowed) == len(little.ALLOWED[::2])
    seen = {row["message_id"] for row in events(sent) if row["kind"] in ("opened", "clicked")}
    assert seen <= allowed


def test_clicks_of_scanners_are_told_too_and_teach_nothing(
    sent: Workspace, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(simulate, "CLICKED", 0.0)
    monkeypatch.setattr(simulate, "SCANNED", 1.0)
    assert replay(sent).kinds["clicked"] > 0
    assert clicks_by_people(sent.ledger, sent.edition).empty


def test_clicks_of_people_are_on_links_of_the_letter(
    sent: Workspace, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(simulate, "CLICKED", 1.0)
    replay(sent)
    clicks = clicks_by_people(sent.ledger, sent.edition)
    assert set(clicks["member_id"]) <= set(little.ALLOWED[::2])
    assert len(clicks) > 10
    assert all(link.startswith("https://larkfield.example/") for link in clicks["link"])


def test_the_same_seed_tells_the_same_and_another_tells_something_else(sent: Workspace):
    replay(sent)
    first = events(sent)
    again = replay(sent)
    assert (again.new, again.duplicates) == (0, again.told)
    assert events(sent) == first
    assert replay(sent, 8).new > 0


def test_what_was_invented_leaves_no_file_behind(sent: Workspace):
    before = {file for file in sent.root.rglob("*") if file.suffix != ".db-wal"}
    replay(sent)
    left = set(sent.root.rglob("*")) - before
    assert [file for file in left if "ledger.db" not in file.name] == []
    assert "mail.example.org" not in json.dumps(events(sent), default=str)


def test_a_letter_taken_out_of_the_outbox_is_not_told_of(sent: Workspace):
    gone = sorted((sent.folder / "outbox").glob("*.eml"))[:5]
    for letter in gone:
        letter.unlink()
    assert replay(sent).kinds["sent"] == ALLOWED - 5
    assert not {file.stem for file in gone} & {row["message_id"] for row in events(sent)}


def test_what_was_not_sent_cannot_be_replayed(desk: Workspace):
    with pytest.raises(EditionError, match="Nothing of edition 2026-12 is in the outbox"):
        replay(desk)
    with pytest.raises(EditionError, match="2027-01"):
        replay(workspace.open_edition("2027-01", desk.project))


def run(*words: str) -> tuple[int, str]:
    app = typer.Typer()
    app.command()(cli_feedback.ingest)
    app.command()(cli_feedback.replay)
    done = CliRunner().invoke(app, words)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.output


def test_the_command_replays_and_prints_what_came_of_it(sent: Workspace):
    code, output = run("replay", sent.edition, "--project", str(sent.project))
    assert code == 0
    for words in ("delivered", "complained", "newsletters withdrawn: complaint"):
        assert words in output
    assert "mail.example.org" not in output


def test_the_command_takes_a_file_in_and_says_what_it_set_aside(sent: Workspace, tmp_path: Path):
    file = tmp_path / "events.jsonl"
    file.write_text('nothing\n{"eventType": "Open"}\n', encoding="utf-8")
    code, output = run("ingest", str(file), "--project", str(sent.project))
    assert code == 1
    assert "Set aside: events.jsonl:1" in output
    assert "set aside: not json" in output
    assert "set aside: no mail" in output
