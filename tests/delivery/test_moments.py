"""Moments: no second holds more than the limits, and nearly all of the rate is used."""

import itertools
import math
from dataclasses import dataclass, field
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cardletter.ledger.moments import SLACK, Account, Call, Limits
from cardletter.ledger.plans import Planned, packed
from provider import Late, Provider

START = 1_000_000.0
TINY = 1e-6
ONE = Planned("m", "id", "v", None, "", marketing=True, tracked=False)


@dataclass
class Simulated:
    """An account's calls, by a clock that stands still until it is moved."""

    limits: Limits
    clock: float = START
    known: Account = field(default_factory=Account)
    started: list[tuple[float, int]] = field(default_factory=list)
    """(moment it arrived, recipients) of each call."""

    def book(self, recipients: int) -> Call:
        self.known.at(self.clock)
        return self.known.book(recipients, self.limits)

    def leave(self, call: Call, recipients: int) -> float:
        """Ask once whether a call may leave; give the seconds until it may be asked again."""
        self.known.at(self.clock)
        return self.known.leave(call.key, recipients, self.limits)

    def arrived(self, call: Call, late: float = 0.0) -> None:
        self.known.at(self.clock)
        self.known.arrived(call.key, late)

    def send(self, recipients: int, late: float = 0.0, *, answered: bool = True) -> float:
        """Send a call as a sender does, that arrives so late; give the seconds it waited."""
        began, call = self.clock, self.book(recipients)
        self.clock = max(self.clock, call.moment)
        while wait := self.leave(call, recipients):
            self.clock += wait
        self.started.append((self.clock + late, recipients))
        if answered:
            self.arrived(call, late)
        return self.clock - began

    def too_fast(self) -> bool:
        self.known.at(self.clock)
        return self.known.too_fast()

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
    rate: int, calls: float, sizes: list[int], gaps: list[float]
):
    account = Simulated(Limits(rate, calls))
    for size, gap in zip(sizes, gaps, strict=False):
        account.send(min(size, rate))
        account.clock += gap if gap < 1 else 0
    recipients, made = account.most()
    assert recipients <= rate
    assert made <= calls


@given(
    rate=st.integers(1, 200),
    calls=st.integers(1, 20),
    sizes=st.lists(st.integers(1, 50), min_size=2, max_size=40),
    random=st.randoms(),
)
@settings(max_examples=60, deadline=None)
def test_calls_booked_ahead_of_time_keep_the_limits_in_whatever_order_they_leave(
    rate: int, calls: int, sizes: list[int], random: Random
):
    account = Simulated(Limits(rate, calls))
    booked = [(account.book(min(size, rate)), min(size, rate)) for size in sizes]
    random.shuffle(booked)
    for call, size in booked:
        while wait := account.leave(call, size):
            account.clock += wait
        account.started.append((account.clock, size))
    recipients, made = account.most()
    assert recipients <= rate
    assert made <= calls


@given(
    rate=st.integers(1, 200),
    calls=st.lists(
        st.tuples(st.integers(1, 50), st.floats(0, SLACK), st.booleans()), min_size=2, max_size=40
    ),
)
@settings(max_examples=60, deadline=None)
def test_no_call_that_is_late_within_the_slack_makes_a_second_too_full(
    rate: int, calls: list[tuple[int, float, bool]]
):
    """The next one may be on time; and whether it was answered at all makes no difference."""
    account = Simulated(Limits(rate))
    for size, late, answered in calls:
        account.send(min(size, rate), late, answered=answered)
    assert account.most()[0] <= rate


def test_a_late_call_pushes_back_those_behind_it_by_what_it_lost():
    account = Simulated(Limits(100))
    account.send(100, late=0.007)
    assert account.send(100) == pytest.approx(1.009, abs=TINY)
    assert account.send(100) == pytest.approx(1.002, abs=TINY)


def test_a_call_without_an_answer_is_waited_for_no_longer_than_the_slack():
    account = Simulated(Limits(100))
    account.send(100, answered=False)
    account.clock += 0.5
    assert account.send(100) == pytest.approx(0.5 + SLACK + 0.002, abs=TINY)


def test_a_call_that_turns_out_larger_than_was_booked_leaves_when_there_is_room_for_it():
    account = Simulated(Limits(100))
    account.send(60)
    call = account.book(40)
    assert call.moment - account.clock == 0
    assert account.leave(call, 50) == pytest.approx(1.002, abs=TINY)
    account.clock += 1.002
    assert account.leave(call, 50) == 0


def test_a_moment_that_was_booked_and_never_used_is_nobody_elses_loss():
    account = Simulated(Limits(100))
    account.book(100)
    call = account.book(100)
    assert call.moment - account.clock == pytest.approx(1.002, abs=TINY)
    assert account.leave(call, 100) == 0


@pytest.mark.parametrize("back", [0.3, 3_600.0])
def test_a_clock_that_is_put_back_stops_nobody(back: float):
    account = Simulated(Limits(100))
    account.send(100)
    account.clock -= back
    assert account.send(100) == pytest.approx(1.002, abs=TINY)


SATURATED = [(150, 50), (120, 40), (14, 14), (70, 35), (1, 1), (97, 1), (5_000, 50)]


@pytest.mark.parametrize(("rate", "size"), SATURATED)
def test_who_sends_all_the_time_uses_98_percent_of_the_rate(rate: int, size: int):
    account = Simulated(Limits(rate))
    calls = 6 * rate // size
    for _ in range(calls):
        account.send(size)
    seconds = account.started[-1][0] + 1 - START  # the last second is used as the others were
    assert account.most()[0] <= rate
    assert calls * size / seconds >= 0.98 * rate


@pytest.mark.parametrize(("rate", "size"), [(14, 14), (14, 7), (150, 50), (500, 50)])
def test_calls_of_many_small_variants_use_98_percent_of_the_rate_all_the_same(rate: int, size: int):
    chance, calls = Random(7), list[list[Planned]]()  # noqa: S311 - not secrets
    while sum(map(len, calls)) < 40 * rate:
        members = chance.randint(1, 3 * size)  # of one variant
        calls += [[ONE] * min(size, members - n) for n in range(0, members, size)]
    used = []
    for order in (calls, packed(calls, rate)):
        account = Simulated(Limits(rate))
        for call in order:
            account.send(len(call))
        assert account.most()[0] <= rate
        assert sum(count for _, count in account.started) == sum(map(len, calls))
        last = account.started[-1][0] + account.started[-1][1] / rate - START
        used.append(sum(map(len, calls)) / last / rate)
    assert used[0] < used[1] > 0.98


@given(size=st.integers(1, 50), times=st.integers(1, 12))
@example(size=1, times=1)
@settings(max_examples=25, deadline=None)
def test_any_rate_that_calls_divide_is_used_to_98_percent(size: int, times: int):
    rate = size * times
    account = Simulated(Limits(rate))
    for _ in range(8 * times):
        account.send(size)
    assert 8 * rate / (account.started[-1][0] + 1 - START) >= 0.98 * rate
    assert account.most()[0] <= rate


@pytest.mark.parametrize("calls", [1, 2, 7])
def test_the_limit_of_calls_is_used_and_never_exceeded(calls: int):
    account = Simulated(Limits(10_000, calls))
    for _ in range(calls * 10):
        account.send(1)
    assert account.most()[1] == calls
    assert calls * 10 / (account.started[-1][0] + 1 - START) >= 0.98 * calls


def test_fewer_than_one_call_a_second_are_calls_seconds_apart():
    account = Simulated(Limits(1_000, 0.5))
    for _ in range(5):
        account.send(1)
    moments = [moment for moment, _ in account.started]
    apart = [later - earlier for earlier, later in itertools.pairwise(moments)]
    assert apart == pytest.approx([2.002] * 4, abs=TINY)


def test_less_than_one_recipient_a_second_is_calls_seconds_apart():
    account = Simulated(Limits(0.25))
    for _ in range(3):
        account.send(1)
    moments = [moment - START for moment, _ in account.started]
    assert moments == pytest.approx([0, 4.002, 8.004], abs=TINY)


def test_a_call_larger_than_the_rate_takes_as_many_seconds_as_it_is_worth():
    account = Simulated(Limits(20))
    assert account.send(50) == 0  # 20 + 20 + 10
    assert account.send(10) == pytest.approx(2.002, abs=TINY)  # the third second has room for ten
    assert account.send(1) == pytest.approx(1.0, abs=TINY)


def test_nobody_waits_who_comes_seldom():
    account = Simulated(Limits(10))
    for _ in range(5):
        assert account.send(10) == 0
        account.clock += 1.1


def test_a_booking_waits_only_for_what_is_in_its_own_second():
    account = Simulated(Limits(100))
    assert account.send(60) == 0
    account.clock += 0.4
    assert account.send(40) == 0
    account.clock += 0.1
    assert account.send(60) == pytest.approx(0.502, abs=TINY)  # the sixty are over, the forty fit


def test_told_once_to_be_slower_the_account_waits_longer_for_late_calls_and_keeps_its_rate():
    account = Simulated(Limits(100))
    assert not account.too_fast()
    account.send(100, late=0.02)
    assert account.send(100) == pytest.approx(1.022, abs=TINY)
    account.send(100, late=0.5)
    assert account.send(100) == pytest.approx(1.026, abs=0.001)  # twice the slack
    account.clock += 60
    account.send(100, late=0.5)
    assert account.send(100) == pytest.approx(1.020, abs=0.001)  # half of it was forgotten


def test_being_told_of_every_call_of_a_second_is_being_told_once():
    account = Simulated(Limits(100))
    for _ in range(8):
        assert not account.too_fast()
        account.clock += 0.1


def test_being_told_again_and_again_within_half_a_minute_is_told():
    account = Simulated(Limits(100))
    told = []
    for pause in (1, 1, 1, 1, 20, 20, 20, 20):
        told.append(account.too_fast())
        account.clock += pause
    assert told == [False, False, True, False, True, False, False, False]


def sent(late: Late, *, rate: float = 150, size: int = 50, takes: float = 0) -> Provider:
    return Provider(rate, size, late, takes or rate).run()


@pytest.mark.parametrize(("rate", "size"), [(150, 50), (14, 14), (1_000, 50)])
def test_who_is_no_later_than_the_slack_uses_98_percent_and_is_never_refused(rate: int, size: int):
    found = sent(lambda random: random.uniform(0, SLACK), rate=rate, size=size)
    assert found.refused == 0
    assert found.used >= 0.98


def test_now_and_then_a_very_late_call_costs_little():
    found = sent(lambda random: 0.2 if random.random() < 0.01 else 0.0)
    assert 0 < found.refused <= 10
    assert found.halved == 0
    assert found.used >= 0.97


@pytest.mark.parametrize(("late", "used"), [(0.02, 0.93), (0.05, 0.88), (0.15, 0.75)])
def test_the_later_calls_are_the_slower_it_goes_and_little_is_refused(late: float, used: float):
    found = sent(lambda random: random.expovariate(1 / late))
    assert found.refused <= 0.03 * len(found.taken)
    assert found.used >= used


def test_an_account_that_takes_less_than_it_says_is_found_out():
    """Others send through it too: half of the rate is all that is left."""
    found = sent(lambda _: 0.0, size=25, takes=75)
    assert found.halved > 0
