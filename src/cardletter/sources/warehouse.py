"""The warehouse: the issuer's files as Ibis tables with our column names."""

import csv
import difflib
import functools
import gzip
from dataclasses import dataclass
from pathlib import Path

import duckdb
import ibis
from ibis import _
from ibis.expr.types import Table

from cardletter.errors import SourceError
from cardletter.settings import Settings

REQUIRED = {
    "transactions": ["member_id", "occurred_at", "amount", "category"],
    "members": ["member_id", "email"],
    "consents": ["member_id", "purpose", "state", "occurred_at", "method", "wording"],
}
OPTIONAL = {
    "transactions": ["transaction_id", "currency", "merchant"],
    "members": [
        *("first_name", "locale", "country", "time_zone", "product"),
        *("joined_on", "closed_on", "closure_reason", "manager_id", "born_on"),
    ],
    "consents": ["source", "jurisdiction", "evidence"],
}
TABLES = tuple(REQUIRED)
FORMATS = {".parquet": "parquet", ".csv": "csv", ".csv.gz": "csv"}


@dataclass(frozen=True)
class Warehouse:
    """The issuer's tables; every read is an Ibis expression that runs in DuckDB."""

    settings: Settings

    @functools.cached_property
    def connection(self) -> ibis.BaseBackend:
        """Open an engine of our own, in memory, whose progress bar stays silent."""
        connection = ibis.duckdb.connect()
        connection.raw_sql("SET enable_progress_bar = false")
        return connection

    def files(self, table: str) -> list[Path]:
        """Find the files of a table, sorted.

        Raises:
            SourceError: there are none, they are of two kinds, or one is empty.
        """
        pattern = getattr(self.settings.sources, table)
        found = find_files(self.settings.project, pattern)
        if not found:
            msg = (
                f"No {table}: nothing at {pattern!r} (looked for .parquet and .csv). "
                f"Set sources.{table} in pyproject.toml, [tool.cardletter]."
            )
            raise SourceError(msg)
        if len({_format(file) for file in found}) > 1:
            raise SourceError(f"{pattern!r} mixes CSV and Parquet files: name one kind only.")
        if empty := [file.name for file in found if file.stat().st_size == 0]:
            raise SourceError(f"{table}: {', '.join(empty)} is empty. Deliver it again, or name another.")
        return found

    def raw(self, table: str) -> Table:
        """Read a table as it was delivered, under our column names; CSV columns are all text.

        Raises:
            SourceError: a file cannot be read, or a required column is missing.
        """
        files = self.files(table)
        kind = _format(files[0])
        read = self.connection.read_parquet if kind == "parquet" else self.connection.read_csv
        options = {"filename": True, "union_by_name": True}
        if kind == "csv":
            # Everything as text and nothing guessed: 00123 stays 00123, and a bad value is a bad
            # row instead of a failed read.
            options |= {"all_varchar": True, "header": True, "strict_mode": True}
            options |= {"delim": ",", "quote": '"', "escape": '"'}
        try:
            delivered = read([str(file) for file in files], table_name=f"delivered_{table}", **options)
        except duckdb.Error:
            raise unreadable(table, files) from None
        return self._renamed(delivered, table)

    def _renamed(self, delivered: Table, table: str) -> Table:
        mapping = self.settings.sources.columns.get(table, {})
        known = [*REQUIRED[table], *OPTIONAL[table]]
        have = {ours: mapping.get(ours, ours) for ours in known}
        columns = {ours: theirs for ours, theirs in have.items() if theirs in delivered.columns}
        missing = [ours for ours in REQUIRED[table] if ours not in columns]
        missing += [ours for ours in mapping if ours not in columns and ours not in missing]
        if missing:
            raise SourceError(_missing(table, missing, have, delivered.columns))
        extra = {"_file": "filename"}
        return delivered.select(**{ours: _[theirs] for ours, theirs in (columns | extra).items()})


def find_files(project: Path, pattern: str) -> list[Path]:
    """Find the CSV and Parquet files that a path, folder, glob or bare name means."""
    exact = project / pattern
    if exact.is_dir():
        found = [file for file in exact.iterdir() if _format(file)]
    elif exact.is_file():
        found = [exact]
    else:
        patterns = [pattern, *(pattern + suffix for suffix in FORMATS)]
        root = Path(exact.anchor)
        globs = [str((project / each).relative_to(root)) for each in patterns]
        found = [file for each in globs for file in root.glob(each) if _format(file)]
    return sorted(set(found))


def unreadable(table: str, files: list[Path]) -> SourceError:
    """Say which line cannot be read; the engine's own text quotes the line, so it is not shown."""
    where = next((f"{file.name}:{line}" for file in files if (line := _first_bad_line(file))), table)
    msg = (
        f"{where}: cannot be read. Look for an unclosed quote, a missing or extra delimiter, mixed "
        "line ends, an encoding other than UTF-8, or a file that was cut short."
    )
    return SourceError(msg)


def _first_bad_line(file: Path) -> int:
    """Find the first line of a CSV that breaks its form; 0 where none does."""
    if _format(file) != "csv":
        return 0
    opener = gzip.open if file.suffix == ".gz" else open
    with opener(file, "rt", encoding="utf-8-sig", newline="") as lines:
        rows = csv.reader(lines, strict=True)
        before = 1
        try:
            width = len(next(rows))
            for row in rows:
                if len(row) != width:
                    return before + 1
                before = rows.line_num
        except (csv.Error, UnicodeDecodeError, EOFError, OSError):
            return before + 1
    return 0


def _format(file: Path) -> str:
    return next((kind for suffix, kind in FORMATS.items() if file.name.endswith(suffix)), "")


def _missing(table: str, missing: list[str], have: dict[str, str], columns: tuple[str, ...]) -> str:
    there = [column for column in columns if column != "filename"]
    hints = []
    for ours in missing:
        near = difflib.get_close_matches(have.get(ours, ours), there, n=1)
        hints.append(have.get(ours, ours) + (f" (is it {near[0]!r}?)" if near else ""))
    return (
        f"{table} has no column {', '.join(hints)}; it has {', '.join(there)}. Map the names in "
        f"pyproject.toml: [tool.cardletter] sources.columns.{table}.{missing[0]} = \"your name\"."
    )
