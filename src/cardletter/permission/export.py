"""Export: all that is held of one member, for the member: in words, and as data."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from cardletter.content import read_catalogue
from cardletter.ledger import now
from cardletter.permission.receipts import RECEIPTS
from cardletter.permission.standing import Member, Standing, find_member, standings
from cardletter.profiles import ENGAGEMENT, PROFILES, days_of, read_interests, read_profile
from cardletter.segments import read_segments
from cardletter.workspace import Workspace, open_edition

Rows = list[dict[str, Any]]

SAID = {
    "more": "wants more of {}",
    "less": "wants less of {}",
    "never": "wants nothing of {}",
    "ask": "on {}, wants to be asked",
    "suggest": "on {}, wants suggestions",
    "remind": "on {}, wants to be reminded",
    "do": "on {}, wants it done for them",
}


def export(desk: Workspace, member_id: str) -> dict[str, Any]:
    """Give all that is held of a member, as JSON can hold it.

    Raises:
        MemberError: there is nobody with this id, or they were erased.
    """
    member = find_member(desk, member_id)
    ledger = desk.ledger
    held = ledger.holdings(member_id) | {"consents": ledger.history(member_id)}
    held["suppressions"] = suppressions(desk, member)
    data = {
        "member_id": member_id,
        "exported_at": now(),
        "in_words": list(in_words(desk, member)),
        "issuer": member.rows,
        "counts_now": [vars(each) for each in standings(desk, member)],
        "ledger": held,
        "profile": _own(desk.private / PROFILES, member_id),
        "all_spending": read_profile(desk, member_id),
        "clicks": _own(desk.private / ENGAGEMENT, member_id),
        "days": days_of(desk, member_id),
        "editions": dict(_editions(desk, member_id)),
    }
    told: dict[str, Any] = _plain(data)
    return told


def in_words(desk: Workspace, member: Member) -> Iterator[str]:
    """Say what counts now for each purpose, what was declared, and why there is no mail, if so.

    Then what was heard of the member otherwise.
    """
    for standing in standings(desk, member):
        yield from _purpose(standing)
    for each in suppressions(desk, member):
        who = "this member" if each["member_id"] else "this member's address"
        yield f"No mail to {who} since {_day(each['recorded_at'])}: {each['reason']}."
    interests = read_interests(desk.project)[0].interests
    for topic, value in desk.ledger.wishes(member.member_id).items():
        kind, _, name = topic.partition(":")
        called = interests[name].name if name in interests else name
        known = SAID[value].format(called) if value in SAID and name else f"{kind}: {value}"
        yield f"Declared: {known}."
    for told in desk.ledger.interactions(member.member_id):
        yield _heard(told)


def _heard(told: dict[str, Any]) -> str:
    """Say what was heard of a member: by a survey, a complaint, a call, a visit."""
    score = f"score {told['score']}" if told["score"] is not None else ""
    words = f"“{told['text']}”" if told["text"] else ""
    said = ", ".join(filter(None, [told["topic"], score, words]))
    return f"{told['kind'].capitalize()} on {_day(told['occurred_at'])}{said and ': '}{said}."


def suppressions(desk: Workspace, member: Member) -> Rows:
    """Give why a member is not mailed, by their id or by their address."""
    _, links = desk.hash_key, desk.links
    keys = [links.address_key(address) for address in member.addresses]
    return desk.ledger.suppressions(member.member_id, keys)


def _purpose(standing: Standing) -> Iterator[str]:
    until = f", until {_day(standing.until)}" if standing.counts and standing.until else ""
    yes = "yes" if standing.counts else "no"
    yield f"{standing.purpose}: {yes}: {standing.because}{until}."
    if act := standing.act:
        words = f", shown “{act['wording']}”" if act["wording"] else ""
        yield f"  {act['state']} on {_day(act['occurred_at'])} by {act['method']}{words}."


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _editions(desk: Workspace, member_id: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give a member's part of every edition: segment, receipt, and what was picked."""
    titles = {item.item_id: item.title for item in read_catalogue(desk.project)[0]}
    for folder in sorted(desk.root.glob("editions/[!.]*")):
        edition = open_edition(folder.name, desk.project)
        own = _own(folder / "assignments.parquet", member_id)
        if not own:
            continue
        receipts = _own(folder / RECEIPTS, member_id)
        names = {each.segment_id: each.name for each in read_segments(edition)}
        segment = own[0]["segment_id"]
        picks = _rows(folder / "selections.parquet", "variant_id", str(own[0].get("variant_id")))
        yield (
            folder.name,
            {
                "segment": {"id": segment, "name": names.get(segment)},
                "assignment": own[0],
                "receipt": receipts[0] if receipts else None,
                "picks": [pick | {"title": titles.get(pick["item_id"])} for pick in picks],
            },
        )


def _own(file: Path, member_id: str) -> Rows:
    return _rows(file, "member_id", member_id)


def _rows(file: Path, column: str, value: str) -> Rows:
    """Give the rows of a Parquet file with a value in a column; none where there is no file."""
    if not file.is_file():
        return []
    found: Any = pd.read_parquet(file, filters=[(column, "==", value)]).to_dict("records")
    return list(found)


def _plain(value: Any) -> Any:  # noqa: ANN401 - anything that tables hold
    """Give a value as JSON holds it: times in UTC as text, gaps as null."""
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if value is None or pd.isna(value):
        return None
    if isinstance(value, datetime):
        return value.isoformat() + ("" if value.tzinfo else "Z")
    if isinstance(value, date):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value
