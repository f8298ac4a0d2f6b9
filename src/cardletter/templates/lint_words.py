"""A letter's words: its subject, what the law asks for, and whether its two parts say the same."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from cardletter.templates.lint_links import E_MAIL, Said
from cardletter.templates.lint_lists import REASONS

GMAIL_CLIPS = 102 * 1024
"""Bytes of HTML after which Gmail hides the rest, unsubscribe link and all."""

NEARLY, WHOLE = 90, 100
"""Percent of GMAIL_CLIPS from which on it is told."""

SUBJECT_MOST, SUBJECT_FITS, PREHEADER_FITS = 120, 60, 140
"""Letters of a subject, those a phone shows, those of a preheader; wide ones count twice."""

SHORT_TEXT, OTHER_TEXT = 200, 40
"""Letters of a text part that says nothing; percent of the HTML's words it may lack."""

FEW_WORDS = 30
LEFTOVER = re.compile(r"\b(TODO|FIXME|TBD|lorem\s+ipsum)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Demands:
    """What every letter of a project must carry, from its brand and its fields."""

    postal_address: str
    legal: str = ""
    reason: str = ""
    longest: tuple[tuple[str, int], ...] = ()
    """Fields that differ by member, and the most letters each is filled with."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Give the fields that may be left in a letter."""
        return tuple(name for name, _ in self.longest)

    def filled(self, page: str) -> int:
        """Give a page's size in bytes with its fields filled at their longest."""
        size = len(page.encode())
        for name, longest in self.longest:
            place = "{{" + name + "}}"
            size += page.count(place) * (longest - len(place))
        return size


def clip_percent(page: str, demands: Demands) -> int:
    """Give how much a page is of what Gmail shows, in percent; over 100 it is clipped."""
    return -(-demands.filled(page) * 100 // GMAIL_CLIPS)


def look_over_size(page: str, demands: Demands) -> Iterator[Said]:
    """Find a page that Gmail would clip, or nearly."""
    percent = clip_percent(page, demands)
    if percent > WHOLE:
        yield "clipped", {"percent": percent}
    elif percent >= NEARLY:
        yield "nearly_clipped", {"percent": percent}


def look_over_subject(subject: str, preheader: str) -> Iterator[Said]:
    """Find what is wrong with what an inbox shows of a letter."""
    if not subject.strip():
        yield "no_subject", {}
        return
    count, ahead = width(subject), width(preheader)
    if count > SUBJECT_MOST:
        yield "long_subject", {"count": count, "most": SUBJECT_MOST}
    elif count > SUBJECT_FITS:
        yield "subject_cut", {"count": count, "most": SUBJECT_FITS}
    letters = [sign for sign in subject if sign.isalpha()]
    shouted = [sign for sign in letters if sign.isupper() and sign.lower() != sign]
    if (len(letters) > 8 and len(shouted) == len(letters)) or "!!" in subject:  # noqa: PLR2004
        yield "shouting", {}
    if " ".join(preheader.split()).casefold() == " ".join(subject.split()).casefold():
        yield "same_preheader", {}
    elif ahead > PREHEADER_FITS:
        yield "long_preheader", {"count": ahead, "most": PREHEADER_FITS}


def width(text: str) -> int:
    """Count letters as an inbox has room for them: those of China and Japan take twice as much."""
    plain = FIELD.sub("", text)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in plain)


FIELD = re.compile(r"\{\{\w+\}\}")


def look_over_part(part: str, flat: str, demands: Demands) -> Iterator[Said]:
    """Find what a part of a letter must say and does not, or says and must not.

    `part` is its code, unescaped, and `flat` is what it says, in one line.
    """
    yield from _fields(part)
    if " ".join(demands.postal_address.split()) not in flat:
        yield "no_address", {}
    if demands.legal and " ".join(demands.legal.split()) not in flat:
        yield "no_legal", {}
    said = demands.reason and " ".join(demands.reason.split()) in flat
    low = flat.casefold()
    if not said and not any(each in low for each in REASONS):
        yield "no_reason", {}
    known = "|".join([*map(re.escape, demands.fields), r"personal_\w+"])
    if found := re.search(rf"(?:\{{\{{(?!(?:{known})\}}\}})|\{{%|\{{#)[^<>\n]{{0,20}}", part):
        yield "braces", {"found": found[0], "fields": ", ".join(demands.fields)}


def _fields(part: str) -> Iterator[Said]:
    for field in ("unsubscribe_url", "preferences_url"):
        count = part.count("{{" + field + "}}")
        if not count:
            yield "no_field", {"field": field}
        elif count > 1 and field == "unsubscribe_url":
            yield "twice", {"field": field, "count": count}


def look_over_length(part: str) -> Iterator[Said]:
    """Find a text part that says nothing."""
    if len(part) < SHORT_TEXT:
        yield "no_text", {}


def look_over_words(words: str) -> Iterator[Said]:
    """Find words that were left in by mistake, and addresses of people."""
    for found in sorted({each[0] for each in LEFTOVER.finditer(words)}):
        yield "leftover", {"found": found}
    for found in sorted(set(E_MAIL.findall(words))):
        yield "address_in", {"found": found}


def lacking_words(html_words: frozenset[str], text: str) -> int:
    """Give what percent of the HTML's words the text part lacks; 0 where there are few."""
    if len(html_words) < FEW_WORDS:
        return 0
    said = set(re.findall(r"[^\W\d_]{3,}", text.casefold()))
    return 100 * len(html_words - said) // len(html_words)
