"""Pace: never faster than the account may send, nearly as fast, and shared by all who send."""

import itertools
import math
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cardletter.ledger import Ledger, Limits, pace
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
    """An account's bookings, by a clock that stands still until it is moved."""

    ledger: Ledger
    limits: Limits
    clock: float = START
    account: str = field(default_factory=lambda: f"account{next(names)}")
    started: list[tuple[float, int]] = field(default_factory=list)
    """(moment, recipients) of each call."""

    def book(self, recipients: int, *, waits: bool = True) -> float:
        """Book a call, and wait for it as a sender does."""
        with pytest.MonkeyPatch.context() as patched:
            self.patch(patched)
            seconds = self.ledger.book(self.account, recipients, self.limits).seconds
        self.started.append((self.clock + seconds, recipients))
        if waits:
            self.clock += seconds
        return seconds

    def patch(self, patched: pytest.MonkeyPatch) -> None:
        patched.setattr(Pace, "_clock", lambda *_: self.clock)
        moment = datetime.fromtimestamp(self.clock, UTC).replace(tzinfo=None)
        patched.setattr(pace, "now", lambda: moment)

    def slow(self) -> float:
        with pytest.MonkeyPatch.context() as patched:
            self.patch(patched)
            return self.ledger.slow(self.account)

    def share(self) -> float:
        with pytest.MonkeyPatch.context() as patched:
            self.patch(patched)
            return self.ledger.pace(self.account)

    def most(self) -> tuple[int, int]:
        """Give the most recipients, and the most calls, of any second, both its ends included."""
        times = sorted(self.started)
        windows = [
            [count for moment, count in times if start <= moment <= start + 1.0]
            for start, _ in times
        ]
        return max(map(sum, windows)), max(map(len, windows))


@given(
    rate=st.integers(1, 500),
    calls=st.one_of(st.just(math.inf), st.integers(1, 40)),
    sizes=st.lists(st.integers(1, 50), min_size=1, max_size=60),
    gaps=st.lists(st.floats(0, 2), min_size=60, max_size=60),
)
@settings(max_examples=70, deadline=None)
def test_no_second_holds_more_than_the_limits(
    sqlite: Ledger, rate: int, calls: float, sizes: list[int], gaps: list[float]
):
    account = Simulated(sqlite, Limits(rate, calls))
    for size, gap in zip(sizes, gaps, strict=False):
        account.book(min(size, rate))
        account.clock += gap if gap < 1 else 0
    recipients, made = account.most()
    assert recipients <= rate
    assert made <= calls


@given(
    rate=st.integers(1, 200),
    calls=st.integers(1, 20),
    sizes=st.lists(st.integers(1, 50), min_size=2, max_size=40),
)
@settings(max_examples=60, deadline=None)
def test_bookings_ahead_of_time_keep_the_limits_as_well(
    sqlite: Ledger, rate: int, calls: int, sizes: list[int]
):
    account = Simulated(sqlite, Limits(rate, calls))
    for size in sizes:
        account.book(min(size, rate), waits=False)
    recipients, made = account.most()
    assert recipients <= rate
    assert made <= calls


@pytest.mark.parametrize("late", [0.0, 0.005, 0.0119])
def test_calls_that_are_a_little_late_are_still_not_too_fast(ledger: Ledger, late: float):
    """The margin is for what a call may be late; the next one may be on time."""
    account = Simulated(ledger, Limits(100))
    for _ in range(12):
        account.book(50)
    account.started = [
        (moment + (late if number % 4 < 2 else 0), count)
        for number, (moment, count) in enumerate(account.started)
    ]
    assert account.most()[0] <= 100


SATURATED = [(150, 50), (120, 40), (14, 14), (70, 35), (1, 1), (97, 1), (5_000, 50)]


@pytest.mark.parametrize(("rate", "size"), SATURATED)
def test_who_sends_all_the_time_uses_98_percent_of_the_rate(ledger: Ledger, rate: int, size: int):
    account = Simulated(ledger, Limits(rate))
    calls = 6 * rate // size
    for _ in range(calls):
        account.book(size)
    seconds = account.started[-1][0] + 1 - START  # the last second is used as the others were
    assert account.most()[0] <= rate
    assert calls * size / seconds >= 0.98 * rate


@given(size=st.integers(1, 50), times=st.integers(1, 12))
@example(size=1, times=1)
@settings(max_examples=25, deadline=None)
def test_any_rate_that_calls_divide_is_used_to_98_percent(sqlite: Ledger, size: int, times: int):
    rate = size * times
    account = Simulated(sqlite, Limits(rate))
    for _ in range(8 * times):
        account.book(size)
    assert 8 * rate / (account.started[-1][0] + 1 - START) >= 0.98 * rate
    assert account.most()[0] <= rate


@pytest.mark.parametrize("calls", [1, 2, 7])
def test_the_limit_of_calls_is_used_and_never_exceeded(ledger: Ledger, calls: int):
    account = Simulated(ledger, Limits(10_000, calls))
    for _ in range(calls * 10):
        account.book(1)
    assert account.most()[1] == calls
    assert calls * 10 / (account.started[-1][0] + 1 - START) >= 0.98 * calls


def test_fewer_than_one_call_a_second_are_calls_seconds_apart(ledger: Ledger):
    account = Simulated(ledger, Limits(1_000, 0.5))
    for _ in range(5):
        account.book(1)
    moments = [moment for moment, _ in account.started]
    apart = [later - earlier for earlier, later in itertools.pairwise(moments)]
    assert apart == pytest.approx([2.012] * 4, abs=TINY)


def test_less_than_one_recipient_a_second_is_calls_seconds_apart(ledger: Ledger):
    account = Simulated(ledger, Limits(0.25))
    for _ in range(3):
        account.book(1)
    moments = [moment - START for moment, _ in account.started]
    assert moments == pytest.approx([0, 4.012, 8.024], abs=TINY)


def test_a_call_larger_than_the_rate_takes_as_many_seconds_as_it_is_worth(ledger: Ledger):
    account = Simulated(ledger, Limits(20))
    assert account.book(50) == 0  # 20 + 20 + 10
    assert account.book(10) == pytest.approx(2.012, abs=TINY)  # the third second has room for ten
    assert account.book(1) == pytest.approx(1.0, abs=TINY)


def test_nobody_waits_who_comes_seldom(ledger: Ledger):
    account = Simulated(ledger, Limits(10))
    for _ in range(5):
        assert account.book(10) == 0
        account.clock += 1.1


def test_a_booking_waits_only_for_what_is_in_its_own_second(ledger: Ledger):
    account = Simulated(ledger, Limits(100))
    assert account.book(60) == 0
    account.clock += 0.4
    assert account.book(40) == 0
    account.clock += 0.1
    assert account.book(60) == pytest.approx(0.512, abs=TINY)  # the sixty are over, the forty fit


def test_throttling_halves_the_pace_down_to_a_tenth_and_it_comes_back(ledger: Ledger):
    account = Simulated(ledger, Limits(100))
    assert account.share() == 1
    assert [account.slow() for _ in range(5)] == [0.5, 0.25, 0.125, 0.1, 0.1]
    account.clock += 5
    assert account.share() == pytest.approx(0.2)
    assert account.slow() == pytest.approx(0.1)
    account.clock += 44
    assert account.share() == pytest.approx(0.98)
    account.clock += 2
    assert account.share() == 1
    account.clock += 10_000
    assert account.share() == 1


def test_a_slowed_account_sends_at_its_share(ledger: Ledger):
    account = Simulated(ledger, Limits(100, 10))
    assert account.slow() == 0.5
    account.book(50)
    assert account.book(50) == pytest.approx(1.012, abs=TINY)
    other = Simulated(ledger, Limits(100, 10))
    other.slow()
    for _ in range(5):
        assert other.book(1) == 0
    assert other.book(1) == pytest.approx(1.012, abs=TINY)


def test_slowing_one_account_slows_no_other(ledger: Ledger):
    one, other = Simulated(ledger, Limits(10)), Simulated(ledger, Limits(10))
    one.slow()
    one.book(10)
    assert (one.share(), other.share()) == (0.5, 1.0)
    assert other.book(10) == 0


def test_those_who_book_at_the_same_time_share_one_rate(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
):
    account, limits = f"account{next(names)}", Limits(1_000, 100)
    granted: list[float] = []
    Simulated(ledger, limits).patch(monkeypatch)
    ready = threading.Barrier(4)

    def books() -> None:
        ready.wait()
        granted.extend(ledger.book(account, 25, limits).seconds for _ in range(15))

    lines = [threading.Thread(target=books) for _ in range(4)]
    for line in lines:
        line.start()
    for line in lines:
        line.join()
    # 60 calls of 25 are 1,500 recipients: 40 calls go at once, and 20 a second later.
    assert sorted(granted) == pytest.approx([0.0] * 40 + [1.012] * 20, abs=TINY)


def test_one_sees_what_the_other_booked(ledger: Ledger):
    account = Simulated(ledger, Limits(100))
    other = Simulated(Ledger(ledger.url), Limits(100), account=account.account)
    assert account.book(60) == 0
    assert other.book(60) == pytest.approx(1.012, abs=TINY)
    assert account.book(40) == pytest.approx(1.012, abs=TINY)
    assert account.book(60) == pytest.approx(1.012, abs=TINY)
    other.ledger.engine.dispose()


def test_what_is_kept_of_the_past_is_not_more_than_a_second(ledger: Ledger):
    account = Simulated(ledger, Limits(10))
    for _ in range(100):
        account.book(5)
    rows = ledger.rows(pace.PACE.select().where(pace.PACE.c.account == account.account))
    assert len(rows[0]["grants"]) < 200


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
    assert [account.book(50) for _ in range(20)] == [0.0] * 20
