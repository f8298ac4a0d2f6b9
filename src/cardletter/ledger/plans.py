"""Plans: whom an edition is for, each member once, and in which call."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, select, update

from cardletter.ledger.schema import CALLS, EDITIONS, SENDS
from cardletter.ledger.sends import Sends

CHUNK = 10_000
"""Sends planned in one transaction."""


class Planned(NamedTuple):
    """One member of a call, as planned."""

    member_id: str
    message_id: str
    variant_id: str
    consent_id: int | None
    address_key: str
    marketing: bool
    tracked: bool


SENDS_OWN = Planned._fields[:5]


class Plans(Sends):
    """Plans of the ledger."""

    def plan_sends(
        self, edition: str, members: Iterable[Planned], size: int, rate: float = math.inf
    ) -> int:
        """Plan members, in calls of at most `size` of one variant; give how many are new.

        Who was planned before stays in the call they are in. Calls are put in an order in which
        those of a second fill the rate, members a second.
        """
        new, chunk = 0, []
        for each in members:
            chunk.append(each)
            if len(chunk) == CHUNK:
                new += self._plan_chunk(edition, chunk, size, rate)
                chunk = []
        return new + self._plan_chunk(edition, chunk, size, rate)

    def _plan_chunk(self, edition: str, chunk: Sequence[Planned], size: int, rate: float) -> int:
        if not chunk:
            return 0
        with self._edition_alone(edition) as connection:
            asked = [each.member_id for each in chunk]
            query = select(SENDS.c.member_id).where(
                SENDS.c.edition == edition, SENDS.c.member_id.in_(asked)
            )
            known = set(connection.scalars(query))
            fresh = [each for each in chunk if each.member_id not in known]
            first = new_call(connection, edition)
            calls = list(enumerate(packed(list(_grouped(fresh, size)), rate), start=first))
            self._write_calls(connection, edition, calls)
        return len(fresh)

    def _write_calls(
        self, connection: Connection, edition: str, calls: Sequence[tuple[int, list[Planned]]]
    ) -> None:
        if not calls:
            return
        rows = [
            a_call(edition, call, group[0].variant_id, len(group), marketing=group[0].marketing)
            | {"tracked": group[0].tracked}
            for call, group in calls
        ]
        connection.execute(insert(CALLS), rows)
        members = [each for _, group in calls for each in group]
        # The first five of what is planned of a member are columns of the same names.
        own = zip(SENDS_OWN, zip(*members, strict=True), strict=False)
        count = len(members)
        columns = {name: list(values) for name, values in own} | {
            "edition": [edition] * count,
            "call": [call for call, group in calls for _ in group],
            "state": [""] * count,
            "reason": [""] * count,
        }
        self.write_rows(connection, SENDS, columns)

    def drop_planned(
        self, edition: str, refused: Mapping[str, str], held: Sequence[str] = ()
    ) -> None:
        """Take members out whose message is not yet on its way: refused for a reason, or held.

        Who is held is planned anew when the time has come.
        """
        theirs = (SENDS.c.edition == edition) & (SENDS.c.state == "")
        theirs &= SENDS.c.member_id == bindparam("member")
        theirs &= SENDS.c.call.in_(_waiting(edition))
        bar = update(SENDS).where(theirs).values(state="refused", reason=bindparam("why"))
        with self.writing() as connection:
            if refused:
                rows = [{"member": member, "why": why} for member, why in refused.items()]
                connection.execute(bar, rows)
            if held:
                connection.execute(delete(SENDS).where(theirs), [{"member": m} for m in held])

    def close(self, edition: str, reason: str) -> None:
        """Refuse, for one reason, everybody who is planned and not on the way."""
        theirs = (SENDS.c.edition == edition) & (SENDS.c.state == "")
        waiting = select(CALLS.c.call).where(CALLS.c.edition == edition, CALLS.c.state == "planned")
        with self.writing() as connection:
            connection.execute(
                update(SENDS)
                .where(theirs, SENDS.c.call.in_(waiting))
                .values(state="refused", reason=reason)
            )
            ended = (CALLS.c.edition == edition) & (CALLS.c.state == "planned")
            connection.execute(update(CALLS).where(ended).values(state="done", code=reason))

    def planned(self, edition: str) -> set[str]:
        """Give the members that an edition was planned for, whatever became of them."""
        return self.values(select(SENDS.c.member_id).where(SENDS.c.edition == edition))

    def next_size(self, edition: str) -> int:
        """Give how many members the next planned call has, or 0 where there is none."""
        with self.engine.connect() as connection:
            return connection.scalar(NEXT_SIZE, {"edition": edition}) or 0


NEXT_SIZE = (
    select(CALLS.c.members)
    .where(CALLS.c.edition == bindparam("edition"), CALLS.c.state == "planned")
    .order_by(CALLS.c.call)
    .limit(1)
)


def _waiting(edition: str) -> Select[Any]:
    same = (CALLS.c.edition == edition) & (CALLS.c.state == "planned")
    return select(CALLS.c.call).where(same)


def _grouped(members: Sequence[Planned], size: int) -> Iterator[list[Planned]]:
    """Cut members into groups of at most `size` that share what a call is one of."""
    kinds: dict[tuple[str, bool, bool], list[Planned]] = {}
    for each in members:
        kinds.setdefault((each.variant_id, each.marketing, each.tracked), []).append(each)
    for _, group in sorted(kinds.items()):
        for start in range(0, len(group), size):
            yield group[start : start + size]


def packed(calls: Sequence[list[Planned]], rate: float) -> list[list[Planned]]:
    """Give calls in an order in which those of one second come to the rate, or nearly so.

    Most variants end in a call that is not full. Where such calls come one by one, there is room
    left in a second, but not for the next call. Each call goes into the first second with room for
    it, the largest first.
    """
    if not 1 <= rate < math.inf:
        return list(calls)
    seconds: list[list[list[Planned]]] = []
    room: list[float] = []
    begun = 0
    for call in sorted(calls, key=len, reverse=True):
        while begun < len(room) and room[begun] < 1:
            begun += 1
        at = next((n for n in range(begun, len(room)) if room[n] >= len(call)), len(room))
        if at == len(room):
            seconds.append([])
            room.append(rate)
        seconds[at].append(call)
        room[at] -= len(call)
    return [call for second in seconds for call in second]


def new_call(connection: Connection, edition: str) -> int:
    """Give the number of an edition's next call; nobody else makes one until the commit."""
    alone = select(EDITIONS.c.edition).where(EDITIONS.c.edition == edition).with_for_update()
    connection.execute(alone)  # SQLite lets one write at a time anyway
    last = select(func.max(CALLS.c.call)).where(CALLS.c.edition == edition)
    return (connection.scalar(last) or 0) + 1


def a_call(
    edition: str, call: int, variant_id: str, members: int, *, marketing: bool
) -> dict[str, Any]:
    """Give the row of a planned call."""
    return {
        "edition": edition,
        "call": call,
        "variant_id": variant_id,
        "members": members,
        "marketing": marketing,
        "tracked": False,
        "state": "planned",
    }


def move(connection: Connection, edition: str, members: Sequence[str], call: int) -> None:
    """Put members into another call, to be sent to anew."""
    theirs = (SENDS.c.edition == edition) & SENDS.c.member_id.in_(members)
    connection.execute(update(SENDS).where(theirs).values(call=call, state="", reason=""))
