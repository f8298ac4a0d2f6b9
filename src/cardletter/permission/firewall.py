"""The purpose firewall: marketing stays marketing, whatever it is filed under.

Each item declares its purpose. The firewall derives it again from what the item says and where its
links lead; one marketing item makes the whole letter marketing, and marketing goes to nobody who
did not say yes. In 2021 the UK's regulator fined a card issuer for four million mails that were
filed as servicing; the kinds it named are the rules below.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from cardletter.content import Item

Purpose = Literal["marketing", "service"]


@dataclass(frozen=True)
class Sign:
    """Something that makes a text marketing, and why."""

    name: str
    pattern: re.Pattern[str]


def _sign(name: str, *words: str) -> Sign:
    return Sign(name, re.compile(r"\b(?:" + "|".join(words) + r")\b", re.IGNORECASE))


SIGNS = (
    _sign(
        "it offers a reward or rebate",
        r"\d+ ?% (?:off|back)",
        r"cash ?back",
        r"(?:extra|bonus|double|triple|more) (?:points|rewards|miles)",
        r"earn (?:up to )?[\d,]*\s*(?:points|rewards|miles|more)",
        r"\$\d[\d,]* (?:off|back|credit)",
        r"discount(?:s|ed)?",
        r"(?:statement|welcome) (?:credit|bonus|offer)",
        r"complimentary|free (?:gift|delivery|trial|night|ticket|upgrade)s?",
    ),
    _sign(
        "it nudges to use points or benefits",
        r"(?:use|redeem|spend|make the most of) your (?:points|rewards|miles|benefits?|credit)",
        r"(?:get|getting) (?:the )?(?:most|more) (?:out of|from) your (?:card|membership|account)",
        r"don['’]t miss out",
        r"your benefits? (?:are|is) waiting",
    ),
    _sign(
        "it nudges to spend on the card",
        r"(?:use|pay with|reach for|shop with|spend on) your .{0,30}card",
        r"put (?:it|everything|your .{0,30}) on your .{0,30}card",
        r"(?:set up|add) your .{0,30}card (?:to|for|as) .{0,40}(?:payments?|wallet|shopping)",
        r"make it your (?:everyday|first|default) card",
        r"spend \$?[\d,]+ or more",
    ),
    _sign("it promotes an app", r"(?:download|get|install|try) (?:the|our) .{0,20}app"),
    _sign(
        "it promotes another product",
        r"upgrade (?:to|your)",
        r"apply (?:now|today|for)",
        r"(?:add|adding) (?:a|an) (?:supplementary|additional|second) card",
        r"(?:pre-?approved|exclusive offer|introducing our new)",
        r"insurance from (?:as little as|only)",
    ),
    _sign(
        "it asks to recommend the card", r"refer (?:a|your) friends?", r"invite (?:a|your) friends?"
    ),
    _sign(
        "it promotes partners or events",
        r"presale|pre-sale|members['’]? preview|priority (?:tickets|booking|access)",
        r"(?:book|shop|buy|order|save) (?:now|today|online)",
        r"paid partnership|sponsored",
        r"(?:handpicked|curated|selected) (?:for you|offers?|deals?)",
    ),
)

PATHS = re.compile(
    r"https?://[^\s)\"']*/(?:offers?|deals?|apply|upgrade|shop|app|refer|promo)\b", re.IGNORECASE
)


def derive(item: Item) -> tuple[Purpose, str]:
    """Give the purpose an item has by what it says, and the sign that shows it."""
    if item.kind == "offer":
        return "marketing", "it is an offer"
    text = " ".join(f"{item.title}. {item.teaser} {item.body}".split())
    for sign in SIGNS:
        if sign.pattern.search(text):
            return "marketing", sign.name
    if PATHS.search(f"{item.link} {item.body}"):
        return "marketing", "a link of it leads to something for sale"
    return item.purpose, "as declared"


def misfiled(items: Iterable[Item]) -> Iterator[tuple[Item, str]]:
    """Give the items that are declared service but are marketing, and why."""
    for item in items:
        purpose, sign = derive(item)
        if item.purpose == "service" and purpose == "marketing":
            yield item, sign


def purpose_of(items: Iterable[Item]) -> Purpose:
    """Give the purpose of a letter: service only if every item of it is."""
    return "marketing" if any(derive(item)[0] == "marketing" for item in items) else "service"
