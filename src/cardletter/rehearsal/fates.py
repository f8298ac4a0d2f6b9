"""Fates: what becomes of accepted messages, and how well events of it arrive."""

import random
from dataclasses import dataclass

from cardletter.rehearsal.account import SIMULATOR
from cardletter.rehearsal.events import Story
from cardletter.rehearsal.fields import Json


@dataclass
class Outcomes:
    """The share of messages, 0 to 1, that each fate befalls; what is left is delivered."""

    no_email: float = 0.0
    """Bounced for good: there is no such address."""
    general: float = 0.0
    """Bounced for good, no reason given."""
    full: float = 0.0
    """Bounced for now: the mailbox is full."""
    policy: float = 0.0
    """Bounced by the receiver's policy, 5.7.1: the address is fine."""
    rejected: float = 0.0
    """Rejected by SES after it was accepted: a virus."""
    delayed: float = 0.0
    """Delayed, then delivered."""
    complained: float = 0.0
    """Of the delivered: complained about."""
    not_spam: float = 0.0
    """Of the delivered: said to be no spam, which is no complaint."""
    redacted: float = 0.0
    """Of the complaints: the list of recipients names strangers too."""
    unsubscribed: float = 0.0
    """Of the delivered: unsubscribed through SES."""
    opened: float = 0.0
    """Of the delivered: opened by a person."""
    clicked: float = 0.0
    """Of the opened: clicked."""
    machine_opened: float = 0.0
    """Of the delivered: fetched by a mailbox provider's proxy."""
    machine_clicked: float = 0.0
    """Of the delivered: all links followed by a scanner at once."""


@dataclass
class EventPath:
    """How events travel; the shares are of events, 0 to 1."""

    lost: float = 0.0
    doubled: float = 0.0
    """Delivered once more, or several times more."""
    most_copies: int = 5
    disordered: float = 0.0
    """Held back by up to `disorder` seconds, behind later ones."""
    disorder: float = 0.0
    """Seconds; with 0 the events of a call are still shuffled."""
    delay: tuple[float, float] = (0.0, 0.0)
    """Seconds, from and to."""


SIMULATED = {"bounce": "no_email", "suppressionlist": "global", "complaint": "complained"}
"""What SES's own simulator does with a local part; all other mail to it is delivered."""
BOUNCES = {
    "no_email": (("Permanent", "NoEmail"), ("5.1.1", "smtp; 550 5.1.1 user unknown")),
    "general": (("Permanent", "General"), ("5.0.0", "smtp; 550 requested action not taken")),
    "full": (("Transient", "MailboxFull"), ("4.2.2", "smtp; 452 4.2.2 mailbox full")),
    "policy": (
        ("Permanent", "General"),
        ("5.7.1", "smtp; 550 5.7.1 message rejected due to DMARC policy"),
    ),
    "global": (("Permanent", "Suppressed"), ("5.1.1", "Amazon SES has suppressed sending")),
}
BEFORE_DELIVERY = ("no_email", "general", "full", "policy", "rejected", "delayed")
READER = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15",
    "203.0.113.20",
)
PROXY = (
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    "66.249.93.9",
)
SCANNER = ("Mozilla/5.0 (compatible; LinkScanner/2.1)", "198.51.100.66")


def chance(*seeds: object) -> random.Random:
    """Give the chances of one thing: the same for the same seeds, whatever came before."""
    return random.Random(" ".join(map(str, seeds)))  # noqa: S311 - not secrets


def fate(story: Story, outcomes: Outcomes, drawn: random.Random) -> list[Json]:
    """Give all events of a message, in the order in which they happen."""
    mail, account = story.mail, story.account
    if mail.missing:
        return [story.failure(mail.missing)]
    events = [story.send()]
    left = []
    for address in mail.recipients:
        if reason := account.suppressed_for(address):
            events.append(story.suppressed([address], reason))
        else:
            left.append(address)
    return events + (_sent(story, left, outcomes, drawn) if left else [])


def _sent(
    story: Story, recipients: list[str], outcomes: Outcomes, drawn: random.Random
) -> list[Json]:
    kind = _simulated(recipients[0]) or _one(outcomes, drawn)
    if kind in BOUNCES:
        return [story.bounce(drawn.uniform(0.5, 5), recipients, *BOUNCES[kind])]
    if kind == "rejected":
        return [story.reject()]
    if kind == "complained":
        outcomes = Outcomes(complained=1.0)
    events = [story.delay(60, recipients)] if kind == "delayed" else []
    after = drawn.uniform(0.5, 5) + (120 if events else 0)
    events.append(story.delivery(after, recipients))
    return events + _read(story, after, outcomes, drawn) + _said(story, after, outcomes, drawn)


def _simulated(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return SIMULATED.get(local.partition("+")[0], "delivered") if domain == SIMULATOR else ""


def _one(outcomes: Outcomes, drawn: random.Random) -> str:
    left = drawn.random()
    for name in BEFORE_DELIVERY:
        left -= getattr(outcomes, name)
        if left < 0:
            return name
    return "delivered"


def _read(story: Story, after: float, outcomes: Outcomes, drawn: random.Random) -> list[Json]:
    """Tell of opens and clicks, as far as they are tracked: machines at once, people later."""
    events = []
    links = story.mail.links() if story.mail.clicks else []
    if drawn.random() < outcomes.machine_opened and story.mail.opens:
        events.append(story.opened(after + 1, *PROXY))
    if drawn.random() < outcomes.machine_clicked:
        burst = (after + 2 + number / 20 for number in range(len(links)))
        events += [story.clicked(at, *SCANNER, link) for at, link in zip(burst, links, strict=True)]
    if drawn.random() < outcomes.opened:
        at = after + drawn.uniform(60, 86_400)
        if story.mail.opens:
            events.append(story.opened(at, *READER))
        if drawn.random() < outcomes.clicked and links:
            events.append(story.clicked(at + drawn.uniform(2, 60), *READER, drawn.choice(links)))
    return events


def _said(story: Story, after: float, outcomes: Outcomes, drawn: random.Random) -> list[Json]:
    """Tell of what readers said: complaints, and that they want no more."""
    events = []
    address = story.mail.recipients[0]
    at = after + drawn.uniform(300, 86_400)
    if drawn.random() < outcomes.complained:
        told = [address]
        if drawn.random() < outcomes.redacted:
            domain = address.rpartition("@")[2]
            told = sorted([address, *(f"stranger{number}@{domain}" for number in range(29))])
        events.append(story.complaint(at, told))
    if drawn.random() < outcomes.not_spam:
        events.append(story.complaint(at, [address], kind="not-spam"))
    if drawn.random() < outcomes.unsubscribed:
        events.append(story.unsubscribed(at))
    return events
