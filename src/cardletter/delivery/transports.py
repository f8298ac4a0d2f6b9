"""Transports: how messages leave. The outbox writes them as files, and is the default."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from cardletter.delivery.message import Letter, Recipient


class Transport(Protocol):
    """Takes one letter for some recipients."""

    repeatable: bool
    """Whether taking the same message again changes nothing."""

    def take(self, letter: Letter, recipients: Sequence[Recipient]) -> None:
        """Take the letter for every recipient; on return all of them are taken."""


class Outbox:
    """Writes each message as an .eml file that any mail program opens."""

    repeatable = True

    def __init__(self, folder: Path) -> None:
        """Use a folder, made when missing, that only its owner may read: it holds addresses."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder

    def take(self, letter: Letter, recipients: Sequence[Recipient]) -> None:
        """Write one file a recipient, named by the message: whole, or not at all."""
        for recipient in recipients:
            file = self.folder / f"{recipient.message_id}.eml"
            part = file.with_suffix(".part")
            part.write_bytes(letter.mime(recipient))
            part.rename(file)
