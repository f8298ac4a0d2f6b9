"""Claims: one sender takes the next planned call, for those who may still get it.

Permission is read again in the transaction that claims: no call is made for who said no before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, DateTime, Row, bindparam, insert, select, text, update

from cardletter.ledger.database import now
from cardletter.ledger.plans import Plans, a_call, move, new_call
from cardletter.ledger.schema import CALLS, EDITIONS, SENDS


@dataclass(frozen=True)
class Claim:
    """A call that one sender holds until its lease ends: the members left in it, in order."""

    edition: str
    call: int
    epoch: int
    variant_id: str
    tracked: bool
    lease_until: datetime
    members: tuple[tuple[str, str], ...]
    """(member_id, message_id)"""


class Claims(Plans):
    """Claims of the ledger."""

    def claim(self, edition: str, epoch: int, lease: timedelta) -> Claim | str:
        """Claim the next planned call, or say why there is none: paused, too_late or nothing.

        Permission is read again in the same transaction: whoever withdrew or was suppressed since
        is left out, and who may no longer be tracked goes into a call that is not.
        """
        with self.writing() as connection:
            return self._claim(connection, edition, epoch, lease)

    def _claim(
        self, connection: Connection, edition: str, epoch: int, lease: timedelta
    ) -> Claim | str:
        asked = {"edition": edition, "now": now()}
        while call := connection.execute(self._next, asked).first():
            if claim := self._take(connection, edition, epoch, lease, call):
                return claim
        return self._why_none(connection, edition)

    def _why_none(self, connection: Connection, edition: str) -> str:
        query = select(EDITIONS.c.paused, EDITIONS.c.not_after).where(EDITIONS.c.edition == edition)
        found = connection.execute(query).first()
        if found is None or found.paused:
            return "paused"
        return "too_late" if found.not_after and found.not_after < now() else "nothing"

    def _take(
        self,
        connection: Connection,
        edition: str,
        epoch: int,
        lease: timedelta,
        call: Row[Any],
    ) -> Claim | None:
        """Claim a call for those who may still get it; if there are none, it is done."""
        asked = {"edition": edition, "call": call.call}
        how = {"marketing": call.marketing, "released": call.code == "released"}
        rows = connection.execute(PERMITTED, asked | how).all()
        if had := [row.member_id for row in rows if row.had]:
            set_apart(connection, edition, had, "sent", "")
        allowed = [row for row in rows if not row.barred and not row.had]
        if barred := [row.member_id for row in rows if row.barred and not row.had]:
            set_apart(connection, edition, barred, "refused", "withdrawn_before_send")
        if call.tracked and (shy := [row for row in allowed if not row.may_track]):
            self._split(connection, edition, call, [row.member_id for row in shy])
            allowed = [row for row in allowed if row.may_track]
        moment = now()
        until = moment + lease
        state = "calling" if allowed else "done"
        values = {"state": state, "epoch": epoch, "members": len(allowed)}
        connection.execute(
            TAKE, {**values, "now": moment, "until": until, "of": edition, "this": call.call}
        )
        if not allowed:
            return None
        members = tuple((row.member_id, row.message_id) for row in allowed)
        tracked = bool(call.tracked)
        return Claim(edition, call.call, epoch, call.variant_id, tracked, until, members)

    def _split(
        self,
        connection: Connection,
        edition: str,
        call: Row[Any],
        members: Sequence[str],
    ) -> None:
        """Move members of a call into a new one, where nothing is tracked."""
        new = new_call(connection, edition)
        row = a_call(edition, new, call.variant_id, len(members), marketing=call.marketing)
        connection.execute(insert(CALLS), [row])
        move(connection, edition, members, new)

    @property
    def _next(self) -> Any:  # noqa: ANN401 - a select
        return NEXT_LOCKED if self.engine.dialect.name == "postgresql" else NEXT


NEXT_PLANNED = """
    SELECT calls.call, calls.variant_id, calls.marketing, calls.tracked, calls.code
    FROM calls JOIN editions ON editions.edition = calls.edition
    WHERE calls.edition = :edition AND calls.state = 'planned' AND editions.paused = ''
        AND (editions.not_after IS NULL OR editions.not_after >= :now)
    ORDER BY calls.call LIMIT 1
"""
NEXT, NEXT_LOCKED = (
    text(query).bindparams(bindparam("now", type_=DateTime))
    for query in (NEXT_PLANNED, NEXT_PLANNED + "FOR UPDATE OF calls SKIP LOCKED")
)

PERMITTED = text("""
    SELECT
        sends.member_id,
        sends.message_id,
        CASE WHEN (:marketing AND newsletter.member_id IS NULL)
            OR EXISTS (SELECT 1 FROM suppressions WHERE suppressions.member_id = sends.member_id)
            OR (sends.address_key <> '' AND EXISTS (
                SELECT 1 FROM suppressions WHERE suppressions.address_key = sends.address_key))
            THEN 1 ELSE 0 END AS barred,
        CASE WHEN tracking.member_id IS NULL THEN 0 ELSE 1 END AS may_track,
        CASE WHEN :released AND EXISTS (
            SELECT 1 FROM events WHERE events.message_id = sends.message_id AND events.orphan = '')
            THEN 1 ELSE 0 END AS had
    FROM sends
    LEFT JOIN standing AS newsletter ON newsletter.member_id = sends.member_id
        AND newsletter.purpose = 'newsletter' AND newsletter.state = 'granted'
    LEFT JOIN standing AS tracking ON tracking.member_id = sends.member_id
        AND tracking.purpose = 'tracking' AND tracking.state = 'granted'
    WHERE sends.edition = :edition AND sends.call = :call AND sends.state = ''
    ORDER BY sends.message_id
""")

TAKE = text("""
    UPDATE calls SET state = :state, epoch = :epoch, members = :members, claimed_at = :now,
        lease_until = :until, attempts = attempts + 1
    WHERE edition = :of AND call = :this
""").bindparams(bindparam("now", type_=DateTime), bindparam("until", type_=DateTime))


def set_apart(
    connection: Connection, edition: str, members: Sequence[str], state: str, reason: str
) -> None:
    """Write of members that they fared otherwise than their call."""
    theirs = (SENDS.c.edition == edition) & SENDS.c.member_id.in_(members)
    connection.execute(update(SENDS).where(theirs).values(state=state, reason=reason))
