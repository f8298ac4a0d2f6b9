"""Erasures: all that is held of a member, and how it is forgotten but for keyed hashes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from cardletter.ledger.database import now
from cardletter.ledger.schema import CALLS, ERASURES, KEYS, SENDS, metadata
from cardletter.ledger.suppressions import Suppressions

THEIRS = tuple(table for table in metadata.sorted_tables if "member_id" in table.columns)
"""The tables that hold something of members."""


class Erasures(Suppressions):
    """Erasures of the ledger."""

    def holdings(self, member_id: str) -> dict[str, list[dict[str, Any]]]:
        """Give all that the ledger holds of a member: table -> rows, in the order of their keys."""
        found = {
            table.name: self.rows(
                select(table)
                .where(table.c.member_id == member_id)
                .order_by(*table.primary_key.columns)
            )
            for table in THEIRS
        }
        return {name: rows for name, rows in found.items() if rows}

    def erase(self, member_id: str, member_key: str, address_keys: Sequence[str]) -> None:
        """Forget a member: keep keyed hashes only, so that nobody mails or imports them again.

        What was sent stays counted, under the hash.
        """
        hashed = f"erased:{member_key}"
        with self.writing() as connection:
            self._alone(connection, member_id)
            for table in THEIRS:
                theirs = table.c.member_id == member_id
                query: Any = delete(table).where(theirs)
                if table is SENDS:
                    counted = select(SENDS.c.edition).where(SENDS.c.member_id == hashed)
                    connection.execute(query.where(SENDS.c.edition.in_(counted)))
                    waiting = select(CALLS.c.call).where(
                        CALLS.c.edition == SENDS.c.edition, CALLS.c.state == "planned"
                    )
                    unsent = theirs & (SENDS.c.state == "") & SENDS.c.call.in_(waiting)
                    connection.execute(
                        update(SENDS).where(unsent).values(state="refused", reason="erased")
                    )
                    nameless = {"member_id": hashed, "message_id": "", "address_key": ""}
                    query = update(SENDS).where(theirs).values(nameless)
                connection.execute(query)
            row = {"member_key": member_key, "recorded_at": now()}
            connection.execute(self.insert(ERASURES).on_conflict_do_nothing(), [row])
            self._suppress(connection, [], "erased", address_keys)

    def erased(self) -> set[str]:
        """Give the keyed hashes of the members who were erased."""
        return self.values(select(ERASURES.c.member_key))

    def erased_since(self, moment: datetime) -> int:
        """Count the members who were erased since a moment."""
        since = select(func.count()).where(ERASURES.c.recorded_at >= moment)
        with self.engine.connect() as connection:
            return connection.scalar(since) or 0

    def forgotten(self, member_key: str) -> bool:
        """Tell whether the member with this keyed hash was erased."""
        query = select(ERASURES.c.member_key).where(ERASURES.c.member_key == member_key)
        return bool(self.values(query))

    def keeps_key(self, mark: str) -> bool:
        """Tell whether the keyed hashes here are made with the key that has this mark.

        The first key that is asked about is the one from then on.
        """
        known = self.values(select(KEYS.c.mark))
        if not known:
            with self.writing() as connection:
                connection.execute(self.insert(KEYS).on_conflict_do_nothing(), [{"mark": mark}])
        return not known or mark in known
