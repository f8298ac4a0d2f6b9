"""The ledger: the one operational store. What is written here is never changed, only followed.

Consents are kept as the acts they were; what counts now is the latest act for a member and purpose,
a withdrawal winning over a grant of the same moment. A send is claimed before it is made, once per
edition and member.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import (
    Column,
    DateTime,
    Engine,
    Index,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    case,
    create_engine,
    delete,
    event,
    func,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert

metadata = MetaData()

consents = Table(
    "consents",
    metadata,
    Column("consent_id", Integer, primary_key=True),
    Column("member_id", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("state", String, nullable=False),
    Column("occurred_at", DateTime, nullable=False),
    Column("method", String, nullable=False, default=""),
    Column("wording", Text, nullable=False, default=""),
    Column("source", String, nullable=False, default=""),
    Column("jurisdiction", String, nullable=False, default=""),
    Column("evidence", Text, nullable=False, default=""),
    Column("recorded_at", DateTime, nullable=False),
    # The same act delivered again is the same row.
    UniqueConstraint("member_id", "purpose", "occurred_at", "state", "source"),
)

suppressions = Table(
    "suppressions",
    metadata,
    Column("suppression_id", Integer, primary_key=True),
    Column("member_id", String, nullable=False, index=True),
    Column("reason", String, nullable=False),
    Column("recorded_at", DateTime, nullable=False),
)

editions = Table(
    "editions",
    metadata,
    Column("edition", String, primary_key=True),
    Column("plan", String, nullable=False),
    Column("transport", String, nullable=False),
    Column("frozen_at", DateTime, nullable=False),
    Column("finished_at", DateTime),
)

sends = Table(
    "sends",
    metadata,
    Column("edition", String, primary_key=True),
    Column("member_id", String, primary_key=True),
    Column("message_id", String, nullable=False),
    Column("variant_id", String, nullable=False),
    Column("consent_id", Integer, nullable=False),
    Column("state", String, nullable=False),  # calling, then sent
    Column("claimed_at", DateTime, nullable=False),
    Index("sends_state", "edition", "state"),
)


@dataclass(frozen=True)
class Ledger:
    """One newsletter project's ledger, in a SQLite file that is made when first opened."""

    file: Path

    @cached_property
    def engine(self) -> Engine:
        """Open the database: write-ahead log, so readers never wait; every commit on the disk."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(f"sqlite:///{self.file}", connect_args={"timeout": 60})
        event.listen(engine, "connect", _tune)
        metadata.create_all(engine)
        return engine

    def record_consents(self, acts: Iterable[pd.DataFrame]) -> int:
        """Append acts of consent and give how many were new; columns as in the contract."""
        before = self._count(consents)
        with self.engine.begin() as connection:
            for frame in acts:
                rows: list[Any] = frame.assign(recorded_at=now()).to_dict("records")
                if rows:
                    connection.execute(insert(consents).on_conflict_do_nothing(), rows)
        return self._count(consents) - before

    def consented(self, purpose: str) -> pd.DataFrame:
        """Give member_id, consent_id, state of the latest act of every member for a purpose."""
        return pd.read_sql_query(_latest(purpose), self.engine)

    def suppress(self, members: Iterable[str], reason: str) -> None:
        """Never mail these members again, for a reason."""
        rows = [{"member_id": m, "reason": reason, "recorded_at": now()} for m in members]
        with self.engine.begin() as connection:
            if rows:
                connection.execute(insert(suppressions), rows)

    def suppressed(self) -> set[str]:
        """Give the members who must not be mailed."""
        with self.engine.connect() as connection:
            return set(connection.scalars(select(suppressions.c.member_id)))

    def edition(self, name: str) -> dict[str, Any] | None:
        """Give what is known of an edition that was planned, or None."""
        with self.engine.connect() as connection:
            row = connection.execute(select(editions).where(editions.c.edition == name)).first()
        return None if row is None else dict(row._mapping)  # noqa: SLF001 - public API, oddly named

    def plan(self, name: str, plan: str, transport: str) -> None:
        """Record the plan of an edition; a plan that nothing was sent of is replaced."""
        row = {"edition": name, "plan": plan, "transport": transport, "frozen_at": now()}
        query = insert(editions).values(row)
        with self.engine.begin() as connection:
            connection.execute(query.on_conflict_do_update(index_elements=["edition"], set_=row))

    def finish(self, name: str) -> None:
        """Record that an edition's accounts add up and nothing of it is left to send."""
        query = update(editions).where(editions.c.edition == name).values(finished_at=now())
        with self.engine.begin() as connection:
            connection.execute(query)

    def forget_edition(self, name: str) -> None:
        """Drop an edition's plan and sends: only ever right where nothing left the house."""
        with self.engine.begin() as connection:
            for table in (sends, editions):
                connection.execute(delete(table).where(table.c.edition == name))

    def claim(
        self, edition: str, rows: Sequence[dict[str, Any]], *, again: bool = False
    ) -> set[str]:
        """Claim sends that nobody has claimed, in one transaction; give the members claimed.

        Permission is read again in the same transaction: a member whose latest newsletter act is
        no longer a grant, or who was suppressed since, is not claimed. With `again`, claims that
        a dead run left open are taken over: right only where taking a message twice is harmless.
        """
        members = [row["member_id"] for row in rows]
        latest = _latest("newsletter", members).subquery()
        barred = select(suppressions.c.member_id).where(suppressions.c.member_id.in_(members))
        taken = select(sends.c.member_id).where(
            sends.c.edition == edition, sends.c.member_id.in_(members)
        )
        taken = taken.where(sends.c.state == "sent") if again else taken
        granted = select(latest.c.member_id).where(latest.c.state == "granted")
        with self.engine.begin() as connection:
            # SQLite's driver would begin at the first write: too late for what is read before it.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yes = set(connection.scalars(granted))
            free = yes - set(connection.scalars(barred)) - set(connection.scalars(taken))
            claimed = [
                row | {"edition": edition, "state": "calling", "claimed_at": now()}
                for row in rows
                if row["member_id"] in free
            ]
            if claimed:
                connection.execute(insert(sends).on_conflict_do_nothing(), claimed)
        return free

    def sent(self, edition: str, members: Iterable[str]) -> None:
        """Record that the transport took the messages of these members."""
        query = update(sends).where(
            sends.c.edition == edition, sends.c.member_id.in_(list(members))
        )
        with self.engine.begin() as connection:
            connection.execute(query.values(state="sent"))

    def sends(self, edition: str) -> pd.DataFrame:
        """Give member_id, message_id, variant_id, consent_id, state, claimed_at of every claim."""
        return pd.read_sql_query(select(sends).where(sends.c.edition == edition), self.engine)

    def _count(self, table: Table) -> int:
        with self.engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(table)) or 0


def now() -> datetime:
    """Give this moment in UTC, without a zone: the ledger's clock."""
    return datetime.now(UTC).replace(tzinfo=None)


def _latest(purpose: str, members: Sequence[str] | None = None) -> Select[Any]:
    """Select each (named) member's latest act for a purpose; of one moment, the withdrawal."""
    order = (
        consents.c.occurred_at.desc(),
        case((consents.c.state == "withdrawn", 0), else_=1),
        consents.c.consent_id.desc(),
    )
    rank = func.row_number().over(partition_by=consents.c.member_id, order_by=order).label("rank")
    columns = (consents.c.member_id, consents.c.consent_id, consents.c.state)
    said = select(*columns, rank).where(consents.c.purpose == purpose)
    acts = (said if members is None else said.where(consents.c.member_id.in_(members))).subquery()
    return select(acts.c.member_id, acts.c.consent_id, acts.c.state).where(acts.c.rank == 1)


def _tune(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DB-API connection
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()
