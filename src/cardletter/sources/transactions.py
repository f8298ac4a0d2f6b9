"""Transactions: how a purchase is judged, typed and brought into the issuer's own currency."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

import ibis
import numpy as np
from ibis import _
from ibis.expr.types import BooleanColumn, Column, FloatingColumn, Table

from cardletter.settings import Sources
from cardletter.sources.files import called
from cardletter.sources.memory import STRANGERS, fingerprint, keys_of, memory_of
from cardletter.sources.money import CURRENCIES, WHOLE, converted, read_rates, refuse_mixed
from cardletter.sources.reasons import EXAMPLES
from cardletter.sources.repeats import PENDING, SETTLED, repeated, without_repeats
from cardletter.sources.rows import Judge, first, moment, nothing, tomorrow
from cardletter.sources.warehouse import OWN, Warehouse, trimmed

LARGEST = 1e12
LONGEST_NAME = 200
"""Letters of a merchant's name that are kept."""

CODE = r"^[0-9]{4}$"
SHORT = {"mcc": r"^[0-9]{1,3}$", "any": r"^[7-9][0-9]{2}$"}
"""Codes that lost their zeros; where own codes are allowed, only those that codes begin at: 0742.

ISO 18245 has none below 0700.
"""


def judge_of(warehouse: Warehouse, files: Sequence[Path] | None = None) -> Judge:
    """Give how transactions are judged under the settings; looks for ids that stand twice.

    Where only some files are judged, they must be all that have an id in common with one of them.

    Raises:
        SourceError: the table of rates cannot be used.
    """
    sources = warehouse.settings.sources
    rates = read_rates(warehouse.settings.project, sources)
    again = repeated(warehouse)
    theirs = [own for file, own in again.items() if files is None or file in files]
    hashes = np.unique(np.concatenate(theirs))

    def judge(raw: Table) -> Table:
        judged = _judged(raw, sources, rates)
        return without_repeats(judged, hashes) if len(hashes) else judged

    return judge


def refuse_unsummable(warehouse: Warehouse, currencies: AbstractSet[str]) -> None:
    """See that amounts in all these currencies can be added up.

    Raises:
        SourceError: there are several currencies and no rates, or one that has no rate.
    """
    sources = warehouse.settings.sources
    refuse_mixed(currencies, sources, read_rates(warehouse.settings.project, sources))


def too_long(raw: Table) -> dict[str, Any]:
    """Count merchants' names that are cut, where there are merchants."""
    if "merchant" not in raw.columns:
        return {}
    return {"long_merchant": (trimmed(raw.merchant).length() > LONGEST_NAME).sum()}


def strangers(warehouse: Warehouse) -> dict[str, Any]:
    """Count the rows of members who are not among the members, and name a few.

    They are nobody's to write to, so nothing is made of them. They may be many, since purchases
    outlast a membership, and are no fault that would stop a run.
    """
    memory, files = memory_of(warehouse, STRANGERS), warehouse.files("transactions")
    members = fingerprint(*memory.contents(warehouse.files("members")).values())
    keys = {file: f"{key}-{members}" for file, key in keys_of(warehouse, files).items()}
    known = {file: memory.note(key) for file, key in keys.items()}
    told = {file: note for file, note in known.items() if note is not None}
    if unread := [file for file in files if file not in told]:
        told |= _strangers(warehouse, unread)
    for file in unread:
        memory.keep_note(keys[file], told[file])
    memory.forget(keys.values())
    where = [name for file in files for name in told[file]["where"]]
    return {"rows": sum(told[file]["rows"] for file in files), "where": where[:EXAMPLES]}


def _strangers(warehouse: Warehouse, files: Sequence[Path]) -> dict[Path, dict[str, Any]]:
    members = warehouse.raw("members")
    known = members.select(id=trimmed(members.member_id)).distinct()

    def theirs(rows: Table) -> Table:
        named = rows.mutate(_id=trimmed(rows.member_id)).filter(_["_id"].notnull())
        return named.anti_join(known, named["_id"] == known.id)

    told: dict[Path, dict[str, Any]] = {file: {"rows": 0, "where": []} for file in files}
    counted = theirs(warehouse.raw("transactions", files=files)).group_by(file="_file")
    for each in counted.agg(rows=_.count()).to_pandas().itertuples():
        told[Path(str(each.file))]["rows"] = int(each.rows)
    if not any(each["rows"] for each in told.values()):
        return told
    numbered = theirs(warehouse.raw("transactions", numbered=True, files=files))
    nth = numbered.mutate(nth=ibis.row_number().over(group_by="_file", order_by="_row"))
    there = nth.filter(_.nth < EXAMPLES).order_by(*OWN).select(file="_file", row="_row")
    for each in there.to_pandas().itertuples():
        file = Path(str(each.file))
        told[file]["where"].append(f"{called(file)} row {each.row}")
    return told


def _judged(raw: Table, sources: Sources, rates: dict[str, float]) -> Table:
    amount = _amount(raw.amount)
    table = raw.mutate(
        occurred_at=moment(raw.occurred_at, sources.time_zone),
        category=_category(raw.category, SHORT[sources.categories]),
        **_texts(raw),
    )
    money = first(**_money(table, amount))
    home = converted(amount, table.currency, rates) if "currency" in raw.columns else amount
    # Whole cents: sums are exact, so the same data gives the same segments on any number of cores.
    cents = ibis.ifelse(_readable(home), (home * 100).round(), None).cast("int64")
    table = table.mutate(cents=cents, _money=money, _readable=_usable(amount, home)).drop("amount")
    return table.mutate(
        reason=first(
            no_member_id=table.member_id.isnull(),
            null_member_id=nothing(table.member_id),
            unreadable_time=table.occurred_at.isnull(),
            future_time=table.occurred_at > tomorrow(),
            unreadable_amount=~table["_readable"],
            no_category=table.category.isnull(),
            no_mcc=ibis.literal(sources.categories == "mcc") & ~table.category.re_search(CODE),
            unknown_status=_unknown_status(table),
        ).coalesce(table["_money"]),
    ).drop("_money", "_readable")


def _amount(column: Column) -> FloatingColumn:
    if not column.type().is_numeric():
        column = column.cast("string").strip().try_cast("float64")
    return column.cast("float64")


def _usable(amount: FloatingColumn, home: FloatingColumn) -> BooleanColumn:
    """Tell whether an amount is a number, at home too; without a rate there is no home amount."""
    return _readable(amount) & (home.isnull() | _readable(home))


def _readable(amount: FloatingColumn) -> BooleanColumn:
    found = amount.notnull() & ~amount.isnan() & (amount.abs() < LARGEST)
    return found.fill_null(False)  # noqa: FBT003


def _category(category: Column, short: str) -> Column:
    return ibis.ifelse(category.re_search(short), category.lpad(4, "0"), category)


def _texts(raw: Table) -> dict[str, Column]:
    texts = {}
    if "currency" in raw.columns:
        texts["currency"] = raw.currency.upper()
    if "merchant" in raw.columns:
        texts["merchant"] = raw.merchant.substr(0, LONGEST_NAME)
    return texts


def _money(table: Table, amount: FloatingColumn) -> dict[str, BooleanColumn]:
    """Give the reasons why an amount is in no money."""
    if "currency" not in table.columns:
        return {"unknown_currency": ibis.literal(False)}  # noqa: FBT003
    return {
        "no_currency": table.currency.isnull(),
        "unknown_currency": table.currency.notin(sorted(CURRENCIES)),
        "decimals": table.currency.isin(WHOLE) & (amount != amount.round()),
    }


def _unknown_status(table: Table) -> BooleanColumn:
    if "status" not in table.columns:
        return ibis.literal(False)  # noqa: FBT003
    known = table.status.lower().isin([*PENDING, *SETTLED])
    return table.status.notnull() & ~known
