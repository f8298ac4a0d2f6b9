"""The contract: what rows must be like, checked in the engine, set-based.

A bad row is set aside and counted by reason, with the file and row where it stands; a table with
too many of them fails, and so does any card number, wherever it is.
"""

import functools
import operator
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import BooleanColumn, Column, Table

from cardletter.errors import SourceError
from cardletter.links import keyed_hash
from cardletter.progress import Counts
from cardletter.sources.before import refuse_halved, refuse_renumbered
from cardletter.sources.cards import refuse_cards
from cardletter.sources.erased import refuse_erased
from cardletter.sources.files import refuse_partial, refuse_torn, unreadable
from cardletter.sources.oddities import oddities
from cardletter.sources.warehouse import OWN, Warehouse, trimmed
from cardletter.workspace import Workspace, stage

PIECE = 20_000
"""Acts taken into the ledger in one transaction."""

EXAMPLES = 5
"""Rows named per reason; the counts are always whole."""

PURPOSES = ("newsletter", "profiling", "tracking", "coaching", "automatic", "survey")
STATES = ("granted", "withdrawn")
KINDS = ("survey", "complaint", "call", "visit")
NOTHING = ("null", "none", "nan", "n/a", "#n/a", "<na>", "undefined")
"""What programs write where there is nothing."""

YES = ("true", "yes", "y", "t", "1", "on")
APART = ("employee", "test")
"""Columns that say whether a member is none, and is kept apart from those who are."""

KEPT = ("no_address", "null_address")
"""Reasons for which a member is kept all the same, to be refused by the gate."""

REASONS = {
    "no_member_id": "every row needs a member_id",
    "null_member_id": "member_id says NULL, None, nan or n/a: a program wrote that for nothing",
    "duplicate_member_id": "one row per member: all rows of a repeated member_id are set aside",
    "no_address": "without an email address the member is refused; add one",
    "null_address": "email says NULL, None, nan or n/a: the member is refused; add one or leave it",
    "future_birth": "born_on lies in the future: check the century",
    "unreadable_time": "write occurred_at as 2026-11-30 or 2026-11-30T18:05:00",
    "future_time": "occurred_at lies in the future: check the time zone and the year",
    "unreadable_amount": "write amount as 1234.50: no thousands separators, no currency sign",
    "no_category": "give the merchant category code, or your own code",
    "unknown_purpose": f"purpose is one of {', '.join(PURPOSES)}",
    "unknown_state": f"state is one of {', '.join(STATES)}",
    "unknown_kind": f"kind is one of {', '.join(KINDS)}",
    "unreadable_score": "write score as a whole number, or leave it empty",
    "no_zone": "say the zone of occurred_at: 2026-11-30T18:05:00+01:00, or ...Z for UTC",
    "no_wording": "a yes is to something: give the words that were shown",
    "unknown_wording": "the wording is a hash that the ledger does not know: give its words",
    "after_complaint": "who complained of a letter says yes again by double_opt_in only",
}
"""Why a row is set aside, and how to mend it."""

Judge = Callable[[Table], Table]
"""Types a table and gives each row, as `reason`, the first reason it fails for, or null."""


def checked(warehouse: Warehouse, table: str, judge: Judge | None = None) -> Table:
    """Give the rows of a table that keep the contract, typed; an Ibis expression, nothing is read.

    transactions: member_id text, occurred_at timestamp, cents integer, category text.
    members: member_id text, email text (may be null), the optional columns as text, and apart
    (an employee or a test).
    interactions: member_id, kind, occurred_at timestamp, score integer, the others as text.
    consents: member_id, purpose, state, occurred_at timestamp, method, wording, optional as text.
    """
    rows = judged(warehouse.raw(table), judge or JUDGES[table])
    return rows.filter(_.reason.isnull() | _.reason.isin(KEPT)).drop("reason", "_file")


@stage("pull")
def pull(desk: Workspace) -> Counts:
    """Check every table against the contract, and take new acts of consent into the ledger.

    What was found is written to sources.json.

    Raises:
        SourceError: a table fails: unreadable, cut short, a column missing, a card number, too
            much set aside, a member in it who was erased, half of the members gone, ids that are
            written in two ways.
    """
    warehouse = Warehouse(desk.settings)
    found = {table: report(warehouse, table) for table in warehouse.tables}
    told = [table for table in warehouse.tables if table != "transactions"]
    refuse_erased(desk, warehouse, *told)
    refuse_halved(desk.ledger, warehouse, found["members"]["rows"])
    refuse_renumbered(desk.ledger, warehouse, set(warehouse.tables) - {"members"})
    found["members"]["warnings"] = odd = oddities(checked(warehouse, "members"))
    desk.write_json("sources.json", {"about": warehouse.about(), "tables": found})
    record(desk, checked(warehouse, "consents"))
    if "interactions" in found:
        _hear(desk, checked(warehouse, "interactions"))
    for table in ("members", "consents"):
        desk.ledger.record_import(table, found[table]["rows"])
    counts: Counts = {table: told["rows"] for table, told in found.items()}
    if desk.settings.transport == "outbox":
        odd.pop("example_address", None)  # nothing leaves: invented addresses are as good
    if odd:
        counts["warnings"] = sum(odd.values())
    return counts | {"set_aside": sum(told["set_aside"] for told in found.values())}


def record(desk: Workspace, acts: Table) -> int:
    """Take acts of consent into the ledger; give how many were new.

    Every no goes before the first yes: stopped half way, nobody has a yes that was taken back.
    """
    ordered = acts.order_by(_.state.desc(), "occurred_at", "member_id", "purpose")
    return desk.ledger.record_consents(map(_filled, _pieces(ordered)), _member_key(desk))


def _hear(desk: Workspace, interactions: Table) -> int:
    every = {"score": ibis.null("int64"), "text": ibis.literal(""), "topic": ibis.literal("")}
    missing = {name: given for name, given in every.items() if name not in interactions.columns}
    table = interactions.mutate(**missing).order_by("occurred_at", "member_id")
    pieces = (_filled(piece).assign(score=piece["score"]) for piece in _pieces(table))
    return desk.ledger.record_interactions(pieces, _member_key(desk))


def _pieces(table: Table) -> Iterator[pd.DataFrame]:
    """Give a table in pieces, each of which keeps the ledger for less than a second."""
    pieces: Iterator[pd.DataFrame] = table.to_pandas_batches(chunk_size=PIECE)
    return pieces


def _member_key(desk: Workspace) -> Callable[[str], str]:
    return functools.partial(keyed_hash, desk.hash_key, "member")


def _filled(acts: pd.DataFrame) -> pd.DataFrame:
    """Give what an act does not say as empty text, so that the same act is the same row."""
    said = acts.drop(columns="occurred_at").astype(object)
    filled = said.where(said.notna(), "")
    return filled.assign(occurred_at=acts["occurred_at"].dt.to_pydatetime())


def report(warehouse: Warehouse, table: str, judge: Judge | None = None) -> dict[str, Any]:
    """Give files, rows, set_aside, reasons (counts) and where (files and rows) of a table.

    Raises:
        SourceError: it fails as a whole.
    """
    judge = judge or JUDGES[table]
    refuse_torn(warehouse.files(table))
    try:
        told = judged(warehouse.raw(table), judge)
        refuse_cards(warehouse, table)
        found = told.group_by("reason").agg(rows=_.count()).to_pandas()
    except duckdb.Error:
        raise unreadable(table, warehouse.files(table)) from None
    reasons = {
        row.reason: int(row.rows) for row in found.itertuples() if isinstance(row.reason, str)
    }
    rows = int(found["rows"].sum())
    refuse_partial(warehouse.files(table), rows)
    if rows == 0 and table == "members":
        raise SourceError("members has a header but no rows: nobody could get the newsletter.")
    examples = _where(warehouse, table, judge) if reasons else {}
    aside = sum(count for reason, count in reasons.items() if reason not in KEPT)
    if rows and aside / rows > warehouse.settings.sources.set_aside_limit:
        raise SourceError(_too_many(table, rows, aside, reasons, examples))
    files = [file.name for file in warehouse.files(table)]
    return {"files": files, "rows": rows, "set_aside": aside, "reasons": reasons, "where": examples}


def judged(raw: Table, judge: Judge) -> Table:
    """Judge a table whose text is trimmed."""
    texts = {name: trimmed(raw[name]) for name in raw.columns if name not in TYPED}
    return judge(raw.mutate(**texts))


TYPED = ("occurred_at", "amount", *OWN)


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
        reason=first(
            no_member_id=table.member_id.isnull(),
            null_member_id=_nothing(table.member_id),
            unreadable_time=table.occurred_at.isnull(),
            future_time=table.occurred_at > _tomorrow(),
            unreadable_amount=table.cents.isnull(),
            no_category=table.category.isnull(),
        )
    )


def _members(raw: Table) -> Table:
    copies = raw.group_by("member_id").agg(copies=_.count())
    joined = raw.left_join(copies, "member_id").drop("member_id_right")
    flags = [_yes(joined[name]) for name in APART if name in joined.columns]
    born = joined.born_on if "born_on" in joined.columns else ibis.null("string")
    table = joined.mutate(apart=functools.reduce(operator.or_, flags, ibis.literal(False)))  # noqa: FBT003
    return table.mutate(
        email=ibis.ifelse(_nothing(table.email), None, table.email),
        reason=first(
            no_member_id=table.member_id.isnull(),
            null_member_id=_nothing(table.member_id),
            duplicate_member_id=table.copies > 1,
            future_birth=born.try_cast("date") > _tomorrow().date(),
            no_address=table.email.isnull(),
            null_address=_nothing(table.email),
        ),
    ).drop("copies")


def _nothing(column: Column) -> BooleanColumn:
    """Tell whether a text is a program's word for nothing."""
    return column.lower().isin(NOTHING).fill_null(False)  # noqa: FBT003


def _yes(column: Column) -> BooleanColumn:
    return column.lower().isin(YES).fill_null(False)  # noqa: FBT003


def acts(raw: Table) -> Table:
    """Judge acts of consent."""
    table = raw.mutate(occurred_at=_moment(raw.occurred_at))
    return table.mutate(
        reason=first(
            no_member_id=table.member_id.isnull(),
            null_member_id=_nothing(table.member_id),
            unknown_purpose=table.purpose.isnull() | table.purpose.notin(PURPOSES),
            unknown_state=table.state.isnull() | table.state.notin(STATES),
            unreadable_time=table.occurred_at.isnull(),
            future_time=table.occurred_at > _tomorrow(),
        )
    )


def _interactions(raw: Table) -> Table:
    table = raw.mutate(occurred_at=_moment(raw.occurred_at))
    score = table.score.try_cast("int64") if "score" in table.columns else ibis.null("int64")
    told = table.score.notnull() if "score" in table.columns else ibis.literal(False)  # noqa: FBT003
    return table.mutate(
        score=score,
        reason=first(
            no_member_id=table.member_id.isnull(),
            null_member_id=_nothing(table.member_id),
            unknown_kind=table.kind.isnull() | table.kind.notin(KINDS),
            unreadable_time=table.occurred_at.isnull(),
            future_time=table.occurred_at > _tomorrow(),
            unreadable_score=told & score.isnull(),
        ),
    )


JUDGES: dict[str, Judge] = {
    "transactions": _transactions,
    "members": _members,
    "consents": acts,
    "interactions": _interactions,
}


def _tomorrow() -> Column:
    return ibis.now().cast("timestamp") + ibis.interval(days=1)


def first(**reasons: BooleanColumn) -> Column:
    """Give the name of the first reason that holds, or null."""
    cases = [(holds, ibis.literal(name)) for name, holds in reasons.items()]
    return ibis.cases(*cases)


def _where(warehouse: Warehouse, table: str, judge: Judge) -> dict[str, list[str]]:
    """Name the file and row of the first few rows of each reason."""
    aside = judged(warehouse.raw(table, numbered=True), judge).filter(_.reason.notnull())
    nth = ibis.row_number().over(group_by="reason", order_by=["_file", "_row"])
    named = aside.mutate(nth=nth).filter(_.nth < EXAMPLES).order_by("reason", "nth")
    lines: dict[str, list[str]] = {}
    for each in named.select("reason", file="_file", row="_row").to_pandas().itertuples():
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
