"""Files of events: one file or a folder, JSON or JSON lines, read piece by piece."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cardletter.errors import SourceError
from cardletter.feedback.ingest import BATCH
from cardletter.feedback.strict import LARGEST

SUFFIXES = (".json", ".jsonl", ".ndjson")


@dataclass(frozen=True)
class Lines:
    """Some lines of a file, or a file that is one event."""

    bodies: Sequence[bytes | str]
    places: Sequence[str]

    def where(self, number: int) -> str:
        """Say the file and the line."""
        return self.places[number]

    def settle(self, poison: Collection[int]) -> None:
        """Leave the files as they are."""


def from_files(path: Path) -> Iterator[Lines]:
    """Give the events of a file, or of all files of a folder, in batches.

    Raises:
        SourceError: there is no such file or folder, or no event in it.
    """
    if not path.exists():
        raise SourceError(f"There is no file or folder {path}.")
    files = _files(path) if path.is_dir() else [path]
    if not files:
        raise SourceError(f"{path} holds no {', '.join(SUFFIXES)} files.")
    bodies: list[bytes] = []
    places: list[str] = []
    for file in files:
        for place, body in _pieces(file):
            bodies.append(body)
            places.append(place)
            if len(bodies) == BATCH:
                yield Lines(bodies, places)
                bodies, places = [], []
    if bodies:
        yield Lines(bodies, places)


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.suffix in SUFFIXES and file.is_file())


def _pieces(file: Path) -> Iterator[tuple[str, bytes]]:
    """Give the events of a file: one a line, or all of it where a line alone is no event."""
    try:
        with file.open("rb") as lines:
            first = lines.readline(LARGEST + 2)
            lines.seek(0)
            if file.suffix == ".json" and not first.rstrip().endswith(b"}"):
                yield f"{file.name}", lines.read(LARGEST + 1)
                return
            number = 0
            while line := lines.readline(LARGEST + 2):
                number += 1
                while not line.endswith(b"\n") and (more := lines.readline(LARGEST)):
                    line = (
                        line[: LARGEST + 1] + more[-1:]
                    )  # too long: its length is all that counts
                if line.strip():
                    yield f"{file.name}:{number}", line.rstrip(b"\r\n")
    except OSError:
        raise SourceError(f"{file.name} cannot be read.") from None
