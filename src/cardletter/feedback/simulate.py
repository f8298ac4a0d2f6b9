"""Replaying: what SES might report of an edition in the outbox, told the way SES tells it.

Everything is invented from a seed, the same each time, and taken in by the very same path: so the
whole loop runs without a mail having left the house. The members' addresses are in what SES tells,
so the files are private and gone when they are taken in.
"""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.parser import BytesHeaderParser
from email.policy import SMTP
from email.utils import parseaddr
from pathlib import Path
from random import Random
from typing import Any

from cardletter.errors import EditionError
from cardletter.feedback.files import from_files
from cardletter.feedback.ingest import Taken, ingest
from cardletter.feedback.places import Places
from cardletter.ledger.book import Sent
from cardletter.workspace import Workspace

SEED = 7
A_FILE = 5_000
HARD, SOFT = 0.012, 0.01
OPENED, BY_PROXY = 0.45, 0.3
CLICKED, SCANNED = 0.12, 0.03
PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML) Chrome/130.0 Safari/537.36"
PROXY = "Mozilla/5.0"
NO_SUCH = ("Permanent", "NoEmail", "5.1.1", "smtp; 550 5.1.1 user unknown")
FULL = ("Transient", "MailboxFull", "4.2.2", "smtp; 452 4.2.2 mailbox full")
Json = dict[str, Any]


def replay(desk: Workspace, seed: int = SEED) -> Taken:
    """Invent what SES would report of an edition's messages in the outbox, and take it in.

    Raises:
        EditionError: nothing of it is in the outbox.
    """
    known = desk.ledger.edition(desk.edition)
    outbox = desk.folder / "outbox"
    if known is None or known["transport"] != "outbox" or not outbox.is_dir():
        raise EditionError(
            f"Nothing of edition {desk.edition} is in the outbox: only what never left the house "
            "can be replayed."
        )
    links = sorted(Places(desk).links(desk.edition))
    story = Story(outbox, links, known["frozen_at"], seed)
    with tempfile.TemporaryDirectory(dir=desk.private, prefix="replay-") as room:
        _write(Path(room), story.events(desk.ledger.left(desk.edition)))
        return ingest(desk, from_files(Path(room)))


@dataclass(frozen=True)
class Story:
    """Tells of messages what might have become of them."""

    outbox: Path
    links: list[str]
    began: datetime
    seed: int

    def events(self, sent: list[Sent]) -> Iterator[Json]:
        """Tell of all of them; one of those who have it complains."""
        complaining = ""
        for each in sent:
            address = self._address(each.message_id)
            if not address:
                continue  # taken out of the outbox since: there is nobody to tell of
            told = Told(each, address, self.began)
            chance = Random(f"{self.seed}/{each.message_id}")  # noqa: S311 - invented people
            drawn = chance.random()
            yield told.event("Send", "send", {})
            if drawn < HARD + SOFT:
                yield told.bounce(NO_SUCH if drawn < HARD else FULL)
                continue
            yield told.delivery(1 + 8 * chance.random())
            if not complaining:
                complaining = each.message_id
                yield told.complaint(600)
            if each.tracked:
                yield from self._read(told, chance)

    def _read(self, told: "Told", chance: Random) -> Iterator[Json]:
        """Tell of opens and clicks, by people and by machines."""
        if chance.random() < OPENED:
            agent = PROXY if chance.random() < BY_PROXY else PERSON
            yield told.seen("Open", 30 + 1_500 * chance.random(), agent)
        drawn = chance.random()
        if self.links and drawn < CLICKED:
            yield told.seen(
                "Click", 60 + 1_500 * chance.random(), PERSON, chance.choice(self.links)
            )
        elif drawn < CLICKED + SCANNED:
            for place, link in enumerate(self.links[:5]):
                yield told.seen("Click", 20 + place / 10, PERSON, link)

    def _address(self, message_id: str) -> str:
        file = self.outbox / f"{message_id}.eml"
        if not file.is_file():
            return ""
        with file.open("rb") as letter:
            return parseaddr(str(BytesHeaderParser(policy=SMTP).parse(letter)["To"] or ""))[1]


@dataclass(frozen=True)
class Told:
    """Tells of one message as SES does."""

    sent: Sent
    address: str
    began: datetime

    def event(self, kind: str, place: str, section: Json) -> Json:
        """Tell anything of it."""
        mail = {
            "timestamp": self._at(0),
            "messageId": f"outbox-{self.sent.message_id}",
            "destination": [self.address],
            "tags": {"edition": [self.sent.edition], "message": [self.sent.message_id]},
        }
        return {"eventType": kind, place: section, "mail": mail}

    def delivery(self, after: float) -> Json:
        """Tell that the member's server took it."""
        section = {"timestamp": self._at(after), "recipients": [self.address]}
        return self.event("Delivery", "delivery", section)

    def bounce(self, how: tuple[str, str, str, str]) -> Json:
        """Tell that it came back."""
        kind, subtype, status, words = how
        who = {"emailAddress": self.address, "status": status, "diagnosticCode": words}
        section = {"bounceType": kind, "bounceSubType": subtype, "bouncedRecipients": [who]}
        return self.event("Bounce", "bounce", section | self._feedback(5))

    def complaint(self, after: float) -> Json:
        """Tell that the member called it spam."""
        section: Json = {"complainedRecipients": [{"emailAddress": self.address}]}
        section |= {"complaintFeedbackType": "abuse"} | self._feedback(after)
        return self.event("Complaint", "complaint", section)

    def seen(self, kind: str, after: float, agent: str, link: str = "") -> Json:
        """Tell that it was opened, or a link in it followed."""
        section = {"timestamp": self._at(after), "userAgent": agent}
        return self.event(kind, kind.lower(), section | ({"link": link} if link else {}))

    def _feedback(self, after: float) -> Json:
        return {"timestamp": self._at(after), "feedbackId": f"outbox-{self.sent.message_id}"}

    def _at(self, seconds: float) -> str:
        return f"{(self.began + timedelta(seconds=seconds)).isoformat(timespec='milliseconds')}Z"


def _write(folder: Path, events: Iterator[Json]) -> None:
    """Write events as lines, so many a file; the folder is its owner's only."""
    lines: list[str] = []
    number = 0
    for event in events:
        lines.append(json.dumps(event))
        if len(lines) == A_FILE:
            _put(folder, number, lines)
            number, lines = number + 1, []
    _put(folder, number, lines)


def _put(folder: Path, number: int, lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    (folder / f"{number:06d}.jsonl").write_text(text, encoding="utf-8")
