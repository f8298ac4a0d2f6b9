"""The warehouse: the issuer's files as Ibis tables with our column names."""

import difflib
import functools
import glob
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import duckdb
import ibis
from ibis import _
from ibis.expr.types import Column, Table

from cardletter.errors import SourceError
from cardletter.settings import Settings
from cardletter.sources.delivered import distinct, refuse_drift, refuse_under_way
from cardletter.sources.files import file_format, find_files, unreadable
from cardletter.sources.landing import landing
from cardletter.sources.remote import KEPT, is_remote, landed

REQUIRED = {
    "transactions": ["member_id", "occurred_at", "amount", "category"],
    "members": ["member_id", "email"],
    "consents": ["member_id", "purpose", "state", "occurred_at", "method", "wording"],
    "interactions": ["member_id", "kind", "occurred_at"],
}
OPTIONAL = {
    "transactions": ["transaction_id", "currency", "merchant", "status"],
    "members": [
        *("first_name", "locale", "country", "time_zone", "product"),
        *("joined_on", "closed_on", "closure_reason", "deceased", "manager_id", "born_on"),
        *("employee", "test"),
    ],
    "consents": ["source", "jurisdiction", "evidence"],
    "interactions": ["score", "text", "topic"],
}
ABOUT = "about.txt"
OWN = ("_file", "_row")
VISIBLE = "!"
"""The first sign that is no space, and nothing that a program steers by."""

# What a column is not called: an address, a number, several names in one, DuckDB's stand-in.
NO_NAME = re.compile(r"@|\d{3}|^\d|[;\t|]|^column\d+$")


@dataclass(frozen=True)
class Warehouse:
    """The issuer's tables; every read is an Ibis expression that runs in DuckDB."""

    settings: Settings
    memory: Path | None = None
    """A private folder for what was found in files, so that it need not be found again."""
    more: tuple[str, ...] = ()
    """Further columns of the members, which fields of letters are filled from."""
    _once: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @functools.cached_property
    def connection(self) -> ibis.BaseBackend:
        """Open an engine of our own, in memory, whose progress bar stays silent."""
        connection = ibis.duckdb.connect()
        connection.raw_sql("SET enable_progress_bar = false")
        return connection

    def once(self, name: str, make: Callable[[Self], Any]) -> Any:  # noqa: ANN401 - what is made
        """Give what costs a read of the data, made at the first time it is asked for."""
        if name not in self._once:
            self._once[name] = make(self)
        return self._once[name]

    @property
    def tables(self) -> list[str]:
        """Name the tables there are: all but interactions, which need not be."""
        return [name for name in REQUIRED if getattr(self.settings.sources, name)]

    def files(self, table: str) -> list[Path]:
        """Find the files of a table, sorted, each content once.

        Raises:
            SourceError: there are none, they are of two kinds, one is empty, or still written.
        """
        return distinct(self._files(table))[0]

    def repeated_files(self, table: str) -> list[Path]:
        """Find the files that have the very content of another: yesterday's, delivered again."""
        return distinct(self._files(table))[1]

    def _files(self, table: str) -> list[Path]:
        pattern = getattr(self.settings.sources, table)
        if is_remote(pattern):
            found: list[Path] = self.once(f"landed {table}", lambda here: here._landed(table))  # noqa: SLF001
            return found
        found = find_files(self.settings.project, pattern)
        if not found:
            msg = (
                f"No {table}: nothing at {pattern!r} (looked for .parquet and .csv). "
                f"Set sources.{table} in pyproject.toml, [tool.cardletter]."
            )
            raise SourceError(msg)
        if len({file_format(file) for file in found}) > 1:
            raise SourceError(f"{pattern!r} mixes CSV and Parquet files: name one kind only.")
        if empty := [file.name for file in found if file.stat().st_size == 0]:
            raise SourceError(
                f"{table}: {', '.join(empty)} is empty. Deliver it again, or name another."
            )
        folder = (self.settings.project / pattern).is_dir() or "*" in pattern
        refuse_under_way(table, found, whole_folder=folder)
        return found

    def _landed(self, table: str) -> list[Path]:
        url = getattr(self.settings.sources, table)
        kept = self.memory / KEPT if self.memory and table == "transactions" else None
        if kept:
            kept.mkdir(mode=0o700, exist_ok=True)
        return landed(self.settings.project, table, url, landing(self), kept)

    def about(self) -> str:
        """Give what about.txt beside the members says of the data, for the report; or nothing."""
        file = self.files("members")[0].parent / ABOUT
        return file.read_text(encoding="utf-8").strip() if file.is_file() else ""

    def raw(
        self, table: str, *, numbered: bool = False, files: Sequence[Path] | None = None
    ) -> Table:
        """Read a table, or some files of it, under our column names, `_file` too; CSV is all text.

        Numbered, it has `_row`, the row's place in its file: row 1 is the first of data.

        Raises:
            SourceError: a file cannot be read, or a required column is missing.
        """
        read = self.numbered if numbered else self.delivered
        return self._renamed(read(table, files), table)

    def delivered(
        self,
        table: str,
        files: Sequence[Path] | None = None,
        **options: Any,  # noqa: ANN401 - the engine's own
    ) -> Table:
        """Read a table, or some files of it, as delivered: every column there is, and `_file`.

        Raises:
            SourceError: a file cannot be read.
        """
        files = self.files(table) if files is None else files
        options |= {"filename": "_file", "union_by_name": True}
        read = self.connection.read_parquet
        if file_format(files[0]) == "csv":
            # Everything as text and nothing guessed: 00123 stays 00123, a bad value is a bad row
            # instead of a failed read, and no line is skipped or taken for a comment.
            options |= {"all_varchar": True, "header": True, "strict_mode": True}
            options |= {"delim": ",", "quote": '"', "escape": '"', "skip": 0, "comment": ""}
            read = self.connection.read_csv
        # The engine would take brackets and stars in a path for a pattern.
        paths = [glob.escape(str(file)) for file in files]
        try:
            return read(paths, table_name=ibis.util.gen_name(table), **options)
        except duckdb.Error:
            raise unreadable(table, list(files)) from None

    def numbered(self, table: str, files: Sequence[Path] | None = None) -> Table:
        """Read a table, or some files of it, as delivered, with `_file` and `_row`.

        CSV rows are counted as they are read, file after file, on one core: only for what goes
        wrong.
        """
        if file_format(self.files(table)[0]) == "parquet":
            rows = self.delivered(table, files, file_row_number=True)
            return rows.mutate(_row=_.file_row_number + 1).drop("file_row_number")
        rows = self.delivered(table, files)
        counts = rows.group_by("_file").agg(rows=_.count()).to_pandas().set_index("_file")["rows"]
        before = counts.sort_index().cumsum().sub(counts).rename("_before").reset_index()
        counted = rows.mutate(_row=ibis.row_number() + 1)
        joined = counted.inner_join(ibis.memtable(before), "_file")
        return joined.mutate(_row=_["_row"] - _["_before"]).drop("_before")

    def unknown_columns(self, table: str) -> list[str]:
        """Name the columns that are delivered and that nobody reads."""
        ours = {*self._names(table).values(), *OWN}
        return [name for name in self.delivered(table).columns if name not in ours]

    def _names(self, table: str) -> dict[str, str]:
        """Give the names that our columns may have in a table."""
        mapping = self.settings.sources.columns.get(table, {})
        more = self.more if table == "members" else ()
        every = dict.fromkeys((*REQUIRED[table], *OPTIONAL[table], *more))
        return {ours: mapping.get(ours, ours) for ours in every}

    def refuse_drift(self, table: str) -> None:
        """See that each of our columns is of one kind in all files of a table.

        Raises:
            SourceError: one is not.
        """
        refuse_drift(table, self.files(table), self._names(table).values())

    def _renamed(self, delivered: Table, table: str) -> Table:
        mapping = self.settings.sources.columns.get(table, {})
        have = self._names(table)
        columns = {ours: theirs for ours, theirs in have.items() if theirs in delivered.columns}
        missing = [ours for ours in REQUIRED[table] if ours not in columns]
        missing += [ours for ours in mapping if ours not in columns and ours not in missing]
        if missing:
            theirs = {ours: have.get(ours, ours) for ours in missing}
            there = [name for name in delivered.columns if name not in OWN]
            raise SourceError(_missing(table, theirs, there, known=bool(columns)))
        own = {name: name for name in OWN if name in delivered.columns}
        return delivered.select(**{ours: _[theirs] for ours, theirs in (columns | own).items()})


@ibis.udf.scalar.builtin(name="array_extract", signature=(("string", "int64"), "string"))
def _at(text, place):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Give the sign at a place of a text, counted from the end where below zero."""


def trimmed(column: Column) -> Column:
    """Trim text, empty text being null; numbers and dates become text as they are written."""
    if column.type().is_floating():
        # A whole number in a column with gaps: 123, not 123.0.
        whole = column.try_cast("int64")
        column = ibis.ifelse(column == whole, whole.cast("string"), column.cast("string"))
    text = column if column.type().is_string() else column.cast("string")
    # To look for spaces at both ends is six times as quick as to take them away where none are.
    spaced = (text < VISIBLE) | (_at(text, -1) < VISIBLE)
    return ibis.ifelse(spaced, text.strip().nullif(""), text)


def _missing(table: str, missing: dict[str, str], there: list[str], *, known: bool) -> str:
    """Say which columns are missing; where the first line is data, not what stands in it."""
    if not known and any(NO_NAME.search(name) for name in there):
        return (
            f"{table} has no column {', '.join(missing.values())}: its first line is no header. "
            "Begin the file with the names of the columns, parted by commas."
        )
    there = [name for name in there if not NO_NAME.search(name)]
    small = {name.casefold(): name for name in there}
    hints = []
    for theirs in missing.values():
        near = difflib.get_close_matches(theirs.casefold(), small, n=1)
        hints.append(theirs + (f" (is it {small[near[0]]!r}?)" if near else ""))
    return (
        f"{table} has no column {', '.join(hints)}; it has {', '.join(there)}. Map the names in "
        f"pyproject.toml: [tool.cardletter] sources.columns.{table}.{next(iter(missing))} = "
        '"your name".'
    )
