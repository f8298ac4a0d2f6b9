"""Pace: how fast an account may send, shared by everybody who sends through it."""

import json
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from itertools import zip_longest
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, func, select, update

from cardletter.ledger.database import Database, now
from cardletter.ledger.schema import PACE

MARGIN = 0.012
"""Seconds added to the window of a second: what a call may be late without going too fast."""

SLOWEST, RECOVERY = 0.1, 0.02
"""Share of the rate that throttling slows down to at most; share won back a second."""

ROUNDING = 1e-9

Grant = tuple[float, float, float]
"""(moment, recipients, calls)"""


@dataclass(frozen=True)
class Limits:
    """What an account may send in a second."""

    recipients: float
    calls: float = math.inf


class Slot(NamedTuple):
    """A moment that a call may start at."""

    seconds: float
    """How far away it was when it was booked."""
    due: float
    """When it is, by this process's monotonic clock."""
    grants: tuple[Grant, ...]

    @property
    def recipients(self) -> float:
        """Give for how many it was booked."""
        return sum(count for _, count, _ in self.grants)

    @property
    def missed(self) -> bool:
        """Tell whether it is too late now to start at this moment."""
        return time.monotonic() > self.due + MARGIN


class Pace(Database):
    """The pace of the ledger's accounts."""

    def book(
        self, account: str, recipients: int, limits: Limits, instead: "Slot | None" = None
    ) -> "Slot":
        """Book the next free moment for a call, instead of another that was missed.

        In no window of a second there are more recipients, or calls, than the limits allow; a call
        larger than the limit is counted over as many seconds as it takes.
        """
        with self.writing() as connection:
            row = self._row(connection, account)
            clock, own = self._clock(connection), time.monotonic()
            grants: list[Grant] = [tuple(each) for each in json.loads(row.grants)]
            if instead is not None:
                grants = [each for each in grants if each not in instead.grants]
            factor = self._factor(row)
            rates = (limits.recipients * factor, limits.calls * factor)
            told = _spread(recipients, rates[0])
            # Fewer calls than one a second are spread like a call that is too large.
            calls = _spread(1, rates[1])
            start = _free(grants, (told[0], calls[0]), rates, clock)
            seconds = enumerate(zip_longest(told, calls, fillvalue=0.0))
            booked = tuple((start + second, *counts) for second, counts in seconds)
            grants += booked
            kept = [each for each in grants if each[0] > clock - 1 - MARGIN]
            same = PACE.c.account == account
            connection.execute(update(PACE).where(same).values(grants=json.dumps(kept)))
        wait = max(0.0, start - clock)
        return Slot(wait, own + wait, booked)

    def slow(self, account: str) -> float:
        """Halve an account's pace, since the provider said it was too fast; give the share left."""
        with self.writing() as connection:
            factor = max(SLOWEST, self._factor(self._row(connection, account)) / 2)
            same = PACE.c.account == account
            connection.execute(update(PACE).where(same).values(factor=factor, slowed_at=now()))
        return factor

    def pace(self, account: str) -> float:
        """Give the share of its rate that an account sends at now."""
        with self.engine.connect() as connection:
            row = connection.execute(select(PACE).where(PACE.c.account == account)).first()
        return 1.0 if row is None else self._factor(row)

    def _row(self, connection: Connection, account: str) -> Row[Any]:
        query = select(PACE).where(PACE.c.account == account).with_for_update()
        row = connection.execute(query).first()
        if row is None:
            fresh = {"account": account, "grants": "[]", "factor": 1.0, "slowed_at": None}
            connection.execute(self.insert(PACE).on_conflict_do_nothing(), [fresh])
            row = connection.execute(query).one()
        return row

    def _factor(self, row: Row[Any]) -> float:
        if row.slowed_at is None:
            return 1.0
        won: float = (now() - row.slowed_at).total_seconds() * RECOVERY
        return min(1.0, float(row.factor) + max(0.0, won))

    def _clock(self, connection: Connection) -> float:
        """Give the time in seconds: the database's own, where senders are on several machines."""
        if self.engine.dialect.name == "postgresql":
            return float(
                connection.scalar(select(func.extract("epoch", func.clock_timestamp()))) or 0
            )
        return now().replace(tzinfo=UTC).timestamp()


def _spread(count: int, rate: float) -> list[float]:
    """Give what a call counts in each second from its own on."""
    if count <= rate:
        return [count]
    seconds = math.ceil(count / rate)
    return [rate] * (seconds - 1) + [count - rate * (seconds - 1)]


def _free(
    grants: Sequence[Grant], asked: tuple[float, float], rates: tuple[float, float], clock: float
) -> float:
    """Give the first moment, none before the last one booked, at which a call fits."""
    start = max([clock, *(each[0] for each in grants)])
    room, calls = rates[0] - asked[0], rates[1] - asked[1]
    for moment, count, call in reversed(grants):
        room, calls = room - count, calls - call
        if min(room, calls) < -ROUNDING:
            return max(start, moment + 1 + MARGIN)
    return start
