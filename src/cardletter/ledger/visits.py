"""Visits: what a member says at once in the preference centre, kept whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from cardletter.ledger.consents import Act, Consents
from cardletter.ledger.database import now
from cardletter.ledger.preferences import Preferences
from cardletter.ledger.schema import INTERACTIONS, PREFERENCES


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
    source: str
    topics: Mapping[str, str] = field(default_factory=dict)
    acts: Sequence[Act] = ()
    answer: Answer | None = None


class Visits(Consents, Preferences):
    """Visits of the ledger."""

    def visit(self, visit: Visit) -> int:
        """Record what of a visit changes anything, whole or not at all; give how much that was.

        Of two visits at once, the second finds what the first has changed.
        """
        with self.writing() as connection:
            self._alone(connection, visit.member_id)
            standing = self._standing(connection, visit.member_id)
            acts = [act for act in visit.acts if standing.get(act.purpose) != act.state]
            for act in acts:
                self._act(connection, act)
            said = self._said(connection, visit)
            answers = self._answers(connection, visit)
            return len(acts) + said + answers

    def _said(self, connection: Connection, visit: Visit) -> int:
        query = select(PREFERENCES.c.topic, PREFERENCES.c.value)
        query = query.where(PREFERENCES.c.member_id == visit.member_id)
        rows = connection.execute(query.order_by(PREFERENCES.c.preference_id))
        before = {row.topic: row.value for row in rows}
        changed = {
            topic: value for topic, value in visit.topics.items() if before.get(topic, "") != value
        }
        if changed:
            connection.execute(insert(PREFERENCES), list(_rows(visit, changed)))
        return len(changed)

    def _answers(self, connection: Connection, visit: Visit) -> int:
        answer = visit.answer
        if answer is None:
            return 0
        same = (INTERACTIONS.c.member_id == visit.member_id) & (INTERACTIONS.c.kind == "survey")
        lately = select(func.count()).where(same, INTERACTIONS.c.occurred_at >= answer.since)
        if connection.scalar(lately):
            return 0
        row = {"member_id": visit.member_id, "kind": "survey", "occurred_at": now()}
        row |= {"score": answer.score, "text": answer.words, "topic": answer.topic}
        connection.execute(insert(INTERACTIONS), [row])
        return 1


def _rows(visit: Visit, topics: Mapping[str, str]) -> Any:  # noqa: ANN401
    for topic, value in topics.items():
        row = {"member_id": visit.member_id, "topic": topic, "value": value}
        yield row | {"source": visit.source, "recorded_at": now()}
