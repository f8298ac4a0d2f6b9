"""Rows: how a value is read and judged in the engine, the same for every table."""

from collections.abc import Callable

import ibis
from ibis.expr.types import BooleanColumn, Column, Table

from cardletter.sources.warehouse import OWN, trimmed

Judge = Callable[[Table], Table]
"""Types a table and gives each row, as `reason`, the first reason it fails for, or null."""

TYPED = ("occurred_at", "amount", *OWN)
"""Columns that are no text."""

NOTHING = ("null", "none", "nan", "n/a", "#n/a", "<na>", "undefined")
"""What programs write where there is nothing."""

YES = ("true", "yes", "y", "t", "1", "on")
EARLIEST = ibis.timestamp("1900-01-01")
UTC = "timestamp('UTC')"
ZONED = r"(?i):\d\d(\.\d+)?\s*(z|utc|[+-]\d\d(:?\d\d)?)$"
DAY = r"^\s*\d+-\d+-\d+\s*$"


@ibis.udf.scalar.builtin(
    name="timezone", signature=(("string", "timestamp"), ibis.dtype("timestamp('UTC')"))
)
def _in_zone(zone, time):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Take a time to be what the clocks of a zone showed; one they skipped is moved on."""


def first(**reasons: BooleanColumn) -> Column:
    """Give the name of the first reason that holds, or null."""
    cases = [(holds, ibis.literal(name)) for name, holds in reasons.items()]
    return ibis.cases(*cases)


def judged(raw: Table, judge: Judge) -> Table:
    """Judge a table whose text is trimmed."""
    texts = {name: trimmed(raw[name]) for name in raw.columns if name not in TYPED}
    return judge(raw.mutate(**texts))


def moment(column: Column, zone: str = "UTC") -> Column:
    """Give a moment in UTC: 18:05+02:00 is 16:05, else a yes could seem later than the no.

    A time that says no zone is one of `zone`; a mere day has no moment, and stays the day it is.
    """
    kind = column.type()
    if kind.is_temporal():
        naive = kind.is_timestamp() and kind.timezone is None
        return _told(_utc(column, zone) if naive else column)
    text = column.cast("string").strip()
    time = _told(text.try_cast(UTC))
    if zone == "UTC":
        return time
    local = _utc(_told(text.try_cast("timestamp")), zone)
    return ibis.ifelse(text.re_search(ZONED) | text.re_search(DAY), time, local)


def _utc(time: Column, zone: str) -> Column:
    return time if zone == "UTC" else _in_zone(zone, time).cast("timestamp")


def _told(time: Column) -> Column:
    """Drop the zone; times before 1900 are as unreadable as no time."""
    if time.type().is_timestamp():
        time = time.cast("timestamp")
    else:
        time = time.cast("string").strip().try_cast("timestamp")
    return ibis.ifelse(time >= EARLIEST, time, None)


def nothing(column: Column) -> BooleanColumn:
    """Tell whether a text is a program's word for nothing."""
    return column.lower().isin(NOTHING).fill_null(False)  # noqa: FBT003


def yes(column: Column) -> BooleanColumn:
    """Tell whether a text says yes."""
    return column.lower().isin(YES).fill_null(False)  # noqa: FBT003


def tomorrow() -> Column:
    """Give the moment from which a time is in the future in every time zone."""
    return ibis.now().cast("timestamp") + ibis.interval(days=1)
