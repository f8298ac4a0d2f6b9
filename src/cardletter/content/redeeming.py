"""Redeeming: how likely the members of each letter are to redeem an offer, where it is known.

Learned (see `redemption`) from the offers of the last editions and what was redeemed of them, each
member as known on the edition's day, and asked of today: so an offer goes to those who use it.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from cardletter.content.catalogue import Item
from cardletter.content.fatigue import before, date_of, shown_before
from cardletter.content.recommender import Places, Scores
from cardletter.content.redemption import MONTH, Redemption, history
from cardletter.profiles import Spending, read_spending
from cardletter.workspace import Workspace

ENOUGH = 100
"""Offers that were redeemed, from which on it is learned: ten for each thing that is looked at."""
EDITIONS, RIPE = 3, 7
"""Editions that it is learned from, and days after which most of what is redeemed of one was."""
LOOKED_BACK = 12
"""Editions of which it is known what members redeemed."""
TAUGHT = 50_000
"""Pairs of a member and an offer that it is learned from, of each edition."""
SEED = 7
PAIR = ["member_id", "item_id"]


@dataclass(frozen=True)
class Chances:
    """How likely each member is to redeem offers, by the interests that these are about."""

    model: Redemption
    spending: Spending
    past: pd.DataFrame
    """What each member of the spending redeemed before."""

    def of(self, item: Item) -> bool:
        """Tell whether anything can be said of an item."""
        return item.kind == "offer" and bool(item.interests)

    @cached_property
    def about(self) -> "About":
        """Look at the members as they are known today."""
        return About(self.spending)

    def drawn(self, offers: Sequence[Item], of: Places, count: int) -> Scores:
        """Give how much likelier each group redeems offers than all members any: groups x offers.

        `of` is each member's group, -1 for none; the last row is for all members.
        """
        inside = of >= 0
        sizes = np.maximum(np.bincount(of[inside], minlength=count), 1)
        found: dict[tuple[str, ...], Scores] = {}
        for key in dict.fromkeys(tuple(offer.interests) for offer in offers):
            known = pd.concat([self.about.known(key), self.past], axis=1)
            chance = self.model.chance(known)
            means = np.bincount(of[inside], chance[inside], minlength=count) / sizes
            found[key] = np.append(means, chance.mean())
        if not found:
            return np.ones((count + 1, 0), dtype=np.float32)
        every = np.stack([found[tuple(offer.interests)] for offer in offers], axis=1)
        times: Scores = (every / every[-1].mean()).astype(np.float32)
        return times


class About:
    """What is known of members on a day: how they shop, and how much of what an offer is about."""

    def __init__(self, spending: Spending) -> None:
        """Sum up how lately, often and much each of them shops."""
        self.spending = spending
        cells = spending.cells.select(["row", "cents", "purchases", "window_0", "last_on", "weeks"])
        own = cells.to_pandas().groupby("row")
        lasted = int(np.bitwise_or.reduce(spending.cells["weeks"].to_numpy())).bit_length()
        self.months = max(lasted * 7 / MONTH, 1)
        last = pd.to_datetime(own["last_on"].max())
        sums = own[["cents", "purchases", "window_0"]].sum()
        self.value = pd.DataFrame(
            {
                "days_since": (pd.Timestamp(spending.as_of) - last).dt.days,
                "spent": sums["window_0"],
                "spent_monthly": sums["cents"] / self.months,
                "trips_monthly": sums["purchases"] / self.months,
            }
        ).reindex(range(len(spending.members)), fill_value=0)

    def known(self, interests: Sequence[str]) -> pd.DataFrame:
        """Give what is known of each member and an offer about some interests."""
        columns = [self.spending.interests.index(name) for name in interests]
        theirs = (self.spending.cents, self.spending.purchases)
        own, bought = (np.maximum(each[:, columns], 0).sum(axis=1) for each in theirs)
        return self.value.assign(own_spent=own, own_purchases=bought)


def read_chances(
    desk: Workspace, items: Sequence[Item], spending: Spending, day: dt.date
) -> Chances | None:
    """Learn who redeems offers; None where too little was redeemed, or nobody says what was.

    Raises:
        EditionError: no profiles were built.
    """
    redeemed = desk.ledger.redemptions()
    if len(redeemed) < ENOUGH:
        return None
    redeemed["day"] = redeemed.pop("occurred_at").dt.normalize()
    offers = {item.item_id: item for item in items if item.kind == "offer" and item.interests}
    folders = {folder: date_of(desk, folder.name) for folder in before(desk, LOOKED_BACK)}
    shown = {folder: _offered(desk, folder, offers, spending.members) for folder in folders}
    each = [
        pairs.groupby("member_id").size().rename("times").reset_index().assign(day=on)
        for pairs, on in zip(shown.values(), folders.values(), strict=True)
    ]
    if not each:
        return None
    letters = pd.concat(each)
    since = letters["day"].min()
    ripe = [folder for folder, on in folders.items() if (pd.Timestamp(day) - on).days >= RIPE]
    parts = [
        _told(desk, shown[folder], redeemed, folders[folder], offers) for folder in ripe[:EDITIONS]
    ]
    if not parts or sum(int(part["redeemed"].sum()) for part in parts) < ENOUGH:
        return None
    told = pd.concat(parts, ignore_index=True)
    facts = told.drop(columns=["member_id", "day", "redeemed"])
    facts = pd.concat([facts, history(told, letters, redeemed, since)], axis=1)
    today = pd.DataFrame({"member_id": spending.members, "day": pd.Timestamp(day)})
    model = Redemption().fit(facts, told["redeemed"].to_numpy(dtype=bool))
    return Chances(model, spending, history(today, letters, redeemed, since))


def _offered(
    desk: Workspace, folder: Path, offers: dict[str, Item], members: pd.Index
) -> pd.DataFrame:
    """Give which offers the letters of an edition showed to whom (PAIR), of those who got one."""
    variant_of, picks = shown_before(folder)
    got = variant_of.index.isin(list(desk.ledger.readers(folder.name)))
    theirs = variant_of[got & variant_of.index.isin(members)].reset_index()
    return theirs.merge(picks[picks["item_id"].isin(list(offers))], on="variant_id")[PAIR]


def _told(
    desk: Workspace,
    shown: pd.DataFrame,
    redeemed: pd.DataFrame,
    day: pd.Timestamp,
    offers: dict[str, Item],
) -> pd.DataFrame:
    """Give some of what an edition offered, what was known that day, and what was redeemed."""
    pairs = shown.sample(min(TAUGHT, len(shown)), random_state=SEED)
    came = redeemed[redeemed["day"] >= day][PAIR].drop_duplicates().assign(redeemed=True)
    pairs = pairs.merge(came, how="left", on=PAIR)
    pairs = pairs.assign(redeemed=pairs["redeemed"].notna(), day=day)
    parts = pd.concat(_facts(About(read_spending(desk, until=day.date())), pairs, offers))
    return parts.drop(columns="item_id").reset_index(drop=True)


def _facts(about: About, pairs: pd.DataFrame, offers: dict[str, Item]) -> Iterator[pd.DataFrame]:
    for name, rows in pairs.groupby("item_id"):
        known = about.known(offers[str(name)].interests).set_axis(about.spending.members)
        theirs = known.reindex(rows["member_id"]).fillna(0).set_axis(rows.index)
        yield pd.concat([rows, theirs], axis=1)
