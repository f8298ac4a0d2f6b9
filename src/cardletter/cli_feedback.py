"""The commands that take in what was reported of messages."""

import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event as Flag
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cardletter import feedback, workspace
from cardletter.feedback import Taken

screen = Console()
TOO_MANY = 0.01
"""Share set aside from which on something is wrong with the source, not with one message."""

Project = Annotated[Path, typer.Option(help="The folder of your newsletter project.")]
Source = Annotated[
    Path | None, typer.Argument(help="A file or folder of events; without one, the queue.")
]
Edition = Annotated[str, typer.Argument(help="An edition that is in the outbox.")]
SECTIONS = {
    "kinds": "",
    "effects": "",
    "orphans": "of no message of ours: ",
    "dropped": "not kept: ",
    "refused": "refused: ",
    "passed_over": "passed over: ",
    "set_aside": "set aside: ",
    "warnings": "odd: ",
}


def ingest(path: Source = None, project: Project = Path()) -> None:
    """Take in what SES reported: bounces, complaints, deliveries, opens, clicks."""
    desk = feedback.open_inbox(project)
    with _stopped_cleanly() as stopping:
        _say(feedback.take_in(desk, path, stopping))


def replay(
    edition: Edition,
    project: Project = Path(),
    *,
    seed: Annotated[int, typer.Option(help="The same seed gives the same events.")] = 7,
) -> None:
    """Invent what SES might report of an edition in the outbox, and take that in."""
    _say(feedback.replay(workspace.open_edition(edition, project), seed))


@contextmanager
def _stopped_cleanly() -> Iterator[Flag]:
    """Let SIGTERM and Ctrl-C end the work after the batch that is being taken in."""
    stopping = Flag()
    signals = (signal.SIGTERM, signal.SIGINT)
    before = {each: signal.signal(each, lambda *_: stopping.set()) for each in signals}
    try:
        yield stopping
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _say(taken: Taken) -> None:
    table = Table(show_header=False)
    table.add_column()
    table.add_column(justify="right")
    _rows(table, {"told": taken.told, "new": taken.new, "known before": taken.duplicates})
    for name, words in SECTIONS.items():
        if counts := getattr(taken, name):
            table.add_section()
            _rows(table, {f"{words}{_words(what)}": count for what, count in counts.items()})
    screen.print(table)
    for place in taken.places:
        _line(f"Set aside: {place}")
    for words in taken.said:
        _line(words)
    for edition in taken.paused:
        _line(f"Edition {edition} is paused: `cardletter resume {edition}` lets it go on.")
    if taken.set_aside.total() > TOO_MANY * taken.told:
        raise typer.Exit(1)


def _rows(table: Table, counts: Mapping[str, int]) -> None:
    for what, count in counts.items():
        table.add_row(what, f"{count:,}")


def _words(name: str) -> str:
    return name.replace("_", " ")


def _line(words: str) -> None:
    safe = "".join(each if each.isprintable() else " " for each in words)
    screen.print(safe, highlight=False, markup=False, soft_wrap=True)
