"""Transactions: how a purchase is judged, typed and brought into the issuer's own currency."""

from pathlib import Path
from typing import Any

import ibis
from ibis import _
from ibis.expr.types import BooleanColumn, Column, FloatingColumn, Table

from cardletter.settings import Sources
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


def judge_of(warehouse: Warehouse) -> Judge:
    """Give how transactions are judged under the settings; looks for ids that stand twice.

    Raises:
        SourceError: the table of rates cannot be used.
    """
    sources = warehouse.settings.sources
    rates = read_rates(warehouse.settings.project, sources)
    hashes = warehouse.once("repeated", repeated)

    def judge(raw: Table) -> Table:
        judged = _judged(raw, sources, rates)
        return without_repeats(judged, hashes) if hashes is not None else judged

    return judge


def refuse_unsummable(warehouse: Warehouse, judged: Table) -> None:
    """See that all amounts can be added up.

    Raises:
        SourceError: there are several currencies and no rates, or one that has no rate.
    """
    sources = warehouse.settings.sources
    refuse_mixed(judged, sources, read_rates(warehouse.settings.project, sources))


def warnings(warehouse: Warehouse) -> dict[str, int]:
    """Count what was mended, or is worth a look; kinds that there are none of are left out."""
    raw = warehouse.raw("transactions")
    short = SHORT[warehouse.settings.sources.categories]
    counts: dict[str, Any] = {
        "rows": _.count(),
        "short_category": trimmed(raw.category).re_search(short).sum(),
    }
    if "merchant" in raw.columns:
        counts["long_merchant"] = (trimmed(raw.merchant).length() > LONGEST_NAME).sum()
    told = {
        name: int(count or 0)
        for name, count in raw.agg(**counts).to_pyarrow().to_pylist()[0].items()
    }
    told["no_rows"] = int(told.pop("rows") == 0)
    told["unknown_column"] = len(warehouse.unknown_columns("transactions"))
    return {name: count for name, count in told.items() if count}


def strangers(warehouse: Warehouse) -> dict[str, Any]:
    """Count the rows of members who are not among the members, and name a few.

    They are nobody's to write to, so nothing is made of them. They may be many, since purchases
    outlast a membership, and are no fault that would stop a run.
    """
    raw, members = (warehouse.raw(table) for table in ("transactions", "members"))
    known = members.select(id=trimmed(members.member_id)).distinct()

    def theirs(rows: Table) -> Table:
        named = rows.mutate(_id=trimmed(rows.member_id)).filter(_["_id"].notnull())
        return named.anti_join(known, named["_id"] == known.id)

    count = int(theirs(raw).count().to_pandas())
    if not count:
        return {"rows": 0, "where": []}
    there = theirs(warehouse.raw("transactions", numbered=True)).order_by(*OWN).limit(EXAMPLES)
    found = there.select(file="_file", row="_row").to_pandas().itertuples()
    where = [f"{Path(str(each.file)).name} row {each.row}" for each in found]
    return {"rows": count, "where": where}


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
