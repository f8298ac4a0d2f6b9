"""Fatigue: what members were shown in the last editions rests before they see it again."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

from cardletter.content.editions import EDITIONS, editions
from cardletter.content.recommender import Places, Scores
from cardletter.content.sheet import Catalogue
from cardletter.workspace import Workspace
from cardletter.yamlfile import YamlFile

PLANNED = "plan.json"
"""What an edition has that was made to be sent."""
PERSONAL = "personal.parquet"
"""member_id, place (1..n), item_id, score, reason."""


def before(desk: Workspace, count: int) -> Iterator[Path]:
    """Give the folders of the last editions that were made to be sent, the newest first."""
    dates = {
        name: YamlFile.read(desk.project, f"{EDITIONS}/{name}.yaml").content.get("date")
        for name in editions(desk.project)
    }
    today = dates.get(desk.edition)
    earlier = [name for name, date in dates.items() if date and today and date < today]
    folders = [
        desk.root / "editions" / name for name in sorted(earlier, key=lambda name: str(dates[name]))
    ]
    yield from [folder for folder in folders if (folder / PLANNED).is_file()][::-1][:count]


def date_of(desk: Workspace, edition: str) -> pd.Timestamp:
    """Give the day of an edition that has a file."""
    return pd.Timestamp(YamlFile.read(desk.project, f"{EDITIONS}/{edition}.yaml").content["date"])


def shown_before(folder: Path) -> tuple[pd.Series, pd.DataFrame]:
    """Give each member's variant in an edition, and what the variants showed."""
    assigned = pd.read_parquet(folder / "assignments.parquet", columns=["member_id", "variant_id"])
    picks = pd.read_parquet(
        folder / "selections.parquet", columns=["variant_id", "slot", "item_id"]
    )
    return assigned.dropna().set_index("member_id")["variant_id"], picks.drop_duplicates()


def seen_of_late(
    desk: Workspace, catalogue: Catalogue, members: pd.DataFrame, keys: Sequence[tuple[str, ...]]
) -> Scores | None:
    """Give the share of each group that saw each item in the last editions: groups x items."""
    saw = np.zeros((len(keys), len(catalogue.items)), dtype=np.float32)
    groups = pd.MultiIndex.from_tuples(keys).get_indexer(
        pd.MultiIndex.from_frame(members.drop(columns="member_id"))
    )
    columns = pd.Index([item.item_id for item in catalogue.items])
    found = False
    for folder in before(desk, catalogue.edition.rest):
        found = True
        variant_of, picks = shown_before(folder)
        variants = pd.Index(picks["variant_id"].unique())
        had = variants.get_indexer(variant_of.reindex(members["member_id"]).to_numpy())
        there = had >= 0
        of_group = _counts(groups[there], had[there], (len(keys), len(variants)))
        item = columns.get_indexer(pd.Index(picks["item_id"]))
        known = item >= 0
        row = variants.get_indexer(pd.Index(picks["variant_id"]))
        showed = _counts(row[known], item[known], (len(variants), len(columns)))
        share = (of_group @ showed).toarray()
        saw += share / np.bincount(groups, minlength=len(keys))[:, None]
    return np.minimum(saw, 1).astype(np.float32) if found else None


def _counts(rows: Places, columns: Places, shape: tuple[int, int]) -> sparse.csr_array:
    return sparse.csr_array((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape)
