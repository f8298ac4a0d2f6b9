"""Drafts: what was written in the page but not saved yet, looked at as if it were.

The project is laid out a second time, with the drafts in the place of their files. It stays laid
out, and only what changed is copied anew: templates that did not change are not compiled again.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

FOLDERS = ("content", "segments", "templates")
PICTURES = "content/pictures"
"""Not copied, but linked: nobody writes in a picture."""


class Drafts:
    """A project's second layout."""

    def __init__(self, project: Path) -> None:
        """Lay a project out, when it is first asked for."""
        self.project = project
        self._room = tempfile.TemporaryDirectory(prefix="cardletter-drafts-")

    def laid_out(self, drafts: Mapping[str, str]) -> Path:
        """Give the project with drafts (path -> text) in it; the project itself without any."""
        if not drafts:
            return self.project
        copy = Path(self._room.name) / "project"
        copy.mkdir(exist_ok=True)
        links = [each.name for each in self.project.iterdir() if each.name not in FOLDERS]
        for name in (*links, PICTURES):
            _link(copy / name, self.project / name)
        written = set(self._written(self.project))
        for path in set(self._written(copy)) - written - set(drafts):
            (copy / path).unlink()
        for path in written - set(drafts):
            _copy(self.project / path, copy / path)
        for path, text in drafts.items():
            _put(copy / path, text)
        return copy

    def _written(self, project: Path) -> Iterator[str]:
        """Give the path of every file that somebody may have written."""
        for folder in FOLDERS:
            for file in (project / folder).rglob("*"):
                path = file.relative_to(project).as_posix()
                if not path.startswith(PICTURES) and file.is_file():
                    yield path


def _link(link: Path, to: Path) -> None:
    link.parent.mkdir(parents=True, exist_ok=True)
    if not link.is_symlink():
        link.symlink_to(to)


def _copy(file: Path, to: Path) -> None:
    """Copy a file with its time, where it is not there already."""
    now = file.stat()
    if to.is_file():
        there = to.stat()
        if (there.st_mtime_ns, there.st_size) == (now.st_mtime_ns, now.st_size):
            return
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(file, to)


def _put(file: Path, text: str) -> None:
    if not (file.is_file() and file.read_text(encoding="utf-8") == text):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
