"""Pace: the moments of an account in the ledger, shared by all who send through it."""

import contextlib
import itertools
import json
import math
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from cardletter.ledger import Ledger, Limits, Slot, pace
from cardletter.ledger.pace import Pace
from databases import BOTH, an_empty_ledger, server  # noqa: F401 - a fixture

START = 1_800_000_000.0
TINY = 1e-6
names = itertools.count()


@pytest.fixture(params=BOTH, scope="module")
def ledger(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ledger]:
    yield from an_empty_ledger(request, tmp_path_factory.mktemp("pace"))


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    from cardletter.ledger import open_ledger

    opened = open_ledger(tmp_path_factory.mktemp("fast"))
    yield opened
    opened.engine.dispose()


@dataclass
class Simulated:
    """An account's calls, by a clock that stands still until it is moved."""

    ledger: Ledger
    limits: Limits
    clock: float = START
    account: str = field(default_factory=lambda: f"account{next(names)}")

    @contextlib.contextmanager
    def standing(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patched:
            self.patch(patched)
            yield

    def patch(self, patched: pytest.MonkeyPatch) -> None:
        patched.setattr(Pace, "_clock", lambda *_: self.clock)
        moment = datetime.fromtimestamp(self.clock, UTC).replace(tzinfo=None)
        patched.setattr(pace, "now", lambda: moment)

    def book(self, recipients: int) -> Slot:
        with self.standing():
            return self.ledger.book(self.account, recipients, self.limits)

    def leave(self, slot: Slot, recipients: int) -> float:
        """Ask once whether a call may leave; give the seconds until it may be asked again."""
        with self.standing():
            return self.ledger.leave(self.account, slot.key, recipients, self.limits).seconds

    def arrived(self, slot: Slot, late: float = 0.0) -> None:
        with self.standing():
            self.ledger.arrived(self.account, slot.key, late)

    def send(self, recipients: int, late: float = 0.0) -> float:
        """Send a call as a sender does, that arrives so late; give the seconds it waited."""
        began, slot = self.clock, self.book(recipients)
        self.clock += slot.seconds
        while wait := self.leave(slot, recipients):
            self.clock += wait
        self.arrived(slot, late)
        return self.clock - began

    def slow(self) -> float:
        with self.standing():
            return self.ledger.slow(self.account)

    def share(self) -> float:
        with self.standing():
            return self.ledger.pace(self.account)


def test_told_again_and_again_the_account_halves_its_pace_and_it_comes_back(ledger: Ledger):
    account = Simulated(ledger, Limits(100))
    shares = []
    for _ in range(10):
        shares.append(account.slow())
        account.clock += 1
    assert shares[:3] == [1, 1, 0.5]
    assert shares[4] == pytest.approx(0.27)  # (0.5 + 2 * 0.02) / 2
    assert account.share() == pytest.approx(shares[-1] + 0.02)
    account.clock += 10_000
    assert account.share() == 1


def test_the_pace_is_never_slowed_below_a_tenth(ledger: Ledger):
    account = Simulated(ledger, Limits(100))
    for _ in range(60):
        assert account.slow() >= 0.1
        account.clock += 1


def halved(account: Simulated) -> Simulated:
    for _ in range(2):
        account.slow()
        account.clock += 1
    assert account.slow() == 0.5
    return account


def test_a_halved_account_sends_at_its_share(ledger: Ledger):
    account = halved(Simulated(ledger, Limits(100, 10)))
    account.send(50)
    assert account.send(50) == pytest.approx(1.002, abs=TINY)
    other = halved(Simulated(ledger, Limits(100, 10)))
    for _ in range(5):
        assert other.send(1) == 0
    assert other.send(1) == pytest.approx(1.002, abs=TINY)


def test_slowing_one_account_slows_no_other(ledger: Ledger):
    one, other = halved(Simulated(ledger, Limits(10))), Simulated(ledger, Limits(10))
    one.send(10)
    assert (one.share(), other.share()) == (0.5, 1.0)
    assert other.send(10) == 0


def test_those_who_book_at_the_same_time_share_one_rate(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
):
    account, limits = f"account{next(names)}", Limits(1_000, 100)
    granted: list[float] = []
    Simulated(ledger, limits).patch(monkeypatch)
    ready = threading.Barrier(4)

    def books() -> None:
        ready.wait()
        for _ in range(15):
            slot = ledger.book(account, 25, limits)
            granted.append(ledger.leave(account, slot.key, 25, limits).seconds)

    lines = [threading.Thread(target=books) for _ in range(4)]
    for line in lines:
        line.start()
    for line in lines:
        line.join()
    # 60 calls of 25 are 1,500 recipients: 40 calls go at once, and 20 have to wait.
    assert sorted(granted) == pytest.approx([0.0] * 40 + [1.002] * 20, abs=TINY)


def test_one_sees_what_the_other_booked_and_when_it_left(ledger: Ledger):
    account = Simulated(ledger, Limits(100))
    other = Simulated(Ledger(ledger.url), Limits(100), account=account.account)
    try:
        slot = account.book(60)
        behind = other.book(60)
        assert behind.seconds == pytest.approx(1.002, abs=TINY)
        assert account.leave(slot, 60) == 0
        account.arrived(slot, late=0.007)
        assert other.leave(behind, 60) == pytest.approx(1.009, abs=TINY)
    finally:
        other.ledger.engine.dispose()


def test_what_is_kept_of_the_past_is_not_more_than_a_second(ledger: Ledger):
    account = Simulated(ledger, Limits(10))
    for _ in range(100):
        account.send(5)
    rows = ledger.rows(pace.PACE.select().where(pace.PACE.c.account == account.account))
    assert len(json.loads(rows[0]["grants"])["calls"]) <= 3


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Pacific/Apia"])
def test_the_clock_of_a_file_is_no_local_time(
    sqlite: Ledger, monkeypatch: pytest.MonkeyPatch, zone: str
):
    """When clocks are put forward, a local clock goes back an hour for who reads UTC with it."""
    monkeypatch.setitem(os.environ, "TZ", zone)
    time.tzset()
    try:
        for moment in ("2026-03-29T02:30:00", "2026-03-29T03:00:00", "2026-03-08T03:00:01"):
            monkeypatch.setattr(pace, "now", lambda at=moment: datetime.fromisoformat(at))
            with sqlite.engine.connect() as connection:
                told = sqlite._clock(connection)  # noqa: SLF001 - what this is about
            assert told == datetime.fromisoformat(moment + "+00:00").timestamp()
    finally:
        monkeypatch.undo()
        time.tzset()


def test_limits_without_end_never_wait(ledger: Ledger):
    account = Simulated(ledger, Limits(math.inf))
    assert [account.send(50) for _ in range(20)] == [0.0] * 20
