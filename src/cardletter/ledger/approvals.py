"""Approvals: who let an edition go out, and what exactly they had before them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select

from cardletter.ledger.database import Database, now
from cardletter.ledger.schema import APPROVALS


class Approvals(Database):
    """Approvals of the ledger: each is kept as it was given, and whether it holds is derived."""

    def approve(self, edition: str, given_by: str, why: str, of: Mapping[str, object]) -> None:
        """Record that a person approved an edition, and what of it they approved."""
        row = {"edition": edition, "given_by": given_by, "why": why, "given_at": now(), **of}
        with self.writing() as connection:
            connection.execute(insert(APPROVALS), [row])

    def approvals(self, edition: str) -> list[dict[str, Any]]:
        """Give every approval of an edition that was ever given, in order."""
        query = select(APPROVALS).where(APPROVALS.c.edition == edition)
        return self.rows(query.order_by(APPROVALS.c.approval_id))
