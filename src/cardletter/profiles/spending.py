"""Spending: members x interests, as of a day.

Kept in two forms in the private folder: days (one row per member, interest and day) is what all
else is folded from, so that the world can be looked at as it was on any day; profiles (one row per
member and interest) is the fold as of today.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from glob import escape
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from cardletter.errors import EditionError
from cardletter.profiles.interests import read_interests
from cardletter.profiles.windows import WINDOWS, read_window_days
from cardletter.workspace import Workspace

DAYS = "days"
"""private/: a folder of member_id, interest, day, cents (refunds netted), purchases."""

PROFILES = "profiles.parquet"
"""private/: member_id, interest, cents (refunds netted), purchases, last_on (the last day),
days (with a purchase), weeks (bit w: bought in week w before as_of, 0 the newest), window_0 ...
window_2 (cents in the last windows before as_of, the newest first)."""

AS_OF = "profiles.json"
"""private/: as_of (the day after the last day there is) and window_days of the profiles."""

EPOCH = dt.date(1970, 1, 1)
Array = npt.NDArray[Any]

LAST = "SELECT max(day) FROM read_parquet($days) WHERE day < $until"
FOLD = """
    WITH daily AS (
        SELECT member_id, interest, day, sum(cents) AS cents, sum(purchases) AS purchases,
               datediff('day', day, $as_of) - 1 AS ago
        FROM read_parquet($days) WHERE day < $until GROUP BY member_id, interest, day
    )
    SELECT member_id, interest,
           sum(cents)::BIGINT AS cents,
           sum(purchases)::INTEGER AS purchases,
           max(day) AS last_on,
           count(*) FILTER (purchases > 0)::USMALLINT AS days,
           coalesce(bit_or(1::UBIGINT << least(ago // 7, 63)::UBIGINT)
               FILTER (purchases > 0 AND ago < 448), 0)::UBIGINT AS weeks,
           {windows}
    FROM daily GROUP BY member_id, interest ORDER BY member_id, interest
"""
WINDOW = "coalesce(sum(cents) FILTER (ago // $length = {0}), 0)::BIGINT AS window_{0}"


@dataclass(frozen=True)
class Spending:
    """What profiled members spend by interest; arrays are members x interests, made when asked.

    Whole cents: int32, or int64 where one is too large for it.
    """

    members: pd.Index
    """Ids of all with a purchase, sorted."""
    interests: tuple[str, ...]
    as_of: dt.date
    """The day after the last purchase or refund that is known."""
    window_days: int
    cells: pa.Table
    """The long form: row, column, and what the arrays are filled from."""

    @cached_property
    def cents(self) -> Array:
        """Give the cents of the whole history, refunds netted."""
        return self._filled("cents")

    @cached_property
    def days(self) -> Array:
        """Give on how many days there was a purchase."""
        return self._filled("days")

    @cached_property
    def purchases(self) -> Array:
        """Give how many purchases there were."""
        return self._filled("purchases")

    @cached_property
    def last_on(self) -> Array:
        """Give the last day as datetime64[D]; NaT where there is none."""
        told: Array = self.cells["last_on"].to_numpy().astype("datetime64[D]")
        return self._scattered(told, np.datetime64("NaT"))

    @cached_property
    def weeks(self) -> Array:
        """Give 64 weeks as bits: bit w is set where there was a purchase in week w before as_of."""
        return self._filled("weeks")

    @cached_property
    def windows(self) -> Array:
        """Give cents in the last windows before as_of, the newest first: windows x members x ..."""
        return np.stack([self._filled(f"window_{each}") for each in range(WINDOWS)])

    def _filled(self, name: str) -> Array:
        return self._scattered(_narrow(self.cells[name].to_numpy()), 0)

    def _scattered(self, values: Array, nothing: object) -> Array:
        dense = np.full((len(self.members), len(self.interests)), nothing, dtype=values.dtype)
        dense[self.cells["row"].to_numpy(), self.cells["column"].to_numpy()] = values
        return dense


def read_spending(desk: Workspace, until: dt.date | None = None) -> Spending:
    """Read what `build` summed up; with `until`, as if no purchase from that day on were known.

    Raises:
        EditionError: nothing was built yet.
        FilesError: interests.yaml or clustering.yaml cannot be used.
    """
    file = desk.private / AS_OF
    if not file.is_file():
        raise EditionError("No profiles yet. Make them with `cardletter segment`.")
    told = json.loads(file.read_text(encoding="utf-8"))
    as_of, length = dt.date.fromisoformat(told["as_of"]), int(told["window_days"])
    if until is None or until >= as_of:
        rows = pq.read_table(desk.private / PROFILES, read_dictionary=["member_id", "interest"])
    else:
        as_of, rows = fold(days_files(desk), length, until)
    return _spending(rows, tuple(read_interests(desk.project)[0].interests), as_of, length)


def days_files(desk: Workspace) -> list[Path]:
    """Give the files of the days."""
    return sorted((desk.private / DAYS).glob("*.parquet"))


def fold(
    days: Sequence[Path], window_days: int, until: dt.date = dt.date.max
) -> tuple[dt.date, pa.Table]:
    """Sum up days by member and interest, sorted; give the day after the last one too."""
    asked: dict[str, Any] = {"days": [escape(str(file)) for file in days], "until": until}
    with duckdb.connect() as engine:
        engine.execute("SET enable_progress_bar = false")
        last = engine.execute(LAST, asked).fetchall()[0][0]
        as_of = last + dt.timedelta(days=1) if last else EPOCH
        windows = ", ".join(WINDOW.format(each) for each in range(WINDOWS))
        asked |= {"as_of": as_of, "length": window_days}
        found = engine.execute(FOLD.format(windows=windows), asked)
        return as_of, found.to_arrow_table()


def write_profiles(desk: Workspace, window_days: int | None = None) -> int:
    """Fold the days that are there into profiles.parquet; give how many rows it has."""
    length = window_days or read_window_days(desk.project)
    as_of, rows = fold(days_files(desk), length)
    pq.write_table(rows, desk.private / PROFILES)
    told = {"as_of": as_of.isoformat(), "window_days": length}
    (desk.private / AS_OF).write_text(json.dumps(told), encoding="utf-8")
    return int(rows.num_rows)


def _spending(
    rows: pa.Table, interests: tuple[str, ...], as_of: dt.date, window_days: int
) -> Spending:
    row, ids = _coded(rows["member_id"])
    column = pd.Index(interests).get_indexer(pd.Index(_coded(rows["interest"])[1]))
    column = column[_coded(rows["interest"])[0]]
    bought = np.zeros(len(ids), dtype=bool)
    bought[row[(column >= 0) & (rows["purchases"].to_numpy() > 0)]] = True
    kept = (column >= 0) & bought[row]
    places = np.cumsum(bought) - 1
    cells = rows.drop_columns(["member_id", "interest"]).filter(pa.array(kept))
    cells = cells.append_column("row", pa.array(places[row[kept]].astype(np.int32)))
    cells = cells.append_column("column", pa.array(column[kept].astype(np.int16)))
    return Spending(pd.Index(ids[bought], dtype="str"), interests, as_of, window_days, cells)


def _coded(texts: pa.ChunkedArray) -> tuple[Array, Array]:
    """Give texts as places in the sorted list of the texts there are."""
    coded = texts if pa.types.is_dictionary(texts.type) else texts.dictionary_encode()
    whole = coded.unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.chunk(0) if whole.num_chunks else pa.array([], coded.type)
    names = whole.dictionary.to_numpy(zero_copy_only=False).astype(object)
    order = np.argsort(names, kind="stable")
    places = np.empty(len(names), dtype=np.int32)
    places[order] = np.arange(len(names), dtype=np.int32)
    return places[whole.indices.to_numpy()], names[order]


def _narrow(values: Array) -> Array:
    fits = values.dtype == np.int64 and (not len(values) or np.abs(values).max() < 2**31)
    return values.astype(np.int32) if fits else values
