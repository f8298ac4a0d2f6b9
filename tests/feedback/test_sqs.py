"""SQS: deleted only when kept, poison left to the dead letters or put aside, stopped cleanly."""

import json
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from cardletter.errors import NotReadyError
from cardletter.feedback import take_in
from cardletter.feedback.ingest import Office, ingest
from cardletter.feedback.sqs import Queue, open_queue
from cardletter.ledger import Ledger, open_ledger
from cardletter.rehearsal.standin import Standin
from cardletter.settings import Ses
from cardletter.workspace import Workspace
from told import bounce, delivery, kept, project, send, suppressed

POISON = "this is no event"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = open_ledger(tmp_path)
    yield ledger
    ledger.engine.dispose()


@pytest.fixture
def desk(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    made = project(tmp_path / "letter", ledger)
    send(made, range(10))
    return made


@pytest.fixture
def standin() -> Iterator[Standin]:
    with Standin(queue=True) as standin:
        standin.queue_url  # noqa: B018 - lets the queue know its own address
        yield standin


@pytest.fixture
def queue(desk: Workspace, standin: Standin) -> Iterator[Queue]:
    settings = Ses(queue_url=standin.queue_url, endpoint_url=standin.url, region="eu-west-1")
    queue = Queue(settings, desk.private / "events" / "poison", wait=0)
    yield queue
    queue.client.close()


def left(standin: Standin) -> tuple[int, int, int]:
    """Messages that are ready, hidden, and dead."""
    events = standin.sqs.events
    return len(events.ready), len(events.hidden), len(standin.sqs.dead.ready)


def test_what_is_in_the_queue_is_taken_in_and_gone(desk: Workspace, standin: Standin, queue: Queue):
    for number in range(10):
        standin.sqs.put(delivery(number), f"sns-{number}")
    standin.sqs.put(bounce(3), "sns-10")
    taken = ingest(desk, queue.batches())
    assert (taken.told, taken.new, taken.adds_up) == (11, 11, True)
    assert left(standin) == (0, 0, 0)
    assert suppressed(desk) == [("hard_bounce", "address 3")]


def test_what_could_not_be_kept_stays_in_the_queue(
    desk: Workspace, standin: Standin, queue: Queue, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    standin.sqs.put(delivery(0), "sns-0")
    with monkeypatch.context() as patch:
        patch.setattr(Office, "_keep", broken)
        with pytest.raises(OSError, match="disk is full"):
            ingest(desk, queue.batches())
    assert left(standin) == (0, 1, 0)
    handle = next(iter(standin.sqs.events.hidden))
    standin.sqs.events.change(handle, 0)
    assert ingest(desk, queue.batches()).new == 1
    assert left(standin) == (0, 0, 0)


def test_poison_goes_to_the_dead_letters_after_five_receives_and_the_queue_moves_on(
    desk: Workspace, standin: Standin, queue: Queue
):
    events = standin.sqs.events
    events.put(POISON)
    for number in range(7):
        standin.sqs.put(delivery(number), f"sns-{number}")
        taken = ingest(desk, queue.batches())
        assert taken.new == 1
        for handle in list(events.hidden):
            events.change(handle, 0)
    assert left(standin) == (0, 0, 1)
    assert len(kept(desk)) == 7
    assert not list(queue.folder.glob("*"))


def test_without_dead_letters_poison_is_put_aside_for_its_owner_only(
    desk: Workspace, standin: Standin, queue: Queue
):
    standin.sqs.events.dead = None
    for _ in range(3):
        standin.sqs.events.put(POISON)
    standin.sqs.put(delivery(0), "sns-0")
    taken = ingest(desk, queue.batches())
    assert (taken.new, taken.set_aside) == (1, {"not_json": 3})
    assert left(standin) == (0, 0, 0)
    (file,) = queue.folder.glob("*.txt")
    assert file.read_text(encoding="utf-8") == POISON
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_asked_to_stop_it_ends_after_the_batch_and_hides_nothing(
    desk: Workspace, standin: Standin, queue: Queue
):
    for number in range(10):
        standin.sqs.put(delivery(number), f"sns-{number}")
    batches = queue.batches()
    first = next(batches)
    queue.stopping.set()
    ingest(desk, [first])
    standin.sqs.put(bounce(1), "sns-11")
    assert list(batches) == []
    assert left(standin) == (1, 0, 0)


def test_it_waits_for_the_first_message_as_long_as_it_is_told(
    desk: Workspace, standin: Standin, queue: Queue
):
    queue.wait = 2
    # The stand-in's loop is the one that puts things into its queue.
    later = threading.Timer(0.3, standin.server.within, [lambda: standin.sqs.put(delivery(), "x")])
    later.start()
    batch = next(queue.batches())
    later.join()
    assert [json.loads(body)["MessageId"] for body in batch.bodies] == ["x"]


def test_the_settings_name_the_queue(
    desk: Workspace, standin: Standin, monkeypatch: pytest.MonkeyPatch
):
    with pytest.raises(NotReadyError, match=r"ses\.queue_url is not set"):
        open_queue(desk)
    settings = {"queue_url": standin.queue_url, "endpoint_url": standin.url, "region": "eu-west-1"}
    for name, value in settings.items():
        monkeypatch.setenv(f"CARDLETTER_SES__{name.upper()}", value)
    monkeypatch.setattr("cardletter.feedback.sqs.WAIT", 0)
    standin.sqs.put(delivery(), "sns-0")
    assert take_in(desk).new == 1
    monkeypatch.setenv("CARDLETTER_SES__ACCOUNTS", '["999999999999"]')
    standin.sqs.put(bounce(), "sns-1")
    assert take_in(desk, None, threading.Event()).refused == {"foreign_account": 1}


def test_a_queue_that_is_not_there_is_told_in_words(desk: Workspace, standin: Standin):
    url = f"{standin.url}/123456789012/nothing"
    settings = Ses(queue_url=url, endpoint_url=standin.url, region="eu-west-1")
    queue = Queue(settings, desk.private / "poison", wait=0)
    with pytest.raises(NotReadyError, match=r"cannot be read \(\S*NonExistentQueue\)"):
        ingest(desk, queue.batches())
    queue.client.close()
