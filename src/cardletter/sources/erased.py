"""Erased members: known by the keyed hash of their id only, and never taken in again."""

from pathlib import Path

from cardletter.errors import SourceError
from cardletter.links import keyed_hash
from cardletter.sources.files import called
from cardletter.sources.warehouse import OWN, Warehouse, trimmed
from cardletter.workspace import Workspace

NAMED = 20
"""Rows named per table; where there are more, their number is told."""


def refuse_erased(desk: Workspace, warehouse: Warehouse, *tables: str) -> None:
    """Fail where a table still delivers a member who was erased, saying where but never who.

    Raises:
        SourceError: one does.
        SettingsError: the hashes of erased members were made with another key.
    """
    key, erased = desk.hash_key, desk.ledger.erased()
    if not erased:
        return
    where = []
    for table in tables:
        raw = warehouse.raw(table)
        told = raw.select(id=trimmed(raw.member_id)).distinct().to_pandas()["id"].dropna()
        back = [each for each in told if keyed_hash(key, "member", each) in erased]
        where += places(warehouse, table, back)
    if where:
        raise SourceError(
            f"Members who were erased are delivered again: {'; '.join(where)}. They asked to be "
            "forgotten: take these rows out where the data is made, and deliver it again."
        )


def places(warehouse: Warehouse, table: str, members: list[str]) -> list[str]:
    """Name the file and rows where members stand in a table, one text per file."""
    if not members:
        return []
    numbered = warehouse.raw(table, numbered=True)
    theirs = numbered.filter(trimmed(numbered.member_id).isin(members))
    found = theirs.order_by(*OWN).select(file="_file", row="_row").to_pandas()
    return [_told(str(file), rows["row"].tolist()) for file, rows in found.groupby("file")]


def _told(file: str, rows: list[int]) -> str:
    more = f" and {len(rows) - NAMED:,} more" if len(rows) > NAMED else ""
    return f"{called(Path(file))} row {', '.join(map(str, rows[:NAMED]))}{more}"
