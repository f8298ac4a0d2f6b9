"""A letter's HTML, element by element: what mail programs and readers would stumble over.

A column of the layout holds an item, and items come again in many variants: what was found in one
is kept by its HTML and its look, so that each is read once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cssselect2
from lxml import etree, html

from cardletter.templates.lint_css import dark_rules
from cardletter.templates.lint_links import Said, leads, words
from cardletter.templates.lint_lists import NO_MAIL
from cardletter.templates.lint_look import USUAL, Look
from cardletter.templates.lint_pictures import look_over_picture
from cardletter.templates.lint_words import LEFTOVER
from cardletter.typesetting.marks import Source

COLUMN = re.compile(r"\bmj-column-p")
HEADING = re.compile(r"h[1-6]")
WORD = re.compile(r"[^\W\d_]{3,}")
SOURCE = "data-source"
SEEN_BY = ("class", "style", "id", "bgcolor", "color", "hidden", "href")
"""Attributes by which rules find an element, or by which it looks as it does."""

MANY_ROWS = 60
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv"})


@dataclass(frozen=True)
class Spot:
    """Something found in the HTML, and the template's line it came from, if that was traced."""

    check: str
    values: tuple[tuple[str, object], ...]
    source: Source | None


@dataclass
class Facts:
    """What was read in a part of a page."""

    spots: list[Spot] = field(default_factory=list)
    headings: list[tuple[int, Source | None]] = field(default_factory=list)
    ids: list[tuple[str, Source | None]] = field(default_factory=list)
    anchors: list[tuple[str, Source | None]] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    text: str = ""
    """All that the whole page says, in one line."""

    def take(self, other: "Facts") -> None:
        """Add what was read in another part."""
        self.spots += other.spots
        self.headings += other.headings
        self.ids += other.ids
        self.anchors += other.anchors
        self.words |= other.words

    def say(self, source: Source | None, check: str, values: dict[str, Any]) -> None:
        """Note something found."""
        self.spots.append(Spot(check, tuple(sorted(values.items())), source))


@dataclass(frozen=True, eq=False)
class Way:
    """How one came to an element: what holds around it."""

    look: Look
    matcher: cssselect2.Matcher | None
    classes: tuple[str, ...]
    """Of the elements around it: rules go by them."""

    inner: dict[tuple[str, ...], "Way"] = field(default_factory=dict, compare=False, repr=False)
    """Ways from here that were gone before, by tag and attributes."""

    def into(self, element: cssselect2.ElementWrapper) -> "Way":
        """Go into an element."""
        node = element.etree_element
        key = (node.tag, *(node.get(name, "") for name in SEEN_BY))
        if key not in self.inner:
            classes = (*self.classes, node.get("class", ""))
            look = self.look.inside(element, self.matcher)
            self.inner[key] = Way(look, self.matcher, classes)
        return self.inner[key]


class PageReader:
    """Reads pages; what it has read of one it knows again in another."""

    def __init__(self, pictures: Path, own: tuple[str, ...]) -> None:
        """Know where pictures are, and how the addresses of our own begin."""
        self.pictures, self.own = pictures, own
        self._known: dict[tuple[bytes, Way], Facts] = {}
        self._begun: dict[str, Way] = {}

    def read(self, page: str, lang: str) -> Facts:
        """Read a page, as it is sent or annotated with its sources."""
        root = html.document_fromstring(page.replace("\0", ""), parser=_PARSER)
        head, body = root.find("head"), root.find("body")
        facts = Facts()
        _document(root, lang, facts)
        css = "\n".join(head.xpath(".//style/text()")) if head is not None else ""
        if body is not None:
            wrapper = cssselect2.ElementWrapper.from_html_root(root)
            below = next(each for each in wrapper.iter_children() if each.local_name == "body")
            if css not in self._begun:
                self._begun[css] = Way(Look(USUAL), dark_rules(css), ())
            self._element(below, self._begun[css], facts)
            facts.text = " ".join(str(body.xpath("string()")).split())
        _together(facts)
        return facts

    def _element(self, element: cssselect2.ElementWrapper, way: Way, facts: Facts) -> None:
        node = element.etree_element
        if not COLUMN.search(node.get("class", "")):
            self._inside(element, way.into(element), facts)
            return
        key = (etree.tostring(node, with_tail=False), way)
        if key not in self._known:
            part = Facts()
            self._inside(element, way.into(element), part)
            self._known[key] = part
        facts.take(self._known[key])

    def _inside(self, element: cssselect2.ElementWrapper, way: Way, facts: Facts) -> None:
        node = element.etree_element
        source = _source(node)
        for check, values in self._of(node):
            facts.say(source, check, values)
        _collect(node, source, facts)
        if _has_text(node):
            for seen in way.look.hard_to_read():
                facts.say(source, "contrast", {**seen})
        for found in sorted(_left_over(node)):
            facts.say(source, "leftover", {"found": found})
        for child in element.iter_children():
            self._element(child, way, facts)

    def _of(self, node: html.HtmlElement) -> Iterator[Said]:
        """Find what is wrong with one element by itself."""
        tag, given = node.tag, node.attrib
        if tag in NO_MAIL:
            yield "no_script", {"name": tag}
        if tag == "img":
            yield from look_over_picture(given, self.own, self.pictures)
        if tag == "a":
            yield from _link(node)
        for name in ("href", "src", "background"):
            if url := given.get(name, "").strip():
                yield from leads(tag, url, self.own)
        for url in re.findall(r"url\(\s*['\"]?([^'\")]+)", given.get("style", "")):
            yield from leads(tag, url, self.own)
        if tag == "table":
            yield from _table(node)
        elif HEADING.fullmatch(tag) and not _said(node):
            yield "empty_heading", {"level": tag[1]}


_PARSER = html.HTMLParser(encoding="utf-8", huge_tree=True)


def _source(node: html.HtmlElement) -> Source | None:
    path, _, line = node.get(SOURCE, "").rpartition(":")
    return Source(path, int(line)) if path else None


def _document(root: html.HtmlElement, lang: str, facts: Facts) -> None:
    """Look at what a page says of itself."""
    says, direction = root.get("lang", ""), root.get("dir", "")
    if says in ("", "und"):
        facts.say(None, "no_lang", {})
    elif lang and _language(says) != _language(lang):
        facts.say(None, "other_lang", {"says": says, "lang": lang})
    leftward = _language(says or lang) in RIGHT_TO_LEFT
    if not direction:
        facts.say(None, "no_dir", {})
    elif leftward and direction == "ltr":
        facts.say(None, "wrong_dir", {"lang": says})
    if not (root.findtext("head/title") or "").strip():
        facts.say(None, "no_title", {})


def _language(locale: str) -> str:
    return locale.partition("-")[0].lower()


def _said(node: html.HtmlElement) -> str:
    """Give what is read aloud of an element."""
    alts = (each.get("alt", "") for each in node.iter("img"))
    return " ".join([str(node.xpath("string()")), *alts]).replace("\u00a0", " ").strip()


def _link(node: html.HtmlElement) -> Iterator[Said]:
    url = node.get("href")
    if url is None:
        return
    if not url.strip() or url.strip() == "#":
        yield "no_target", {}
    name = node.get("aria-label") or node.get("title") or ""
    yield from words(_said(node), name, url.strip())


def _table(node: html.HtmlElement) -> Iterator[Said]:
    if node.get("role") not in ("presentation", "none") and not node.xpath(".//th"):
        yield "read_table", {}
    rows = len(node.xpath("./tr | ./*/tr"))
    if rows > MANY_ROWS:
        yield "huge_table", {"rows": rows}


def _has_text(node: html.HtmlElement) -> bool:
    """Tell whether an element itself holds text, or the words of a picture."""
    if node.tag == "img":
        return bool(node.get("alt", "").strip())
    texts = [node.text, *(child.tail for child in node)]
    return any(text and text.replace("\u00a0", " ").strip() for text in texts)


def _left_over(node: html.HtmlElement) -> set[str]:
    """Find words left in by mistake, in an element's own text and what is said of it."""
    texts = [node.text, node.get("alt"), node.get("title"), *(child.tail for child in node)]
    return {each[0] for text in texts if text for each in LEFTOVER.finditer(text)}


def _collect(node: html.HtmlElement, source: Source | None, facts: Facts) -> None:
    """Note what is judged when all of the page is read."""
    if HEADING.fullmatch(node.tag):
        facts.headings.append((int(node.tag[1]), source))
    if name := node.get("id") or (node.tag == "a" and node.get("name")):
        facts.ids.append((str(name), source))
    if node.tag == "a" and len(url := node.get("href", "").strip()) > 1 and url[0] == "#":
        facts.anchors.append((url, source))
    for text in (node.text, *(child.tail for child in node)):
        if text:
            facts.words.update(WORD.findall(text.casefold()))


def _together(facts: Facts) -> None:
    """Judge what only all of a page shows: the order of headings, ids, anchors."""
    first = [source for level, source in facts.headings if level == 1]
    if not first:
        facts.say(None, "no_heading", {})
    elif len(first) > 1:
        facts.say(first[1], "many_headings", {"count": len(first)})
    before = 0
    for level, source in facts.headings:
        if before and level > before + 1:
            facts.say(source, "skipped_heading", {"level": level, "before": before})
        before = level
    names: set[str] = set()
    for name, source in facts.ids:
        if name in names:
            facts.say(source, "same_id", {"name": name})
        names.add(name)
    for url, source in facts.anchors:
        if url[1:] not in names:
            facts.say(source, "dead_anchor", {"url": url})
