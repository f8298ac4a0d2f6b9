"""Expressions: the conditions of a segment's rule, as a marketer writes them.

    baking.share >= 10% and baking.days >= 4 and (country in (US, CA) or product = Gold)

A condition compares a field with a value; `and`, `or`, `not` and parentheses join conditions, and
`rule(other-id)` stands for another rule's. There is no SQL, no pattern and no arithmetic in it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NoReturn

from cardletter.segments.tokens import HOW, Token, after, tokens
from cardletter.segments.vocabulary import (
    COLUMNS,
    EXAMPLES,
    LONGEST_WINDOW,
    MEASURES,
    NUMBER,
    PERCENT,
    TOTALS,
    WORD,
    WRITTEN,
    Field,
    MisreadError,
    Vocabulary,
    checked_value,
    kind_of,
    near,
    refuse,
    said,
)

LONGEST, DEEPEST = 2_000, 20

COMPARE = ("=", "!=", "<", "<=", ">", ">=")
KEYWORDS = ("and", "or", "not", "in", "between", "rule")


@dataclass(frozen=True)
class Compared:
    """One comparison; `in` and `between` compare with several values."""

    field: Field
    sign: str
    against: tuple[str | float, ...]


@dataclass(frozen=True)
class Other:
    """Another rule's condition."""

    rule: str


@dataclass(frozen=True)
class Joined:
    """Conditions joined by and, or; or one that is turned round by not."""

    word: str
    parts: "tuple[Condition, ...]"


Condition = Compared | Other | Joined


def read_condition(text: str, words: Vocabulary) -> Condition:
    """Read a condition.

    Raises:
        MisreadError: it is none, or names what there is not, or what nobody may be picked by.
    """
    if len(text) > LONGEST:
        raise MisreadError("is longer than 2,000 letters", "make several rules of it")
    reader = _Reader(text, list(tokens(text)), words)
    found = reader.either()
    if reader.next.kind != "end":
        reader.stop("and, or, or the end")
    return found


def others(condition: Condition) -> Iterator[str]:
    """Give the rules that a condition names."""
    if isinstance(condition, Other):
        yield condition.rule
    elif isinstance(condition, Joined):
        for part in condition.parts:
            yield from others(part)


@dataclass
class _Reader:
    """Reads tokens from the left; a method a line of the grammar."""

    text: str
    tokens: list[Token]
    words: Vocabulary
    at: int = 0
    depth: int = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self, *texts: str) -> str:
        """Take the next token if it is one of these."""
        token = self.next
        if token.kind in ("word", "sign") and token.text in texts:
            self.at += 1
            return token.text
        return ""

    def need(self, text: str) -> None:
        if not self.take(text):
            self.stop(repr(text))

    def stop(self, wanted: str) -> NoReturn:
        token = self.next
        there = f"there is {token.text!r}" if token.text else "it ends"
        start = token.end - len(token.text)
        raise MisreadError(f"needs {wanted}, and {there}{after(self.text, start)}", HOW)

    def either(self) -> Condition:
        return self._joined("or", self.every)

    def every(self) -> Condition:
        return self._joined("and", self.one)

    def _joined(self, word: str, read: Callable[[], Condition]) -> Condition:
        parts = [read()]
        while self.take(word):
            parts.append(read())
        return Joined(word, tuple(parts)) if parts[1:] else parts[0]

    def one(self) -> Condition:
        self.depth += 1
        if self.depth > DEEPEST:
            raise MisreadError("is nested more than 20 deep", "make several rules of it")
        found = self._one()
        self.depth -= 1
        return found

    def _one(self) -> Condition:
        if self.take("not"):
            return Joined("not", (self.one(),))
        if self.take("("):
            inner = self.either()
            self.need(")")
            return inner
        return self._other() if self.take("rule") else self._test()

    def _other(self) -> Other:
        self.need("(")
        name = self.next.text
        if name not in self.words.rules:
            raise MisreadError(f"there is no rule {name!r}", near(name, self.words.rules))
        self.at += 1
        self.need(")")
        return Other(name)

    def _test(self) -> Compared:
        looked = self._field()
        kind = kind_of(looked)
        turned = bool(self.take("not"))
        if self.take("in"):
            return Compared(looked, "not in" if turned else "in", tuple(self._values(looked, kind)))
        if turned:
            self.stop("in")
        if self.take("between"):
            least = self._value(looked, kind)
            self.need("and")
            most = self._value(looked, kind)
            if not isinstance(least, str) and not isinstance(most, str) and least > most:
                raise MisreadError("is between a larger and a smaller value", "the smaller first")
            return Compared(looked, "between", (least, most))
        sign = self.take(*COMPARE)
        if not sign:
            self._no_comparison()
        if kind == WORD and sign not in ("=", "!="):
            raise MisreadError(f"{said(looked)} is a word: it is not more or less", "use = or in")
        return Compared(looked, sign, (self._value(looked, kind),))

    def _no_comparison(self) -> NoReturn:
        token = self.next
        if token.kind == "word" and token.text not in KEYWORDS:
            known = "=, !=, <, <=, >, >=, in, between"
            raise MisreadError(f"there is no comparison {token.text!r}", f"there are {known}")
        self.stop("a comparison (=, >=, in, ...)")

    def _values(self, looked: Field, kind: str) -> Iterator[str | float]:
        self.need("(")
        yield self._value(looked, kind)
        while self.take(","):
            yield self._value(looked, kind)
        self.need(")")

    def _value(self, looked: Field, kind: str) -> str | float:
        token = self.next
        given = {"quoted": WORD}.get(token.kind, token.kind)
        if given not in (WORD, PERCENT, NUMBER) or token.text in KEYWORDS:
            self.stop("a value")
        if given != WRITTEN.get(kind, kind):
            raise MisreadError(f"{said(looked)} is no {given}", EXAMPLES[kind])
        self.at += 1
        return checked_value(looked, kind, token.text)

    def _field(self) -> Field:
        token = self.next
        if token.kind != "word" or token.text in KEYWORDS:
            self.stop("a field")
        self.at += 1
        if token.text in COLUMNS or token.text in TOTALS:
            return Field(token.text, weeks=self._window() if token.text == "all.weeks" else 0)
        interest, _, measure = token.text.partition(".")
        refuse(interest, self.words)
        if interest not in self.words.interests:
            known = self.words.interests | set(COLUMNS) | set(TOTALS)
            raise MisreadError(f"there is no field {token.text!r}", near(interest, known))
        if measure not in MEASURES:
            hint = near(measure, frozenset(MEASURES)) if measure else f"as in {interest}.share"
            raise MisreadError(f"{interest} has no measure {measure!r}", hint)
        return Field(measure, interest, self._window() if measure == "weeks" else 0)

    def _window(self) -> int:
        self.need("(")
        token = self.next
        if token.kind != "number" or not 1 <= float(token.text) <= LONGEST_WINDOW:
            raise MisreadError("a window is 1 to 64 weeks long", "write it as baking.weeks(12)")
        self.at += 1
        self.need(")")
        return int(float(token.text))
