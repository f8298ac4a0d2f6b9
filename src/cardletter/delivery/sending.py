"""Sending: an edition's calls, each claimed and made once; at most one message for each member."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pandas as pd

from cardletter.crashpoints import crashpoint
from cardletter.delivery.approving import refuse_unapproved
from cardletter.delivery.people import read_people
from cardletter.delivery.personal import fitting
from cardletter.delivery.plan import refuse_early
from cardletter.delivery.planning import begin, plan_calls
from cardletter.delivery.post import Post
from cardletter.delivery.stopping import stopping
from cardletter.delivery.transports import Outbox, Transport
from cardletter.errors import PausedError, SettingsError
from cardletter.ledger import Ledger, now
from cardletter.permission import read_receipts, write_receipts
from cardletter.progress import Counts
from cardletter.workspace import Workspace, stage


@stage("send")
def send(desk: Workspace) -> Counts:
    """Send the edition to everybody allowed who has not had it, and settle the receipts.

    Raises:
        NotReadyError: messages cannot be sent now, and why.
        PausedError: the edition stands still; what was sent is recorded.
    """
    refuse_early(desk)
    refuse_unapproved(desk)
    transport, receipts, people = open_transport(desk), read_receipts(desk), read_people(desk)
    waiting = int((receipts["outcome"] == "allowed").sum())
    limits = transport.ready(waiting)
    before = _members(desk, "sent")
    crashpoint("before_planning")
    size = transport.size(limits, fitting(desk))
    planned, had = plan_calls(desk, receipts, people, size, limits)
    crashpoint("after_planning")
    with stopping() as stop:
        post = Post(desk, transport, people, stop)
        post.keep(limits)
        post.epoch = _begin(desk, transport)
        try:
            ended = _send_all(post, planned)
        finally:
            crashpoint("before_settling")
            settle(desk, read_receipts(desk))
            crashpoint("after_settling")
    if ended == "stopped":
        raise PausedError(f"Stopped. `cardletter send {desk.edition}` goes on where it is.")
    counts = {"sent": _members(desk, "sent") - before, "had_it_already": had}
    doubtful = _members(desk, "unknown", "calling")
    return counts | ({"in_doubt": doubtful} if doubtful else {})


def _begin(desk: Workspace, transport: Transport) -> int:
    """Give this sender its number; what dead ones left is taken over at once where that is safe."""
    if not transport.repeatable:
        return begin(desk)
    epoch = desk.ledger.begin_sending(desk.edition)
    desk.ledger.expire(desk.edition, repeatable=True, others_than=epoch)
    return epoch


def _members(desk: Workspace, *states: str) -> int:
    counts = desk.ledger.counts(desk.edition)
    return sum(row["members"] for row in counts if row["state"] in states)


def release(desk: Workspace, given_by: str, why: str) -> int:
    """Plan those in doubt again, as a named person orders; give how many.

    Only calls that ended long enough ago: SES takes no request five minutes after its signature, so
    that a sender which still slept on one could do no harm.
    """
    wait = timedelta(seconds=desk.settings.ses.release_after)
    return desk.ledger.release(desk.edition, given_by, why, ended_before=now() - wait)


def open_transport(desk: Workspace) -> Transport:
    """Open the transport that the settings name.

    Raises:
        SettingsError: something is missing that it needs.
    """
    settings = desk.settings
    if settings.transport == "outbox":
        return Outbox(desk.file("outbox"))
    missing = [
        name
        for name, value in (
            ("ses.configuration_set", settings.ses.configuration_set),
            ("assets_url", settings.assets_url),
        )
        if not value
    ]
    if missing:
        raise SettingsError(f"To send through SES, set {' and '.join(missing)}.")
    from cardletter.delivery.ses import Ses  # noqa: PLC0415 - boto3 costs half a second

    return Ses(settings.ses, settings.sender)


def _send_all(post: Post, planned: int) -> str:
    """Make calls until none is left; settle those of senders that died, and make what may be."""
    while True:
        ended = post.work(planned)
        if ended == "too_late":
            post.ledger.close(post.edition, "window_closed")
        if post.stop.is_set() or not _wait_for_others(post.ledger, post):
            return ended


def _wait_for_others(ledger: Ledger, post: Post) -> bool:
    """Wait until no other sender has a call on its way; tell whether any is planned again."""
    while (until := ledger.leased(post.edition)) and not post.stop.is_set():
        # Most senders answer long before their lease ends.
        post.stop.wait(max(0.01, min(0.5, (until - now()).total_seconds())))
        ledger.expire(post.edition, repeatable=post.transport.repeatable)
    return ledger.next_size(post.edition) > 0


def settle(desk: Workspace, receipts: pd.DataFrame) -> None:
    """Write into the receipts what became of everybody who was planned."""
    with _alone(desk):
        _settle(desk, receipts)


@contextmanager
def _alone(desk: Workspace) -> Iterator[None]:
    """Let senders that end at the same moment settle one after the other."""
    with (desk.private / "settling.lock").open("a", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _settle(desk: Workspace, receipts: pd.DataFrame) -> None:
    sends = desk.ledger.sends(desk.edition).set_index("member_id")
    state = receipts["member_id"].map(sends["state"])
    reason = receipts["member_id"].map(sends["reason"])
    for name, outcome in OUTCOMES.items():
        theirs = state == name
        receipts.loc[theirs, "outcome"] = outcome
        receipts.loc[theirs, "reason"] = reason[theirs] if outcome not in SPEECHLESS else ""
    known = desk.ledger.edition(desk.edition) or {}
    if known.get("not_after") and known["not_after"] < now():
        held = receipts["outcome"] == "held"
        receipts.loc[held, ["outcome", "reason"]] = ["refused", "window_closed"]
    write_receipts(desk, receipts)


OUTCOMES = {
    "sent": "sent",
    "refused": "refused",
    "rejected": "rejected",
    "unknown": "unknown",
    "calling": "unknown",
}
"""What became of a send -> the outcome in the receipt."""

SPEECHLESS = ("sent", "unknown")
