"""Crash points: named places on the way of a message where the kill tests may end the process.

`CARDLETTER_CRASH=after_claim:3` kills it, as `kill -9` does, when it comes to that place the third
time. Without the variable a crash point does nothing.
"""

import itertools
import os
import signal

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

_point, _, _hit = os.environ.get("CARDLETTER_CRASH", "").partition(":")
_hits = itertools.count(1)


def crashpoint(name: str) -> None:
    """Pass a named place, or end here if a test wants to see what that does."""
    if name == _point and next(_hits) == int(_hit or 1):
        os.kill(os.getpid(), signal.SIGKILL)
