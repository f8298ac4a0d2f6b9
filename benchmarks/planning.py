"""Planning: a million members into calls, beside the bare insert of the same rows.

python benchmarks/planning.py [--members 1000000]
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert

from cardletter.ledger import Planned, now, open_ledger
from cardletter.ledger.schema import SENDS
from cardletter.links import Links, keyed_hash

VARIANTS = 100
CHUNK = 10_000


def main() -> None:
    """Print seconds, the ratio, and the most memory that was ever taken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=1_000_000)
    asked = parser.parse_args()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as name:
        ledger = open_ledger(Path(name))
        ledger.plan("2026-12", "plan", "ses", not_after=now() + timedelta(days=1))
        began = time.perf_counter()
        ledger.plan_sends("2026-12", _members(asked.members), 50)
        planned = time.perf_counter() - began
        began = time.perf_counter()
        chunk: list[dict[str, object]] = []
        for each in _members(asked.members):
            row = dict(zip(each._fields[:5], each[:5], strict=True))
            chunk.append({**row, "edition": "bare", "call": 1, "state": "", "reason": ""})
            if len(chunk) == CHUNK:
                with ledger.writing() as connection:
                    connection.execute(insert(SENDS), chunk)
                chunk = []
        bare = time.perf_counter() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"planned {asked.members:,} members in {planned:.0f} s; bare inserts {bare:.0f} s: "
        f"{planned / bare:.2f} times; memory {before / 1024:,.0f} then {most / 1024:,.0f} MB"
    )


def _members(count: int) -> Iterator[Planned]:
    links = Links(("k" * 43,), "https://larkfield.example/p", "https://larkfield.example/u")
    for number in range(count):
        member = f"m{number:07d}"
        yield Planned(
            member,
            keyed_hash("k", "message", member)[:24],
            f"v{number * VARIANTS // count:03d}",
            number,
            links.address_key(f"{member}@mail.example.org"),
            marketing=True,
            tracked=bool(number % 2),
        )


if __name__ == "__main__":
    main()
