"""The contract: what rows must be like, checked in the engine, set-based.

A bad row is set aside and counted by reason, with the file and row where it stands; a table with
too many of them fails, and so does any card number, wherever it is.
"""

import functools
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pandas as pd
import pyarrow as pa
from ibis import _
from ibis.expr.types import Table

from cardletter.errors import SourceError
from cardletter.links import keyed_hash
from cardletter.progress import Counts
from cardletter.sources.before import refuse_halved, refuse_renumbered, refuse_unusual
from cardletter.sources.cards import refuse_cards
from cardletter.sources.delivered import refuse_changed, refuse_doubled, state
from cardletter.sources.erased import refuse_erased
from cardletter.sources.files import called, refuse_partial, refuse_torn, unreadable
from cardletter.sources.judges import judge_of
from cardletter.sources.notes import new_files, notes_of, tallied, totalled
from cardletter.sources.oddities import oddities
from cardletter.sources.reasons import EXAMPLES, KEPT, too_many
from cardletter.sources.rows import Judge, judged
from cardletter.sources.transactions import refuse_unsummable, strangers
from cardletter.sources.warehouse import Warehouse
from cardletter.workspace import Workspace, stage

PIECE = 20_000
"""Acts taken into the ledger in one transaction."""


def checked(warehouse: Warehouse, table: str, judge: Judge | None = None) -> Table:
    """Give the rows of a table that keep the contract, typed; an Ibis expression, nothing is read.

    transactions: member_id text, occurred_at timestamp, cents integer, category text.
    members: member_id text, email text (may be null), the optional columns as text, and apart
    (an employee or a test).
    interactions: member_id, kind, occurred_at timestamp, score integer, the others as text.
    consents: member_id, purpose, state, occurred_at timestamp, method, wording, optional as text.
    """
    rows = judged(warehouse.raw(table), judge or judge_of(warehouse, table))
    return rows.filter(_.reason.isnull() | _.reason.isin(KEPT)).drop("reason", "_file")


@stage("pull")
def pull(desk: Workspace) -> Counts:
    """Check every table against the contract, and take new acts of consent into the ledger.

    What was found is written to sources.json.

    Raises:
        SourceError: a table fails: unreadable, cut short, a column missing, a card number, too
            much set aside, a member in it who was erased, half of the members gone, ids that are
            written in two ways, ten times as many transactions as usual.
    """
    warehouse = Warehouse(desk.settings, desk.private)
    found = {table: report(warehouse, table) for table in warehouse.tables}
    told = [table for table in warehouse.tables if table != "transactions"]
    refuse_erased(desk, warehouse, *told)
    refuse_halved(desk.ledger, warehouse, found["members"]["rows"])
    refuse_renumbered(desk.ledger, warehouse, set(warehouse.tables) - {"members"})
    refuse_unusual(desk.ledger, warehouse, found["transactions"]["rows"])
    found["members"]["warnings"] = oddities(checked(warehouse, "members"))
    found["transactions"]["warnings"] = _warnings(warehouse)
    found["transactions"]["unknown_member"] = strangers(warehouse)
    desk.write_json("sources.json", {"about": warehouse.about(), "tables": found})
    record(desk, checked(warehouse, "consents"))
    if "interactions" in found:
        _hear(desk, checked(warehouse, "interactions"))
    for table in ("transactions", "members", "consents"):
        desk.ledger.record_import(table, found[table]["rows"])
    return _counts(found, leaving=desk.settings.transport != "outbox")


def _counts(found: dict[str, dict[str, Any]], *, leaving: bool) -> Counts:
    """Give the rows of every table; what was mended, dropped or odd, where anything was."""
    odd = [each for told in found.values() for each in told.get("warnings", {}).items()]
    # Where nothing leaves, invented addresses are as good.
    worth = [count for kind, count in odd if leaving or kind != "example_address"]
    counts: Counts = {table: told["rows"] for table, told in found.items()}
    sums = {
        "warnings": sum(worth),
        "dropped": sum(told["dropped"] for told in found.values()),
        "repeated_files": sum(len(told["repeated_files"]) for told in found.values()),
    }
    counts |= {name: count for name, count in sums.items() if count}
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
    files = warehouse.files(table)
    before = state(files)
    refuse_torn(new_files(warehouse) if table == "transactions" else files)
    refuse_doubled(table, files)
    found = _found(warehouse, table, judge)
    refuse_partial(files, found["rows"])
    refuse_changed(table, before)
    if found["rows"] == 0 and table == "members":
        raise SourceError("members has a header but no rows: nobody could get the newsletter.")
    if found["rows"] and found["set_aside"] / found["rows"] > _limit(warehouse):
        raise SourceError(too_many(table, found))
    repeated = list(map(called, warehouse.repeated_files(table)))
    return {"files": list(map(called, files)), "repeated_files": repeated} | found


def _limit(warehouse: Warehouse) -> float:
    return warehouse.settings.sources.set_aside_limit


def _found(warehouse: Warehouse, table: str, judge: Judge | None) -> dict[str, Any]:
    try:
        warehouse.refuse_drift(table)
        if table == "transactions":
            return _noted(warehouse)
        judge = judge or judge_of(warehouse, table)
        told = judged(warehouse.raw(table), judge)
        refuse_cards(warehouse, table)
        counted = told.group_by("reason").agg(rows=_.count()).to_pandas()
    except (duckdb.Error, pa.ArrowException):
        raise unreadable(table, warehouse.files(table)) from None
    reasons = {
        row.reason: int(row.rows) for row in counted.itertuples() if isinstance(row.reason, str)
    }
    where = _where(warehouse, table, judge) if reasons else {}
    return tallied(int(counted["rows"].sum()), reasons, where)


def _noted(warehouse: Warehouse) -> dict[str, Any]:
    notes = notes_of(warehouse).values()
    refuse_unsummable(warehouse, {name for note in notes for name in note["currencies"]})
    return totalled(notes)


def _warnings(warehouse: Warehouse) -> dict[str, int]:
    """Count what was mended in transactions, or is worth a look; no kind that there is none of."""
    notes = notes_of(warehouse).values()
    told: Counter[str] = Counter()
    for note in notes:
        told.update(note.get("warnings", {}))
    told["no_rows"] = int(not any(note["rows"] for note in notes))
    told["unknown_column"] = len(warehouse.unknown_columns("transactions"))
    return {name: count for name, count in told.items() if count}


def _where(warehouse: Warehouse, table: str, judge: Judge) -> dict[str, list[str]]:
    """Name the file and row of the first few rows of each reason."""
    aside = judged(warehouse.raw(table, numbered=True), judge).filter(_.reason.notnull())
    nth = ibis.row_number().over(group_by="reason", order_by=["_file", "_row"])
    named = aside.mutate(nth=nth).filter(_.nth < EXAMPLES).order_by("reason", "nth")
    lines: dict[str, list[str]] = {}
    for each in named.select("reason", file="_file", row="_row").to_pandas().itertuples():
        lines.setdefault(str(each.reason), []).append(
            f"{called(Path(str(each.file)))} row {each.row}"
        )
    return lines
