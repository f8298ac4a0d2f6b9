"""Wishes: what members asked to see more, less or nothing of; it wins over what they spend on.

A wish is written as a word: `+theatre` more, `-pets` less, `!motoring` never; a member's wishes are
such words, sorted, with spaces between them.
"""

from dataclasses import dataclass

import pandas as pd

MARKS = {"more": "+", "less": "-", "never": "!"}
TOPIC = "interest:"


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


def wishes_of(declared: pd.DataFrame) -> pd.Series:
    """Give each member's wishes as words, from the ledger's latest word on each topic."""
    topics = declared[declared["topic"].str.startswith(TOPIC) & declared["value"].isin(list(MARKS))]
    words = topics["value"].map(MARKS) + topics["topic"].str.removeprefix(TOPIC)
    return words.groupby(topics["member_id"]).agg(lambda own: " ".join(sorted(own)))


def granted(spend: pd.DataFrame, wishes: pd.Series) -> pd.DataFrame:
    """Give spending as the members wish it were looked at: members x interests.

    What they want less or nothing of counts nothing; what they want more of counts as much as what
    they spend most on.
    """
    values = spend.to_numpy(dtype=float, copy=True)
    own = wishes[wishes.index.isin(spend.index)]
    for row, words in zip(spend.index.get_indexer(own.index), own, strict=True):
        wish = Wishes.read(str(words))
        most = max(values[row].max(), 1.0)
        values[row, spend.columns.isin(wish.less | wish.never)] = 0
        values[row, spend.columns.isin(wish.more)] = most
    return pd.DataFrame(values, index=spend.index, columns=spend.columns)
