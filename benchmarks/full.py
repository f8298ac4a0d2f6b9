"""The whole edition at size: from Parquet to every message taken by an endpoint, stage by stage.

Invented members are clustered into many segments, each gets its letter, permission is asked of the
ledger, and all messages leave by SES calls to an endpoint on loopback that answers at once. Beside
each stage stands what a program made by hand for nothing else took for it. Not counted: inventing
the data, and the endpoint.

    python benchmarks/full.py [--members 1000000] [--transactions 100000000] [--segments 1349]
                              [--project FOLDER]

A folder that is there already is used as it is, so that its data is invented once.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cardletter import feedback, segments, sources, starter
from cardletter.workspace import Workspace
from meter import Meter, run, screen, show

SETTINGS = {
    "CARDLETTER_ASSETS_URL": "https://larkfield.example/pictures",
    "CARDLETTER_TRANSPORT": "ses",
    "CARDLETTER_APPROVAL__DEMAND": "never",
    "CARDLETTER_SES__REGION": "eu-west-1",
    "CARDLETTER_SES__CONFIGURATION_SET": "letters",
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "nothing",
}
MILLION = 1e6


def project(folder: Path, members: int, transactions: int, count: int) -> Path:
    """Invent a project whose members are to be in so many segments."""
    made = starter.unpack(folder)
    sources.synthesize(made / "data", members=members, transactions=transactions)
    clustering = made / "segments" / "clustering.yaml"
    text = re.sub(r"(?m)^segments: auto", f"segments: {count}", clustering.read_text("utf-8"))
    clustering.write_text(text, encoding="utf-8")
    return made


def by_hand(members: int, transactions: int, clusters: int, messages: int) -> dict[str, float]:
    """Give the CPU seconds of a prototype near the floor, on two cores, brought to a size.

    It was measured at 100 million purchases, a million members, 1,349 clusters and 960,069
    messages: numba over Parquet, k-means on a fifth of the members, a variant printed for each, a
    bitmap of permission, calls signed and sent by two processes with a durable row each. It has no
    bad rows, backtest, matching, lint, receipts or report.
    """
    return {
        "profiles.build": 7.6 * transactions / (100 * MILLION),
        "segments.assign": 19.7 * members / MILLION * clusters / 1_349,
        "templates.render": 0.8 * clusters / 1_349,
        "permission.check": 0.1 * members / MILLION,
        "delivery.send": 9.0 * messages / 960_069,
    }


def tell(desk: Workspace, taken: int, meter: Meter, transactions: int) -> None:
    """Print what was made, and what the stages cost."""
    accounts = feedback.read_accounts(desk)
    assert taken == accounts.sent, "the endpoint took another number than the ledger says"
    variants = desk.read_json("plan.json")["variants"]
    found = len(segments.read_segments(desk))
    title = f"{accounts.candidates:,} members, {found:,} segments, {variants:,} variants"
    show(title, meter.costs, by_hand(accounts.candidates, transactions, found, taken))
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
    parser.add_argument("--project", type=Path, help="where its data is, or is to be kept")
    asked = parser.parse_args()
    room = Path(tempfile.mkdtemp(prefix="cardletter-bench-"))
    try:
        with _endpoint() as (url, endpoint):
            size = (asked.members, asked.transactions, asked.segments)
            os.environ |= SETTINGS | {"CARDLETTER_SES__ENDPOINT_URL": url}
            folder = asked.project or room / "large"
            made = folder if folder.is_dir() else project(folder, *size)
            meter = Meter(endpoint)
            desk = run(made, meter)
            with urllib.request.urlopen(f"{url}/") as told:  # noqa: S310 - our own
                taken = json.load(told)["entries"]
        tell(desk, taken, meter, asked.transactions)
    finally:
        shutil.rmtree(room)


if __name__ == "__main__":
    main()
