"""Moments: when the calls of an account may leave, from when those before them did.

A call books a moment, and is asked again when it is about to leave: only then it is known when
those before it really left, and when they arrived. A call counts where its answer says that it
arrived, as long as that is less than the slack after it left. So a call that is late pushes back
those behind it by what it lost, and no more than that.
"""

import math
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

GAP = 0.002
"""Seconds added to the window of a second: what clocks and short ways differ by."""

SLACK, WIDEST, FORGOTTEN = 0.012, 1.0, 60.0
"""Seconds that a call may arrive late at most and still be waited for: as long as nobody says "too
fast", and ever; in so many seconds half of what was added is forgotten."""

REPEATED, LATELY = 3, 30.0
"""Times that the account has to be told to be slower, and within how many seconds, to be halved."""

JUST_NOW = 2.0
"""Seconds for which a call that was late may be why the next ones are too fast."""

KNOWN = 8
"""Answers from which on it is known how long one takes at least."""

ROUNDING = 1e-9

Grant = tuple[float, float, float]
"""(moment, recipients, calls)"""


@dataclass(frozen=True)
class Limits:
    """What an account may send in a second."""

    recipients: float
    calls: float = math.inf


@dataclass
class Call:
    """A call of an account: booked, then left, then known to have arrived."""

    key: int
    moment: float
    counts: list[tuple[float, float]]
    """Recipients and calls that it counts in each second from its moment on."""
    latest: float | None = None
    """When it will have arrived at the latest; None before it left."""

    def grants(self, clock: float) -> Iterator[Grant]:
        """Give what it takes of each second; while it is on its way, it may arrive any moment."""
        moment = self.moment
        if self.latest is not None:
            moment = min(max(moment, clock), self.latest)
        for second, (recipients, calls) in enumerate(self.counts):
            yield moment + second, recipients, calls

    def over(self, clock: float) -> bool:
        """Tell whether no second that begins now can hold any of it."""
        last = self.moment if self.latest is None else self.latest
        return last + len(self.counts) + GAP <= clock

    def back(self, seconds: float) -> None:
        """Go back with a clock that is put back."""
        self.moment -= seconds
        self.latest = None if self.latest is None else self.latest - seconds


@dataclass
class Account:
    """What is known of an account's calls of the last second, and of those to come."""

    clock: float = 0.0
    """When it was last looked at."""
    keys: int = 0
    calls: list[Call] = field(default_factory=list)
    widened: float = 0.0
    """Seconds that the slack was wider than usual, when it was widened last."""
    told: list[float] = field(default_factory=list)
    """The seconds of late in which the provider said "too fast"."""
    late: float = 0.0
    """The most seconds that a call of just now was late."""
    late_at: float = 0.0

    @property
    def slack(self) -> float:
        """Give the seconds a call may be late now."""
        since = self.clock - (self.told[-1] if self.told else self.clock)
        return float(SLACK + self.widened * 0.5 ** (since / FORGOTTEN))

    def at(self, clock: float) -> None:
        """Come to a moment; a clock that was put back takes what is known with it."""
        back = max(0.0, self.clock - clock)
        self.clock = clock
        self.told, self.late_at = [moment - back for moment in self.told], self.late_at - back
        for call in self.calls:
            call.back(back)
        self.calls = [call for call in self.calls if not call.over(clock)]

    def book(self, recipients: int, limits: Limits) -> Call:
        """Book the next free moment for a call.

        A call larger than the limit is counted over as many seconds as it takes.
        """
        self.keys += 1
        call = Call(self.keys, *self._place(self.calls, recipients, limits))
        self.calls.append(call)
        return call

    def leave(self, key: int, recipients: int, limits: Limits, ahead: float = 0.0) -> float:
        """Let a booked call go if it may leave within `ahead` seconds; give when that is.

        If it is farther away, the call has to be asked for again. In no window of a second there
        are more recipients, or calls, than the limits allow.
        """
        others = [each for each in self.calls if each.key != key]
        gone = [each for each in others if each.latest is not None]
        call = Call(key, *self._place(gone, recipients, limits))
        self.calls = [*others, call]
        wait = call.moment - self.clock
        if wait > ahead + ROUNDING:
            return wait
        call.latest = call.moment + self.slack
        return wait if wait > ROUNDING else 0.0

    def arrived(self, key: int, late: float) -> None:
        """Note that a call was answered, and how much later than it had to be."""
        if late > self.late or self.clock > self.late_at + JUST_NOW:
            self.late, self.late_at = late, self.clock
        for call in self.calls:
            if call.key == key and call.latest is not None:
                call.moment = call.latest = min(call.moment + max(0.0, late), call.latest)

    def too_fast(self) -> bool:
        """Note that the provider said "too fast"; tell whether it did so again and again.

        The slack doubles each time, and covers what was late just now. What is said of several
        calls of one second is said once.
        """
        if self.told and self.clock < self.told[-1] + 1:
            return False
        self.widened = min(WIDEST, max(2 * self.slack, self.late)) - SLACK
        self.told = [each for each in self.told if each > self.clock - LATELY] + [self.clock]
        if len(self.told) < REPEATED:
            return False
        self.told = self.told[-1:]
        return True

    def _place(
        self, calls: Iterable[Call], recipients: int, limits: Limits
    ) -> tuple[float, list[tuple[float, float]]]:
        """Give the first moment at which a call fits, and what it counts in each second."""
        rates = (limits.recipients, limits.calls)
        # Fewer calls than one a second are spread like a call that is too large.
        told, made = _spread(recipients, rates[0]), _spread(1, rates[1])
        grants = sorted(grant for call in calls for grant in call.grants(self.clock))
        start = _free(grants, (told[0], made[0]), rates, self.clock)
        return start, list(zip_longest(told, made, fillvalue=0.0))


class Answers:
    """How long the answers to one sender take: what all of them take is the way, and not late."""

    def __init__(self) -> None:
        """Begin with none."""
        self._took = deque[float](maxlen=64)

    def late(self, took: float) -> float:
        """Give how much later than it had to be an answer came, after so many seconds."""
        self._took.append(took)
        return took - min(self._took) if len(self._took) >= KNOWN else took


def _spread(count: int, rate: float) -> list[float]:
    """Give what a call counts in each second from its own on."""
    if count <= rate:
        return [count]
    seconds = math.ceil(count / rate)
    return [rate] * (seconds - 1) + [count - rate * (seconds - 1)]


def _free(
    grants: Sequence[Grant], asked: tuple[float, float], rates: tuple[float, float], clock: float
) -> float:
    """Give the first moment, none before the last one granted, at which a call fits."""
    start = max([clock, *(each[0] for each in grants)])
    room, calls = rates[0] - asked[0], rates[1] - asked[1]
    for moment, count, call in reversed(grants):
        room, calls = room - count, calls - call
        if min(room, calls) < -ROUNDING:
            return max(start, moment + 1 + GAP)
    return start
