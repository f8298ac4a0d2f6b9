"""Time every stage of a run: the demo, and a hundred thousand members with ten million purchases.

Each stage runs as it does in the flow, without Prefect around it. Prints seconds, the peak of
memory while it ran, members a second, and its share of the run; then the same for the bare limits
it is to be compared with. Absolute seconds are this machine's: compare ratios.

    python benchmarks/stages.py [--members 100000] [--transactions 10000000]
"""

import argparse
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
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
from cardletter.settings import load
from cardletter.workspace import Workspace

EDITION = "2026-12"
ASSETS = 'assets_url = "https://larkfield.example/pictures"\n'
screen = Console()


@dataclass
class Timed:
    """What one stage cost."""

    name: str
    seconds: float = 0.0
    peak: int = 0


@contextmanager
def timed(name: str, into: list[Timed]) -> Iterator[None]:
    """Time a block, and sample the memory of this process while it runs."""
    cost, done, process = Timed(name), threading.Event(), psutil.Process()

    def watch() -> None:
        while not done.wait(0.01):
            cost.peak = max(cost.peak, process.memory_info().rss)

    cost.peak = process.memory_info().rss
    watcher = threading.Thread(target=watch)
    watcher.start()
    began = time.perf_counter()
    try:
        yield
    finally:
        cost.seconds = time.perf_counter() - began
        done.set()
        watcher.join()
        into.append(cost)


PREPARE: tuple[Callable[[Workspace], object], ...] = (
    *(sources.pull, profiles.build, segments.assign, content.match),
    *(templates.render, templates.lint, templates.hang),
)
SEND: tuple[Callable[[Workspace], object], ...] = (permission.check, delivery.send, feedback.report)


def run(project: Path) -> list[Timed]:
    """Run every stage of the edition once."""
    costs: list[Timed] = []
    desk = workspace.begin(workspace.open_edition(EDITION, project))
    for verb in PREPARE:
        with timed(f"{verb.__module__.split('.')[1]}.{verb.__name__}", costs):
            verb(desk)
    with timed("delivery.freeze", costs):
        desk = delivery.freeze(desk)
    for verb in SEND:
        with timed(f"{verb.__module__.split('.')[1]}.{verb.__name__}", costs):
            verb(desk)
    return costs


def limits(project: Path) -> list[Timed]:
    """Time what the largest stages cannot do without."""
    costs: list[Timed] = []
    warehouse = sources.Warehouse(load(project))
    files = [str(file) for file in warehouse.files("transactions")]
    with timed("limit of sources.pull, profiles.build: one scan and group-by in DuckDB", costs):
        duckdb.execute(
            "SELECT member_id, category, sum(amount), count(*), max(occurred_at)"
            " FROM read_parquet(?) GROUP BY ALL",
            [files],
        ).to_arrow_table()
    outbox = project / "workspace" / "editions" / EDITION / "outbox"
    bodies = [file.read_bytes() for file in sorted(outbox.iterdir())[:2_000]]
    spare = project / "spare"
    spare.mkdir()
    with timed(f"limit of delivery.send: writing {len(bodies):,} ready messages as files", costs):
        for number, body in enumerate(bodies):
            (spare / f"{number}.eml").write_bytes(body)
    return costs


def show(title: str, members: int, costs: list[Timed]) -> None:
    """Print a table of what the stages cost."""
    table = Table("stage", "seconds", "peak MB", "members/s", "share", title=title)
    total = sum(cost.seconds for cost in costs)
    for cost in costs:
        rate, share = members / max(cost.seconds, 1e-9), cost.seconds / total
        cells = (f"{cost.seconds:.2f}", f"{cost.peak / 1e6:,.0f}", f"{rate:,.0f}", f"{share:.0%}")
        table.add_row(cost.name, *cells)
    peak = max(cost.peak for cost in costs)
    table.add_section()
    table.add_row("all", f"{total:.2f}", f"{peak / 1e6:,.0f}", f"{members / total:,.0f}", "")
    screen.print(table)


def project_with(folder: Path, fill: Callable[[Path], object]) -> Path:
    """Make a project whose mails link their pictures, as a deployment's do, and fill its data/."""
    made = starter.unpack(folder)
    fill(made / "data")
    with (made / "pyproject.toml").open("a", encoding="utf-8") as settings:
        settings.write(ASSETS)
    return made


def main() -> None:
    """Run the demo and the synthetic size, and print both."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--members", type=int, default=100_000)
    parser.add_argument("--transactions", type=int, default=10_000_000)
    asked = parser.parse_args()
    room = Path(tempfile.mkdtemp(prefix="cardletter-bench-"))
    try:
        demo = project_with(room / "demo", sources.unpack_journey)
        show("The demo: 2,469 households, 1.47 million purchases", 2_469, run(demo))
        making: list[Timed] = []

        def synthesize(data: Path) -> None:
            with timed("sources.synthesize", making):
                size = {"members": asked.members, "transactions": asked.transactions}
                sources.synthesize(data, **size)

        large = project_with(room / "large", synthesize)
        title = f"Synthetic: {asked.members:,} members, {asked.transactions:,} purchases"
        show(title, asked.members, run(large))
        show("For comparison", asked.members, [*making, *limits(large)])
    finally:
        shutil.rmtree(room)


if __name__ == "__main__":
    main()
