"""Showing: who is shown what in an edition as it was matched, counted by item and by segment."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from cardletter.content.catalogue import Item
from cardletter.content.matter import KEY, Matched, Matter
from cardletter.content.personal import choose
from cardletter.content.recommender import NOTHING, Mask, Places
from cardletter.segments.points import Matrix
from cardletter.workspace import Workspace


@dataclass(frozen=True)
class Showing:
    """What letters show, and what members are shown alone."""

    matched: Matched
    columns: Sequence[str]
    """The items' ids."""
    group_of: Places
    """Each member's group."""
    letters: Mask
    """Groups x items."""
    own: Places
    """Members x places: items, sorted; NOTHING where there is none."""
    worth: Matrix
    """What each group's members are shown in all, by how much they want it."""

    @classmethod
    def of(cls, desk: Workspace, matter: Matter, matched: Matched, items: Sequence[Item]) -> Self:
        """Look at what was matched; `items` are the columns."""
        names = [item.item_id for item in items]
        at = {name: place for place, name in enumerate(names)}
        columns = np.array([at[item.item_id] for item in matched.sheet.items], dtype=np.int64)
        letters = np.zeros((len(matched.keys), len(items)), dtype=bool)
        worth = np.zeros(len(matched.keys))
        for each in matched.chosen:
            letters[each.group, columns[each.item]] = True
            worth[each.group] += matched.wanted(each) * matched.sheet.sizes[each.group]
        group_of = np.empty(len(matter.members), dtype=np.int64)
        rows = matter.members.groupby(list(KEY)).indices
        for row, key in enumerate(matched.keys):
            group_of[rows[key]] = row
        own = np.full((len(group_of), matched.sheet.edition.personal), NOTHING, dtype=np.int64)
        for some in choose(desk, matter, matched) if own.size else ():
            own[some.rows, some.places] = columns[some.items]
            np.add.at(worth, group_of[some.rows], some.scores)
        own.sort(axis=1)
        return cls(matched, names, group_of, letters, own, worth)

    @cached_property
    def reach(self) -> Places:
        """Count the members who are shown each item."""
        sizes = self.matched.sheet.sizes
        alone = np.bincount(self.own[self.own != NOTHING], minlength=self.letters.shape[1])
        return np.asarray(sizes @ self.letters + alone, dtype=np.int64)

    @cached_property
    def segments(self) -> list[str]:
        """Name the segments that have members, in the order there is."""
        return list(dict.fromkeys(group.segment.name for group in self.matched.sheet.groups))

    @cached_property
    def segment_of(self) -> Places:
        """Give each group's segment."""
        at = {name: place for place, name in enumerate(self.segments)}
        named = [at[group.segment.name] for group in self.matched.sheet.groups]
        return np.array(named, dtype=np.int64)

    def by_segment(self) -> Places:
        """Count the members of each segment who are shown each item: segments x items."""
        count, width = len(self.segments), self.letters.shape[1]
        found = np.zeros((count, width), dtype=np.int64)
        np.add.at(found, self.segment_of, self.letters * self.matched.sheet.sizes[:, None])
        member, place = np.nonzero(self.own != NOTHING)
        cells = self.segment_of[self.group_of[member]] * width + self.own[member, place]
        return found + np.bincount(cells, minlength=count * width).reshape(count, width)

    def worth_by_segment(self) -> Matrix:
        """Give what each segment's members are shown, by how much they want it."""
        found: Matrix = np.zeros(len(self.segments))
        np.add.at(found, self.segment_of, self.worth)
        return found


def moved(now: Showing, then: Showing) -> Places:
    """Count the members of each segment who are shown something else then."""
    others = (now.letters != then.letters).any(axis=1)[now.group_of]
    others |= (now.own != then.own).any(axis=1)
    of = now.segment_of[now.group_of[others]]
    return np.bincount(of, minlength=len(now.segments)).astype(np.int64)
