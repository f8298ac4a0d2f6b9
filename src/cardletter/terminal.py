"""The terminal: progress while the work goes on, tables when it is done."""

from collections.abc import Iterable

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from cardletter.errors import Finding
from cardletter.feedback import Accounts
from cardletter.progress import Counts, in_words
from cardletter.segments import Segment

DOING = {
    "pull": "Pulling spending",
    "profile": "Building profiles",
    "segment": "Finding segments",
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


class Stages(Progress):
    """A line per stage: a bar while it works, its counts when it is done."""

    def __init__(self, console: Console) -> None:
        """Draw on a console."""
        columns = (
            SpinnerColumn(finished_text="[green]✓"),
            TextColumn("{task.description:<26}"),
            BarColumn(bar_width=24),
            TimeElapsedColumn(),
            TextColumn("[dim]{task.fields[counts]}"),
        )
        super().__init__(*columns, console=console)
        self.current: TaskID | None = None

    def started(self, stage: str) -> None:
        """Add the stage's line."""
        self.current = self.add_task(DOING.get(stage, stage), total=None, counts="")

    def advanced(self, what: str, done: int, total: int) -> None:
        """Move the stage's bar."""
        if self.current is not None:
            self.update(self.current, completed=done, total=total, counts=f"{done:,} {what}")

    def finished(self, stage: str, seconds: float, counts: Counts) -> None:  # noqa: ARG002
        """Close the stage's line."""
        if self.current is not None:
            self.update(self.current, completed=1, total=1, counts=in_words(counts))


def accounts_table(edition: str, accounts: Accounts, made: dict[str, int | str] | None = None) -> Table:
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


def segments_table(segments: Iterable[Segment]) -> Table:
    """Give the segments with their size and what sets each apart."""
    table = Table("Id", "Name", "Members", "What sets them apart", title="Segments")
    table.columns[2].justify = "right"
    for each in segments:
        apart = ", ".join(f"{trait.interest} ×{trait.lift:.1f}" for trait in each.traits[:3])
        table.add_row(each.segment_id, each.name, f"{each.size:,}", apart)
    return table


def findings_table(findings: Iterable[Finding]) -> Table:
    """Give findings as editors link them, each with how to mend it."""
    table = Table(box=None, show_header=False, padding=(0, 1))
    table.add_column(width=1)
    table.add_column(overflow="fold")
    for finding in findings:
        mark = "[red]✗[/]" if finding.severity == "error" else "[yellow]![/]"
        hint = f"\n  [dim]{finding.hint}[/]" if finding.hint else ""
        table.add_row(mark, f"{finding}{hint}")
    return table
