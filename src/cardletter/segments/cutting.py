"""Cutting: rows into parts of at least so many, and never those apart that are the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
import numpy.typing as npt

from cardletter.segments.pairing import paired
from cardletter.segments.points import Floats, Labels, hashed, ordered

Parts = dict[int, Labels]
"""Number of a part -> its rows, sorted."""


@dataclass(frozen=True)
class Cutting:
    """Rows that are cut, and how many there must be in a part."""

    at: Floats
    k_min: int
    labels: Labels
    """The part that each row is in at first."""

    @cached_property
    def counts(self) -> npt.NDArray[np.bool_]:
        """Mark rows that count towards parts: of those that are the same, `k_min` at most.

        However many they are, they fill no more than one part.
        """
        order, leader = ordered(hashed(self.at, 0), self.labels)
        counted = np.empty(len(order), dtype=bool)
        counted[order] = np.arange(len(order)) - leader < self.k_min
        return counted

    def most(self, *rows: Labels) -> int:
        """Give how many parts there can be of these rows at the very most."""
        return int(sum(self.counts[each].sum() for each in rows)) // self.k_min

    def cut(self, rows: Labels, k: int) -> list[Labels]:
        """Cut rows into `k` parts of at least `k_min`, or into fewer where that cannot be.

        Each cut is across the direction in which the rows differ most; it takes no rows that are
        the same apart, and of such cuts makes both sides as narrow as can be.
        """
        if k == 1 or (sides := self._across(rows, k)) is None:
            return [rows]
        return [part for side, own in sides for part in self.cut(side, own)]

    def _across(self, rows: Labels, k: int) -> list[tuple[Labels, int]] | None:
        """Give two sides, and how many parts each is to have; None where there is no such cut."""
        spread = (self.at[rows] - self.at[rows].mean(axis=0)).astype(np.float64)
        place = (spread * _longest(spread)).sum(axis=1)  # row by row: same rows, same place
        order = np.argsort(place, kind="stable")
        place, counted = place[order], self.counts[rows][order].cumsum()
        sides = np.arange(1, len(rows))
        left, right = (each // self.k_min for each in (counted[:-1], counted[-1] - counted[:-1]))
        allowed = (left > 0) & (right > 0) & (place[:-1] < place[1:])
        if not allowed.any():
            return None
        k = min(k, int((left + right)[allowed].max()))
        sides = sides[allowed & (left + right >= k)]
        below = place.cumsum()[sides - 1]
        gain = below**2 / sides + (place.sum() - below) ** 2 / (len(rows) - sides)
        side = int(sides[gain.argmax()])
        share = round(k * int(counted[side - 1]) / int(counted[-1]))
        first = int(np.clip(share, max(1, k - right[side - 1]), min(k - 1, left[side - 1])))
        return [(np.sort(rows[order[:side]]), first), (np.sort(rows[order[side:]]), k - first)]

    def more(self, near: "Near", k: int, free: Iterator[int]) -> Parts:
        """Make `k` parts of so many, or fewer where that cannot be; `free` numbers the new ones.

        Each half of the neighbours makes as many more as it can; what is missing then, both
        together are cut into. So most parts stay, and it takes a few cuts of all rows.
        """
        rows = np.sort(np.concatenate(list(near.parts.values())))
        k = min(k, self.most(rows))
        if k <= len(near.parts):
            return near.parts
        found = self._in_halves(near, k, free) if near.halves else near.parts
        if len(found) < k and len(cuts := self.cut(rows, k)) > len(found):
            return _renamed(near.parts, cuts, free)
        return found

    def _in_halves(self, near: "Near", k: int, free: Iterator[int]) -> Parts:
        """Make more parts of each half: as there is room in it, then what the other one lacks."""
        one, other = near.halves
        rooms = [self.most(*half.parts.values()) - len(half.parts) for half in near.halves]
        own = round((k - len(near.parts)) * rooms[0] / sum(rooms)) if any(rooms) else 0
        found = self.more(one, len(one.parts) + own, free)
        return found | self.more(other, k - len(found), free)


@dataclass(frozen=True)
class Near:
    """Parts that are neighbours, and the two halves that they come to; none of one part."""

    parts: Parts
    halves: tuple["Near", ...] = ()


def neighbours(at: Floats, parts: Parts) -> Near:
    """Join parts to ever larger neighbourhoods, always the two that cost least to join (Ward)."""
    from scipy.cluster.hierarchy import ward  # noqa: PLC0415 - costs time, seldom needed

    names = sorted(parts)
    found = [Near({name: parts[name]}) for name in names]
    centres = np.array([at[parts[name]].mean(axis=0) for name in names], dtype=np.float64)
    for left, right in ward(centres)[:, :2].astype(int) if len(names) > 1 else ():
        halves = found[left], found[right]
        found.append(Near(halves[0].parts | halves[1].parts, halves))
    return found[-1]


def _longest(spread: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Give the direction in which rows around zero differ most."""
    found: npt.NDArray[np.float64] = np.linalg.eigh(spread.T @ spread)[1][:, -1]
    return found


def _renamed(parts: Parts, cuts: list[Labels], free: Iterator[int]) -> Parts:
    """Call each piece what most of its rows were called; those that are left over are new."""
    own, rows = list(parts), np.concatenate(cuts)
    order = np.argsort(rows)
    piece = np.repeat(np.arange(len(cuts)), [len(each) for each in cuts])[order]
    was = np.repeat(np.arange(len(own)), [len(each) for each in parts.values()])
    was = was[np.argsort(np.concatenate(list(parts.values())))]
    pairs = paired(was, piece)
    gone = (own[place] for place in sorted(set(range(len(own))) - set(pairs.values())))
    left = chain(gone, free)
    return {own[pairs[n]] if n in pairs else next(left): each for n, each in enumerate(cuts)}
