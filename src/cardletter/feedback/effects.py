"""Effects: what follows from each kind of event; one small function a kind.

Each only adds to sets of what is to be done, and what is done twice is as if done once: so events
in any order, any number of times, come to the same.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cardletter.feedback.events import Event
from cardletter.ledger.book import SOFT, Book, Sent

SOFTLY, WITHIN = 5, timedelta(days=30)
"""So many bounces for now, within so long, and nobody is there."""

SOURCES = {"hard": "hard_bounce", "provider_list": "provider_list", "account_list": "account_list"}
"""Reason of a bounce -> reason of the suppression; for any other reason there is none."""


@dataclass
class Effects:
    """What is to be done about the events of a batch."""

    keys: dict[str, set[str]] = field(default_factory=dict)
    """Reason -> keyed hashes of addresses to suppress."""
    members: dict[str, set[str]] = field(default_factory=dict)
    """Reason -> members to suppress."""
    no: dict[str, dict[str, str]] = field(default_factory=dict)
    """Method -> member -> edition, of the newsletters to withdraw."""
    softly: set[str] = field(default_factory=set)
    """Keyed hashes of addresses that bounced for now."""

    def follow(self, event: Event, sent: Sent) -> None:
        """Add what follows from one event of one message."""
        if effect := EFFECTS.get(event.kind):
            effect(self, event, sent)

    def apply(self, book: Book) -> Counter[str]:
        """Do it, after the events were recorded; give how often what was new."""
        done: Counter[str] = Counter()
        softly = {key for key, at in book.bounced_softly(self.softly).items() if too_often(at)}
        keys = self.keys | ({"soft_bounces": softly} if softly else {})
        for reason, theirs in sorted(keys.items()):
            done[f"addresses suppressed: {reason}"] += book.suppress(reason, keys=theirs)
        for reason, members in sorted(self.members.items()):
            done[f"members suppressed: {reason}"] += book.suppress(reason, members=members)
        for method, who in sorted(self.no.items()):
            done[f"newsletters withdrawn: {method}"] += book.withdraw(who, method)
        return +done


def too_often(times: Iterable[datetime]) -> bool:
    """Tell whether any five bounces lie within thirty days."""
    ordered: Sequence[datetime] = sorted(times)
    pairs = zip(ordered, ordered[SOFTLY - 1 :], strict=False)
    return any(last - first <= WITHIN for first, last in pairs)


def bounced(effects: Effects, event: Event, sent: Sent) -> None:
    """Suppress an address nobody lives at: never the member, and for no other reason."""
    if reason := SOURCES.get(event.reason):
        effects.keys.setdefault(reason, set()).update({sent.address_key} - {""})
    elif event.reason in SOFT:
        effects.softly.add(sent.address_key)


def complained(effects: Effects, event: Event, sent: Sent) -> None:
    """Suppress who complains and withdraw the newsletter; what was never sent complains of none."""
    if event.reason == "account_list":
        effects.keys.setdefault("account_list", set()).update({sent.address_key} - {""})
        return
    effects.members.setdefault("complaint", set()).add(sent.member_id)
    _withdraw(effects, "complaint", sent)


def unsubscribed(effects: Effects, _: Event, sent: Sent) -> None:
    """Withdraw the newsletter of who said stop at the provider."""
    _withdraw(effects, "provider_unsubscribe", sent)


def _withdraw(effects: Effects, method: str, sent: Sent) -> None:
    theirs = effects.no.setdefault(method, {})
    # Of two editions the last is named, in whatever order they are told of.
    theirs[sent.member_id] = max(sent.edition, theirs.get(sent.member_id, ""))


EFFECTS: dict[str, Callable[[Effects, Event, Sent], None]] = {
    "bounced": bounced,
    "complained": complained,
    "unsubscribed": unsubscribed,
}
"""Kinds that have effects; others are recorded, and `failed` and `rejected` stop the edition."""
