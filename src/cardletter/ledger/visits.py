"""Visits: what a member says at once in the preference centre, kept whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, func, select

from cardletter.ledger.consents import Act, Consents
from cardletter.ledger.preferences import Preferences
from cardletter.ledger.schema import ERASURES, INTERACTIONS


@dataclass(frozen=True)
class Answer:
    """A member's answer to a survey; not kept where there is another one since a moment."""

    score: int
    words: str
    topic: str
    since: datetime


@dataclass(frozen=True)
class Visit:
    """What one member says in one visit: topics with their values, acts of consent, an answer."""

    member_id: str
    member_key: str
    """The keyed hash by which the member would be known as erased."""
    source: str
    topics: Mapping[str, str] = field(default_factory=dict)
    acts: Sequence[Act] = ()
    answer: Answer | None = None


class Visits(Consents, Preferences):
    """Visits of the ledger."""

    def visit(self, visit: Visit) -> int | None:
        """Record what of a visit changes anything, whole or not at all; give how much that was.

        Of two visits at once, the second finds what the first has changed. Of a member who was
        erased nothing is recorded, and None is given.
        """
        return self.visits([visit])[0]

    def visits(self, visits: Sequence[Visit]) -> list[int | None]:
        """Record several visits together: all of them, or none."""
        with self.writing() as connection:
            # In one order everywhere: two who wait for each other would wait for ever.
            for member_id in sorted({visit.member_id for visit in visits}):
                self._alone(connection, member_id)
            return [self._visit(connection, visit) for visit in visits]

    def _visit(self, connection: Connection, visit: Visit) -> int | None:
        gone = select(ERASURES.c.member_key).where(ERASURES.c.member_key == visit.member_key)
        if connection.scalar(gone):
            return None
        standing = self._standing(connection, visit.member_id)
        acts = [act for act in visit.acts if standing.get(act.purpose) != act.state]
        for act in acts:
            self._act(connection, act)
        said = self._said(connection, visit.member_id) if visit.topics else {}
        new = {t: value for t, value in visit.topics.items() if said.get(t, "") != value}
        self._declare(connection, visit.member_id, new, visit.source)
        return len(acts) + len(new) + self._once(connection, visit.member_id, visit.answer)

    def _once(self, connection: Connection, member_id: str, answer: Answer | None) -> int:
        if answer is None:
            return 0
        mine = (INTERACTIONS.c.member_id == member_id) & (INTERACTIONS.c.kind == "survey")
        lately = select(func.count()).where(mine, INTERACTIONS.c.occurred_at >= answer.since)
        if connection.scalar(lately):
            return 0
        self._answer(connection, member_id, answer.score, answer.words, answer.topic)
        return 1
