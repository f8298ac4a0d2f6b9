"""Drafts: what a person wrote of an item, before it is known to be one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import frontmatter

from cardletter.content.catalogue import Item, Kind, Words
from cardletter.errors import Finding
from cardletter.yamlfile import LARGEST, YamlFile, near_miss

NAME = re.compile(r"([A-Za-z0-9][A-Za-z0-9_-]{0,79})(?:\.([A-Za-z0-9-]{2,20}))?")
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""What cannot be a file's name on Windows."""
SAID_ELSEWHERE = ("item_id", "kind", "locale", "body", "path", "line")
"""Fields of an item that no key of its front matter is."""
KEYS = [f.alias or key for key, f in Item.model_fields.items() if key not in SAID_ELSEWHERE]
TWIN_KEYS = [key for key in Words.model_fields if key not in SAID_ELSEWHERE]


class UnfitError(Exception):
    """A file is no draft at all, and why."""

    def __init__(self, message: str, hint: str = "", line: int = 1) -> None:
        """Keep what is told of it."""
        super().__init__(message)
        self.message, self.hint, self.line = message, hint, line


@dataclass(frozen=True)
class Draft:
    """One item, or its twin in a locale, as it was written."""

    item_id: str
    kind: Kind
    locale: str
    table: YamlFile
    body: str
    body_line: int = 0

    @property
    def path(self) -> str:
        """Give where it stands."""
        return self.table.path

    def at(self, line: int) -> int:
        """Give where a line of its text (0 is the first) stands in the file; a row has no lines."""
        return self.body_line + line if self.body_line else 0

    def fit(
        self, about: Mapping[str, Any], original: "Draft | None" = None
    ) -> tuple[Item | None, list[Finding]]:
        """Make an item of it, a twin with all that its original says and it does not."""
        written = self.table.content
        known = TWIN_KEYS if original else KEYS
        unknown = [self._unknown(key, known) for key in written if key not in known]
        own = {key: value for key, value in written.items() if key in known}
        inherited = original.table.content if original else {}
        said = {key: value for key, value in inherited.items() if key in KEYS} | own
        told: dict[str, object] = {"item_id": self.item_id, "kind": self.kind}
        told |= {"locale": self.locale, "body": self.body}
        told |= {"path": self.path, "line": self.table.line(())}
        whole = YamlFile(self.path, said | told, self.table.lines)
        item, findings = whole.fit(Item, context=dict(about))
        return item, [*self.table.findings, *findings, *unknown]

    def _unknown(self, key: str, known: list[str]) -> Finding:
        """Tell of a key nobody reads: a slip of the pen stops the work, a note does not."""
        if key in SAID_ELSEWHERE:
            hint = "the file itself says it: take it out"
            return self.table.finding((key,), f"unknown key {key!r}", hint)
        if key in KEYS:
            hint = f"a twin says {', '.join(known)}; the rest stands in {self.item_id}.md"
            return self.table.finding((key,), f"{key} is the same in every language", hint)
        near = near_miss(key, known)
        hint = f"is it {near}?" if near else f"known: {', '.join(known)}"
        line = self.table.line((key,))
        return Finding(
            self.path, line, f"unknown key {key!r}", hint, "error" if near else "warning"
        )


def read_draft(project: Path, path: str, kind: Kind) -> Draft:
    """Read a Markdown file with front matter.

    Raises:
        UnfitError: it is none.
    """
    item_id, locale = _named(Path(path).stem)
    text = _text(project, project / path)
    try:
        header, body, line = _split(text)
    except ValueError:
        hint = "begin the file with ---, the keys (title: ...), and --- again"
        raise UnfitError("has no front matter", hint) from None
    written = body.lstrip()
    body_line = 1 + text.count("\n", 0, len(text) - len(written))
    table = YamlFile.parse(path, header, first_line=line)
    return Draft(item_id, kind, locale, table, written.rstrip(), body_line)


def _named(stem: str) -> tuple[str, str]:
    """Part a file's name into an item's id and a locale, empty where it has none."""
    name = NAME.fullmatch(stem)
    if not name:
        hint = "use letters, digits, - and _, and no more than 80: fold-a-card.md"
        raise UnfitError("is named as no item can be", hint)
    if RESERVED.fullmatch(name[1]):
        raise UnfitError(f"is named {name[1]}, as no file can be on Windows", "rename it")
    return name[1], name[2] or ""


def _text(project: Path, file: Path) -> str:
    if not file.resolve().is_relative_to(project.resolve()):
        raise UnfitError("is a link to a place outside the project", "put the file itself here")
    if not file.is_file():
        raise UnfitError("is no file that can be read")
    if file.stat().st_size > LARGEST:
        raise UnfitError("is larger than 1 MB")
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UnfitError("is not UTF-8 text", "save it as UTF-8") from None
    if "\0" in text:
        line = 1 + text.count("\n", 0, text.index("\0"))
        raise UnfitError("holds a NUL, which no text has", "save it as plain text", line)
    return text


def _split(text: str) -> tuple[str, str, int]:
    """Part front matter, text, and the front matter's line; ValueError where there is none."""
    handler = frontmatter.YAMLHandler()
    if not handler.detect(text):
        raise ValueError
    header, body = handler.split(text)
    return header, body, 1 + text.count("\n", 0, text.index(header))
