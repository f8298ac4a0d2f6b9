"""Delivered: what is wrong with files before a row of them is read."""

import csv
import functools
import gzip
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from cardletter.errors import SourceError
from cardletter.sources.files import file_format

UNDER_WAY = (".part", ".partial", ".filepart", ".crdownload", ".tmp", ".uploading")
"""What programs add to the name of a file that they are still writing."""

State = dict[Path, tuple[int, int]]


def refuse_under_way(table: str, files: list[Path], *, whole_folder: bool) -> None:
    """See that no file of a table is still being written under another name.

    Raises:
        SourceError: one is.
    """
    names = {file.name for file in files}
    for neighbour in {each for file in files for each in file.parent.iterdir()}:
        stem = neighbour.name.removesuffix(neighbour.suffix)
        ours = stem in names or (whole_folder and file_format(Path(stem)))
        if neighbour.suffix in UNDER_WAY and ours:
            raise _under_way(table, neighbour)


def state(files: Iterable[Path]) -> State:
    """Give the size and the time of change of files, to see whether they change meanwhile."""
    return {file: (file.stat().st_size, file.stat().st_mtime_ns) for file in files}


def refuse_changed(table: str, before: State) -> None:
    """See that files are what they were.

    Raises:
        SourceError: one changed while it was read.
    """
    for file, told in before.items():
        if not file.is_file() or state([file])[file] != told:
            raise _under_way(table, file)


def _under_way(table: str, file: Path) -> SourceError:
    return SourceError(
        f"{table}: {file.name} is still being written. Wait until it is whole; to be safe, write "
        "it under another name outside the folder, and move it in when it is done."
    )


def distinct(files: list[Path]) -> tuple[list[Path], list[Path]]:
    """Part files from those that have the very content of an earlier one."""
    by_size: dict[int, list[Path]] = defaultdict(list)
    for file in files:
        by_size[file.stat().st_size].append(file)
    seen: set[str] = set()
    again = set()
    for file in (file for same in by_size.values() if same[1:] for file in same):
        content = content_hash(file)
        again |= {file} if content in seen else set()
        seen.add(content)
    return [file for file in files if file not in again], sorted(again)


def content_hash(file: Path) -> str:
    """Give a hash of what is in a file."""
    return _hash(file, *state([file])[file])


@functools.lru_cache(maxsize=1024)
def _hash(file: Path, _size: int, _changed: int) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def refuse_doubled(table: str, files: list[Path]) -> None:
    """See that no column stands twice in a file.

    Raises:
        SourceError: one does, so that nobody knows which is meant.
    """
    for file in files:
        names = Counter(name.strip().casefold() for name in _header(file))
        if any(count > 1 and name for name, count in names.items()):
            where = [place for place, name in enumerate(_header(file), 1)
                     if names[name.strip().casefold()] > 1 and name.strip()]  # fmt: skip
            raise SourceError(
                f"{table}: {file.name} has columns of the same name, at places "
                f"{', '.join(map(str, where))}. Keep one of them, or give them names of their own."
            )


def _header(file: Path) -> list[str]:
    if file_format(file) == "parquet":
        try:
            return list(pq.read_schema(file).names)
        except (pa.ArrowInvalid, OSError):
            return []  # the engine says it better
    opener = gzip.open if file.suffix == ".gz" else open
    with opener(file, "rt", encoding="utf-8-sig", errors="replace", newline="") as lines:
        try:
            return next(csv.reader(lines), [])
        except csv.Error:
            return []


def refuse_drift(table: str, files: list[Path], columns: Iterable[str]) -> None:
    """See that a column is of one kind in all Parquet files: 00123 as a number is 123.

    Raises:
        SourceError: it is text in one and a number in another.
    """
    if len(files) < 2 or file_format(files[0]) != "parquet":  # noqa: PLR2004 - one agrees with itself
        return
    schemas = {file: pq.read_schema(file) for file in files}
    for name in columns:
        kinds: dict[str, Path] = {}
        for file, schema in schemas.items():
            if name in schema.names and (kind := _kind(schema.field(name).type)):
                kinds.setdefault(kind, file)
        if len(kinds) > 1:
            told = " and ".join(f"{kind} in {file.name}" for kind, file in kinds.items())
            raise SourceError(
                f"{table}.{name} is {told}. Write it in the same way in all files; ids and codes "
                "as text, with every zero."
            )


def _kind(kind: pa.DataType) -> str:
    """Name a type as one says it; nothing for one that fits with any, as a column of nulls does."""
    if pa.types.is_dictionary(kind):
        return _kind(kind.value_type)
    if pa.types.is_null(kind):
        return ""
    if pa.types.is_timestamp(kind):
        return "a time with a zone" if kind.tz else "a time without a zone"
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return "a number"
    known = {pa.types.is_date: "a day", pa.types.is_boolean: "a yes or no"}
    return next((word for test, word in known.items() if test(kind)), "text")
