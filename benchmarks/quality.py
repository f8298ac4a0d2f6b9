"""Judge what the library chooses on purchases of real shoppers, by weeks it does not know.

Takes a folder with train.csv (household_id, date, category, amount), items.csv (category) and
members.csv (household_id); makes a project of it in which every category is an interest; runs the
stages as they are; and writes a table of recommendations (household_id, item1 ... item6, variant).
Without --test only what the library's own backtest finds in the training weeks is printed; with
--test, a table of purchases like train.csv, the recommendations are judged by those.

    python benchmarks/quality.py                                on the Complete Journey, judged
    python benchmarks/quality.py --journey 2017-10-01 FOLDER    makes such a folder, test.csv too
    python benchmarks/quality.py FOLDER [--test FOLDER/test.csv] [--segments 91] [--k-min 20]
        [--features auto] [--window-days 56] [--recent-days 91]
"""

import argparse
import re
import shutil
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from cardletter import profiles, segments, sources, starter, workspace
from cardletter.profiles import Spending, read_spending
from cardletter.segments.curve import summary
from cardletter.segments.lift import hits, lift_of
from cardletter.segments.points import Labels, Matrix
from cardletter.segments.wanted import (
    TASKS,
    Window,
    best,
    bought_within,
    shrunk,
    wanted,
    wanted_of_late,
    windows_of,
)
from cardletter.workspace import Workspace
from journey import journey, made

SLOTS = 6
EDITION, AS_OF = "2026-12", "2017-10-01"
OVER = 1.2
"""The lift from which an interest over-indexes."""


def interest_ids(categories: pd.Series) -> dict[str, str]:
    """Give each category an interest's id that says what it is, no id twice."""
    return {
        category: f"c{number:04d}-{re.sub('[^a-z0-9]+', '-', category.lower()).strip('-')}"
        for number, category in enumerate(categories)
    }


def project_of(folder: Path, into: Path, clustering: dict[str, object]) -> Workspace:
    """Make a project of the folder's purchases and run it as far as profiles."""
    starter.unpack(into)
    train = pd.read_csv(folder / "train.csv", dtype={"household_id": str, "category": str})
    items = pd.read_csv(folder / "items.csv", dtype=str)["category"]
    members = pd.read_csv(folder / "members.csv", dtype=str)["household_id"]
    told = {
        own: {"name": category, "phrase": category.lower(), "categories": [category]}
        for category, own in interest_ids(items).items()
    }
    for name, content in (("interests", {"interests": told}), ("clustering", clustering)):
        file = into / "segments" / f"{name}.yaml"
        file.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    data = into / "data"
    data.mkdir()
    train = train[train["household_id"].isin(members)]
    columns = {"household_id": "member_id", "date": "occurred_at"}
    train.rename(columns=columns).to_parquet(data / "transactions.parquet", index=False)
    people = pd.DataFrame({"member_id": members, "email": "m" + members + "@mail.example.org"})
    people.assign(country="US").to_parquet(data / "members.parquet", index=False)
    yes = people[["member_id"]].assign(
        purpose="profiling",
        state="granted",
        occurred_at=pd.Timestamp("2000-01-01"),
        method="web_form",
        wording="Yes, choose what it says from what I buy.",
        jurisdiction="US",
    )
    mail = yes.assign(purpose="newsletter")
    pd.concat([yes, mail]).to_parquet(data / "consents.parquet", index=False)
    desk = workspace.begin(workspace.open_edition(EDITION, into))
    sources.pull(desk)
    profiles.build(desk)
    return desk


def own_segment(desk: Workspace, members: pd.Index) -> pd.Series:
    """Find the segments, and give the one that each member is in."""
    segments.assign(desk)
    table = pd.read_parquet(desk.file("assignments.parquet")).set_index("member_id")
    return table["segment_id"].reindex(members)


def of_late(desk: Workspace, spending: Spending) -> tuple[dict[str, Matrix], Matrix]:
    """Give by task what members wanted of late, and each interest's share of all spending."""
    clustering, _ = segments.read_clustering(desk.project)
    spent = np.maximum(spending.cents, 0).sum(axis=0)
    usual = np.where(spent > 0, spent, 1) / max(spent.sum(), 1)
    windows = windows_of(spending, clustering.recent_days)
    return {task: wanted_of_late(task, windows, usual) for task in TASKS}, usual


def table_of(
    shown: Labels, members: pd.Index, items: list[str], variant: pd.Series
) -> pd.DataFrame:
    """Give recommendations in the form that they are judged in."""
    names = np.array(items, dtype=object)[shown]
    table = pd.DataFrame(names, columns=[f"item{n + 1}" for n in range(shown.shape[1])])
    table.insert(0, "household_id", members)
    return table.assign(variant=variant.to_numpy())


def truth_of(test: Path, spending: Spending, items: list[str], recent_days: int) -> Window:
    """Give what the members bought in the weeks after."""
    lines = pd.read_csv(test, dtype={"household_id": str, "category": str})
    rows = spending.members.get_indexer(lines["household_id"])
    columns = pd.Index(items).get_indexer(lines["category"])
    known = (rows >= 0) & (columns >= 0)
    cents = np.zeros(spending.cents.shape, dtype=np.int64)
    amounts = (lines["amount"].to_numpy() * 100).round().astype(np.int64)
    np.add.at(cents, (rows[known], columns[known]), amounts[known])
    return Window(cents, bought_within(spending.weeks, 0, recent_days))


def names_hold(desk: Workspace, own: pd.Series, after: Window, interests: tuple[str, ...]) -> str:
    """Say how many of the interests that segments are called after still set them apart after."""
    share = after.cents / np.maximum(after.cents.sum(axis=1, keepdims=True), 1)
    bought = after.cents.sum(axis=1) > 0
    everybody = share[bought].mean(axis=0)
    lifts = []
    for segment in desk.read_json("identity.json")["segments"]:
        inside = bought & (own == segment["segment_id"]).to_numpy()
        for name in segment["after"] if inside.any() else ():
            place = interests.index(name)
            lifts.append(share[inside, place].mean() / max(everybody[place], 1e-12))
    over = np.mean(np.array(lifts) > OVER)
    return f"{over:.1%} of {len(lifts)} (median lift {np.median(lifts):.1f})"


def main() -> None:
    """Make the folder, or run the library on it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--journey", metavar="DAY", help="make the folder, as of this day")
    parser.add_argument("--test", type=Path)
    parser.add_argument("--segments", default="auto")
    parser.add_argument("--k-min", type=int, default=20)
    parser.add_argument("--features", default="auto")
    parser.add_argument("--window-days", type=int, default=56)
    parser.add_argument("--recent-days", type=int, default=91)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    if asked.journey and asked.folder:
        journey(asked.folder, asked.journey)
        return
    folder = asked.folder or made(asked.journey or AS_OF)
    test = asked.test if asked.folder else folder / "test.csv"
    room = Path(tempfile.mkdtemp(prefix="cardletter-quality-"))
    keys = ("k_min", "features", "window_days", "recent_days", "seed")
    clustering = {key: getattr(asked, key) for key in keys}
    number = asked.segments if asked.segments == "auto" else int(asked.segments)
    try:
        run(folder, room / "p", clustering | {"segments": number}, test)
    finally:
        shutil.rmtree(room)


def run(folder: Path, room: Path, clustering: dict[str, object], test: Path | None) -> None:
    """Run the stages, write the tables, and print what they come to."""
    desk = project_of(folder, room, clustering)
    spending = read_spending(desk)
    items = list(pd.read_csv(folder / "items.csv", dtype=str)["category"])
    own = own_segment(desk, spending.members)
    print(segments.read_drift(desk)[0])
    print(f"{own.nunique()} segments, the smallest of {own.value_counts().min()}")
    segments.backtest(desk)
    if found := segments.read_backtest(desk):
        print(f"Backtest: {summary(found)}")
    rates, usual = of_late(desk, spending)
    groups, ids = pd.factorize(own, sort=True)
    recent_days = int(str(clustering["recent_days"]))
    after = truth_of(test, spending, items, recent_days) if test else None
    for task in TASKS:
        shown = best(shrunk(rates[task], groups.astype(np.int64), len(ids)), SLOTS)[groups]
        file = folder / f"own_{task}.csv"
        table_of(shown, spending.members, items, own).to_csv(file, index=False)
        if after:
            truth = wanted(task, after, usual)
            one = np.tile(best(rates[task].mean(axis=0)[None], SLOTS), (len(own), 1))
            print(f"{task:10} {lift_of(hits(shown, truth), hits(one, truth))}  {file}")
    if after:
        print(f"names that still over-index: {names_hold(desk, own, after, spending.interests)}")


if __name__ == "__main__":
    main()
