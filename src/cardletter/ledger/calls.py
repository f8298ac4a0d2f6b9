"""Calls: who is sent to at once, claimed by one sender, and what came of it.

A call is planned, then calling while one sender has it, then done or unknown. A sender holds a call
for as long as its lease lasts, and by the number it was given when it began: one that was paused,
and wakes when its call is no longer its own, can write nothing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, DateTime, Row, bindparam, func, insert, select, text, update

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


class FencedError(Exception):
    """The call is no longer this sender's: its lease ended, and somebody else has settled it."""


class Calls(Plans):
    """Calls of the ledger."""

    def begin_sending(self, edition: str) -> int:
        """Give the next sender of an edition its number."""
        with self._edition_alone(edition) as connection:
            same = EDITIONS.c.edition == edition
            connection.execute(
                update(EDITIONS).where(same).values(epoch=EDITIONS.c.epoch + 1, finished_at=None)
            )
            return connection.scalar(select(EDITIONS.c.epoch).where(same)) or 0

    def claim(self, edition: str, epoch: int, lease: timedelta) -> Claim | str:
        """Claim the next planned call, or say why there is none: paused, too_late or nothing.

        Permission is read again in the same transaction: whoever withdrew or was suppressed since
        is left out, and who may no longer be tracked goes into a call that is not.
        """
        asked = {"edition": edition, "now": now()}
        with self.writing() as connection:
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
            _set(connection, edition, had, "sent", "")
        allowed = [row for row in rows if not row.barred and not row.had]
        if barred := [row.member_id for row in rows if row.barred and not row.had]:
            _set(connection, edition, barred, "refused", "withdrawn_before_send")
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

    def done(
        self, claim: Claim, answers: Sequence[str], own: Mapping[str, tuple[str, str]]
    ) -> None:
        """Record that a call was answered: the provider's ids in order, and who fared otherwise.

        `own` is member_id -> (state, reason) for those not taken: `rejected`, `unknown`, or
        `planned` for those whom a later call may try again.

        Raises:
            FencedError: the call is no longer this sender's.
        """
        again = [member for member, (state, _) in own.items() if state == "planned"]
        with self.writing() as connection:
            self._end(connection, claim, "done", answers=json.dumps(answers))
            for member, (state, reason) in own.items():
                if state != "planned":
                    _set(connection, claim.edition, [member], state, reason)
            if again:
                self._again(connection, claim, again, own[again[0]][1])

    def _again(
        self, connection: Connection, claim: Claim, members: Sequence[str], code: str
    ) -> None:
        same = (CALLS.c.edition == claim.edition) & (CALLS.c.call == claim.call)
        before = connection.execute(select(CALLS).where(same)).one()
        new = new_call(connection, claim.edition)
        row = a_call(
            claim.edition, new, claim.variant_id, len(members), marketing=before.marketing
        ) | {"tracked": claim.tracked, "attempts": before.attempts, "code": code}
        connection.execute(insert(CALLS), [row])
        move(connection, claim.edition, members, new)

    def back(self, claim: Claim, code: str) -> None:
        """Record that a call was surely not taken: it is planned again."""
        with self.writing() as connection:
            self._end(connection, claim, "planned", code=code)

    def doubt(self, claim: Claim, code: str) -> None:
        """Record that nobody knows whether a call was taken: it is not made again on its own."""
        with self.writing() as connection:
            self._end(connection, claim, "unknown", code=code)

    def _end(
        self, connection: Connection, claim: Claim, state: str, *, code: str = "", answers: str = ""
    ) -> None:
        # A call that was given back and claimed anew by the same sender has another lease.
        mine = {"of": claim.edition, "this": claim.call, "epoch": claim.epoch}
        told = {"state": state, "code": code, "answers": answers, "now": now()}
        ended = connection.execute(END, {**mine, **told, "until": claim.lease_until})
        if ended.rowcount != 1:
            raise FencedError

    def expire(self, edition: str, *, repeatable: bool, others_than: int | None = None) -> int:
        """Settle the calls whose lease has ended: unknown, or planned where that harms nobody.

        With the number of a sender, all that others hold count as ended: right only where a message
        may be taken twice.
        """
        state = "planned" if repeatable else "unknown"
        ended = CALLS.c.lease_until < now()
        if others_than is not None:
            ended |= CALLS.c.epoch != others_than
        query = update(CALLS).where(CALLS.c.edition == edition, CALLS.c.state == "calling", ended)
        with self.writing() as connection:
            values = {"state": state, "code": "sender_died", "ended_at": now()}
            return connection.execute(query.values(values)).rowcount

    def leased(self, edition: str) -> datetime | None:
        """Give when the last lease of a call that is on its way ends, or None."""
        query = select(func.max(CALLS.c.lease_until)).where(
            CALLS.c.edition == edition, CALLS.c.state == "calling"
        )
        with self.engine.connect() as connection:
            until: datetime | None = connection.scalar(query)
        return until

    def ended_since(self, edition: str, moment: datetime) -> int:
        """Count the members of an edition's calls that ended since a moment."""
        query = select(func.coalesce(func.sum(CALLS.c.members), 0)).where(
            CALLS.c.edition == edition, CALLS.c.ended_at > moment
        )
        with self.engine.connect() as connection:
            return int(connection.scalar(query) or 0)

    def calls(self, edition: str) -> list[dict[str, Any]]:
        """Count an edition's calls: state, code, calls, members."""
        query = select(
            CALLS.c.state,
            CALLS.c.code,
            func.count().label("calls"),
            func.sum(CALLS.c.members).label("members"),
        ).where(CALLS.c.edition == edition)
        return self.rows(query.group_by(CALLS.c.state, CALLS.c.code).order_by("state", "code"))

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


END = text("""
    UPDATE calls SET state = :state, code = :code, answers = :answers, ended_at = :now
    WHERE edition = :of AND call = :this AND epoch = :epoch AND state = 'calling'
        AND lease_until = :until
""").bindparams(bindparam("now", type_=DateTime), bindparam("until", type_=DateTime))


def _set(
    connection: Connection, edition: str, members: Sequence[str], state: str, reason: str
) -> None:
    theirs = (SENDS.c.edition == edition) & SENDS.c.member_id.in_(members)
    connection.execute(update(SENDS).where(theirs).values(state=state, reason=reason))
