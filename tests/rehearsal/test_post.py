"""How badly events may travel, and where they go."""

import json
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from cardletter.rehearsal import EventPath, Outcomes
from cardletter.rehearsal.standin import Standin
from standing_in import Event, about, addresses, bulk, connected, kinds, told

ADA = ["ada@example.com"]
MIXED = Outcomes(
    no_email=0.1, full=0.1, policy=0.1, delayed=0.1, rejected=0.1, complained=0.2, opened=0.5
)


def test_outcomes_are_the_seeds_whatever_the_order_of_messages():
    first = Counter(map(about, told(MIXED, addresses(50))))
    assert Counter(map(about, told(MIXED, addresses(50)[::-1]))) == first
    assert Counter(map(about, told(MIXED, addresses(50), seed=8))) != first
    assert len({kind for _, kind in first}) == 7


def test_events_are_lost_and_doubled_and_disordered_as_the_seed_says():
    whole = told(MIXED, addresses(50))
    bad = EventPath(lost=0.2, doubled=0.2, disordered=0.3)
    found = [told(MIXED, addresses(50), bad) for _ in range(2)]
    assert [about(event) for event in found[0]] == [about(event) for event in found[1]]
    counts = Counter(map(about, found[0]))
    assert set(counts) < set(map(about, whole))
    assert {1, 2} < set(counts.values()) <= {1, 2, 3, 4, 5}
    order = [about(event) for event in whole]
    places = [order.index(about(event)) for event in found[0]]
    assert places != sorted(places)


@pytest.mark.parametrize(
    ("path", "right"),
    [
        (EventPath(lost=1), lambda count: count == 0),
        (EventPath(doubled=1, most_copies=2), lambda count: count == 200),
        (EventPath(doubled=1), lambda count: 250 < count <= 500),
    ],
)
def test_shares_of_one_are_all(path: EventPath, right: Callable[[int], bool]):
    assert right(len(told(Outcomes(), addresses(50), path)))


def test_late_events_come_late_or_when_they_are_hurried():
    found: list[Event] = []
    late = EventPath(delay=(30, 60))
    with Standin(path=late, on_event=found.append) as standin, connected(standin.url) as ses:
        ses.send_bulk_email(**bulk(ADA))
        assert (found, standin.counts()["events"]["due"]) == ([], 2)
        standin.hurry()
        assert len(found) == 2


def test_late_events_come_by_themselves(tmp_path: Path):
    late = EventPath(delay=(0.05, 0.1))
    file = tmp_path / "events.jsonl"
    with Standin(path=late, events_to=file) as standin, connected(standin.url) as ses:
        ses.send_bulk_email(**bulk(ADA))
        while standin.counts()["events"]["due"]:
            time.sleep(0.01)
    assert Counter(map(about, map(json.loads, file.read_text().splitlines()))) == {
        (ADA[0], "Send"): 1,
        (ADA[0], "Delivery"): 1,
    }


def test_events_go_into_a_folder_one_file_each(tmp_path: Path):
    with Standin(events_to=tmp_path / "events") as standin, connected(standin.url) as ses:
        ses.send_bulk_email(**bulk(ADA))
        standin.emit({"eventType": "Rendering Failure", "mail": {}, "failure": {}})
    files = sorted((tmp_path / "events").iterdir())
    assert kinds([json.loads(file.read_text()) for file in files]) == [
        "Send",
        "Delivery",
        "Rendering Failure",
    ]
    assert all(file.suffix == ".json" for file in files)
