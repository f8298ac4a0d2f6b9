"""Erasure: a member is forgotten in the ledger, the workspace and the outbox, but for keyed hashes.

First nobody may mail the member or the address any more, then the files go, then what the ledger
holds: stopped half way, the same command finishes it. Receipts of the member stay as rows that say
nothing, since the chain of an edition's receipts goes through them.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import SMTP
from email.utils import parseaddr
from pathlib import Path

import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cardletter.links import keyed_hash
from cardletter.permission.receipts import ERASED, RECEIPTS
from cardletter.permission.standing import Member, find_member, issuer_rows
from cardletter.profiles import forget_days
from cardletter.sources import Warehouse, forget_objects
from cardletter.sources.erased import places
from cardletter.workspace import Workspace

HASHES = ("row_hash", "chain")
COUNTED = ("sent", "unknown")
"""Outcomes that the ledger goes on counting; any other becomes a refusal."""


@dataclass(frozen=True)
class Erased:
    """What was removed where, and what is left to do."""

    removed: dict[str, int]
    """Where -> how many rows or files."""
    addresses: int
    delivered: list[str]
    """Files and rows in which the issuer still delivers the member."""
    shared: int
    """Other members with the same address, who get no mail there any more."""
    unfinished: list[str]
    """Editions not finished: a run that goes on now may still write of the member."""
    compacted: bool
    """Whether the ledger's files hold nothing of the member any more."""


def erase(desk: Workspace, member_id: str) -> Erased:
    """Forget a member.

    Raises:
        MemberError: nobody with this id was ever here.
    """
    key = keyed_hash(desk.hash_key, "member", member_id)
    member = _find(desk, member_id, key)
    held = desk.ledger.holdings(member_id)
    desk.ledger.suppress([member_id], ERASED, source="erasure")
    # Read only now: nobody claims a message for the member any more.
    messages = {row["message_id"] for row in desk.ledger.sends_of(member_id)} - {""}
    letters = _letters(desk.root, messages)
    addresses = {*member.addresses, *(to for file in letters if (to := _to(file)))}
    keys = [desk.links.address_key(address) for address in sorted(addresses)]
    desk.ledger.suppress([], ERASED, keys=keys, source="erasure")
    forget_objects(desk.private)
    days = {str(file.relative_to(desk.root)): rows for file, rows in forget_days(desk, member_id)}
    removed = days | dict(_from_tables(desk.root, member_id))
    removed |= dict(_from_outboxes(desk.root, letters))
    desk.ledger.erase(member_id, key, keys)
    return Erased(
        removed={f"ledger, {name}": len(rows) for name, rows in held.items()} | removed,
        addresses=len({address.casefold() for address in addresses}),
        delivered=delivered(desk, member_id),
        shared=_shared(desk, member),
        unfinished=desk.ledger.unfinished(),
        compacted=desk.ledger.compact(),
    )


def delivered(desk: Workspace, member_id: str) -> list[str]:
    """Name the files and rows in which the issuer still delivers a member."""
    warehouse = Warehouse(desk.settings)
    tables = [table for table in warehouse.tables if table != "transactions"]
    return [place for table in tables for place in places(warehouse, table, [member_id])]


def blank(receipts: pd.DataFrame, member_id: str) -> pd.DataFrame:
    """Give receipts in which a member's says only that it was erased, and how it counts."""
    theirs = receipts["member_id"] == member_id
    blanked = receipts.copy()
    for name in blanked.columns.difference([*HASHES, "outcome", "reason"]):
        blanked.loc[theirs, name] = None
    blanked.loc[theirs & ~blanked["outcome"].isin(COUNTED), "outcome"] = "refused"
    blanked.loc[theirs, "reason"] = ERASED
    return blanked


def _find(desk: Workspace, member_id: str, key: str) -> Member:
    if desk.ledger.forgotten(key):
        return Member(member_id, issuer_rows(desk, member_id))
    return find_member(desk, member_id)


def _from_tables(root: Path, member_id: str) -> Iterator[tuple[str, int]]:
    """Take a member out of every Parquet file of the workspace; name each file and what went."""
    for torn in root.rglob("*.parquet.part"):  # what a run that died had not finished writing
        torn.unlink()
    for file in sorted(root.rglob("*.parquet")):
        if "member_id" not in pq.read_schema(file).names:
            continue
        table = pq.read_table(file)
        theirs = pc.equal(table["member_id"].cast("string"), member_id)
        rows = pc.sum(theirs).as_py()
        if not rows:
            continue
        if file.name == RECEIPTS:
            _replace(file, blank(table.to_pandas(), member_id))
        else:
            _replace(file, table.filter(pc.invert(pc.fill_null(theirs, fill_value=False))))
        yield str(file.relative_to(root)), int(rows)


def _replace(file: Path, content: object) -> None:
    """Write a Parquet file anew, as a whole or not at all."""
    part = file.with_name(f".{file.name}.part")
    if isinstance(content, pd.DataFrame):
        content.to_parquet(part, index=False)
    else:
        pq.write_table(content, part)
    shutil.copymode(file, part)
    part.replace(file)


def _letters(root: Path, messages: set[str]) -> list[Path]:
    outboxes = [folder for folder in root.glob("editions/*/outbox") if folder.is_dir()]
    names = [f"{message}{suffix}" for message in sorted(messages) for suffix in (".eml", ".part")]
    return [file for box in outboxes for name in names if (file := box / name).is_file()]


def _to(letter: Path) -> str:
    message = message_from_bytes(letter.read_bytes(), policy=SMTP)
    return parseaddr(str(message["To"] or ""))[1]


def _from_outboxes(root: Path, letters: list[Path]) -> Iterator[tuple[str, int]]:
    for letter in letters:
        letter.unlink(missing_ok=True)
    for box in sorted({letter.parent for letter in letters}):
        yield str(box.relative_to(root)), sum(letter.parent == box for letter in letters)


def _shared(desk: Workspace, member: Member) -> int:
    addresses = [address.casefold() for address in member.addresses]
    if not addresses:
        return 0
    raw = Warehouse(desk.settings).raw("members")
    emails = raw.email.cast("string").strip().lower()
    others = raw.filter(emails.isin(addresses)).select(id=raw.member_id.cast("string"))
    return len(set(others.to_pandas()["id"].str.strip()) - {member.member_id})
