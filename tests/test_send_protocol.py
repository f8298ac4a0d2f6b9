"""The send protocol against a small model of it: whatever is done in whatever order, both agree."""

import itertools
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import insert

from cardletter.ledger import Act, Claim, FencedError, Ledger, Planned, now, open_ledger
from cardletter.ledger.schema import EVENTS

NUMBER = itertools.count()
HOLD, NONE = timedelta(minutes=5), timedelta(0)
MEMBERS = st.integers(0, 11)


class Protocol(RuleBasedStateMachine):
    """Plan, claim, call, answer, die, hear, say no, pause, release, erase: in any order."""

    ledger: Ledger
    claims = Bundle("claims")

    def __init__(self) -> None:
        super().__init__()
        self.edition = f"e{next(NUMBER)}"
        self.ledger.plan(self.edition, "plan", "ses", not_after=now() + timedelta(days=1))
        self.epoch = self.ledger.begin_sending(self.edition)
        self.state: dict[str, str] = {}  # as the ledger has to have it, events apart
        self.heard: set[str] = set()
        self.said_no: set[str] = set()
        self.accepted: Counter[str] = Counter()  # the truth: what SES took
        self.released: Counter[str] = Counter()
        self.holding: dict[int, Claim] = {}  # calls that are some sender's own
        self.paused = False

    def name(self, number: int) -> str:
        return f"{self.edition}-{number}"

    @rule(numbers=st.sets(MEMBERS, min_size=1), size=st.integers(1, 4))
    def plan(self, numbers: set[int], size: int) -> None:
        members = [self.name(number) for number in sorted(numbers)]
        for member in members:
            if not self.ledger.standing(member) and member not in self.said_no:
                self.ledger.act(Act(member, "newsletter", "granted", "phone", "May we?"))
        rows = [Planned(m, f"id-{m}", "v", 1, "", marketing=True, tracked=False) for m in members]
        new = {m for m in members if m not in self.state}
        assert self.ledger.plan_sends(self.edition, rows, size) == len(new)
        self.state |= dict.fromkeys(new, "planned")

    @rule(target=claims, dies=st.booleans())
    def claim(self, *, dies: bool):
        found = self.ledger.claim(self.edition, self.epoch, NONE if dies else HOLD)
        return self._claimed(found, dies=dies)

    def _claimed(self, found: Claim | str, *, dies: bool) -> object:
        waiting = {m for m, state in self.state.items() if state == "planned"}
        if isinstance(found, str):
            assert found == "paused" if self.paused else found == "nothing"
            if not self.paused:  # all that were left had said no, or were heard of
                for member in waiting:
                    assert member in self.said_no or member in self.heard
                    self.state[member] = "sent" if self._had(member) else "refused"
            return multiple()
        members = {member for member, _ in found.members}
        assert not self.paused
        assert members <= waiting
        assert not members & self.said_no
        self._left_out(waiting - members)
        self.state |= dict.fromkeys(members, "calling")
        if not dies:
            self.holding[found.call] = found
        return found

    def _had(self, member: str) -> bool:
        return member in self.heard and self.released[member] > 0

    def _left_out(self, others: set[str]) -> None:
        """Follow those whom the ledger left out of the call on the way."""
        found = self.ledger.sends(self.edition).set_index("member_id")["state"]
        for member in others:
            if found[member] != "planned":
                assert member in self.said_no or self._had(member)
                self.state[member] = found[member]

    @rule(claim=claims)
    def ses_takes_it(self, claim: Claim) -> None:
        if claim.call in self.holding and not self._taken(claim):
            self.accepted.update(member for member, _ in claim.members)

    def _taken(self, claim: Claim) -> bool:
        return any(self.accepted[member] > self.released[member] for member, _ in claim.members)

    @rule(claim=consumes(claims), how=st.sampled_from(["done", "back", "doubt"]))
    def answer(self, claim: Claim, how: str) -> None:
        if how == "back" and self._taken(claim):
            how = "doubt"  # a clear no is never said of what was taken
        if how == "done" and not self._taken(claim):
            how = "back"  # nor a yes of what was not
        mine, members = self._mine(claim), [member for member, _ in claim.members]
        verbs = {
            "done": lambda: self.ledger.done(claim, ["ses"] * len(members), {}),
            "back": lambda: self.ledger.back(claim, "throttled"),
            "doubt": lambda: self.ledger.doubt(claim, "timeout"),
        }
        if mine:
            verbs[how]()
            became = {"done": "sent", "back": "planned", "doubt": "unknown"}[how]
            self.state |= dict.fromkeys(members, became)
        else:
            with pytest.raises(FencedError):
                verbs[how]()
        self.holding.pop(claim.call, None)

    def _mine(self, claim: Claim) -> bool:
        """Tell whether a call is still the sender's own."""
        held = claim.call in self.holding or claim.lease_until < now()
        return held and all(self.state.get(member) == "calling" for member, _ in claim.members)

    @rule(target=claims, claim=consumes(claims), dies=st.booleans())
    def answer_and_claim(self, claim: Claim, *, dies: bool):
        """Record a yes and claim the next call at once: both, or neither."""
        self.ses_takes_it(claim)
        if not self._taken(claim):
            return multiple()  # its sender fell asleep: the lease will end
        members = [member for member, _ in claim.members]
        mine = self._mine(claim)
        self.holding.pop(claim.call, None)
        told = (claim, ["ses"] * len(members), {}, NONE if dies else HOLD)
        if not mine:
            with pytest.raises(FencedError):
                self.ledger.done_and_next(*told)
            return multiple()
        found = self.ledger.done_and_next(*told)
        self.state |= dict.fromkeys(members, "sent")
        return self._claimed(found, dies=dies)

    @rule()
    def leases_end(self) -> None:
        """Senders that died are noticed; those that hold their lease are not disturbed."""
        self.ledger.expire(self.edition, repeatable=False)
        held = {m for claim in self.holding.values() for m, _ in claim.members}
        for member, state in self.state.items():
            if state == "calling" and member not in held:
                self.state[member] = "unknown"

    @rule(number=MEMBERS)
    def an_event_comes(self, number: int) -> None:
        member = self.name(number)
        if not self.accepted[member]:
            return
        row = {"event_key": f"{member}-{next(NUMBER)}", "edition": self.edition, "kind": "sent"}
        row |= {"message_id": f"id-{member}", "occurred_at": now(), "recorded_at": now()}
        with self.ledger.writing() as connection:
            connection.execute(insert(EVENTS), [row])
        self.heard.add(member)

    @rule(number=MEMBERS)
    def a_member_says_no(self, number: int) -> None:
        member = self.name(number)
        self.ledger.act(Act(member, "newsletter", "withdrawn", "link", ""))
        self.said_no.add(member)

    @rule()
    def pause_or_resume(self) -> None:
        order = self.ledger.resume if self.paused else self.ledger.pause
        order(self.edition, "ada", "because")
        self.paused = not self.paused

    @rule()
    def release(self) -> None:
        found = self.ledger.release(
            self.edition, "ada", "because", ended_before=now() + timedelta(seconds=1)
        )
        doubts = [
            m for m, state in self.state.items() if state == "unknown" and m not in self.heard
        ]
        assert found == len(doubts)
        for member in doubts:
            self.state[member] = "planned"
            self.released[member] += 1

    @invariant()
    def the_ledger_says_what_the_model_says(self) -> None:
        sends = self.ledger.sends(self.edition)
        found = dict(zip(sends["member_id"], sends["state"], strict=True))
        assert found == {
            member: "sent" if state == "unknown" and member in self.heard else state
            for member, state in self.state.items()
        }

    @invariant()
    def nobody_is_taken_more_often_than_released(self) -> None:
        for member, copies in self.accepted.items():
            assert copies <= 1 + self.released[member]

    @invariant()
    def whoever_is_said_to_be_sent_to_was(self) -> None:
        for member, state in self.state.items():
            assert state != "sent" or self.accepted[member]


def test_the_ledger_and_the_model_agree_whatever_happens():
    with tempfile.TemporaryDirectory() as folder:
        Protocol.ledger = open_ledger(Path(folder))
        run_state_machine_as_test(
            Protocol,
            settings=settings(
                max_examples=60,
                stateful_step_count=40,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
        Protocol.ledger.engine.dispose()
