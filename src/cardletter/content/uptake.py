"""Uptake: which items members took up, of those that earlier letters showed them.

An item is taken up by a click, an offer also by being redeemed. Clicks and opens are those of
people, never of machines, and of members who may still be tracked; redemptions are what the issuer
told of. Only members whose spending may be looked at teach anything, and only so they are taught.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

from cardletter.content.catalogue import Item
from cardletter.content.fatigue import PERSONAL, before, shown_before
from cardletter.content.recommender import Drawn, Mask, Places, Scores
from cardletter.ledger.haste import clicks_by_people, opens_by_people
from cardletter.workspace import Workspace

PAST = 6
"""Editions that are looked back at."""
ENOUGH = 1_000
"""Members who took up two items or more, from whom on it is learned what goes with what: of fewer,
planted tastes are found no better than by what all want (benchmarks/uptake.py)."""
SHRUNK = 10
"""Times an item is added to have been taken up as often as any in its place."""
LEAST, MOST = 0.5, 2.0
"""What uptake makes of an item's score, at least and at most: interests come first."""
TINY = 1e-6
LINK = re.compile(r"\]\((https://[^)\s]+)")
FOUND = ["member_id", "item_id", "slot"]


@dataclass(frozen=True)
class Uptake:
    """What members took up: members x items, and what that says of either."""

    items: pd.Index
    """Their ids, in the order of the columns."""
    taken: sparse.csr_array
    """1 where a member took an item up."""
    redeemed: sparse.csr_array
    """1 where a member redeemed an offer."""
    pull: Scores
    """How much more often each item is taken up than others in its places; 1 is as often."""
    floor: int
    """Members who must have taken an item up before it says anything of others."""

    @cached_property
    def known(self) -> Places:
        """Give the items that enough members took up."""
        takers = np.asarray(self.taken.sum(axis=0)).ravel()
        return np.flatnonzero(takers >= self.floor).astype(np.int64)

    @cached_property
    def model(self) -> Drawn | None:
        """Learn what goes with what, where there is enough to learn from."""
        items = self.taken[:, self.known]
        several = np.asarray(items.sum(axis=1)).ravel() > 1
        return Drawn().fit(items) if several.sum() >= ENOUGH else None

    def leaning(self, rows: Places) -> Scores:
        """Give how much more some members lean to each item than all do: rows x items, 1 as all."""
        found = np.ones((len(rows), self.taken.shape[1]), dtype=np.float32)
        if self.model is not None:
            theirs = self.taken[rows][:, self.known]
            usual = np.maximum(self.model.everybody.rates, TINY)
            found[:, self.known] = self.model.score(theirs) / usual
        return found

    def told(self, rows: Places) -> Mask:
        """Tell of which items it may be said that they go with what some members took up.

        Enough members took up both: rows x items.
        """
        found = np.zeros((len(rows), self.taken.shape[1]), dtype=bool)
        if self.model is not None:
            together = (self.model.ease.met >= self.floor).astype(np.float32)
            found[:, self.known] = (self.taken[rows][:, self.known] @ together) > 0
        return found

    def drawn(self, groups: Places, count: int) -> Scores:
        """Give what uptake makes of the items' scores for groups of members: groups x items.

        Members of group -1 are in none.
        """
        leaning = np.ones((count, self.taken.shape[1]), dtype=np.float64)
        sizes = np.maximum(np.bincount(groups[groups >= 0], minlength=count), 1)
        took = np.asarray(self.taken.sum(axis=1)).ravel() > 0
        those = np.flatnonzero(took & (groups >= 0))
        for part in np.array_split(those, len(those) // TOGETHER + 1) if self.model else ():
            ones = np.ones(len(part), dtype=np.float32)
            cells = (groups[part], np.arange(len(part)))
            of_group = sparse.csr_array((ones, cells), shape=(count, len(part)))
            leaning += (of_group @ (self.leaning(part) - 1)) / sizes[:, None]
        return bounded(leaning * self.pull)

    def share(self, which: sparse.csr_array, groups: Places, count: int) -> Scores:
        """Give the share of each group that took up, or redeemed, each item: groups x items."""
        inside = np.flatnonzero(groups >= 0)
        ones = np.ones(len(inside), dtype=np.float32)
        members = sparse.csr_array((ones, (groups[inside], inside)), (count, which.shape[0]))
        sizes = np.maximum(np.bincount(groups[inside], minlength=count), 1)
        found: Scores = ((members @ which).toarray() / sizes[:, None]).astype(np.float32)
        return found


TOGETHER = 20_000
"""Members whose leanings are looked at at once."""


def bounded(factor: Scores) -> Scores:
    """Keep what uptake makes of scores within bounds."""
    return np.clip(factor, LEAST, MOST).astype(np.float32)


def read_uptake(
    desk: Workspace, items: Sequence[Item], members: pd.Index, floor: int
) -> Uptake | None:
    """Read what members took up of the items of earlier editions; None where nothing is known.

    `members` are those whose spending may be looked at, in the order of the rows.
    """
    columns = pd.Index([item.item_id for item in items])
    links = _links(items)
    took, looked = [], []
    for folder in before(desk, PAST):
        clicked, seen = _edition(desk, folder, links)
        took.append(clicked[clicked["member_id"].isin(members)])
        looked.append(seen)
    redeemed = desk.ledger.redemptions()[["member_id", "item_id"]]
    if not len(redeemed) and not any(map(len, took)):
        return None
    clicks = pd.concat([pd.DataFrame(columns=FOUND), *took])
    return Uptake(
        items=columns,
        taken=_cells(pd.concat([clicks, redeemed]), members, columns),
        redeemed=_cells(redeemed, members, columns),
        pull=_pull(clicks, looked, columns),
        floor=floor,
    )


def _links(items: Sequence[Item]) -> pd.DataFrame:
    """Give each item's links, in all its languages: item_id, link."""
    each = [
        (item.item_id, link)
        for item in items
        for words in (item, *item.twins.values())
        for link in {words.link, *LINK.findall(words.body)}
    ]
    return pd.DataFrame(each, columns=["item_id", "link"]).drop_duplicates()


def _edition(
    desk: Workspace, folder: Path, links: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give what was clicked (FOUND), and how often each item was looked at (slot, item_id, times).

    A click is for an item that the member was shown. Who clicked has looked.
    """
    clicks = clicks_by_people(desk.ledger, folder.name, tracked=True)[["member_id", "link"]]
    opens = opens_by_people(desk.ledger, folder.name, tracked=True)["member_id"]
    lookers = pd.Index(clicks["member_id"]).union(pd.Index(opens)).unique()
    clickers = clicks.merge(links, on="link")[["member_id", "item_id"]].drop_duplicates()
    found, seen = [], []
    for shown in _shown(folder, lookers):
        found.append(clickers.merge(shown, on=["member_id", "item_id"])[FOUND])
        seen.append(shown.groupby(["slot", "item_id"]).size().rename("times").reset_index())
    return pd.concat(found).drop_duplicates(FOUND[:2]), pd.concat(seen)


def _shown(folder: Path, members: pd.Index) -> Iterator[pd.DataFrame]:
    """Give what an edition showed some members: in their letters, and them alone (FOUND)."""
    variant_of, picks = shown_before(folder)
    theirs = variant_of[variant_of.index.isin(members)].reset_index()
    yield theirs.merge(picks, on="variant_id")[FOUND]
    if (folder / PERSONAL).is_file():
        own = pd.read_parquet(folder / PERSONAL, columns=["member_id", "item_id"])
        yield own[own["member_id"].isin(members)].assign(slot="personal")[FOUND]


def _cells(rows: pd.DataFrame, members: pd.Index, columns: pd.Index) -> sparse.csr_array:
    """Give members x items, 1 where there is a row."""
    row = members.get_indexer(pd.Index(rows["member_id"]))
    column = columns.get_indexer(pd.Index(rows["item_id"]))
    known = (row >= 0) & (column >= 0)
    cells = np.unique(np.stack([row[known], column[known]]), axis=1)
    ones = np.ones(cells.shape[1], dtype=np.float32)
    return sparse.csr_array((ones, (cells[0], cells[1])), (len(members), len(columns)))


def _pull(clicks: pd.DataFrame, looked: Sequence[pd.DataFrame], columns: pd.Index) -> Scores:
    """Give how much more often items are taken up than others where they stood, drawn towards 1.

    What stands further up is taken up more: an item is held against the places it had.
    """
    if clicks.empty:
        return np.ones(len(columns), dtype=np.float32)
    times = pd.concat(looked).groupby(["slot", "item_id"])["times"].sum()
    slots = pd.Series(times.index.get_level_values("slot"), times.index)
    rate = clicks.groupby("slot").size() / times.groupby("slot").sum()
    expected = (times * slots.map(rate).fillna(0)).groupby("item_id").sum()
    came = clicks.groupby("item_id").size().reindex(expected.index, fill_value=0)
    pull = (came + SHRUNK) / (expected + SHRUNK)
    found: Scores = pull.reindex(columns).fillna(1).to_numpy(dtype=np.float32)
    return found
