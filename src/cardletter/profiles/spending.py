"""Spending: members x interests, as of a day.

Days (one row per member, interest and day) are what all else is folded from, so that the world can
be looked at as it was on any day; profiles (one row per member and interest) are the fold of today.
"""

import datetime as dt
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from cardletter.errors import EditionError
from cardletter.profiles.days import LIST, Array, Numbers, folder_of, pieces_of
from cardletter.profiles.folding import FOLDED, Fold
from cardletter.profiles.interests import read_interests
from cardletter.profiles.profile import totals
from cardletter.profiles.windows import WINDOWS, Windows
from cardletter.workspace import Workspace

PROFILES = "profiles.parquet"
"""private/: member_id, interest, cents (refunds netted), purchases, last_on (the last day),
days (with a purchase), weeks (bit w: bought in week w before as_of, 0 the newest), window_0 ...
window_2 (cents in the last windows before as_of, the newest first)."""

AS_OF = "profiles.json"
"""private/: as_of (the day after the last day there is), window_days, history_days of profiles."""


NAMES = ["member_id", "interest"]
SUMS = [name for name in FOLDED.names if name not in ("member", "interest")]
SCHEMA = pa.schema([*((name, pa.string()) for name in NAMES), *(FOLDED.field(n) for n in SUMS)])


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


@dataclass(frozen=True)
class Written:
    """What was folded: how many rows, as of which day, and each member's sums over them."""

    rows: int
    as_of: dt.date
    totals: pd.DataFrame


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
    as_of, windows = dt.date.fromisoformat(told.pop("as_of")), Windows(**told)
    length = windows.window_days
    interests = tuple(read_interests(desk.project)[0].interests)
    if until is None or until >= as_of:
        rows = pq.read_table(desk.private / PROFILES, read_dictionary=["member_id", "interest"])
        return _spending(_coded(rows["member_id"]), rows, interests, as_of, length)
    as_of, rows, numbers = _cut(desk, windows, until)
    order = np.argsort(numbers.ids, kind="stable")
    ranks = np.empty_like(order)
    ranks[order] = np.arange(len(order))
    row = ranks[numbers.places[rows["member"].to_numpy()]]
    return _spending((row, numbers.ids[order]), rows, interests, as_of, length)


def write_profiles(desk: Workspace, windows: Windows) -> Written:
    """Fold the days that are there into profiles.parquet."""
    folder, file = folder_of(desk), desk.private / PROFILES
    numbers, names = Numbers.read(folder), _names(folder)
    places, ids = numbers.places, pa.array(numbers.ids, pa.string())
    fold = Fold(pieces_of(folder), places >= 0, windows)
    as_of, written, summed = fold.as_of(), 0, [totals(np.empty(0, int), FOLDED.empty_table())]
    # Sums rarely come again: to look for those that do would take as long as all the rest.
    with pq.ParquetWriter(file.with_suffix(".part"), SCHEMA, use_dictionary=NAMES) as writer:
        for table in fold.tables(as_of):
            member = table["member"].to_numpy()
            summed.append(totals(member, table))
            who = ids.take(pa.array(places[member]))
            named = table.drop_columns(["member", "interest"])
            named = named.add_column(0, "interest", names.take(table["interest"]))
            writer.write_table(named.add_column(0, "member_id", who).cast(SCHEMA))
            written += table.num_rows
    file.with_suffix(".part").replace(file)
    told = {"as_of": as_of.isoformat(), **windows.model_dump()}
    (desk.private / AS_OF).write_text(json.dumps(told), encoding="utf-8")
    found = pd.concat(summed)
    found.index = pd.Index(numbers.ids[places[found.index.to_numpy()]])
    return Written(written, as_of, found)


def _cut(desk: Workspace, windows: Windows, until: dt.date) -> tuple[dt.date, pa.Table, Numbers]:
    folder = folder_of(desk)
    numbers, names = Numbers.read(folder), _names(folder)
    fold = Fold(pieces_of(folder), numbers.places >= 0, windows, until)
    as_of = fold.as_of()
    rows = pa.concat_tables([FOLDED.empty_table(), *fold.tables(as_of)])
    named = pa.chunked_array([names.take(rows["interest"].combine_chunks())])
    place = rows.column_names.index("interest")
    return as_of, rows.set_column(place, "interest", named), numbers


def _names(folder: Path) -> pa.Array:
    """Give the interests, as they were when the days were gathered."""
    return pa.array(json.loads((folder / LIST).read_text(encoding="utf-8")), pa.string())


def _spending(
    coded: tuple[Array, Array],
    rows: pa.Table,
    interests: tuple[str, ...],
    as_of: dt.date,
    window_days: int,
) -> Spending:
    row, ids = coded
    codes, names = _coded(rows["interest"])
    column = pd.Index(interests).get_indexer(pd.Index(names))[codes]
    bought = np.zeros(len(ids), dtype=bool)
    bought[row[(column >= 0) & (rows["purchases"].to_numpy() > 0)]] = True
    kept = (column >= 0) & bought[row]
    places = np.cumsum(bought) - 1
    cells = rows.select(SUMS).filter(pa.array(kept))
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
