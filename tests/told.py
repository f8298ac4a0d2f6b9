"""What SES tells of messages, and a small project whose messages it tells of."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from cardletter.feedback.ingest import Taken, ingest
from cardletter.ledger import Act, Ledger, Planned
from cardletter.ledger.schema import CALLS, EVENTS, STANDING, SUPPRESSIONS
from cardletter.ledger.sends import BECAME, SENDS, SENT_IN
from cardletter.workspace import Workspace

EDITION, ACCOUNT, TOPIC = "2026-12", "123456789012", "arn:aws:sns:eu-west-1:123456789012:letters"
AT = "2026-11-20T10:00:00.000Z"
MORE = '<p>Hello</p><a href="https://shop.example/tea?a=1&amp;b=2">Tea</a>'
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"
Json = dict[str, Any]


def message(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()[:24]


def address(number: int) -> str:
    return f"reader{number}@mail.example"


def provider(number: int) -> str:
    return f"0102-{number:06d}-000000"


def told(kind: str, section: Json | None = None, number: int = 0, **mail: object) -> Json:
    """Tell something of a message, as configuration sets do."""
    key = {"Rendering Failure": "failure", "DeliveryDelay": "deliveryDelay"}.get(kind, kind.lower())
    about = {
        "timestamp": AT,
        "messageId": provider(number),
        "source": "The Letter <letter@larkfield.example>",
        "sendingAccountId": ACCOUNT,
        "destination": [address(number)],
        "headersTruncated": False,
        "headers": [{"name": "Subject", "value": f"For {address(number)}"}],
        "commonHeaders": {"subject": "Tea", "to": [address(number)]},
        "tags": {"edition": [EDITION], "message": [message(number)], "ses:source-ip": ["1.2.3.4"]},
    }
    return {"eventType": kind, key: section or {}, "mail": about | mail}


def delivery(number: int = 0, at: str = AT) -> Json:
    section = {"timestamp": at, "recipients": [address(number)], "smtpResponse": "250 ok"}
    return told("Delivery", section | {"processingTimeMillis": 500}, number)


def bounce(
    number: int = 0,
    kind: str = "Permanent/NoEmail",
    status: str = "5.1.1",
    *,
    at: str = AT,
    words: str = "",
) -> Json:
    first, _, second = kind.partition("/")
    who = {"emailAddress": address(number), "action": "failed", "status": status}
    section = {
        "bounceType": first,
        "bounceSubType": second,
        "bouncedRecipients": [who | {"diagnosticCode": words or f"smtp; 550 {status} no"}],
        "timestamp": at,
        "feedbackId": f"fb-{number}-{at}-{kind.replace('/', '-')}",
    }
    return told("Bounce", section, number)


def complaint(number: int = 0, *, of: Collection[str] = (), **more: object) -> Json:
    who = [{"emailAddress": each} for each in of or [address(number)]]
    section = {"complainedRecipients": who, "timestamp": AT, "feedbackId": f"fc-{number}"}
    return told("Complaint", section | {"complaintFeedbackType": "abuse"} | more, number)


def opened(number: int = 0, at: str = AT, agent: str = CHROME) -> Json:
    return told("Open", {"timestamp": at, "userAgent": agent, "ipAddress": "192.0.2.1"}, number)


def click(
    number: int = 0,
    at: str = AT,
    link: str = "https://shop.example/tea?a=1&b=2",
    agent: str = CHROME,
) -> Json:
    section = {"timestamp": at, "userAgent": agent, "ipAddress": "192.0.2.1", "link": link}
    return told("Click", section, number)


def untagged(event: Json) -> Json:
    mail = {name: each for name, each in event["mail"].items() if name != "tags"}
    return event | {"mail": mail}


def envelope(event: Json | str, sns_id: str = "sns-1", **more: object) -> Json:
    text = event if isinstance(event, str) else json.dumps(event)
    notification = {"Type": "Notification", "MessageId": sns_id, "TopicArn": TOPIC}
    return notification | {"Message": text, "Timestamp": AT} | more


@dataclass
class Told:
    """A batch, which remembers what became of it."""

    bodies: Sequence[bytes | str]
    settled: list[int] | None = field(default=None)

    def where(self, number: int) -> str:
        return f"number {number}"

    def settle(self, poison: Collection[int]) -> None:
        self.settled = list(poison)


def take(desk: Workspace, *events: Json | bytes | str, **more: Collection[str]) -> Taken:
    """Take events in, all at once; everything is counted once."""
    bodies = [json.dumps(each) if isinstance(each, dict) else each for each in events]
    taken = ingest(desk, [Told(bodies)], **more)
    assert taken.adds_up
    return taken


@dataclass(frozen=True)
class Desk(Workspace):
    """A workspace whose ledger is opened once, so that its connections can be closed."""

    opened: Ledger

    @property
    def ledger(self) -> Ledger:
        return self.opened


def project(folder: Path, ledger: Ledger) -> Workspace:
    """Make a project of which nothing is there but settings, one variant, and a ledger."""
    folder.mkdir(exist_ok=True)
    (folder / "pyproject.toml").write_text("[tool.cardletter]\n", encoding="utf-8")
    root = folder / "workspace"
    page = root / "editions" / EDITION / "variants" / "v1" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(MORE, encoding="utf-8")
    return Desk(folder, "", root, root, ledger)


def send(
    desk: Workspace,
    numbers: Sequence[int],
    *,
    edition: str = EDITION,
    tracked: bool = True,
    answer: bool | None = True,
) -> None:
    """Send an edition to members who said yes.

    Without an answer nobody knows what came of it; with None, the call is still on its way.
    """
    ledger, links = desk.ledger, desk.links
    purposes = ("newsletter", "tracking") if tracked else ("newsletter",)
    for number in numbers:
        said = (Act(f"m{number}", each, "granted", "web_form", "Yes.") for each in purposes)
        ledger.act(*said)
    if ledger.edition(edition) is None:
        ledger.plan(edition, "plan", "ses")
    planned = [
        Planned(
            f"m{number}",
            message(number),
            "v1",
            None,
            links.address_key(address(number)),
            marketing=True,
            tracked=tracked,
        )
        for number in numbers
    ]
    ledger.plan_sends(edition, planned, 50)
    epoch = ledger.begin_sending(edition)
    while not isinstance(claim := ledger.claim(edition, epoch, timedelta(seconds=30)), str):
        ids = {message(number): provider(number) for number in numbers}
        if answer:
            ledger.done(claim, [ids[each] for _, each in claim.members], {})
        elif answer is not None:
            ledger.doubt(claim, "timeout")


def answered(desk: Workspace, numbers: Sequence[int]) -> None:
    """Record that the calls that are on their way were answered."""
    ids = json.dumps([provider(number) for number in sorted(numbers, key=message)])
    with desk.ledger.writing() as connection:
        going = update(CALLS).where(CALLS.c.state == "calling")
        connection.execute(going.values(state="done", answers=ids))


def kept(desk: Workspace) -> list[Json]:
    return desk.ledger.rows(select(EVENTS).order_by(EVENTS.c.event_key))


def became(desk: Workspace) -> dict[str, str]:
    query = select(SENDS.c.member_id, BECAME).select_from(SENT_IN)
    return {row["member_id"]: row["state"] for row in desk.ledger.rows(query)}


def suppressed(desk: Workspace) -> list[tuple[str, str]]:
    """Give reason and whom: a member's id, or `address` and a number."""
    keys = {desk.links.address_key(address(n)): f"address {n}" for n in range(200)}
    rows = desk.ledger.rows(select(SUPPRESSIONS))
    return sorted((r["reason"], r["member_id"] or keys.get(r["address_key"], "?")) for r in rows)


def standing(desk: Workspace) -> dict[str, str]:
    query = select(STANDING).where(STANDING.c.purpose == "newsletter")
    return {row["member_id"]: row["state"] for row in desk.ledger.rows(query)}
