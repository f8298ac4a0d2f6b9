"""Gathering: the days of new files, and of members who are new, are read; what is known is not."""

import datetime as dt
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from ibis.expr.types import Table

from cardletter import progress
from cardletter.profiles.beside import beside
from cardletter.profiles.days import (
    LIST,
    Array,
    Numbers,
    among,
    folder_of,
    keyed,
    pieces_of,
    summed,
    without,
    write_piece,
)
from cardletter.profiles.interests import Interests
from cardletter.sources import Warehouse, kept_rows, notes_of
from cardletter.sources.memory import fingerprint
from cardletter.workspace import Workspace

ROWS = 8_000_000
"""Purchases that are sorted at once: some 0.5 GiB."""

MANY, PURGE = 0.2, 0.005
"""Shares of members: so many new ones, and all is read again; so many struck, and their rows go."""

MOST = 12
"""Pieces of one file, from which it is read again as a whole."""


class Unread(NamedTuple):
    """A file that is read: its key, how many pieces there are, and what its rows are joined to."""

    file: Path
    key: str
    known: int
    joined: Sequence[Table]


def gather(desk: Workspace, warehouse: Warehouse, asked: pd.Index, interests: Interests) -> None:
    """Bring the days up to date, for those whose yes to profiling counts (ids, sorted).

    Stopped half way, nothing counts twice: numbers are given before their rows are written, and
    stand for somebody only when all of them are.
    """
    folder = folder_of(desk)
    before = Numbers.read(folder).only(asked)
    new = before.more(asked[~among(asked, before.ids)])
    before = replace(before, following=new.following)
    before.write(folder)
    everybody = before.and_(new)
    wanted = _keys(warehouse, interests)
    _clear(folder, set() if len(new.ids) > MANY * len(asked) else set(wanted.values()))
    allowed = _allowed(warehouse, interests)
    all_of_them, newcomers = (
        (allowed, _asked(warehouse, name, who))
        for name, who in {"everybody": everybody, "newcomers": new}.items()
    )
    unread = []
    for file, key in wanted.items():
        known = len(list(folder.glob(f"{key}~*.parquet")))
        if not known or len(new.ids):
            unread.append(Unread(file, key, known, newcomers if known else all_of_them))
    _read(warehouse, folder, unread)
    if everybody.struck > PURGE * len(asked):
        list(without(folder, np.setdiff1d(np.arange(everybody.following), everybody.own)))
        everybody = replace(everybody, struck=0)
    (folder / LIST).write_text(json.dumps(list(interests.interests)), encoding="utf-8")
    everybody.write(folder)


def _keys(warehouse: Warehouse, interests: Interests) -> dict[Path, str]:
    """Give the key of what is made of each file."""
    shaped = fingerprint(interests.of_category, list(interests.interests))
    keys = {}
    for file, note in notes_of(warehouse).items():
        # A time that lies in the future today is a good one tomorrow.
        again = [dt.datetime.now(dt.UTC).isoformat()] if "future_time" in note["reasons"] else []
        keys[file] = "-".join([note["key"], fingerprint(shaped, *again)])
    return keys


def _clear(folder: Path, wanted: set[str]) -> None:
    """Throw away the pieces of files that are gone or changed, or are in too many pieces."""
    for part in folder.glob(".*.part"):
        part.unlink()
    by_key: dict[str, list[Path]] = {}
    for piece in pieces_of(folder):
        by_key.setdefault(piece.name.partition("~")[0], []).append(piece)
    for key, pieces in by_key.items():
        whole = folder / f"{key}~0.parquet"
        if key not in wanted or len(pieces) > MOST or not whole.is_file():
            for piece in pieces:
                piece.unlink()


def _read(warehouse: Warehouse, folder: Path, unread: Sequence[Unread]) -> None:
    """Write what is in files as pieces; the engine reads on while they are sorted."""
    rows = (
        (folder / f".{each.key}~{number}.parquet.part", table)
        for each in unread
        for number, table in enumerate(rows_of(warehouse, each.file, each.joined), each.known)
    )
    for _, parts in progress.track(
        itertools.groupby(beside(_write, rows), key=_key_of), "files", len(unread)
    ):
        _put_in_place(list(parts))


def _write(piece: tuple[Path, pa.Table]) -> Path:
    """Write rows of a file as a piece that does not count yet."""
    part, table = piece
    day = table["day"].cast(pa.int32()).to_numpy()
    key = keyed(table["member"].to_numpy(), table["interest"].to_numpy(), day)
    cents: Array = table["cents"].to_numpy()
    write_piece(part, *summed(key, cents, (cents > 0).astype(np.int32)))
    return part


def _key_of(part: Path) -> str:
    return part.name.partition("~")[0]


def _put_in_place(parts: Sequence[Path]) -> None:
    """Let a file's pieces count; the first one stands there when all do."""
    for part in reversed(parts):
        part.replace(part.with_name(part.name.removeprefix(".").removesuffix(".part")))


def rows_of(warehouse: Warehouse, file: Path, joined: Sequence[Table]) -> Iterator[pa.Table]:
    """Give what some members spent on interests by day, as it stands in a file, in large pieces."""
    spending = kept_rows(warehouse, file)
    for table in joined:
        spending = spending.inner_join(table, table.columns[0])
    wanted = spending.select("member", "interest", "cents", day=spending.occurred_at.date())
    batches = wanted.to_pyarrow_batches(chunk_size=1_000_000)
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(each.num_rows for each in held) >= ROWS:
            yield pa.Table.from_batches(held)
            held = []
    yield pa.Table.from_batches(held, schema=batches.schema)


def _allowed(warehouse: Warehouse, interests: Interests) -> Table:
    """Put the allow-list into the engine: category, and the place of its interest."""
    places = {name: place for place, name in enumerate(interests.interests)}
    columns = {
        "category": pa.array(interests.of_category, pa.string()),
        "interest": pa.array([places[n] for n in interests.of_category.values()], pa.int16()),
    }
    return warehouse.connection.create_table("allowed", pa.table(columns), temp=True)


def _asked(warehouse: Warehouse, name: str, who: Numbers) -> Table:
    """Put members into the engine, with their numbers."""
    columns = {"member_id": pa.array(who.ids, pa.string()), "member": who.own}
    return warehouse.connection.create_table(name, pa.table(columns), temp=True)
