"""Imports: a file of consents taken into the ledger, whole or not at all.

It is judged as the consents of the sources are, and more strictly, since nobody vouches for it: a
time needs its zone, a yes needs its wording. A yes that cannot be used is set aside, and is no. A
no that cannot be used stops the import, since the member would go on getting mail.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
from ibis import _
from ibis.expr.types import BooleanColumn, Column, Table

from cardletter.consent import read_rules
from cardletter.errors import SourceError
from cardletter.ledger import Ledger
from cardletter.permission.consents import AFTER_COMPLAINT
from cardletter.settings import Settings
from cardletter.sources import Warehouse, checked, contract
from cardletter.sources.erased import refuse_erased
from cardletter.sources.files import FORMATS, file_format
from cardletter.sources.judges import acts as acts_of
from cardletter.sources.reasons import EXAMPLES, REASONS
from cardletter.sources.rows import ZONED, first, judged
from cardletter.sources.warehouse import REQUIRED
from cardletter.workspace import Workspace

HASH = r"^[0-9a-fA-F]{64}$"
NARROWER = ("brand", "channel")
NO = ("withdrawn", "withdraw", "revoked", "no", "n", "false", "0", "off", "opt_out", "opted_out",
      "opt-out", "opted out", "unsubscribed")  # fmt: skip
"""What says no in files that do not keep to `withdrawn`."""


@dataclass(frozen=True)
class Taken:
    """What an import came to: rows = new + known + set aside."""

    rows: int
    new: int
    set_aside: int
    reasons: Mapping[str, int]
    where: Mapping[str, list[str]]
    idle: Mapping[str, int]
    """method -> how many yeses are recorded that count nowhere."""

    @property
    def known(self) -> int:
        """Count the acts that stood twice in the file, or in the ledger before."""
        return self.rows - self.new - self.set_aside


def import_consents(desk: Workspace, file: Path) -> Taken:
    """Take a file of consents in.

    Raises:
        SourceError: nothing was taken in: the file fails as a whole, a no in it cannot be used, or
            somebody in it was erased.
    """
    warehouse = _open(desk.settings, file)
    _refuse_narrower(warehouse)
    strict = _Strict(desk.ledger)
    found = contract.report(warehouse, "consents", strict)
    if found["reasons"]:
        _refuse_lost(warehouse, strict)
    refuse_erased(desk, warehouse, "consents")
    acts = checked(warehouse, "consents", strict)
    idle = _idle(acts)
    new = contract.record(desk, acts)
    desk.ledger.record_import("consents file", found["rows"])
    return Taken(found["rows"], new, found["set_aside"], found["reasons"], found["where"], idle)


def _open(settings: Settings, file: Path) -> Warehouse:
    """Open the file as the consents: under our names of columns, else under the issuer's."""
    if not file.is_file():
        raise SourceError(f"There is no file {file}.")
    if not file_format(file):
        raise SourceError(f"{file.name} is none of {', '.join(FORMATS)}.")

    def under(columns: dict[str, dict[str, str]]) -> Warehouse:
        sources = {"consents": str(file.resolve()), "columns": columns}
        update = {"sources": settings.sources.model_copy(update=sources)}
        return Warehouse(settings.model_copy(update=update))

    ours = under({})
    named = set(REQUIRED["consents"]) <= set(ours.delivered("consents").columns)
    return ours if named else under(settings.sources.columns)


def _refuse_narrower(warehouse: Warehouse) -> None:
    delivered = warehouse.delivered("consents").columns
    if found := [name for name in delivered if name.casefold() in NARROWER]:
        raise SourceError(
            f"The file has a column {', '.join(found)}: a yes to another brand, or to text "
            "messages, is no yes to this newsletter by email. Keep the rows that are, and drop the "
            "column."
        )


class _Strict:
    """Judges acts of consent as the sources do, and then by what only an import is asked."""

    def __init__(self, ledger: Ledger) -> None:
        """Read what the ledger knows: wordings by their hash, and who complained when."""
        wordings = ledger.wordings()
        self.wordings = _lookup("_hash", "_text", pa.string(), wordings)
        complaints = ledger.complaints()
        self.complaints = _lookup("member_id", "_complained_at", pa.timestamp("us"), complaints)

    def __call__(self, raw: Table) -> Table:
        """Give each row its reason; where a wording is given by its hash, its text."""
        zoned = raw.mutate(_zoned=_zoned(raw.occurred_at), _hash=raw.wording.lower())
        acts = _beside(_beside(acts_of(zoned), self.wordings), self.complaints)
        yes, hashed = acts.state == "granted", acts.wording.re_search(HASH)
        mail = yes & (acts.purpose == "newsletter") & (acts.method != AFTER_COMPLAINT)
        reason = first(
            no_zone=~acts["_zoned"],
            future_time=acts.occurred_at > _soon(),
            no_wording=yes & acts.wording.isnull(),
            unknown_wording=hashed & acts["_text"].isnull(),
            after_complaint=mail & (acts.occurred_at > acts["_complained_at"]),
        )
        wording = ibis.ifelse(hashed, acts["_text"], acts.wording)
        judged = acts.mutate(reason=acts.reason.coalesce(reason), wording=wording)
        return judged.drop("_zoned", "_hash", "_text", "_complained_at")


def _lookup(key: str, value: str, kind: pa.DataType, rows: Mapping[str, Any]) -> Table:
    columns = {key: pa.array(list(rows), pa.string()), value: pa.array(rows.values(), kind)}
    return ibis.memtable(pa.table(columns))


def _beside(acts: Table, lookup: Table) -> Table:
    key = lookup.columns[0]
    return acts.left_join(lookup, key).drop(f"{key}_right")


def _zoned(column: Column) -> BooleanColumn:
    """Tell whether a time says how far from UTC it is."""
    if column.type().is_timestamp():
        return ibis.literal(column.type().timezone is not None)
    return column.cast("string").strip().re_search(ZONED)


def _soon() -> Column:
    """Give the moment after which a time is no slip of a clock any more."""
    return ibis.now().cast("timestamp") + ibis.interval(minutes=10)


def _refuse_lost(warehouse: Warehouse, strict: _Strict) -> None:
    told = judged(warehouse.raw("consents", numbered=True), strict)
    lost = told.filter(told.reason.notnull() & told.state.lower().isin(NO))
    there = lost.order_by("_file", "_row").limit(EXAMPLES + 1)
    rows = there.select("reason", "_row").to_pandas()
    if rows.empty:
        return
    told = [f"row {row[1]} ({REASONS[row[0]]})" for row in rows.to_numpy().tolist()]
    more = ", and more" if len(told) > EXAMPLES else ""
    raise SourceError(
        f"A withdrawal cannot be used: {'; '.join(told[:EXAMPLES])}{more}. Set aside, it "
        "would be lost, and the member would go on getting mail: mend it and import the file "
        "again. Nothing was taken in."
    )


def _idle(acts: Table) -> dict[str, int]:
    counted = acts.filter(_.state == "granted").group_by("method").agg(rows=_.count()).to_pandas()
    methods = read_rules().methods
    told = {str(method): int(rows) for method, rows in counted.fillna("none").to_numpy().tolist()}
    return {method: rows for method, rows in told.items() if method not in methods}
