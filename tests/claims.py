"""Claims for tests: members planned and claimed in one step, as senders do one after the other."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from cardletter.ledger import Claim, Ledger, Planned

LEASE = timedelta(seconds=30)


def planned(row: Mapping[str, Any], *, marketing: bool = True, tracked: bool = False) -> Planned:
    names = ("member_id", "message_id", "variant_id", "consent_id")
    own = [row[name] for name in names]
    return Planned(*own, str(row.get("address_key", "")), marketing, tracked)


def claims(
    ledger: Ledger, edition: str, rows: Iterable[Mapping[str, Any]], size: int = 50
) -> list[Claim]:
    """Plan these members as well, and claim all that is planned."""
    if ledger.edition(edition) is None:
        ledger.plan(edition, "plan", "outbox")
    ledger.plan_sends(edition, map(planned, rows), size)
    epoch, found = ledger.begin_sending(edition), []
    while isinstance(claim := ledger.claim(edition, epoch, LEASE), Claim):
        found.append(claim)
    assert claim == "nothing"
    return found


def claimed(ledger: Ledger, edition: str, rows: Iterable[Mapping[str, Any]]) -> set[str]:
    """Plan these members as well, and claim all that is planned; give whom."""
    return {member for claim in claims(ledger, edition, rows) for member, _ in claim.members}
