"""The contract: what rows must be like, checked in the engine, set-based.

A bad row is set aside and counted by reason, with the file and row where it stands; a table with
too many of them fails, and so does any card number, wherever it is.
"""

from pathlib import Path
from typing import Any

import duckdb
import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import BooleanColumn, Column, Table

from cardletter.errors import SourceError
from cardletter.progress import Counts
from cardletter.sources.cards import refuse_cards
from cardletter.sources.files import refuse_torn, unreadable
from cardletter.sources.warehouse import OWN, TABLES, Warehouse
from cardletter.workspace import Workspace, stage

EXAMPLES = 5
"""Rows named per reason; the counts are always whole."""

PURPOSES = ("newsletter", "profiling", "tracking", "coaching", "automatic", "survey")
STATES = ("granted", "withdrawn")


REASONS = {
    "no_member_id": "every row needs a member_id",
    "duplicate_member_id": "one row per member: all rows of a repeated member_id are set aside",
    "no_address": "without an email address the member is refused; add one",
    "unreadable_time": "write occurred_at as 2026-11-30 or 2026-11-30T18:05:00",
    "future_time": "occurred_at lies in the future: check the time zone and the year",
    "unreadable_amount": "write amount as 1234.50: no thousands separators, no currency sign",
    "no_category": "give the merchant category code, or your own code",
    "unknown_purpose": f"purpose is one of {', '.join(PURPOSES)}",
    "unknown_state": f"state is one of {', '.join(STATES)}",
}
"""Why a row is set aside, and how to mend it."""


def checked(warehouse: Warehouse, table: str) -> Table:
    """Give the rows of a table that keep the contract, typed; an Ibis expression, nothing is read.

    transactions: member_id text, occurred_at timestamp, cents integer, category text.
    members: member_id text, email text (may be null), and the optional columns as text.
    consents: member_id, purpose, state, occurred_at timestamp, method, wording, optional as text.
    """
    judged = _judged(warehouse.raw(table), table)
    return judged.filter(_.reason.isnull() | (_.reason == "no_address")).drop("reason", "_file")


@stage("pull")
def pull(desk: Workspace) -> Counts:
    """Check every table against the contract, and take new acts of consent into the ledger.

    What was found is written to sources.json.

    Raises:
        SourceError: a table fails: unreadable, a column missing, a card number, too much set aside.
    """
    warehouse = Warehouse(desk.settings)
    report = {table: _report(warehouse, table) for table in TABLES}
    desk.write_json("sources.json", {"about": warehouse.about(), "tables": report})
    acts = checked(warehouse, "consents").order_by("occurred_at", "member_id", "purpose")
    desk.ledger.record_consents(
        _filled(batch) for batch in acts.to_pandas_batches(chunk_size=50_000)
    )
    desk.ledger.record_import("consents", report["consents"]["rows"])
    counts: Counts = {table: found["rows"] for table, found in report.items()}
    return counts | {"set_aside": sum(found["set_aside"] for found in report.values())}


def _filled(acts: pd.DataFrame) -> pd.DataFrame:
    """Give what an act does not say as empty text, so that the same act is the same row."""
    said = acts.drop(columns="occurred_at").astype(object)
    filled = said.where(said.notna(), "")
    return filled.assign(occurred_at=acts["occurred_at"].dt.to_pydatetime())


def _report(warehouse: Warehouse, table: str) -> dict[str, Any]:
    refuse_torn(warehouse.files(table))
    try:
        judged = _judged(warehouse.raw(table), table)
        refuse_cards(warehouse, table)
        found = judged.group_by("reason").agg(rows=_.count()).to_pandas()
    except duckdb.Error:
        raise unreadable(table, warehouse.files(table)) from None
    reasons = {
        row.reason: int(row.rows) for row in found.itertuples() if isinstance(row.reason, str)
    }
    rows = int(found["rows"].sum())
    if rows == 0 and table == "members":
        raise SourceError("members has a header but no rows: nobody could get the newsletter.")
    examples = _where(warehouse, table) if reasons else {}
    aside = sum(count for reason, count in reasons.items() if reason != "no_address")
    if rows and aside / rows > warehouse.settings.sources.set_aside_limit:
        raise SourceError(_too_many(table, rows, aside, reasons, examples))
    files = [file.name for file in warehouse.files(table)]
    return {"files": files, "rows": rows, "set_aside": aside, "reasons": reasons, "where": examples}


def _judged(raw: Table, table: str) -> Table:
    """Type the columns and give each row the first reason it fails for, or null."""
    typed = raw.mutate(**{name: _text(raw[name]) for name in raw.columns if name not in TYPED})
    judge = {"transactions": _transactions, "members": _members, "consents": _consents}[table]
    return judge(typed)


TYPED = ("occurred_at", "amount", *OWN)


def _text(column: Column) -> Column:
    """Trim text; numbers and dates become text as they are written."""
    if column.type().is_floating():
        # A whole number in a column with gaps: 123, not 123.0.
        whole = column.try_cast("int64")
        column = ibis.ifelse(column == whole, whole.cast("string"), column.cast("string"))
    text = column if column.type().is_string() else column.cast("string")
    return text.strip().nullif("")


def _time(column: Column) -> Column:
    """Give a moment without its zone; times before 1900 are as unreadable as no time."""
    if column.type().is_timestamp():
        time = column.cast("timestamp")
    else:
        time = column.cast("string").strip().try_cast("timestamp")
    return ibis.ifelse(time >= EARLIEST, time, None)


def _moment(column: Column) -> Column:
    """Give a moment in UTC: 18:05+02:00 is 16:05, else a yes could seem later than the no."""
    if column.type().is_temporal():
        return _time(column)
    return _time(column.cast("string").strip().try_cast(UTC))


EARLIEST = ibis.timestamp("1900-01-01")
UTC = "timestamp('UTC')"


def _transactions(raw: Table) -> Table:
    amount = raw.amount
    if not amount.type().is_numeric():
        amount = amount.cast("string").strip().try_cast("float64")
    amount = amount.cast("float64")
    readable = amount.notnull() & ~amount.isnan() & (amount.abs() < 1e12)  # noqa: PLR2004
    # Whole cents: sums are exact, so the same data gives the same segments on any number of cores.
    cents = ibis.ifelse(readable, (amount * 100).round(), None).cast("int64")
    table = raw.mutate(occurred_at=_time(raw.occurred_at), cents=cents).drop("amount")
    return table.mutate(
        reason=_first(
            no_member_id=table.member_id.isnull(),
            unreadable_time=table.occurred_at.isnull(),
            future_time=table.occurred_at > _tomorrow(),
            unreadable_amount=table.cents.isnull(),
            no_category=table.category.isnull(),
        )
    )


def _members(raw: Table) -> Table:
    copies = raw.group_by("member_id").agg(copies=_.count())
    table = raw.left_join(copies, "member_id").drop("member_id_right")
    return table.mutate(
        reason=_first(
            no_member_id=table.member_id.isnull(),
            duplicate_member_id=table.copies > 1,
            no_address=table.email.isnull(),
        )
    ).drop("copies")


def _consents(raw: Table) -> Table:
    table = raw.mutate(occurred_at=_moment(raw.occurred_at))
    return table.mutate(
        reason=_first(
            no_member_id=table.member_id.isnull(),
            unknown_purpose=table.purpose.isnull() | table.purpose.notin(PURPOSES),
            unknown_state=table.state.isnull() | table.state.notin(STATES),
            unreadable_time=table.occurred_at.isnull(),
            future_time=table.occurred_at > _tomorrow(),
        )
    )


def _tomorrow() -> Column:
    return ibis.now().cast("timestamp") + ibis.interval(days=1)


def _first(**reasons: BooleanColumn) -> Column:
    """Give the name of the first reason that holds, or null."""
    cases = [(holds, ibis.literal(name)) for name, holds in reasons.items()]
    return ibis.cases(*cases)


def _where(warehouse: Warehouse, table: str) -> dict[str, list[str]]:
    """Name the file and row of the first few rows of each reason."""
    judged = _judged(warehouse.raw(table, numbered=True), table).filter(_.reason.notnull())
    nth = ibis.row_number().over(group_by="reason", order_by=["_file", "_row"])
    first = judged.mutate(nth=nth).filter(_.nth < EXAMPLES).order_by("reason", "nth")
    lines: dict[str, list[str]] = {}
    for each in first.select("reason", file="_file", row="_row").to_pandas().itertuples():
        lines.setdefault(str(each.reason), []).append(f"{Path(str(each.file)).name} row {each.row}")
    return lines


def _too_many(
    table: str, rows: int, aside: int, reasons: Counts, examples: dict[str, list[str]]
) -> str:
    told = [
        f"  {count:,} {reason}: {', '.join(examples[reason])}{' ...' if count > EXAMPLES else ''}"
        f" ({REASONS[reason]})"
        for reason, count in sorted(reasons.items())
    ]
    return (
        f"{table}: {aside:,} of {rows:,} rows cannot be used, more than sources.set_aside_limit "
        "allows.\n" + "\n".join(told)
    )
