"""The commands about segments: find them, judge them."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cardletter import progress, running, segments, workspace
from cardletter.segments.backtest import PAGE
from cardletter.segments.curve import percent, summary
from cardletter.segments.lift import Lift
from cardletter.segments.verdict import Judged
from cardletter.segments.wanted import TASKS
from cardletter.settings import load
from cardletter.terminal import Stages, findings_table, segments_table
from cardletter.workspace import Workspace

screen = Console()
errors = Console(stderr=True)

Project = Annotated[Path, typer.Option(help="The folder of your newsletter project.")]


def segment(project: Project = Path()) -> None:
    """Find the segments among your members, what sets each apart, and who moved between them."""
    desk = workspace.found_segments(project)
    with Stages(errors) as stages, progress.watching(stages):
        running.run(desk.project, "flows/segment.py:find_segments")
    screen.print(segments_table(segments.read_segments(desk)))
    for line in segments.read_drift(desk):
        screen.print(line, highlight=False, markup=False)
    if odd := segments.read_odd(desk):
        screen.print(findings_table(odd))
    screen.print(f"The map, and each segment: {desk.file('segments.html')}", soft_wrap=True)


def backtest(project: Project = Path()) -> None:
    """Hold out the last weeks: would the segments' letters have hit more than one for all?"""
    settings = load(project)
    with Stages(errors) as stages, progress.watching(stages):
        running.run(settings.project, "flows/backtest.py:judge_segments")
    root = settings.path(settings.workspace)
    desk = Workspace(settings.project, "", root, root / "backtest")
    found = segments.read_backtest(desk)
    assert found is not None  # the flow has just made it
    if found.as_set:
        screen.print(_table(found.curve, found.as_set))
    screen.print(summary(found), highlight=False, markup=False)
    screen.print(f"The curve: {desk.file(PAGE)}", soft_wrap=True, highlight=False)


def _table(curve: list[Judged], as_set: Judged) -> Table:
    """Give the lift of each task by the number of variants, and what groups by lot come to."""
    heads = [task.capitalize() for task in TASKS]
    table = Table("Variants", "Smallest", *heads, "Favourites by lot", title="Backtest")
    for column in table.columns:
        column.justify = "right"
    for each in curve:
        lifts = [*each.own.values(), each.by_lot["favourites"]]
        cells = [str(each.variants), f"{each.smallest:,}", *map(_cell, lifts)]
        table.add_row(*cells, style="bold" if each == as_set else "")
    return table


def _cell(lift: Lift) -> str:
    return f"{percent(lift.lift, 1)}\n[dim]{percent(lift.low)} to {percent(lift.high)}[/]"
