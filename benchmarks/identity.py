"""Say how many members keep their segment from month to month, on a year of real purchases.

Runs the segments as of the first of each month, each run going on from the last: with the whole
history, and with only the last days of it. Takes a folder as benchmarks/quality.py does; without
one, a year of the Complete Journey.

    python benchmarks/identity.py [FOLDER] [--days 182] [--segments 91] [--k-min 20]
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from cardletter.segments.clustering import Before, Clusters, afresh, again
from cardletter.segments.points import NOBODY, Labels, Matrix
from cardletter.segments.sizes import Sizes
from cardletter.segments.taste import taste
from journey import made

MONTHS, LAST = 5, pd.Timestamp("2018-01-01")
EVER = 10_000
WHOLE_YEAR = "2017-11-06"
"""The day whose weeks after it end with the year."""


def tastes(lines: pd.DataFrame, shape: tuple[int, int], day: pd.Timestamp, days: int) -> Matrix:
    """Give the members' features by what they bought in so many days before a day."""
    known = lines[(lines["date"] < day) & (lines["date"] >= day - pd.Timedelta(days=days))]
    cents = np.zeros(shape)
    np.add.at(cents, (known["row"], known["column"]), known["amount"])
    return taste(cents).features


def kept(
    lines: pd.DataFrame, shape: tuple[int, int], days: int, sizes: Sizes, margin: float
) -> str:
    """Run month after month, and say what share of the members keeps its segment."""
    found: Clusters | None = None
    before: Labels = np.full(shape[0], NOBODY)
    shares: list[float] = []
    for back in range(MONTHS - 1, -1, -1):
        features = tastes(lines, shape, LAST - pd.DateOffset(months=back), days)
        rows = np.flatnonzero(features.any(axis=1))
        if found is None:
            names = tuple(f"i{n}" for n in range(shape[1]))
            found = afresh(features[rows], names, sizes, 7)
        else:
            left = Before(found.basis, found.centres, before[rows], margin)
            found = again(features[rows], left, sizes)
            known = before[rows] >= 0
            shares.append(float((before[rows] == found.labels)[known].mean()))
        before = np.full(shape[0], NOBODY)
        before[rows] = found.labels
    return f"{np.mean(shares):.3f} (" + ", ".join(f"{each:.3f}" for each in shares) + ")"


def main() -> None:
    """Print the share kept with the whole history and with a part, with and without a margin."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--days", type=int, default=182)
    parser.add_argument("--segments", type=int, default=91)
    parser.add_argument("--k-min", type=int, default=20)
    asked = parser.parse_args()
    folder = asked.folder or made(WHOLE_YEAR)
    parts = [
        pd.read_csv(folder / f"{name}.csv", parse_dates=["date"]) for name in ("train", "test")
    ]
    lines = pd.concat(parts, ignore_index=True)
    members, items = pd.Index(lines["household_id"].unique()), pd.Index(lines["category"].unique())
    lines["row"] = members.get_indexer(lines["household_id"])
    lines["column"] = items.get_indexer(lines["category"])
    shape, sizes = (len(members), len(items)), Sizes(asked.segments, asked.k_min)
    for days, words in ((EVER, "all history"), (asked.days, f"the last {asked.days} days")):
        for margin in (0.1, 0.0):
            print(
                f"{words}, margin {margin}: {kept(lines, shape, days, sizes, margin)}", flush=True
            )


if __name__ == "__main__":
    main()
