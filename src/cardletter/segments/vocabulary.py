"""Vocabulary: what a rule's condition may name, and what nobody is ever picked by."""

import difflib
from dataclasses import dataclass

WORD, PERCENT, NUMBER, CHANGE, FIFTH = "word", "percent", "number", "change", "fifth"
WRITTEN = {CHANGE: PERCENT, FIFTH: NUMBER}
"""How a value is written: as itself, but for these."""
MEASURES = {
    "share": PERCENT,  # of the member's own spending
    "days": NUMBER,  # shopping days
    "since": NUMBER,  # days since the last purchase
    "weeks": NUMBER,  # weeks with a purchase among the last so many: baking.weeks(12)
    "trend": CHANGE,  # how much more was spent in the last window than in the one before
    "clicks": NUMBER,  # letters in which they followed a link about it
    "asked": WORD,  # more, less or never, in the preference centre
}
TOTALS = {
    "all.since": NUMBER,
    "all.weeks": NUMBER,
    "all.trend": CHANGE,
    "all.rank": PERCENT,
    **dict.fromkeys(("all.recency", "all.frequency", "all.monetary"), FIFTH),
}
"""Of all spending; the rank is 0% for who spends most, 100% for who spends least; of the fifths, 5
bought last, most often, and most."""
COLUMNS = {"product": WORD, "country": WORD, "locale": WORD, "tenure": NUMBER}
"""Of the members; tenure is in days."""

ASKED = ("more", "less", "never")
LONGEST_WINDOW = 64

WHO = "a segment is never picked by who people are: use what they enjoy, a product or a country"
WHERE = "a segment is never picked by where exactly people live: use the country"
EXACT = "exact amounts pick out persons: use a share, or all.rank"
WHOM_AT = "merchants pick out persons: use an interest"
REFUSED = {
    **dict.fromkeys(("email", "name", "first_name", "last_name", "member_id", "phone"), WHO),
    **dict.fromkeys(("age", "born_on", "gender", "sex", "employee", "deceased"), WHO),
    **dict.fromkeys(("postcode", "zip", "zip_code", "city", "street", "address"), WHERE),
    **dict.fromkeys(("amount", "cents", "spend", "spending", "income", "balance"), EXACT),
    **dict.fromkeys(("merchant", "merchants", "mcc", "category", "transaction_id"), WHOM_AT),
}
"""Names that people try, and why there is no such field."""


class MisreadError(ValueError):
    """A condition cannot be read: what is wrong, and how to mend it."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep both."""
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True)
class Field:
    """What a condition looks at: an interest's measure (of a window of weeks), or a column."""

    name: str
    interest: str = ""
    weeks: int = 0


@dataclass(frozen=True)
class Vocabulary:
    """What a condition may name."""

    interests: frozenset[str]
    sensitive: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()


EXAMPLES = {
    WORD: "write a word, as US or 'Larkfield Card'",
    PERCENT: "write a percentage, as 10%",
    NUMBER: "write a number, as 4",
    CHANGE: "write a percentage, as -20%",
    FIFTH: "write a number from 1 to 5",
}


def kind_of(looked: Field) -> str:
    """Say what a field is compared with."""
    known = MEASURES if looked.interest else COLUMNS | TOTALS
    return known[looked.name]


def refuse(name: str, words: Vocabulary) -> None:
    """Refuse what nobody is picked by.

    Raises:
        MisreadError: it says who people are, where they live or what they spend, or is sensitive.
    """
    if name in words.interests:
        return
    if name.casefold() in REFUSED:
        raise MisreadError(f"{name!r} is no field", REFUSED[name.casefold()])
    if name.casefold() in words.sensitive:
        message = f"{name!r} is sensitive: nobody is picked, or left out, by it"
        raise MisreadError(message, "take it out; see `sensitive` in segments/interests.yaml")


def checked_value(looked: Field, kind: str, text: str) -> str | float:
    """Give a value as it is compared: a percentage as a share.

    Raises:
        MisreadError: the field never has such a value.
    """
    if kind == WORD:
        if looked.name == "asked" and text not in ASKED:
            raise MisreadError(f"nobody can ask for {text!r}", f"it is {', '.join(ASKED)}")
        return text
    value = float(text)
    if kind == CHANGE:
        if value < -100:  # noqa: PLR2004 - of a hundred
            raise MisreadError(f"{said(looked)} is never less than -100%", "write -100% or more")
        return value / 100
    if kind == FIFTH and value not in range(1, 6):
        raise MisreadError(f"{said(looked)} is a fifth of the members, 1 to 5", EXAMPLES[FIFTH])
    if value < 0:
        raise MisreadError(f"{said(looked)} is never less than 0", "write 0 or more")
    if kind == PERCENT and value > 100:  # noqa: PLR2004 - of a hundred
        raise MisreadError(f"{said(looked)} is never more than 100%", "write 100% or less")
    return value / 100 if kind == PERCENT else value


def said(looked: Field) -> str:
    """Write a field as one writes it in a condition."""
    return f"{looked.interest}.{looked.name}" if looked.interest else looked.name


def near(name: str, known: frozenset[str] | set[str]) -> str:
    """Guess what was meant, or say what there is."""
    found = difflib.get_close_matches(name, sorted(known), n=1)
    return f"is it {found[0]}?" if found else f"there are {', '.join(sorted(known)[:12])}"
