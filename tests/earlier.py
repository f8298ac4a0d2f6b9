"""Editions that went before: what they showed, and what members did with it, written by hand."""

from collections.abc import Iterable, Mapping

import pandas as pd
from sqlalchemy import insert

from cardletter.content.editions import EDITIONS as FOLDER
from cardletter.ledger.schema import CALLS, EDITIONS, EVENTS, SENDS
from cardletter.workspace import Workspace
from tiny import put

Shown = Mapping[str, tuple[list[str], list[tuple[str, str]]]]
"""Variant -> its members, and what it shows: (slot, item)."""


def edition(desk: Workspace, name: str, date: str, shown: Shown) -> None:
    """Let an edition have been sent to all members of its variants."""
    put(desk.project / f"{FOLDER}/{name}.yaml", f"date: {date}\nsubject: An earlier letter\n")
    folder = desk.root / "editions" / name
    members = [(member, key) for key, (theirs, _) in shown.items() for member in theirs]
    picks = [(key, slot, item) for key, (_, items) in shown.items() for slot, item in items]
    folder.mkdir(parents=True, exist_ok=True)
    table = pd.DataFrame(members, columns=["member_id", "variant_id"])
    table.to_parquet(folder / "assignments.parquet", index=False)
    items = pd.DataFrame(picks, columns=["variant_id", "slot", "item_id"])
    items.to_parquet(folder / "selections.parquet", index=False)
    put(folder / "plan.json", "{}")
    at = pd.Timestamp(date).to_pydatetime()
    edition_row = {"edition": name, "plan": "p", "transport": "outbox", "frozen_at": at}
    call = {"edition": name, "call": 1, "variant_id": "", "marketing": True, "tracked": True}
    sends = [
        {"edition": name, "member_id": member, "variant_id": key, "call": 1}
        | {"message_id": f"{name}/{member}"}
        for member, key in members
    ]
    with desk.ledger.writing() as connection:
        connection.execute(insert(EDITIONS), [edition_row])
        connection.execute(insert(CALLS), [call | {"members": len(members), "state": "done"}])
        connection.execute(insert(SENDS), sends)


def told(
    desk: Workspace, name: str, kind: str, of: Iterable[tuple[str, str]], *, machine: bool = False
) -> None:
    """Let something have been told of members' messages: (member, link), a minute apart."""
    begin = pd.Timestamp("2026-11-05")
    rows = [
        {"event_key": f"{name}/{kind}/{number}/{member}/{machine}", "edition": name, "kind": kind}
        | {"message_id": f"{name}/{member}", "link": link, "machine": machine}
        | {"occurred_at": (begin + pd.Timedelta(minutes=number)).to_pydatetime()}
        | {"recorded_at": begin.to_pydatetime()}
        for number, (member, link) in enumerate(of)
    ]
    with desk.ledger.writing() as connection:
        connection.execute(insert(EVENTS), rows)


def redeemed(desk: Workspace, of: Iterable[tuple[str, str, str]]) -> None:
    """Let members have redeemed offers: (member, offer, day)."""
    table = pd.DataFrame(of, columns=["member_id", "topic", "occurred_at"])
    table = table.assign(kind="redemption", score=None, text="")
    table["occurred_at"] = pd.to_datetime(table["occurred_at"])
    desk.ledger.record_interactions([table])
