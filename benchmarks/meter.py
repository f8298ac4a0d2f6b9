"""Measures an edition stage by stage: seconds, CPU seconds, and the most memory that was held.

The stages are the very functions that the flow calls, in its order and in one process as there.
CPU is that of this process and of the children it waited for, memory that of it and its children.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from cardletter import (
    content,
    delivery,
    feedback,
    permission,
    profiles,
    segments,
    sources,
    templates,
    workspace,
)
from cardletter.workspace import Workspace

EDITION = "2026-12"
GIB = 2**30
PREPARE: tuple[Callable[[Workspace], object], ...] = (
    *(sources.pull, profiles.build, segments.assign, segments.backtest, content.match),
    *(templates.render, templates.lint, templates.hang),
)
SEND: tuple[Callable[[Workspace], object], ...] = (permission.check, delivery.send, feedback.report)
screen = Console()


@dataclass
class Cost:
    """What one stage cost."""

    name: str
    seconds: float = 0.0
    cpu: float = 0.0
    peak: int = 0


class Meter:
    """Measures stages of this process and its children."""

    def __init__(self, endpoint: int = 0) -> None:
        """Begin with no stage; the process of an endpoint is not counted."""
        self.costs: list[Cost] = []
        self.endpoint = endpoint
        self.own = psutil.Process()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure a block."""
        cost, done = Cost(name), threading.Event()
        watcher = threading.Thread(target=self._watch, args=(cost, done))
        watcher.start()
        wall, burnt = time.perf_counter(), _burnt()
        try:
            yield
        finally:
            cost.seconds, cost.cpu = time.perf_counter() - wall, _burnt() - burnt
            done.set()
            watcher.join()
            self.costs.append(cost)
            told = f"{cost.seconds:8.1f} s {cost.cpu:8.1f} CPU s {cost.peak / GIB:6.2f} GiB"
            print(f"{name:24}{told}", flush=True)

    def _watch(self, cost: Cost, done: threading.Event) -> None:
        while True:
            cost.peak = max(cost.peak, self._memory())
            if done.wait(0.05):
                return

    def _memory(self) -> int:
        held = 0
        for process in (self.own, *self.own.children(recursive=True)):
            try:
                held += 0 if process.pid == self.endpoint else process.memory_info().rss
            except psutil.NoSuchProcess:
                continue
        return held


def _burnt() -> float:
    return sum(os.times()[:4])


def run(project: Path, meter: Meter) -> Workspace:
    """Make the edition and send it, as the flow does."""
    desk = workspace.begin(workspace.open_edition(EDITION, project))
    for verb in PREPARE:
        with meter.stage(_name(verb)):
            verb(desk)
    with meter.stage("delivery.freeze"):
        desk = delivery.freeze(desk)
    for verb in SEND:
        with meter.stage(_name(verb)):
            verb(desk)
    return desk


def _name(verb: Callable[[Workspace], object]) -> str:
    return f"{verb.__module__.split('.')[1]}.{verb.__name__}"


def show(title: str, costs: Sequence[Cost], limits: Mapping[str, float] | None = None) -> None:
    """Print what stages cost, beside what each would take a program made by hand, in CPU s."""
    limits = limits or {}
    columns = ("stage", "seconds", "CPU s", *(("by hand",) if limits else ()), "share", "most GiB")
    table = Table(*columns, title=title)
    total = sum(cost.cpu for cost in costs)
    for cost in costs:
        hand = f"{limits[cost.name]:.1f}" if cost.name in limits else ""
        cells = (f"{cost.seconds:.1f}", f"{cost.cpu:.1f}", *((hand,) if limits else ()))
        share = f"{cost.cpu / max(total, 1e-9):.0%}"
        table.add_row(cost.name, *cells, share, f"{cost.peak / GIB:.2f}")
    table.add_section()
    wall, peak = sum(cost.seconds for cost in costs), max(cost.peak for cost in costs)
    hand = (f"{sum(limits.values()):.1f}",) if limits else ()
    table.add_row("all", f"{wall:.1f}", f"{total:.1f}", *hand, "", f"{peak / GIB:.2f}")
    screen.print(table)
