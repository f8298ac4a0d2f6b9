"""Ruling: which members are in which rule's segment, and what marketers should know of it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from cardletter.errors import Finding
from cardletter.segments.facts import Facts, Mask
from cardletter.segments.rules import Rules
from cardletter.workspace import Workspace

RULED = "rules.json"
"""By rule how many meet it, are in it, and are in another too; how many meet none; what is odd."""

NONE = ""
"""The rule of who is in none."""


@dataclass(frozen=True)
class Ruled:
    """Who is in a rule's segment; how many each rule met; what is odd about it."""

    by_member: pd.Series
    """The rule of each member who is in one."""
    told: list[dict[str, Any]]
    findings: list[Finding]
    nowhere: int = 0
    """How many meet no rule; nothing where there are none."""


def apply(rules: Rules, facts: Facts, k_min: int, today: dt.date) -> Ruled:
    """Give each member the first rule whose condition they meet.

    A rule that would pick out fewer than `k_min` members, alone or against another one, is an
    error; one that picks nobody or everybody, is over, or leaves gaps, is a warning.
    """
    own = np.full(len(facts.members), NONE, dtype=object)
    met = facts.meet(rules.conditions)
    over = [name for name, rule in rules.rules.items() if rule.until and rule.until < today]
    met = {name: mask for name, mask in met.items() if name not in over}
    for name, mask in met.items():
        own[mask & (own == NONE)] = name
    found = [_over(rules, name) for name in over]
    found += _sizes(rules, met, own, k_min)
    found += _differences(rules, met, k_min)
    found += _overlaps(rules, met)
    nowhere = int((own == NONE).sum())
    found += _gap(rules, nowhere, k_min)
    by_member = pd.Series(own, index=facts.members)
    return Ruled(by_member[own != NONE], _told(met, own, k_min), found, nowhere)


def undone(rules: Rules, why: dict[tuple[str, ...], str]) -> Iterator[Finding]:
    """Tell of each split and merge that people asked for and that could not be done."""
    for key, reason in why.items():
        found = rules.file.finding(key, f"not done: {reason}", "see `cardletter segment`")
        yield replace(found, severity="warning")


def read_odd(desk: Workspace) -> list[Finding]:
    """Read what the last run found odd about the rules."""
    return [Finding(**each) for each in desk.read_json(RULED)["findings"]]


def _told(met: dict[str, Mask], own: npt.NDArray[np.object_], k_min: int) -> list[dict[str, Any]]:
    """Tell of each rule how many meet it, are in it, and are in another one too."""
    told = []
    for name, mask in met.items():
        also = {other: int((mask & theirs).sum()) for other, theirs in met.items() if other != name}
        told.append(
            {
                "rule": name,
                "met": int(mask.sum()),
                "members": int((own == name).sum()),
                "also": {other: count for other, count in also.items() if count >= k_min},
            }
        )
    return told


def _at(rules: Rules, name: str, message: str, hint: str, *, error: bool = True) -> Finding:
    found = rules.file.finding(("rules", name, "when"), message, hint)
    return found if error else replace(found, severity="warning")


def _over(rules: Rules, name: str) -> Finding:
    hint = "take the rule out, or write a later `until:`"
    return _at(rules, name, f"rule {name} is over, and does nothing", hint, error=False)


def _sizes(
    rules: Rules, met: dict[str, Mask], own: npt.NDArray[np.object_], k_min: int
) -> Iterator[Finding]:
    everybody = len(own)
    for name, mask in met.items():
        count, left = int(mask.sum()), int((own == name).sum())
        if not count:
            hint = "make the condition wider, or take the rule out"
            yield _at(rules, name, f"nobody meets rule {name}", hint, error=False)
        elif count == everybody:
            hint = "nobody is left for other segments: make it narrower"
            yield _at(rules, name, f"everybody meets rule {name}", hint, error=False)
        elif count < k_min or everybody - count < k_min:
            which = "only a few members" if count < k_min else "all but a few members"
            hint = f"no segment has fewer than {k_min} members (k_min): make it wider or narrower"
            yield _at(rules, name, f"rule {name} picks out {which}", hint)
        elif 0 < left < k_min:
            hint = f"fewer than {k_min} (k_min) are left of it: put it before the others"
            yield _at(rules, name, f"rules above {name} leave it only a few members", hint)
        elif not left:
            hint = "all who meet it are in rules above: put it before them, or take it out"
            yield _at(rules, name, f"rule {name} has no members of its own", hint, error=False)


def _differences(rules: Rules, met: dict[str, Mask], k_min: int) -> Iterator[Finding]:
    for (one, first), (other, second) in combinations(met.items(), 2):
        if 0 < int((first ^ second).sum()) < k_min:
            message = f"rules {one} and {other} differ by a few members only"
            yield _at(rules, other, message, "who they are could be told: make one of the two")


def _gap(rules: Rules, nowhere: int, k_min: int) -> Iterator[Finding]:
    """Warn where those whom no rule meets are too few to be grouped."""
    if 0 < nowhere < k_min:
        message = "members whom no rule meets are too few to be a segment"
        hint = f"they get the letter for everyone, as fewer than {k_min} (k_min) are left"
        yield replace(rules.file.finding(("rules",), message, hint), severity="warning")


def _overlaps(rules: Rules, met: dict[str, Mask]) -> Iterator[Finding]:
    exclusive = [(name, met[name]) for name in met if rules.rules[name].exclusive]
    for (one, first), (other, second) in combinations(exclusive, 2):
        if (first & second).any():
            message = f"rules {one} and {other} are exclusive, and members meet both"
            yield _at(rules, other, message, "make one narrower, or take `exclusive:` out")
