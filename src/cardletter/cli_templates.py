"""The command that tells which members see what change."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from cardletter import workspace
from cardletter.templates.changes_page import counted, page
from cardletter.templates.comparing import KINDS, Comparison, Row, compare

screen, errors = Console(), Console(stderr=True)
PAGE = "changes.html"
SHOWN, LINES = 15, 4
"""Rows of a table, and changes of a letter, that a terminal shows."""

Edition = Annotated[str, typer.Argument(help="The edition's name: 2026-12.")]


def diff(
    edition: Edition,
    *,
    since: Annotated[
        str, typer.Option(help="Another edition to compare it with, as both were made: 2026-11.")
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Give all of it as JSON, for other programs.")
    ] = False,
    project: Annotated[Path, typer.Option(help="The folder of your newsletter project.")] = Path(),
) -> None:
    """Say which members would see what change: the files as they are now against the last render.

    Nothing is made or sent by it. Content is matched anew for the same members.
    """
    desk = workspace.open_edition(edition, project)
    other = workspace.open_edition(since, project) if since else None
    with errors.status("Comparing letters"):
        found = compare(desk, other)
    told = desk.write(PAGE, page(found))
    if as_json:
        typer.echo(json.dumps(asdict(found), indent=1, ensure_ascii=False))
        return
    screen.print(f"Edition {found.edition}, since {found.since}:", highlight=False)
    for note in found.notes:
        screen.print(f"[yellow]![/] {escape(note)}", highlight=False)
    screen.print(_kinds(found))
    for table in (_changes(found), _letters(found)):
        if table.row_count:
            screen.print(table)
    screen.print(f"All of it: {told}", soft_wrap=True, highlight=False)


def _kinds(found: Comparison) -> Table:
    table = Table("Members", "", show_header=False)
    table.columns[0].justify = "right"
    for words, count in found.kinds:
        table.add_row(counted(count), words)
    return table


def _changes(found: Comparison) -> Table:
    table = Table("What changed", "Letters", "Members", title="Who sees it", title_justify="left")
    for column in table.columns[1:]:
        column.justify = "right"
    for each in found.changes[:SHOWN]:
        table.add_row(escape(str(each.change)), f"{each.letters:,}", counted(each.members))
    _more(table, len(found.changes))
    return table


def _letters(found: Comparison) -> Table:
    table = Table("", "For", "Members", "What", title="Letter by letter", title_justify="left")
    table.columns[2].justify = "right"
    for row in found.rows[:SHOWN]:
        table.add_row(KINDS[row.kind], escape(row.name), counted(row.members), _lines(row))
    _more(table, len(found.rows))
    return table


def _lines(row: Row) -> str:
    lines = [escape(str(change)) for change in row.changes[:LINES]]
    left = len(row.changes) - LINES
    return "\n".join([*lines, f"[dim]and {left:,} more[/]"] if left > 0 else lines)


def _more(table: Table, count: int) -> None:
    if count > SHOWN:
        table.add_row(f"[dim]and {count - SHOWN:,} more[/]")
