"""Remedies: what a post does about calls that were not taken: it waits, slows down, or pauses."""

import threading

from cardletter.delivery.transports import DoubtError, NotTakenError, Transport
from cardletter.errors import PausedError
from cardletter.ledger import Claim, Ledger

DOUBTS, REFUSALS, WAITS = 5, 3, 10
"""Calls in a row without an answer, refused whole, or not reached, until the edition is paused."""

STOPPING = ("PAUSED", "SUSPENDED", "NOT_", "POOL")
"""Parts of the statuses of entries that a person must mend something for."""

QUOTA_ASKED = 60.0
"""Seconds between two looks at a quota that is used up."""


class Remedies:
    """The remedies of one post, and what its calls met in a row."""

    def __init__(
        self, ledger: Ledger, edition: str, transport: Transport, stop: threading.Event
    ) -> None:
        """Begin with nothing gone wrong."""
        self.ledger, self.edition, self.transport, self.stop = ledger, edition, transport, stop
        self.row = {"doubt": 0, "reject": 0, "wait": 0}
        self._lock = threading.Lock()

    def well(self) -> None:
        """Note that a call was taken, some of it at least."""
        with self._lock:
            self.row = dict.fromkeys(self.row, 0)

    def doubtful(self, claim: Claim, doubt: DoubtError) -> None:
        """Record that nobody knows whether a call was taken."""
        self.ledger.doubt(claim, doubt.code)
        self._in_a_row("doubt", DOUBTS, "{} calls in a row got no answer")

    def again(self, codes: set[str], *, none: bool) -> None:
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

    def not_taken(self, claim: Claim, no: NotTakenError) -> None:
        """Record that a call was surely not taken, and do what its answer asks for."""
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
        raise self.paused()

    def _wait_for_quota(self) -> None:
        """Wait until the quota of 24 hours has room again; nothing is in doubt meanwhile."""
        while not self.stop.is_set():
            self.stop.wait(QUOTA_ASKED)
            with self._lock:
                if self.transport.quota_left():
                    return

    def paused(self) -> PausedError:
        """Say that the edition stands still, why, and how to let it go on."""
        known = self.ledger.edition(self.edition) or {}
        return PausedError(
            f"Edition {self.edition} is paused: {known.get('paused', '')}. Let it go on with "
            f"`cardletter resume {self.edition} --by NAME`."
        )
