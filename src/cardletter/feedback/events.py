"""One vocabulary for what is reported of messages, whoever reports it: django-anymail's names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

KINDS = {
    "sent": "the provider says it will try",
    "delivered": "the member's mail server took it",
    "deferred": "the mail server asked to wait; it may still arrive",
    "bounced": "it did not reach the mailbox",
    "complained": "the member called it spam",
    "rejected": "the provider took it and did not send it, for what is in it",
    "failed": "the provider took it and could not put it together",
    "opened": "its pictures were loaded",
    "clicked": "a link in it was followed",
    "unsubscribed": "the member said stop at the provider",
    "unknown": "something else was reported",
}
"""Kind -> what it means."""

TRACKING = ("opened", "clicked")
"""Kinds that are recorded only of members who may be tracked."""

BOUNCES = {
    "hard": "there is no such mailbox",
    "permanent": "refused for good, for another reason",
    "provider_list": "not tried: it bounced lately for somebody else",
    "account_list": "not tried: it bounced or complained before",
    "policy": "refused for how we send, not for who gets it",
    "soft": "refused for now: full, too large, busy",
    "undetermined": "nobody knows why",
}
"""Reason of a bounce -> what it means."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was reported of one message."""

    event_key: str
    """The same for the same thing, however often and in whatever envelope it is told."""
    kind: str
    provider_id: str
    occurred_at: datetime
    reason: str = ""
    edition: str = ""
    """As the message's tag says; empty: it has none."""
    message_id: str = ""
    """Ours, as the message's tag says; empty: it has none."""
    recipients: frozenset[str] = frozenset()
    """Keyed hashes of the addresses it tells of."""
    machine: bool = False
    """What is told of the opener shows that it is no person."""
    link: str = field(default="", repr=False)
    """As it was followed: it may carry a member's token, so it is not kept like this."""
    facts: Mapping[str, object] = field(default_factory=dict)
    """What else is kept of it: never anything of a person."""
    warnings: tuple[str, ...] = ()


class SetAsideError(Exception):
    """Nothing can be made of it: it goes to the dead letters, and the queue moves on."""


class PassedOverError(Exception):
    """It is well, and tells of no message."""


class RefusedError(Exception):
    """It comes from where nothing may come from."""
