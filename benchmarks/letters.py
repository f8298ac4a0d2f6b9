"""What letters chosen by the library would have shown, judged by weeks it does not know.

Takes a folder with train.csv (household_id, date, category, amount), items.csv (category) and
members.csv (household_id); every category is an interest and an item. Writes tables of
recommendations (household_id, item1 ... item6, variant): favourites.csv, distinct.csv,
discovery.csv, suppressed.csv (discovery by member), issue.csv (4 favourites of a letter and 2
personal discoveries), libraries.csv (4 and 2 of two libraries of blocks), member.csv (favourites
by member) and random.csv (groups by lot, the control).

    python benchmarks/letters.py FOLDER
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from cardletter.content.appetite import Appetite
from cardletter.content.recommender import Places, Scores, recommend
from cardletter.content.routing import Letters, combined, means, route
from cardletter.profiles import Spending
from cardletter.segments.clustering import afresh
from cardletter.segments.sizes import Sizes
from cardletter.segments.taste import taste
from cardletter.segments.wanted import best

SLOTS, FLOOR, EACH, WINDOW, WINDOWS = 6, 20, 25, 56, 3


def read(folder: Path) -> Spending:
    """Sum the purchases up as the profiles are."""
    train = pd.read_csv(folder / "train.csv", dtype={"household_id": str, "category": str})
    members = pd.Index(sorted(pd.read_csv(folder / "members.csv", dtype=str)["household_id"]))
    items = pd.Index(pd.read_csv(folder / "items.csv", dtype=str)["category"])
    train["day"] = pd.to_datetime(train["date"])
    last = train["day"].max()
    lines = pd.DataFrame(
        {
            "row": members.get_indexer(pd.Index(train["household_id"])),
            "column": items.get_indexer(pd.Index(train["category"])),
            "cents": (train["amount"] * 100).round().astype("int64"),
            "ago": (last - train["day"]).dt.days,
        }
    )
    lines = lines[(lines["row"] >= 0) & (lines["column"] >= 0)]
    cells = lines.groupby(["row", "column"])["cents"].sum().to_frame()
    for number in range(WINDOWS):
        own = lines[lines["ago"] // WINDOW == number].groupby(["row", "column"])["cents"].sum()
        cells[f"window_{number}"] = own.reindex(cells.index, fill_value=0)
    weeks = lines.assign(week=lines["ago"] // 7)[["row", "column", "week"]].drop_duplicates()
    bits = np.left_shift(np.uint64(1), weeks["week"].to_numpy(dtype=np.uint64))
    weeks["bits"] = np.where(weeks["week"] < 64, bits, np.uint64(0))
    cells["weeks"] = weeks.groupby(["row", "column"])["bits"].sum().astype("uint64")
    as_of = last.date() + pd.Timedelta(days=1)
    table = pa.Table.from_pandas(cells.reset_index(), preserve_index=False)
    return Spending(members, tuple(items), as_of, WINDOW, table)


def write(folder: Path, name: str, spending: Spending, shown: Places, of: Places) -> None:
    """Write a table of recommendations."""
    items = np.array(spending.interests, dtype=object)
    table = pd.DataFrame(items[shown], columns=[f"item{n + 1}" for n in range(shown.shape[1])])
    table.insert(0, "household_id", spending.members)
    table["variant"] = [f"v{each}" for each in of]
    table.to_csv(folder / f"{name}.csv", index=False)
    sizes = np.unique(of, return_counts=True)[1]
    print(f"{name:<12} {len(sizes):>5} variants of {sizes.min()} members or more")


def shown(letters: Letters, slots: int) -> Places:
    """Give what each member's letter shows."""
    found: Places = best(letters.wants.astype(np.float64), slots)[letters.of]
    return found


def main(folder: Path) -> None:
    """Choose, and write the tables."""
    spending = read(folder)
    tastes = taste(np.asarray(spending.cents, dtype=np.float64))
    sizes = Sizes(len(spending.members) // EACH, FLOOR)
    found = afresh(tastes.features, spending.interests, sizes, seed=7)
    home: Places = np.unique(found.labels, return_inverse=True)[1].astype(np.int64)
    appetite = Appetite(spending)
    wants: dict[str, Scores] = {
        task: appetite.of(task, home) for task in ("favourites", "distinct", "novel")
    }
    for task, name in (
        ("favourites", "favourites"),
        ("distinct", "distinct"),
        ("novel", "discovery"),
    ):
        letters = route(wants[task], home, SLOTS, FLOOR)
        write(folder, name, spending, shown(letters, SLOTS), letters.of)
    alone = np.arange(len(home))
    write(folder, "member", spending, recommend(wants["favourites"], SLOTS), alone)
    write(folder, "suppressed", spending, recommend(wants["novel"], SLOTS), alone)
    four, two = (
        route(wants[task], home, n, FLOOR) for task, n in (("favourites", 4), ("novel", 2))
    )
    top = shown(four, 4)
    known = np.zeros(wants["novel"].shape, dtype=bool)
    np.put_along_axis(known, top, values=True, axis=1)
    own = recommend(wants["novel"], 2, known)
    write(folder, "issue", spending, np.hstack([top, own]), four.of)
    beside = combined(four.of, wants["novel"], two, 2, floor=1)
    blocks = best(two.wants.astype(np.float64), 2)[beside]
    pairs = four.of * (beside.max() + 1) + beside
    write(folder, "libraries", spending, np.hstack([top, blocks]), pairs)
    lots = np.random.default_rng(0).permutation(home)
    rates = means(wants["favourites"], lots, int(home.max()) + 1)
    write(folder, "random", spending, best(rates.astype(np.float64), SLOTS)[lots], lots)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    main(arguments.parse_args().folder)
