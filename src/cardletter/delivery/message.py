"""Messages: a rendered variant addressed to one member, as MIME.

The parts of a letter are encoded once per variant and cut at the fields; a message is then a join
of ready pieces, hundreds of times cheaper than the standard library's generator. Its parser is
still asked whether the first message of every variant says what it should.
"""

import base64
import binascii
import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

from cardletter.ledger import now
from cardletter.templates import FIELDS, PICTURES, Rendered, places

PICTURE = re.compile(re.escape(PICTURES) + r"([\w.-]+)")
CID = "pictures.cardletter"
Piece = bytes | str


@dataclass(frozen=True)
class Fragment:
    """What fills a personal place: an item, set and approved before, in HTML and as text."""

    html: str = ""
    text: str = ""


NOBODYS: Mapping[str, Fragment] = MappingProxyType({})


@dataclass(frozen=True)
class Recipient:
    """One member a variant is addressed to: the address, and the values of the fields."""

    edition: str
    member_id: str
    message_id: str
    address: str
    fields: Mapping[str, str]
    arm: str = ""
    """Which subject it bears: a or b, where the edition tries two."""
    personal: Mapping[str, Fragment] = field(default_factory=lambda: NOBODYS)
    """What fills the places of this member alone: personal_1 and so on."""


@dataclass(frozen=True)
class Letter:
    """A variant ready to be addressed: its parts encoded and cut at the fields."""

    variant_id: str
    rendered: Rendered
    sender: str
    pictures: Path
    names: tuple[str, ...] = FIELDS
    """The fields that may stand in it."""

    def mime(self, recipient: Recipient) -> bytes:
        """Give the whole message for one recipient."""
        return b"".join([*self._headers(recipient), *self._body(recipient)])

    def page(self, recipient: Recipient) -> str:
        """Give the HTML for one recipient."""
        own = {name: each.html for name, each in recipient.personal.items()}
        return fill(fill(self.rendered.html, own, str), recipient.fields, html.escape)

    def words(self, recipient: Recipient) -> str:
        """Give the text for one recipient."""
        own = {name: each.text for name, each in recipient.personal.items()}
        return fill(fill(self.rendered.text, own, str), recipient.fields, str)

    def _headers(self, recipient: Recipient) -> list[bytes]:
        domain = parseaddr(self.sender)[1].rpartition("@")[2]
        return [
            self._top(recipient),
            _header("To", recipient.address),
            _header("Date", format_datetime(now().replace(microsecond=0), usegmt=False)),
            _header("Message-ID", f"<{recipient.message_id}@{domain}>"),
            _header("List-Unsubscribe", f"<{recipient.fields['unsubscribe_url']}>"),
            _header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ]

    def subject(self, recipient: Recipient) -> str:
        """Give the subject for one recipient."""
        second = self.rendered.subject_b if recipient.arm == "b" else ""
        return fill(second or self.rendered.subject, recipient.fields, str)

    def _top(self, recipient: Recipient) -> bytes:
        """Give From and Subject: encoded once, unless the subject has fields of the member."""
        second = recipient.arm == "b"
        if self._varies[second]:
            return self._addressed(self.subject(recipient))
        return self._common[second]

    @cached_property
    def _varies(self) -> tuple[bool, bool]:
        """Tell whether the first and the second subject have fields."""
        first, second = self.rendered.subject, self.rendered.subject_b
        found = places(self.names)
        return bool(found.search(first)), bool(found.search(second or first))

    @cached_property
    def _common(self) -> tuple[bytes, bytes]:
        """Encode what is the same for everybody of an arm: From and Subject."""
        first, second = self.rendered.subject, self.rendered.subject_b
        return self._addressed(first), self._addressed(second or first)

    def _addressed(self, subject: str) -> bytes:
        message = EmailMessage(policy=SMTP)
        message["From"], message["Subject"] = self.sender, subject
        message["MIME-Version"] = "1.0"
        return message.as_bytes().rstrip(b"\r\n") + b"\r\n"

    def _body(self, recipient: Recipient) -> list[bytes]:
        """Join the pieces, each field's value in its place, escaped where it stands in HTML."""
        plain = {name: _encoded(value) for name, value in recipient.fields.items()}
        escaped = {name: _encoded(html.escape(value)) for name, value in recipient.fields.items()}
        for name, each in recipient.personal.items():
            plain[name], escaped[name] = _kept(each.text), _kept(each.html)
        values = {"text": plain, "html": escaped}
        return [
            piece if isinstance(piece, bytes) else values[part][piece]
            for part, pieces in self._pieces
            for piece in pieces
        ]

    @cached_property
    def _pieces(self) -> list[tuple[str, list[Piece]]]:
        """Cut the body at the fields: (part, [bytes as they are | the name of a field])."""
        # Neither boundary begins with the other: a reader compares beginnings (RFC 2046, 5.1.2).
        outer, inner = f"=_letter-{self.variant_id}", f"=_related-{self.variant_id}"
        names = sorted(set(PICTURE.findall(self.rendered.html)))
        page = PICTURE.sub(rf"cid:\1@{CID}", self.rendered.html)
        opening = _part("multipart/related", f'boundary="{inner}"', outer) if names else b""
        closing = self._carried(names, inner) if names else b""
        top = f'Content-Type: multipart/alternative; boundary="{outer}"\r\n\r\n'.encode()
        return [
            (
                "text",
                [top + _part("text/plain", UTF8, outer), *_cut(self.rendered.text, self.names)],
            ),
            (
                "html",
                [
                    opening + _part("text/html", UTF8, inner if names else outer),
                    *_cut(page, self.names),
                ],
            ),
            ("html", [closing + f"\r\n--{outer}--\r\n".encode()]),
        ]

    def _carried(self, names: list[str], boundary: str) -> bytes:
        """Encode the pictures that the mail carries inside it."""
        parts = []
        for name in names:
            body = base64.encodebytes((self.pictures / name).read_bytes())
            head = f'name="{name}"\r\nContent-ID: <{name}@{CID}>\r\nContent-Disposition: inline'
            parts.append(
                _part("image/png", head, boundary, "base64") + body.replace(b"\n", b"\r\n")
            )
        return b"".join(parts) + f"\r\n--{boundary}--\r\n".encode()

    def prove(self, recipient: Recipient) -> None:
        """Read one message back and see that it says what the variant says.

        Raises:
            AssertionError: it does not; nothing may be sent.
        """
        message = message_from_bytes(self.mime(recipient), policy=SMTP)
        wanted = {
            "plain": self.words(recipient),
            "html": PICTURE.sub(rf"cid:\1@{CID}", self.page(recipient)),
        }
        for kind, text in wanted.items():
            part = message.get_body((kind,))
            assert part is not None
            assert part.get_content().split() == text.split(), f"the {kind} part is not the variant"
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


UTF8 = "charset=utf-8"


def fill(text: str, fields: Mapping[str, str], escape: Callable[[str], str]) -> str:
    """Put the fields' values into a text; what is no field of them stays."""
    found = places(tuple(fields))
    return found.sub(lambda at: escape(fields[at[1]]), text) if fields else text


def _cut(text: str, names: tuple[str, ...]) -> list[Piece]:
    """Cut a part at its fields: encoded bytes and names of fields in turn."""
    pieces = enumerate(places(names).split(text))
    return [piece if place % 2 else _encoded(piece) for place, piece in pieces]


@lru_cache(maxsize=4_096)
def _kept(text: str) -> bytes:
    """Encode what many members are shown."""
    return _encoded(text)


def _encoded(text: str) -> bytes:
    """Encode a piece so that it stands on its own lines: it ends with a soft line end.

    No line is longer than the 76 characters of RFC 2045, that soft end included.
    """
    encoded = _quoted(text)
    if len(encoded) - encoded.rfind(b"\n") - 1 < LINE:
        return encoded + SOFT
    cut = len(encoded) - 3
    while b"=" in encoded[cut - 2 : cut]:  # not inside =C3
        cut -= 1
    return encoded[:cut] + SOFT + encoded[cut:] + SOFT


SOFT = b"=\r\n"
LINE = 76


def _quoted(text: str) -> bytes:
    """Encode text as quoted-printable with CRLF line ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    encoded = binascii.b2a_qp(lines.encode(), istext=True)
    return encoded.replace(b"\n", b"\r\n")


def _part(kind: str, options: str, boundary: str, encoding: str = "quoted-printable") -> bytes:
    transfer = "" if kind.startswith("multipart/") else f"Content-Transfer-Encoding: {encoding}\r\n"
    return f"\r\n--{boundary}\r\nContent-Type: {kind}; {options}\r\n{transfer}\r\n".encode()


def _header(name: str, value: str) -> bytes:
    """Write a header line; anything but printable ASCII would open a door for another header."""
    if not value.isascii() or not value.isprintable():
        raise ValueError(f"{name} holds something that cannot stand in a header")
    return f"{name}: {value}\r\n".encode()
