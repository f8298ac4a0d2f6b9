"""Every command and every setting is told of where people look for it."""

import re
from pathlib import Path

import pytest
import typer.main

from cardletter.cli import app
from cardletter.permission import REASONS
from cardletter.settings import Approval, Content, Permission, Ses, Settings, Sources

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ENGINEERS = (ROOT / "docs" / "engineers.md").read_text(encoding="utf-8")
OPERATORS = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
TABLES = {"sources", "content", "permission", "ses", "approval"}
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_in_the_readme_and_has_help(name: str):
    assert f"`cardletter {name}" in README
    assert COMMANDS[name].help


@pytest.mark.parametrize(
    "name",
    [
        *sorted(set(Settings.model_fields) - TABLES - {"project"}),
        *(f"sources.{name}" for name in Sources.model_fields),
        *(f"content.{name}" for name in Content.model_fields),
        *(f"ses.{name}" for name in Ses.model_fields),
        *(f"approval.{name}" for name in Approval.model_fields),
        *(f"permission.{name}" for name in Permission.model_fields if name != "quiet_until"),
    ],
)
def test_every_setting_is_told_of(name: str):
    assert f"`{name}`" in ENGINEERS


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_for_a_refusal_is_told_of(reason: str):
    assert f"`{reason}`" in OPERATORS or reason in ("quiet_hours", "erased")


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")], ids=lambda page: page.name
)
def test_links_between_pages_lead_somewhere(page: Path):
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    for link in links:
        if not link.startswith("http"):
            assert (page.parent / link).exists(), link
