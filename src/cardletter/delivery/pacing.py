"""Pacing: the calls of one sender leave when the account's limits have room for them.

The last look is taken when a request is whole and signed, just before it leaves. What happens
between there and the answer is measured, and told to all who send through the account.
"""

import threading
import time
from collections import deque

from cardletter.delivery.transports import NotTakenError
from cardletter.ledger import Ledger, Limits, Slot
from cardletter.ledger.moments import Answers

LEAD, LONGEST_LEAD = 0.05, 0.5
"""Seconds before its moment at which a call is claimed, at least and at most: what it takes until
the request is whole, a little more than it took of late."""

AHEAD = 0.02
"""Seconds before its moment at which a call asks for leave: what that may take. What could still
push it back left a second ago, and is long known then."""


class Pacing:
    """Keeps the calls of one sender within the limits of an account."""

    def __init__(self, ledger: Ledger, account: str, limits: Limits, stop: threading.Event) -> None:
        """Share the account's limits with whoever else sends through it."""
        self.ledger, self.account, self.limits, self.stop = ledger, account, limits, stop
        self._answers = Answers()
        self._begun: dict[int, float] = {}
        self._took = deque[float](maxlen=16)
        """Seconds that the last calls took until their requests were whole."""
        self._left: dict[int, float] = {}
        """When the calls that are on their way were to leave, by their slots' keys."""

    def book(self, recipients: int) -> Slot:
        """Book a call's moment."""
        return self.ledger.book(self.account, recipients, self.limits)

    @property
    def lead(self) -> float:
        """Give how long before its moment the next call should be claimed."""
        return min(LONGEST_LEAD, max(LEAD, AHEAD + 1.5 * max(self._took, default=0.0)))

    def near(self, slot: Slot) -> None:
        """Wait until shortly before a call's moment, or until the sender is told to stop."""
        self.stop.wait(max(0.0, slot.due - self.lead - time.monotonic()))
        self._begun[slot.key] = time.monotonic()

    def leave(self, slot: Slot, recipients: int) -> None:
        """Wait until a call may leave.

        Raises:
            NotTakenError: the sender was told to stop while it waited.
        """
        if begun := self._begun.pop(slot.key, 0.0):
            self._took.append(time.monotonic() - begun)
        told = slot
        while True:
            self._until(told.due - AHEAD)
            told = self.ledger.leave(self.account, slot.key, recipients, self.limits, AHEAD)
            if told.seconds <= AHEAD:
                break
        self._until(told.due)
        self._left[slot.key] = told.due

    def _until(self, moment: float) -> None:
        # To be woken is no leave to go: a call that starts early is too fast.
        if self.stop.wait(max(0.0, moment - time.monotonic())):
            raise NotTakenError("back", "stopped")

    def arrived(self, slot: Slot) -> None:
        """Tell when a call arrived that is answered now, if it left at all.

        It arrived when its answer came, less what every answer takes.
        """
        if left := self._left.pop(slot.key, 0.0):
            late = self._answers.late(time.monotonic() - left)
            self.ledger.arrived(self.account, slot.key, late)
