"""Two who take in the same events at once, and a member who is erased meanwhile."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from cardletter.feedback.ingest import Taken, ingest
from cardletter.ledger import Ledger
from cardletter.links import keyed_hash
from cardletter.workspace import Workspace
from databases import BOTH, an_empty_ledger, server  # noqa: F401 - a fixture
from told import (
    EDITION,
    Told,
    address,
    answered,
    became,
    bounce,
    complaint,
    delivery,
    kept,
    project,
    send,
    standing,
    suppressed,
    take,
    untagged,
)

MEMBERS = 60


@pytest.fixture(params=BOTH)
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    yield from an_empty_ledger(request, tmp_path)


@pytest.fixture
def desk(ledger: Ledger, tmp_path: Path) -> Workspace:
    made = project(tmp_path / "letter", ledger)
    send(made, range(MEMBERS))
    return made


def batches() -> list[Told]:
    events = [each(n) for n in range(MEMBERS) for each in (delivery, bounce, complaint)]
    bodies = [json.dumps(each) for each in events]
    return [Told(bodies[start : start + 20]) for start in range(0, len(bodies), 20)]


def test_an_untagged_event_before_our_own_record_of_the_answer_comes_home(desk: Workspace):
    ledger, numbers = desk.ledger, range(100, 103)
    send(desk, numbers, answer=None)
    early = [untagged(each) for each in (bounce(101), complaint(102), delivery(100))]
    assert take(desk, *early).orphans == {"no_tags": 3}
    assert (became(desk)["m100"], suppressed(desk)) == ("calling", [])
    answered(desk, numbers)
    taken = take(desk)
    assert taken.effects["members suppressed: complaint"] == 1
    assert suppressed(desk) == [("complaint", "m102"), ("hard_bounce", "address 101")]
    assert standing(desk)["m102"] == "withdrawn"
    before = kept(desk)
    assert take(desk, *early, *(bounce(101), delivery(100))).new == 0
    assert kept(desk) == before
    assert ledger.reported(EDITION) == {"bounced": 1, "complained": 1, "delivered": 1}


def test_two_at_once_come_to_what_one_comes_to(desk: Workspace):
    found: list[Taken] = []
    orders = (batches(), batches()[::-1])
    work = [threading.Thread(target=lambda o=o: found.append(ingest(desk, o))) for o in orders]
    for each in work:
        each.start()
    for each in work:
        each.join()
    assert sum(taken.new for taken in found) == len(kept(desk)) == 3 * MEMBERS
    assert sum(taken.duplicates for taken in found) == 3 * MEMBERS
    barred = suppressed(desk)
    assert len(barred) == len(set(barred)) == 2 * MEMBERS
    assert set(standing(desk).values()) == {"withdrawn"}


def test_who_is_erased_meanwhile_does_not_come_back(desk: Workspace):
    links, ledger = desk.links, desk.ledger
    going = list(range(0, MEMBERS, 2))

    def erase() -> None:
        for number in going:
            member, key = f"m{number}", links.address_key(address(number))
            ledger.erase(member, keyed_hash(desk.hash_key, "member", member), [key])

    work = [threading.Thread(target=erase), threading.Thread(target=ingest, args=(desk, batches()))]
    for each in work:
        each.start()
    for each in work:
        each.join()
    for number in going:
        assert ledger.holdings(f"m{number}") == {}
    left = {f"m{number}" for number in range(1, MEMBERS, 2)}
    assert {who for reason, who in suppressed(desk) if reason == "complaint"} == left
    assert set(standing(desk)) == left
