"""Repeats: a purchase that was delivered more than once counts once.

What is looked for is a hash of the id that stands twice: eight bytes each, sorted, are far cheaper
than the ids in a table of the engine; two ids with one hash do no harm, since what is repeated is
told by the id itself. Each file's hashes are kept, so that only a new file's ids are read.
"""

from collections.abc import Sequence
from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
from ibis import _
from ibis.expr.types import Table

from cardletter.sources.memory import Hashes, keys_of, memory_of
from cardletter.sources.warehouse import Warehouse, trimmed

PENDING = ("pending", "authorized", "authorised", "reserved")
SETTLED = ("settled", "posted", "booked", "cleared", "completed")
SAME = ("member_id", "occurred_at", "cents", "category", "currency")
"""What makes two rows with one id the same purchase."""

RANGES = 64
"""Hashes are compared range by range, so that memory holds a small share of them."""


def repeated(warehouse: Warehouse) -> dict[Path, Hashes]:
    """Give the hashes of ids that stand more than once, by file; found once for a warehouse."""
    told: dict[Path, Hashes] = warehouse.once("repeated", _repeated)
    return told


def _repeated(warehouse: Warehouse) -> dict[Path, Hashes]:
    files = warehouse.files("transactions")
    theirs = warehouse.settings.sources.columns.get("transactions", {})
    name = theirs.get("transaction_id", "transaction_id")
    if name not in warehouse.delivered("transactions").columns:
        return {file: np.empty(0, np.int64) for file in files}
    found = [_hashes(warehouse, file, key) for file, key in keys_of(warehouse, files).items()]
    again = _standing_twice(found)
    return {file: _among(again, own) for file, own in zip(files, found, strict=True)}


def _hashes(warehouse: Warehouse, file: Path, key: str) -> Hashes:
    """Give the hashes of a file's ids, sorted."""
    memory = memory_of(warehouse)
    known = memory.hashes(key)
    if known is not None:
        return known
    raw = warehouse.raw("transactions", files=[file])
    if "transaction_id" not in raw.columns:
        return np.empty(0, np.int64)
    ids = raw.select(id=trimmed(raw.transaction_id)).filter(_.id.notnull())
    batches = ids.select(hash=_.id.hash()).to_pyarrow_batches(chunk_size=1_000_000)
    told = [batch.column(0).to_numpy(zero_copy_only=False) for batch in batches]
    hashes = np.concatenate([np.empty(0, np.int64), *told])
    hashes.sort()
    memory.keep_hashes(key, hashes)
    return hashes


def _standing_twice(found: Sequence[Hashes]) -> Hashes:
    """Give the hashes that stand more than once among sorted ones."""
    edges = np.linspace(-(2.0**63), 2.0**63, RANGES + 1)[1:-1].astype(np.int64)
    places = [[0, *np.searchsorted(own, edges), len(own)] for own in found]
    again = []
    for number in range(RANGES):
        slices = [own[at[number] : at[number + 1]] for own, at in zip(found, places, strict=True)]
        together = np.sort(np.concatenate([np.empty(0, np.int64), *slices]))
        again.append(np.unique(together[1:][together[1:] == together[:-1]]))
    return np.concatenate(again)


def _among(hashes: Hashes, own: Hashes) -> Hashes:
    at = np.searchsorted(own, hashes)
    asked: Hashes = hashes[at < len(own)]
    there: Hashes = asked[own[at[at < len(own)]] == asked]
    return there


def partners(again: dict[Path, Hashes], files: Sequence[Path]) -> list[Path]:
    """Give the files that have an id in common with some files, and those."""
    theirs = np.unique(np.concatenate([np.empty(0, np.int64), *(again[file] for file in files)]))
    return [file for file, own in again.items() if file in files or len(_among(theirs, own))]


def without_repeats(judged: Table, hashes: Hashes) -> Table:
    """Give rows without a reason one, where they are told more than once.

    Only the few rows whose ids stand more than once are sorted, not the whole table.
    """
    stands = ibis.memtable(pa.table({"hash": hashes}))
    hashed = judged.mutate(_hash=judged.transaction_id.hash())
    alone = hashed.anti_join(stands, hashed["_hash"] == stands["hash"])
    again = hashed.semi_join(stands, hashed["_hash"] == stands["hash"])
    return alone.union(_judged(again).select(alone.columns)).drop("_hash")


def _judged(again: Table) -> Table:
    status = again.status.lower() if "status" in again.columns else ibis.literal("")
    told = again.mutate(
        _sound=again.reason.isnull() & again.transaction_id.notnull(),
        _pending=status.isin(PENDING).fill_null(False),  # noqa: FBT003
        _print=ibis.literal("|").join(
            [again[name].cast("string").fill_null("") for name in SAME if name in again.columns]
        ),
    )
    purchase = ibis.window(group_by=["transaction_id", "_sound"])
    told = told.mutate(_settled=(~told["_pending"]).any().over(purchase))
    told = told.mutate(_over=told["_pending"] & told["_settled"])
    order = [name for name in ("_file", "_row") if name in told.columns]
    rest = ibis.window(group_by=["transaction_id", "_sound", "_over"])
    told = told.mutate(
        _ways=told["_print"].min().over(rest) != told["_print"].max().over(rest),
        _nth=ibis.row_number().over(
            ibis.window(group_by=["transaction_id", "_sound", "_over"], order_by=order)
        ),
    )
    reason = ibis.cases(
        (~told["_sound"], told.reason),
        (told["_over"], ibis.literal("settled_since")),
        (told["_ways"], ibis.literal("disputed_transaction")),
        (told["_nth"] > 0, ibis.literal("repeated_transaction")),
    )
    return told.mutate(reason=reason)
