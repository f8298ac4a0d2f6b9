"""Faults: what goes wrong between a sender and SES, by chance from a seed, or as scripted."""

import random
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

KINDS = (
    "throttle",
    "paused",
    "suspended",
    "unavailable",
    "hang_before",
    "reset_before",
    "hang",
    "reset",
    "half",
    "torn",
    "error_500",
    "error_503",
    "empty",
    "no_ids",
    "fewer",
)
"""Of a call: the first six take nothing. After the others what was sent is taken, and the client
hears of it nothing (hang, reset), half an answer (half, and torn: ended by a reset), an error, or
an answer that lacks the message ids, some results or all of its body.

botocore 1.44 takes half an answer for a whole one with nothing in it; a torn one raises."""

BEFORE = frozenset(KINDS[:6])
ENTRY_KINDS = {
    "transient": "TRANSIENT_FAILURE",
    "failed": "FAILED",
    "account_throttled": "ACCOUNT_THROTTLED",
}
"""Of one entry of a bulk call, which is then not taken."""


@dataclass(frozen=True)
class Fault:
    """What one call meets. A script has them one a call; a kind's name is short for it."""

    kind: str = ""
    """One of `KINDS`, or nothing."""
    entries: Mapping[int, str] = field(default_factory=dict)
    """Position of an entry, from 0, to its status."""
    latency: float = 0.0
    """Seconds from taking to answering."""

    def __post_init__(self) -> None:
        """See that there is such a kind.

        Raises:
            ValueError: there is none.
        """
        if self.kind and self.kind not in KINDS:
            raise ValueError(f"no fault {self.kind!r}; there are {', '.join(KINDS)}")

    @property
    def before(self) -> bool:
        """Tell whether nothing is taken."""
        return self.kind in BEFORE

    @property
    def definite(self) -> bool:
        """Tell whether the client's answer says what was taken."""
        return not self.kind or self.kind in {"throttle", "paused", "suspended"}


@dataclass
class Faults:
    """The share of calls, 0 to 1, that meet each fault; of entries, of the last three shares."""

    throttle: float = 0.0
    paused: float = 0.0
    suspended: float = 0.0
    unavailable: float = 0.0
    hang_before: float = 0.0
    reset_before: float = 0.0
    hang: float = 0.0
    reset: float = 0.0
    half: float = 0.0
    torn: float = 0.0
    error_500: float = 0.0
    error_503: float = 0.0
    empty: float = 0.0
    no_ids: float = 0.0
    fewer: float = 0.0
    transient: float = 0.0
    failed: float = 0.0
    account_throttled: float = 0.0
    latency: tuple[float, float] = (0.0, 0.0)
    """Seconds, from and to."""
    hang_seconds: float = 60.0
    """How long a call hangs before it is cut off."""


class Chooser:
    """Says what each call meets: as scripted while the script lasts, by chance after it."""

    def __init__(self, faults: Faults, seed: int) -> None:
        """Choose by a seed."""
        self.faults = faults
        self.chance = random.Random(seed)  # noqa: S311 - faults, not secrets
        self.script: deque[Fault] = deque()

    def next(self, entries: int) -> Fault:
        """Choose what the next call meets, of so many entries."""
        if self.script:
            return self.script.popleft()
        shares = self.faults
        kind = self._one([(name, getattr(shares, name)) for name in KINDS])
        return Fault(kind, self._entries(entries), self.chance.uniform(*shares.latency))

    def _entries(self, entries: int) -> dict[int, str]:
        shares = [(ENTRY_KINDS[name], getattr(self.faults, name)) for name in ENTRY_KINDS]
        if not any(share for _, share in shares):
            return {}
        chosen = {number: self._one(shares) for number in range(entries)}
        return {number: status for number, status in chosen.items() if status}

    def _one(self, shares: list[tuple[str, float]]) -> str:
        drawn = self.chance.random()
        for name, share in shares:
            if drawn < share:
                return name
            drawn -= share
        return ""
