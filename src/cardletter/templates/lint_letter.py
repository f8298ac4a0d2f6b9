"""One letter looked over: its page, its text, its subject, and what of each belongs together."""

import html
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cardletter.errors import Finding
from cardletter.templates.lint_checks import CHECKS
from cardletter.templates.lint_links import Said
from cardletter.templates.lint_origins import Origins
from cardletter.templates.lint_page import Facts, PageReader, Spot
from cardletter.templates.lint_words import (
    OTHER_TEXT,
    Demands,
    lacking_words,
    look_over_length,
    look_over_part,
    look_over_size,
    look_over_subject,
    look_over_words,
)
from cardletter.templates.press import TEMPLATE
from cardletter.typesetting.marks import Source
from cardletter.typesetting.sandbox import FOLDER
from cardletter.typesetting.setting import Rendered, Traced

PAGE_AT = Source(f"{FOLDER}/{TEMPLATE}.mjml", 1)


@dataclass(frozen=True)
class About:
    """What is known of a letter beside what it says."""

    lang: str = ""
    preheader: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    """Of its offers: what the law wants shown (terms, disclosure), and the words of it."""

    @classmethod
    def of(cls, context: Mapping[str, Any]) -> "About":
        """Read it out of what a letter is made of."""
        offers = [
            item
            for items in context["slots"].values()
            for item in items
            if item.get("kind") == "offer"
        ]
        terms = {(name, str(item.get(name) or "")) for item in offers for name in TERMS}
        edition = context["edition"]
        said = tuple(sorted((name, words) for name, words in terms if words))
        return cls(str(context.get("lang", "")), str(edition.get("preheader", "")), said)


TERMS = ("terms", "disclosure")


@dataclass(frozen=True)
class Seen:
    """Something found in a letter: where in its parts, and what."""

    part: str
    """page, text or subject."""
    spot: Spot


class Letters:
    """Looks letters of one project over; what comes again in many of them is read once."""

    def __init__(self, demands: Demands, pictures: Path, own: tuple[str, ...]) -> None:
        """Know what letters must carry, and where their pictures are."""
        self.demands = demands
        self.reader = PageReader(pictures, own)

    def seen(self, rendered: Rendered, about: About, traced: Traced | None = None) -> list[Seen]:
        """Give everything that is found in a letter, with its source where it was traced."""
        page = traced.annotated() if traced else rendered.html
        facts = self.reader.read(page, about.lang)
        found = [Seen("page", spot) for spot in facts.spots]
        found += self._page(rendered.html, facts, traced)
        found += self._text(rendered, facts, traced)
        for check, values in look_over_subject(rendered.subject, about.preheader):
            found.append(Seen("subject", _spot(check, values, None)))
        found += _terms(facts.text, " ".join(rendered.text.split()), about)
        return found

    def _page(self, page: str, facts: Facts, traced: Traced | None) -> Iterator[Seen]:
        if not facts.words:
            yield Seen("page", _spot("empty", {}, None))
        bare = html.unescape(page)
        for check, values in look_over_part(bare, facts.text, self.demands):
            source = _of_page(str(values.get("found", "")), page, traced)
            yield Seen("page", _spot(check, values, source))
        for check, values in look_over_size(page, self.demands):
            yield Seen("page", _spot(check, values, None))

    def _text(self, rendered: Rendered, facts: Facts, traced: Traced | None) -> Iterator[Seen]:
        flat = " ".join(rendered.text.split())
        said: list[Said] = [*look_over_part(rendered.text, flat, self.demands)]
        said += look_over_length(rendered.text)
        said += look_over_words(rendered.text)
        percent = lacking_words(frozenset(facts.words), rendered.text)
        if percent > OTHER_TEXT:
            said.append(("other_text", {"percent": percent}))
        for check, values in said:
            source = _of_text(str(values.get("found", "")), rendered.text, traced)
            yield Seen("text", _spot(check, values, source))


def _spot(check: str, values: Mapping[str, object], source: Source | None) -> Spot:
    return Spot(check, tuple(sorted(values.items())), source)


def _of_page(found: str, page: str, traced: Traced | None) -> Source | None:
    """Give the template's line that words of a page came from."""
    at = page.find(found) if found else -1
    if traced is None or at < 0:
        return None
    offsets = [offset for offset, _ in traced.elements]
    return traced.elements[max(bisect_right(offsets, at) - 1, 0)][1]


def _of_text(found: str, text: str, traced: Traced | None) -> Source | None:
    at = text.find(found) if found else -1
    if traced is None or at < 0:
        return None
    return traced.lines[min(text.count("\n", 0, at), len(traced.lines) - 1)]


def _terms(page: str, text: str, about: About) -> Iterator[Seen]:
    """See that what the law wants said of an offer is in both parts."""
    for what, words in about.terms:
        flat = " ".join(words.split())
        for part, whole in (("page", page), ("text", text)):
            if flat not in whole:
                yield Seen(part, _spot("no_terms", {"what": what}, None))


def finding(seen: Seen, origins: Origins, subject: Source, template: str) -> Finding | None:
    """Make a finding of what was seen, at the line where a person mends it; None if it is right.

    `subject` is where the subject stands; `template` names what the letter is set in.
    """
    spot, values = seen.spot, dict(seen.spot.values)
    page, twin = (Source(f"{FOLDER}/{template}.{ending}", 1) for ending in ("mjml", "txt"))
    usual = {"page": page, "text": twin, "subject": subject}[seen.part]
    if spot.check in ("same_preheader", "long_preheader"):
        usual = origins.beside(subject, "preheader")
    source = origins.of(spot.check, values, spot.source or usual)
    return CHECKS[spot.check].at(source, **values) if source else None
