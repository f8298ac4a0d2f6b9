"""Card numbers: Cardletter must never see one, so a table that holds one is refused."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from ibis.expr.types import BooleanColumn, Column, Table

from cardletter.errors import SourceError
from cardletter.sources.files import called
from cardletter.sources.warehouse import OWN, Warehouse

SECRETS = (
    "Cardletter must never see it, nor may anybody keep it: leave it out where the data is made."
)
MEND = (
    "Cardletter must never see one: replace it by a token of yours where the data is made, then "
    "deliver the table again."
)
SHORTEST, LONGEST, LONGEST_TEXT = 13, 19, 10_000
SMALLEST = 10 ** (SHORTEST - 1)
# What may follow the first digit of a card: Visa 4, Mastercard 2 and 5, Amex 3, Discover 6, ...
ISSUERS = re.compile(r"^(?:4|5[1-5]|2[2-7]|3[0-9]|6)")
GROUPS = re.compile(r"\d+(?:[ -]\d+)*")
SECRET = re.compile(
    r"(?i)^(cvv2?|cvc2?|cvn|card_?(verification|security)_?(code|value|number)|track_?[12](_?data)?"
    r"|pin_?block|pan|card_?number)$"
)
"""Columns that are never delivered, whatever stands in them."""

LONG_DIGITS = r"([0-9][ -]?){12}[0-9]"


def refuse_cards(warehouse: Warehouse, table: str, files: Sequence[Path] | None = None) -> None:
    """Fail on a card number in any column delivered, ours or not, saying where but never what.

    Raises:
        SourceError: there is one, or a column for what is on a card beside it.
    """
    delivered = warehouse.delivered(table, files)
    if secret := [name for name in delivered.columns if SECRET.match(name)]:
        raise SourceError(
            f"{table} has a column {', '.join(secret)}, a secret of a card. {SECRETS}"
        )
    for name in delivered.columns:
        if name in OWN or not _may_hold(delivered[name]):
            continue
        values = delivered.filter(_suspect(delivered[name])).select(text=_text(delivered[name]))
        for batch in values.distinct().to_pyarrow_batches(chunk_size=100_000):
            for value in batch.column(0).to_pylist():
                if has_card(value):
                    where = _where(warehouse.numbered(table, files), name, value)
                    raise SourceError(f"{table}.{name} holds a card number: {where}. {MEND}")


def has_card(text: str) -> bool:
    """Tell whether a text holds a card number: 13 to 19 digits, an issuer's range, a Luhn sum.

    The digits may stand in groups, and beside other numbers: "12 4111 1111 1111 1111".
    """
    runs = (re.split("[ -]", run) for run in GROUPS.findall(text))
    return any(_is_card(digits) for groups in runs for digits in _neighbours(groups))


def _neighbours(groups: list[str]) -> Iterator[str]:
    """Join neighbouring groups of digits in every way that is as long as a card number."""
    for first in range(len(groups)):
        joined = accumulate(groups[first:])
        yield from (digits for digits in joined if SHORTEST <= len(digits) <= LONGEST)


def _is_card(digits: str) -> bool:
    return bool(ISSUERS.match(digits)) and _luhn(digits)


def _luhn(digits: str) -> bool:
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0  # noqa: PLR2004


def _may_hold(column: Column) -> bool:
    return bool(column.type().is_string() or column.type().is_numeric())


def _suspect(column: Column) -> BooleanColumn:
    """Tell cheaply, in the engine, which values have digits enough."""
    if column.type().is_string():
        return (column.length() >= SHORTEST) & column.re_search(LONG_DIGITS)
    return (column >= SMALLEST) | (column <= -SMALLEST)


def _text(column: Column) -> Column:
    return column.cast("string").substr(0, LONGEST_TEXT)


def _where(numbered: Table, name: str, value: str) -> str:
    same = numbered.filter(_text(numbered[name]) == value)
    found = same.order_by(*OWN).select(*OWN).limit(1).to_pandas()
    return f"{called(Path(str(found.iloc[0, 0])))} row {found.iloc[0, 1]}"
