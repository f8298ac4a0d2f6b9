"""Suppressions: whom we must not mail, members by their id, addresses by their keyed hash."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from cardletter.ledger.database import Database, now
from cardletter.ledger.schema import INTERACTIONS, SUPPRESSIONS

LIFTED = "suppression lifted"


class Suppressions(Database):
    """Suppressions of the ledger."""

    def suppress(
        self, members: Iterable[str], reason: str, *, keys: Iterable[str] = (), source: str = ""
    ) -> int:
        """Never mail these members, or the addresses with these keyed hashes, again.

        Gives how many were not suppressed for this reason before: the same said twice is kept once.
        """
        with self.writing() as connection:
            return self._suppress(connection, members, reason, keys, source)

    def _suppress(
        self,
        connection: Connection,
        members: Iterable[str],
        reason: str,
        keys: Iterable[str],
        source: str = "",
    ) -> int:
        known = select(SUPPRESSIONS.c.member_id, SUPPRESSIONS.c.address_key)
        before = set(map(tuple, connection.execute(known.where(SUPPRESSIONS.c.reason == reason))))
        who = [(member, "") for member in members] + [("", key) for key in keys]
        rows = [
            {"member_id": member, "address_key": key, "reason": reason, "source": source}
            | {"recorded_at": now()}
            for member, key in dict.fromkeys(who)
            if (member, key) not in before
        ]
        if rows:
            connection.execute(insert(SUPPRESSIONS), rows)
        return len(rows)

    def lift(self, member_id: str, reason: str, why: str, keys: Sequence[str] = ()) -> int:
        """Take a member's suppressions for a reason away, and their address's; give how many.

        That, and why, is kept among the member's interactions: whoever claims a send takes any row
        of the suppressions for a no, so that a row which says yes cannot stand there.
        """
        theirs = SUPPRESSIONS.c.member_id == member_id
        theirs |= SUPPRESSIONS.c.address_key.in_(list(keys))
        with self.writing() as connection:
            self._alone(connection, member_id)
            gone = delete(SUPPRESSIONS).where(theirs, SUPPRESSIONS.c.reason == reason)
            count = connection.execute(gone).rowcount
            if count:
                row = {"member_id": member_id, "kind": reason, "occurred_at": now(), "text": why}
                connection.execute(insert(INTERACTIONS), [row | {"topic": LIFTED}])
            return int(count)

    def suppressed(self) -> set[str]:
        """Give the members who must not be mailed."""
        return self.values(select(SUPPRESSIONS.c.member_id).where(SUPPRESSIONS.c.member_id != ""))

    def suppressed_keys(self) -> set[str]:
        """Give the keyed hashes of the addresses that must not be mailed."""
        keys = SUPPRESSIONS.c.address_key
        return self.values(select(keys).where(keys != ""))

    def suppressions(self, member_id: str, keys: Sequence[str] = ()) -> list[dict[str, Any]]:
        """Give why a member is suppressed, or an address with one of these keyed hashes."""
        theirs = SUPPRESSIONS.c.member_id == member_id
        theirs |= SUPPRESSIONS.c.address_key.in_(list(keys))
        query = select(SUPPRESSIONS).where(theirs)
        return self.rows(query.order_by(SUPPRESSIONS.c.suppression_id))

    def complaints(self) -> dict[str, datetime]:
        """Give when each member who complained of a letter did so last."""
        query = select(SUPPRESSIONS.c.member_id, func.max(SUPPRESSIONS.c.recorded_at).label("at"))
        query = query.where(SUPPRESSIONS.c.reason == "complaint", SUPPRESSIONS.c.member_id != "")
        rows = self.rows(query.group_by(SUPPRESSIONS.c.member_id))
        return {row["member_id"]: row["at"] for row in rows}
