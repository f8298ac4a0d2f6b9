"""Personal places: what one member alone is shown, from blocks that were approved for everybody.

A member is shown what members of like taste take up and they have not, but nothing they said never
to, were shown personally of late, or that stands in their letter. Who did
not say yes to profiling is shown what everybody takes up.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from cardletter.content.fatigue import before
from cardletter.content.matter import KEY, Key, Matched, Matter
from cardletter.content.reasons import EVERYBODY, asked, discovery
from cardletter.content.recommender import NOTHING, Mask, Places, Scores, recommend
from cardletter.content.sheet import ASKED, LESS, Group, Sheet
from cardletter.segments import GENERIC
from cardletter.workspace import Workspace

PERSONAL = "personal.parquet"
"""member_id, place (1..n), item_id, score, reason."""
COLUMNS = {
    "member_id": "str",
    "place": "int8",
    "item_id": "str",
    "score": "float32",
    "reason": "str",
}
Texts = npt.NDArray[np.object_]
MORE = 3
"""Items looked at beyond the places there are, as some may be known to the member."""


def write_personal(
    desk: Workspace, matter: Matter, matched: Matched, ids: Mapping[Key, str]
) -> int:
    """Choose every member's own items and write personal.parquet; give how many were chosen."""
    nobody = pd.DataFrame(columns=list(COLUMNS))
    table = pd.concat([nobody, *_chosen(desk, matter, matched, ids)])
    table.astype(COLUMNS).to_parquet(desk.file(PERSONAL), index=False)
    return len(table)


def _chosen(
    desk: Workspace, matter: Matter, matched: Matched, ids: Mapping[Key, str]
) -> Iterator[pd.DataFrame]:
    """Choose for all members of a letter at once, letter by letter."""
    known = known_items(desk, matched.sheet, matter.catalogue.edition.rest)
    rows = matter.members.groupby(list(KEY)).indices
    of_member = pd.Index(matter.spending.members)
    names = matter.members["member_id"].to_numpy(dtype=object)
    for row, key in enumerate(matched.keys):
        if key not in ids:
            continue
        members = names[rows[key]]
        place = of_member.get_indexer(pd.Index(members))
        group = matched.sheet.groups[row]
        if key[0] == GENERIC:
            place[:] = -1
        scores = np.where(
            (place >= 0)[:, None],
            matter.served.novel[np.maximum(place, 0)] if len(matter.served.novel) else 0,
            matter.served.discoveries[GENERIC],
        ).astype(np.float32)
        block = Block(matched, row, group, matter)
        yield from block.choose(members, scores, known)


def known_items(desk: Workspace, sheet: Sheet, rest: int) -> dict[str, set[int]]:
    """Give the items each member knows: those shown personally of late."""
    known: dict[str, set[int]] = {}
    for folder in before(desk, rest):
        if (folder / PERSONAL).is_file():
            shown = pd.read_parquet(folder / PERSONAL, columns=["member_id", "item_id"])
            for member, item in zip(shown["member_id"], shown["item_id"], strict=True):
                if item in sheet.column:
                    known.setdefault(str(member), set()).add(sheet.column[item])
    return known


class Block:
    """Chooses for the members of one letter."""

    def __init__(self, matched: Matched, row: int, group: Group, matter: Matter) -> None:
        """Find what may stand there: articles without limits that are not in the letter."""
        sheet = matched.sheet
        self.sheet, self.group, self.matter = sheet, group, matter
        self.count = sheet.edition.personal
        mine = [each for each in matched.chosen if each.group == row]
        self.shown = {each.item for each in mine}
        free = sheet.may[row] & np.array(
            [item.kind == "article" and not item.limited for item in sheet.items], dtype=bool
        )
        free[list(self.shown)] = False
        fixed = {name for chosen in sheet.edition.fixed.values() for name in chosen}
        free &= np.array([item.item_id not in fixed for item in sheet.items], dtype=bool)
        self.ranked = self._ranked(row, free)
        self.spoken = {
            sheet.items[item].interests[0] for item in self.shown if sheet.items[item].interests
        }

    def _ranked(self, row: int, free: Mask) -> dict[str, list[int]]:
        """Give the items of each interest, the most worth first."""
        ranked: dict[str, list[int]] = {}
        for item in map(
            int, np.argsort(-np.where(free, self.sheet.discover[row], -1), kind="stable")
        ):
            for interest in self.sheet.items[item].interests[:1] if free[item] else ():
                ranked.setdefault(interest, []).append(item)
        return ranked

    def choose(
        self, members: Texts, scores: Scores, known: Mapping[str, set[int]]
    ) -> Iterator[pd.DataFrame]:
        """Give what each member is shown, those who know none of it yet all at once."""
        told, never = self._wished(scores)
        best = recommend(told, self.count + MORE, np.broadcast_to(never, told.shape))
        knows = np.array([member in known for member in members], dtype=bool)
        yield self._fresh(members[~knows], told[~knows], best[~knows])
        yield from (
            self._around(str(members[row]), told[row], best[row], known[members[row]])
            for row in np.flatnonzero(knows)
        )

    def _wished(self, scores: Scores) -> tuple[Scores, Mask]:
        """Put in what members asked for; tell which interests have nothing for them."""
        interests, wishes = self.sheet.interests, self.group.wishes
        told = scores.copy()
        told[:, [name in wishes.less for name in interests]] *= LESS
        told[:, [name in wishes.more for name in interests]] = ASKED
        never = [
            name not in self.ranked or (name in self.spoken and name not in wishes.more)
            for name in interests
        ]
        return told, np.array(never, dtype=bool)

    def _fresh(self, members: Texts, scores: Scores, best: Places) -> pd.DataFrame:
        """Give the best item of each member's best interests."""
        rows, places = np.nonzero(best[:, : self.count] != NOTHING)
        interests = best[rows, places]
        names = np.array([self.sheet.items[own[0]].item_id if own else "" for own in self.listed])
        told = np.array([self._words(name) for name in self.sheet.interests], dtype=object)
        values = (members[rows], places + 1, names[interests], scores[rows, interests])
        return pd.DataFrame(dict(zip(COLUMNS, (*values, told[interests]), strict=True)))

    def _around(self, member: str, scores: Scores, best: Places, seen: set[int]) -> pd.DataFrame:
        """Give one member the best items among those that are not known to them."""
        found = [
            (interest, item)
            for interest in best[best != NOTHING]
            for item in [each for each in self.listed[interest] if each not in seen][:1]
        ]
        rows = [
            (member, place, self.sheet.items[item].item_id, float(scores[interest]), told)
            for place, (interest, item) in enumerate(found[: self.count], 1)
            for told in [self._words(self.sheet.interests[interest])]
        ]
        return pd.DataFrame(rows, columns=list(COLUMNS))

    @cached_property
    def listed(self) -> list[list[int]]:
        """Give the items of each interest, in the order of the interests."""
        return [self.ranked.get(name, []) for name in self.sheet.interests]

    def _words(self, name: str) -> str:
        if name not in self.ranked:
            return EVERYBODY
        item = self.sheet.items[self.ranked[name][0]]
        said = asked(self.group, item, self.matter.words)
        return said or discovery(self.matter.words[name], generic=self.group.generic)
