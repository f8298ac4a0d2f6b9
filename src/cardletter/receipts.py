"""Receipts in words: what was decided for one member in an edition, and why."""

from collections.abc import Iterator

import pandas as pd

from cardletter.content import read_catalogue
from cardletter.delivery import REJECTIONS
from cardletter.errors import EditionError
from cardletter.permission import REASONS, read_receipts
from cardletter.profiles import read_interests
from cardletter.segments import GENERIC, Wishes, read_segments
from cardletter.workspace import Workspace


def read_receipt(desk: Workspace, member: str) -> Iterator[str]:
    """Give a member's receipt line by line.

    Raises:
        EditionError: the edition was not judged yet, or the member was no candidate.
    """
    desk.read_json("plan.json")
    receipts = read_receipts(desk)
    own = receipts[receipts["member_id"] == member]
    if own.empty:
        msg = f"Nobody with this id was a candidate of edition {desk.edition}."
        raise EditionError(msg)
    receipt = own.iloc[0]
    yield f"[bold]{receipt.outcome}[/]" + _because(receipt)
    for kind, reason, moment in desk.ledger.told_of(member, desk.edition):
        yield f"Reported: {kind}{f' ({reason})' if reason else ''}, {moment:%Y-%m-%d %H:%M} UTC."
    yield from _segment(desk, str(receipt.segment_id))
    interests = read_interests(desk.project)[0].interests
    names = {name: each.name for name, each in interests.items()}
    yield from Wishes.read(str(receipt.wishes)).in_words(names)
    if pd.notna(receipt.consent_id):
        read = f"{receipt.decided_at:%Y-%m-%d %H:%M} UTC"
        yield f"Consent: record {receipt.consent_id} of the ledger, read {read}."
    if pd.notna(receipt.variant_id):
        if receipt.arm:
            subject = desk.read_json("plan.json")["subjects"][receipt.arm == "b"]
            yield f"Subject {receipt.arm.upper()} of two that are tried: {subject}"
        had = "Variant" if receipt.outcome == "sent" else "Would have had variant"
        yield f"{had} {receipt.variant_id}:"
        yield from _picks(desk, str(receipt.variant_id), member)


def _because(receipt: pd.Series) -> str:
    words = REASONS.get(receipt.reason) or REJECTIONS.get(receipt.reason) or receipt.reason
    return f": {words}." if words else "."


def _segment(desk: Workspace, segment_id: str) -> Iterator[str]:
    segment = next(each for each in read_segments(desk) if each.segment_id == segment_id)
    if segment_id == GENERIC:
        yield "Segment: everyone, as spending may not or cannot yet shape this member's letter."
        return
    apart = ", ".join(map(str, segment.traits[:3]))
    yield f"Segment: {segment.name} ({segment_id}), {segment.size:,} members; {apart}."


def _picks(desk: Workspace, variant_id: str, member: str) -> Iterator[str]:
    """Say what the variant shows, and what was chosen for this member alone, and why."""
    titles = {item.item_id: item.title for item in read_catalogue(desk.project)[0]}
    picks = pd.read_parquet(desk.file("selections.parquet"))
    for pick in picks[picks["variant_id"] == variant_id].itertuples():
        title = titles.get(str(pick.item_id), str(pick.item_id))
        yield f"  {pick.slot:<8} {title} ({pick.score:.2f}): {pick.reason}"
    file = desk.file("personal.parquet")
    if not file.is_file():
        return
    chosen = pd.read_parquet(file, filters=[("member_id", "==", member)]).sort_values("place")
    for pick in chosen.itertuples():
        title = titles.get(str(pick.item_id), str(pick.item_id))
        yield f"  personal {title} ({pick.score:.2f}): {pick.reason}"
