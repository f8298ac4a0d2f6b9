"""Planning: whom the edition is sent to, in which call; each member once, whatever happens."""

import json
import math
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from cardletter.delivery.people import People
from cardletter.errors import NotReadyError
from cardletter.ledger import Limits, Planned
from cardletter.links import keyed_hash
from cardletter.permission.gate import PURPOSES
from cardletter.workspace import Workspace

EPOCHS = "epochs.json"


def plan_calls(
    desk: Workspace, receipts: pd.DataFrame, people: People, size: int, limits: Limits | None
) -> tuple[int, int]:
    """Plan who was allowed, and take out of the plan who is no longer.

    Who is in the plan already stays there: the judgement of today can only take a member out. Gives
    how many are planned, and how many of the allowed have had it already.
    """
    sends = desk.ledger.sends(desk.edition)
    told = receipts[["member_id", "outcome", "reason"]]
    waiting = sends.loc[sends["state"] == "planned", ["member_id"]].merge(told, on="member_id")
    barred = waiting[waiting["outcome"] == "refused"]
    refused = dict(zip(barred["member_id"], barred["reason"], strict=True))
    held = waiting.loc[waiting["outcome"] == "held", "member_id"]
    desk.ledger.drop_planned(desk.edition, refused, held.tolist())
    allowed = receipts[receipts["outcome"] == "allowed"]
    fresh = allowed[~allowed["member_id"].isin(sends["member_id"])]
    fresh = fresh.sort_values(["variant_id", "member_id"])
    rate = limits.recipients if limits else math.inf
    desk.ledger.plan_sends(desk.edition, _planned(desk, fresh, people), size, rate)
    had = allowed["member_id"].isin(sends.loc[sends["state"] == "sent", "member_id"])
    return len(fresh) + len(waiting) - len(refused) - len(held), int(had.sum())


def _planned(desk: Workspace, fresh: pd.DataFrame, people: People) -> Iterator[Planned]:
    links, ledger, edition = desk.links, desk.ledger, desk.edition
    purposes: dict[str, str] = desk.read_json(PURPOSES)
    said = ledger.consented("tracking")
    tracked = set(said.loc[said["state"] == "granted", "member_id"])
    members = fresh["member_id"].astype(str).tolist()
    known = people.of(members)
    columns = (members, fresh["variant_id"], fresh["consent_id"], known)
    for member, variant_id, consent_id, person in zip(*columns, strict=True):
        yield Planned(
            member,
            keyed_hash(links.keys[0], "message", f"{edition}/{member}")[:24],
            str(variant_id),
            None if pd.isna(consent_id) else int(consent_id),
            links.address_key(person[0]) if person else "",
            purposes[str(variant_id)] == "marketing",
            member in tracked,
        )


def begin(desk: Workspace) -> int:
    """Give a sender its number, and see that the ledger is not older than the workspace.

    Raises:
        NotReadyError: senders have begun that the ledger does not know of: it was put back from a
            backup, and what they sent would be sent again.
    """
    file = desk.private / EPOCHS
    # Asked before this sender is counted: a ledger that was put back must not catch up by trying.
    # The file first: another sender counts itself in the ledger, and then there.
    before = _seen(file).get(desk.edition, 0)
    known = desk.ledger.edition(desk.edition) or {}
    if known.get("epoch", 0) < before:
        msg = (
            f"The ledger knows less of edition {desk.edition} than this workspace: it was put back "
            "from a backup, and what was sent since would be sent again. Take in what SES has "
            f"reported (`cardletter ingest`), then make a new edition for those who had none."
        )
        raise NotReadyError(msg)
    epoch = desk.ledger.begin_sending(desk.edition)
    part = file.with_name(f".{EPOCHS}.{epoch}.part")
    seen = _seen(file)
    newest = max(epoch, seen.get(desk.edition, 0))  # another sender may have begun meanwhile
    part.write_text(json.dumps(seen | {desk.edition: newest}), encoding="utf-8")
    part.replace(file)
    return epoch


def _seen(file: Path) -> dict[str, int]:
    """Read how many senders of each edition this workspace has seen begin."""
    found: dict[str, int] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return found
