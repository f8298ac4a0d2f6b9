"""Orders: what a person, or a breaker, ordered about an edition; each is recorded."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from cardletter.ledger.calls import Calls
from cardletter.ledger.database import now
from cardletter.ledger.plans import a_call, move, new_call
from cardletter.ledger.schema import CALLS, EDITIONS, ORDERS, RELEASES, SENDS
from cardletter.ledger.sends import BECAME, SENT_IN


class Orders(Calls):
    """Orders of the ledger."""

    def pause(self, edition: str, given_by: str, why: str) -> None:
        """Let no further call of an edition start."""
        with self._edition_alone(edition) as connection:
            _order(connection, edition, ("pause", given_by, why))
            same = EDITIONS.c.edition == edition
            connection.execute(update(EDITIONS).where(same).values(paused=why or given_by))

    def resume(self, edition: str, given_by: str, why: str) -> None:
        """Let a paused edition go on; breakers count from now."""
        with self._edition_alone(edition) as connection:
            _order(connection, edition, ("resume", given_by, why))
            same = EDITIONS.c.edition == edition
            connection.execute(update(EDITIONS).where(same).values(paused="", resumed_at=now()))

    def orders(self, edition: str) -> list[dict[str, Any]]:
        """Give what was ordered about an edition, in order."""
        query = select(ORDERS).where(ORDERS.c.edition == edition)
        return self.rows(query.order_by(ORDERS.c.order_id))

    def release(self, edition: str, given_by: str, why: str, *, ended_before: datetime) -> int:
        """Plan again the members of whom nobody knows whether they were sent to; give how many.

        Only calls that ended before a moment: long enough ago that no late sender can still make
        them, and that their events would have come.
        """
        with self._edition_alone(edition) as connection:
            query = (
                select(SENDS.c.member_id, SENDS.c.message_id, SENDS.c.call)
                .select_from(SENT_IN)
                .where(SENDS.c.edition == edition, BECAME == "unknown")
                .where(CALLS.c.ended_at < ended_before, SENDS.c.message_id != "")
                .order_by(SENDS.c.call, SENDS.c.message_id)
            )
            rows = [dict(row) for row in connection.execute(query).mappings()]
            order = _order(connection, edition, ("release", given_by, why), len(rows))
            if rows:
                told = [row | {"edition": edition, "order_id": order} for row in rows]
                connection.execute(insert(RELEASES), told)
                _replan(connection, edition, rows)
        return len(rows)


def _replan(connection: Connection, edition: str, rows: list[dict[str, Any]]) -> None:
    """Put released members into new calls, one for each they were in."""
    first = new_call(connection, edition)
    for new, old in enumerate(sorted({row["call"] for row in rows}), start=first):
        same = (CALLS.c.edition == edition) & (CALLS.c.call == old)
        before = connection.execute(select(CALLS).where(same)).one()
        members = [row["member_id"] for row in rows if row["call"] == old]
        row = a_call(edition, new, before.variant_id, len(members), marketing=before.marketing)
        connection.execute(insert(CALLS), [row | {"tracked": before.tracked, "code": "released"}])
        move(connection, edition, members, new)


def _order(
    connection: Connection, edition: str, told: tuple[str, str, str], members: int = 0
) -> int:
    order, given_by, why = told
    row = {"edition": edition, "order": order, "given_by": given_by, "why": why}
    query = insert(ORDERS).returning(ORDERS.c.order_id)
    found = connection.scalars(query, [row | {"members": members, "given_at": now()}])
    return int(found.one())
