"""The whole edition at size: from Parquet to every message taken by an endpoint, stage by stage.

Invented members are clustered into many segments, each gets its letter, permission is asked of the
ledger, and all messages leave by SES calls to an endpoint on loopback that answers at once. Every
stage is the very function that the flow calls, in the flow's order, in one process as there.

    python benchmarks/full.py [--members 1000000] [--transactions 100000000] [--segments 1349]

Told of each stage: seconds, CPU seconds of this process and the children it waited for, and the
most memory that it and its children held. Not counted: inventing the data, and the endpoint.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
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
    starter,
    templates,
    workspace,
)
from cardletter.workspace import Workspace

EDITION = "2026-12"
SETTINGS = {
    "CARDLETTER_ASSETS_URL": "https://larkfield.example/pictures",
    "CARDLETTER_TRANSPORT": "ses",
    "CARDLETTER_APPROVAL__DEMAND": "never",
    "CARDLETTER_SES__REGION": "eu-west-1",
    "CARDLETTER_SES__CONFIGURATION_SET": "letters",
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "nothing",
}
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
    """Measures stages of this process and its children, but for the endpoint."""

    def __init__(self, endpoint: int) -> None:
        """Begin with no stage."""
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


def project(folder: Path, members: int, transactions: int, count: int) -> Path:
    """Invent a project whose members are to be in so many segments."""
    made = starter.unpack(folder)
    sources.synthesize(made / "data", members=members, transactions=transactions)
    clustering = made / "segments" / "clustering.yaml"
    text = re.sub(r"(?m)^segments: auto", f"segments: {count}", clustering.read_text("utf-8"))
    clustering.write_text(text, encoding="utf-8")
    return made


def run(made: Path, meter: Meter) -> Workspace:
    """Make the edition and send it, as the flow does."""
    desk = workspace.begin(workspace.open_edition(EDITION, made))
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


def show(desk: Workspace, taken: int, costs: list[Cost]) -> None:
    """Print what was made, and what the stages cost."""
    accounts = feedback.read_accounts(desk)
    assert taken == accounts.sent, "the endpoint took another number than the ledger says"
    variants = desk.read_json("plan.json")["variants"]
    found = len(segments.read_segments(desk))
    title = f"{accounts.candidates:,} members, {found:,} segments, {variants:,} variants"
    table = Table("stage", "seconds", "CPU s", "share", "most GiB", title=title)
    total = sum(cost.cpu for cost in costs)
    for cost in costs:
        share, peak = f"{cost.cpu / total:.0%}", f"{cost.peak / GIB:.2f}"
        table.add_row(cost.name, f"{cost.seconds:.1f}", f"{cost.cpu:.1f}", share, peak)
    table.add_section()
    wall, peak = sum(cost.seconds for cost in costs), max(cost.peak for cost in costs)
    table.add_row("all", f"{wall:.1f}", f"{total:.1f}", "", f"{peak / GIB:.2f}")
    screen.print(table)
    screen.print(f"{taken:,} messages taken by the endpoint, one for each the ledger calls sent")


@contextmanager
def _endpoint() -> Iterator[tuple[str, int]]:
    command = [sys.executable, "-m", "cardletter.rehearsal.quick"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip(), process.pid
        finally:
            process.terminate()


def main() -> None:
    """Make and send one edition, and print what each stage cost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--members", type=int, default=1_000_000)
    parser.add_argument("--transactions", type=int, default=100_000_000)
    parser.add_argument("--segments", type=int, default=1_349)
    asked = parser.parse_args()
    room = Path(tempfile.mkdtemp(prefix="cardletter-bench-"))
    try:
        with _endpoint() as (url, endpoint):
            size = (asked.members, asked.transactions, asked.segments)
            os.environ |= SETTINGS | {"CARDLETTER_SES__ENDPOINT_URL": url}
            made = project(room / "large", *size)
            meter = Meter(endpoint)
            desk = run(made, meter)
            with urllib.request.urlopen(f"{url}/") as told:  # noqa: S310 - our own
                taken = json.load(told)["entries"]
        show(desk, taken, meter.costs)
    finally:
        shutil.rmtree(room)


if __name__ == "__main__":
    main()
