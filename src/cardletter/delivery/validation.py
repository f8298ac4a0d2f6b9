"""What SES would have to guess is looked at before a call: one word for what is wrong, or nothing.

Botocore sends anything: line ends in a header, fifty-one recipients, tags that SES drops. Here each
message is held against what SES documents, so that a call never fails for a value of one member.
"""

import re
from collections.abc import Iterator
from email.headerregistry import Address
from email.utils import formataddr, parseaddr

from cardletter.delivery.message import Recipient
from cardletter.delivery.template import fields_given
from cardletter.errors import SettingsError
from cardletter.permission.addresses import mailbox

TAG = re.compile(r"[A-Za-z0-9_-]{1,256}")
LINK = re.compile(
    r"https://(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
    r"(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~!$&'()*+,;=:@%/?#-]*)?"
)
LONGEST_LINK = 990
"""A header's value has 995 characters, the angle brackets among them."""
LONGEST_VALUES = 4_000
"""Characters of one member's values: fifty of them, each written twice, stay with their template
within the megabyte that SES takes in a call."""

RESERVED = re.compile(r"(?:^|\.)(?:example|example\.(?:com|net|org))$", re.IGNORECASE)
"""Domains that nobody has (RFC 2606): mail to them only bounces."""

REJECTIONS = {
    "bad_address": "the email address cannot be mailed through SES",
    "reserved_domain": "the email address is an example, which nobody has",
    "bad_link": "a link of the message cannot stand in a header",
    "bad_tag": "the edition or the message has an id that SES does not take as a tag",
    "bad_value": "a value of the message has line ends or control characters",
    "field_missing": "a field of the message has no value",
    "too_long": "the values of the message are too long",
    "not_sent_by_provider": "SES took the message, and then did not send it",
}
"""Why a message was rejected before or after the call; other words are SES's own codes."""


def look_at(recipient: Recipient, endpoint_url: str = "") -> str:
    """Give what is wrong with a message to one recipient, or nothing.

    Examples of addresses are let through to an endpoint that is not Amazon's own.
    """
    return next(_wrongs(recipient, endpoint_url), "")


def _wrongs(recipient: Recipient, endpoint_url: str) -> Iterator[str]:
    address, fields = recipient.address, recipient.fields
    if mailbox(address) != address:
        yield "bad_address"
    if not endpoint_url and RESERVED.search(address.rpartition("@")[2]):
        yield "reserved_domain"
    if not TAG.fullmatch(recipient.edition) or not TAG.fullmatch(recipient.message_id):
        yield "bad_tag"
    if not fields_given(recipient):
        yield "field_missing"
    if not (_is_link(fields["unsubscribe_url"]) and _is_link(fields["preferences_url"])):
        yield "bad_link"
    if not all(map(str.isprintable, fields.values())):
        yield "bad_value"
    if sum(map(len, fields.values())) > LONGEST_VALUES:
        yield "too_long"


def _is_link(url: str) -> bool:
    """Tell whether a link may stand in a header and in a mail: https, a host, and nothing odd."""
    return len(url) <= LONGEST_LINK and LINK.fullmatch(url) is not None


def from_line(sender: str) -> str:
    """Write the From line as SES takes it: a name in other letters is encoded.

    Raises:
        SettingsError: it holds no address that can send.
    """
    name, address = parseaddr(sender)
    known = mailbox(address)
    if known is None or not sender.isprintable() or len(name) > LONGEST_NAME:
        msg = "sender holds no address that can send: write it as Name <letter@your.domain>."
        raise SettingsError(msg)
    Address(addr_spec=known)
    return formataddr((name, known), "utf-8")


LONGEST_NAME = 200
