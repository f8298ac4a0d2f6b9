"""Serving: the letter that serves each member best, from what they spend.

Only members whose spending may be looked at, and who are in a segment that was found, are routed.
Who is in a segment by a rule stays there: people said so. All others get everybody's letter.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from cardletter.content.appetite import Appetite
from cardletter.content.company import Company
from cardletter.content.edition import SECTIONS, Slots
from cardletter.content.recommender import Places, Scores
from cardletter.content.routing import Letters, combined, means, route
from cardletter.content.sheet import ASKED, LESS
from cardletter.segments import GENERIC, Segment, Wishes

CLUSTER = "cluster"
Texts = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Served:
    """Whose letter serves each member best, and what the letters' members want."""

    members: pd.DataFrame
    """member_id -> letter (a segment's id), discoveries (a block's name, or nothing)."""
    favourites: dict[str, Scores]
    """By letter: how much its members want each interest."""
    discoveries: dict[str, Scores]
    """By block, and by letter where there are no blocks."""
    novel: Scores
    """How much each of `members` would like to be shown an interest that is new to them."""

    company: Company | None = None
    """Which interests go together."""

    def wants(self, letters: Sequence[str]) -> Scores:
        """Give what the members of some letters want: letters x interests."""
        return np.stack([self.favourites.get(name, self.favourites[GENERIC]) for name in letters])

    def finds(self, blocks: Sequence[str]) -> Scores:
        """Give what some blocks' members would take up."""
        return np.stack([self.discoveries.get(name, self.discoveries[GENERIC]) for name in blocks])


@dataclass(frozen=True)
class Asked:
    """What letters are to hold, and how few members one may serve."""

    slots: Slots
    personal: int
    floor: int
    task: str = "favourites"

    def count(self, kind: str) -> int:
        """Count the places of a kind."""
        return sum(int(getattr(self.slots.of(section), kind)) for section in SECTIONS)

    @property
    def discoveries_alone(self) -> bool:
        """Tell whether letters hold discoveries and no favourites: these then part members."""
        return self.count("discoveries") > 0 and self.count("favourites") == 0


def serve(
    appetite: Appetite, assigned: pd.DataFrame, segments: Sequence[Segment], asked: Asked
) -> Served:
    """Route the members of `assigned` (member_id, segment_id, wishes) to letters."""
    ids = [segment.segment_id for segment in segments if segment.segment_id != GENERIC]
    own = assigned.set_index("member_id").reindex(appetite.members)
    home = pd.Index(ids, dtype=object).get_indexer(pd.Index(own["segment_id"].fillna(GENERIC)))
    wishes = own["wishes"].fillna("").to_numpy(dtype=object)
    likes = _wished(appetite.of(asked.task, home), wishes, appetite.interests)
    novel = _novel(appetite, home, wishes, asked)
    ruled = {ids.index(each.segment_id) for each in segments if each.kind not in (CLUSTER, GENERIC)}
    bound = np.isin(home, list(ruled))
    alone = asked.discoveries_alone and len(novel) > 0
    leading, count = (novel, "discoveries") if alone else (likes, "favourites")
    letters = route(leading, np.where(bound, -1, home), max(asked.count(count), 1), asked.floor)
    of = np.where(bound, home, np.append(letters.kept, -1)[letters.of])
    wants = means(likes, of, len(ids)) if ids else likes[:0]
    told = pd.DataFrame({"letter": np.array([*ids, GENERIC], dtype=object)[of]}, appetite.members)
    favourites = dict(zip(ids, wants, strict=True)) | {GENERIC: _mean(likes)}
    told["discoveries"], found = _discoveries(novel, home, of, asked)
    if not found:
        found = dict(zip(ids, means(novel, of, len(ids)), strict=True)) if len(novel) else {}
    company = Company(appetite.met[asked.task], len(likes), asked.floor)
    return Served(told, favourites, found | {GENERIC: _mean(novel)}, novel, company)


def _mean(scores: Scores) -> Scores:
    """Give what everybody wants; nothing, where nobody is known."""
    if not len(scores):
        return np.zeros(scores.shape[1], dtype=np.float32)
    found: Scores = scores.mean(axis=0, dtype=np.float64).astype(np.float32)
    return found


def _novel(appetite: Appetite, home: Places, wishes: Texts, asked: Asked) -> Scores:
    """Give how much members would like to be shown what is new to them, if any of it is shown."""
    if not asked.count("discoveries") and not asked.personal:
        return np.zeros((0, len(appetite.interests)), dtype=np.float32)
    return _wished(appetite.of("novel", home), wishes, appetite.interests, more=False)


def _discoveries(
    novel: Scores, home: Places, of: Places, asked: Asked
) -> tuple[Texts, dict[str, Scores]]:
    """Give each member's block that is combined with their letter, and what blocks show, if any."""
    none = np.full(len(home), "", dtype=object)
    count = asked.count("discoveries")
    if not count or asked.discoveries_alone or not len(home):
        return none, {}
    blocks: Letters = route(novel, np.where(of >= 0, home, -1), count, asked.floor)
    beside = combined(of, novel, blocks, count, asked.floor)
    names = np.array([f"d{number + 1:03d}" for number in range(len(blocks.kept))] + [""], object)
    return names[beside], dict(zip(names, blocks.wants, strict=False))


def _wished(
    scores: Scores, wishes: Texts, interests: Sequence[str], *, more: bool = True
) -> Scores:
    """Put in what members asked for themselves: it wins over what they spend."""
    names = list(interests)
    for row in np.flatnonzero(wishes != ""):
        wish = Wishes.read(str(wishes[row]))
        scores[row, np.isin(names, list(wish.less))] *= LESS
        scores[row, np.isin(names, list(wish.never))] = 0
        if more:
            scores[row, np.isin(names, list(wish.more))] = ASKED
    return scores
