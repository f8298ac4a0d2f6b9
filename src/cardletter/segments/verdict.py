"""Verdict: what a backtest found, as it is kept and read again."""

from dataclasses import dataclass, field
from typing import Any

from cardletter.segments.lift import Lift
from cardletter.workspace import Workspace

BACKTEST = "backtest.json"


@dataclass(frozen=True)
class Judged:
    """So many segments, and what their letters came to; by lot: groups of the same sizes."""

    variants: int
    smallest: int
    own: dict[str, Lift]
    by_lot: dict[str, Lift]


@dataclass(frozen=True)
class Backtest:
    """What a backtest found; where there is too little data, why there is nothing."""

    too_little: str = ""
    origin: str = ""
    days: int = 0
    members: int = 0
    of: int = 0
    """Members that were looked at, of so many."""
    slots: int = 0
    """Interests that a letter shows."""
    top: int = 0
    """Interests that are a member's favourites."""
    asked: int = 0
    """Segments that clustering.yaml asks for; 0 for auto."""
    features: str = ""
    why: str = ""
    as_set: Judged | None = None
    """As clustering.yaml says."""
    curve: list[Judged] = field(default_factory=list)


def read_backtest(desk: Workspace) -> Backtest | None:
    """Read what the last backtest of a run found; None where the run made none."""
    if not desk.file(BACKTEST).is_file():
        return None
    told: dict[str, Any] = desk.read_json(BACKTEST)
    as_set, curve = told.pop("as_set"), told.pop("curve")
    return Backtest(
        as_set=_judged(as_set) if as_set else None, curve=list(map(_judged, curve)), **told
    )


def _judged(told: dict[str, Any]) -> Judged:
    own, by_lot = (
        {task: Lift(**each) for task, each in told[name].items()} for name in ("own", "by_lot")
    )
    return Judged(told["variants"], told["smallest"], own, by_lot)
