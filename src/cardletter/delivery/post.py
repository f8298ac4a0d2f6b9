"""The post: makes the calls of one edition, several at once, until none is left or it must stop.

Each connection books its moment, claims a call, makes it once, and records what was answered. A
clear no puts the call back; whatever leaves a doubt ends the call as unknown.
"""

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import timedelta

from cardletter import progress
from cardletter.crashpoints import crashpoint
from cardletter.delivery.addressing import Addressing, Letters, read_arms
from cardletter.delivery.message import Recipient
from cardletter.delivery.pacing import LEAD, Pacing
from cardletter.delivery.people import People
from cardletter.delivery.personal import read_personal
from cardletter.delivery.transports import Answer, Batch, DoubtError, NotTakenError, Transport
from cardletter.errors import PausedError
from cardletter.ledger import Claim, FencedError, Limits, Slot
from cardletter.templates import kept_fields
from cardletter.templates.greetings import kept_greetings
from cardletter.workspace import Workspace

DOUBTS, REFUSALS, WAITS = 5, 3, 10
"""Calls in a row without an answer, refused whole, or not reached, until the edition is paused."""

STOPPING = ("PAUSED", "SUSPENDED", "NOT_", "POOL")
"""Parts of the statuses of entries that a person must mend something for."""

QUOTA_ASKED = 60.0
"""Seconds between two looks at a quota that is used up."""


class Post:
    """Makes the calls of one edition through one transport."""

    def __init__(
        self, desk: Workspace, transport: Transport, people: People, stop: threading.Event
    ) -> None:
        """Read what all messages of the edition need."""
        self.desk, self.transport, self.stop = desk, transport, stop
        self.edition, self.ledger = desk.edition, desk.ledger
        self.addressing = Addressing(
            desk.edition,
            desk.links,
            people,
            read_arms(desk),
            kept_fields(desk),
            read_personal(desk),
            kept_greetings(desk),
        )
        self.letters = Letters(desk, transport)
        self.lease = timedelta(seconds=desk.settings.ses.lease)
        self.pacing: Pacing | None = None
        self.epoch = 0
        self.ended = ""
        self.made = 0
        self.row = {"doubt": 0, "reject": 0, "wait": 0}
        self._lock = threading.Lock()

    def work(self, total: int) -> str:
        """Make all planned calls; give why it ended: nothing (is left), too_late or stopped.

        Raises:
            PausedError: somebody or something paused the edition.
        """
        with ThreadPoolExecutor(self.transport.connections, "post") as pool:
            lines = [pool.submit(self._line) for _ in range(self.transport.connections)]
            while wait(lines, timeout=0.5, return_when=FIRST_EXCEPTION).not_done:
                progress.advanced("messages", min(self.made, total), total)
                if any(line.done() and line.exception() for line in lines):
                    self.stop.set()
        for line in lines:
            line.result()
        progress.advanced("messages", self.made, total)
        return "stopped" if self.stop.is_set() else self.ended

    def _line(self) -> None:
        claim: Claim | str | None = None
        while claim or not self.stop.is_set():
            slot = None if claim else self._book()
            claim = claim or self._claimed()
            if isinstance(claim, str):
                self._why(claim)
                return
            crashpoint("after_claim")
            try:
                claim = self._call(claim, slot)
            except FencedError:
                claim = None  # the lease ended, and the call was settled as unknown meanwhile

    def keep(self, limits: Limits | None) -> None:
        """Keep to the limits of an account, if there are any."""
        if limits is not None:
            self.pacing = Pacing(self.ledger, self.transport.name, limits, self.stop)

    def _book(self) -> Slot | None:
        """Book the next call's moment, and wait until shortly before it."""
        if self.pacing is None or not (size := self.ledger.next_size(self.edition)):
            return None
        slot = self.pacing.book(size)
        self.pacing.near(slot)
        return slot

    def _claimed(self) -> Claim | str:
        crashpoint("before_claim")
        return self.ledger.claim(self.edition, self.epoch, self.lease)

    def _why(self, ended: str) -> None:
        if ended == "paused":
            known = self.ledger.edition(self.edition) or {}
            msg = (
                f"Edition {self.edition} is paused: {known.get('paused', '')}. Let it go on with "
                f"`cardletter resume {self.edition} --by NAME`."
            )
            raise PausedError(msg)
        self.ended = ended

    def _call(self, claim: Claim, slot: Slot | None) -> Claim | str | None:
        """Make one call, once, and record what came of it; maybe the next is claimed with that."""
        letter = self.letters.of(claim.variant_id)
        recipients, missing = self.addressing.of(claim)
        batch = Batch(letter, recipients, claim.tracked, claim.lease_until)
        if self.pacing and recipients and not slot:
            slot = self.pacing.book(len(recipients))
        crashpoint("before_call")
        try:
            answers = self._made(batch, slot) if recipients else []
        except NotTakenError as no:
            self._not_taken(claim, no)
            return None
        except DoubtError as doubt:
            self.ledger.doubt(claim, doubt.code)
            self._in_a_row("doubt", DOUBTS, "{} calls in a row got no answer")
            return None
        except Exception as error:
            end = self.ledger.back if self.transport.repeatable else self.ledger.doubt
            end(claim, type(error).__name__)
            raise
        crashpoint("after_call")
        at_once = slot is None or slot.seconds < LEAD
        return self._answered(claim, recipients, answers, missing, at_once=at_once)

    def _made(self, batch: Batch, slot: Slot | None) -> Sequence[Answer]:
        """Make a call when the pace has room for it."""
        pacing, members = self.pacing, len(batch.recipients)
        if pacing is None or slot is None:
            return self.transport.take(batch)
        paced = replace(batch, leave=lambda: pacing.leave(slot, members))
        try:
            answers = self.transport.take(paced)
        except NotTakenError:
            pacing.arrived(slot)
            raise
        pacing.arrived(slot)
        return answers

    def _answered(
        self,
        claim: Claim,
        recipients: Sequence[Recipient],
        answers: Sequence[Answer],
        missing: Mapping[str, tuple[str, str]],
        *,
        at_once: bool,
    ) -> Claim | str | None:
        own = {
            recipient.member_id: (answer.state, answer.told)
            for recipient, answer in zip(recipients, answers, strict=True)
            if answer.state != "sent"
        }
        again = [told for state, told in own.values() if state == "planned"]
        crashpoint("before_answer")
        ids = [answer.told if answer.state == "sent" else "" for answer in answers]
        what = ([] if self.transport.repeatable else ids, {**own, **missing})
        following = None
        if at_once and not again and not self.stop.is_set():
            following = self.ledger.done_and_next(claim, *what, self.lease)
        else:
            self.ledger.done(claim, *what)
        crashpoint("after_answer")
        none = bool(again) and len(again) == len(answers)
        with self._lock:
            self.made += len(claim.members) - len(again)
            self.row = {what: times if none else 0 for what, times in self.row.items()}
        if again:
            self._entries_again(set(again), none=none)
        return following

    def _entries_again(self, codes: set[str], *, none: bool) -> None:
        """Do what entries of a call ask for that were surely not taken; maybe none of it was."""
        if any("QUOTA" in code for code in codes):
            self._wait_for_quota()
        elif any(word in code for code in codes for word in STOPPING):
            self._pause(f"SES says {', '.join(sorted(codes))}")
        else:
            if any("THROTTLED" in code for code in codes):
                self.ledger.slow(self.transport.name)
            if none:
                said = ", ".join(sorted(codes))
                self._in_a_row("wait", WAITS, f"SES took nothing of {{}} calls in a row: {said}")
                self.stop.wait(min(30.0, 0.1 * 2 ** self.row["wait"]))

    def _not_taken(self, claim: Claim, no: NotTakenError) -> None:
        if no.remedy == "reject":
            own = {member: ("rejected", no.code) for member, _ in claim.members}
            self.ledger.done(claim, [], own)
            self._in_a_row("reject", REFUSALS, f"{{}} calls in a row were refused: {no.code}")
            return
        self.ledger.back(claim, no.code)
        if no.remedy == "stop":
            self._pause(str(no))
        elif no.remedy == "quota":
            self._wait_for_quota()
        elif no.remedy == "slow":
            self.ledger.slow(self.transport.name)
        elif no.remedy == "wait":
            self._in_a_row("wait", WAITS, f"SES could not be reached {{}} times: {no.code}")
            self.stop.wait(min(30.0, 0.1 * 2 ** self.row["wait"]))

    def _in_a_row(self, what: str, most: int, words: str) -> None:
        with self._lock:
            self.row[what] += 1
            times = self.row[what]
        if times >= most:
            self._pause(words.format(times))

    def _pause(self, why: str) -> None:
        self.ledger.pause(self.edition, "cardletter", why)
        self._why("paused")

    def _wait_for_quota(self) -> None:
        """Wait until the quota of 24 hours has room again; nothing is in doubt meanwhile."""
        while not self.stop.is_set():
            self.stop.wait(QUOTA_ASKED)
            with self._lock:
                if self.transport.quota_left():
                    return
