"""Calls: who is sent to at once, claimed by one sender, and what came of it.

A call is planned, then calling while one sender has it, then done or unknown. A sender holds a call
for as long as its lease lasts, and by the number it was given when it began: one that was paused,
and wakes when its call is no longer its own, can write nothing.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, DateTime, bindparam, func, insert, select, text, update

from cardletter.ledger.claims import Claim, Claims, set_apart
from cardletter.ledger.database import now
from cardletter.ledger.plans import a_call, move, new_call
from cardletter.ledger.schema import CALLS, EDITIONS


class FencedError(Exception):
    """The call is no longer this sender's: its lease ended, and somebody else has settled it."""


class Calls(Claims):
    """Calls of the ledger."""

    def begin_sending(self, edition: str) -> int:
        """Give the next sender of an edition its number."""
        with self._edition_alone(edition) as connection:
            same = EDITIONS.c.edition == edition
            connection.execute(
                update(EDITIONS).where(same).values(epoch=EDITIONS.c.epoch + 1, finished_at=None)
            )
            return connection.scalar(select(EDITIONS.c.epoch).where(same)) or 0

    def done(
        self, claim: Claim, answers: Sequence[str], own: Mapping[str, tuple[str, str]]
    ) -> None:
        """Record that a call was answered: the provider's ids in order, and who fared otherwise.

        `own` is member_id -> (state, reason) for those not taken: `rejected`, `unknown`, or
        `planned` for those whom a later call may try again.

        Raises:
            FencedError: the call is no longer this sender's.
        """
        with self.writing() as connection:
            self._done(connection, claim, answers, own)

    def done_and_next(
        self,
        claim: Claim,
        answers: Sequence[str],
        own: Mapping[str, tuple[str, str]],
        lease: timedelta,
    ) -> Claim | str:
        """Record that a call was answered, and claim the next one in the same transaction.

        For a sender whose next call may leave at once: the disk is waited for once a call.

        Raises:
            FencedError: the call is no longer this sender's; nothing was claimed.
        """
        with self.writing() as connection:
            self._done(connection, claim, answers, own)
            return self._claim(connection, claim.edition, claim.epoch, lease)

    def _done(
        self,
        connection: Connection,
        claim: Claim,
        answers: Sequence[str],
        own: Mapping[str, tuple[str, str]],
    ) -> None:
        self._end(connection, claim, "done", answers=json.dumps(answers))
        for member, (state, reason) in own.items():
            if state != "planned":
                set_apart(connection, claim.edition, [member], state, reason)
        if again := [member for member, (state, _) in own.items() if state == "planned"]:
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

    def lately(self, edition: str, moment: datetime) -> tuple[int, datetime]:
        """Count the members of calls that ended since a moment; and since when, if that is later.

        A sender that began after the moment, or went on after it, is judged by what it did since.
        """
        query = select(
            func.coalesce(func.sum(CALLS.c.members), 0), func.min(CALLS.c.claimed_at)
        ).where(CALLS.c.edition == edition, CALLS.c.ended_at > moment)
        with self.engine.connect() as connection:
            members, claimed_at = connection.execute(query).one()
        return int(members), max(moment, claimed_at or moment)

    def lapsed(self, edition: str) -> int:
        """Count the members of calls whose sender is dead, or sleeps: its lease is over."""
        query = select(func.coalesce(func.sum(CALLS.c.members), 0)).where(
            CALLS.c.edition == edition, CALLS.c.state == "calling", CALLS.c.lease_until < now()
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


END = text("""
    UPDATE calls SET state = :state, code = :code, answers = :answers, ended_at = :now
    WHERE edition = :of AND call = :this AND epoch = :epoch AND state = 'calling'
        AND lease_until = :until
""").bindparams(bindparam("now", type_=DateTime), bindparam("until", type_=DateTime))
