"""Time matching as a run does it: every member's letter, every letter's items, within budgets.

Members who spend by planted tastes, as many segments as variants, items from a table of which some
have budgets (a fifth of those with a promised minimum), two personal places, a holdout, two
subjects. Then each of the four halved in turn, each size in a process of its own.

    python benchmarks/matching.py [--members 1000000] [--variants 1349] [--items 1000]
                                  [--budgets 200] [--quick]
"""

import argparse
import datetime as dt
import json
import multiprocessing
import resource
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from cardletter import content, starter, workspace
from cardletter.content import matching
from cardletter.profiles import read_interests
from cardletter.workspace import Workspace

EDITION = "2026-12"
LETTER = """\
date: 2026-12-03
subject: Good things for short days
subject_b: A letter for short days
preheader: Stories picked for what you enjoy
holdout: 0.05
personal: 2
slots: {hero: 1, stories: 4, briefs: 3, offers: 4}
"""
STEPS = (
    *("read_files", "draw", "serve", "read_uptake", "read_chances", "past_of", "spread", "ration"),
    *("fill", "picks_of", "write_personal"),
)
TELLING = 0.05
"""Seconds from which on a step is told of."""
EACH = 12
"""Interests of each member."""


@dataclass(frozen=True)
class Size:
    """How much is matched."""

    members: int = 1_000_000
    variants: int = 1_349
    items: int = 1_000
    budgets: int = 200


def made(folder: Path, size: Size) -> Workspace:
    """Write a project, and what the stages before matching leave."""
    project = starter.unpack(folder)
    shutil.rmtree(project / "content/articles")
    shutil.rmtree(project / "content/offers")
    (project / f"content/editions/{EDITION}.yaml").write_text(LETTER, encoding="utf-8")
    with (project / "pyproject.toml").open("a", encoding="utf-8") as settings:
        settings.write('content.items = "data/items.parquet"\n')
    interests = list(read_interests(project)[0].interests)
    (project / "data").mkdir(exist_ok=True)
    _items(project, interests, size)
    ids = np.char.add("M", np.char.zfill(np.arange(size.members).astype(str), 9))
    members = pd.DataFrame({"member_id": ids, "email": "x@mail.example"})
    members.to_parquet(project / "data/members.parquet", index=False)
    desk = workspace.begin(workspace.open_edition(EDITION, project))
    of = np.random.default_rng(2).integers(0, size.variants, size.members)
    _segments(desk, ids, of, size)
    _profiles(desk, ids, of, interests)
    return desk


def _items(project: Path, interests: list[str], size: Size) -> None:
    rng = np.random.default_rng(1)
    offers = np.arange(size.items) % 2 == 0
    limited = np.zeros(size.items, dtype=bool)
    limited[rng.choice(np.flatnonzero(offers), size.budgets, replace=False)] = True
    each = size.members * 4 / offers.sum()
    most = (each * rng.uniform(0.3, 3, size.items)).astype(int)
    least = np.where(np.cumsum(limited) % 5 == 0, most // 2, 0)
    table = pd.DataFrame({"item_id": [f"item-{number:05d}" for number in range(size.items)]})
    table["kind"] = np.where(offers, "offer", "article")
    table["title"] = "Title of " + table["item_id"]
    table["interests"] = [interests[place] for place in rng.integers(0, len(interests), size.items)]
    table = table.assign(teaser="Ten words that say what it is.", image="bakery.png", alt="A view")
    table = table.assign(link="https://larkfield.example/" + table["item_id"], body="Some words.")
    table["merchant"] = np.where(offers, "Merchant " + (table.index // 9).astype(str), None)
    table["terms"] = np.where(offers, "Once per member.", None)
    table["until"] = np.where(offers, "2027-03-31", None)
    table["budget.impressions"] = pd.Series(most).where(limited).astype("Int64")
    table["budget.minimum"] = pd.Series(least).where(limited).astype("Int64")
    table.to_parquet(project / "data/items.parquet", index=False)


def _segments(desk: Workspace, ids: np.ndarray, of: np.ndarray, size: Size) -> None:
    names = [f"s{number:04d}" for number in range(size.variants)]
    sizes = np.bincount(of, minlength=size.variants)
    each = [
        {"segment_id": name, "name": name, "phrase": name, "size": int(count), "traits": []}
        | {"looked_at": int(count), "likes": {}}
        for name, count in zip([*names, "generic"], [*sizes, 0], strict=True)
    ]
    desk.write_json("segments.json", each)
    table = pd.DataFrame({"member_id": ids, "segment_id": np.array(names)[of], "wishes": ""})
    table.to_parquet(desk.file("assignments.parquet"), index=False)


def _profiles(desk: Workspace, ids: np.ndarray, of: np.ndarray, interests: list[str]) -> None:
    """Let members of a segment buy of some interests more than others do."""
    rng = np.random.default_rng(3)
    count = len(interests)
    taste = rng.gamma(0.6, 1, (int(of.max()) + 1, count)).astype(np.float32)
    file = desk.private / "profiles.parquet"
    writer = None
    for first in range(0, len(ids), 100_000):
        rows = slice(first, first + 100_000)
        liked = taste[of[rows]] * rng.gamma(1, 1, (len(ids[rows]), count)).astype(np.float32)
        own = np.sort(np.argpartition(-liked, EACH, axis=1)[:, :EACH], axis=1)
        cents = (np.take_along_axis(liked, own, axis=1) * 5_000).astype(np.int64) + 500
        table = pd.DataFrame({"member_id": np.repeat(ids[rows], EACH)})
        table["interest"] = np.array(interests, dtype=object)[own.ravel()]
        table["cents"], table["last_on"] = cents.ravel(), dt.date(2026, 11, 1)
        for name in ("purchases", "days"):
            table[name] = np.minimum(cents.ravel() // 1_000 + 1, 50)
        bits = rng.integers(1, 2**40, len(table), dtype=np.uint64)
        table["weeks"] = bits & rng.integers(1, 2**40, len(table), dtype=np.uint64)
        for number in range(3):
            table[f"window_{number}"] = (cents.ravel() * rng.integers(0, 2, len(table))) // 3
        whole = pa.Table.from_pandas(table, preserve_index=False)
        writer = writer or pq.ParquetWriter(file, whole.schema)
        writer.write_table(whole)
    assert writer is not None
    writer.close()
    told = {"as_of": "2026-11-30", "window_days": 56}
    (desk.private / "profiles.json").write_text(json.dumps(told), encoding="utf-8")


def timed(into: dict[str, float], name: str, step: Callable[..., Any]) -> Callable[..., Any]:
    """Let a step add up what it takes of the processor."""

    def run(*given: object, **named: object) -> object:
        began = time.process_time()
        try:
            return step(*given, **named)
        finally:
            into[name] += time.process_time() - began

    return run


@dataclass(frozen=True)
class Took:
    """What matching one size took: wall and CPU seconds, GiB, the plan's gap, and of what."""

    wall: float
    cpu: float
    peak: float
    gap: float
    counts: dict[str, int]
    steps: dict[str, float]


def measured(size: Size) -> Took:
    """Match one size, and tell what it took."""
    steps: dict[str, float] = defaultdict(float)
    gaps: list[float] = []
    with tempfile.TemporaryDirectory(prefix="cardletter-bench-") as room:
        desk = made(Path(room) / "letter", size)
        for name in STEPS:
            setattr(matching, name, timed(steps, name, getattr(matching, name)))
        planned = matching.ration
        matching.ration = lambda sheet: _noted(planned(sheet), gaps)
        began, cpu = time.perf_counter(), time.process_time()
        counts = content.match(desk)
        wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return Took(wall, cpu, peak, gaps[0], dict(counts), dict(steps))


def _noted(rations: Any, gaps: list[float]) -> object:  # noqa: ANN401 - passed through
    gaps.append(rations.gap)
    return rations


def main() -> None:
    """Measure the whole size, then each part of it halved."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, value in vars(Size()).items():
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--quick", action="store_true", help="the whole size only")
    asked = vars(parser.parse_args())
    quick = asked.pop("quick")
    whole = Size(**asked)
    halves = [] if quick else [replace(whole, **{n: v // 2}) for n, v in asked.items()]
    spawn = multiprocessing.get_context("spawn")
    for size in [whole, *halves]:
        with ProcessPoolExecutor(1, mp_context=spawn) as alone:
            took = alone.submit(measured, size).result()
        named = ", ".join(f"{value:,} {name}" for name, value in vars(size).items())
        print(f"{named}: {took.wall:.1f} s, {took.cpu:.1f} cpu s, peak {took.peak:.2f} GiB")
        print(f"    gap {took.gap:.2%}, {took.counts}")
        steps = {name: seconds for name, seconds in took.steps.items() if seconds >= TELLING}
        print("    " + ", ".join(f"{n} {each:.1f}" for n, each in steps.items()), flush=True)


if __name__ == "__main__":
    main()
