"""Wishes: what members asked to see more, less or nothing of; it wins over what was observed.

A wish is written as a word: `+theatre` more, `-pets` less, `!motoring` never; a member's wishes are
such words, sorted, with spaces between them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cardletter.segments.points import Matrix

MARKS = {"more": "+", "less": "-", "never": "!"}
TOPIC = "interest:"
LETTER, MOST = 0.05, 0.2
"""What a letter counts in which links about an interest were followed, and several at most: of all
that the member spends. It is a judgement: nobody has measured what a click is worth in purchases.
"""


@dataclass(frozen=True)
class Wishes:
    """What one or more members asked for, by interest."""

    more: frozenset[str] = frozenset()
    less: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()

    @classmethod
    def read(cls, words: str) -> "Wishes":
        """Read wishes from their words."""
        said = {
            name: frozenset(word[1:] for word in words.split() if word[0] == mark)
            for name, mark in MARKS.items()
        }
        return cls(**said)

    def in_words(self, names: Mapping[str, str]) -> Iterator[str]:
        """Say what was asked for; `names` gives what interests are called, by id."""
        for asked, own in (("more", self.more), ("less", self.less), ("nothing", self.never)):
            if own:
                told = ", ".join(sorted(names.get(name, name) for name in own))
                yield f"Declared: {asked} of {told}. It wins over what was observed and inferred."


def wishes_of(declared: pd.DataFrame) -> pd.Series:
    """Give each member's wishes as words, from the ledger's latest word on each topic."""
    topics = declared[declared["topic"].str.startswith(TOPIC) & declared["value"].isin(list(MARKS))]
    words = topics["value"].map(MARKS) + topics["topic"].str.removeprefix(TOPIC)
    return words.groupby(topics["member_id"]).agg(lambda own: " ".join(sorted(own)))


def granted(spend: pd.DataFrame, clicks: pd.DataFrame, wishes: pd.Series) -> pd.DataFrame:
    """Give spending as the members wish it were looked at: members x interests.

    What they followed links about in their letters (member_id, interest, letters) counts as if they
    spent some more on it. What they want less or nothing of counts nothing; what they want more of
    counts as much as what they spend most on.
    """
    values = spend.to_numpy(dtype=float, copy=True)
    _followed(values, spend, clicks)
    own = wishes[wishes.index.isin(spend.index)]
    for row, words in zip(spend.index.get_indexer(own.index), own, strict=True):
        wish = Wishes.read(str(words))
        most = max(values[row].max(), 1.0)
        values[row, spend.columns.isin(wish.less | wish.never)] = 0
        values[row, spend.columns.isin(wish.more)] = most
    return pd.DataFrame(values, index=spend.index, columns=spend.columns)


def _followed(values: Matrix, spend: pd.DataFrame, clicks: pd.DataFrame) -> None:
    rows = spend.index.get_indexer(pd.Index(clicks["member_id"]))
    columns = spend.columns.get_indexer(pd.Index(clicks["interest"]))
    known = (rows >= 0) & (columns >= 0)
    share = np.minimum(clicks["letters"].to_numpy(dtype=float) * LETTER, MOST)[known]
    total = np.maximum(values, 0).sum(axis=1)[rows[known]]
    values[rows[known], columns[known]] += share * total
