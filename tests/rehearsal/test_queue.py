"""The queue: received with the real client, hidden, shown again, and given up."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from cardletter.rehearsal import EventPath
from cardletter.rehearsal.standin import Standin
from standing_in import Client, addresses, bulk, connected


@pytest.fixture
def standin() -> Iterator[Standin]:
    with Standin(queue=True) as made:
        yield made


@pytest.fixture
def sqs(standin: Standin) -> Iterator[Client]:
    with connected(standin.url, "sqs", checked=False) as made:
        yield made


def send(standin: Standin, count: int = 1) -> None:
    with connected(standin.url) as ses:
        ses.send_bulk_email(**bulk(addresses(count)))


def received(sqs: Client, url: str, **more: int) -> list[dict[str, Any]]:
    asked = {"MaxNumberOfMessages": 10, "MessageSystemAttributeNames": ["All"]} | more
    return sqs.receive_message(QueueUrl=url, **asked).get("Messages", [])


def counts(sqs: Client, url: str) -> tuple[str, str]:
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    told = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    return told[names[0]], told[names[1]]


def test_events_come_as_notifications(standin: Standin, sqs: Client):
    send(standin)
    url = sqs.get_queue_url(QueueName="events")["QueueUrl"]
    assert url == standin.queue_url
    messages = received(sqs, url)
    told = [json.loads(message["Body"]) for message in messages]
    assert [each["Type"] for each in told] == ["Notification"] * 2
    assert {each["TopicArn"] for each in told} == {standin.sqs.topic}
    assert len({each["MessageId"] for each in told}) == 2
    assert [json.loads(each["Message"])["eventType"] for each in told] == ["Send", "Delivery"]
    assert messages[0]["Attributes"]["ApproximateReceiveCount"] == "1"


def test_raw_events_come_without_a_notification():
    with Standin(queue=True, raw=True) as standin, connected(standin.url, "sqs") as sqs:
        send(standin)
        (first, _) = received(sqs, standin.queue_url)
        assert json.loads(first["Body"])["eventType"] == "Send"


def test_what_is_received_is_hidden_and_gone_when_deleted(standin: Standin, sqs: Client):
    send(standin, 6)
    url = standin.queue_url
    first = received(sqs, url)
    assert (len(first), counts(sqs, url)) == (10, ("2", "10"))
    sqs.delete_message(QueueUrl=url, ReceiptHandle=first[0]["ReceiptHandle"])
    entries = [
        {"Id": str(number), "ReceiptHandle": message["ReceiptHandle"]}
        for number, message in enumerate(first[1:])
    ]
    answer = sqs.delete_message_batch(
        QueueUrl=url, Entries=[*entries, {"Id": "none", "ReceiptHandle": "none"}]
    )
    assert len(answer["Successful"]) == 9
    (failed,) = answer["Failed"]
    assert (failed["Id"], failed["Code"]) == ("none", "ReceiptHandleIsInvalid")
    assert len(received(sqs, url)) == 2
    assert received(sqs, url) == []


def test_what_is_not_deleted_in_time_comes_again(standin: Standin, sqs: Client):
    standin.sqs.events.visibility = 0.1
    send(standin)
    first = received(sqs, standin.queue_url)
    time.sleep(0.15)
    again = received(sqs, standin.queue_url, WaitTimeSeconds=1)
    assert [each["MessageId"] for each in again] == [each["MessageId"] for each in first]
    assert again[0]["Attributes"]["ApproximateReceiveCount"] == "2"
    # An old handle deletes nothing that somebody else holds now.
    sqs.delete_message(QueueUrl=standin.queue_url, ReceiptHandle=first[0]["ReceiptHandle"])
    assert counts(sqs, standin.queue_url) == ("0", "2")


def test_hiding_can_be_made_longer_or_ended(standin: Standin, sqs: Client):
    standin.sqs.events.visibility = 0.1
    send(standin)
    url = standin.queue_url
    first, second = (each["ReceiptHandle"] for each in received(sqs, url))
    sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=first, VisibilityTimeout=60)
    sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=second, VisibilityTimeout=0)
    time.sleep(0.15)
    assert counts(sqs, url) == ("1", "1")
    with pytest.raises(sqs.exceptions.MessageNotInflight):
        sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=second, VisibilityTimeout=9)


def test_what_was_received_five_times_is_given_up_and_the_queue_moves_on(
    standin: Standin, sqs: Client
):
    url = standin.queue_url
    sqs.send_message(QueueUrl=url, MessageBody="poison")
    for count in range(1, 6):
        (message,) = received(sqs, url, VisibilityTimeout=0)
        assert message["Attributes"]["ApproximateReceiveCount"] == str(count)
    sqs.send_message(QueueUrl=url, MessageBody="next")
    assert [each["Body"] for each in received(sqs, url)] == ["next"]
    dead = sqs.get_queue_url(QueueName="events-dead")["QueueUrl"]
    assert [each["Body"] for each in received(sqs, dead)] == ["poison"]
    redrive = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["RedrivePolicy"])
    assert json.loads(redrive["Attributes"]["RedrivePolicy"])["maxReceiveCount"] == 5


def test_waiting_ends_when_something_comes(standin: Standin, sqs: Client):
    standin.path.delay = (0.2, 0.2)
    send(standin)
    begun = time.monotonic()
    assert received(sqs, standin.queue_url, WaitTimeSeconds=4)
    assert time.monotonic() - begun < 2


def test_waiting_ends_when_its_time_is_over(standin: Standin, sqs: Client):
    begun = time.monotonic()
    assert received(sqs, standin.queue_url, WaitTimeSeconds=1) == []
    assert 0.9 < time.monotonic() - begun < 3


def test_a_doubled_event_may_have_the_same_notification_or_another(sqs: Client, standin: Standin):
    standin.path.doubled = 1.0
    standin.emit({"eventType": "Send", "mail": {}, "send": {}})
    send(standin, 20)
    ids: dict[str, set[str]] = {}
    total = 0
    while found := received(sqs, standin.queue_url):
        total += len(found)
        for message in found:
            told = json.loads(message["Body"])
            ids.setdefault(told["Message"], set()).add(told["MessageId"])
    assert len(ids) == 41
    assert total > sum(map(len, ids.values())) > len(ids)


def test_an_unknown_queue_handle_or_operation_is_refused(standin: Standin, sqs: Client):
    url = standin.queue_url
    with pytest.raises(sqs.exceptions.QueueDoesNotExist):
        sqs.get_queue_url(QueueName="others")
    with pytest.raises(sqs.exceptions.ReceiptHandleIsInvalid):
        sqs.delete_message(QueueUrl=url, ReceiptHandle="x")
    entries = [{"Id": str(number), "ReceiptHandle": "x"} for number in range(11)]
    with pytest.raises(sqs.exceptions.TooManyEntriesInBatchRequest):
        sqs.delete_message_batch(QueueUrl=url, Entries=entries)
    with pytest.raises(sqs.exceptions.UnsupportedOperation):
        sqs.purge_queue(QueueUrl=url)
    with pytest.raises(sqs.exceptions.ClientError, match="1 to 10"):
        received(sqs, url, MaxNumberOfMessages=11)


def test_lost_events_never_come(standin: Standin, sqs: Client):
    standin.path.lost = EventPath(lost=1.0).lost
    send(standin, 3)
    assert received(sqs, standin.queue_url) == []
    assert standin.counts()["events"] == {"sent": 0, "lost": 6, "due": 0}
