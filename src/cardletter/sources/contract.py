"""The contract: what rows must be like, checked in the engine, set-based.

A bad row is set aside and counted by reason, with the file and row where it stands; a table with
too many of them fails, and so does any card number, wherever it is.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import BooleanColumn, Column, Table

from cardletter.errors import SourceError
from cardletter.progress import Counts
from cardletter.sources.warehouse import TABLES, Warehouse, unreadable
from cardletter.workspace import Workspace, stage

EXAMPLES = 5
"""Rows named per reason; the counts are always whole."""

PURPOSES = ("newsletter", "profiling", "tracking", "coaching", "automatic", "survey")
STATES = ("granted", "withdrawn")

CARD = re.compile(r"(?<!\d)(?:\d[ -]?){12,18}\d(?!\d)")
# What may follow the first digit of a card: Visa 4, Mastercard 2 and 5, Amex 3, Discover 6, ...
ISSUERS = re.compile(r"^(?:4|5[1-5]|2[2-7]|3[0-9]|6)")
LONG_DIGITS = r"([0-9][ -]?){12,18}[0-9]"


@dataclass(frozen=True)
class Reason:
    """Why a row is set aside, and how to mend it."""

    name: str
    hint: str


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


def checked(warehouse: Warehouse, table: str) -> Table:
    """Give the rows of a table that keep the contract, typed; an Ibis expression, nothing is read.

    transactions: member_id text, occurred_at timestamp, cents integer, category text.
    members: member_id text, email text (may be null), and the optional columns as text.
    consents: member_id, purpose, state, occurred_at timestamp, method, wording, optional as text.
    """
    judged = _judged(warehouse, table)
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
    desk.write_json("sources.json", report)
    acts = checked(warehouse, "consents").order_by("occurred_at", "member_id", "purpose")
    desk.ledger.record_consents(_filled(batch) for batch in acts.to_pandas_batches(chunk_size=50_000))
    counts = {table: found["rows"] for table, found in report.items()}
    return counts | {"set_aside": sum(found["set_aside"] for found in report.values())}


def _filled(acts: pd.DataFrame) -> pd.DataFrame:
    """Give what an act does not say as empty text, so that the same act is the same row."""
    said = acts.drop(columns="occurred_at").astype(object)
    filled = said.where(said.notna(), "")
    return filled.assign(occurred_at=acts["occurred_at"].dt.to_pydatetime())


def _report(warehouse: Warehouse, table: str) -> dict[str, object]:
    try:
        judged = _judged(warehouse, table)
        _refuse_cards(warehouse, table)
        found = judged.group_by("reason").agg(rows=_.count()).to_pandas()
    except duckdb.Error:
        raise unreadable(table, warehouse.files(table)) from None
    reasons = {row.reason: int(row.rows) for row in found.itertuples() if isinstance(row.reason, str)}
    rows = int(found["rows"].sum())
    if rows == 0 and table == "members":
        raise SourceError("members has a header but no rows: nobody could get the newsletter.")
    examples = _where(warehouse, table, judged, reasons) if reasons else {}
    aside = sum(count for reason, count in reasons.items() if reason != "no_address")
    if rows and aside / rows > warehouse.settings.sources.set_aside_limit:
        raise SourceError(_too_many(table, rows, aside, reasons, examples))
    files = [file.name for file in warehouse.files(table)]
    return {"files": files, "rows": rows, "set_aside": aside, "reasons": reasons, "where": examples}


def _judged(warehouse: Warehouse, table: str) -> Table:
    """Type the columns and give each row the first reason it fails for, or null."""
    raw = warehouse.raw(table)
    typed = raw.mutate(**{name: _text(raw[name]) for name in raw.columns if name not in TYPED})
    judge = {"transactions": _transactions, "members": _members, "consents": _consents}[table]
    return judge(typed)


TYPED = ("occurred_at", "amount", "_file")


def _text(column: Column) -> Column:
    """Trim text; numbers and dates become text as they are written."""
    text = column if column.type().is_string() else column.cast("string")
    return text.strip().nullif("")


def _time(column: Column) -> Column:
    if column.type().is_timestamp():
        return column.cast("timestamp")
    return column.cast("string").strip().try_cast("timestamp")


def _transactions(raw: Table) -> Table:
    amount = raw.amount if raw.amount.type().is_numeric() else raw.amount.strip().try_cast("float64")
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
    table = raw.mutate(occurred_at=_time(raw.occurred_at))
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


def _where(
    warehouse: Warehouse, table: str, judged: Table, reasons: Iterable[str]
) -> dict[str, list[str]]:
    """Name the file and row of the first few rows of each reason; row 1 is the first of data."""
    row = ibis.row_number().over(group_by="_file") + 1
    numbered = judged.select("reason", file="_file", row=row)
    lines = {}
    for reason in reasons:
        bad = numbered.filter(_.reason == reason).order_by("file", "row").limit(EXAMPLES)
        found = bad.to_pandas().itertuples()
        lines[reason] = [f"{Path(str(each.file)).name} row {each.row}" for each in found]
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


def _refuse_cards(warehouse: Warehouse, table: str) -> None:
    """Fail on a card number in any column, without saying it."""
    raw = warehouse.raw(table)
    for name in raw.columns:
        kind = raw[name].type()
        if name == "_file" or not (kind.is_string() or kind.is_integer()):
            continue
        text = raw[name].cast("string")
        suspects = raw.filter(text.length() >= 13, text.re_search(LONG_DIGITS))  # noqa: PLR2004
        values = suspects.select(text=text.substr(0, 10_000)).distinct()
        for batch in values.to_pyarrow_batches(chunk_size=100_000):
            if any(has_card(value) for value in batch.column(0).to_pylist()):
                msg = (
                    f"{table}.{name} holds a card number. Cardletter must never see one: replace it "
                    "by a token of yours where the data is made, then deliver the table again."
                )
                raise SourceError(msg)


def has_card(text: str) -> bool:
    """Tell whether a text holds a card number: 13 to 19 digits, an issuer's range, a Luhn sum."""
    runs = (re.sub(r"\D", "", run) for run in CARD.findall(text))
    return any(ISSUERS.match(digits) and _luhn(digits) for digits in runs)


def _luhn(digits: str) -> bool:
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0  # noqa: PLR2004
