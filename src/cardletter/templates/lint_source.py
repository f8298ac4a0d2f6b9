"""Template files as they were written: their tags, with Jinja out of the way, and their balance.

What Jinja fills in is unknown here, so an expression stands for some text and a statement for
nothing; every sign keeps its place, so that a finding has its line.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cardletter.errors import Finding
from cardletter.templates.lint_checks import CHECKS
from cardletter.typesetting.marks import Source
from cardletter.typesetting.tags import VOID, Tag, tags

JINJA = re.compile(
    r"\{%-?\s*raw\s*-?%\}(?P<raw>.*?)\{%-?\s*endraw\s*-?%\}"
    r"|(?P<comment>\{#.*?#\})|(?P<statement>\{%[-+]?\s*(?P<word>\w+).*?%\})|\{\{.*?\}\}",
    re.DOTALL,
)
ATTRIBUTE = re.compile(
    r"(?P<name>[^\s=<>/\"']+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+)))?"
)
STYLED = re.compile(r"<(mj-style|style)\b[^<>]*>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
FILLED = "\ue010"
"""Stands for every sign that Jinja writes."""

OPENS = {"if", "for", "macro", "block", "call", "filter"}
TURNS = {"elif", "else"}


@dataclass(frozen=True)
class Attribute:
    """An attribute of a tag as it was written; what Jinja fills in is FILLED."""

    name: str
    value: str
    line: int
    quoted: bool

    @property
    def known(self) -> bool:
        """Tell whether Jinja has no part in its value."""
        return FILLED not in self.value


@dataclass(frozen=True)
class Written:
    """A template file."""

    path: str
    text: str
    bare: str = field(init=False, repr=False)
    """The text without Jinja, sign by sign in the same places."""

    def __post_init__(self) -> None:
        """Take Jinja out."""
        object.__setattr__(self, "bare", JINJA.sub(_without, self.text))

    @classmethod
    def read(cls, project: Path, path: str) -> "Written":
        """Read a template of the project."""
        text = (project / path).read_text(encoding="utf-8-sig", errors="replace")
        return cls(path, text.replace("\r\n", "\n"))

    @cached_property
    def _ends(self) -> list[int]:
        return [found.end() for found in re.finditer("\n", self.text)]

    def line(self, offset: int) -> Source:
        """Give the line of an offset."""
        return Source(self.path, bisect_right(self._ends, offset) + 1)

    @cached_property
    def tags(self) -> list[Tag]:
        """Give every tag in order, but for what stands in styles."""
        return list(tags(STYLED.sub(_hollow, self.bare)))

    def attributes(self, tag: Tag) -> Iterator[Attribute]:
        """Give the attributes of a tag."""
        start, end = tag.start + 1 + len(tag.name), tag.end - 1
        for found in ATTRIBUTE.finditer(self.bare, start, end):
            value = found["double"] or found["single"] or found["bare"] or ""
            if found["name"].strip(FILLED):
                line = self.line(found.start()).line
                yield Attribute(found["name"], value, line, found["bare"] is None)

    def styles(self) -> Iterator[tuple[str, int]]:
        """Give the text of every style of its own, and its offset."""
        for found in STYLED.finditer(self.bare):
            yield found[2], found.start(2)

    def comments(self) -> Iterator[tuple[str, int]]:
        """Give every comment, Jinja's and HTML's, and its offset."""
        for found in re.finditer(r"\{#.*?#\}|<!--.*?-->", self.text, re.DOTALL):
            yield found[0], found.start()


def _without(found: re.Match[str]) -> str:
    if found["raw"] is not None:
        before, after = found[0].split(found["raw"], maxsplit=1) if found["raw"] else (found[0], "")
        return _blank(before, " ") + found["raw"] + _blank(after, " ")
    return _blank(found[0], " " if found["comment"] or found["statement"] else FILLED)


def _blank(text: str, sign: str) -> str:
    return re.sub(r"[^\n]", sign, text)


def _hollow(found: re.Match[str]) -> str:
    return found[0].replace(found[2], _blank(found[2], " "), 1) if found[2] else found[0]


def balance(file: Written) -> Iterator[Finding]:
    """Find tags that are not closed, in every way through the file's branches."""
    yield from _Balance(file).findings()


@dataclass
class _Fork:
    """A statement that parts the way: what was open before it, and at the end of each branch."""

    word: str
    test: str
    before: list[Tag]
    ends: list[list[Tag]] = field(default_factory=list)
    complete: bool = False
    """Whether one of its branches is always taken."""


class _Balance:
    """Walks a file with the tags that are open at each place."""

    def __init__(self, file: Written) -> None:
        self.file = file
        self.open: list[Tag] = []
        self.forks: list[_Fork] = []
        self.halves: dict[str, list[Tag]] = {}
        """Tags opened if something is so, to be closed if it is so: by what is asked."""
        self.found: list[Finding] = []

    def findings(self) -> list[Finding]:
        for step in self._steps():
            if isinstance(step, Tag):
                self._tag(step)
            else:
                self._statement(step)
        self._close(self.open)
        for left in self.halves.values():
            for tag in left:
                self._say("uneven", tag, word="if")
        return sorted(set(self.found))

    def _steps(self) -> Iterator[Tag | str]:
        """Give tags and Jinja's statements in the order in which they stand."""
        spans = [(tag.start, tag.end) for tag in self.file.tags]
        starts = [start for start, _ in spans]

        def within(offset: int) -> bool:
            at = bisect_right(starts, offset) - 1
            return at >= 0 and offset < spans[at][1]

        words = [
            (found.start(), found[0].strip("{%-+ }"))
            for found in JINJA.finditer(self.file.text)
            if found["word"] and not within(found.start())
        ]
        steps: list[tuple[int, Tag | str]] = [(tag.start, tag) for tag in self.file.tags]
        yield from (step for _, step in sorted([*steps, *words], key=lambda each: each[0]))

    def _tag(self, tag: Tag) -> None:
        if tag.kind == "bare":
            self._say("bare_less", tag)
        elif tag.kind == "open" and tag.name.lower() not in VOID:
            self.open.append(tag)
        elif tag.kind == "close":
            self._end(tag)

    def _end(self, tag: Tag) -> None:
        names = [each.name for each in self.open]
        if tag.name not in names:
            half = self.halves.get(self.forks[-1].test, []) if self.forks else []
            if half and half[-1].name == tag.name:
                half.pop()
            else:
                self._say("stray_end", tag)
            return
        at = len(names) - 1 - names[::-1].index(tag.name)
        self._close(self.open[at + 1 :])
        self.open = self.open[:at]

    def _statement(self, statement: str) -> None:
        word = statement.split(maxsplit=1)[0]
        if word in OPENS:
            self.forks.append(_Fork(word, " ".join(statement.split()), list(self.open)))
            if word == "macro":
                self.open = []
        elif word in TURNS and self.forks:
            fork = self.forks[-1]
            fork.ends.append(self.open)
            fork.complete |= word == "else" and fork.word == "if"
            self.open = list(fork.before)
        elif word.startswith("end") and self.forks and word[3:] == self.forks[-1].word:
            self._join(self.forks.pop())

    def _join(self, fork: _Fork) -> None:
        """Go on after the branches of a statement; all must leave the same tags open."""
        ends = [*fork.ends, self.open]
        if fork.word == "macro":
            self._close(self.open)
            self.open = fork.before
            return
        if fork.word != "block" and not fork.complete:
            ends.append(fork.before)
        shapes = {tuple(tag.name for tag in end) for end in ends}
        self.open = fork.before if len(shapes) > 1 else ends[0]
        depth = len(fork.before)
        lone = fork.word == "if" and not fork.ends
        if lone and ends[0][:depth] == fork.before:
            self.halves.setdefault(fork.test, []).extend(ends[0][depth:])
        elif len(shapes) > 1:
            odd = next(tag for end in ends for tag in _differing(end, fork.before))
            self._say("uneven", odd, word=fork.word)

    def _close(self, left: list[Tag]) -> None:
        for tag in left:
            self._say("unclosed", tag)

    def _say(self, check: str, tag: Tag, **more: str) -> None:
        source = self.file.line(tag.start)
        self.found.append(CHECKS[check].at(source, name=tag.name, **more))


def _differing(end: list[Tag], before: list[Tag]) -> list[Tag]:
    """Give the tags by which two ways differ, those opened on the way first."""
    return [tag for tag in end if tag not in before] + [tag for tag in before if tag not in end]
