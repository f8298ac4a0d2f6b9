"""Description: what a segment is called, what sets its members apart, and who is near it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cardletter.profiles import LIKES, Interest
from cardletter.segments.files import Name
from cardletter.segments.identity import colour
from cardletter.segments.layout import laid_out, nearest_to
from cardletter.segments.naming import Proposal, Trait, joined, propose, traits
from cardletter.segments.points import Labels, Matrix
from cardletter.segments.taste import Taste
from cardletter.workspace import Workspace

GENERIC = "everyone"
"""The segment of members whose spending may not, or cannot yet, shape their mail."""

CLUSTER, RULE = "cluster", "rule"
MOST_TRAITS, MOST_SPENT = 8, 6


@dataclass(frozen=True)
class Segment:
    """One named group: what sets it apart, and how many of those looked at like each interest.

    In a cluster everybody is looked at; for the generic segment, everybody else is.
    """

    segment_id: str
    name: str
    phrase: str
    size: int
    looked_at: int
    traits: tuple[Trait, ...]
    likes: dict[str, int]
    colour: str = ""
    kind: str = CLUSTER
    """cluster, rule, or everyone."""
    spends: dict[str, float] | None = None
    """The interests that most is spent on: id -> mean share of a member's spending."""
    neighbours: tuple[str, ...] = ()
    """The segments whose tastes are most alike, nearest first."""
    at: tuple[float, float] = (0.0, 0.0)
    """Where it lies on the map of all segments, each side from 0 to 1."""
    typical: dict[str, float] | None = None
    """How its middle member shops (see `typical`); None where too few are looked at."""
    kept: float | None = None
    """The share of last run's members that it still has; None where there was no last run."""
    phrases: Mapping[str, str] = field(default_factory=dict)
    """The phrase in other languages, or locales, where it can be said in them."""


@dataclass(frozen=True)
class Group:
    """The members of a segment to be described, by their rows among the tastes."""

    segment_id: str
    rows: Labels
    size: int
    """All its members, those too of whom too little is known to look at."""
    given: Name
    """What people call it."""
    proposed: Proposal | None = None
    """What the machine called it last time."""
    kind: str = CLUSTER


def describe(
    tastes: Taste, groups: Sequence[Group], interests: dict[str, Interest]
) -> tuple[list[Segment], list[Proposal]]:
    """Describe each segment; the name that people gave it wins over the machine's."""
    listed = list(interests.values())
    apart = [traits(tastes, group.rows, listed) for group in groups]
    given = [group.given.name for group in groups]
    called = propose(apart, interests, given, [group.proposed for group in groups])
    middle = _middle(tastes, groups)
    places, near = laid_out(middle), nearest_to(middle)
    segments = [
        Segment(
            segment_id=group.segment_id,
            name=group.given.name or called[number].name,
            phrase=group.given.phrase or called[number].phrase,
            phrases=_phrases(group.given, called[number], interests),
            size=group.size,
            looked_at=len(group.rows),
            traits=tuple(apart[number][:MOST_TRAITS]),
            likes=_likes(tastes, group.rows, list(interests)),
            colour=colour(group.segment_id),
            kind=group.kind,
            spends=_spends(tastes, group.rows, list(interests)),
            neighbours=tuple(groups[other].segment_id for other in near[number]),
            at=places[number],
        )
        for number, group in enumerate(groups)
    ]
    return segments, called


def _phrases(given: Name, called: Proposal, interests: Mapping[str, Interest]) -> Mapping[str, str]:
    """Say a segment's phrase in every language that can say all of it."""
    if given.phrase:
        return given.phrases
    told = [interests[name].phrases for name in called.after]
    languages = set.intersection(*(set(each) for each in told)) if told else set()
    return {each: joined([said[each] for said in told], each) for each in sorted(languages)}


def generic(tastes: Taste, interests: list[str], size: int) -> Segment:
    """Describe the generic segment: nobody looks at its members, so all tastes stand in."""
    everybody = np.arange(len(tastes.share))
    likes, spends = _likes(tastes, everybody, interests), _spends(tastes, everybody, interests)
    return Segment(
        GENERIC, "Everyone", "", size, len(everybody), (), likes, kind=GENERIC, spends=spends
    )


def read_segments(desk: Workspace) -> list[Segment]:
    """Read the segments of a run: clusters, then rules, the generic one last."""
    return [_segment(fields) for fields in desk.read_json("segments.json")]


def _segment(fields: dict[str, Any]) -> Segment:
    found = tuple(Trait(**trait) for trait in fields.pop("traits"))
    fields |= {name: tuple(fields[name]) for name in ("neighbours", "at") if name in fields}
    return Segment(**fields, traits=found)


def _middle(tastes: Taste, groups: Sequence[Group]) -> Matrix:
    """Give the mean taste of each group, of unit length."""
    features = tastes.features
    means = np.array([features[group.rows].mean(axis=0) for group in groups if len(group.rows)])
    found = np.zeros((len(groups), features.shape[1]))
    found[[len(group.rows) > 0 for group in groups]] = means.reshape(-1, features.shape[1])
    length = np.linalg.norm(found, axis=1, keepdims=True)
    return found / np.where(length > 0, length, 1)


def _likes(tastes: Taste, rows: Labels, interests: list[str]) -> dict[str, int]:
    """Count the members of the rows for whom an interest is among those that set them apart."""
    lift = tastes.lift[rows]
    best = np.argsort(-lift, axis=1, kind="stable")[:, :LIKES]
    liked = np.zeros_like(lift, dtype=bool)
    np.put_along_axis(liked, best, np.take_along_axis(lift, best, axis=1) > 0, axis=1)
    counts = liked.sum(axis=0)
    return {name: int(count) for name, count in zip(interests, counts, strict=True) if count}


def _spends(tastes: Taste, rows: Labels, interests: list[str]) -> dict[str, float]:
    """Give the interests that take most of a member's spending, by the mean over members."""
    mean = tastes.share[rows].mean(axis=0) if len(rows) else np.zeros(len(interests))
    most = np.argsort(-mean, kind="stable")[:MOST_SPENT]
    return {interests[each]: round(float(mean[each]), 4) for each in most if mean[each] > 0}
