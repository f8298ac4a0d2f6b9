"""Events: what was reported of messages, and what that comes to."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pandas as pd
from sqlalchemy import exists, func, select

from cardletter.ledger.book import MAY_TRACK, SENT, Book, Sent
from cardletter.ledger.consents import Consents
from cardletter.ledger.schema import EDITIONS, EVENTS, SENDS
from cardletter.ledger.sends import BECAME


class Events(Consents):
    """Events of the ledger."""

    @contextmanager
    def taking_in(self) -> Iterator[Book]:
        """Take in events, while nobody else does."""
        with self.writing() as connection:
            self._alone(connection, "events")
            yield Book(self, connection)

    def left(self, edition: str) -> list[Sent]:
        """Give the messages of an edition that left, in the order of their ids."""
        query = SENT.where(SENDS.c.edition == edition, SENDS.c.message_id != "")
        query = query.where(BECAME == "sent").order_by(SENDS.c.message_id)
        return [Sent(**row) for row in self.rows(query)]

    def outcomes(self, edition: str) -> dict[tuple[str, str], int]:
        """Count an edition's messages since it was last resumed: (kind, reason) -> messages."""
        resumed = select(EDITIONS.c.resumed_at).where(EDITIONS.c.edition == edition)
        since = resumed.scalar_subquery()
        messages = func.count(EVENTS.c.message_id.distinct())
        query = select(EVENTS.c.kind, EVENTS.c.reason, messages.label("messages")).where(
            EVENTS.c.edition == edition,
            EVENTS.c.orphan == "",
            since.is_(None) | (EVENTS.c.occurred_at > since),
        )
        rows = self.rows(query.group_by(EVENTS.c.kind, EVENTS.c.reason))
        return {(row["kind"], row["reason"]): row["messages"] for row in rows}

    def landed(self, edition: str) -> int:
        """Count an edition's messages since it was last resumed that arrived or came back."""
        resumed = select(EDITIONS.c.resumed_at).where(EDITIONS.c.edition == edition)
        since = resumed.scalar_subquery()
        query = select(func.count(EVENTS.c.message_id.distinct()).label("messages")).where(
            EVENTS.c.edition == edition,
            EVENTS.c.orphan == "",
            EVENTS.c.kind.in_(["delivered", "bounced"]),
            since.is_(None) | (EVENTS.c.occurred_at > since),
        )
        return int(self.rows(query)[0]["messages"])

    def reported(self, edition: str) -> dict[str, int]:
        """Count the messages of an edition of which each kind of thing was told."""
        messages = func.count(EVENTS.c.message_id.distinct()).label("messages")
        query = select(EVENTS.c.kind, messages).where(
            EVENTS.c.edition == edition, EVENTS.c.orphan == ""
        )
        return {row["kind"]: row["messages"] for row in self.rows(query.group_by(EVENTS.c.kind))}

    def told_of(self, member_id: str, edition: str) -> list[tuple[str, str, datetime]]:
        """Give what was told of a member's message, in the order in which it happened."""
        query = (
            select(EVENTS.c.kind, EVENTS.c.reason, EVENTS.c.occurred_at)
            .join(SENDS, SENDS.c.message_id == EVENTS.c.message_id)
            .where(SENDS.c.member_id == member_id, SENDS.c.edition == edition)
            .where(EVENTS.c.orphan == "", EVENTS.c.message_id != "")
            .order_by(EVENTS.c.occurred_at, EVENTS.c.event_id)
        )
        return [(row["kind"], row["reason"], row["occurred_at"]) for row in self.rows(query)]

    def happened(
        self, kind: str, edition: str, *, tracked: bool = False, also: str = ""
    ) -> pd.DataFrame:
        """Give what happened to an edition's messages, by no machine that is known as one.

        Columns member_id, message_id, link, occurred_at; `tracked`: only of those who may still be;
        `also`: only of messages of which this kind was told, too.
        """
        query = (
            select(SENDS.c.member_id, EVENTS.c.message_id, EVENTS.c.link, EVENTS.c.occurred_at)
            .join(SENDS, SENDS.c.message_id == EVENTS.c.message_id)
            .where(EVENTS.c.edition == edition, EVENTS.c.kind == kind, EVENTS.c.orphan == "")
            .where(EVENTS.c.machine.is_(False), EVENTS.c.message_id != "")
        )
        if tracked:
            query = query.where(MAY_TRACK)
        if also:
            other = EVENTS.alias()
            same = other.c.message_id == EVENTS.c.message_id
            query = query.where(exists().where(same, other.c.kind == also))
        return pd.read_sql_query(query, self.engine, parse_dates=["occurred_at"])
