"""Taking in what was reported: batch by batch, each wholly or not at all, however often told."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from cardletter.feedback.breakers import trip
from cardletter.feedback.effects import Effects
from cardletter.feedback.events import (
    TRACKING,
    Event,
    PassedOverError,
    RefusedError,
    SetAsideError,
)
from cardletter.feedback.places import Places
from cardletter.feedback.ses import Reader
from cardletter.feedback.strays import bring_home, stray
from cardletter.ledger import now
from cardletter.ledger.book import Book, Sent
from cardletter.workspace import Workspace

BATCH = 2_000
"""Events taken in in one transaction."""

NAMED = 20


class Batch(Protocol):
    """What was told at once, by a file or a queue."""

    @property
    def bodies(self) -> Sequence[bytes | str]:
        """Give what was told."""

    def where(self, number: int) -> str:
        """Say where one of them stands, for who has to look at it."""

    def settle(self, poison: Collection[int]) -> None:
        """Forget what was taken in, after it is kept; of some, nothing could be made."""


@dataclass
class Taken:
    """What came of taking in."""

    told: int = 0
    new: int = 0
    duplicates: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    effects: Counter[str] = field(default_factory=Counter)
    orphans: Counter[str] = field(default_factory=Counter)
    """Why they belong to no message of ours -> how many; kept, without effect."""
    dropped: Counter[str] = field(default_factory=Counter)
    """Not kept: of erased members, of members who may not be tracked."""
    refused: Counter[str] = field(default_factory=Counter)
    passed_over: Counter[str] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    places: list[str] = field(default_factory=list)
    """Where the first of what was set aside stands."""
    paused: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    """What breakers have to say, in words."""

    @property
    def adds_up(self) -> bool:
        """Tell whether everything that was told is counted once."""
        parts = (self.dropped, self.refused, self.passed_over, self.set_aside)
        return self.told == self.new + self.duplicates + sum(part.total() for part in parts)


def ingest(
    desk: Workspace,
    batches: Iterable[Batch],
    *,
    accounts: Collection[str] = (),
    topics: Collection[str] = (),
) -> Taken:
    """Take in batches of what SES reported, and stop the editions that do harm."""
    office = Office(desk, Reader(desk.links.address_key, accounts, topics))
    desk.hash_key  # noqa: B018 - refuses a key that no hash here was made with
    for batch in batches:
        office.take(batch)
    office.look()
    return office.taken


class Office:
    """Takes in the batches of one run, and counts."""

    def __init__(self, desk: Workspace, reader: Reader) -> None:
        """Begin with nothing."""
        self.ledger, self.reader, self.taken = desk.ledger, reader, Taken()
        self.places, self.editions = Places(desk), set[str]()

    def take(self, batch: Batch) -> None:
        """Take in one batch, then let it be forgotten where it came from."""
        events, poison = [], []
        self.taken.told += len(batch.bodies)
        for number, body in enumerate(batch.bodies):
            try:
                events.append(self.reader.read(body))
            except SetAsideError as error:
                self.taken.set_aside[str(error)] += 1
                poison.append(number)
            except PassedOverError as error:
                self.taken.passed_over[str(error)] += 1
            except RefusedError as error:
                self.taken.refused[str(error)] += 1
        room = NAMED - len(self.taken.places)
        self.taken.places += [batch.where(number) for number in poison[:room]]
        if events:
            self._keep(events)
        batch.settle(poison)

    def look(self) -> None:
        """Let the breakers look at the editions that were told of, and at those not finished."""
        editions, effects = bring_home(self.ledger)
        self.editions |= editions
        self.taken.effects += effects
        for edition in sorted(self.editions | set(self.ledger.unfinished())):
            stopped, said = trip(self.ledger, edition)
            self.taken.said += [f"{edition}: {each}" for each in said]
            self.taken.paused += [edition] if stopped else []

    def _keep(self, events: Sequence[Event]) -> None:
        counted = Taken()
        with self.ledger.taking_in() as book:
            found = dict(_matched(book, events))
            rows: dict[str, dict[str, object]] = {}
            known = book.known([_key(event, found[id(event)]) for event in events])
            effects = Effects()
            gone = self._gone(book, [e for e in events if isinstance(found[id(e)], str)])
            for event in events:
                sent = found[id(event)]
                key = _key(event, sent)
                if why := _dropped(event, sent, gone):
                    counted.dropped[why] += 1
                elif key in known or key in rows:
                    counted.duplicates += 1
                else:
                    rows[key] = self._row(event, sent, key, counted)
                    if isinstance(sent, Sent):
                        effects.follow(event, sent)
            book.record(list(rows.values()))
            counted.effects = effects.apply(book)
        self._add(counted, len(rows))

    def _gone(self, book: Book, events: Sequence[Event]) -> set[str]:
        keys = {key for event in events for key in event.recipients}
        return book.erased(keys) if keys else set()

    def _row(self, event: Event, sent: Sent | str, key: str, counted: Taken) -> dict[str, object]:
        ours = isinstance(sent, Sent)
        edition = sent.edition if isinstance(sent, Sent) else event.edition
        link, foreign = self.places.link(edition, event.link) if event.link else ("", False)
        counted.kinds[event.kind] += 1
        counted.warnings.update(event.warnings)
        counted.warnings.update(["foreign_link"] if foreign else [])
        if event.kind == "unknown" and not event.reason:
            counted.warnings["unknown_kind"] += 1
        if isinstance(sent, str):
            counted.orphans[sent] += 1
        else:
            self.editions.add(sent.edition)
        return {
            "event_key": key,
            "edition": edition,
            "message_id": sent.message_id if isinstance(sent, Sent) else event.message_id,
            "provider_id": event.provider_id,
            "kind": event.kind,
            "reason": event.reason,
            "machine": event.machine,
            "link": link,
            "orphan": "" if ours else sent,
            "occurred_at": event.occurred_at,
            "recorded_at": now(),
            "payload": json.dumps(event.facts) if event.facts else "",
        }

    def _add(self, counted: Taken, new: int) -> None:
        """Count what was kept, now that it is."""
        taken = self.taken
        taken.new += new
        taken.duplicates += counted.duplicates
        for name in ("kinds", "effects", "orphans", "dropped", "warnings"):
            getattr(taken, name).update(getattr(counted, name))


def _matched(book: Book, events: Sequence[Event]) -> Iterator[tuple[int, Sent | str]]:
    """Give whose message each event tells of, or why it is nobody's."""
    sent = book.sent({event.message_id for event in events} - {""})
    bare = [event for event in events if not event.message_id]
    answered = _answered(book, bare) if bare else {}
    for event in events:
        if event.message_id:
            yield id(event), _belongs(event, sent.get(event.message_id))
        else:
            yield id(event), _one_of(event, answered.get(event.provider_id, []))


def _answered(book: Book, events: Sequence[Event]) -> dict[str, list[Sent]]:
    earliest: datetime = min(event.occurred_at for event in events)
    return book.answered({event.provider_id for event in events}, earliest)


def _belongs(event: Event, sent: Sent | None) -> Sent | str:
    if sent is None:
        return "unknown_message"
    if event.edition != sent.edition:
        return "other_edition"
    return sent if _is_for(event, sent) else "other_recipient"


def _one_of(event: Event, members: Sequence[Sent]) -> Sent | str:
    """Give the one among the members of a call whose address is told of."""
    if any(warning.startswith("bad_tag") for warning in event.warnings):
        return "bad_tag"
    if not members:
        return "no_tags"
    theirs = [each for each in members if each.message_id and _is_for(event, each)]
    if len(theirs) != 1:
        return "other_recipient"
    return theirs[0] if event.edition in ("", theirs[0].edition) else "other_edition"


def _is_for(event: Event, sent: Sent) -> bool:
    """Tell whether a message's own address is among those told of, as far as any are."""
    return not event.recipients or not sent.address_key or sent.address_key in event.recipients


def _dropped(event: Event, sent: Sent | str, gone: set[str]) -> str:
    if isinstance(sent, str):
        return "erased" if event.recipients & gone else ""
    return "untracked" if event.kind in TRACKING and not sent.tracked else ""


def _key(event: Event, sent: Sent | str) -> str:
    return event.event_key if isinstance(sent, Sent) else stray(event.event_key)
