"""Consents: every act as it was told, and what counts now."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, case, func, select

from cardletter.ledger.database import Database, now
from cardletter.ledger.schema import CONSENTS, STANDING, WORDINGS


@dataclass(frozen=True)
class Act:
    """One member's yes or no to one purpose, as it happened now."""

    member_id: str
    purpose: str
    state: str
    method: str
    wording: str
    version: str = ""
    source: str = ""
    jurisdiction: str = ""
    evidence: str = ""


class Consents(Database):
    """Consents of the ledger."""

    def record_consents(self, acts: Iterable[pd.DataFrame]) -> int:
        """Append acts of consent, columns as in the contract; give how many were new."""
        with self.writing() as connection:
            before = connection.scalar(select(func.max(CONSENTS.c.consent_id))) or 0
            for frame in acts:
                hashed = frame.assign(wording_hash=frame["wording"].map(_hash), recorded_at=now())
                self._keep_wordings(connection, frame["wording"].unique())
                rows: list[Any] = hashed.drop(columns="wording").to_dict("records")
                if rows:
                    connection.execute(self.insert(CONSENTS).on_conflict_do_nothing(), rows)
            self._follow(connection, before)
            new = select(func.count()).where(CONSENTS.c.consent_id > before)
            return connection.scalar(new) or 0

    def act(self, *acts: Act) -> None:
        """Record what members do now.

        The ledger's order is the order of what happens here: an act is never dated before the one
        it follows, whatever the clocks of several machines say.
        """
        with self.writing() as connection:
            for each in acts:
                before = connection.scalar(select(func.max(CONSENTS.c.consent_id))) or 0
                same = and_(
                    STANDING.c.member_id == each.member_id, STANDING.c.purpose == each.purpose
                )
                last = connection.execute(
                    select(STANDING.c.occurred_at, STANDING.c.state).where(same)
                ).first()
                row = asdict(each)
                self._keep_wordings(connection, [each.wording])
                row["wording_hash"] = _hash(row.pop("wording"))
                row |= {"occurred_at": _after(last, each.state), "recorded_at": now()}
                connection.execute(self.insert(CONSENTS).on_conflict_do_nothing(), [row])
                self._follow(connection, before)

    def consented(self, purpose: str) -> pd.DataFrame:
        """Give member_id, consent_id, state, occurred_at, method, jurisdiction now, per member."""
        query = select(STANDING).where(STANDING.c.purpose == purpose)
        return pd.read_sql_query(query, self.engine).drop(columns="purpose")

    def history(self, member_id: str) -> list[dict[str, Any]]:
        """Give every act of a member with its wording, in the order they were recorded."""
        query = (
            select(CONSENTS, WORDINGS.c.wording)
            .outerjoin(WORDINGS, WORDINGS.c.wording_hash == CONSENTS.c.wording_hash)
            .where(CONSENTS.c.member_id == member_id)
            .order_by(CONSENTS.c.consent_id)
        )
        return self.rows(query)

    def _keep_wordings(self, connection: Connection, wordings: Iterable[str]) -> None:
        rows = [{"wording_hash": _hash(wording), "wording": wording} for wording in wordings]
        if rows:
            connection.execute(self.insert(WORDINGS).on_conflict_do_nothing(), rows)

    def _follow(self, connection: Connection, before: int) -> None:
        """Bring `standing` up to date with the acts recorded after one."""
        order = (
            func.date_trunc("second", CONSENTS.c.occurred_at).desc()
            if self.engine.dialect.name == "postgresql"
            else func.strftime("%Y-%m-%d %H:%M:%S", CONSENTS.c.occurred_at).desc(),
            case((CONSENTS.c.state == "withdrawn", 0), else_=1),
            CONSENTS.c.consent_id.desc(),
        )
        groups = [CONSENTS.c.member_id, CONSENTS.c.purpose]
        rank = func.row_number().over(partition_by=groups, order_by=order).label("rank")
        names = [column.name for column in STANDING.columns]
        touched = select(*groups).where(CONSENTS.c.consent_id > before).distinct().subquery()
        acts = (
            select(*(CONSENTS.c[name] for name in names), rank)
            .join(touched, and_(*(touched.c[g.name] == g for g in groups)))
            .subquery()
        )
        latest = select(*(acts.c[name] for name in names)).where(acts.c.rank == 1)
        query = self.insert(STANDING).from_select(names, latest)
        changed = {name: query.excluded[name] for name in names[2:]}
        connection.execute(
            query.on_conflict_do_update(index_elements=["member_id", "purpose"], set_=changed)
        )


def _hash(wording: str) -> str:
    return hashlib.sha256(wording.encode()).hexdigest()


def _after(last: Any, state: str) -> datetime:  # noqa: ANN401 - a row of standing, or None
    """Give the time of an act that follows another: never before it, and a grant a second later.

    Within a second a withdrawal wins, so a grant that truly follows one is dated the next.
    """
    moment = now()
    if last is None:
        return moment
    before: datetime = last.occurred_at
    if state == "granted" and last.state == "withdrawn":
        before = before.replace(microsecond=0) + timedelta(seconds=1)
    return max(moment, before)
