"""Pace: how fast an account may send, shared by everybody who sends through it."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, func, select, update

from cardletter.ledger.database import Database, now
from cardletter.ledger.moments import Account, Call, Limits
from cardletter.ledger.schema import PACE

SLOWEST, RECOVERY = 0.1, 0.02
"""Share of the rate that it is slowed down to at most; share won back a second."""


class Slot(NamedTuple):
    """A moment that a call may leave at, if nothing comes between."""

    key: int
    seconds: float
    """How far away it was when it was asked for."""
    due: float
    """When it is, by this process's monotonic clock."""


class Pace(Database):
    """The pace of the ledger's accounts: their moments, and the share of the rate they use."""

    def book(self, account: str, recipients: int, limits: Limits) -> Slot:
        """Book the next free moment for a call."""
        with self._account(account) as (known, share, _):
            call = known.book(recipients, _part(limits, share))
            return _slot(call.key, call.moment - known.clock)

    def leave(
        self, account: str, key: int, recipients: int, limits: Limits, ahead: float = 0.0
    ) -> Slot:
        """Let a booked call go if it may leave within `ahead` seconds; give when that is.

        If it is farther away, the call has to be asked for again.
        """
        with self._account(account) as (known, share, _):
            return _slot(key, known.leave(key, recipients, _part(limits, share), ahead))

    def arrived(self, account: str, key: int, late: float) -> None:
        """Record that a call was answered, and how much later than it had to be."""
        with self._account(account) as (known, _, _):
            known.arrived(key, late)

    def slow(self, account: str) -> float:
        """Send an account's calls farther apart, since the provider said it was too fast.

        The pace is halved only where that is said again and again. Gives the share left.
        """
        with self._account(account) as (known, share, connection):
            if not known.too_fast():
                return share
            halved = max(SLOWEST, share / 2)
            _keep(connection, account, factor=halved, slowed_at=now())
            return halved

    def pace(self, account: str) -> float:
        """Give the share of its rate that an account sends at now."""
        with self.engine.connect() as connection:
            row = connection.execute(select(PACE).where(PACE.c.account == account)).first()
        return 1.0 if row is None else _share(row)

    @contextmanager
    def _account(self, account: str) -> Iterator[tuple[Account, float, Connection]]:
        """Give what is known of an account, and its share; what is changed of it is kept."""
        with self.passing() as connection:
            row = self._row(connection, account)
            known = _read(row.grants)
            known.at(self._clock(connection))
            yield known, _share(row), connection
            _keep(connection, account, grants=_written(known))

    def _row(self, connection: Connection, account: str) -> Row[Any]:
        query = select(PACE).where(PACE.c.account == account).with_for_update()
        row = connection.execute(query).first()
        if row is None:
            fresh = {"account": account, "grants": "{}", "factor": 1.0, "slowed_at": None}
            connection.execute(self.insert(PACE).on_conflict_do_nothing(), [fresh])
            row = connection.execute(query).one()
        return row

    def _clock(self, connection: Connection) -> float:
        """Give the time in seconds: the database's own, where senders are on several machines."""
        if self.engine.dialect.name == "postgresql":
            return float(
                connection.scalar(select(func.extract("epoch", func.clock_timestamp()))) or 0
            )
        return now().replace(tzinfo=UTC).timestamp()


def _slot(key: int, seconds: float) -> Slot:
    """Give a moment so many seconds away: from now, not from when it is written down."""
    return Slot(key, seconds, time.monotonic() + seconds)


def _part(limits: Limits, share: float) -> Limits:
    return Limits(limits.recipients * share, limits.calls * share)


def _keep(connection: Connection, account: str, **values: object) -> None:
    connection.execute(update(PACE).where(PACE.c.account == account).values(**values))


def _written(known: Account) -> str:
    calls = [(each.key, each.moment, each.counts, each.latest) for each in known.calls]
    return json.dumps(vars(known) | {"calls": calls})


def _read(text: str) -> Account:
    told: dict[str, Any] = json.loads(text)
    calls = [Call(*each) for each in told.pop("calls", [])]
    return Account(**told, calls=calls)


def _share(row: Row[Any]) -> float:
    if row.slowed_at is None:
        return 1.0
    won: float = (now() - row.slowed_at).total_seconds() * RECOVERY
    return min(1.0, float(row.factor) + max(0.0, won))
