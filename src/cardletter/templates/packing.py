"""Packing: many letters that share most of what they say, each part of them kept once.

A letter is cut where its elements begin; pieces that follow each other in many letters make a run.
Where a run ends depends on its last piece only, so that runs are found again wherever they stand.
Compressed as they are, 1,349 letters would take fifty times as much: a compressor looks back 32 kB,
which is less than one letter.
"""

import base64
import gzip
import json
import re
import zlib
from collections.abc import Iterable
from typing import Any

CUT = re.compile(r"(?=<(?:div|table|td|h[1-6]|p|a|img|style|ul|!--)[\s>\[])|(?<=\n)(?=.)")
LONG = 12
"""Pieces in a run, about."""


class Packer:
    """Packs texts, one after the other."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.pieces: dict[str, int] = {}
        self.runs: dict[tuple[int, ...], int] = {}

    def pack(self, text: str) -> list[int]:
        """Give a text as runs, by their numbers."""
        found: list[int] = []
        run: list[int] = []
        for piece in CUT.split(text):
            run.append(self.pieces.setdefault(piece, len(self.pieces)))
            if zlib.crc32(piece.encode()) % LONG == 0:
                found.append(self._run(run))
                run = []
        return [*found, self._run(run)] if run else found

    def _run(self, run: Iterable[int]) -> int:
        return self.runs.setdefault(tuple(run), len(self.runs))

    def packed(self) -> dict[str, list[Any]]:
        """Give all there is to put texts together again: their pieces, and runs of them."""
        return {"pieces": list(self.pieces), "runs": [list(run) for run in self.runs]}


def compressed(data: object) -> str:
    """Give JSON so that a page can hold it: compressed, in letters and digits."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()
