"""The terminal: progress while the work goes on, tables when it is done."""

from collections import Counter
from collections.abc import Iterable
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Column, Table

from cardletter.errors import Finding
from cardletter.feedback import Accounts
from cardletter.feedback.live import Live
from cardletter.progress import Counts, in_words
from cardletter.segments import Segment

DOING = {
    "pull": "Pulling spending",
    "profile": "Building profiles",
    "segment": "Finding segments",
    "backtest": "Judging by the last weeks",
    "match": "Matching items to slots",
    "render": "Rendering variants",
    "lint": "Looking the variants over",
    "wall": "Hanging the wall",
    "freeze": "Freezing the plan",
    "permission": "Checking permission",
    "send": "Sending",
    "report": "Writing the report",
    "synthesize": "Inventing cardholders",
}


class Stages:
    """Watches a run: a line per stage, with a bar while it works and its counts when it is done."""

    def __init__(self, console: Console) -> None:
        """Draw on a console."""
        self.lines = Progress(
            SpinnerColumn(finished_text="[green]✓"),
            TextColumn("{task.description}", table_column=Column(min_width=24, no_wrap=True)),
            BarColumn(bar_width=10),
            TimeElapsedColumn(table_column=Column(min_width=7, no_wrap=True)),
            # Where a window is narrow, what was counted takes several lines.
            TextColumn("[dim]{task.fields[counts]}", table_column=Column(ratio=1)),
            console=console,
            expand=True,
        )
        self.current, self.doing = TaskID(-1), ""

    def __enter__(self) -> Self:
        """Begin to draw."""
        self.lines.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the last picture standing."""
        self.lines.stop()

    def started(self, stage: str) -> None:
        """Add the stage's line; what was broken off and begun anew goes on in its own."""
        if stage != self.doing:
            self.current = self.lines.add_task(DOING[stage], total=None, counts="")
        self.doing = stage

    def advanced(self, what: str, done: int, total: int) -> None:
        """Move the stage's bar."""
        self.lines.update(self.current, completed=done, total=total, counts=f"{done:,} {what}")

    def finished(self, stage: str, seconds: float, counts: Counts) -> None:  # noqa: ARG002
        """Close the stage's line."""
        self.doing = ""
        self.lines.update(self.current, completed=1, total=1, counts=in_words(counts))


def accounts_table(
    edition: str, accounts: Accounts, made: dict[str, int | str] | None = None
) -> Table:
    """Give the accounts of an edition, and what was made for it."""
    table = Table(title=f"Edition {edition}", title_justify="left", show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for line in accounts.table():
        table.add_row(str(line["outcome"]), f"{line['members']:,}")
    if made:
        table.add_section()
        for what, count in made.items():
            table.add_row(what, str(count) if isinstance(count, str) else f"{count:,}")
    return table


def live_table(edition: str, live: Live) -> Table:
    """Give an edition as it is being sent."""
    table = Table(title=f"Edition {edition}", title_justify="left", show_header=False)
    table.add_column()
    table.add_column(justify="right", overflow="fold")
    for line in live.table():
        told = line["members"]
        table.add_row(str(line["outcome"]), told if isinstance(told, str) else f"{told:,}")
    return table


def segments_table(segments: Iterable[Segment]) -> Table:
    """Give the segments with their size and what sets each apart."""
    table = Table("Id", "Name", "Members", "What sets them apart", title="Segments")
    table.columns[2].justify = "right"
    for each in segments:
        apart = ", ".join(map(str, each.traits[:3]))
        table.add_row(each.segment_id, each.name, f"{each.size:,}", apart)
    return table


def findings_table(findings: Iterable[Finding]) -> Table:
    """Give findings as editors link them, file by file, each with how to mend it."""
    table = Table(box=None, show_header=False, padding=(0, 1))
    table.add_column(width=1)
    table.add_column(overflow="fold")
    before = ""
    for finding in findings:
        if before and finding.path != before:
            table.add_row("", "")
        before = finding.path
        colour, mark = ("red", "✗") if finding.severity == "error" else ("yellow", "!")
        where = f"[cyan]{escape(finding.path)}:{finding.line}:[/]"
        hint = f"\n  [dim]{escape(finding.hint)}[/]" if finding.hint else ""
        table.add_row(f"[bold {colour}]{mark}[/]", f"{where} {escape(finding.message)}{hint}")
    return table


def in_all(findings: list[Finding]) -> str:
    """Count findings in words: 1 error and 2 warnings in 2 files."""
    counts = Counter(finding.severity for finding in findings)
    told = [f"{count:,} {each}{'s' * (count > 1)}" for each, count in sorted(counts.items())]
    files = len({each.path for each in findings})
    return f"{' and '.join(told) or 'Nothing'} in {files:,} file{'s' if files != 1 else ''}."
