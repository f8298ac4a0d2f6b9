"""Preferences: what members tell us, in the preference centre and in surveys."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, insert, select

from cardletter.ledger.database import Database, MemberKey, now
from cardletter.ledger.schema import INTERACTIONS, PREFERENCES

HEARD = ("member_id", "kind", "occurred_at", "score", "text", "topic")


class Preferences(Database):
    """Preferences and interactions of the ledger."""

    def declare(self, member_id: str, said: dict[str, str], source: str) -> None:
        """Record what a member tells us: topic -> value; an empty value takes a word back."""
        with self.writing() as connection:
            self._declare(connection, member_id, said, source)

    def _declare(
        self, connection: Connection, member_id: str, said: Mapping[str, str], source: str
    ) -> None:
        rows = [
            {"member_id": member_id, "topic": topic, "value": value, "source": source}
            | {"recorded_at": now()}
            for topic, value in said.items()
        ]
        if rows:
            connection.execute(insert(PREFERENCES), rows)

    def wishes(self, member_id: str) -> dict[str, str]:
        """Give one member's latest word by topic; what was taken back is not in it."""
        with self.engine.connect() as connection:
            said = self._said(connection, member_id)
        return {topic: value for topic, value in said.items() if value}

    def _said(self, connection: Connection, member_id: str) -> dict[str, str]:
        query = select(PREFERENCES.c.topic, PREFERENCES.c.value)
        query = query.where(PREFERENCES.c.member_id == member_id)
        rows = connection.execute(query.order_by(PREFERENCES.c.preference_id))
        return {row.topic: row.value for row in rows}

    def declared(self, member_id: str | None = None) -> pd.DataFrame:
        """Give member_id, topic, value of the latest word on each topic not taken back."""
        latest = select(func.max(PREFERENCES.c.preference_id))
        latest = latest.group_by(PREFERENCES.c.member_id, PREFERENCES.c.topic)
        if member_id is not None:
            latest = latest.where(PREFERENCES.c.member_id == member_id)
        query = select(PREFERENCES.c.member_id, PREFERENCES.c.topic, PREFERENCES.c.value).where(
            PREFERENCES.c.preference_id.in_(latest), PREFERENCES.c.value != ""
        )
        return pd.read_sql_query(query.order_by(PREFERENCES.c.preference_id), self.engine)

    def answer(self, member_id: str, score: int, words: str, topic: str) -> None:
        """Record a member's answer to a survey."""
        with self.writing() as connection:
            self._answer(connection, member_id, score, words, topic)

    def _answer(
        self, connection: Connection, member_id: str, score: int, words: str, topic: str
    ) -> None:
        row = {"member_id": member_id, "kind": "survey", "occurred_at": now(), "score": score}
        connection.execute(insert(INTERACTIONS), [row | {"text": words, "topic": topic}])

    def record_interactions(self, told: Iterable[pd.DataFrame], member_key: MemberKey = str) -> int:
        """Append what the issuer heard of members, columns as in the contract; give the new ones.

        What was told before adds nothing. Members who were erased are left out.
        """
        return sum(self._hear(frame, member_key) for frame in self._in_turn(told))

    def _hear(self, frame: pd.DataFrame, member_key: MemberKey) -> int:
        with self.writing() as connection:
            kept = self._unerased(connection, INTERACTIONS, frame, member_key)
            columns = [INTERACTIONS.c[name] for name in HEARD]
            theirs = INTERACTIONS.c.member_id.in_(kept["member_id"].unique().tolist())
            known = {tuple(row) for row in connection.execute(select(*columns).where(theirs))}
            told = (dict(zip(HEARD, row, strict=True)) for row in dict.fromkeys(_rows(kept)))
            new = [row for row in told if tuple(row.values()) not in known]
            if new:
                connection.execute(insert(INTERACTIONS), new)
            return len(new)

    def interactions(self, member_id: str) -> list[dict[str, Any]]:
        """Give a member's interactions, oldest first."""
        query = select(INTERACTIONS).where(INTERACTIONS.c.member_id == member_id)
        return self.rows(query.order_by(INTERACTIONS.c.interaction_id))

    def redemptions(self) -> pd.DataFrame:
        """Give which offers members redeemed, and when: member_id, item_id, occurred_at."""
        columns = (INTERACTIONS.c.member_id, INTERACTIONS.c.topic.label("item_id"))
        query = select(*columns, INTERACTIONS.c.occurred_at)
        query = query.where(INTERACTIONS.c.kind == "redemption", INTERACTIONS.c.topic != "")
        return pd.read_sql_query(query, self.engine, parse_dates=["occurred_at"])


def _rows(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    for row in frame[list(HEARD)].itertuples(index=False, name=None):
        yield tuple(None if pd.isna(value) else _own(value) for value in row)


def _own(value: Any) -> Any:  # noqa: ANN401 - a cell
    """Give a cell as the database gives it back."""
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    return int(value) if isinstance(value, float) else value
