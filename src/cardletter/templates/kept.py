"""Kept: letters that were set before, by the hash of all that they are made of."""

import hashlib
import json
import os
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from cardletter.templates.press import Plates, Press
from cardletter.typesetting.setting import Rendered
from cardletter.workspace import Workspace

MOST = 200_000_000
"""Bytes that are kept; what was used longest ago goes first."""

PART, LEFT = ".part", 3_600
"""What is being written, and the seconds after which whoever wrote it has died."""


class Kept:
    """The folder of letters that were set before; each has a checksum, and is used as it was."""

    def __init__(self, desk: Workspace) -> None:
        """Keep them in the workspace."""
        self.folder = desk.root / "rendered"
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def find(self, digest: str) -> Rendered | None:
        """Give a letter that was set of the same; None where there is none, or it was altered."""
        file = self._file(digest)
        try:
            packed = file.read_bytes()
        except FileNotFoundError:
            return None
        checksum, content = packed[:32], packed[32:]
        if hashlib.sha256(digest.encode() + content).digest() != checksum:
            return None
        with suppress(FileNotFoundError):  # another run may throw it away
            os.utime(file)
        return Rendered(*json.loads(zlib.decompress(content)))

    def keep(self, digest: str, rendered: Rendered) -> None:
        """Keep a letter."""
        parts = [rendered.subject, rendered.html, rendered.text, rendered.subject_b]
        content = zlib.compress(json.dumps(parts, ensure_ascii=False).encode(), 1)
        file = self._file(digest)
        file.parent.mkdir(exist_ok=True)
        part = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}{PART}")
        part.write_bytes(hashlib.sha256(digest.encode() + content).digest() + content)
        part.replace(file)

    def prune(self, most: int = MOST) -> int:
        """Throw away what was used longest ago, until the rest is small enough; give how many."""
        files = sorted(self._files(), reverse=True)
        total, gone = 0, 0
        for _, size, file in files:
            total += size
            if total > most:
                file.unlink(missing_ok=True)
                gone += 1
        return gone

    def printed(
        self, press: Press, template: str, jobs: Mapping[str, Mapping[str, Any]], plates: Plates
    ) -> Iterator[tuple[Rendered, bool]]:
        """Give every letter (digest -> what it is made of) as it is kept, or set now; True: now.

        Raises:
            FilesError: a template is wrong, at its file and line.
        """
        found = {digest: self.find(digest) for digest in jobs}
        missing = ((template, jobs[digest]) for digest, each in found.items() if each is None)
        fresh = press.print_all(list(missing), plates)
        for digest, kept in found.items():
            rendered = kept or next(fresh)
            if kept is None:
                self.keep(digest, rendered)
            yield rendered, kept is None

    def _file(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest[2:]

    def _files(self) -> Iterator[tuple[int, int, Path]]:
        """Give when each file was last used, its size, and where it is; not those being written."""
        for file in self.folder.glob("*/*"):
            with suppress(FileNotFoundError):  # another run may throw it away
                told = file.stat()
                if file.suffix != PART or told.st_mtime < time.time() - LEFT:
                    yield told.st_mtime_ns, told.st_size, file
