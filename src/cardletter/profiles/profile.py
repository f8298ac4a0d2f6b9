"""Profile: one row per member: since when, how lately, how often, how much, and whither.

What a member spends by interest stands in rows of its own (see `spending`); this is all of it
together. Nothing here is an interest: it says how somebody shops, not for what.
"""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from cardletter.profiles.days import Array
from cardletter.profiles.folding import EPOCH, WEEK
from cardletter.workspace import Workspace

MEMBERS = "members.parquet"
"""private/: one row per member, sorted: member_id, profiled (may spending shape the mail), and what
`profiled` adds."""

FIFTHS = 5
GREW = 10.0
"""The highest trend that is told: what grew from nothing has none."""


def totals(whose: Array, rows: pa.Table) -> pd.DataFrame:
    """Sum up rows of members and interests, all of a member together, by `whose` they are."""
    starts = np.flatnonzero(np.concatenate([[True], whose[1:] != whose[:-1]])[: len(whose)])

    def added(name: str, least: int | None = None) -> Array:
        values = rows[name].to_numpy().astype(np.int64)
        found: Array = np.add.reduceat(np.maximum(values, least) if least == 0 else values, starts)
        return found

    last = rows["last_on"].cast(pa.int32()).to_numpy()
    columns = {
        "spent": added("cents", least=0),
        "purchases": added("purchases"),
        "last_on": np.maximum.reduceat(last, starts),
        "weeks": np.bitwise_or.reduceat(rows["weeks"].to_numpy(), starts),
        "recent": added("window_0"),
        "before": added("window_1"),
    }
    return pd.DataFrame(columns, index=whose[starts])


def profiled(
    members: pd.DataFrame, summed: pd.DataFrame, as_of: dt.date, window_days: int
) -> pd.DataFrame:
    """Give members (member_id, profiled, joined_on) with what is known of them on a day.

    `summed` is by member_id. Columns are NaN, or 0 where they count, for who bought nothing:

    - tenure: days since joined_on; where that is not told, since the first purchase of the last 64
      weeks.
    - since: days since the last purchase or refund.
    - purchases; weeks: 64 weeks as bits, as in the rows by interest.
    - spent: cents, refunds netted; rank: the share of members who spend as much or more.
    - trend: how much more was spent in the last window than in the one before, 0.1 is a tenth
      more; NaN for who is not here for so long, or bought nothing in both.
    - recency, frequency, monetary: the member's fifth, by since, purchases and spent; 5 is the
      latest, the most often and the most, 0 is who bought nothing.
    """
    known = summed[summed["purchases"] > 0]
    at = known.index.get_indexer(pd.Index(members["member_id"]))
    own = {name: _spread(known[name].to_numpy(), at) for name in known}
    buys = at >= 0
    since = np.where(buys, (as_of - EPOCH).days - own["last_on"], np.nan)
    spent = np.where(buys, own["spent"], np.nan)
    tenure = np.fmax(_tenure(members, own["weeks"], as_of), since)
    both = 2 * window_days
    told_of = buys & (tenure >= both) & (_reach(own["weeks"]).max(initial=0) >= both)
    return members[["member_id", "profiled"]].assign(
        tenure=tenure,
        since=since,
        purchases=own["purchases"],
        weeks=own["weeks"],
        spent=own["spent"],
        rank=pd.Series(spent).rank(ascending=False, method="min", pct=True).to_numpy(),
        trend=np.where(told_of, trend(own["recent"], own["before"]), np.nan),
        recency=_fifth(-since),
        frequency=_fifth(np.where(buys, own["purchases"], np.nan)),
        monetary=_fifth(spent),
    )


def trend(recent: Array, before: Array) -> Array:
    """Give how much more the one is than the other; NaN where both are nothing.

    Refunds beyond spending count as nothing.
    """
    now, then = (np.maximum(np.asarray(each, dtype=float), 0) for each in (recent, before))
    with np.errstate(divide="ignore", invalid="ignore"):
        grown = np.where(then > 0, now / then - 1, np.where(now > 0, GREW, np.nan))
    return np.minimum(grown, GREW)


def read_members(desk: Workspace) -> pd.DataFrame:
    """Read all members, one row each."""
    return pd.read_parquet(desk.private / MEMBERS)


def read_profile(desk: Workspace, member_id: str) -> dict[str, Any] | None:
    """Read one member's row; None where there is none."""
    file = desk.private / MEMBERS
    if not file.is_file():
        return None
    rows = pq.read_table(file, filters=[("member_id", "=", member_id)]).to_pylist()
    return rows[0] if rows else None


def _spread(values: Array, at: Array) -> Array:
    """Give values by place, and nothing where the place is -1."""
    return np.where(at >= 0, values[at], 0) if len(values) else np.zeros(len(at), values.dtype)


def _tenure(members: pd.DataFrame, weeks: Array, as_of: dt.date) -> Array:
    joined = pd.to_datetime(members["joined_on"], errors="coerce", format="ISO8601")
    days = (pd.Timestamp(as_of) - joined).dt.days.clip(lower=0).to_numpy(dtype=float)
    here = np.where(weeks > 0, _reach(weeks) - (WEEK - 1), np.nan)
    return np.where(np.isnan(days), here, days)


def _reach(weeks: Array) -> Array:
    """Give how many days back the oldest of some weeks begins."""
    seen = weeks.copy()
    for bits in (1, 2, 4, 8, 16, 32):  # all bits below the highest are set
        seen |= seen >> np.uint64(bits)
    return WEEK * np.bitwise_count(seen).astype(np.int64)


def _fifth(values: Array) -> Array:
    """Give each value's fifth among all there are, 1 to 5, equals the same; 0 for NaN."""
    rank = pd.Series(values).rank(method="average").to_numpy()
    count = max(int(np.isfinite(rank).sum()), 1)
    return np.nan_to_num(np.ceil(FIFTHS * rank / count), nan=0).astype(np.int8)
