"""What a whole run shows, judged by weeks it does not know: the stages as they are, end to end.

Takes a folder as quality.py makes it (train.csv, items.csv, members.csv, and test.csv for the
truth): every category is an interest and an article of a table. Segments are found once; then one
edition after the other is matched, and what its letters and personal places show is read from what
the stage wrote. Writes tables (household_id, item1 ..., variant) and prints what they come to
against one letter for all.

    python benchmarks/quality.py --journey 2017-10-01 FOLDER
    python benchmarks/editions.py FOLDER [--test FOLDER/test.csv]
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from cardletter import content, segments
from cardletter.profiles import Spending, read_spending
from cardletter.segments.lift import hits, lift_of
from cardletter.segments.points import Labels
from cardletter.segments.wanted import best, wanted
from cardletter.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parent))
from quality import EDITION, SLOTS, interest_ids, of_late, project_of, truth_of

RECENT_DAYS = 91
LETTERS = {
    "favourites": ("stories: {favourites: 6}", "favourites", 0, ("favourites",) * 6),
    "distinct": ("stories: {favourites: 6}", "distinct", 0, ("distinct",) * 6),
    "discoveries": ("stories: {discoveries: 6}", "favourites", 0, ("novel",) * 6),
    "issue": (
        "stories: {favourites: 4}",
        "favourites",
        2,
        ("favourites",) * 4 + ("novel",) * 2,
    ),
}
"""Table -> places, what favourites are, personal places, and what each place is judged by."""


def catalogue(desk: Workspace, items: pd.Series) -> None:
    """Make an article of each category, in a table."""
    table = pd.DataFrame({"item_id": list(interest_ids(items).values()), "kind": "article"})
    table = table.assign(title="About " + items, interests=table["item_id"], image="bakery.png")
    table = table.assign(teaser="Some words of it, and a few more.", alt="A picture", body="Words.")
    table.assign(link="https://larkfield.example/").to_csv(
        desk.project / "data/items.csv", index=False
    )
    for name in ("articles", "offers"):
        shutil.rmtree(desk.project / "content" / name)
    with (desk.project / "pyproject.toml").open("a", encoding="utf-8") as settings:
        settings.write('content.items = "data/items.csv"\n')


def matched(desk: Workspace, name: str) -> tuple[pd.DataFrame, dict[str, object]]:
    """Match an edition; give each member's items, best first, and their variant."""
    slots, favour, personal, _ = LETTERS[name]
    none = "".join(f", {each}: 0" for each in ("hero", "briefs", "offers"))
    text = f"date: 2026-12-03\nsubject: A letter\nfavour: {favour}\npersonal: {personal}\n"
    file = desk.project / f"content/editions/{EDITION}.yaml"
    file.write_text(f"{text}slots: {{{slots}{none}}}\n", encoding="utf-8")
    counts = content.match(desk)
    picks = pd.read_parquet(desk.file("selections.parquet")).sort_values("place")
    of = pd.read_parquet(desk.file("assignments.parquet")).set_index("member_id")["variant_id"]
    shown = picks.groupby("variant_id")["item_id"].apply(list).reindex(of).set_axis(of.index)
    if personal:
        own = pd.read_parquet(desk.file("personal.parquet")).sort_values("place")
        alone = own.groupby("member_id")["item_id"].apply(list).reindex(of.index)
        shown = pd.Series([a + b for a, b in zip(shown, alone, strict=True)], of.index)
    return pd.DataFrame({"shown": shown, "variant": of}), dict(counts)


def judged(
    name: str, table: pd.DataFrame, spending: Spending, about: tuple[dict, np.ndarray, object]
) -> str:
    """Say what an edition's places come to against one letter for all."""
    rates, usual, after = about
    places = pd.Index(spending.interests)
    shown = np.stack([places.get_indexer(each) for each in table["shown"]])
    told, parts = [], []
    for task in dict.fromkeys(LETTERS[name][3]):
        at = [number for number, each in enumerate(LETTERS[name][3]) if each == task]
        truth = wanted(task, after, usual)  # type: ignore[arg-type]
        one: Labels = np.tile(best(rates[task].mean(axis=0)[None], len(at)), (len(shown), 1))
        each = hits(shown[:, at], truth), hits(one, truth)
        told.append(f"{task} {lift_of(*each)}")
        parts.append([share * len(at) for share in each])
    if len(parts) > 1:
        theirs, ones = (np.sum(each, axis=0) for each in zip(*parts, strict=True))
        told.append(f"useful places {lift_of(theirs, ones)}")
    return ", ".join(told)


def main() -> None:
    """Run, write the tables, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--test", type=Path)
    asked = parser.parse_args()
    items = pd.read_csv(asked.folder / "items.csv", dtype=str)["category"]
    words = {own: category for category, own in interest_ids(items).items()}
    with tempfile.TemporaryDirectory(prefix="cardletter-editions-") as room:
        desk = project_of(asked.folder, Path(room) / "p", {"segments": "auto", "k_min": 20})
        segments.assign(desk)
        catalogue(desk, items)
        spending = read_spending(desk)
        rates, usual = of_late(desk, spending)
        ids = list(items)
        after = truth_of(asked.test, spending, ids, RECENT_DAYS) if asked.test else None
        for name in LETTERS:
            table, counts = matched(desk, name)
            table = table.reindex(spending.members)
            names = [[words[each] for each in shown] for shown in table["shown"]]
            written = pd.DataFrame(names, columns=[f"item{n + 1}" for n in range(SLOTS)])
            written.insert(0, "household_id", table.index)
            file = asked.folder / f"run_{name}.csv"
            written.assign(variant=table["variant"].to_numpy()).to_csv(file, index=False)
            smallest = table["variant"].value_counts().min()
            told = judged(name, table, spending, (rates, usual, after)) if after else ""
            letters = f"{counts['variants']} letters of {smallest} or more"
            print(f"{name:12} {letters}  {told}", flush=True)


if __name__ == "__main__":
    main()
