"""Files of consents for imports, and what came of them."""

from pathlib import Path

import pandas as pd
import pytest

from cardletter.errors import SourceError
from cardletter.links import keyed_hash
from cardletter.permission.imports import Taken, import_consents
from cardletter.workspace import Workspace
from tiny import PEOPLE, put

Changes = dict[str, str]
YES = {
    "member_id": "00124",
    "purpose": "newsletter",
    "state": "granted",
    "occurred_at": "2026-02-01T10:00:00Z",
    "method": "web_form",
    "wording": "Yes, write to me.",
}


def crm(desk: Workspace, *changes: Changes) -> Path:
    """Write a file of consents: one row a change to a good yes of 00124."""
    rows = pd.DataFrame([YES | change for change in changes] or [YES])
    return put(desk.project / "crm.csv", rows.to_csv(index=False))


def take(desk: Workspace, *changes: Changes) -> Taken:
    return import_consents(desk, crm(desk, *changes))


def state(desk: Workspace, member: str = "00124", purpose: str = "newsletter") -> str | None:
    return desk.ledger.standing(member).get(purpose)


def refusal(desk: Workspace, file: Path) -> str:
    """Import what must be refused: the message, which names no person; nothing is taken in."""
    with pytest.raises(SourceError) as raised:
        import_consents(desk, file)
    message = str(raised.value)
    assert not [value for value in (*PEOPLE, "Yes, write to me.") if value in message]
    assert desk.ledger.consented("newsletter").empty
    assert desk.ledger.wordings() == {}
    return message


def erase(desk: Workspace, member: str) -> None:
    desk.ledger.erase(member, keyed_hash(desk.hash_key, "member", member), [])
