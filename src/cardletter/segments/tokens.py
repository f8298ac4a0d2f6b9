"""Tokens: the words, numbers and signs of a rule's condition."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cardletter.segments.vocabulary import MisreadError

TOKEN = re.compile(
    r"\s*(?:(?P<number>-?\d+(?:\.\d+)?)(?P<percent>\s*%)?|(?P<quoted>\"[^\"\n]*\"|'[^'\n]*')"
    r"|(?P<word>[^\W\d][\w-]*(?:\.[\w-]+)?)|(?P<sign>>=|<=|!=|=|<|>|\(|\)|,))"
)
HOW = "write it as: baking.share >= 10% and country in (US, CA)"


@dataclass(frozen=True)
class Token:
    """One of them: its kind, what it says, and where it ends."""

    kind: str
    text: str
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Take a condition apart, with an end.

    Raises:
        MisreadError: something in it means nothing.
    """
    at = 0
    while text[at:].strip():
        match = TOKEN.match(text, at)
        if match is None:
            sign = text[at:].lstrip()[0]
            raise MisreadError(f"{sign!r} means nothing in a condition{after(text, at)}", HOW)
        at = match.end()
        kind = "percent" if match["percent"] else str(match.lastgroup)
        word = match["number"] or match[match.lastgroup or 0]
        yield Token(kind, word.strip("\"'") if kind == "quoted" else word, at)
    yield Token("end", "", len(text))


def after(text: str, at: int) -> str:
    """Say what stands before a place."""
    before = " ".join(text[:at].split())[-40:]
    return f", after `{before}`" if before else ""
