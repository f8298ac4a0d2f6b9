"""Consents: every act as it was told, and what counts now."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Subquery, and_, bindparam, case, func, select

from cardletter.ledger.database import Database, MemberKey, now
from cardletter.ledger.schema import CONSENTS, ERASURES, STANDING, WORDINGS

ACT = [column.name for column in CONSENTS.columns if not column.primary_key]
"""What is recorded of an act."""


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

    def record_consents(self, acts: Iterable[pd.DataFrame], member_key: MemberKey = str) -> int:
        """Append acts of consent, columns as in the contract; give how many were new.

        Each frame is a transaction of its own, so that nobody who unsubscribes waits for all of
        them. Members who were erased, even meanwhile, are left out; `member_key` knows them.
        """
        return sum(self._record(frame, member_key) for frame in self._in_turn(acts))

    def _record(self, frame: pd.DataFrame, member_key: MemberKey) -> int:
        # By itself: whoever keeps the same wording now may have to wait for what comes next.
        with self.writing() as connection:
            self._keep_wordings(connection, frame["wording"].unique())
        with self.writing() as connection:
            kept = self._unerased(connection, CONSENTS, frame, member_key)
            before = connection.scalar(select(func.max(CONSENTS.c.consent_id))) or 0
            hashed = kept.assign(wording_hash=kept["wording"].map(_hash), recorded_at=now())
            told = hashed.reindex(columns=ACT, fill_value="")
            columns = {name: told[name].astype(object).tolist() for name in ACT}
            self.write_rows(connection, CONSENTS, columns, known="stays")
            self._follow(connection, before)
            new = select(func.count()).where(CONSENTS.c.consent_id > before)
            return connection.scalar(new) or 0

    def act(self, *acts: Act, member_key: str = "") -> bool:
        """Record what members do now, or one does; give whether it is recorded.

        With the keyed hash by which the member would be known as erased, nothing is recorded of a
        member who was erased, be it at this moment. The ledger's order is the order of what happens
        here: an act is never dated before the one it follows, whatever the clocks of several
        machines say.
        """
        with self.writing() as connection:
            for each in acts:
                self._alone(connection, each.member_id)
                gone = select(ERASURES.c.member_key).where(ERASURES.c.member_key == member_key)
                if member_key and connection.scalar(gone):
                    return False
                self._act(connection, each)
        return True

    def _act(self, connection: Connection, act: Act) -> None:
        before = connection.scalar(select(func.max(CONSENTS.c.consent_id))) or 0
        same = and_(STANDING.c.member_id == act.member_id, STANDING.c.purpose == act.purpose)
        last = connection.execute(select(STANDING.c.occurred_at, STANDING.c.state).where(same))
        row = asdict(act)
        self._keep_wordings(connection, [act.wording])
        row["wording_hash"] = _hash(row.pop("wording"))
        row |= {"occurred_at": _after(last.first(), act.state), "recorded_at": now()}
        connection.execute(self.insert(CONSENTS).on_conflict_do_nothing(), [row])
        self._follow(connection, before)

    def standing(self, member_id: str) -> dict[str, str]:
        """Give a member's state now by purpose; what was never said is not in it."""
        with self.engine.connect() as connection:
            return self._standing(connection, member_id)

    def _standing(self, connection: Connection, member_id: str) -> dict[str, str]:
        query = select(STANDING.c.purpose, STANDING.c.state)
        rows = connection.execute(query.where(STANDING.c.member_id == member_id))
        return {row.purpose: row.state for row in rows}

    def counting(self, member_id: str) -> set[int]:
        """Give the consent_id of a member's latest act for each purpose."""
        return self.values(select(STANDING.c.consent_id).where(STANDING.c.member_id == member_id))

    def consented(self, purpose: str) -> pd.DataFrame:
        """Give member_id, consent_id, state, occurred_at, method, jurisdiction now, per member."""
        query = select(STANDING).where(STANDING.c.purpose == purpose)
        return pd.read_sql_query(query, self.engine).drop(columns="purpose")

    def members(self) -> set[str]:
        """Give everybody who ever said anything and was not erased."""
        return self.values(select(STANDING.c.member_id).distinct())

    def resting_on(self, wordings: Collection[str]) -> set[int]:
        """Give the consent_id of each act that counts now and is to one of these wordings."""
        same = CONSENTS.c.consent_id == STANDING.c.consent_id
        query = select(STANDING.c.consent_id).join(CONSENTS, same)
        return self.values(query.where(CONSENTS.c.wording_hash.in_(list(wordings))))

    def history(self, member_id: str) -> list[dict[str, Any]]:
        """Give every act of a member with its wording, in the order they were recorded."""
        query = (
            select(CONSENTS, WORDINGS.c.wording)
            .outerjoin(WORDINGS, WORDINGS.c.wording_hash == CONSENTS.c.wording_hash)
            .where(CONSENTS.c.member_id == member_id)
            .order_by(CONSENTS.c.consent_id)
        )
        return self.rows(query)

    def wordings(self) -> dict[str, str]:
        """Give every wording that was ever shown, by its hash."""
        rows = self.rows(select(WORDINGS))
        return {row["wording_hash"]: row["wording"] for row in rows}

    def _keep_wordings(self, connection: Connection, wordings: Iterable[str]) -> None:
        rows = [{"wording_hash": _hash(wording), "wording": wording} for wording in wordings]
        if rows:
            connection.execute(self.insert(WORDINGS).on_conflict_do_nothing(), rows)

    def _follow(self, connection: Connection, before: int) -> None:
        """Bring `standing` up to date with the acts recorded after one.

        Whoever else writes of the same members is waited for first, so that their acts are seen;
        SQLite lets one write at a time anyway.
        """
        for query in self._following:
            connection.execute(query, {"before": before})

    @cached_property
    def _following(self) -> list[Any]:
        """Build the statements once: for a single act, that costs more than running them."""
        groups = [CONSENTS.c.member_id, CONSENTS.c.purpose]
        newer = CONSENTS.c.consent_id > bindparam("before")
        touched = select(*groups).where(newer).distinct().subquery()
        if self.engine.dialect.name == "postgresql":
            second = func.date_trunc("second", CONSENTS.c.occurred_at)
            return [_waiting(touched), self._upsert(touched, second)]
        second = func.strftime("%Y-%m-%d %H:%M:%S", CONSENTS.c.occurred_at)
        return [self._upsert(touched, second)]

    def _upsert(self, touched: Subquery, second: ColumnElement[Any]) -> Any:  # noqa: ANN401
        yes = case((CONSENTS.c.state == "withdrawn", 0), else_=1)
        order = (second.desc(), yes, CONSENTS.c.consent_id.desc())
        groups = [CONSENTS.c.member_id, CONSENTS.c.purpose]
        rank = func.row_number().over(partition_by=groups, order_by=order).label("rank")
        names = [column.name for column in STANDING.columns]
        acts = (
            select(*(CONSENTS.c[name] for name in names), rank)
            .join(touched, and_(*(touched.c[g.name] == g for g in groups)))
            .subquery()
        )
        latest = select(*(acts.c[name] for name in names)).where(acts.c.rank == 1)
        query = self.insert(STANDING).from_select(names, latest)
        changed = {name: query.excluded[name] for name in names[2:]}
        return query.on_conflict_do_update(index_elements=["member_id", "purpose"], set_=changed)


def _waiting(touched: Subquery) -> Any:  # noqa: ANN401 - a select
    same = and_(*(touched.c[name] == STANDING.c[name] for name in ("member_id", "purpose")))
    rows = select(STANDING.c.consent_id).join(touched, same)
    ordered = rows.order_by(STANDING.c.member_id, STANDING.c.purpose)
    held = ordered.with_for_update(of=STANDING).subquery()
    return select(func.count()).select_from(held)


@lru_cache(maxsize=256)
def _hash(wording: str) -> str:
    return hashlib.sha256(wording.encode()).hexdigest()


def _after(last: Any, state: str) -> datetime:  # noqa: ANN401 - a row of standing, or None
    """Give the time of an act that follows another: after it, and a grant a second after a no.

    Within a second a withdrawal wins, so a grant that truly follows one is dated the next.
    """
    moment = now()
    if last is None:
        return moment
    after: datetime = last.occurred_at + timedelta(microseconds=1)
    if state == "granted" and last.state == "withdrawn":
        after = last.occurred_at.replace(microsecond=0) + timedelta(seconds=1)
    return max(moment, after)
