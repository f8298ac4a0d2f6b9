"""Marks: where in the templates each part of a letter came from.

To trace a letter, Jinja writes a mark before every tag and line of a template: its file and line.
The marks are taken out again before MJML sees them, and numbers are put on the tags instead, which
come through to the HTML. A letter is traced beside being printed, so that nothing of this is ever
in what is kept or sent.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from cardletter.typesetting.tags import VOID, tags

MARK = re.compile("\ue000([^\ue000\ue001]*):([0-9]+)\ue001")
PLACES = re.compile(r"^[^\S\n]*\S|<(?=[A-Za-z])", re.MULTILINE)
"""Where marks go: before the first sign of each line, and before each tag."""

NUMBER = "cardletter-at"
CLASS = rf"{NUMBER}-\d+(?:-[a-z]+)?"
OWN = re.compile(rf"{NUMBER}(?:=\"|-)(\d+)")
CSS_CLASS = re.compile(r"\scss-class\s*=\s*[\"']")


@dataclass(frozen=True)
class Source:
    """A line of a template."""

    path: str
    line: int

    def __str__(self) -> str:
        """Read as editors and terminals link it: `path:line`."""
        return f"{self.path}:{self.line}"


class Marking(Extension):
    """Puts marks into what templates write out themselves; what they fill in is left alone."""

    folder = "templates"

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Mark the text between the tags of Jinja; where no tags show the way, values too."""
        path = f"{self.folder}/{stream.name}"
        values = path.endswith(".txt")
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, "data", _marked(token.value, path, token.lineno))
                continue
            if values and token.type == "variable_begin":
                yield Token(token.lineno, "data", _mark(path, token.lineno))
            yield token


def _marked(text: str, path: str, first: int) -> str:
    def mark(found: re.Match[str]) -> str:
        line = first + text.count("\n", 0, found.end() - 1)
        return found[0][:-1] + _mark(path, line) + found[0][-1]

    return PLACES.sub(mark, text)


def _mark(path: str, line: int) -> str:
    return f"\ue000{path}:{line}\ue001"


class Places:
    """Where each part of a text came from."""

    def __init__(self, first: Source) -> None:
        """Begin with what the text's beginning came from."""
        self.offsets, self.sources = [0], [first]

    def at(self, offset: int) -> Source:
        """Give what the part at an offset came from."""
        return self.sources[bisect_right(self.offsets, offset) - 1]


def unmark(marked: str, path: str) -> tuple[str, Places]:
    """Take the marks out of what the template at `path` made, and give where they stood."""
    places, pieces, end, length = Places(Source(path, 1)), [], 0, 0
    for found in MARK.finditer(marked):
        pieces.append(marked[end : found.start()])
        length += len(pieces[-1])
        end = found.end()
        places.offsets.append(length)
        places.sources.append(Source(found[1], int(found[2])))
    return "".join([*pieces, marked[end:]]), places


def number(mjml: str, places: Places) -> tuple[str, list[Source]]:
    """Number the tags of the body, so that the HTML made of them can be traced back."""
    sources, pieces, end, inside = list[Source](), list[str](), 0, False
    for tag in tags(mjml):
        inside = inside or tag.name == "mj-body"
        if not inside or tag.kind not in ("open", "single"):
            continue
        whole = mjml[tag.start : tag.end]
        pieces += [mjml[end : tag.start], _numbered(whole, tag.name, len(sources))]
        sources.append(places.at(tag.start))
        end = tag.end
    return "".join([*pieces, mjml[end:]]), sources


def _numbered(whole: str, name: str, count: int) -> str:
    """Put a number on a tag: MJML hands on the classes of its own elements, and of others all."""
    after = len(name) + 1
    if not name.startswith("mj-"):
        return f'{whole[:after]} {NUMBER}="{count}"{whole[after:]}'
    if given := CSS_CLASS.search(whole):
        return f"{whole[: given.end()]}{NUMBER}-{count} {whole[given.end() :]}"
    return f'{whole[:after]} css-class="{NUMBER}-{count}"{whole[after:]}'


def bare(html: str) -> str:
    """Take the numbers out of HTML again."""
    without = re.sub(rf' {NUMBER}="\d+"| class="{CLASS}"', "", html)
    return re.sub(rf"{CLASS} | {CLASS}", "", without)


class Elements(HTMLParser):
    """Reads HTML and gives the offset of every element's start tag, and what it came from.

    What has no number of its own came from what it stands in.
    """

    def __init__(self, html: str, sources: list[Source], page: Source) -> None:
        """Read HTML whose numbers are those of `sources`."""
        super().__init__()
        self.offsets: list[int] = []
        self.found: list[Source] = []
        self._sources, self._within = sources, [("", page)]
        self._lines = [0, *(found.end() for found in re.finditer("\n", html))]
        self.feed(html)

    def handle_starttag(
        self,
        tag: str,
        attrs: list[tuple[str, str | None]],  # noqa: ARG002 - as parsers do
    ) -> None:
        """Note an element, and that what follows stands in it."""
        line, column = self.getpos()
        self.offsets.append(self._lines[line - 1] + column)
        own = OWN.search(self.get_starttag_text() or "")
        known = own and int(own[1]) < len(self._sources)
        source = self._sources[int(own[1])] if own and known else self._within[-1][1]
        self.found.append(source)
        if tag not in VOID:
            self._within.append((tag, source))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that holds nothing."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._within.pop()

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and those in it that were left open."""
        names = [name for name, _ in self._within]
        if tag in names[1:]:
            del self._within[len(names) - 1 - names[::-1].index(tag) :]
