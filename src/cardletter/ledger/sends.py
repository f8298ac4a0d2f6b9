"""Imports, editions and sends: what was taken in, planned, claimed and sent."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Column, Select, delete, func, insert, select, update

from cardletter.ledger.database import Database, now
from cardletter.ledger.schema import EDITIONS, IMPORTS, SENDS, STANDING, SUPPRESSIONS


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

    def plan(self, name: str, plan: str, transport: str) -> None:
        """Record the plan of an edition; a plan that nothing was sent of is replaced."""
        row = {"edition": name, "plan": plan, "transport": transport, "frozen_at": now()}
        row |= {"finished_at": None, "receipts_head": ""}
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
            for table in (SENDS, EDITIONS):
                connection.execute(delete(table).where(table.c.edition == name))

    def claim(
        self,
        edition: str,
        rows: Sequence[dict[str, Any]],
        *,
        again: bool = False,
        marketing: bool = True,
    ) -> set[str]:
        """Claim sends that nobody has claimed, in one transaction; give the members claimed.

        Permission is read again in the same transaction: a member whose latest newsletter act is
        no longer a grant (unless the letter is no marketing), or who was suppressed since, is not
        claimed. With `again`, claims that a dead run left open are taken over: right only where
        taking a message twice is harmless. A row may carry `address_key`.
        """
        members = [row["member_id"] for row in rows]
        keys = {row["member_id"]: row.get("address_key", "") for row in rows}
        with self.writing() as connection:
            free = set(connection.scalars(_granted(members))) if marketing else set(members)
            free -= set(connection.scalars(_barred(SUPPRESSIONS.c.member_id, members)))
            barred = set(
                connection.scalars(
                    _barred(SUPPRESSIONS.c.address_key, [k for k in keys.values() if k])
                )
            )
            claims = [
                {name: value for name, value in row.items() if name != "address_key"}
                | {"edition": edition, "state": "calling", "claimed_at": now()}
                for row in rows
                if row["member_id"] in free and keys[row["member_id"]] not in barred
            ]
            if not claims:
                return set()
            # Of two who claim at once, the database gives each member to one.
            made = self.insert(SENDS).on_conflict_do_nothing().returning(SENDS.c.member_id)
            got = set(connection.scalars(made, claims))
            mine = {claim["member_id"] for claim in claims} - got
            if again and mine:
                open_claims = select(SENDS.c.member_id).where(
                    SENDS.c.edition == edition,
                    SENDS.c.member_id.in_(mine),
                    SENDS.c.state == "calling",
                )
                got |= set(connection.scalars(open_claims))
        return got

    def sent(self, edition: str, members: Iterable[str]) -> None:
        """Record that the transport took the messages of these members."""
        query = update(SENDS).where(
            SENDS.c.edition == edition, SENDS.c.member_id.in_(list(members))
        )
        with self.writing() as connection:
            connection.execute(query.values(state="sent"))

    def sends(self, edition: str) -> pd.DataFrame:
        """Give member_id, message_id, variant_id, consent_id, state, claimed_at of every claim."""
        return pd.read_sql_query(select(SENDS).where(SENDS.c.edition == edition), self.engine)

    def sent_since(self, moment: datetime, *, but: str) -> pd.DataFrame:
        """Give member_id, letters (how many since a moment), last_at; one edition left out."""
        query = (
            select(
                SENDS.c.member_id,
                func.count().label("letters"),
                func.max(SENDS.c.claimed_at).label("last_at"),
            )
            .where(SENDS.c.claimed_at >= moment, SENDS.c.edition != but)
            .group_by(SENDS.c.member_id)
        )
        return pd.read_sql_query(query, self.engine, parse_dates=["last_at"])

    def sends_of(self, member_id: str) -> list[dict[str, Any]]:
        """Give every edition a member was sent."""
        query = select(SENDS).where(SENDS.c.member_id == member_id).order_by(SENDS.c.claimed_at)
        return self.rows(query)


def _granted(members: Sequence[str]) -> Select[Any]:
    return select(STANDING.c.member_id).where(
        STANDING.c.purpose == "newsletter",
        STANDING.c.state == "granted",
        STANDING.c.member_id.in_(members),
    )


def _barred(column: Column[str], values: Sequence[str]) -> Select[Any]:
    return select(column).where(column.in_(values))
