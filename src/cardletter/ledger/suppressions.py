"""Suppressions and erasures: whom we must not mail, and whom we were asked to forget."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update

from cardletter.ledger.database import Database, now
from cardletter.ledger.schema import (
    CONSENTS,
    ERASURES,
    INTERACTIONS,
    PREFERENCES,
    SENDS,
    STANDING,
    SUPPRESSIONS,
)


class Suppressions(Database):
    """Suppressions and erasures of the ledger."""

    def suppress(
        self, members: Iterable[str], reason: str, *, keys: Iterable[str] = (), source: str = ""
    ) -> None:
        """Never mail these members, or the addresses with these keyed hashes, again."""
        who = [{"member_id": m, "address_key": ""} for m in members]
        who += [{"member_id": "", "address_key": key} for key in keys]
        rows = [row | {"reason": reason, "source": source, "recorded_at": now()} for row in who]
        if rows:
            with self.writing() as connection:
                connection.execute(insert(SUPPRESSIONS), rows)

    def suppressed(self) -> set[str]:
        """Give the members who must not be mailed."""
        return self.values(select(SUPPRESSIONS.c.member_id).where(SUPPRESSIONS.c.member_id != ""))

    def suppressed_keys(self) -> set[str]:
        """Give the keyed hashes of the addresses that must not be mailed."""
        keys = SUPPRESSIONS.c.address_key
        return self.values(select(keys).where(keys != ""))

    def suppressions(self, member_id: str) -> list[dict[str, Any]]:
        """Give why a member is suppressed."""
        return self.rows(select(SUPPRESSIONS).where(SUPPRESSIONS.c.member_id == member_id))

    def erase(self, member_id: str, member_key: str, address_keys: Sequence[str]) -> None:
        """Forget a member: keep keyed hashes only, so that nobody mails or imports them again.

        What was sent stays counted, under the hash.
        """
        with self.writing() as connection:
            for table in (CONSENTS, STANDING, PREFERENCES, INTERACTIONS, SUPPRESSIONS):
                connection.execute(delete(table).where(table.c.member_id == member_id))
            mine = update(SENDS).where(SENDS.c.member_id == member_id)
            connection.execute(mine.values(member_id=f"erased:{member_key}", message_id=""))
            row = {"member_key": member_key, "recorded_at": now()}
            connection.execute(self.insert(ERASURES).on_conflict_do_nothing(), [row])
        self.suppress([], "erased", keys=address_keys)

    def erased(self) -> set[str]:
        """Give the keyed hashes of the members who were erased."""
        return self.values(select(ERASURES.c.member_key))
