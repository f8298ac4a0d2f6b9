"""Proofs: one letter, sent to look at it in a mailbox; no edition's ledger hears of it.

To the outbox of proofs, or to an address of the setting `proofs`, through the transport that the
edition would leave through. It is marked [Proof], and its links do nothing.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cardletter.content.catalogue import PICTURES as CATALOGUE_PICTURES
from cardletter.delivery.addressing import PROOF
from cardletter.delivery.message import PICTURE, Fragment, Letter, Recipient
from cardletter.delivery.sending import open_transport
from cardletter.delivery.transports import (
    Batch,
    DoubtError,
    NotTakenError,
    Outbox,
    Transport,
)
from cardletter.errors import CardletterError
from cardletter.ledger import now
from cardletter.permission.addresses import mailbox
from cardletter.settings import load
from cardletter.templates import PICTURES, Fields, Rendered, read_fields
from cardletter.workspace import Workspace

MARK = "[Proof] "
EDITION = "proof"
"""The edition that proofs are of: none there is, so that what is reported of them is an orphan."""
NOBODY = "proof@cardletter.example"
NOWHERE = "https://cardletter.example/proof"
SOON = timedelta(minutes=1)
PERSONAL = re.compile(r"\{\{(personal_\w+)\}\}")
"""Places of what one member alone is shown: a proof shows nothing there."""


@dataclass(frozen=True)
class Proof:
    """Where a proof went: to an address, or into a file."""

    to: str
    file: str


def send_proof(project: Path, rendered: Rendered, to: str = "") -> Proof:
    """Send a proof to an allow-listed address, or write it into the outbox of proofs.

    Raises:
        CardletterError: the address is not allowed, or the transport did not take it.
    """
    settings = load(project)
    if to and to not in settings.proofs:
        raise CardletterError("Proofs go to the addresses of the setting `proofs` only.")
    address = mailbox(to or NOBODY)
    if address is None:
        raise CardletterError("That address cannot be mailed: see the setting `proofs`.")
    root = settings.path(settings.workspace)
    desk = Workspace(settings.project, EDITION, root, root / "proofs")
    name = f"proof-{now():%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
    offline = not to or settings.transport == "outbox"
    html = rendered.html.replace(PICTURES, PICTURES if offline else f"{settings.assets_url}/")
    marked = Rendered(MARK + rendered.subject, html, rendered.text)
    pictures = settings.project / CATALOGUE_PICTURES
    if gone := [each for each in PICTURE.findall(html) if not (pictures / each).is_file()]:
        raise CardletterError(f"There is no picture {CATALOGUE_PICTURES}/{gone[0]}.")
    fields = read_fields(settings.project)
    own = dict.fromkeys(PERSONAL.findall(html + rendered.text), Fragment())
    letter = Letter(name, marked, settings.sender, pictures, (*fields, *own))
    recipient = Recipient(EDITION, EDITION, name, address, _values(fields), "", own)
    if offline:
        _hand_over(Outbox(desk.file("outbox")), letter, recipient)
        return Proof(to, str(desk.file("outbox", f"{name}.eml")))
    transport = open_transport(desk)
    transport.ready(1)
    _hand_over(transport, letter, recipient)
    return Proof(to, "")


def _values(fields: Fields) -> dict[str, str]:
    """Give what stands in the place of what differs by member: nobody's."""
    return {
        name: NOWHERE if field.kind == "url" else field.example or name.replace("_", " ")
        for name, field in fields.items()
    }


def _hand_over(transport: Transport, letter: Letter, recipient: Recipient) -> None:
    values = dict(recipient.fields) | PROOF
    transport.prove(letter, Recipient("0", "0", "0", NOBODY, values, "", recipient.personal))
    batch = Batch(letter, [recipient], tracked=False, until=now() + SOON)
    try:
        (answer,) = transport.take(batch)
    except NotTakenError as error:
        raise CardletterError(f"The proof was not taken: {error}.") from None
    except DoubtError as error:
        raise CardletterError(f"Nobody knows whether the proof left ({error.code}).") from None
    if answer.state != "sent":
        raise CardletterError(f"The proof was not taken: {answer.told}.")
