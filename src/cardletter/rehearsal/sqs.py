"""SQS: the few operations by which events are received, on its AWS JSON 1.0 wire."""

import asyncio
import hashlib
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime

from cardletter.rehearsal.account import Account
from cardletter.rehearsal.answers import Answer, Request
from cardletter.rehearsal.fields import Json
from cardletter.rehearsal.model import service, validate
from cardletter.rehearsal.queues import Message, Queue
from cardletter.rehearsal.refusals import RefusedError

TARGET = "AmazonSQS."
EVENTS, DEAD = "events", "events-dead"
MOST = 10
"""Messages or entries of one call."""
CERTIFICATE = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0.pem"
QUERY_ERRORS = {"QueueDoesNotExist": "AWS.SimpleQueueService.NonExistentQueue"}
"""What the code of an error is in the older protocol, which boto3 still tells."""


class Sqs:
    """A queue of events and its dead-letter queue."""

    def __init__(self, account: Account, *, raw: bool = False) -> None:
        """Wrap events in notifications of SNS, or leave them raw."""
        self.account, self.raw = account, raw
        self.dead = Queue(DEAD)
        self.events = Queue(EVENTS, self.dead)
        self.queues = {queue.name: queue for queue in (self.events, self.dead)}
        self.news = asyncio.Event()
        self.base = ""

    @property
    def topic(self) -> str:
        """Give the ARN of the topic that SES publishes to."""
        return f"arn:aws:sns:{self.account.region}:{self.account.sending_account_id}:letters"

    def url(self, name: str = EVENTS) -> str:
        """Give a queue's URL."""
        return f"{self.base}/{self.account.sending_account_id}/{name}"

    def put(self, event: Json, sns_id: str) -> None:
        """Put an event into the queue."""
        words = json.dumps(event)
        self.events.put(words if self.raw else json.dumps(self._notification(words, sns_id)))
        self.news.set()

    async def answer(self, request: Request) -> Answer:
        """Answer one of the operations."""
        operation = request.headers["x-amz-target"].removeprefix(TARGET)
        operations: dict[str, Callable[[Json], Json]] = {
            "DeleteMessage": self._delete,
            "DeleteMessageBatch": self._delete_batch,
            "ChangeMessageVisibility": self._change,
            "GetQueueUrl": self._get_url,
            "GetQueueAttributes": self._attributes,
            "SendMessage": self._send,
        }
        try:
            if operation == "ReceiveMessage":
                return _said(await self._receive(_asked(operation, request)))
            return _said(operations.get(operation, _unknown)(_asked(operation, request)))
        except RefusedError as error:
            answer = _said({"__type": f"com.amazonaws.sqs#{error.code}", "message": error.message})
            answer.status = 400
            code = QUERY_ERRORS.get(error.code, error.code)
            answer.headers["x-amzn-query-error"] = f"{code};Sender"
            return answer

    async def _receive(self, asked: Json) -> Json:
        queue, most = self._queue(asked), asked.get("MaxNumberOfMessages", 1)
        if not 1 <= most <= MOST:
            raise RefusedError("InvalidParameterValue", "MaxNumberOfMessages must be 1 to 10")
        until = time.monotonic() + asked.get("WaitTimeSeconds", 0)
        while True:
            found = queue.receive(most, asked.get("VisibilityTimeout"))
            left = until - time.monotonic()
            if found or left <= 0:
                return {"Messages": [_shown(each) for each in found]} if found else {}
            self.news.clear()
            try:
                async with asyncio.timeout(min(left, queue.next_shown())):
                    await self.news.wait()
            except TimeoutError:
                continue

    def _delete(self, asked: Json) -> Json:
        self._held(asked, asked["ReceiptHandle"]).delete(asked["ReceiptHandle"])
        return {}

    def _delete_batch(self, asked: Json) -> Json:
        entries = asked["Entries"]
        if not 1 <= len(entries) <= MOST:
            raise RefusedError("TooManyEntriesInBatchRequest", "1 to 10 entries are allowed")
        done: list[Json] = []
        failed: list[Json] = []
        for entry in entries:
            try:
                self._held(asked, entry["ReceiptHandle"]).delete(entry["ReceiptHandle"])
                done.append({"Id": entry["Id"]})
            except RefusedError as error:
                failed.append({"Id": entry["Id"], "SenderFault": True, "Code": error.code})
        return {"Successful": done, "Failed": failed}

    def _change(self, asked: Json) -> Json:
        handle = asked["ReceiptHandle"]
        if not self._held(asked, handle).change(handle, asked["VisibilityTimeout"]):
            raise RefusedError("MessageNotInflight", "the message is not hidden")
        self.news.set()
        return {}

    def _get_url(self, asked: Json) -> Json:
        self._queue({"QueueUrl": asked["QueueName"]})
        return {"QueueUrl": self.url(asked["QueueName"])}

    def _attributes(self, asked: Json) -> Json:
        queue = self._queue(asked)
        queue.show_again()
        arn = f"arn:aws:sqs:{self.account.region}:{self.account.sending_account_id}:"
        attributes = {
            "ApproximateNumberOfMessages": str(len(queue.ready)),
            "ApproximateNumberOfMessagesNotVisible": str(len(queue.hidden)),
            "VisibilityTimeout": f"{queue.visibility:g}",
            "QueueArn": arn + queue.name,
        }
        if queue.dead is not None:
            redrive = {"deadLetterTargetArn": arn + DEAD, "maxReceiveCount": queue.most_receives}
            attributes["RedrivePolicy"] = json.dumps(redrive)
        wanted = set(asked.get("AttributeNames", []))
        shown = {name: value for name, value in attributes.items() if {name, "All"} & wanted}
        return {"Attributes": shown} if shown else {}

    def _send(self, asked: Json) -> Json:
        message = self._queue(asked).put(asked["MessageBody"])
        self.news.set()
        return {"MessageId": message.message_id, "MD5OfMessageBody": _md5(message.body)}

    def _queue(self, asked: Json) -> Queue:
        name = asked["QueueUrl"].rpartition("/")[2]
        if name not in self.queues:
            raise RefusedError("QueueDoesNotExist", "The specified queue does not exist.")
        return self.queues[name]

    def _held(self, asked: Json, handle: str) -> Queue:
        queue = self._queue(asked)
        if not queue.owns(handle):
            raise RefusedError("ReceiptHandleIsInvalid", "the handle is none of this queue's")
        return queue

    def _notification(self, words: str, sns_id: str) -> Json:
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return {
            "Type": "Notification",
            "MessageId": sns_id,
            "TopicArn": self.topic,
            "Subject": "Amazon SES Email Event Notification",
            "Message": words,
            "Timestamp": now,
            "SignatureVersion": "1",
            "Signature": "bm90IHNpZ25lZA==",
            "SigningCertURL": CERTIFICATE,
            "UnsubscribeURL": "https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe",
        }


def _asked(operation: str, request: Request) -> Json:
    asked: Json = json.loads(request.body)
    if operation in service("sqs").operation_names:
        validate(operation, asked, "sqs")
    return asked


def _unknown(_asked: Json) -> Json:
    raise RefusedError("UnsupportedOperation", "there is no such operation here")


def _shown(message: Message) -> Json:
    return {
        "MessageId": message.message_id,
        "ReceiptHandle": message.handle,
        "MD5OfBody": _md5(message.body),
        "Body": message.body,
        "Attributes": {
            "ApproximateReceiveCount": str(message.receives),
            "ApproximateFirstReceiveTimestamp": str(int(message.first_received_at * 1000)),
            "SentTimestamp": str(int(message.sent_at * 1000)),
        },
    }


def _said(value: Json) -> Answer:
    headers = {"Content-Type": "application/x-amz-json-1.0", "x-amzn-RequestId": "0"}
    return Answer(200, json.dumps(value).encode(), headers)


def _md5(words: str) -> str:
    return hashlib.md5(words.encode(), usedforsecurity=False).hexdigest()
