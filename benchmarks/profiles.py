"""Profiles: from purchases to members x interests, beside the same sums written by hand for DuckDB.

python benchmarks/profiles.py [--members 100000] [--transactions 10000000] [--rounds 2]

By hand: ids are mapped to integers once, days are summed in a table of groups, and these in another
by member and interest, then scattered; everything is believed as it stands. Ours begins with rows
that were pulled, and so judged. A month: a thirteenth file comes to twelve. CPU seconds are told
beside the clock's, since machines are shared.
"""

import argparse
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from cardletter.profiles import read_interests
from cardletter.profiles.gathering import gather
from cardletter.profiles.interests import Interests
from cardletter.profiles.spending import read_spending, write_profiles
from cardletter.profiles.windows import Windows
from cardletter.settings import load
from cardletter.sources import Warehouse, notes_of, synthesize
from cardletter.workspace import Workspace, open_edition

ROOT = Path(__file__).parent.parent
SPLIT = """
    COPY (FROM read_parquet('{0}/data/raw/transactions/*.parquet')
          WHERE occurred_at >= '{1}' AND occurred_at < '{2}')
    TO '{0}/data/transactions/{3:02d}.parquet' (COMPRESSION zstd)
"""
BY_HAND = """
    WITH daily AS (
        SELECT member, interest, occurred_at::DATE AS day, sum((amount * 100)::BIGINT) AS cents,
               count(*) FILTER (amount > 0) AS purchases
        FROM read_parquet('{0}/data/transactions/*.parquet')
        JOIN allowed USING (category) JOIN asked USING (member_id) GROUP BY ALL
    ), told AS (SELECT *, DATE '{1}' - day - 1 AS ago FROM daily)
    SELECT member, interest, sum(cents)::BIGINT AS cents, sum(purchases)::INTEGER AS purchases,
           max(day) AS last_on, (count(*) FILTER (purchases > 0))::USMALLINT AS days,
           bit_or(CASE WHEN purchases > 0 THEN 1::UBIGINT << least(ago // 7, 63)::UBIGINT
                  ELSE 0::UBIGINT END) AS weeks,
           sum(CASE WHEN ago // 56 = 0 THEN cents ELSE 0 END)::BIGINT AS window_0,
           sum(CASE WHEN ago // 56 = 1 THEN cents ELSE 0 END)::BIGINT AS window_1,
           sum(CASE WHEN ago // 56 = 2 THEN cents ELSE 0 END)::BIGINT AS window_2
    FROM told GROUP BY ALL
"""
SUMS = ("cents", "purchases", "days", "weeks", "window_0", "window_1", "window_2")


def main() -> None:
    """Print seconds of both arms, round by round, and of a month that comes later."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=100_000)
    parser.add_argument("--transactions", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        _compare(_project(Path(name), asked.members, asked.transactions), asked.rounds)


def _project(folder: Path, members: int, transactions: int) -> Workspace:
    """Invent a project whose purchases come in twelve files, one a month."""
    shutil.copytree(ROOT / "segments", folder / "segments")
    (folder / "pyproject.toml").write_text("[tool.cardletter]\n", encoding="utf-8")
    synthesize(folder / "data/raw", members=members, transactions=transactions)
    (folder / "data/transactions").mkdir()
    (folder / "data/raw/members.parquet").rename(folder / "data/members.parquet")
    edges = pd.date_range("2025-11-20", "2026-11-20", periods=13)
    for number in range(12):
        span = (str(edges[number]), str(edges[number + 1]))
        duckdb.execute(SPLIT.format(folder, *span, number))
    shutil.rmtree(folder / "data/raw")
    return open_edition("2026-12", folder)


def _compare(desk: Workspace, rounds: int) -> None:
    interests, _ = read_interests(desk.project)
    members = pd.read_parquet(desk.project / "data/members.parquet")["member_id"]
    ids = pd.Index(members).sort_values()
    judged = _timed("what pull finds in twelve files", lambda: _noted(desk))
    for number in range(1, rounds + 1):
        shutil.rmtree(desk.private / "days", ignore_errors=True)
        ours = _timed(f"{number}: ours", lambda: _ours(desk, ids, interests))
        hand = _timed(f"{number}: by hand", lambda: _by_hand(desk, ids, interests))
        print(f"   ours / by hand: clock {ours[0] / hand[0]:.2f}, CPU {ours[1] / hand[1]:.2f}")
    last = desk.project / "data/transactions/11.parquet"
    last.rename(desk.project / "later.parquet")
    shutil.rmtree(desk.private / "days")
    _noted(desk)
    _ours(desk, ids, interests)
    (desk.project / "later.parquet").rename(last)
    month = _timed("a month later: what pull finds", lambda: _noted(desk))
    more = _timed("a month later: ours", lambda: _ours(desk, ids, interests))
    whole = judged[1] + ours[1]
    print(f"   a month / all: CPU {(month[1] + more[1]) / whole:.2f} (1/12 is 0.08)")


def _timed(what: str, work: Callable[[], object]) -> tuple[float, float]:
    began, burnt = time.perf_counter(), time.process_time()
    work()
    took = time.perf_counter() - began, time.process_time() - burnt
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"{what:35} {took[0]:7.1f} s {took[1]:7.1f} CPU s, peak so far {peak:.2f} GiB", flush=True
    )
    return took


def _noted(desk: Workspace) -> None:
    notes_of(Warehouse(desk.settings, desk.private))


def _ours(desk: Workspace, ids: pd.Index, interests: Interests) -> None:
    gather(desk, Warehouse(load(desk.project), desk.private), ids, interests)
    write_profiles(desk, Windows())


def _by_hand(desk: Workspace, ids: pd.Index, interests: Interests) -> None:
    as_of = read_spending(desk).as_of
    places = {name: place for place, name in enumerate(interests.interests)}
    allowed = pa.table(
        {
            "category": list(interests.of_category),
            "interest": [places[name] for name in interests.of_category.values()],
        }
    )
    asked = pa.table({"member_id": pa.array(ids, pa.string()), "member": np.arange(len(ids))})
    with duckdb.connect() as engine:
        engine.register("allowed", allowed)
        engine.register("asked", asked)
        found = engine.execute(BY_HAND.format(desk.project, as_of)).fetchnumpy()
    dense = np.zeros((len(ids), len(places)), dtype=np.int64)
    for name in SUMS:
        dense[found["member"], found["interest"]] = found[name]


if __name__ == "__main__":
    main()
