"""Personal places: what one member alone is shown, from blocks that were approved for everybody.

A member is shown what members of like taste take up and they have not, but nothing they said never
to, were shown personally of late, took up already, or that stands in their letter. Of an interest
they are shown the item that goes best with what they took up before. Who did not say yes to
profiling is shown what everybody takes up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from scipy import sparse

from cardletter.content.fatigue import PERSONAL, before
from cardletter.content.matter import KEY, Matched, Matter
from cardletter.content.reasons import OFTEN, Reasons, asked, discovery, goes_with, together
from cardletter.content.recommender import NOTHING, Mask, Places, Scores, recommend
from cardletter.content.sheet import ASKED, LESS, Sheet
from cardletter.content.uptake import bounded
from cardletter.segments import GENERIC
from cardletter.workspace import Workspace

SCHEMA = pa.schema(
    {
        "member_id": pa.string(),
        "place": pa.int8(),
        "item_id": pa.string(),
        "score": pa.float32(),
        "reason": pa.string(),
    }
)
Texts = npt.NDArray[np.object_]
TOGETHER = 20_000
"""Members that are chosen for at once."""
LEANS = 1.2
"""How much more than all a member leans to an item that is said to go with what they took up."""


@dataclass(frozen=True)
class Own:
    """What some members are shown alone: one row a pick."""

    rows: Places
    """Each one's row among all members."""
    places: Places
    """From 0."""
    items: Places
    """Columns of the sheet."""
    scores: Scores
    reasons: Texts

    def table(self, members: Texts, items: Texts) -> pa.Table:
        """Give it as it is written, with the ids of all members and items."""
        values = (members[self.rows], self.places + 1, items[self.items])
        each = zip((*values, self.scores, self.reasons), SCHEMA, strict=True)
        return pa.table([pa.array(one, field.type) for one, field in each], SCHEMA)


def write_personal(desk: Workspace, matter: Matter, matched: Matched) -> int:
    """Choose every member's own items and write personal.parquet; give how many were chosen."""
    members = matter.members["member_id"].to_numpy(dtype=object)
    parts = [own.table(members, matched.sheet.names) for own in choose(desk, matter, matched)]
    table = pa.concat_tables([SCHEMA.empty_table(), *parts])
    pq.write_table(table, desk.file(PERSONAL))
    return int(table.num_rows)


def choose(desk: Workspace, matter: Matter, matched: Matched) -> Iterator[Own]:
    """Choose for all members of a letter at once, letter by letter."""
    people = People.of(desk, matter, matched.sheet)
    rows = matter.members.groupby(list(KEY)).indices
    for row, key in enumerate(matched.keys):
        if matched.of_group[row]:
            block = Block(matched, row, matter)
            for some in np.array_split(rows[key], len(rows[key]) // TOGETHER + 1):
                yield block.choose(people, some)


@dataclass(frozen=True)
class People:
    """What is known of every member who gets a letter, by their row."""

    places: Places
    """Each one's place in the spending; -1 for whose spending is not looked at."""
    known: sparse.csr_array
    """Members x the sheet's items: what they were shown personally of late."""

    @classmethod
    def of(cls, desk: Workspace, matter: Matter, sheet: Sheet) -> "People":
        """Read it."""
        names = matter.members["member_id"].to_numpy(dtype=object)
        places = matter.served.members.index.get_indexer(pd.Index(names))
        places[(matter.members["letter"] == GENERIC).to_numpy()] = -1
        return cls(places, known_items(desk, names, sheet))


def known_items(desk: Workspace, members: Texts, sheet: Sheet) -> sparse.csr_array:
    """Give the items each member was shown personally of late: members x the sheet's items."""
    columns = ["member_id", "item_id"]
    nobody = pd.DataFrame(columns=columns, dtype=object)
    files = [folder / PERSONAL for folder in before(desk, sheet.edition.rest)]
    shown = (pd.read_parquet(file, columns=columns) for file in files if file.is_file())
    every = pd.concat([nobody, *shown])
    row = pd.Index(members).get_indexer(pd.Index(every["member_id"]))
    column = pd.Index(sheet.names).get_indexer(pd.Index(every["item_id"]))
    there = (row >= 0) & (column >= 0)
    ones = np.ones(int(there.sum()), dtype=bool)
    return sparse.csr_array((ones, (row[there], column[there])), (len(members), len(sheet.items)))


class Block:
    """Chooses for the members of one letter."""

    def __init__(self, matched: Matched, row: int, matter: Matter) -> None:
        """Find what may stand there and is not in the letter, what is of an interest together."""
        sheet = matched.sheet
        self.sheet, self.row, self.matter = sheet, row, matter
        self.group = sheet.groups[row]
        self.shown = {each.item for each in matched.of_group[row]}
        free = sheet.may[row] & sheet.alone
        free[np.array(list(self.shown), dtype=np.int64)] = False
        items = np.flatnonzero(free)
        self.items = items[np.argsort(sheet.first[items], kind="stable")]
        self.worth = np.maximum(sheet.discover[row, self.items], np.float32(1e-9))
        self.interests = sheet.first[self.items]

    def choose(self, people: People, rows: Places) -> Own:
        """Give what each of some members is shown: the best item of each of their best interests.

        Of equals the first by id.
        """
        places = people.places[rows]
        leaning, taken, sure = self._taken_up(places)
        leaning[people.known[rows][:, self.items].toarray() | taken] = -np.inf
        items, lead = self._best(leaning)
        told = self._wished(self._scores(places)) * np.where(lead > -np.inf, lead, 1)
        # A score of nothing is no discovery: it is bought already.
        none = self._barred() | (lead == -np.inf) | (told <= 0)
        best = recommend(told, self.sheet.edition.personal, none)
        at, place = np.nonzero(best != NOTHING)
        interest = best[at, place]
        chosen = items[at, interest]
        goes = sure[at, chosen] & (lead[at, interest] >= LEANS)
        scores = told[at, interest]
        words = self._words[(scores >= OFTEN).astype(np.int64), interest]
        reasons = np.where(goes, goes_with(), words)
        return Own(rows[at], place, self.items[chosen], scores, reasons)

    def _scores(self, places: Places) -> Scores:
        """Give how much members would like to be shown each interest."""
        novel, everybody = self.matter.served.novel, self.matter.served.discoveries[GENERIC]
        if not len(novel):
            return np.broadcast_to(everybody, (len(places), len(everybody))).copy()
        found: Scores = novel[np.maximum(places, 0)]
        found[places < 0] = everybody
        return found

    def _taken_up(self, places: Places) -> tuple[Scores, Mask, Mask]:
        """Give how members lean to the items, what they took up, and where it may be told."""
        shape = (len(places), len(self.items))
        leaning = np.ones(shape, dtype=np.float32)
        taken, sure = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
        uptake, known = self.matter.uptake, np.flatnonzero(places >= 0)
        if uptake is not None and len(known):
            columns = uptake.items.get_indexer(pd.Index(self.sheet.names[self.items]))
            theirs = places[known]
            leaning[known] = bounded(uptake.leaning(theirs)[:, columns])
            taken[known] = uptake.taken[theirs][:, columns].toarray() > 0
            sure[known] = uptake.told(theirs)[:, columns]
        return leaning, taken, sure

    def _best(self, leaning: Scores) -> tuple[Places, Scores]:
        """Give each member's best item of each interest, and how they lean to it; -inf: none."""
        count = len(self.sheet.interests)
        items = np.zeros((len(leaning), count), dtype=np.int64)
        lead = np.full((len(leaning), count), -np.inf, dtype=np.float32)
        for interest in np.unique(self.interests):
            own = np.flatnonzero(self.interests == interest)
            items[:, interest] = own[(leaning[:, own] * self.worth[own]).argmax(axis=1)]
            lead[:, interest] = np.take_along_axis(leaning, items[:, [interest]], axis=1)[:, 0]
        return items, lead

    def _wished(self, scores: Scores) -> Scores:
        """Put in what members asked for themselves."""
        interests, wishes = self.sheet.interests, self.group.wishes
        scores[:, [name in wishes.less for name in interests]] *= LESS
        scores[:, [name in wishes.more for name in interests]] = ASKED
        return scores

    def _barred(self) -> Mask:
        """Tell of which interests nothing is shown: the letter has some, and nobody asked."""
        firsts = [self.sheet.items[each].interests[:1] for each in self.shown]
        spoken = {name for each in firsts for name in each} - self.group.wishes.more
        never = self.group.wishes.never
        return np.array([name in spoken or name in never for name in self.sheet.interests])

    @cached_property
    def _words(self) -> Texts:
        """Say for each interest why it is shown: where others take it up sometimes, and often."""
        wishes, words, generic = self.group.wishes, self.matter.words, self.group.generic
        reasons = Reasons(self.sheet, words, self.matter.served.company)
        each = list(zip(self.sheet.interests, reasons.beside(self.row), strict=True))
        told = [
            [
                asked(wishes, [name], words)
                or (together(by, words[name]) if by else "")
                or discovery(words[name], often=often, generic=generic)
                for name, by in each
            ]
            for often in (False, True)
        ]
        return np.array(told, dtype=object)
