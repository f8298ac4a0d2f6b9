"""Requests: the messages that are asked for, and what SES refuses of them beyond its model."""

import json
import re
from base64 import b64decode
from collections.abc import Mapping, Sequence
from email import message_from_bytes, policy

from cardletter.rehearsal.fields import Json
from cardletter.rehearsal.mail import Mail, bare, one_line, wrong_ones
from cardletter.rehearsal.refusals import bad
from cardletter.rehearsal.rendering import Template, template

MOST_RECIPIENTS = 50
MOST_HEADERS = 15
LONGEST_LINE = 996
LONGEST_TAG = 256
LARGEST = 40 * 1024 * 1024
"""Bytes of a message."""
TAG = re.compile(r"[A-Za-z0-9_-]+")
OWN_HEADERS = {
    *("bcc", "cc", "content-disposition", "content-transfer-encoding", "content-type", "date"),
    *("from", "message-id", "mime-version", "reply-to", "return-path", "sender", "subject", "to"),
}
"""SES writes these from the other members of a request."""
KINDS_OF_CONTENT = ("Simple", "Raw", "Template")


def bulk(request: Json) -> list[Mail]:
    """Read a SendBulkEmail request.

    Raises:
        RefusedError: BadRequestException, of the whole call.
    """
    entries = request["BulkEmailEntries"]
    if not 1 <= len(entries) <= MOST_RECIPIENTS:
        raise bad(f"BulkEmailEntries must have 1 to {MOST_RECIPIENTS} entries")
    content = request["DefaultContent"].get("Template")
    if content is None:
        raise bad("DefaultContent must have a Template")
    made = _template(content)
    shared, data = _shared(request), _data(content.get("TemplateData", "{}"))
    headers, tags = _headers(content.get("Headers", [])), _tags(request.get("DefaultEmailTags", []))
    mails = []
    for entry in entries:
        replaced = entry.get("ReplacementEmailContent", {}).get("ReplacementTemplate", {})
        own = _data(replaced.get("ReplacementTemplateData", "{}"))
        mail = Mail(
            **shared,
            **_destination(entry["Destination"]),
            headers=_merged(headers, _headers(entry.get("ReplacementHeaders", []))),
            tags=tags | _tags(entry.get("ReplacementTags", [])),
            template=made,
            data={**data, **own} if data else own,
            operation="SendBulkEmail",
        )
        mail.wrong = next(wrong_ones(mail.recipients), "")
        mails.append(mail)
    if sum(len(mail.to) + len(mail.cc) + len(mail.bcc) for mail in mails) > MOST_RECIPIENTS:
        raise bad(f"a call goes to at most {MOST_RECIPIENTS} recipients")
    return mails


def single(request: Json) -> Mail:
    """Read a SendEmail request.

    Raises:
        RefusedError: BadRequestException, or NotFoundException for a contact list.
    """
    content = request["Content"]
    if len(content) != 1:
        raise bad(f"Content must have one of {', '.join(KINDS_OF_CONTENT)}")
    ((kind, inner),) = content.items()
    if kind == "Raw":
        mail = _raw(request, b64decode(inner["Data"]))
    else:
        simple = kind == "Simple"
        mail = Mail(
            **_shared(request),
            **_destination(request.get("Destination", {})),
            headers=_merged(_headers(inner.get("Headers", [])), {}),
            tags=_tags(request.get("EmailTags", [])),
            template=_simple(inner) if simple else _template(inner),
            data={} if simple else _data(inner.get("TemplateData", "{}")),
        )
    if len(mail.recipients) > MOST_RECIPIENTS:
        raise bad(f"a message goes to at most {MOST_RECIPIENTS} recipients")
    for words in wrong_ones(mail.recipients):
        raise bad(words)
    return mail


def _raw(request: Json, message: bytes) -> Mail:
    if len(message) > LARGEST:
        raise bad("Message length is more than 41943040 bytes long")
    parsed = message_from_bytes(message, policy=policy.default)
    named = {name: parsed.get_all(name, []) for name in ("To", "Cc", "Bcc")}
    lists = {
        name.lower(): [str(each) for line in lines for each in line.addresses]
        for name, lines in named.items()
    }
    asked = request.get("Destination") or {
        f"{name}Addresses": lists[name.lower()] for name in named
    }
    html, text = (parsed.get_body([kind]) for kind in ("html", "plain"))
    sender = request.get("FromEmailAddress") or str(parsed.get("From", ""))
    made = Mail(
        **_shared(request | {"FromEmailAddress": sender}),
        **_destination(asked),
        tags=_tags(request.get("EmailTags", [])),
        headers={name: str(value) for name, value in parsed.items()},
    )
    made.template = Template(
        str(parsed.get("Subject", "")),
        html.get_content() if html else "",
        text.get_content() if text else "",
        (),
        (),
    )
    return made


def _shared(request: Json) -> Json:
    """Read what all the messages of a request have."""
    sender = request.get("FromEmailAddress", "")
    if not sender:
        raise bad("FromEmailAddress is missing")
    if "ListManagementOptions" in request:
        raise bad("there is no contact list in this account")
    addresses = [sender, *request.get("ReplyToAddresses", [])]
    for words in wrong_ones([bare(each) if one_line(each) else each for each in addresses]):
        raise bad(words)
    tracking = request.get("ConfigurationOverrides", {}).get("Tracking", {})
    return {
        "sender": sender,
        "reply_to": request.get("ReplyToAddresses", []),
        "configuration_set": request.get("ConfigurationSetName", ""),
        "opens": tracking.get("OpenTrackingEnabled") != "DISABLED",
        "clicks": tracking.get("ClickTrackingEnabled") != "DISABLED",
    }


def _destination(asked: Json) -> Json:
    to, cc, bcc = (asked.get(f"{kind}Addresses", []) for kind in ("To", "Cc", "Bcc"))
    if not to:
        raise bad("Destination must have at least one To address")
    for each in (*to, *cc, *bcc):
        if not one_line(each):
            raise bad("an address contains a control character")
    return {"to": to, "cc": cc, "bcc": bcc}


def _simple(message: Json) -> Template:
    subject = message["Subject"]["Data"]
    body = {kind: message["Body"].get(kind, {}).get("Data", "") for kind in ("Html", "Text")}
    if not any(body.values()):
        raise bad("Body must have Text or Html")
    _subject(subject)
    return Template(subject, body["Html"], body["Text"], (), template("", body["Html"], "").links)


def _template(content: Json) -> Template:
    inline = content.get("TemplateContent")
    if inline is None:
        raise bad("only a TemplateContent is known here: there are no stored templates")
    if not inline.get("Subject") or not (inline.get("Html") or inline.get("Text")):
        raise bad("TemplateContent must have a Subject, and Html or Text")
    _subject(inline["Subject"])
    return template(inline["Subject"], inline.get("Html", ""), inline.get("Text", ""))


def _subject(subject: str) -> None:
    if not one_line(subject):
        raise bad("Subject contains a control character")


def _data(words: str) -> dict[str, object]:
    try:
        data = json.loads(words)
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise bad("TemplateData is no JSON object")
    return data


def _headers(asked: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Read headers by their names in lower case."""
    headers = {}
    for header in asked:
        name, value = header["Name"], header["Value"]
        if name.lower() in OWN_HEADERS:
            raise bad(f"header {name} cannot be set")
        if len(name) + len(value) > LONGEST_LINE:
            raise bad(f"header {name} is longer than {LONGEST_LINE} characters")
        headers[name.lower()] = (name, value)
    if len(headers) != len(asked):
        raise bad("a header is given twice")
    return dict(headers.values())


def _merged(headers: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """Put an entry's headers in place of those of the same name."""
    if not headers:
        return dict(own)
    replaced = {name.lower() for name in own}
    merged = {name: value for name, value in headers.items() if name.lower() not in replaced}
    merged.update(own)
    if len(merged) > MOST_HEADERS:
        raise bad(f"a message has at most {MOST_HEADERS} headers")
    return merged


def _tags(asked: Sequence[Mapping[str, str]]) -> dict[str, str]:
    tags = {tag["Name"]: tag["Value"] for tag in asked}
    for words in (*tags, *tags.values()):
        if len(words) > LONGEST_TAG or not TAG.fullmatch(words):
            raise bad(f"message tag {words[:20]!r} may have 1 to 256 of A-Z a-z 0-9 _ -")
    if len(tags) != len(asked):
        raise bad("a message tag is given twice")
    return tags
