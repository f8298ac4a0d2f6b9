"""Origins: the line a person mends, where what a template writes came from a file of content."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from cardletter.typesetting.marks import Source

BY_VALUE = {
    **dict.fromkeys(("relative", "broken", "dead_anchor"), "url"),
    **dict.fromkeys(("no_picture", "heavy", "too_heavy"), "src"),
    **dict.fromkeys(("leftover", "address_in", "braces"), "found"),
    "shortened": "host",
    "alt_is_name": "alt",
    "disguised": "says",
    "vague": "words",
}
"""Which value of a finding may stand in what people wrote."""

ONLY_WRITTEN = frozenset({"address_in"})
"""What is wrong only where nobody wrote it: it can have come from data alone."""


class Origins:
    """Finds what people wrote in the files of a project."""

    def __init__(self, project: Path, paths: tuple[str, ...]) -> None:
        """Take the files to look in, by glob patterns in the project, the likeliest first."""
        self.project, self.paths = project, paths
        self._known: dict[str, Source | None] = {}

    @cached_property
    def _files(self) -> list[tuple[str, str]]:
        found = [file for each in self.paths for file in sorted(self.project.glob(each))]
        return [
            (file.relative_to(self.project).as_posix(), file.read_text("utf-8-sig", "replace"))
            for file in found
            if file.is_file()
        ]

    def of(self, check: str, values: Mapping[str, object], source: Source) -> Source | None:
        """Give the line to mend; None where nothing is to be."""
        words = str(values.get(BY_VALUE.get(check, ""), ""))
        if not words:
            return source
        written = self._in_template(words, source) or self.find(words)
        if check in ONLY_WRITTEN:
            return None if written else source
        return written or source

    def _in_template(self, words: str, source: Source) -> Source | None:
        """Give the line of the template, if the words stand there themselves."""
        file = self.project / source.path
        lines = file.read_text("utf-8-sig", "replace").splitlines() if file.is_file() else []
        inside = lines[source.line - 1 : source.line] if source.line <= len(lines) else []
        return source if inside and words in inside[0] else None

    def find(self, words: str) -> Source | None:
        """Give the first line that has some words."""
        if words not in self._known:
            at = ((path, text.find(words), text) for path, text in self._files)
            self._known[words] = next(
                (
                    Source(path, 1 + text.count("\n", 0, offset))
                    for path, offset, text in at
                    if offset >= 0
                ),
                None,
            )
        return self._known[words]

    def beside(self, source: Source, key: str) -> Source:
        """Give the line of another key in the file of a line."""
        file = self.project / source.path
        lines = file.read_text("utf-8-sig", "replace").splitlines() if file.is_file() else []
        found = [n for n, line in enumerate(lines, 1) if line.strip().startswith(f"{key}:")]
        return Source(source.path, found[0]) if found else source
