"""The past: what earlier letters teach of items, put into what they are worth to each group.

What a group saw of late waits. What was taken up more often than others, or goes with what a
group's members took up, counts more, and an offer as much as its members are likely to redeem it;
what they took up already is no discovery, and who redeemed an offer needs it no more.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cardletter.content.fatigue import seen_of_late
from cardletter.content.matter import KEY, Key, Matter
from cardletter.content.recommender import Places, Scores
from cardletter.content.sheet import Past
from cardletter.content.uptake import Uptake, bounded
from cardletter.segments import GENERIC
from cardletter.workspace import Workspace

STALE = 0.01
"""What an item counts that all members of a group saw of late: it comes after all that is fresh."""


def past_of(desk: Workspace, matter: Matter, keys: Sequence[Key]) -> Past:
    """Give what earlier letters make of the items' scores for some groups."""
    fresh = np.ones((len(keys), len(matter.catalogue.items)), dtype=np.float32)
    saw = seen_of_late(desk, matter.catalogue, matter.members[["member_id", *KEY]], keys)
    if saw is not None:
        fresh -= (1 - STALE) * saw
    if matter.uptake is None:
        return Past(fresh, fresh)
    known = Known(matter, matter.uptake, keys)
    drawn = known.drawn() * fresh
    return Past(drawn * (1 - known.share("redeemed")), drawn * (1 - known.share("taken")))


class Known:
    """Looks up what uptake says of the letters of some groups; everybody's says what all do."""

    def __init__(self, matter: Matter, uptake: Uptake, keys: Sequence[Key]) -> None:
        """Find each member's letter, and each group's."""
        self.matter, self.uptake = matter, uptake
        letters = pd.Index(sorted({key[0] for key in keys} - {GENERIC}))
        self.count = len(letters)
        self.of: Places = letters.get_indexer(pd.Index(matter.served.members["letter"]))
        self.rows: Places = letters.get_indexer(pd.Index([key[0] for key in keys]))
        names = pd.Index([item.item_id for item in matter.catalogue.items])
        self.columns: Places = uptake.items.get_indexer(names)

    def drawn(self) -> Scores:
        """Give what uptake makes of the items' scores."""
        found = self.uptake.drawn(self.of, self.count)
        drawn = self._spread(found, bounded(self.uptake.pull))
        chances = self.matter.chances
        if chances is not None:
            offers = [n for n, item in enumerate(self.matter.catalogue.items) if chances.of(item)]
            asked = [self.matter.catalogue.items[number] for number in offers]
            drawn[:, offers] = bounded(chances.drawn(asked, self.of, self.count))[self.rows]
        return drawn

    def share(self, which: str) -> Scores:
        """Give the share of each group that took up, or redeemed, each item."""
        cells = getattr(self.uptake, which)
        everybody = np.asarray(cells.mean(axis=0)).ravel()
        return self._spread(self.uptake.share(cells, self.of, self.count), everybody)

    def _spread(self, letters: Scores, everybody: Scores) -> Scores:
        """Give groups x the catalogue's items, of letters x all items; the last row is for all."""
        every = np.vstack([letters, everybody])
        return np.asarray(every[self.rows][:, self.columns], dtype=np.float32)
