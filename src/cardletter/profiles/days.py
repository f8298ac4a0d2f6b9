"""Days: what each member spends by interest and day, in pieces, so that a new file is read alone.

A piece holds rows of one file of transactions, sorted, under the key of what is in the file and of
all that shapes what is made of it. Members stand there as numbers; who is which number is told in
one table. Who takes back the yes to profiling is struck from that table at once, and the rows go
with the next purge; who says yes is given a number, and their rows are read from the old files.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cardletter.workspace import Workspace

FOLDER = "days"
"""private/: pieces of member (a number), interest (its place in the list), day, cents (refunds
netted), purchases."""

NUMBERS = "numbers.parquet"
"""private/days/: member_id, member: whose yes counted when profiles were built last."""

LIST = "interests.json"
"""private/days/: the interests, in the order of their places."""

GROUP = 1 << 17
"""Rows of a piece that are read at once."""

Array = npt.NDArray[Any]
SCHEMA = pa.schema(
    {
        "member": pa.int32(),
        "interest": pa.int16(),
        "day": pa.date32(),
        "cents": pa.int64(),
        "purchases": pa.int32(),
    }
)
SHIFT, DAY_BITS, CELL_BITS = 1 << 16, 17, 32
"""A key is member, interest and day in one number; days from 1790 on."""


@dataclass(frozen=True)
class Numbers:
    """Whose days are kept, and by which number; a number is given once and never again."""

    ids: Array
    """By place: the id of a member."""
    own: Array
    """By place: the member's number."""
    following: int
    """The next number that is given."""
    struck: int
    """How many were struck since the last purge."""

    @classmethod
    def read(cls, folder: Path) -> "Numbers":
        """Read them; none, where nothing was built yet."""
        file = folder / NUMBERS
        if not file.is_file():
            return cls(np.empty(0, object), np.empty(0, np.int32), 0, 0)
        table = pq.read_table(file)
        told = json.loads(table.schema.metadata[b"cardletter"])
        ids = table["member_id"].to_numpy().astype(object)
        return cls(ids, table["member"].to_numpy(), told["following"], told["struck"])

    def write(self, folder: Path) -> None:
        """Write them, as a whole or not at all."""
        told = {"following": self.following, "struck": self.struck}
        table = pa.table({"member_id": pa.array(self.ids, pa.string()), "member": self.own})
        part = folder / f".{NUMBERS}.part"
        pq.write_table(
            table.replace_schema_metadata({"cardletter": json.dumps(told)}),
            part,
        )
        part.replace(folder / NUMBERS)

    def only(self, asked: pd.Index) -> "Numbers":
        """Strike all who are not asked for."""
        kept = among(self.ids, asked)
        struck = self.struck + int((~kept).sum())
        return Numbers(self.ids[kept], self.own[kept], self.following, struck)

    def more(self, ids: pd.Index) -> "Numbers":
        """Give numbers to some who have none yet, in their order."""
        own = np.arange(self.following, self.following + len(ids), dtype=np.int32)
        return Numbers(ids.to_numpy(dtype=object), own, self.following + len(ids), self.struck)

    def and_(self, other: "Numbers") -> "Numbers":
        """Put both together."""
        ids, own = np.concatenate([self.ids, other.ids]), np.concatenate([self.own, other.own])
        return Numbers(ids, own, other.following, other.struck)

    @property
    def places(self) -> Array:
        """Give by number the place of its member, or -1."""
        found = np.full(max(self.following, 1), -1, dtype=np.int32)
        found[self.own] = np.arange(len(self.own), dtype=np.int32)
        return found


def among(ids: Array | pd.Index, others: Array | pd.Index) -> Array:
    """Tell of each id whether it is among others; in Arrow, ten times as quick as in pandas."""
    found = pc.is_in(pa.array(ids, pa.string()), value_set=pa.array(others, pa.string()))
    told: Array = found.to_numpy(zero_copy_only=False)
    return told


def folder_of(desk: Workspace) -> Path:
    """Give the folder of the days, made when first asked for."""
    folder = desk.private / FOLDER
    folder.mkdir(exist_ok=True)
    return folder


def pieces_of(folder: Path) -> list[Path]:
    """Give all pieces there are."""
    return sorted(file for file in folder.glob("*.parquet") if file.name != NUMBERS)


def keyed(member: Array, interest: Array, day: Array) -> Array:
    """Give member, interest and day (days since 1970) as one number, in that order."""
    key: Array = member.astype(np.int64) << CELL_BITS
    key |= interest.astype(np.int64) << DAY_BITS
    key |= day.astype(np.int64) + SHIFT
    return key


def summed(key: Array, cents: Array, purchases: Array) -> tuple[Array, Array, Array]:
    """Sort by key, and sum up what has the same."""
    if len(key) > 1 and (key[1:] <= key[:-1]).any():
        order = np.argsort(key, kind="stable")
        key, cents, purchases = key[order], cents[order], purchases[order]
    starts = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])[: len(key)])
    if len(starts) == len(key):
        return key, cents, purchases
    return key[starts], np.add.reduceat(cents, starts), np.add.reduceat(purchases, starts)


def write_piece(file: Path, key: Array, cents: Array, purchases: Array) -> None:
    """Write rows that are sorted and summed."""
    day = (key & ((1 << DAY_BITS) - 1)) - SHIFT
    columns = [
        pa.array((key >> CELL_BITS).astype(np.int32)),
        pa.array(((key >> DAY_BITS) & ((1 << (CELL_BITS - DAY_BITS)) - 1)).astype(np.int16)),
        pa.array(day.astype(np.int32)).cast(pa.date32()),
        pa.array(cents.astype(np.int64)),
        pa.array(purchases.astype(np.int32)),
    ]
    table = pa.Table.from_arrays(columns, schema=SCHEMA)
    pq.write_table(table, file, row_group_size=GROUP, compression="zstd")


def without(folder: Path, numbers: Array) -> Iterator[tuple[Path, int]]:
    """Take the rows of some numbers out of the pieces; give each piece, and how many went."""
    gone = pa.array(numbers, pa.int32())
    for file in pieces_of(folder):
        table = pq.read_table(file)
        theirs = pc.is_in(table["member"], gone)
        rows = pc.sum(theirs).as_py() or 0
        if rows:
            part = file.with_name(f".{file.name}.part")
            pq.write_table(table.filter(pc.invert(theirs)), part, row_group_size=GROUP)
            part.replace(file)
            yield file, int(rows)


def days_of(desk: Workspace, member_id: str) -> list[dict[str, Any]]:
    """Give what is kept of one member, day by day."""
    folder = folder_of(desk)
    numbers = Numbers.read(folder)
    names = json.loads((folder / LIST).read_text("utf-8")) if (folder / LIST).is_file() else []
    found: list[dict[str, Any]] = []
    for own in numbers.own[numbers.ids == member_id]:
        for piece in pieces_of(folder):
            found += pq.read_table(piece, filters=[("member", "=", own)]).to_pylist()
    return [row | {"interest": names[row["interest"]]} for row in map(_unnumbered, found)]


def _unnumbered(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "member"}


def forget_days(desk: Workspace, member_id: str) -> Iterator[tuple[Path, int]]:
    """Take one member out of the days; give each file, and how many rows went."""
    folder = folder_of(desk)
    numbers = Numbers.read(folder)
    theirs = numbers.own[numbers.ids == member_id]
    if len(theirs):
        yield from without(folder, theirs)
        numbers.only(pd.Index(numbers.ids[numbers.ids != member_id])).write(folder)
        yield folder / NUMBERS, len(theirs)
