"""Time every stage of a run: the demo, and a hundred thousand members with ten million purchases.

Each stage runs as it does in the flow, without Prefect around it; then the same for the bare limits
that it is to be compared with. Absolute seconds are this machine's: compare ratios.

    python benchmarks/stages.py [--members 100000] [--transactions 10000000]
"""

import argparse
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from cardletter import sources, starter
from cardletter.settings import load
from meter import EDITION, Meter, run, show

ASSETS = 'assets_url = "https://larkfield.example/pictures"\n'


def limits(project: Path, meter: Meter) -> None:
    """Measure what the largest stages cannot do without."""
    warehouse = sources.Warehouse(load(project))
    files = [str(file) for file in warehouse.files("transactions")]
    with meter.stage("pull, build: one scan and group-by in DuckDB"):
        duckdb.execute(
            "SELECT member_id, category, sum(amount), count(*), max(occurred_at)"
            " FROM read_parquet(?) GROUP BY ALL",
            [files],
        ).to_arrow_table()
    outbox = project / "workspace" / "editions" / EDITION / "outbox"
    bodies = [file.read_bytes() for file in sorted(outbox.iterdir())[:2_000]]
    spare = project / "spare"
    spare.mkdir()
    with meter.stage(f"send: {len(bodies):,} ready messages as files"):
        for number, body in enumerate(bodies):
            (spare / f"{number}.eml").write_bytes(body)


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
        demo, first = project_with(room / "demo", sources.unpack_journey), Meter()
        run(demo, first)
        show("The demo: 2,469 households, 1.47 million purchases", first.costs)
        bare, second = Meter(), Meter()

        def synthesize(data: Path) -> None:
            with bare.stage("sources.synthesize"):
                size = {"members": asked.members, "transactions": asked.transactions}
                sources.synthesize(data, **size)

        large = project_with(room / "large", synthesize)
        run(large, second)
        title = f"Synthetic: {asked.members:,} members, {asked.transactions:,} purchases"
        show(title, second.costs)
        limits(large, bare)
        show("For comparison", bare.costs)
    finally:
        shutil.rmtree(room)


if __name__ == "__main__":
    main()
