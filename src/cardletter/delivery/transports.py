"""Transports: how messages leave. The outbox writes them as files, and is the default."""

import os
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

import psutil

from cardletter.delivery.message import Letter, Recipient
from cardletter.ledger import Limits


@dataclass(frozen=True)
class Answer:
    """What a transport said of one recipient: its own id of the message, or why not."""

    state: Literal["sent", "rejected", "planned", "unknown"]
    """`planned`: surely not taken now, and may be tried again."""
    told: str


def _at_once() -> None:
    """Keep nobody waiting."""


@dataclass(frozen=True)
class Batch:
    """What a transport takes at once: one letter, for some recipients."""

    letter: Letter
    recipients: Sequence[Recipient]
    tracked: bool
    """Whether opens and clicks may be recorded."""
    until: datetime
    """No request may leave after this moment (UTC): somebody else may have settled the call."""
    leave: Callable[[], None] = _at_once
    """To be called when a request is ready to go: it comes back when the request may leave."""


Remedy = Literal["slow", "quota", "wait", "back", "stop", "reject"]


class NotTakenError(Exception):
    """The transport surely took nothing of a call; what to do is told by `remedy`.

    slow: go slower. quota: wait for the day's quota. wait: try again shortly. back: it was not even
    tried. stop: a person must mend something first. reject: these messages will never be taken.
    """

    def __init__(self, remedy: Remedy, code: str, words: str = "") -> None:
        """Say what to do, the provider's code, and for people what is wrong."""
        super().__init__(words or code)
        self.remedy, self.code = remedy, code


class DoubtError(Exception):
    """Nobody knows whether the transport took a call: only what is reported later can tell."""

    def __init__(self, code: str) -> None:
        """Say what happened: a timeout, a reset, an answer that says nothing."""
        super().__init__(code)
        self.code = code


class Transport(Protocol):
    """Takes one letter for some recipients."""

    name: str
    repeatable: bool
    """Whether taking the same message again changes nothing."""
    connections: int
    """Calls on their way at the same time."""

    def ready(self, messages: int) -> Limits | None:
        """Make sure that messages can be sent now, and give how fast, if there is a limit.

        Raises:
            NotReadyError: they cannot, and why.
        """

    def size(self, limits: Limits | None, fits: int) -> int:
        """Give the most recipients of a call, where no more than some fit into one."""

    def prove(self, letter: Letter, recipient: Recipient) -> None:
        """See, before the first message of a variant, that it will say what it should.

        Raises:
            LetterError: it would not.
        """

    def take(self, batch: Batch) -> list[Answer]:
        """Take a letter for its recipients; give an answer for each, in order.

        Raises:
            NotTakenError: nothing was taken.
            DoubtError: nobody knows.
        """

    def quota_left(self) -> int:
        """Give how many messages the day's quota still allows."""


FILES = 500
"""Messages written to the outbox between two records of it."""


class Outbox:
    """Writes each message as an .eml file that any mail program opens."""

    name = "outbox"
    repeatable = True
    connections = 1

    def __init__(self, folder: Path) -> None:
        """Use a folder, made when missing, that only its owner may read: it holds addresses."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder

    def ready(self, messages: int) -> Limits | None:  # noqa: ARG002 - as transports do
        """Say that files have no limit; halves that dead senders left are cleared away."""
        for part in self.folder.glob("*.part"):
            sender = re.search(r"\.(\d+)-\d+\.part$", part.name)
            if sender is None or not psutil.pid_exists(int(sender[1])):
                part.unlink(missing_ok=True)
        return None

    def size(self, limits: Limits | None, fits: int) -> int:  # noqa: ARG002 - as transports do
        """Give how many files are written between two records of it."""
        return FILES

    def prove(self, letter: Letter, recipient: Recipient) -> None:
        """Read one message back and see that it says what the variant says."""
        letter.prove(recipient)

    def take(self, batch: Batch) -> list[Answer]:
        """Write one file a recipient, named by the message: whole, or not at all."""
        batch.leave()
        for recipient in batch.recipients:
            file = self.folder / f"{recipient.message_id}.eml"
            # Two senders may write the same message at once; each has a part of its own.
            part = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")
            part.write_bytes(batch.letter.mime(recipient))
            part.replace(file)
        return [Answer("sent", recipient.message_id) for recipient in batch.recipients]

    def quota_left(self) -> int:
        """Say that files have no quota."""
        return 2**31
