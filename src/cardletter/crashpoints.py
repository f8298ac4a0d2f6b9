"""Crash points: named places on the way of a message where the kill tests may end the process.

`CARDLETTER_CRASH=after_claim:3` kills it, as `kill -9` does, when it comes to that place the third
time. Without the variable a crash point does nothing.
"""

import itertools
import os
import signal
from collections.abc import Iterator

POINTS = (
    "before_planning",
    "after_planning",
    "before_claim",
    "after_claim",
    "before_call",
    "after_call",
    "before_answer",
    "after_answer",
    "before_settling",
    "after_settling",
)
"""In the order in which a sender comes to them."""

_armed: dict[str, Iterator[int]] = {}


def arm(told: str) -> None:
    """Say where to end, and the how-manyth time: `after_claim:3`; nothing disarms."""
    _armed.clear()
    point, _, hit = told.partition(":")
    if point:
        if point not in POINTS:
            raise ValueError(f"there is no crash point {point!r}")
        _armed[point] = itertools.count(1 - int(hit or 1))


def crashpoint(name: str) -> None:
    """Pass a named place, or end here if a test wants to see what that does."""
    if name in _armed and next(_armed[name]) == 0:
        os.kill(os.getpid(), signal.SIGKILL)


arm(os.environ.get("CARDLETTER_CRASH", ""))
