"""Imports, editions and sends: what was taken in, what was planned, and what became of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Join, case, delete, func, insert, select, update

from cardletter.ledger.database import Database, now
from cardletter.ledger.schema import CALLS, EDITIONS, EVENTS, IMPORTS, RELEASES, SENDS

NEVER_LEFT = ("rejected", "failed")
"""Events that say that the provider took a message and then did not send it."""


class Sends(Database):
    """Imports, editions and sends of the ledger."""

    def imported(self, table: str) -> dict[str, Any] | None:
        """Give the last import of a table: rows, recorded_at; or None."""
        query = select(IMPORTS).where(IMPORTS.c.table_name == table)
        rows = self.rows(query.order_by(IMPORTS.c.import_id.desc()).limit(1))
        return rows[0] if rows else None

    def record_import(self, table: str, rows: int) -> None:
        """Record that a table was taken in."""
        row = {"table_name": table, "rows": rows, "recorded_at": now()}
        with self.writing() as connection:
            connection.execute(insert(IMPORTS), [row])

    def edition(self, name: str) -> dict[str, Any] | None:
        """Give what is known of an edition that was planned, or None."""
        rows = self.rows(select(EDITIONS).where(EDITIONS.c.edition == name))
        return rows[0] if rows else None

    def unfinished(self) -> list[str]:
        """Give the editions that were planned and are not finished yet."""
        query = select(EDITIONS.c.edition).where(EDITIONS.c.finished_at.is_(None))
        return sorted(self.values(query))

    def plan(
        self, name: str, plan: str, transport: str, *, not_after: datetime | None = None
    ) -> None:
        """Record the plan of an edition; a plan that nothing was sent of is replaced."""
        row = {"edition": name, "plan": plan, "transport": transport, "frozen_at": now()}
        row |= {"finished_at": None, "receipts_head": "", "not_after": not_after, "paused": ""}
        query = self.insert(EDITIONS).values(row)
        with self.writing() as connection:
            connection.execute(query.on_conflict_do_update(index_elements=["edition"], set_=row))

    def seal(self, name: str, receipts_head: str) -> None:
        """Record the last link of the chain of an edition's receipts."""
        query = update(EDITIONS).where(EDITIONS.c.edition == name)
        with self.writing() as connection:
            connection.execute(query.values(receipts_head=receipts_head))

    def finish(self, name: str) -> None:
        """Record that an edition's accounts add up and nothing of it is left to send."""
        query = update(EDITIONS).where(EDITIONS.c.edition == name).values(finished_at=now())
        with self.writing() as connection:
            connection.execute(query)

    def forget_edition(self, name: str) -> None:
        """Drop an edition's plan and sends: only ever right where nothing left the house."""
        with self.writing() as connection:
            for table in (EVENTS, RELEASES, SENDS, CALLS, EDITIONS):
                connection.execute(delete(table).where(table.c.edition == name))

    def begun(self, name: str) -> bool:
        """Tell whether any call of an edition was ever claimed."""
        query = select(CALLS.c.call).where(CALLS.c.edition == name, CALLS.c.attempts > 0)
        return bool(self.values(query.limit(1)))

    def sends(self, edition: str) -> pd.DataFrame:
        """Give what became of everybody an edition was planned for, one row a member.

        Columns member_id, message_id, variant_id, consent_id, call, claimed_at, state, reason;
        states as in `became`.
        """
        names = ("member_id", "message_id", "variant_id", "consent_id", "call")
        query = select(*(SENDS.c[name] for name in names), CALLS.c.claimed_at, BECAME, REASON)
        query = query.select_from(SENT_IN).where(SENDS.c.edition == edition)
        return pd.read_sql_query(query.order_by(SENDS.c.call, SENDS.c.message_id), self.engine)

    def readers(self, edition: str) -> set[str]:
        """Give the members whom an edition's letter was sent to."""
        query = select(SENDS.c.member_id).select_from(SENT_IN).where(SENDS.c.edition == edition)
        return self.values(query.where(BECAME == "sent"))

    def counts(self, edition: str) -> list[dict[str, Any]]:
        """Count an edition's sends: state, reason, members."""
        each = select(BECAME, REASON).select_from(SENT_IN).where(SENDS.c.edition == edition)
        became = each.subquery()
        what = (became.c.state, became.c.reason)
        query = select(*what, func.count().label("members")).group_by(*what)
        return self.rows(query.order_by(*what))

    def sent_since(self, moment: datetime, *, but: str) -> pd.DataFrame:
        """Give member_id, letters (how many since a moment), last_at; one edition left out."""
        query = (
            select(
                SENDS.c.member_id,
                func.count().label("letters"),
                func.max(CALLS.c.claimed_at).label("last_at"),
            )
            .select_from(SENT_IN)
            .where(CALLS.c.claimed_at >= moment, SENDS.c.edition != but)
            .where(SENDS.c.state.in_(["", "sent", "unknown"]))
            .group_by(SENDS.c.member_id)
        )
        return pd.read_sql_query(query, self.engine, parse_dates=["last_at"])

    def sends_of(self, member_id: str) -> list[dict[str, Any]]:
        """Give every edition a member was planned for, and what became of it."""
        names = ("edition", "member_id", "message_id", "variant_id", "consent_id")
        query = select(*(SENDS.c[name] for name in names), CALLS.c.claimed_at, BECAME, REASON)
        query = query.select_from(SENT_IN).where(SENDS.c.member_id == member_id)
        return self.rows(query.order_by(CALLS.c.claimed_at, SENDS.c.edition))

    @contextmanager
    def _edition_alone(self, name: str) -> Iterator[Connection]:
        """Write of an edition while nobody else does."""
        with self.writing() as connection:
            query = select(EDITIONS.c.edition).where(EDITIONS.c.edition == name)
            connection.execute(query.with_for_update())  # SQLite lets one write at a time anyway
            yield connection


def _told(*kinds: str) -> ColumnElement[bool]:
    """Tell whether any event, or one of some kinds, was told of a send's message."""
    query = select(EVENTS.c.event_id).where(
        EVENTS.c.message_id == SENDS.c.message_id, EVENTS.c.message_id != "", EVENTS.c.orphan == ""
    )
    query = query.where(EVENTS.c.kind.in_(kinds)) if kinds else query
    return query.correlate(SENDS).exists()


SENT_IN: Join = SENDS.join(
    CALLS, (CALLS.c.edition == SENDS.c.edition) & (CALLS.c.call == SENDS.c.call)
)
_DOUBTFUL = (SENDS.c.state == "unknown") | ((SENDS.c.state == "") & (CALLS.c.state == "unknown"))

# What became of a send follows from what was written of it, of its call, and of its events, in
# whatever order those came: planned, calling, sent, unknown, refused or rejected.
BECAME = case(
    (_told(*NEVER_LEFT), "rejected"),
    (_DOUBTFUL & _told(), "sent"),
    (_DOUBTFUL, "unknown"),
    (SENDS.c.state != "", SENDS.c.state),
    (CALLS.c.state == "done", "sent"),
    else_=CALLS.c.state,
).label("state")
REASON = case(
    (_told(*NEVER_LEFT), "not_sent_by_provider"),
    (_DOUBTFUL & _told(), ""),
    (_DOUBTFUL & (SENDS.c.reason == ""), CALLS.c.code),
    else_=SENDS.c.reason,
).label("reason")
