"""Drift: who changed segments since the last run, why, and whether it is time to begin anew.

Counts only, and no flow of fewer members than a segment may have: what a handful of people buy
anew is nobody's business.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pandas as pd

from cardletter.segments.description import GENERIC
from cardletter.segments.identity import Identity
from cardletter.segments.points import Labels, Matrix
from cardletter.workspace import Workspace

DRIFT = "drift.json"
Rules = dict[str, int]
"""into, out: who left a found segment for a rule's, and who came from one."""
FEWEST = 20
"""Members of a flow that is told of."""
POINTS, TOLD = 0.02, 2
"""A change of share of spending that is told of, and how many changes."""
OUTSIDE, WIDER = 0.05, 1.15
"""Share of tastes that the basis does not see, and growth of the distance to the centres, from
which it is time to begin anew."""
CAUSES = {
    "found anew": "all was found anew",
    "segment gone": "their segment is no more",
    "spending": "they spend on other things than before",
    "segments": "the segments around them changed",
}
"""Why members moved, as people read it."""


@dataclass(frozen=True)
class Moves:
    """The members of both runs: by member the segment before and after, "" for none."""

    before: pd.Series
    after: pd.Series

    @property
    def moved(self) -> pd.Series:
        """Say who changed from one segment to another."""
        return (self.before != self.after) & (self.before != "") & (self.after != "")

    def counts(self) -> dict[str, int]:
        """Count who stayed, moved, came into a segment, and is in none any more."""
        came = (self.before == "") & (self.after != "")
        went = (self.before != "") & (self.after == "")
        stayed = (self.before != "") & (self.before == self.after)
        named = {"stayed": stayed, "moved": self.moved, "came": came, "went": went}
        return {name: int(each.sum()) for name, each in named.items()}

    def kept(self) -> dict[str, float]:
        """Give the share of each segment's members before who are still in it."""
        stays = (self.before == self.after).groupby(self.before).mean()
        return {str(own): round(float(share), 4) for own, share in stays.items() if own}


def causes(moves: Moves, alone: pd.Series, *, refitted: bool) -> dict[str, int]:
    """Count why members moved; `alone` says where each would be had no segment changed.

    Either all was found anew, or their segment is no more, or they spend on other things now, or
    the segments around them changed.
    """
    moved = moves.moved
    if refitted:
        return {"found anew": int(moved.sum())} if moved.any() else {}
    gone = moved & ~moves.before.isin(set(moves.after))
    spending = moved & ~gone & (alone.reindex(moved.index) != moves.before)
    named = {"segment gone": gone, "spending": spending, "segments": moved & ~gone & ~spending}
    return {name: int(each.sum()) for name, each in named.items() if each.any()}


def flows(
    moves: Moves, share: Matrix, rows: pd.Index, last: Identity, interests: dict[str, str]
) -> list[dict[str, Any]]:
    """Give the flows between segments, largest first, with what their members spend on anew."""
    pairs = pd.DataFrame({"from": moves.before, "to": moves.after})[moves.moved]
    found: list[dict[str, Any]] = []
    for pair, own in pairs.groupby(["from", "to"]):
        source, target = map(str, cast("tuple[str, str]", pair))
        members = own.index
        if len(members) < FEWEST:
            continue
        now = share[rows.get_indexer(members)].mean(axis=0)
        change = now - _then(last, source, list(interests))
        found.append(
            {"from": source, "to": target, "members": len(members)} | _told(change, interests)
        )
    return sorted(found, key=lambda each: (-each["members"], each["from"], each["to"]))


def _then(last: Identity, segment_id: str, interests: list[str]) -> Matrix:
    shares = last.shares[last.ids.index(segment_id)]
    known = dict(zip(last.basis.interests, shares, strict=True))
    return np.array([known.get(name, 0.0) for name in interests])


def _told(change: Matrix, interests: dict[str, str]) -> dict[str, list[str]]:
    """Name the interests that most more, and most less, is spent on than in the segment left."""
    names = list(interests.values())
    order = np.argsort(-change, kind="stable")
    more = [names[i] for i in order[:TOLD] if change[i] >= POINTS]
    less = [names[i] for i in order[::-1][:TOLD] if change[i] <= -POINTS]
    return {"more": more, "less": less}


def by_rules(then: pd.Series, ids: tuple[str, ...], found: pd.Index, ruled: pd.Index) -> Rules:
    """Count who left a found segment for a rule's since `then`, and who came from one.

    `ids` are the segments found then; `found` and `ruled` are the members of either kind now.
    """
    before = then.index[then.isin(ids)]
    by_rule = then.index[~then.isin([*ids, GENERIC])]
    return {"into": len(before.intersection(ruled)), "out": len(by_rule.intersection(found))}


def due(seen: float, spread: float, last: float) -> list[str]:
    """Say why it is time to begin anew, if it is."""
    found = []
    if 1 - seen > OUTSIDE:
        found.append(f"{1 - seen:.0%} of what sets members apart is outside of the basis")
    if last > 0 and spread > WIDER * last:
        found.append(f"segments are {spread / last - 1:.0%} wider than when the basis was found")
    return found


def read_drift(desk: Workspace) -> list[str]:
    """Say in words what changed since the last run, for the terminal."""
    return in_words(desk.read_json(DRIFT))


def in_words(drift: dict[str, Any], names: dict[str, str] | None = None) -> list[str]:
    """Say in words what changed since the last run; segments by their names, where given."""
    by = "Told apart by {features}: {why}.".format(**drift["features"])
    if not drift["before"]:
        return [by, "The first run: later ones go on from these segments, and tell who moved."]
    called = names or {}
    counts = drift["members"]
    lines = [
        by,
        "Since the last run " + ", ".join(f"{n:,} {name}" for name, n in counts.items()) + ".",
    ]
    lines += list(_rules(drift.get("rules", {})))
    lines += [f"{count:,} moved since {CAUSES[name]}." for name, count in drift["causes"].items()]
    lines += [_flow(flow, called) for flow in drift["flows"]]
    if counts["moved"] and not drift["flows"]:
        lines.append(f"No {FEWEST} of them went the same way: no more is told of fewer.")
    lines += [_change(change, called) for change in drift["changes"]]
    if drift["refitted"]:
        lines.append("! All was found anew: segments were matched to the last ones by members.")
    lines += [f"! Time to raise `basis` in clustering.yaml: {why}." for why in drift["due"]]
    return lines


def _rules(moved: Rules) -> Iterator[str]:
    if (into := moved.get("into", 0)) >= FEWEST:
        yield f"Of those who went, {into:,} meet a rule now, and are in its segment."
    if (out := moved.get("out", 0)) >= FEWEST:
        yield f"Of those who came, {out:,} met a rule then, and do so no more."


def _change(change: dict[str, str], called: dict[str, str]) -> str:
    """Say what became of a segment, by its name where one is known."""
    own, other = change["segment_id"], change["other"]
    name = called.get(own) or change.get("called", "")
    how = {"split": "off ", "merged": "into "}.get(change["what"], "") + called.get(other, other)
    return f"{own}{f' ({name})' if name else ''}: {change['what']} {how}".rstrip()


def _flow(flow: dict[str, Any], called: dict[str, str]) -> str:
    why = [f"{sign} on {', '.join(flow[sign])}" for sign in ("more", "less") if flow[sign]]
    told = f", who spend {'; '.join(why)}" if why else ""
    source, target = (called.get(flow[end], flow[end]) for end in ("from", "to"))
    return f"From {source} to {target}: {flow['members']:,} members{told}."


def mean_shares(share: Matrix, labels: Labels, count: int) -> Matrix:
    """Give each cluster's mean share of spending by interest."""
    return np.array([share[labels == own].mean(axis=0) for own in range(count)]).reshape(
        count, share.shape[1]
    )
