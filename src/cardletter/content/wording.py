"""Wording: what stands in an item's words that no member should read.

The text is read as Markdown, so that links and raw HTML are found where they really are, and not in
a piece of code that shows them.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import BaseModel, ConfigDict, Field

from cardletter.content.catalogue import Item
from cardletter.content.draft import Draft
from cardletter.content.targets import shortened, wrong_with
from cardletter.errors import Finding
from cardletter.yamlfile import YamlFile

LEGENDS = "content/legends.yaml"
FIELDS_FILE = "templates/fields.yaml"
MARKDOWN = MarkdownIt("commonmark")
# A link that would not be made one is told all the same.
MARKDOWN.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 - its name
LEFTOVER = re.compile(r"\b(?:TODO|FIXME|TBD|XXX+|lorem\s+ipsum)\b")
LOREM = re.compile(r"\blorem\s+ipsum\b", re.IGNORECASE)
BRACES = re.compile(r"\{[{%#][^\n]{0,30}|[}%#]\}")
FIELD = re.compile(r"\{\{([a-z][a-z0-9_]*)\}\}")
IN_WORDS = ("title", "teaser", "alt", "merchant", "terms", "disclosure")


class Legend(BaseModel):
    """A claim that the law lets nobody make alone, and the words it asks for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    claims: list[str] = Field(min_length=1)
    """Words that make the claim, as they are written; # stands for a number."""
    legend: list[str] = Field(min_length=1)
    """Words of which one must stand in the terms or the disclosure."""

    def missing(self, item: Item) -> str:
        """Give the claim that an item makes without its legend, or nothing."""
        small = f"{item.terms} {item.disclosure}".casefold()
        if any(words.casefold() in small for words in self.legend):
            return ""
        said = f"{item.title} {item.teaser} {item.body}"
        found = (_claim(words).search(said) for words in self.claims)
        return next((each[0] for each in found if each), "")


@functools.cache
def _claim(words: str) -> re.Pattern[str]:
    """Find words as whole words, in any case and spacing; # is a number."""
    parts = (re.escape(part).replace(r"\#", r"\d+(?:[.,]\d+)?") for part in words.split())
    together = r"\s*".join(parts)
    return re.compile(rf"(?<!\w){together}(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Readers:
    """What is needed to read an item's words: the fields there are, and the legends asked for."""

    fields: frozenset[str]
    legends: dict[str, Legend]

    def look_over(self, draft: Draft, item: Item) -> Iterator[Finding]:
        """Give everything that is wrong with an item's words, each at its line."""
        for name in IN_WORDS:
            for wrong in self._leftovers(getattr(item, name)):
                yield draft.table.finding((name,), f"{name}: {wrong}", "take it out")
        if shortened(item.link):
            yield _warning(draft, draft.table.line(("link",)), HIDDEN.format(item.link))
        for number, line in enumerate(item.body.splitlines()):
            for wrong in self._leftovers(line):
                yield Finding(draft.path, draft.at(number), wrong, "take it out")
        yield from _markdown(draft, item.body)

    def _leftovers(self, text: str) -> Iterator[str]:
        rest = FIELD.sub(lambda field: "" if field[1] in self.fields else field[0], text)
        for pattern in (LEFTOVER, LOREM, BRACES):
            if found := pattern.search(rest):
                yield f"{found[0]!r} is left in it"
                return

    def unlawful(self, item: Item) -> str:
        """Give the claim for which an item is held back, or nothing."""
        missing = (legend.missing(item) for legend in self.legends.values())
        return next(filter(None, missing), "")


HIDDEN = "{} hides where it leads"


def _markdown(draft: Draft, text: str) -> Iterator[Finding]:
    """Find raw HTML, pictures and wrong links in a text."""
    line = 0
    for token in MARKDOWN.parse(text):
        line = token.map[0] if token.map else line
        if token.type == "html_block":
            yield _html(draft, draft.at(line))
        offset = 0
        for child in token.children or ():
            offset += child.type in ("softbreak", "hardbreak")
            yield from _inline(draft, child, draft.at(line + offset))


def _inline(draft: Draft, token: Token, line: int) -> Iterator[Finding]:
    if token.type == "html_inline":
        yield _html(draft, line)
    if token.type == "image":
        hint = "a picture stands above the text: `image:` and `alt:`"
        yield Finding(draft.path, line, "a picture in the text is not shown", hint)
    if token.type == "link_open":
        link = str(token.attrs.get("href", ""))
        if wrong := wrong_with(link):
            yield Finding(draft.path, line, f"link {link[:60]!r}: {wrong}", "write all of it")
        elif shortened(link):
            yield _warning(draft, line, HIDDEN.format(link))


def _html(draft: Draft, line: int) -> Finding:
    hint = "write Markdown: **strong**, [words](https://...)"
    return Finding(draft.path, line, "HTML in the text is shown as it is written", hint)


def _warning(draft: Draft, line: int, message: str) -> Finding:
    return Finding(draft.path, line, message, "link to the page itself", "warning")


def read_readers(project: Path) -> tuple[Readers, list[Finding]]:
    """Read what an item's words are held against; what is missing asks for nothing."""
    findings: list[Finding] = []
    legends: dict[str, Legend] = {}
    if (project / LEGENDS).is_file():
        file = YamlFile.read(project, LEGENDS)
        findings += file.findings
        for name in file.content:
            legend, found = file.fit(Legend, name)
            legends |= {name: legend} if legend else {}
            findings += found
    return Readers(_declared(project), legends), findings


def _declared(project: Path) -> frozenset[str]:
    """Name the fields that may stand in a text as {{points}}."""
    if not (project / FIELDS_FILE).is_file():
        return frozenset()
    return frozenset(YamlFile.read(project, FIELDS_FILE).content)
