"""Breakers: an edition that does harm stops, with words; at which count exactly, both sides."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cardletter.feedback.breakers import trip
from cardletter.ledger import Ledger, open_ledger
from cardletter.workspace import Workspace
from told import EDITION, bounce, complaint, delivery, project, send, take

SIZE = 200


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = open_ledger(tmp_path)
    yield ledger
    ledger.engine.dispose()


@pytest.fixture
def desk(ledger: Ledger, tmp_path: Path) -> Workspace:
    made = project(tmp_path / "letter", ledger)
    send(made, range(SIZE))
    return made


def paused(desk: Workspace) -> str:
    edition = desk.ledger.edition(EDITION)
    assert edition is not None
    return str(edition["paused"])


def delivered(first: int, last: int = SIZE) -> list[dict[str, object]]:
    return [delivery(number) for number in range(first, last)]


@pytest.mark.parametrize(
    ("count", "stops", "said"),
    [(3, False, 0), (4, False, 1), (9, False, 1), (10, True, 1), (20, True, 1)],
)
def test_hard_bounces_warn_from_two_percent_and_stop_from_five(
    desk: Workspace, count: int, said: int, *, stops: bool
):
    taken = take(desk, *(bounce(n) for n in range(count)), *delivered(count))
    assert (bool(paused(desk)), taken.paused == [EDITION]) == (stops, stops)
    assert len(taken.said) == said
    if stops:
        assert "address is wrong or closed" in paused(desk)
        assert f"({count} of 200)" in paused(desk)


@pytest.mark.parametrize(("count", "stops"), [(1, False), (4, False), (5, True)])
def test_complaints_stop_from_five_on_where_that_is_a_thousandth(
    desk: Workspace, count: int, *, stops: bool
):
    taken = take(desk, *delivered(0), *(complaint(n) for n in range(count)))
    assert bool(paused(desk)) is stops
    assert taken.said
    assert "called the letter spam" in taken.said[0]


@pytest.mark.parametrize(("count", "stops"), [(1, False), (4, False), (5, True)])
def test_refusals_for_policy_stop_and_suppress_nobody(desk: Workspace, count: int, *, stops: bool):
    policy = [bounce(n, "Permanent/General", "5.7.1") for n in range(count)]
    taken = take(desk, *policy, *delivered(count))
    assert bool(paused(desk)) is stops
    assert taken.effects == {}
    assert not stops or "SPF, DKIM or DMARC" in paused(desk)


def test_nothing_is_stopped_before_a_hundred_messages_came_to_something(desk: Workspace):
    take(desk, *(bounce(n) for n in range(50)), *delivered(50, 99))
    assert paused(desk) == ""
    take(desk, delivery(99))
    assert paused(desk) != ""


@pytest.mark.parametrize(
    "kind",
    ["Transient/MailboxFull", "Permanent/OnAccountSuppressionList", "Undetermined/Undetermined"],
)
def test_bounces_that_harm_no_reputation_stop_nothing(desk: Workspace, kind: str):
    taken = take(desk, *(bounce(n, kind, "4.2.2") for n in range(60)), *delivered(60))
    assert (paused(desk), taken.said) == ("", [])


@pytest.mark.parametrize("kind", ["Permanent/Suppressed", "Permanent/General"])
def test_other_permanent_bounces_count_as_amazon_counts_them(desk: Workspace, kind: str):
    take(desk, *(bounce(n, kind, "5.2.1") for n in range(10)), *delivered(10))
    assert "came back" in paused(desk)


def test_a_message_that_bounced_after_it_was_delivered_is_one(desk: Workspace):
    take(desk, *delivered(0), *(bounce(n) for n in range(9)))
    assert desk.ledger.landed(EDITION) == SIZE
    assert paused(desk) == ""


def test_who_let_it_go_on_has_looked_and_only_what_comes_after_counts(desk: Workspace):
    take(desk, *(bounce(n) for n in range(10)), *delivered(10))
    desk.ledger.resume(EDITION, "Ada", "the list was mended")
    assert trip(desk.ledger, EDITION) == (False, [])
    taken = take(desk, bounce(11))
    assert (paused(desk), taken.paused) == ("", [])


def test_an_edition_that_stands_is_not_stopped_again(desk: Workspace):
    for number in range(2):
        first = number * 20
        take(desk, *(bounce(n) for n in range(first, first + 20)), *delivered(40))
    assert len(desk.ledger.orders(EDITION)) == 1


def test_a_finished_edition_is_told_of_and_left(desk: Workspace):
    desk.ledger.finish(EDITION)
    taken = take(desk, *(bounce(n) for n in range(20)), *delivered(20))
    assert (paused(desk), taken.paused, len(taken.said)) == ("", [], 1)


def test_an_edition_that_was_never_planned_is_none(desk: Workspace):
    assert trip(desk.ledger, "2031-01") == (False, [])
