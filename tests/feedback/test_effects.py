"""Effects: events in any order, any number of times, in any batches, come to the same."""

import itertools
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardletter.feedback.bounces import bounce_reason
from cardletter.feedback.effects import EFFECTS, too_often
from cardletter.feedback.events import BOUNCES, KINDS
from cardletter.ledger import open_ledger
from cardletter.workspace import Workspace
from told import (
    AT,
    Desk,
    became,
    bounce,
    click,
    complaint,
    delivery,
    kept,
    opened,
    project,
    send,
    standing,
    suppressed,
    take,
    told,
    untagged,
)

SOFT = [f"2026-11-{day:02d}T09:00:00Z" for day in range(1, 6)]
EVENTS: list[dict[str, Any]] = [
    delivery(0),
    bounce(0),
    complaint(0),
    opened(1),
    click(1),
    delivery(1),
    told("Rendering Failure", {"errorMessage": "x", "templateName": "t"}, 2),
    told("Subscription", {"timestamp": AT, "newTopicPreferences": {"unsubscribeAll": True}}, 3),
    complaint(3, complaintFeedbackType="not-spam"),
    *(bounce(4, "Transient/MailboxFull", "4.2.2", at=at) for at in SOFT),
    bounce(5, "Permanent/General", "5.7.1"),
    told("Reject", {"reason": "Bad content"}, 2),
    untagged(bounce(6)),
    untagged(bounce(99)),
    complaint(98),
    bounce(7, "Permanent/OnAccountSuppressionList"),
    told("Send", {}, 8),
]


def state(desk: Workspace) -> tuple[object, ...]:
    rows = [
        {k: v for k, v in row.items() if k not in ("event_id", "recorded_at")} for row in kept(desk)
    ]
    paused = (desk.ledger.edition("2026-12") or {})["paused"]
    return rows, suppressed(desk), standing(desk), became(desk), paused != ""


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project whose members 8 and 9 are in doubt; the same keyed hashes in each copy of it."""
    folder = tmp_path_factory.mktemp("effects") / "letter"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CARDLETTER_LINK_KEY", "the same in every copy")
        ledger = open_ledger(folder)
        desk = project(folder, ledger)
        send(desk, range(8))
        send(desk, [8, 9], answer=False)
        ledger.engine.dispose()
        yield folder


def after(ready: Path, batches: Sequence[Sequence[dict[str, Any]]]) -> tuple[Any, ...]:
    """Give what a copy of the project comes to."""
    with tempfile.TemporaryDirectory() as room:
        folder = shutil.copytree(ready, Path(room) / "letter")
        ledger = open_ledger(folder)
        root = folder / "workspace"
        desk = Desk(folder, "", root, root, ledger)
        for batch in batches:
            take(desk, *batch)
        found = state(desk)
        ledger.engine.dispose()
        return found


@pytest.fixture(scope="module")
def once(ready: Path) -> tuple[object, ...]:
    return after(ready, [EVENTS])


def test_all_of_them_together_come_to_what_they_should(once: tuple[Any, ...]):
    rows, barred, said, states, paused = once
    assert len(rows) == len(EVENTS)
    assert barred == [
        ("account_list", "address 7"),
        ("complaint", "m0"),
        ("hard_bounce", "address 0"),
        ("hard_bounce", "address 6"),
        ("soft_bounces", "address 4"),
    ]
    withdrawn = {member for member, each in said.items() if each == "withdrawn"}
    assert withdrawn == {"m0", "m3"}
    assert (states["m2"], states["m8"], states["m9"]) == ("rejected", "sent", "unknown")
    assert Counter(states.values()) == {"sent": 8, "rejected": 1, "unknown": 1}
    assert paused


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_order_any_number_of_times_in_any_batches_comes_to_the_same(
    ready: Path, once: tuple[object, ...], data: st.DataObject
):
    twice = data.draw(st.lists(st.sampled_from(EVENTS), max_size=12))
    order = data.draw(st.permutations([*EVENTS, *twice]))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(order) - 1), max_size=4)))
    edges = [0, *cuts, len(order)]
    found = after(ready, [order[a:b] for a, b in itertools.pairwise(edges)])
    assert found == once


@pytest.mark.parametrize(
    "order", [*itertools.permutations([delivery(0), bounce(0), complaint(0), opened(0)])]
)
def test_all_permutations_of_four_events_of_one_message_come_to_the_same(
    ready: Path, order: tuple[dict[str, Any], ...]
):
    _, barred, said, states, paused = after(ready, [[each] for each in order])
    assert barred == [("complaint", "m0"), ("hard_bounce", "address 0")]
    assert (said["m0"], states["m0"], paused) == ("withdrawn", "sent", False)


def moments(*days: float) -> list[datetime]:
    return [datetime(2026, 1, 1) + timedelta(days=day) for day in days]  # noqa: DTZ001


@pytest.mark.parametrize(
    ("days", "often"),
    [
        ([0, 1, 2, 3], False),
        ([0, 1, 2, 3, 4], True),
        ([0, 0, 0, 0, 30], True),
        ([0, 0, 0, 0, 30.001], False),
        ([0, 20, 40, 60, 80, 81, 82, 83, 84], True),
        ([0, 10, 20, 30.5, 40.5, 51], False),
    ],
)
def test_five_within_thirty_days_is_too_often(days: list[float], *, often: bool):
    assert too_often(moments(*days)) is often
    assert too_often(reversed(moments(*days))) is often


@pytest.mark.parametrize(
    ("kind", "status", "words", "reason"),
    [
        ("Permanent/General", "5.1.1", "", "hard"),
        ("Permanent/General", "5.1.10", "", "hard"),
        ("Permanent/NoEmail", "", "", "hard"),
        ("Permanent/NoEmail", "5.4.4", "", "hard"),
        ("Permanent/General", "", "smtp; 550 5.1.1 unknown", "hard"),
        ("Permanent/General", "5.2.1", "", "permanent"),
        ("Permanent/General", "", "smtp; 550 no", "permanent"),
        ("Permanent/General", "", "smtp; 550 from 5.1.1.9 no", "permanent"),
        ("Permanent/Suppressed", "5.1.1", "", "provider_list"),
        ("Permanent/OnAccountSuppressionList", "5.1.1", "", "account_list"),
        ("Permanent/General", "5.7.0", "", "policy"),
        ("Permanent/General", "5.1.1", "smtp; 554 5.7.1 spam", "policy"),
        ("Transient/General", "4.7.1", "", "policy"),
        ("Transient/MailboxFull", "4.2.2", "", "soft"),
        ("Transient/MessageTooLarge", "5.3.4", "", "soft"),
        ("Transient/General", "5.1.1", "", "soft"),
        ("Undetermined/Undetermined", "5.1.1", "", "undetermined"),
        ("New/Kind", "", "", "undetermined"),
    ],
)
def test_codes_decide_what_a_bounce_is(kind: str, status: str, words: str, reason: str):
    section = bounce(0, kind, status, words=words or " ")["bounce"]
    assert bounce_reason(section) == reason
    assert reason in BOUNCES


@pytest.mark.parametrize("told", [None, "x", {}, [None, "x", 1], [{"status": None}]])
def test_a_bounce_without_codes_is_read_too(told: object):
    section = {"bounceType": "Permanent", "bounceSubType": "General", "bouncedRecipients": told}
    assert bounce_reason(section) == "permanent"


def test_every_effect_is_of_a_kind_there_is():
    assert set(EFFECTS) < set(KINDS)


@pytest.mark.parametrize("number", range(3))
def test_a_hard_bounce_is_of_the_address_and_withdraws_nothing(tmp_path: Path, number: int):
    ledger = open_ledger(tmp_path)
    desk = project(tmp_path / "letter", ledger)
    send(desk, range(3))
    taken = take(desk, bounce(number))
    assert suppressed(desk) == [("hard_bounce", f"address {number}")]
    assert set(standing(desk).values()) == {"granted"}
    assert taken.effects == {"addresses suppressed: hard_bounce": 1}
    ledger.engine.dispose()


def test_who_withdrew_before_is_not_withdrawn_again(tmp_path: Path):
    ledger = open_ledger(tmp_path)
    desk = project(tmp_path / "letter", ledger)
    send(desk, [0])
    take(desk, told("Subscription", {"newTopicPreferences": {"unsubscribeAll": True}}))
    acts = len(ledger.history("m0"))
    assert "newsletters withdrawn: complaint" not in take(desk, complaint(0)).effects
    assert len(ledger.history("m0")) == acts
    ledger.engine.dispose()
