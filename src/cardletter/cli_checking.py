"""The command that looks everything over that people wrote."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cardletter import checking
from cardletter.errors import FilesError, Finding
from cardletter.settings import load
from cardletter.templates import Press, lint_spam
from cardletter.templates.lint_checks import as_table
from cardletter.templates.sample import read_sample
from cardletter.terminal import findings_table, in_all

screen = Console()


def check(
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail where there is a warning, too.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Give the findings as JSON, for other programs.")
    ] = False,
    every: Annotated[
        bool, typer.Option("--list", help="Only list all that letters are looked over for.")
    ] = False,
    project: Annotated[Path, typer.Option(help="The folder of your newsletter project.")] = Path(),
) -> None:
    """Look over all that people wrote: content, segments, templates; each finding with its line."""
    if every:
        typer.echo(as_table(), nl=False)
        return
    folder = load(project).project
    findings = checking.check(folder)
    findings += _spam(folder, findings, say=not as_json)
    if as_json:
        typer.echo(json.dumps([each.as_dict() for each in findings], indent=1, ensure_ascii=False))
    elif findings:
        screen.print(findings_table(findings))
        screen.print(in_all(findings), highlight=False)
    failing = ("error", "warning") if strict else ("error",)
    if any(finding.severity in failing for finding in findings):
        raise typer.Exit(1)
    if not as_json:
        screen.print("[green]✓[/] Nothing stands in the way.")


def _spam(folder: Path, known: list[Finding], *, say: bool) -> list[Finding]:
    """Ask SpamAssassin of the sample, where it is installed and the sample can be made."""
    if not lint_spam.installed():
        if say:
            screen.print("[dim]SpamAssassin is not installed: its score was not asked.[/]")
        return []
    try:
        rendered = Press(folder).print(read_sample(folder))
    except FilesError:
        assert known  # it has findings, and they are told
        return []
    score = lint_spam.score(rendered, load(folder).sender)
    if say:
        screen.print(f"[dim]SpamAssassin: {score.points:g}; {score.most:g} would be spam.[/]")
    return score.findings()
