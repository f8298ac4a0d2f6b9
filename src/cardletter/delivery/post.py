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
from cardletter.delivery.remedies import Remedies
from cardletter.delivery.transports import Answer, Batch, DoubtError, NotTakenError, Transport
from cardletter.ledger import Claim, FencedError, Limits, Slot
from cardletter.templates import kept_fields
from cardletter.templates.greetings import kept_greetings
from cardletter.workspace import Workspace

Following = tuple[Claim | str | None, Slot | None]
"""What a call ends with: the next one, or why there is none, and its moment, where known."""

NOTHING: Following = (None, None)


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
        self.remedies = Remedies(self.ledger, self.edition, transport, stop)
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
        slot: Slot | None = None
        while claim or not self.stop.is_set():
            if claim is None:
                slot = slot or self._book()
                claim = self._claimed(slot)
            if isinstance(claim, str):
                self._why(claim)
                return
            crashpoint("after_claim")
            try:
                claim, slot = self._call(claim, slot)
            except FencedError:
                # The lease ended, and the call was settled as unknown meanwhile.
                claim = slot = None

    def keep(self, limits: Limits | None) -> None:
        """Keep to the limits of an account, if there are any."""
        if limits is not None:
            self.pacing = Pacing(self.ledger, self.transport.name, limits, self.stop)

    def _book(self) -> Slot | None:
        """Book the next call's moment, where there is a pace and a call."""
        if self.pacing is None or not (size := self.ledger.next_size(self.edition)):
            return None
        return self.pacing.book(size)

    def _claimed(self, slot: Slot | None) -> Claim | str:
        """Claim the next call, shortly before its moment."""
        if self.pacing and slot:
            self.pacing.near(slot)
        crashpoint("before_claim")
        return self.ledger.claim(self.edition, self.epoch, self.lease)

    def _why(self, ended: str) -> None:
        if ended == "paused":
            raise self.remedies.paused()
        self.ended = ended

    def _call(self, claim: Claim, slot: Slot | None) -> Following:
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
            self.remedies.not_taken(claim, no)
            return NOTHING
        except DoubtError as doubt:
            self.remedies.doubtful(claim, doubt)
            return NOTHING
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
    ) -> Following:
        own = {
            recipient.member_id: (answer.state, answer.told)
            for recipient, answer in zip(recipients, answers, strict=True)
            if answer.state != "sent"
        }
        again = [told for state, told in own.values() if state == "planned"]
        crashpoint("before_answer")
        ids = [answer.told if answer.state == "sent" else "" for answer in answers]
        what = ([] if self.transport.repeatable else ids, {**own, **missing})
        following: Following = NOTHING
        if at_once and not again and not self.stop.is_set():
            following = self._answered_and_next(claim, *what)
        else:
            self.ledger.done(claim, *what)
        crashpoint("after_answer")
        none = bool(again) and len(again) == len(answers)
        with self._lock:
            self.made += len(claim.members) - len(again)
        if not none:
            self.remedies.well()
        if again:
            self.remedies.again(set(again), none=none)
        return following

    def _answered_and_next(
        self, claim: Claim, ids: Sequence[str], own: Mapping[str, tuple[str, str]]
    ) -> Following:
        """Record an answer, and claim the next call with that if its moment has come, too."""
        slot = self._book()
        if slot is None or slot.seconds < LEAD:
            return self.ledger.done_and_next(claim, ids, own, self.lease), slot
        self.ledger.done(claim, ids, own)
        return None, slot
