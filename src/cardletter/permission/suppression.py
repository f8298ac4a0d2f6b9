"""Suppression: members and addresses that are not mailed, whatever they said yes to."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cardletter.errors import MemberError, SourceError
from cardletter.ledger import Act
from cardletter.links import keyed_hash
from cardletter.permission.addresses import mailbox
from cardletter.permission.consents import AFTER_COMPLAINT
from cardletter.permission.export import suppressions
from cardletter.permission.standing import find_member, standings
from cardletter.sources import Warehouse, checked
from cardletter.sources.cards import has_card
from cardletter.workspace import Workspace

HEADERS = ("member_id", "member", "id", "email", "address", "email_address", "emailaddress")
NAMED = 20
COMPLAINT = "complaint"


@dataclass(frozen=True)
class Suppressed:
    """What came of suppressing."""

    told: int
    new: int
    unknown: int = 0
    """Ids that the members table does not have now."""
    erased: int = 0
    """Ids of members who were erased: not kept, as their addresses are suppressed already."""
    set_aside: Sequence[str] = ()
    """Where something stands that is no address."""


def suppress_member(desk: Workspace, member_id: str, reason: str) -> Suppressed:
    """Never mail one member again.

    Raises:
        MemberError: there is nobody with this id.
    """
    find_member(desk, member_id)
    return Suppressed(1, _suppress(desk, [member_id], reason, "command"))


def suppress_address(desk: Workspace, address: str, reason: str) -> Suppressed:
    """Never mail one address again; only its keyed hash is kept.

    Raises:
        MemberError: it is none.
    """
    if (found := mailbox(address.strip())) is None:
        raise MemberError("This is no address that could be mailed.")
    return Suppressed(1, _hashes(desk, [found], reason, "command"))


def suppress_members(desk: Workspace, file: Path, reason: str) -> Suppressed:
    """Never mail the members of a file again: one id a line, or in the first column of a CSV.

    Raises:
        SourceError: it is not a list of ids.
    """
    told = dict(_entries(file))
    if at := [where for where, entry in told.items() if "@" in entry]:
        raise SourceError(
            f"{_rows(file, at)}: looks like an address, not a member's id. For a list of addresses "
            "say --addresses. Nothing was suppressed."
        )
    erased = desk.ledger.erased()
    key = desk.hash_key
    kept = [each for each in told.values() if keyed_hash(key, "member", each) not in erased]
    members = checked(Warehouse(desk.settings), "members").select("member_id").to_pandas()
    unknown = set(kept) - set(members["member_id"])
    if kept and len(unknown) == len(set(kept)):
        raise SourceError(
            f"{file.name} names nobody of the members table: write one id a line, exactly as it is "
            "delivered. Nothing was suppressed."
        )
    new = _suppress(desk, kept, reason, "file")
    return Suppressed(len(told), new, len(unknown), len(told) - len(kept))


def suppress_addresses(desk: Workspace, file: Path, reason: str) -> Suppressed:
    """Never mail the addresses of a file again; only their keyed hashes are kept.

    Raises:
        SourceError: too much in it is no address.
    """
    told = dict(_entries(file))
    found = {where: mailbox(entry) for where, entry in told.items()}
    bad = [where for where, address in found.items() if address is None]
    if len(bad) > desk.settings.sources.set_aside_limit * len(told):
        raise SourceError(
            f"{_rows(file, bad)}: no address that could be mailed; more of them than "
            "sources.set_aside_limit allows. Nothing was suppressed."
        )
    new = _hashes(desk, [address for address in found.values() if address], reason, "file")
    return Suppressed(len(told), new, set_aside=[f"row {row}" for row in bad])


@dataclass(frozen=True)
class Lifted:
    """What came of lifting a complaint."""

    rows: int
    left: Sequence[str]
    """Why the member is still not mailed, if so."""


def lift(desk: Workspace, member_id: str, why: str) -> Lifted:
    """Mail a member again who complained of a letter, and said yes to it since, twice.

    Raises:
        MemberError: there is no such member, no complaint, or no such yes.
    """
    member = find_member(desk, member_id)
    if not why.strip() or has_card(why):
        raise MemberError("Say why (--reason), without any card number: it is kept.")
    at = [row["recorded_at"] for row in suppressions(desk, member) if row["reason"] == COMPLAINT]
    if not at:
        raise MemberError("This member is not suppressed for a complaint: nothing to lift.")
    yes = next(each for each in standings(desk, member) if each.purpose == "newsletter")
    act = yes.act if yes.counts else None
    # When it was said, and when we heard of it: a yes on the heels of a no is dated after it.
    if not act or act["method"] != AFTER_COMPLAINT or _age(act) <= max(at):
        raise MemberError(
            f"The latest word of this member on the newsletter is no {AFTER_COMPLAINT} after the "
            "complaint: only that lifts it. Record it by `cardletter permission grant`."
        )
    keys = [desk.links.address_key(address) for address in member.addresses]
    told = f"Complaint of {max(at):%Y-%m-%d %H:%M} UTC. {why.strip()}"
    rows = desk.ledger.lift(member_id, COMPLAINT, told, keys)
    return Lifted(rows, sorted({row["reason"] for row in suppressions(desk, member)}))


def _age(act: Mapping[str, Any]) -> datetime:
    told: datetime = min(act["occurred_at"], act["recorded_at"])
    return told


def _suppress(desk: Workspace, members: Sequence[str], reason: str, source: str) -> int:
    ledger = desk.ledger
    new = ledger.suppress(members, reason, source=source)
    if reason == COMPLAINT:
        # Who complains says no, and stays a no when the suppression is lifted.
        angry = [m for m in members if ledger.standing(m).get("newsletter") == "granted"]
        no = {"purpose": "newsletter", "state": "withdrawn", "method": "complaint", "wording": ""}
        ledger.act(*(Act(each, **no, source=source) for each in angry))
    return new


def _hashes(desk: Workspace, addresses: Sequence[str], reason: str, source: str) -> int:
    _, links = desk.hash_key, desk.links
    keys = [links.address_key(address) for address in addresses]
    return desk.ledger.suppress([], reason, keys=keys, source=source)


def _entries(file: Path) -> Iterator[tuple[int, str]]:
    """Give row and text of each line that says something, but for a header.

    Raises:
        SourceError: there is no such file, nothing in it, or it is no UTF-8 text.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError:
        raise SourceError(f"There is no file {file} that could be read.") from None
    except UnicodeDecodeError:
        raise SourceError(f"{file.name} is no UTF-8 text: save it as UTF-8.") from None
    lines = text.splitlines()
    firsts = [row[0] if row else "" for row in csv.reader(lines)] if _is_csv(file) else lines
    entries = [(row, first.strip()) for row, first in enumerate(firsts, start=1) if first.strip()]
    if entries and entries[0][1].casefold().replace(" ", "_") in HEADERS:
        entries = entries[1:]
    if not entries:
        raise SourceError(f"{file.name} is empty. Deliver it again.")
    yield from entries


def _is_csv(file: Path) -> bool:
    return file.suffix.casefold() == ".csv"


def _rows(file: Path, rows: Sequence[int]) -> str:
    more = f" and {len(rows) - NAMED:,} more" if len(rows) > NAMED else ""
    return f"{file.name} row {', '.join(map(str, rows[:NAMED]))}{more}"
