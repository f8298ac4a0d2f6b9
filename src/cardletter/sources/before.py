"""Before: what a delivery must have in common with the last one, and its tables with each other."""

from collections.abc import Iterable, Iterator

import ibis
import pandas as pd
from ibis.expr.types import Table

from cardletter.errors import SourceError
from cardletter.ledger import Ledger
from cardletter.sources.erased import places
from cardletter.sources.files import MANIFEST, called, confirmed
from cardletter.sources.warehouse import Warehouse, trimmed

HALF = 0.5
FAR = 10
"""Times the usual volume at which somebody should look."""

NUMBER = r"^[0-9]+(\.0)?$"
ROUND = r"^0+|\.0$"
"""What a program adds or takes away that reads ids as numbers."""

NAMED = 5


def refuse_halved(ledger: Ledger, warehouse: Warehouse, rows: int) -> None:
    """See that not half of the members are gone since they were last taken in.

    Raises:
        SourceError: they are, and no manifest says that it is meant.
    """
    last, files = ledger.imported("members"), warehouse.files("members")
    if last is None or rows > HALF * last["rows"] or last["rows"] in confirmed(files, "fewer_than"):
        return
    raise SourceError(
        f"members has {rows:,} rows, and had {last['rows']:,} when it was last taken in: half of "
        "them or more are gone, so it may have been cut short. If it is whole and that is meant, "
        f"say so in {called(files[0])}{MANIFEST} beside it: "
        f'{{"rows": {rows}, "fewer_than": {last["rows"]}}}.'
    )


def refuse_unusual(ledger: Ledger, warehouse: Warehouse, rows: int) -> None:
    """See that there are not ten times as many transactions as when they were last taken in.

    Raises:
        SourceError: there are, or a tenth as many, and no manifest says that it is meant.
    """
    last, files = ledger.imported("transactions"), warehouse.files("transactions")
    before = last["rows"] if last else 0
    if not before or before / FAR < rows < before * FAR:
        return
    key = "more_than" if rows > before else "fewer_than"
    if before in confirmed(files, key):
        return
    raise SourceError(
        f"transactions has {rows:,} rows, and had {before:,} when it was last taken in: ten times "
        f"as {'many' if rows > before else 'few'} or worse, so it is held until somebody looked. "
        f"If that is meant, say so in {called(files[0])}{MANIFEST} beside it: "
        f'{{"rows": {rows}, "{key}": {before}}}.'
    )


def refuse_renumbered(ledger: Ledger, warehouse: Warehouse, tables: Iterable[str]) -> None:
    """See that no id lost or won zeros, from one table to the other or since the last import.

    Raises:
        SourceError: a member is 00123 in one and 123 in the other.
    """
    own = _numbers(_ids(warehouse, "members"))
    if not own.count().to_pandas():
        return
    told = [told for table in tables for told in _among(warehouse, table, own)]
    known = ibis.memtable(pd.DataFrame({"id": sorted(ledger.members())}, dtype="string"))
    _, ours = _twins(own, _numbers(known))
    if ours:
        where = "; ".join(places(warehouse, "members", ours[:NAMED]))
        told.append(f"{where}: {len(ours):,} members whom the ledger knows by ids with other zeros")
    if told:
        raise SourceError(
            "Ids are written in two ways, as 00123 and as 123, so that what members said would not "
            f"be found: {'; '.join(told)}. Write ids as text, with every zero, in all tables."
        )


def _among(warehouse: Warehouse, table: str, own: Table) -> Iterator[str]:
    theirs, _ = _twins(own, _numbers(_ids(warehouse, table)))
    if theirs:
        where = "; ".join(places(warehouse, table, theirs[:NAMED]))
        yield f"{where}: {len(theirs):,} ids of {table} are members' but for zeros"


def _ids(warehouse: Warehouse, table: str) -> Table:
    raw = warehouse.raw(table)
    return raw.select(id=trimmed(raw.member_id)).distinct()


def _numbers(ids: Table) -> Table:
    numbers = ids.filter(ids.id.re_search(NUMBER))
    return numbers.mutate(number=numbers.id.re_replace(ROUND, ""))


def _twins(own: Table, other: Table) -> tuple[list[str], list[str]]:
    """Give the ids that are no member's but for zeros, and the members' that they are like."""
    strange = other.anti_join(own, "id")
    found = strange.inner_join(own, "number", rname="own_{name}").select("id", "own_id")
    rows = found.order_by("id").to_pandas()
    return list(dict.fromkeys(rows["id"])), list(dict.fromkeys(rows["own_id"]))
