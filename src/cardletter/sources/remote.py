"""Remote: tables that are in a database, or in object storage, named by a URL.

A database's table is its URL, `#`, and the table: `postgresql://reader@db/bank#public.purchases`,
`duckdb://data/bank.duckdb#purchases`, `sqlite://...`, or any other URL that Ibis can connect to, if
its backend is installed. Objects are a pattern: `s3://bucket/purchases/*.parquet`.

Rows are streamed once for a run, in pieces, into a folder that only its owner may read and that is
gone when the run ends: they are judged by the very expressions that files are judged by. What was
found in rows that did not change is not found again. Objects that hold purchases are kept beside
what was found in them, and only those are brought that are new or changed (place, size, time).
"""

import hashlib
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from urllib.parse import urlsplit

import ibis
import pyarrow as pa
import pyarrow.fs as pafs
import pyarrow.parquet as pq
from ibis.expr.types import Table

from cardletter.errors import SourceError
from cardletter.sources.files import MANIFEST, TABLE, file_format

EMBEDDED = ("duckdb", "sqlite")
"""Databases that are a file; a path after `://` that has no `/` before it is the project's."""
OBJECTS = ("s3", "gs", "gcs", "abfs", "abfss", "file")
ROWS = 100_000
KEPT = "objects"
"""private/: objects of a bucket that hold purchases, as they were brought."""
SETTLED = 60_000_000_000
"""Nanoseconds: stores tell times by the second, and their clock is not ours."""


def is_remote(place: str) -> bool:
    """Tell whether a setting of the sources is a URL."""
    return "://" in place


def landed(
    project: Path, table: str, url: str, folder: Path, kept: Path | None = None
) -> list[Path]:
    """Bring a table to a folder; give its files.

    Objects that did not change are in the folder `kept` since they were last brought, if given.

    Raises:
        SourceError: it cannot be reached, or there is no such table. The URL is never told, since a
            password may stand in it.
    """
    scheme = url.partition("://")[0].lower()
    if scheme in OBJECTS and "#" not in url:
        return sorted(_objects(table, url, folder, kept))
    base, _, name = url.partition("#")
    if not name:
        raise SourceError(
            f"sources.{table} is the URL of a database: say which table, as URL#schema.table."
        )
    file = folder / (name + TABLE)
    with _connected(project, table, base) as connection:
        schema, _, own = name.rpartition(".")
        try:
            rows = connection.table(own, database=schema or None)
        except Exception as error:  # noqa: BLE001 - each backend has errors of its own
            missing = f"there is no table {name}, or it may not be read"
            raise _broken(table, missing, error) from None
        try:
            _stream(rows, file)
        except Exception as error:  # noqa: BLE001 - each backend has errors of its own
            raise _broken(table, f"{name} cannot be read", error) from None
    manifest = project / (name + MANIFEST)
    if manifest.is_file():
        shutil.copy(manifest, folder)
    return [file]


@contextmanager
def _connected(project: Path, table: str, base: str) -> Iterator[ibis.BaseBackend]:
    try:
        connection = _connect(project, table, base)
    except SourceError:
        raise
    except Exception as error:  # noqa: BLE001 - each backend has errors of its own
        raise _broken(table, "the database cannot be reached", error) from None
    try:
        yield connection
    finally:
        connection.disconnect()


def _connect(project: Path, table: str, base: str) -> ibis.BaseBackend:
    scheme, _, rest = base.partition("://")
    if scheme not in EMBEDDED:
        return ibis.connect(base)
    file = project / rest
    if not file.is_file():
        raise SourceError(f"{table}: there is no file {file.name}, which sources.{table} names.")
    if scheme == "duckdb":
        return ibis.duckdb.connect(file, read_only=True)
    return ibis.sqlite.connect(file)


def _stream(rows: Table, file: Path) -> None:
    batches = rows.to_pyarrow_batches(chunk_size=ROWS)
    with pq.ParquetWriter(file, batches.schema) as writer:
        for batch in batches:
            writer.write_batch(batch)


def _objects(table: str, url: str, folder: Path, kept: Path | None) -> Iterator[Path]:
    query = f"?{urlsplit(url).query}" if urlsplit(url).query else ""
    pattern = url.partition("?")[0]
    try:
        start = pattern.partition("*")[0].rpartition("/")[0]
        store, root = pafs.FileSystem.from_uri(start + query)
        inside = pattern.removeprefix(start).lstrip("/")
        every = store.get_file_info(pafs.FileSelector(root, recursive=True))
        wanted = [each for each in every if _wanted(each, root, inside)]
        for each in wanted:
            file = folder / each.path.removeprefix(root).strip("/").replace("/", "-")
            if kept and _settled(each):
                own = kept / _mark(each)
                if not own.is_file():
                    part = own.with_suffix(".part")
                    _fetch(store, each, part)
                    part.replace(own)
                file.symlink_to(own)
            else:
                _fetch(store, each, file)
            yield file
        _forget(kept, {_mark(each) for each in wanted})
    except (pa.ArrowException, OSError) as error:
        raise _broken(table, "the objects cannot be read", error) from None
    if not wanted:
        raise SourceError(f"No {table}: there are no .parquet or .csv objects where it points to.")


def _fetch(store: pafs.FileSystem, each: pafs.FileInfo, file: Path) -> None:
    with store.open_input_stream(each.path, compression=None) as there, file.open("wb") as here:
        shutil.copyfileobj(there, here, 1 << 20)


def forget_objects(private: Path) -> None:
    """Throw away the objects that were kept: the next run brings all of them."""
    shutil.rmtree(private / KEPT, ignore_errors=True)


def _settled(each: pafs.FileInfo) -> bool:
    """Tell whether an object's time of change is sure to tell of the next change, too."""
    return each.mtime_ns is not None and time.time_ns() - each.mtime_ns > SETTLED


def _mark(each: pafs.FileInfo) -> str:
    """Give a name that is another one where the object is, or changed."""
    told = f"{each.path}\0{each.size}\0{each.mtime_ns}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _forget(kept: Path | None, marks: set[str]) -> None:
    """Throw away what is an object's no more."""
    for file in kept.iterdir() if kept else ():
        if file.name not in marks:
            file.unlink()


def _wanted(each: pafs.FileInfo, root: str, inside: str) -> bool:
    name = each.path.removeprefix(root).strip("/")
    named = fnmatch(name, inside) if "*" in inside else name.startswith(inside)
    return bool(each.type == pafs.FileType.File and named and file_format(Path(name)))


def _broken(table: str, what: str, error: Exception) -> SourceError:
    """Say what is wrong without the backend's own words, in which the URL may stand."""
    missing = isinstance(error, ImportError)
    mend = (
        "its backend is not installed: pip install 'ibis-framework[...]' with the backend's name"
        if missing
        else f"see host, name, password and rights in sources.{table} ({type(error).__name__})"
    )
    return SourceError(f"{table}: {what}: {mend}.")
