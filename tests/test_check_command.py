"""`cardletter check`: everything at once, for people and for programs."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cardletter.cli import app
from cardletter.errors import Finding
from cardletter.templates import lint_spam
from cardletter.terminal import in_all


@pytest.fixture(autouse=True)
def _no_spamassassin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint_spam, "PROGRAM", "there-is-no-such-program")


def checked(project: Path, *options: str) -> tuple[int, str]:
    ran = CliRunner().invoke(app, ["check", "--project", str(project), *options])
    return ran.exit_code, ran.stdout


def warn(project: Path) -> None:
    file = project / "templates/blocks/greeting.mjml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("<p>{{", '<p style="display:flex">{{', 1), encoding="utf-8")


def test_a_clean_project_is_told_so(project: Path):
    code, said = checked(project, "--strict")
    assert code == 0
    assert "Nothing stands in the way" in said
    assert "SpamAssassin is not installed: its score was not asked." in said


def test_a_warning_stops_nothing_unless_that_is_asked_for(project: Path):
    warn(project)
    code, said = checked(project)
    assert code == 0
    assert "templates/blocks/greeting.mjml:6: display:flex" in said
    assert "1 warning in 1 file." in said
    assert checked(project, "--strict")[0] == 1


def test_programs_get_json_and_nothing_else(project: Path):
    warn(project)
    code, said = checked(project, "--json")
    found = [Finding(**each) for each in json.loads(said)]
    assert code == 0
    assert [(each.path, each.line, each.severity) for each in found] == [
        ("templates/blocks/greeting.mjml", 6, "warning")
    ]


def test_findings_are_counted_in_words():
    error, warning = Finding("a", 1, "x"), Finding("b", 1, "y", severity="warning")
    assert in_all([error, warning, warning]) == "1 error and 2 warnings in 2 files."
