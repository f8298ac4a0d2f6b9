"""Redemption: how likely a member is to redeem an offer, where redemptions are known.

A logistic regression on three things known before the offer is shown: what the member redeemed
before (which says most), what they are worth (how often, how much and how lately they shop), and
how much of it goes to what the offer is about. Trees were tried on a year of coupons, and were
never better.
"""

from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

PRIOR_SHOWN = 4
"""Offers of everybody's rate that are added to what a member was shown."""
HALF_LIFE = 56
"""Days after which a redemption says half as much."""
MONTH = 30


def history(
    pairs: pd.DataFrame, shown: pd.DataFrame, redeemed: pd.DataFrame, since: pd.Timestamp
) -> pd.DataFrame:
    """Give what each member had redeemed before each pair's day, of what was shown.

    Pairs, shown and redeemed have member_id and day, shown perhaps also times (once, if not);
    nothing of the day itself or later is looked at, and `since` is when it began to be known.
    Columns, in the pairs' order: rate (redeemed of shown, shrunk towards everybody's of the time),
    lately (redemptions, each counting half as much every HALF_LIFE days), monthly (redemptions a
    month: a plain count would grow with the year).
    """
    asked = _whole_days(pairs[["member_id", "day"]]).reset_index(drop=True)
    shown, redeemed = _whole_days(shown), _whole_days(redeemed)
    past, seen = _before(asked, redeemed), _before(asked, shown)["count"]
    overall = _overall(asked["day"], redeemed) / _overall(asked["day"], shown).clip(lower=1)
    rate = (past["count"] + PRIOR_SHOWN * overall.clip(upper=1)) / (seen + PRIOR_SHOWN)
    months = (asked["day"] - since).dt.days.clip(lower=1) / MONTH
    table = {"rate": rate, "lately": past["lately"], "monthly": past["count"] / months}
    return pd.DataFrame(table)


def _whole_days(table: pd.DataFrame) -> pd.DataFrame:
    """Give days in one unit: they come from files and databases, and are only merged if equal."""
    return table.assign(day=table["day"].astype("datetime64[s]"))


def _before(asked: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Count each member's events before each day, whole and fading."""
    ordered = events[["member_id", "day"]].assign(times=_times(events))
    ordered = ordered.sort_values(["member_id", "day"])
    grouped = ordered.groupby("member_id")
    days = ordered["day"].to_numpy().astype("datetime64[D]").astype(np.int64)
    ordered["count"] = grouped["times"].cumsum()
    # Fading sums by one anchor for all: 2^(day / half-life), which is undone at the day asked.
    origin = int(days.min()) if len(days) else 0
    ordered["weight"] = np.exp2((days - origin) / HALF_LIFE)
    ordered["lately"] = ordered.groupby("member_id")["weight"].cumsum()
    found = pd.merge_asof(
        asked.reset_index().sort_values("day"),
        ordered.sort_values("day"),
        on="day",
        by="member_id",
        allow_exact_matches=False,
    ).set_index("index")
    found = found.sort_index()[["count", "lately"]].fillna(0)
    asked_days = asked["day"].to_numpy().astype("datetime64[D]").astype(np.int64)
    found["lately"] *= np.exp2(-(asked_days - origin) / HALF_LIFE)
    return found


def _overall(days: pd.Series, events: pd.DataFrame) -> pd.Series:
    """Count everybody's events before each day."""
    order = np.argsort(events["day"].to_numpy(), kind="stable")
    count = np.append(0, np.cumsum(_times(events).to_numpy()[order]))
    before = np.searchsorted(events["day"].to_numpy()[order], days.to_numpy())
    return pd.Series(count[before], index=days.index, dtype=float)


def _times(events: pd.DataFrame) -> pd.Series:
    return events["times"] if "times" in events else pd.Series(1, index=events.index)


@dataclass
class Redemption:
    """Learns from offers that were shown, and gives the chance that others are redeemed."""

    strength: float = 1.0
    """How much it may trust a feature: the inverse of the penalty."""
    columns: list[str] = field(default_factory=list)
    model: Any = None
    """The regression, once it has learned."""

    def fit(self, features: pd.DataFrame, redeemed: NDArray[np.bool_]) -> Self:
        """Learn from one row for each member and offer shown, and whether it was redeemed.

        Raises:
            ValueError: all or none were redeemed, so that there is nothing to learn.
        """
        if not 0 < np.count_nonzero(redeemed) < len(redeemed):
            raise ValueError("to learn from, some offers must have been redeemed and some not")
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - costs a second
        from sklearn.pipeline import make_pipeline  # noqa: PLC0415
        from sklearn.preprocessing import StandardScaler  # noqa: PLC0415

        self.columns = [str(name) for name in features.columns]
        steps = StandardScaler(), LogisticRegression(C=self.strength, max_iter=1_000)
        self.model = make_pipeline(*steps).fit(self._matrix(features), redeemed)
        return self

    def chance(self, features: pd.DataFrame) -> NDArray[np.float64]:
        """Give the chance of each row, from 0 to 1."""
        assert self.model is not None, "fit it first"
        chances: NDArray[np.float64] = self.model.predict_proba(self._matrix(features))[:, 1]
        return chances

    def _matrix(self, features: pd.DataFrame) -> NDArray[np.float64]:
        """Compress counts and money: the tenth redemption says less than the second."""
        known = features[self.columns].to_numpy(dtype=float).clip(min=0)
        compressed: NDArray[np.float64] = np.log1p(known)
        return compressed
