"""Say how well the interests that were planted among invented members are found again.

Each invented member has one of twelve interests beside what everybody buys; the segments that are
found are held against those by the adjusted Rand index: 1 is all right, 0 is by lot. Then all
members get other ids, and come in another order: nothing may change.

    python benchmarks/planted.py [--members 5000] [--transactions 300000]
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import yaml
from sklearn.metrics import adjusted_rand_score

from cardletter import profiles, segments, sources, starter, workspace


def found(project: Path, **asked: object) -> pd.Series:
    """Find the segments anew, and give each member's."""
    file = project / "segments" / "clustering.yaml"
    file.write_text(yaml.safe_dump(asked), encoding="utf-8")
    desk = workspace.begin(workspace.open_edition("2026-12", project))
    sources.pull(desk)
    profiles.build(desk)
    segments.assign(desk)
    table = pd.read_parquet(desk.file("assignments.parquet"))
    return table.set_index("member_id")["segment_id"]


def renamed(project: Path) -> dict[str, str]:
    """Give all members other ids, and write every table in another order; give old id -> new."""
    rng = np.random.default_rng(4)
    every = pd.read_parquet(project / "data" / "truth.parquet")["member_id"]
    ids = dict(zip(every, (f"x{n:07d}" for n in rng.permutation(len(every))), strict=True))
    for file in (project / "data").rglob("*.parquet"):
        rows = pd.read_parquet(file)
        if "member_id" in rows:
            rows["member_id"] = rows["member_id"].map(ids)
            rows.sample(frac=1, random_state=1).to_parquet(file, index=False)
    return ids


def main() -> None:
    """Find planted interests with their number given and without, then under other ids."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--members", type=int, default=5_000)
    parser.add_argument("--transactions", type=int, default=300_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cardletter-planted-") as room:
        project = starter.unpack(Path(room) / "letter")
        data = project / "data"
        sources.synthesize(data, members=asked.members, transactions=asked.transactions)
        truth = pd.read_parquet(data / "truth.parquet").set_index("member_id")["group"]
        for number in ("auto", 12):
            own = found(project, segments=number)
            seen = own[own != segments.GENERIC]
            right = adjusted_rand_score(truth[seen.index], seen)
            print(f"segments: {number}: {seen.nunique()} found, adjusted Rand index {right:.3f}")
        ids = renamed(project)
        again = found(project, segments=12)
        same = again[own.index.map(ids)].to_numpy() == own.to_numpy()
        print(f"other ids, another order: {same.mean():.1%} of members in the same segment")


if __name__ == "__main__":
    main()
