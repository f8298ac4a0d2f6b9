"""Memory: what was found in a file of transactions, kept so that it need not be found again.

All is filed under a key: what is in the file, and every setting that shapes what is found in it. A
file that changed has another key; what no file has the key of any more is thrown away.
"""

import hashlib
import json
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from cardletter.sources.delivered import content_hash, state
from cardletter.sources.warehouse import Warehouse

FORM = 1
"""To be raised when what is kept changes its form, or rows are judged in another way."""

FOUND, STRANGERS, CONTENTS = "found", "strangers", "contents.json"
SHAPING = ("columns", "time_zone", "categories", "currency")
SETTLED = 2_000_000_000
"""Nanoseconds after which a file's time of change is sure to tell of the next change, too."""

Hashes = npt.NDArray[np.int64]


def fingerprint(*parts: object) -> str:
    """Give a short text that is another one where any of the parts is."""
    told = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


class Memory:
    """What is kept of the transactions' files, by key; without a folder, nothing is."""

    def __init__(self, folder: Path | None) -> None:
        """Keep everything in a folder that only its owner may read."""
        self.folder = folder
        if folder:
            folder.mkdir(exist_ok=True)

    def note(self, key: str) -> dict[str, Any] | None:
        """Give what was found under a key."""
        file = self.folder / f"{key}.json" if self.folder else None
        return json.loads(file.read_text(encoding="utf-8")) if file and file.is_file() else None

    def keep_note(self, key: str, note: dict[str, Any]) -> None:
        """Keep what was found."""
        if self.folder:
            part = self.folder / f".{key}.part"
            part.write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
            part.replace(self.folder / f"{key}.json")

    def hashes(self, key: str) -> Hashes | None:
        """Give the hashes of ids that were found under a key; they are not read until looked at."""
        file = self.folder / f"{key}.npy" if self.folder else None
        return np.load(file, mmap_mode="r") if file and file.is_file() else None

    def keep_hashes(self, key: str, hashes: Hashes) -> None:
        """Keep hashes of ids."""
        if self.folder:
            part = self.folder / f".{key}.part.npy"
            np.save(part, hashes)
            part.replace(self.folder / f"{key}.npy")

    def forget(self, keys: Collection[str]) -> None:
        """Throw away whatever has none of these keys."""
        for file in self.folder.iterdir() if self.folder else ():
            if file.name != CONTENTS and file.stem not in keys:
                file.unlink()

    def contents(self, files: Sequence[Path]) -> dict[Path, str]:
        """Give a hash of each file's content; a file that is as it was is not read again."""
        file = self.folder / CONTENTS if self.folder else None
        known = json.loads(file.read_text(encoding="utf-8")) if file and file.is_file() else {}
        told: dict[Path, str] = {}
        kept: dict[str, list[Any]] = {}
        for each, now in state(files).items():
            before = known.get(str(each), [])
            same = before[1:] == list(now)
            told[each] = before[0] if same else content_hash(each)
            if same or time.time_ns() - now[1] > SETTLED:
                kept[str(each)] = [told[each], *now]
        if file and kept != known:
            file.write_text(json.dumps(kept), encoding="utf-8")
        return told


def memory_of(warehouse: Warehouse, name: str = FOUND) -> Memory:
    """Give what is kept for a warehouse."""
    return Memory(warehouse.memory / name if warehouse.memory else None)


def keys_of(warehouse: Warehouse, files: Sequence[Path]) -> dict[Path, str]:
    """Give each file of transactions the key of what is in it, as the settings make us read it."""
    sources = warehouse.settings.sources
    rates = warehouse.settings.project / sources.rates if sources.rates else None
    rated = content_hash(rates) if rates and rates.is_file() else ""
    told = [getattr(sources, name) for name in SHAPING]
    shaped = fingerprint(FORM, duckdb.__version__, rated, *told)
    contents = memory_of(warehouse).contents(files)
    return {file: f"{content[:32]}-{shaped}" for file, content in contents.items()}
