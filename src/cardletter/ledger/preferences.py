"""Preferences: what members tell us, in the preference centre and in surveys."""

from typing import Any

import pandas as pd
from sqlalchemy import func, insert, select

from cardletter.ledger.database import Database, now
from cardletter.ledger.schema import INTERACTIONS, PREFERENCES


class Preferences(Database):
    """Preferences and interactions of the ledger."""

    def declare(self, member_id: str, said: dict[str, str], source: str) -> None:
        """Record what a member tells us: topic -> value; an empty value takes a word back."""
        rows = [
            {"member_id": member_id, "topic": topic, "value": value, "source": source}
            | {"recorded_at": now()}
            for topic, value in said.items()
        ]
        if rows:
            with self.writing() as connection:
                connection.execute(insert(PREFERENCES), rows)

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
        row = {"member_id": member_id, "kind": "survey", "occurred_at": now(), "score": score}
        with self.writing() as connection:
            connection.execute(insert(INTERACTIONS), [row | {"text": words, "topic": topic}])

    def interactions(self, member_id: str) -> list[dict[str, Any]]:
        """Give a member's interactions, oldest first."""
        query = select(INTERACTIONS).where(INTERACTIONS.c.member_id == member_id)
        return self.rows(query.order_by(INTERACTIONS.c.interaction_id))
