"""Files: which ones hold a table, and where one of them is damaged."""

import csv
import glob
import gzip
import json
import os
import zlib
from pathlib import Path

from cardletter.errors import SourceError

FORMATS = {".parquet": "parquet", ".csv": "csv", ".csv.gz": "csv"}
PIECE = 1 << 20
BOMB, PLENTY = 200, 64 * PIECE
"""A gzip file of a table is a tenth of it; what unpacks to 200 times its size is none."""

TABLE = ".table.parquet"
"""What the name of a database's table ends in where its rows landed."""

MANIFEST = ".manifest.json"
"""Beside consents.csv, consents.csv.manifest.json may say how many rows it has: {"rows": 1200}.

With "fewer_than": 2400 it says that there were as many before, and that so few are meant; with
"more_than": 120, that so many are.
"""


def find_files(project: Path, pattern: str) -> list[Path]:
    """Find the CSV and Parquet files that a path, folder, glob or bare name means."""
    exact = project / pattern
    if exact.is_dir():
        found = list(exact.iterdir())
    elif exact.is_file():
        found = [exact]
    else:
        patterns = [pattern, *(pattern + suffix for suffix in FORMATS)]
        found = [project / name for each in patterns for name in _glob(each, project)]
    return sorted({file for file in found if file_format(file)})


def _glob(pattern: str, project: Path) -> list[str]:
    # Not Path.glob: it would take brackets in the project's own path for a pattern.
    return glob.glob(pattern, root_dir=project, recursive=True)  # noqa: PTH207


def file_format(file: Path) -> str:
    """Tell parquet or csv by the file's name; nothing for any other file."""
    return next((kind for suffix, kind in FORMATS.items() if file.name.endswith(suffix)), "")


def called(file: Path) -> str:
    """Give the name that people know a file by; for a database's table, the table's."""
    return file.name.removesuffix(TABLE)


def refuse_torn(files: list[Path]) -> None:
    """Read every gzip file to its end: the engine takes one that was cut short for a whole one.

    Raises:
        SourceError: one is not whole, or unpacks to far more than tables do.
    """
    for file in files:
        if file.suffix == ".gz" and _torn(file):
            raise SourceError(
                f"{file.name} is no whole gzip file: it was cut short or damaged. Deliver it again."
            )


def _torn(file: Path) -> bool:
    most = max(PLENTY, BOMB * file.stat().st_size)
    try:
        with gzip.open(file) as unpacked:
            while unpacked.read(PIECE):
                if unpacked.tell() > most:
                    raise SourceError(
                        f"{file.name} unpacks to more than {BOMB} times its size, as no table "
                        "does: it may be made to fill the disk. Deliver it unpacked if it is meant."
                    )
    except (EOFError, OSError, zlib.error):
        return True
    return False


def refuse_partial(files: list[Path], rows: int) -> None:
    """See that there are as many rows as the files' manifests say, where every file has one.

    Raises:
        SourceError: there are more or fewer, or a manifest says nothing of the kind.
    """
    manifests = list(map(_manifest, files))
    if not all(manifest.is_file() for manifest in manifests):
        return
    told = sum(_told(manifest) for manifest in manifests)
    if told != rows:
        names = ", ".join(map(called, files))
        raise SourceError(
            f"{names} has {rows:,} rows, but its manifest says {told:,}: it was cut short, or is "
            "not the file the manifest was made for. Deliver both again."
        )


def confirmed(files: list[Path], key: str) -> set[int]:
    """Give the numbers of rows that manifests say there are "fewer_than" or "more_than" of."""
    manifests = map(_manifest, files)
    return {told for each in manifests if each.is_file() and (told := _confirmed(each, key))}


def _manifest(file: Path) -> Path:
    return file.with_name(called(file) + MANIFEST)


def _confirmed(manifest: Path, key: str) -> int:
    try:
        return int(json.loads(manifest.read_text(encoding="utf-8"))[key])
    except (ValueError, TypeError, LookupError):
        return 0


def _told(manifest: Path) -> int:
    try:
        return int(json.loads(manifest.read_text(encoding="utf-8"))["rows"])
    except (ValueError, TypeError, LookupError):
        raise SourceError(
            f'{manifest.name} does not say how many rows there are: write {{"rows": 1200}}.'
        ) from None


def unreadable(table: str, files: list[Path]) -> SourceError:
    """Say which line cannot be read; the engine's own text quotes the line, so it is not shown."""
    if file_format(files[0]) == "parquet":
        bad = [file.name for file in files if not _framed(file)] or [table]
        msg = f"{', '.join(bad)}: is no Parquet file, or was cut short. Deliver it again."
        return SourceError(msg)
    lines = (f"{file.name}:{line}" for file in files if (line := _first_bad_line(file)))
    where = next(lines, table if files[1:] else files[0].name)
    msg = (
        f"{where}: cannot be read. Look for an unclosed quote, a missing or extra delimiter, mixed "
        "line ends, an encoding other than UTF-8, or a file that was cut short."
    )
    return SourceError(msg)


def _framed(file: Path) -> bool:
    """Tell whether a file begins and ends as Parquet does."""
    with file.open("rb") as content:
        begins = content.read(4)
        content.seek(-4, os.SEEK_END)
        return begins == content.read(4) == b"PAR1"


def _first_bad_line(file: Path) -> int:
    """Find the first line of a CSV that breaks its form; 0 where none does."""
    opener = gzip.open if file.suffix == ".gz" else open
    # What is no UTF-8 comes through as half characters, so that its line can be told.
    with opener(file, "rt", encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
        rows = csv.reader(lines, strict=True)
        width = before = 0
        try:
            for row in rows:
                "".join(row).encode()
                width = width or len(row)
                if row and len(row) != width:
                    return before + 1
                before = rows.line_num
        except (csv.Error, UnicodeEncodeError):
            return before + 1
    return 0
