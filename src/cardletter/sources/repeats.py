"""Repeats: a purchase that was delivered more than once counts once."""

from pathlib import Path

import ibis
from ibis import _
from ibis.expr.types import Table

from cardletter.sources.delivered import state
from cardletter.sources.warehouse import Warehouse, trimmed

PENDING = ("pending", "authorized", "authorised", "reserved")
SETTLED = ("settled", "posted", "booked", "cleared", "completed")
SAME = ("member_id", "occurred_at", "cents", "category", "currency")
"""What makes two rows with one id the same purchase."""


_ONCE_EACH: set[tuple[str, frozenset[tuple[Path, tuple[int, int]]]]] = set()
"""Files, as they were, in which no id stands twice: a run's next stage need not look again."""


def repeated(warehouse: Warehouse) -> Table | None:
    """Find, once for a warehouse, the hashes of ids that stand more than once; None: none do.

    Of hashes the engine keeps eight bytes each; two ids with one hash do no harm, since what is
    repeated is told by the id itself.
    """
    raw = warehouse.raw("transactions")
    theirs = warehouse.settings.sources.columns.get("transactions", {}).get("transaction_id", "")
    read = theirs, frozenset(state(warehouse.files("transactions")).items())
    if "transaction_id" not in raw.columns or read in _ONCE_EACH:
        return None
    ids = raw.select(id=trimmed(raw.transaction_id)).filter(_.id.notnull())
    counted = ids.group_by(hash=_.id.hash()).agg(rows=_.count())
    found = counted.filter(counted.rows > 1).select("hash")
    table = warehouse.connection.create_table("repeated", found, temp=True, overwrite=True)
    if table.count().to_pandas():
        return table
    _ONCE_EACH.add(read)
    return None


def without_repeats(judged: Table, hashes: Table) -> Table:
    """Give rows without a reason one, where they are told more than once.

    Only the few rows whose ids stand more than once are sorted, not the whole table.
    """
    hashed = judged.mutate(_hash=judged.transaction_id.hash())
    alone = hashed.anti_join(hashes, hashed["_hash"] == hashes["hash"])
    again = hashed.semi_join(hashes, hashed["_hash"] == hashes["hash"])
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
