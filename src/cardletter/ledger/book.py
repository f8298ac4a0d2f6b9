"""The book: events and what follows of them, written together or not at all."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, case, exists, insert, select

from cardletter.ledger.consents import Act, Consents
from cardletter.ledger.database import now
from cardletter.ledger.schema import CALLS, EVENTS, SENDS, STANDING, SUPPRESSIONS
from cardletter.ledger.sends import SENT_IN

SOFT = ("soft", "permanent")
"""Bounces that count towards suppression only when there are several."""

TRACKED = timedelta(days=65)
"""A call is looked for so long back: SES tells of opens and clicks for sixty days."""

LATELY, MOST = timedelta(days=2), 10_000
"""So long and for so many it is asked whether they are somebody's after all."""


class Sent(NamedTuple):
    """Whom a message was for."""

    message_id: str
    edition: str
    member_id: str
    address_key: str
    tracked: bool
    """Opens and clicks may be recorded: it was agreed to then, and still is."""


@dataclass(frozen=True)
class Book:
    """The ledger, open for taking in events: all of what is written in it is kept, or nothing."""

    ledger: Consents
    connection: Connection

    def sent(self, messages: Collection[str]) -> dict[str, Sent]:
        """Give whom messages were for, by our own ids."""
        found = self.connection.execute(SENT.where(SENDS.c.message_id.in_(messages)))
        return {row.message_id: Sent(*row) for row in found}

    def known(self, keys: Collection[str]) -> set[str]:
        """Give which of these events were taken in before."""
        query = select(EVENTS.c.event_key).where(EVENTS.c.event_key.in_(keys))
        return set(self.connection.scalars(query))

    def erased(self, address_keys: Collection[str]) -> set[str]:
        """Give which of these addresses were a member's who was erased."""
        query = select(SUPPRESSIONS.c.address_key).where(
            SUPPRESSIONS.c.address_key.in_(address_keys), SUPPRESSIONS.c.reason == "erased"
        )
        return set(self.connection.scalars(query))

    def answered(self, ids: Collection[str], earliest: datetime) -> dict[str, list[Sent]]:
        """Give the members of the calls in which the provider gave these ids.

        Where all that were taken are still known, only the one the id was given for: ids are kept
        in the order of message_id.
        """
        calls = select(CALLS.c.edition, CALLS.c.call, CALLS.c.answers).where(
            CALLS.c.claimed_at > earliest - TRACKED, CALLS.c.answers != ""
        )
        found: dict[str, list[Sent]] = {}
        for call in self.connection.execute(calls):
            answers = [each for each in json.loads(call.answers) if each]
            if asked := set(ids) & set(answers):
                members = self._taken(call.edition, call.call)
                for each in asked:
                    place = answers.index(each)
                    whole = len(members) == len(answers) and members[0].message_id
                    found[each] = [members[place]] if whole else members
        return found

    def _taken(self, edition: str, call: int) -> list[Sent]:
        query = SENT.where(SENDS.c.edition == edition, SENDS.c.call == call, SENDS.c.state == "")
        rows = self.connection.execute(query.order_by(SENDS.c.message_id))
        return [Sent(*row) for row in rows]

    def strays(self) -> list[dict[str, Any]]:
        """Give the events of the last days that came without tags, and were nobody's then."""
        names = [column for column in EVENTS.columns if column.name != "event_id"]
        query = select(*names).where(
            EVENTS.c.orphan == "no_tags", EVENTS.c.recorded_at > now() - LATELY
        )
        rows = self.connection.execute(query.order_by(EVENTS.c.event_id.desc()).limit(MOST))
        return [dict(row) for row in rows.mappings()]

    def record(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Keep events; those taken in before change nothing."""
        if rows:
            query = self.ledger.insert(EVENTS).on_conflict_do_nothing()
            self.connection.execute(query, [dict(row) for row in rows])

    def suppress(
        self, reason: str, *, members: Iterable[str] = (), keys: Iterable[str] = ()
    ) -> int:
        """Never mail members, or addresses, again; give how many are new for this reason."""
        rows = [(member, "") for member in self._still_here(members)]
        rows += [("", key) for key in sorted(set(keys))]
        both = (SUPPRESSIONS.c.member_id, SUPPRESSIONS.c.address_key)
        before: set[tuple[str, str]] = set()
        for column, asked in zip(both, zip(*rows, strict=True) if rows else (), strict=False):
            query = select(*both).where(SUPPRESSIONS.c.reason == reason)
            named = query.where(column.in_(set(asked) - {""}))
            before |= {(row[0], row[1]) for row in self.connection.execute(named)}
        new = [
            {"member_id": member, "address_key": key, "reason": reason, "source": "ses"}
            | {"recorded_at": now()}
            for member, key in rows
            if (member, key) not in before
        ]
        if new:
            self.connection.execute(insert(SUPPRESSIONS), new)
        return len(new)

    def withdraw(self, members: Mapping[str, str], method: str) -> int:
        """Withdraw the newsletter of members who have it; `members`: member_id -> edition."""
        done = 0
        for member in self._still_here(members):
            standing = self.ledger._standing(self.connection, member)  # noqa: SLF001 - its book
            if standing.get("newsletter") == "granted":
                evidence = f"an event of edition {members[member]}"
                no = ("newsletter", "withdrawn", method, "", "", "ses", "", evidence)
                self.ledger._act(self.connection, Act(member, *no))  # noqa: SLF001
                done += 1
        return done

    def _still_here(self, members: Iterable[str]) -> list[str]:
        """Give those who were not erased since, and let nobody erase them meanwhile."""
        asked = sorted(set(members))
        for member in asked:  # in one order everywhere: two would wait for each other for ever
            self.ledger._alone(self.connection, member)  # noqa: SLF001
        query = select(SENDS.c.member_id).where(SENDS.c.member_id.in_(asked))
        found = set(self.connection.scalars(query))
        return [member for member in asked if member in found]

    def bounced_softly(self, address_keys: Collection[str]) -> dict[str, list[datetime]]:
        """Give when messages to addresses bounced for now, or for good for another reason."""
        query = (
            select(SENDS.c.address_key, EVENTS.c.occurred_at)
            .join(EVENTS, EVENTS.c.message_id == SENDS.c.message_id)
            .where(SENDS.c.address_key.in_(address_keys), SENDS.c.address_key != "")
            .where(EVENTS.c.kind == "bounced", EVENTS.c.reason.in_(SOFT), EVENTS.c.orphan == "")
        )
        times: dict[str, list[datetime]] = {}
        for key, at in self.connection.execute(query):
            times.setdefault(key, []).append(at)
        return times


MAY_TRACK = exists().where(
    STANDING.c.member_id == SENDS.c.member_id,
    STANDING.c.purpose == "tracking",
    STANDING.c.state == "granted",
)
SENT = select(
    SENDS.c.message_id,
    SENDS.c.edition,
    SENDS.c.member_id,
    SENDS.c.address_key,
    case((CALLS.c.tracked & MAY_TRACK, 1), else_=0).label("tracked"),
).select_from(SENT_IN)
