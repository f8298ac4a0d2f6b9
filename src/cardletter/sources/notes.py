"""Notes: what was found in each file of transactions; a file that has one is not read again."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import ibis
from ibis import _
from ibis.expr.types import Table

from cardletter.sources.cards import refuse_cards
from cardletter.sources.delivered import refuse_changed, state
from cardletter.sources.files import called
from cardletter.sources.memory import Memory, fingerprint, keys_of, memory_of
from cardletter.sources.reasons import DROPPED, EXAMPLES, KEPT
from cardletter.sources.repeats import partners, repeated
from cardletter.sources.rows import Judge, judged
from cardletter.sources.transactions import SHORT, judge_of, too_long
from cardletter.sources.warehouse import Warehouse, trimmed

Note = dict[str, Any]
"""rows, reasons (counts), where, currencies, warnings (counts), categories (counts of good rows),
and key, which is another wherever what is in the file, or is made of it, is another."""


def notes_of(warehouse: Warehouse) -> dict[Path, Note]:
    """Give what is found in each file of transactions; reads the files that are new.

    Raises:
        SourceError: a card number, rates that cannot be used, a file that changes meanwhile.
    """
    notes: dict[Path, Note] = warehouse.once("notes", _taken)
    return notes


def new_files(warehouse: Warehouse) -> list[Path]:
    """Give the files of transactions that nothing is known of yet."""
    memory, files = memory_of(warehouse), warehouse.files("transactions")
    return [file for file, key in keys_of(warehouse, files).items() if memory.note(key) is None]


def _taken(warehouse: Warehouse) -> dict[Path, Note]:
    before = state(warehouse.files("transactions"))
    memory, again = memory_of(warehouse), repeated(warehouse)
    contents = keys_of(warehouse, list(again))
    keys = {
        file: f"{key}-{fingerprint(again[file].tolist())}" if len(again[file]) else key
        for file, key in contents.items()
    }
    known = {file: memory.note(key) for file, key in keys.items()}
    notes = {file: note for file, note in known.items() if note is not None}
    if unread := [file for file in known if file not in notes]:
        refuse_cards(warehouse, "transactions", unread)
        read = judge_files(warehouse, partners(again, unread))
        refuse_changed("transactions", before)
        for file, note in read.items():
            notes[file] = note | {"key": keys[file]}
            _keep(memory, notes[file])
    memory.forget({*keys.values(), *contents.values()})
    return {file: notes[file] for file in known}


def _keep(memory: Memory, note: Note) -> None:
    # A time that lies in the future today is a good one tomorrow.
    if "future_time" not in note["reasons"]:
        memory.keep_note(note["key"], note)


def judge_files(warehouse: Warehouse, files: Sequence[Path]) -> dict[Path, Note]:
    """Read some files of transactions, and take a note of each."""
    raw, judge = warehouse.raw("transactions", files=files), judge_of(warehouse, files)
    told = judged(raw, judge)
    notes: dict[Path, Note] = {
        file: {"rows": 0, "reasons": {}, "where": {}, "currencies": [], "categories": {}}
        for file in files
    }
    told = told if "currency" in told.columns else told.mutate(currency=ibis.null("string"))
    kinds = told.group_by("reason", "category", "currency", file=_["_file"]).agg(rows=_.count())
    for row in kinds.order_by("currency").to_pandas().itertuples():
        _count(notes[Path(str(row.file))], row.reason, row.category, row.currency, int(row.rows))
    for file, warnings in _warnings(warehouse, raw).items():
        notes[file]["warnings"] = warnings
    if any(note["reasons"] for note in notes.values()):
        _name_rows(warehouse, judge, notes)
    return notes


def _count(note: Note, reason: object, category: object, currency: object, rows: int) -> None:
    """Add rows that are alike to a note."""
    note["rows"] += rows
    good = not isinstance(reason, str)
    part, name = (note["categories"], category) if good else (note["reasons"], reason)
    part[str(name)] = part.get(str(name), 0) + rows
    if good and isinstance(currency, str) and currency not in note["currencies"]:
        note["currencies"].append(currency)


def _warnings(warehouse: Warehouse, raw: Table) -> dict[Path, dict[str, int]]:
    short = SHORT[warehouse.settings.sources.categories]
    counts: dict[str, Any] = {"short_category": trimmed(raw.category).re_search(short).sum()}
    counts |= too_long(raw)
    found = raw.group_by("_file").agg(**counts).to_pandas().fillna(0)
    return {
        Path(str(row.pop("_file"))): {str(name): int(count) for name, count in row.items()}
        for row in found.to_dict("records")
    }


def _name_rows(warehouse: Warehouse, judge: Judge, notes: dict[Path, Note]) -> None:
    """Name the first few rows of each reason, by file."""
    raw = warehouse.raw("transactions", numbered=True, files=list(notes))
    aside = judged(raw, judge).filter(_.reason.notnull())
    nth = ibis.row_number().over(group_by=["_file", "reason"], order_by="_row")
    named = aside.mutate(nth=nth).filter(_.nth < EXAMPLES).order_by("_file", "reason", "nth")
    for each in named.select("reason", file="_file", row="_row").to_pandas().itertuples():
        file = Path(str(each.file))
        where = notes[file]["where"].setdefault(str(each.reason), [])
        where.append(f"{called(file)} row {each.row}")


def totalled(notes: Iterable[Note]) -> dict[str, Any]:
    """Add up what was found in files: rows, set_aside, dropped, reasons and where."""
    reasons: dict[str, int] = {}
    where: dict[str, list[str]] = {}
    rows = 0
    for note in notes:
        rows += note["rows"]
        for reason, count in note["reasons"].items():
            reasons[reason] = reasons.get(reason, 0) + count
            named = where.setdefault(reason, [])
            named += note["where"][reason][: EXAMPLES - len(named)]
    return tallied(rows, reasons, where)


def tallied(rows: int, reasons: dict[str, int], where: dict[str, list[str]]) -> dict[str, Any]:
    """Tell the rows that are set aside from those that are no loss, or are kept all the same."""
    dropped = sum(count for reason, count in reasons.items() if reason in DROPPED)
    kept = sum(count for reason, count in reasons.items() if reason in KEPT)
    aside = sum(reasons.values()) - dropped - kept
    return {
        "rows": rows,
        "set_aside": aside,
        "dropped": dropped,
        "reasons": dict(sorted(reasons.items())),
        "where": dict(sorted(where.items())),
    }


def kept_rows(warehouse: Warehouse, file: Path) -> Table:
    """Give the rows of one file of transactions that keep the contract, typed, as `checked` does.

    Where the file's note says that all of its rows are good, nothing is judged again.
    """
    notes = notes_of(warehouse)
    files = partners(repeated(warehouse), [file])
    rows = judged(warehouse.raw("transactions", files=files), judge_of(warehouse, files))
    if notes[file]["reasons"]:
        rows = rows.filter(_.reason.isnull())
    if files[1:]:
        rows = rows.filter(_["_file"] == str(file))
    return rows.drop("reason", "_file")
