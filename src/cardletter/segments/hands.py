"""Hands: clusters that people merge or split, before a run goes on from them.

Each is done once and then lasts, since runs go on from each other: what was done is kept with the
segments' identity for as long as it stands in segments/rules.yaml.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from cardletter.segments.clustering import Before
from cardletter.segments.cutting import Cutting
from cardletter.segments.kmeans import FAR
from cardletter.segments.points import Floats, Labels, Matrix, hashed, ordered
from cardletter.segments.rules import Hands


@dataclass(frozen=True)
class Handled:
    """What a run begins from once hands were laid on, and what could not be done."""

    before: Before
    done: frozenset[str] = frozenset()
    undone: dict[tuple[str, ...], str] = field(default_factory=dict)
    """Key of segments/rules.yaml -> why not."""


@dataclass(frozen=True)
class Ground:
    """The members that hands are laid on."""

    features: Matrix
    ids: tuple[str, ...]
    """The last run's clusters, in the order of their numbers."""
    k_min: int


@dataclass
class _Work:
    ground: Ground
    labels: Labels
    centres: Floats
    at: Floats


def steps(hands: Hands) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Give each step as words, its key in the file, and how many clusters more it makes."""
    for into, names in hands.merge.items():
        for place, name in enumerate(names):
            yield f"{name} into {into}", ("merge", into, str(place)), -1
    for name, parts in hands.split.items():
        yield f"{name} in {parts}", ("split", name), parts - 1


def more(hands: Hands, done: frozenset[str]) -> int:
    """Give how many clusters more there are for what is done by hand; fewer are below zero."""
    return sum(count for words, _key, count in steps(hands) if words in done)


def lay(hands: Hands, before: Before, ground: Ground, done: frozenset[str]) -> Handled:
    """Merge and split the last run's clusters as people ask, but for what was done before.

    A split makes parts of at least `k_min` members, cut across the direction in which they differ
    most; the largest keeps its number, and the others get new ones.
    """
    at = before.basis.reduce(ground.features)
    work = _Work(ground, before.labels.copy(), before.centres.copy(), at)
    now, undone = set(), {}
    for words, key, _count in steps(hands):
        why = "" if words in done else _step(work, words)
        if why:
            undone[key] = why
        else:
            now.add(words)
    return Handled(
        replace(before, labels=work.labels, centres=work.centres), frozenset(now), undone
    )


def _step(work: _Work, words: str) -> str:
    """Do one step; give why it cannot be done, if it cannot."""
    name, how, other = words.split()
    missing = [one for one in (name, other) if one.startswith("s") and one not in work.ground.ids]
    if missing:
        return f"there is no segment {missing[0]}"
    return _merge(work, name, other) if how == "into" else _split(work, name, int(other))


def _merge(work: _Work, name: str, into: str) -> str:
    source, target = map(work.ground.ids.index, (name, into))
    work.labels[work.labels == source] = target
    work.centres[source] = FAR
    return ""


def _split(work: _Work, name: str, parts: int) -> str:
    own, k_min = work.ground.ids.index(name), work.ground.k_min
    rows = np.flatnonzero(work.labels == own)
    # In the order of what is in them, so that new ids for the same members change nothing.
    rows = rows[ordered(hashed(work.ground.features[rows], 0), work.labels[rows])[0]]
    cuts = Cutting(work.at[rows], k_min, work.labels[rows]).cut(np.arange(len(rows)), parts)
    if len(cuts) < parts:
        return f"{name} has too few members, or too like each other, for {parts} parts"
    largest, *others = sorted((rows[each] for each in cuts), key=len, reverse=True)
    for piece in others:
        work.labels[piece] = len(work.centres)
        work.centres = np.vstack([work.centres, work.at[piece].mean(axis=0)])
    work.centres[own] = work.at[largest].mean(axis=0)
    return ""
