"""Reading: whatever is told, it is an event, or it is said in one of three ways that it is none."""

import copy
import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardletter.feedback.events import (
    KINDS,
    Event,
    PassedOverError,
    RefusedError,
    SetAsideError,
)
from cardletter.feedback.ses import Reader
from told import AT, bounce, click, complaint, delivery, envelope, opened, told

READER = Reader(lambda address: f"key:{address.casefold()}", ["123456789012"], [])
NONE = (SetAsideError, PassedOverError, RefusedError)
WHOLE: list[dict[str, Any]] = [
    delivery(),
    bounce(),
    complaint(),
    opened(),
    click(),
    told("Send"),
    told("Reject", {"reason": "Bad content"}),
    told("Rendering Failure", {"errorMessage": "x"}),
    told("DeliveryDelay", {"delayedRecipients": [{"emailAddress": "a@b.c"}], "timestamp": AT}),
    told("Subscription", {"newTopicPreferences": {"unsubscribeAll": True}}),
]
ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(["", "\ud800", "\x00", "Permanent", "not-spam", AT, "a@b.c", "x" * 5_000]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


def places(value: object, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [before]
    if isinstance(value, dict):
        found += [each for name in value for each in places(value[name], (*before, name))]
    if isinstance(value, list):
        found += [each for n, item in enumerate(value) for each in places(item, (*before, n))]
    return found


def well(event: Event) -> bool:
    """An event that can be kept as it is."""
    json.dumps(event.facts, allow_nan=False).encode("ascii")
    texts = (event.event_key, event.reason, event.edition, event.message_id, event.provider_id)
    return all(each.isascii() and "\x00" not in each for each in texts) and event.kind in KINDS


def read(body: bytes | str) -> str:
    try:
        return "well" if well(READER.read(body)) else "ill"
    except NONE as error:
        return str(error)


@settings(max_examples=600, deadline=None)
@given(event=st.sampled_from(WHOLE), wrap=st.booleans(), data=st.data())
def test_an_event_with_anything_put_into_any_place_is_read_or_refused(
    event: dict[str, Any], data: st.DataObject, *, wrap: bool
):
    changed: Any = copy.deepcopy(event)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(places(changed)[1:] or [()]))
        if not place:
            break
        where = changed
        for step in place[:-1]:
            where = where[step]
        where[place[-1]] = data.draw(ODD)
    body = json.dumps(envelope(changed) if wrap else changed)
    assert read(body) != "ill"


@settings(max_examples=400, deadline=None)
@given(body=st.binary(max_size=300) | st.text(max_size=300))
def test_any_bytes_are_read_or_refused(body: bytes | str):
    assert read(body) not in ("well", "ill")


@settings(max_examples=300, deadline=None)
@given(event=st.sampled_from(WHOLE), data=st.data())
def test_an_event_cut_or_with_a_byte_changed_is_read_or_refused(
    event: dict[str, Any], data: st.DataObject
):
    body = bytearray(json.dumps(event).encode())
    place = data.draw(st.integers(0, len(body) - 1))
    if data.draw(st.booleans()):
        assert read(bytes(body[:place])) in ("not_json", "too_large")
    body[place] = data.draw(st.integers(0, 255))
    assert read(bytes(body)) != "ill"


@pytest.mark.parametrize("event", WHOLE, ids=lambda event: str(event["eventType"]))
def test_each_kind_is_read_well(event: dict[str, Any]):
    found = READER.read(json.dumps(event))
    assert well(found)
    assert found.kind != "unknown"
    assert not found.warnings


@pytest.mark.parametrize(
    ("number", "kept"), [(1, True), (2**60, False), (-math.pi, False), (1e308, False)]
)
def test_numbers_are_kept_where_they_are_small_and_whole(number: float, *, kept: bool):
    event = delivery()
    event["delivery"]["processingTimeMillis"] = number
    facts = READER.read(json.dumps(event)).facts
    assert ("processingTimeMillis" in facts) is kept


def test_addresses_leave_the_reader_only_as_keyed_hashes():
    reader = Reader(lambda _: "key", [], [])
    for event in WHOLE:
        assert "@" not in repr(reader.read(json.dumps(event)))
