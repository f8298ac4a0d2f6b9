"""Fates: what becomes of accepted messages, and how well events of it arrive."""

from dataclasses import dataclass


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
