"""Strays: events without tags that came before our own record of the answer they belong to.

They were kept as nobody's. Once the answer is recorded they are found by the provider's id, and
kept again as what they are; the stray itself stays, as everything that was told.
"""

from collections import Counter

from cardletter.feedback.effects import Effects
from cardletter.feedback.events import TRACKING, Event
from cardletter.ledger import Ledger, now


def bring_home(ledger: Ledger) -> tuple[set[str], Counter[str]]:
    """Keep strays as events of the messages they tell of; give their editions, and the effects."""
    effects, editions = Effects(), set[str]()
    with ledger.taking_in() as book:
        strays = {home(row["event_key"]): row for row in book.strays()}
        for key in book.known(set(strays)):
            del strays[key]
        if not strays:
            return set(), Counter()
        ids = {row["provider_id"] for row in strays.values()}
        earliest = min(row["occurred_at"] for row in strays.values())
        answered = book.answered(ids, earliest)
        rows = []
        for key, row in strays.items():
            members = answered.get(row["provider_id"], [])
            # Whom it was told of is not known any more, so nothing but the one place will do.
            if len(members) != 1 or (row["kind"] in TRACKING and not members[0].tracked):
                continue
            sent = members[0]
            ours = {"event_key": key, "edition": sent.edition, "message_id": sent.message_id}
            rows.append(row | ours | {"orphan": "", "recorded_at": now()})
            editions.add(sent.edition)
            event = Event(key, row["kind"], row["provider_id"], row["occurred_at"], row["reason"])
            effects.follow(event, sent)
        book.record(rows)
        return editions, effects.apply(book)


def stray(event_key: str) -> str:
    """Give the key a stray is kept under, which does not stand in the way of its true one."""
    return event_key[::-1]


def home(stray_key: str) -> str:
    """Give the key it will have when it is known whose it is."""
    return stray_key[::-1]
