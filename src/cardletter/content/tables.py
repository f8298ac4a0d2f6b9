"""Items in a table: rows of CSV, Parquet or JSON files, or of a database, as drafts of items.

A row is held against the same model as a Markdown file; what is wrong with it is told at its row.
A feed of thousands is made by machines: a few bad rows are set aside, more stop the work.
"""

import glob
import math
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import duckdb
import ibis

from cardletter.content.draft import KEYS, NAME, TWIN_KEYS, Draft
from cardletter.errors import Finding, SourceError
from cardletter.settings import Settings
from cardletter.sources.files import find_files
from cardletter.sources.remote import is_remote, landed
from cardletter.yamlfile import YamlFile, near_miss

LISTS = (
    *("interests", "exclusive_with"),
    *(f"eligibility.{key}" for key in ("countries", "products", "locales")),
)
PARTS = tuple(f"budget.{key}" for key in ("impressions", "minimum", "spend", "cost"))
OWN = ("item_id", "kind", "locale", "body")
COLUMNS = (*OWN, *(key for key in KEYS if key not in ("eligibility", "budget")), *LISTS[2:], *PARTS)
"""The columns a table of items may have; a dot leads into a table of its own."""
NEEDED = ("item_id", "kind", "title", "teaser", "image", "alt", "link", "body")
BETWEEN = re.compile(r"[;,|]")
SHOWN = 20
"""Rows whose findings are told; of more there is only the number."""

Row = dict[str, Any]


def read_rows(settings: Settings) -> tuple[list[tuple[str, Row]], list[Finding]]:
    """Give the rows of the table the settings name, each with where it stands, and findings."""
    found: list[Finding] = []
    rows: list[tuple[str, Row]] = []
    try:
        for name, table in _tables(settings):
            mapping = settings.content.columns
            columns = {theirs: ours for ours in COLUMNS if (theirs := mapping.get(ours, ours))}
            wrong = list(_columns(name, table[0].keys() if table else columns, columns, mapping))
            found += wrong
            if any(each.severity == "error" for each in wrong):
                continue
            rows += [(f"{name} row {n}", _named(row, columns)) for n, row in enumerate(table, 1)]
        if not rows and not found:
            found.append(Finding(settings.content.items, 0, "has no rows", "", "warning"))
    except SourceError as error:
        found.append(Finding(_name(settings.content.items), 0, str(error)))
    return rows, found


def _tables(settings: Settings) -> Iterator[tuple[str, list[Row]]]:
    """Read every file of the table, or the database's table."""
    where = settings.content.items
    if is_remote(where):
        yield from _brought(settings)
        return
    exact = settings.project / where
    files = [exact] if exact.is_file() else find_files(settings.project, where)
    if not files:
        raise SourceError("there is no such table: name a file, or a database's table after #")
    for file in files:
        name = file.relative_to(settings.project).as_posix()
        yield name, _file(file)


def _file(file: Path) -> list[Row]:
    engine = ibis.duckdb.connect()
    path = glob.escape(str(file))  # the engine takes brackets for a pattern
    try:
        if file.name.endswith(".parquet"):
            table = engine.read_parquet(path)
        elif file.suffix in (".json", ".jsonl", ".ndjson"):
            table = engine.read_json(path)
        else:
            options = {"all_varchar": True, "header": True, "delim": ",", "quote": '"'}
            table = engine.read_csv(path, escape='"', strict_mode=True, **options)
        rows: list[Row] = table.to_pyarrow().to_pylist()
    except duckdb.Error:
        raise SourceError("cannot be read: cut short, or not what it is named") from None
    return rows


def _brought(settings: Settings) -> Iterator[tuple[str, list[Row]]]:
    """Read a table that a URL names: a database's, or objects in a bucket."""
    where = settings.content.items
    with tempfile.TemporaryDirectory(prefix="cardletter-") as folder:
        try:
            files = landed(settings.project, "items", where, Path(folder))
        except SourceError as error:
            # The sources speak of their own settings.
            raise SourceError(str(error).replace("sources.items", "content.items")) from None
        for file in files:
            yield (_name(where) if len(files) == 1 else f"{_name(where)} {file.name}"), _file(file)


def _name(where: str) -> str:
    """Name a table in findings; a database's address may hold a password."""
    return f"{where.partition('://')[0]}://...#{urldefrag(where)[1]}" if "://" in where else where


def _columns(
    name: str, there: Iterable[str], columns: Mapping[str, str], mapping: Mapping[str, str]
) -> Iterator[Finding]:
    """Tell of columns that are missing, and of those nobody reads."""
    there = list(there)
    for ours in NEEDED:
        theirs = mapping.get(ours, ours)
        if theirs not in there:
            near = near_miss(theirs, there) or "your name"
            hint = f'in pyproject.toml: content.columns.{ours} = "{near}"'
            yield Finding(name, 0, f"has no column {theirs!r}", hint)
    unread = [column for column in there if column not in columns]
    if unread:
        message = f"columns nobody reads: {', '.join(unread)}"
        yield Finding(name, 0, message, "map them by content.columns, or let them be", "warning")


def _named(row: Row, columns: Mapping[str, str]) -> Row:
    """Give what a row says under our names: empty values left out, lists parted, tables inside."""
    said: Row = {}
    for theirs, ours in columns.items():
        value = _plain(row.get(theirs))
        if value is None:
            continue
        if ours in LISTS and isinstance(value, str):
            value = [part.strip() for part in BETWEEN.split(value) if part.strip()]
        outer, _, inner = ours.partition(".")
        if inner:
            said.setdefault(outer, {})[inner] = value
        else:
            said[ours] = value
    return said


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of a table
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)  # an id or a name may look like a number; the model reads both
    return value


def row_draft(where: str, row: Row) -> Draft | Finding:
    """Make a draft of a row, or say why it is none."""
    table = YamlFile(where, {}, {(): 0})
    for key in ("item_id", "kind"):
        if not isinstance(row.get(key), str):
            return table.finding((), f"{key} is missing", "each row needs one")
    if row["kind"] not in ("article", "offer"):
        return table.finding((), "kind is none of those there are", "write article or offer")
    if not NAME.fullmatch(row["item_id"]):
        return table.finding((), "item_id can be no item's", "use letters, digits, - and _")
    locale, body = str(row.get("locale", "")), str(row.get("body", ""))
    keys = TWIN_KEYS if locale else KEYS
    said = {key: value for key, value in row.items() if key in keys}
    return Draft(str(row["item_id"]), row["kind"], locale, replace(table, content=said), body)


def set_aside(rows: int, findings: list[Finding], limit: float) -> list[Finding]:
    """Weigh what is wrong with rows: a few are set aside, more stop the work; tell of the first."""
    bad = {each.path: None for each in findings if each.severity == "error"}
    few = len(bad) <= limit * rows
    told = [replace(each, severity="warning") if few else each for each in findings]
    shown = set(list(bad)[:SHOWN])
    kept = [each for each in told if each.path in shown or each.path not in bad]
    if rest := len(bad) - len(shown):
        place = next(iter(bad)).rpartition(" row ")[0]
        message = f"{rest:,} more rows cannot be used"
        kept.append(Finding(place, 0, message, "mend these first", "warning" if few else "error"))
    return kept
