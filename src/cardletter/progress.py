"""Tell whoever is watching how far the work is; silent when nobody is.

Rooms call `track`; the command line and the flows put a watcher in place with `watching`.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

Counts = dict[str, int]
T = TypeVar("T")


class Watcher(Protocol):
    """Somebody who wants to know how far the work is."""

    def started(self, stage: str) -> None:
        """A stage begins."""

    def advanced(self, what: str, done: int, total: int) -> None:
        """So many of the stage's things are done."""

    def finished(self, stage: str, seconds: float, counts: Counts) -> None:
        """A stage has ended well."""


_watchers: list[Watcher] = []


@contextmanager
def watching(*watchers: Watcher) -> Iterator[None]:
    """Let the watchers see the work that is done inside the block."""
    _watchers.extend(watchers)
    try:
        yield
    finally:
        for watcher in watchers:
            _watchers.remove(watcher)


def started(stage: str) -> None:
    """Tell that a stage begins."""
    for watcher in _watchers:
        watcher.started(stage)


def finished(stage: str, seconds: float, counts: Counts) -> None:
    """Tell that a stage has ended well."""
    for watcher in _watchers:
        watcher.finished(stage, seconds, counts)


def track(items: Iterable[T], what: str, total: int) -> Iterator[T]:
    """Hand on the items and tell how many are done, about a hundred times in all."""
    step = max(1, total // 100)
    done = 0
    for done, item in enumerate(items, start=1):
        yield item
        if done % step == 0:
            advanced(what, done, total)
    advanced(what, done, total)


def advanced(what: str, done: int, total: int) -> None:
    """Tell how many of a stage's things are done."""
    for watcher in _watchers:
        watcher.advanced(what, done, total)


class Board:
    """A watcher that writes a note per stage, and moves a bar at most once a second."""

    def __init__(self, note: Callable[[str], None], bar: Callable[[str, float], None]) -> None:
        """Take what writes a note, and what moves a stage's bar to a percentage."""
        self.note, self.bar = note, bar
        self.stage, self.moved = "", 0.0

    def started(self, stage: str) -> None:
        """Remember the stage."""
        self.stage = stage

    def advanced(self, what: str, done: int, total: int) -> None:  # noqa: ARG002 - as watchers do
        """Move the bar, if a second has passed or the stage is through."""
        if done >= total or time.monotonic() - self.moved > 1:
            self.moved = time.monotonic()
            self.bar(self.stage, 100 * done / max(total, 1))

    def finished(self, stage: str, seconds: float, counts: Counts) -> None:
        """Write the stage's note."""
        self.note(f"{stage}: {in_words(counts)} in {seconds:.1f} s")


def in_words(counts: Counts) -> str:
    """Say counts as one reads them: 2,469 members, 31 segments."""
    return ", ".join(f"{count:,} {what.replace('_', ' ')}" for what, count in counts.items())
