"""The particulars of what SES says: addresses, tags, times, and the little that is kept."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from typing import Any

from cardletter.feedback.bounces import codes_of
from cardletter.feedback.events import SetAsideError
from cardletter.ledger import now

RECIPIENTS = {
    "bounced": "bouncedRecipients",
    "complained": "complainedRecipients",
    "delivered": "recipients",
    "deferred": "delayedRecipients",
}
KEPT = (
    "bounceType",
    "bounceSubType",
    "feedbackId",
    "complaintSubType",
    "complaintFeedbackType",
    "delayType",
    "processingTimeMillis",
    "reason",
    "templateName",
)
"""What is kept of an event's particulars, where it looks as it should."""

PLAIN = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)
HARMLESS = re.compile(r"[\w .,:;/()+-]{1,120}", re.ASCII)
EARLIEST, AHEAD = datetime(2011, 1, 25), timedelta(hours=1)  # noqa: DTZ001 - the ledger's clock
"""SES began on the first; clocks may differ by the second."""
MOST, HUGE = 100, 2**53


def addresses(kind: str, mail: Mapping[str, Any], section: Mapping[str, Any]) -> Iterator[str]:
    """Give the addresses an event tells of; where it names none, the message's."""
    told = section.get(RECIPIENTS.get(kind, "")) or mail.get("destination") or []
    for each in told[:MOST] if isinstance(told, list) else []:
        address = each.get("emailAddress") if isinstance(each, dict) else each
        if isinstance(address, str) and "@" in address:
            plain = PLAIN.fullmatch(address)  # parsing takes ten times as long
            yield address if plain else parseaddr(address)[1] or address


def tag(mail: Mapping[str, Any], name: str, form: re.Pattern[str]) -> tuple[str, list[str]]:
    """Give a message's tag, if it is as we write it; tags come as lists."""
    tags = mail.get("tags")
    told = tags.get(name) if isinstance(tags, dict) else None
    if told is None:
        return "", []
    one = told[0] if isinstance(told, list) and len(told) == 1 else None
    if isinstance(one, str) and form.fullmatch(one):
        return one, []
    return "", [f"bad_tag_{name}"]


def facts(section: Mapping[str, Any]) -> dict[str, object]:
    """Give what is kept of an event beside its own fields: nothing that could be a person's."""
    found: dict[str, object] = {}
    for name in KEPT:
        told = section.get(name)
        if (isinstance(told, int) and abs(told) < HUGE) or harmless(told):
            found[name] = told
    if codes := codes_of(section):
        found["codes"] = codes[:10]
    return found


def moment(*told: object) -> tuple[datetime, list[str]]:
    """Give the first moment that can be believed, in UTC without a zone, and what was not right."""
    doubts = []
    for each in told:
        if each is None:
            continue
        try:
            moment = datetime.fromisoformat(str(each))
            doubts += [] if moment.tzinfo else ["time_without_zone"]
            moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            doubts.append("time_unreadable")
            continue
        moment = moment.replace(tzinfo=None)
        if EARLIEST <= moment <= now() + AHEAD:
            return moment, doubts
        doubts.append("time_too_early" if moment < EARLIEST else "time_in_the_future")
    return now(), doubts or ["time_missing"]


def harmless(told: object) -> str:
    """Give a short text if it holds nothing that could be an address; else an empty one."""
    return told if isinstance(told, str) and HARMLESS.fullmatch(told) else ""


def an_object(told: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Give an object that has to be there.

    Raises:
        SetAsideError: it is not.
    """
    found = told.get(name)
    if not isinstance(found, dict):
        raise SetAsideError(f"no_{name}")
    return found


def objects(found: object) -> list[dict[str, Any]]:
    """Give the objects of a list, if it is one."""
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
