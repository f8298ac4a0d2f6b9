"""Every fault: what the client sees, what was taken, and how often botocore posts by itself."""

import contextlib
import time
from collections import Counter
from collections.abc import Iterator

import botocore.exceptions
import pytest
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError

from cardletter.rehearsal import Fault, Faults
from cardletter.rehearsal.faults import BEFORE, ENTRY_KINDS, KINDS, Chooser
from cardletter.rehearsal.standin import Standin
from standing_in import Client, addresses, bulk, connected, simple


@pytest.fixture
def ses(standin: Standin) -> Iterator[Client]:
    """Give a client that does not wait long for what hangs."""
    with connected(standin.url, read_timeout=1) as made:
        yield made


RAISES = {
    "throttle": ("TooManyRequestsException", 429),
    "paused": ("SendingPausedException", 400),
    "suspended": ("AccountSuspendedException", 400),
    "unavailable": ("ServiceUnavailableException", 503),
    "error_500": ("InternalFailure", 500),
    "error_503": ("ServiceUnavailableException", 503),
}
BREAKS = {
    "hang_before": ReadTimeoutError,
    "hang": ReadTimeoutError,
    "reset_before": ConnectionClosedError,
    "reset": ConnectionClosedError,
    "torn": botocore.exceptions.HTTPClientError,
}
LACKS = {"half": None, "empty": None, "no_ids": [{"Status": "SUCCESS"}] * 2, "fewer": [1]}
SEND = {"SendBulkEmail": bulk(addresses(2)), "SendEmail": simple("ada@example.com")}


def send(ses: Client, operation: str = "SendBulkEmail"):
    call = ses.send_bulk_email if operation == "SendBulkEmail" else ses.send_email
    return call(**SEND[operation])


def test_there_is_no_fault_that_is_not_tried_here():
    assert set(RAISES) | set(BREAKS) | set(LACKS) == set(KINDS)


@pytest.mark.parametrize("operation", SEND)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_taken_and_what_is_logged(standin: Standin, ses: Client, kind: str, operation: str):
    standin.script(kind)
    with contextlib.suppress(ClientError, botocore.exceptions.BotoCoreError):
        send(ses, operation)
    entries = {"SendBulkEmail": 2, "SendEmail": 1}[operation]
    taken = 0 if kind in BEFORE else entries
    assert len(standin.log.accepted) == taken
    assert standin.account.sent_last_24_hours == taken
    assert standin.log.posts() == 1
    (call,) = standin.log.calls
    assert (call.fault, call.accepted) == (kind, taken)
    assert call.error == RAISES.get(kind, ("",))[0]
    assert all((each.fault, each.definite) == (kind, False) for each in standin.log.accepted)


@pytest.mark.parametrize("kind", RAISES)
def test_an_error_is_told_as_the_model_has_it(standin: Standin, ses: Client, kind: str):
    standin.script(kind)
    with pytest.raises(ClientError) as error:
        send(ses)
    code, status = RAISES[kind]
    assert error.value.response["Error"]["Code"] == code
    assert error.value.response["Error"]["Message"]
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == status


@pytest.mark.parametrize("kind", BREAKS)
def test_a_broken_connection_is_told_apart(standin: Standin, ses: Client, kind: str):
    standin.script(kind)
    with pytest.raises(BREAKS[kind]):
        send(ses)
    assert len(send(ses)["BulkEmailEntryResults"]) == 2


@pytest.mark.parametrize("kind", LACKS)
def test_botocore_takes_an_answer_that_lacks_something_for_a_good_one(
    standin: Standin, ses: Client, kind: str
):
    standin.script(kind)
    results = send(ses).get("BulkEmailEntryResults")
    if kind == "fewer":
        assert [result["MessageId"] for result in results] == [standin.log.accepted[0].ses_id]
    else:
        assert results == LACKS[kind]


REPEATED = ["hang", "reset", "torn", "error_500", "error_503", "throttle", "unavailable"]
NOT_REPEATED = ["paused", "suspended", "empty", "half"]


@pytest.mark.parametrize("kind", [*REPEATED, *NOT_REPEATED])
def test_botocore_repeats_by_itself_unless_it_is_told_not_to(standin: Standin, kind: str):
    standin.script(kind)
    patience = 0.2 if kind == "hang" else 5
    with connected(standin.url, read_timeout=patience, attempts=3) as repeating:
        try:
            send(repeating)
        except ClientError:
            assert kind in NOT_REPEATED
    posts = 2 if kind in REPEATED else 1
    assert standin.log.posts() == posts
    assert len({call.invocation for call in standin.log.calls}) == 1
    if kind in REPEATED and kind not in BEFORE:
        assert set(standin.log.copies().values()) == {2}


def test_one_entry_fails_and_the_others_do_not(standin: Standin, ses: Client):
    standin.script(Fault(entries={0: "TRANSIENT_FAILURE"}), Fault(entries={1: "FAILED"}))
    first, second = (send(ses)["BulkEmailEntryResults"] for _ in range(2))
    assert [result["Status"] for result in first] == ["TRANSIENT_FAILURE", "SUCCESS"]
    assert [result["Status"] for result in second] == ["SUCCESS", "FAILED"]
    assert "MessageId" not in first[0]
    assert [each.entry for each in standin.log.accepted] == [1, 0]


def test_an_answer_comes_late(standin: Standin, ses: Client):
    standin.script(Fault(latency=0.2))
    begun = time.monotonic()
    send(ses)
    assert time.monotonic() - begun >= 0.2
    assert standin.log.accepted[0].clock - begun < 0.2


def test_a_hang_ends():
    with Standin(faults=Faults(hang_seconds=0.05)) as standin, connected(standin.url) as ses:
        standin.script("hang")
        with pytest.raises(ConnectionClosedError):
            send(ses)


def test_what_hangs_does_not_keep_the_stand_in_from_stopping(ses: Client, standin: Standin):
    standin.script("hang")
    with pytest.raises(ReadTimeoutError):
        send(ses)
    begun = time.monotonic()
    standin.stop()
    assert time.monotonic() - begun < 2


def drawn(faults: Faults, seed: int, calls: int = 400) -> list[Fault]:
    chooser = Chooser(faults, seed)
    return [chooser.next(2) for _ in range(calls)]


EACH = Faults(**dict.fromkeys([*KINDS, *ENTRY_KINDS], 0.05), latency=(0.1, 0.2))


def test_a_seed_says_all_faults():
    assert drawn(EACH, 1) == drawn(EACH, 1) != drawn(EACH, 2)


def test_shares_are_kept():
    found = drawn(EACH, 1, 4000)
    kinds = Counter(fault.kind for fault in found)
    assert set(kinds) == {"", *KINDS}
    assert all(140 < kinds[kind] < 260 for kind in KINDS)
    entries = Counter(status for fault in found for status in fault.entries.values())
    assert set(entries) == set(ENTRY_KINDS.values())
    assert all(320 < count < 480 for count in entries.values())
    assert all(0.1 <= fault.latency <= 0.2 for fault in found)


def test_a_script_goes_before_chance_and_chance_goes_on_after_it(standin: Standin, ses: Client):
    standin.faults.paused = 1.0
    standin.script("", "")
    for _ in range(2):
        send(ses)
    with pytest.raises(ses.exceptions.SendingPausedException):
        send(ses)


def test_there_is_no_other_fault(standin: Standin):
    with pytest.raises(ValueError, match="no fault 'hnag'; there are throttle"):
        standin.script("hnag")


def test_what_the_stand_in_itself_cannot_do_is_never_taken_for_a_fault():
    broken = Standin().start()
    broken.desk.on_accepted = lambda _pairs: 1 / 0
    with connected(broken.url) as ses, pytest.raises(ClientError, match="StandinBroken"):
        send(ses)
    with pytest.raises(ExceptionGroup, match="broke down"):
        broken.stop()
