"""Files: what the studio may read and write of a project, and nothing else.

A file is named by its path from the project, written in one way only. It must lie where it says:
no link leads the studio out of the folder it stands in.
"""

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from cardletter.errors import CardletterError
from cardletter.yamlfile import LARGEST

KINDS = {
    "content/articles": (".md",),
    "content/offers": (".md",),
    "content/editions": (".yaml",),
    "content": (".yaml",),
    "segments": (".yaml",),
    "templates": (".mjml", ".txt", ".yaml"),
}
"""Folder -> what may be written in it; the longest folder that holds a file counts."""

DEEP = ("templates",)
"""Folders in whose folders files may stand too."""

NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,120}", re.ASCII)


class NoFileError(CardletterError):
    """There is no such file that the studio may touch."""


class ConflictError(CardletterError):
    """The file was changed by somebody else meanwhile."""


@dataclass(frozen=True)
class Written:
    """A file as it is on the disk, with the version that a change of it has to name."""

    path: str
    text: str
    version: str


class Files:
    """The files of a project that people write."""

    def __init__(self, project: Path) -> None:
        """Look after a project's folder."""
        self.project = project.resolve()

    def paths(self) -> list[str]:
        """Give the path of every file that may be opened, sorted."""
        found = []
        for folder, suffixes in KINDS.items():
            pattern = "**/*" if folder in DEEP else "*"
            for file in (self.project / folder).glob(pattern):
                path = file.relative_to(self.project).as_posix()
                if file.suffix in suffixes and self.allowed(path):
                    found.append(path)
        return sorted(found)

    def allowed(self, path: str) -> bool:
        """Tell whether a file may be opened, if it is there."""
        try:
            self.at(path)
        except NoFileError:
            return False
        return True

    def at(self, path: str) -> Path:
        """Give where a file is, or would be.

        Raises:
            NoFileError: the studio does not touch it.
        """
        parts = path.split("/")
        folder = "/".join(parts[:-1])
        kind = next((each for each in _holders(folder) if each in KINDS), None)
        file = self.project.joinpath(*parts) if all(map(NAME.fullmatch, parts)) else None
        if (
            file is None
            or kind is None
            or file.suffix not in KINDS[kind]
            or (folder != kind and kind not in DEEP)
            or file.resolve() != file
            or (file.exists() and not file.is_file())
        ):
            raise NoFileError(f"The studio opens files of {', '.join(KINDS)} only.")
        return file

    def read(self, path: str) -> Written:
        """Read a file.

        Raises:
            NoFileError: there is none, or it is no text.
        """
        file = self.at(path)
        if not file.is_file():
            raise NoFileError(f"There is no {path} any more.")
        if file.stat().st_size > LARGEST:
            raise NoFileError(f"{path} is larger than 1 MB.")
        raw = file.read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise NoFileError(f"{path} is not UTF-8 text: save it as UTF-8.") from None
        return Written(path, text.replace("\r\n", "\n"), _version(raw))

    def write(self, path: str, text: str, version: str) -> str:
        """Write a file as a whole or not at all, if it still is the version that was changed.

        A version of "" means that there is no such file yet. Lines end, and the file begins, as
        they did. Gives the new version.

        Raises:
            NoFileError: the studio does not touch it, or the text is too long.
            ConflictError: it was changed, made or thrown away meanwhile.
        """
        file = self.at(path)
        before = file.read_bytes() if file.is_file() else b""
        if version != (_version(before) if file.is_file() else ""):
            raise ConflictError(f"{path} was changed by somebody else since it was opened.")
        if b"\r\n" in before:
            text = text.replace("\n", "\r\n")
        raw = (b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b"") + text.encode()
        if len(raw) > LARGEST:
            raise NoFileError(f"{path} would be larger than 1 MB.")
        _replace(file, raw)
        return _version(raw)


def _holders(folder: str) -> list[str]:
    """Give a folder and the folders that hold it, the nearest first."""
    parts = folder.split("/")
    return ["/".join(parts[:depth]) for depth in range(len(parts), 0, -1)]


def _replace(file: Path, raw: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    mode = file.stat().st_mode & 0o777 if file.exists() else 0o644
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".part", dir=file.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as whole:
            whole.write(raw)
            whole.flush()
            os.fsync(whole.fileno())
        part.chmod(mode)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _version(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()[:24]
