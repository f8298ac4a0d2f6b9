"""Mail: one message that a request asks for, and the addresses that SES takes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email.utils import parseaddr
from functools import lru_cache

from cardletter.rehearsal.fields import Json
from cardletter.rehearsal.rendering import Template, rendered, template

BARE = re.compile(r"[!-~]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}")
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


@dataclass
class Mail:
    """One message that a request asks for."""

    sender: str
    to: list[str]
    cc: list[str] = field(default_factory=list)
    bcc: list[str] = field(default_factory=list)
    reply_to: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    template: Template = field(default_factory=lambda: template("", "", ""))
    data: dict[str, object] = field(default_factory=dict)
    configuration_set: str = ""
    operation: str = "SendEmail"
    opens: bool = True
    clicks: bool = True
    wrong: str = ""
    """Why SES refuses this one of many, or nothing."""

    @property
    def recipients(self) -> list[str]:
        """Give all bare addresses that it goes to."""
        return [bare(each) for each in (*self.to, *self.cc, *self.bcc)]

    @property
    def missing(self) -> str:
        """Give the first placeholder without a value, or nothing."""
        return self.template.missing(self.data)

    @property
    def subject(self) -> str:
        """Give the rendered subject."""
        return self._filled(self.template.subject)

    def links(self) -> list[str]:
        """Give where its links lead."""
        return [self._filled(link) for link in self.template.links]

    def _filled(self, words: str) -> str:
        """Fill the placeholders; simple content and raw mail has none, whatever stands in it."""
        return rendered(words, self.data) if self.template.needed else words

    def whole(self) -> Json:
        """Give the mail as its reader has it."""
        return {
            "from": self.sender,
            "to": self.to,
            "cc": self.cc,
            "bcc": self.bcc,
            "reply_to": self.reply_to,
            "subject": self.subject,
            "html": self._filled(self.template.html),
            "text": self._filled(self.template.text),
            "headers": self.headers,
            "tags": self.tags,
        }


@lru_cache(maxsize=1024)
def bare(address: str) -> str:
    """Give the address alone, without a display name."""
    return address if BARE.fullmatch(address) else parseaddr(address)[1]


def wrong_ones(addresses: Sequence[str]) -> Iterator[str]:
    """Say what is wrong with bare addresses, one after the other."""
    for address in addresses:
        if not BARE.fullmatch(address):
            yield _why(address)


def _why(address: str) -> str:
    local, at, domain = address.rpartition("@")
    if not at:
        return "Missing final '@domain'"
    if not local.isascii():
        return "Local address contains non-ASCII characters"
    if not domain.isascii():
        return "Domain contains illegal character: use punycode"
    return "Illegal address"


def one_line(words: str) -> bool:
    """Tell whether some words have no line end and no other control character."""
    return not CONTROL.search(words)
