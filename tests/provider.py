"""A provider that takes so much in any second, and senders who keep a pace, by a false clock."""

import heapq
import itertools
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

from cardletter.ledger.moments import Account, Answers, Limits
from cardletter.ledger.pace import RECOVERY

WAY, WORK = 0.005, 0.005
"""Seconds that a call is on its way, and its answer too; and until a sender has its next call."""

Late = Callable[[Random], float]


@dataclass
class Provider:
    """Senders who all have calls, one after the other, for as long as it lasts."""

    rate: float
    size: int
    late: Late
    takes: float
    """Recipients that are taken in a second, whatever was said."""
    senders: int = 4
    seconds: float = 200.0
    clock: float = 0.0
    share: float = 1.0
    taken: list[tuple[float, int]] = field(default_factory=list)
    refused: int = 0
    halved: int = 0

    def __post_init__(self) -> None:
        self.account, self.random = Account(), Random(7)  # noqa: S311 - a test's dice
        self.answers = Answers()
        self.halved_at = 0.0
        self.window = deque[tuple[float, int]]()
        self.turn = itertools.count()

    def run(self) -> "Provider":
        waits = [(0.0, next(self.turn), self.sender()) for _ in range(self.senders)]
        while waits[0][0] < self.seconds:
            self.clock, _, sender = heapq.heappop(waits)
            self.account.at(self.clock)
            heapq.heappush(waits, (self.clock + next(sender), next(self.turn), sender))
        return self

    def sender(self) -> Iterator[float]:
        """Send calls; give the seconds that go by before each step."""
        while True:
            call = self.account.book(self.size, self.limits)
            yield max(0.0, call.moment - self.clock)
            while wait := self.account.leave(call.key, self.size, self.limits):
                yield wait
            left = self.clock
            yield WAY + self.late(self.random)
            good = self.take()
            yield WAY
            self.account.arrived(call.key, self.answers.late(self.clock - left))
            if not good and self.account.too_fast():
                self.share, self.halved_at = self.share_now / 2, self.clock
                self.halved += 1
            yield WORK

    def take(self) -> bool:
        while self.window and self.window[0][0] <= self.clock - 1:
            self.window.popleft()
        good = sum(count for _, count in self.window) + self.size <= self.takes
        if good:
            self.window.append((self.clock, self.size))
            self.taken.append((self.clock, self.size))
        self.refused += not good
        return good

    @property
    def limits(self) -> Limits:
        return Limits(self.rate * self.share_now)

    @property
    def share_now(self) -> float:
        return min(1.0, self.share + (self.clock - self.halved_at) * RECOVERY)

    @property
    def used(self) -> float:
        """Give the share that was used of what would have been taken."""
        return sum(count for _, count in self.taken) / (self.takes * self.seconds)
