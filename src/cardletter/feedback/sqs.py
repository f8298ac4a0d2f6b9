"""SQS: events are pulled, and deleted from the queue only when they are kept.

What nothing can be made of is left there, so that the queue itself moves it to its dead-letter
queue after some receives; a queue that has none would show it for ever, so it is put aside here.
"""

import hashlib
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event as Flag
from typing import Any

import boto3
from botocore import exceptions
from botocore.config import Config

from cardletter.errors import NotReadyError
from cardletter.feedback.ingest import BATCH
from cardletter.settings import Ses
from cardletter.workspace import Workspace

MOST = 10
"""Messages of one request."""

WAIT = 5
"""Seconds that the queue waits for a message before it says there is none."""

HIDDEN = 120
"""Seconds for which received messages are nobody else's: a batch is through long before."""

POISON = "events/poison"


@dataclass
class Queue:
    """A queue of events at Amazon, or at a stand-in."""

    settings: Ses
    folder: Path
    """Where poison is put aside if the queue has no dead-letter queue: only its owner reads it."""
    wait: int = WAIT
    stopping: Flag = field(default_factory=Flag)
    """Set it to end after the batch that is being taken in."""

    def __post_init__(self) -> None:
        """Open a client; receiving and deleting may be repeated, so it tries again by itself."""
        config = Config(
            retries={"mode": "standard", "total_max_attempts": 5},
            connect_timeout=5,
            read_timeout=WAIT + 10,
        )
        self.client = boto3.client(
            "sqs",
            region_name=self.settings.region or None,
            endpoint_url=self.settings.endpoint_url or None,
            config=config,
        )

    def batches(self) -> Iterator["Received"]:
        """Give what is in the queue, until there is nothing more.

        Raises:
            NotReadyError: the queue cannot be read.
        """
        try:
            dead_letters = self._has_dead_letters()
            while messages := self._received():
                yield Received(self, messages, dead_letters=dead_letters)
        except (exceptions.BotoCoreError, exceptions.ClientError) as error:
            raise NotReadyError(
                f"The queue of events cannot be read ({_code(error)}). See ses.queue_url and "
                "ses.region, and whether you may receive and delete its messages. What was taken "
                "in is kept; the rest is still in the queue."
            ) from None

    def _has_dead_letters(self) -> bool:
        told = self.client.get_queue_attributes(
            QueueUrl=self.settings.queue_url, AttributeNames=["RedrivePolicy"]
        )
        return bool(told.get("Attributes", {}).get("RedrivePolicy"))

    def _received(self) -> list[dict[str, Any]]:
        """Gather up to a batch; wait only for the first message."""
        found: list[dict[str, Any]] = []
        while len(found) < BATCH and not self.stopping.is_set():
            told = self.client.receive_message(
                QueueUrl=self.settings.queue_url,
                MaxNumberOfMessages=MOST,
                WaitTimeSeconds=0 if found else self.wait,
                VisibilityTimeout=HIDDEN,
            )
            new = told.get("Messages", [])
            found += new
            if not new:
                break
        return found

    def delete(self, messages: Sequence[Mapping[str, Any]]) -> None:
        """Delete messages; one that is not deleted comes again, and changes nothing then."""
        for start in range(0, len(messages), MOST):
            entries = [
                {"Id": str(number), "ReceiptHandle": message["ReceiptHandle"]}
                for number, message in enumerate(messages[start : start + MOST])
            ]
            self.client.delete_message_batch(QueueUrl=self.settings.queue_url, Entries=entries)

    def put_aside(self, body: str) -> None:
        """Keep a message that nothing can be made of, named by its hash."""
        content = body.encode(errors="surrogatepass")
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self.folder / f"{hashlib.sha256(content).hexdigest()}.txt"
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as kept:
            kept.write(content)


@dataclass(frozen=True)
class Received:
    """What was received at once."""

    queue: Queue
    messages: Sequence[Mapping[str, Any]]
    dead_letters: bool

    @property
    def bodies(self) -> Sequence[str]:
        """Give what was told."""
        return [message["Body"] for message in self.messages]

    def where(self, number: int) -> str:
        """Say the message's id in the queue."""
        return f"message {self.messages[number]['MessageId']}"

    def settle(self, poison: Collection[int]) -> None:
        """Delete what was taken in; leave poison to the dead-letter queue, or put it aside."""
        if not self.dead_letters:
            for number in poison:
                self.queue.put_aside(self.messages[number]["Body"])
        left = set(poison) if self.dead_letters else set()
        self.queue.delete([each for n, each in enumerate(self.messages) if n not in left])


def open_queue(desk: Workspace) -> Queue:
    """Open the queue of the settings.

    Raises:
        NotReadyError: the settings name none.
    """
    settings = desk.settings.ses
    if not settings.queue_url:
        raise NotReadyError(
            "ses.queue_url is not set: name the SQS queue that SES events come to, or give a file "
            "or folder of events."
        )
    return Queue(settings, desk.private / POISON, WAIT)


def _code(error: Exception) -> str:
    told = getattr(error, "response", {}).get("Error", {}).get("Code")
    return str(told or type(error).__name__)
