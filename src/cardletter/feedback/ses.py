"""What SES says, as events: raw, in an SNS envelope, or by EventBridge.

Nothing of a person is kept: addresses become keyed hashes at once, headers, subjects, IP addresses
and what the other server said are not kept at all.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from cardletter.feedback.bounces import bounce_reason
from cardletter.feedback.events import Event, PassedOverError, RefusedError, SetAsideError
from cardletter.feedback.machines import by_its_words
from cardletter.feedback.particulars import (
    RECIPIENTS,
    addresses,
    an_object,
    facts,
    harmless,
    moment,
    objects,
    tag,
)
from cardletter.feedback.strict import parse

TYPES = {
    "send": ("sent", "send"),
    "delivery": ("delivered", "delivery"),
    "deliverydelay": ("deferred", "deliveryDelay"),
    "bounce": ("bounced", "bounce"),
    "complaint": ("complained", "complaint"),
    "reject": ("rejected", "reject"),
    "renderingfailure": ("failed", "failure"),
    "open": ("opened", "open"),
    "click": ("clicked", "click"),
    "subscription": ("unsubscribed", "subscription"),
    # EventBridge's own names, where the detail says none.
    "emailsent": ("sent", "send"),
    "emaildelivered": ("delivered", "delivery"),
    "emaildeliverydelayed": ("deferred", "deliveryDelay"),
    "emailbounced": ("bounced", "bounce"),
    "emailcomplaintreceived": ("complained", "complaint"),
    "emailrejected": ("rejected", "reject"),
    "emailrenderingfailed": ("failed", "failure"),
    "emailopened": ("opened", "open"),
    "emailclicked": ("clicked", "click"),
    "emailsubscribed": ("unsubscribed", "subscription"),
}
"""SES's type, in small letters without spaces -> our kind, and where the particulars stand."""

PROVIDER_ID = re.compile(r"[\w.-]{1,120}", re.ASCII)
MESSAGE, EDITION = re.compile(r"[0-9a-f]{24}"), re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
VALIDATED = "Successfully validated SNS topic"
LONGEST_LINK = 2_000


@dataclass(frozen=True)
class Reader:
    """Reads what SES says of messages of ours."""

    keyed: Callable[[str], str]
    """Gives an address's keyed hash."""
    accounts: Collection[str] = ()
    """The AWS accounts that may speak; empty: any."""
    topics: Collection[str] = ()
    """The SNS topics that may speak; empty: any."""

    def read(self, body: bytes | str) -> Event:
        """Read one thing that SES said.

        Raises:
            SetAsideError: nothing can be made of it.
            PassedOverError: it tells of no message.
            RefusedError: another account's, or from another topic.
        """
        told, account = self._unwrapped(parse(body))
        mail = an_object(told, "mail")
        self._ours(mail, account)
        kind, section = _kind(told)
        return self._event(kind, mail, section)

    def _unwrapped(self, told: Any) -> tuple[dict[str, Any], object]:  # noqa: ANN401 - any JSON
        """Take an event out of its envelopes; give it with the account that EventBridge names."""
        if isinstance(told, dict) and isinstance(told.get("Type"), str) and "TopicArn" in told:
            told = self._from_sns(told)
        account = None
        if isinstance(told, dict) and told.get("source") == "aws.ses" and "detail" in told:
            account = told.get("account")
            told = {"eventType": told.get("detail-type")} | an_object(told, "detail")
        if not isinstance(told, dict):
            raise SetAsideError("no_object")
        if told.get("notificationType") == "AmazonSnsSubscriptionSucceeded":
            raise PassedOverError("topic_validated")
        return told, account

    def _from_sns(self, envelope: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any JSON
        if self.topics and str(envelope["TopicArn"]) not in self.topics:
            raise RefusedError("foreign_topic")
        if envelope["Type"] in ("SubscriptionConfirmation", "UnsubscribeConfirmation"):
            # What it asks for is never done: its URL would be fetched for whoever wrote it.
            raise PassedOverError(_spaced(envelope["Type"]))
        message = envelope.get("Message")
        if not isinstance(message, str):
            raise SetAsideError("no_message")
        if message.startswith(VALIDATED):
            raise PassedOverError("topic_validated")
        return parse(message)

    def _ours(self, mail: Mapping[str, Any], account: object) -> None:
        if self.accounts and str(mail.get("sendingAccountId", account)) not in self.accounts:
            raise RefusedError("foreign_account")

    def _event(self, kind: str, mail: Mapping[str, Any], section: Mapping[str, Any]) -> Event:
        provider_id = mail.get("messageId")
        if not isinstance(provider_id, str) or not PROVIDER_ID.fullmatch(provider_id):
            raise SetAsideError("no_message_id")
        kind, reason = _reason(kind, section)
        at, doubts = moment(section.get("timestamp"), mail.get("timestamp"))
        recipients = frozenset(map(self.keyed, addresses(kind, mail, section)))
        link = section.get("link") if kind == "clicked" else ""
        link = link[:LONGEST_LINK] if isinstance(link, str) else ""
        once = section.get("feedbackId") or section.get("timestamp") or mail.get("timestamp")
        said = "\n".join([provider_id, kind, str(once), *sorted(recipients), link])
        edition, doubts_of_edition = tag(mail, "edition", EDITION)
        message_id, doubts_of_message = tag(mail, "message", MESSAGE)
        truncated = ["headers_truncated"] if mail.get("headersTruncated") is True else []
        unsure = ["undetermined"] if reason == "undetermined" else []
        return Event(
            event_key=hashlib.sha256(said.encode(errors="replace")).hexdigest(),
            kind=kind,
            reason=reason,
            provider_id=provider_id,
            occurred_at=at,
            edition=edition,
            message_id=message_id,
            recipients=recipients,
            machine=kind in ("opened", "clicked") and by_its_words(section),
            link=link,
            facts=facts(section) | ({"headersTruncated": True} if truncated else {}),
            warnings=(*doubts, *doubts_of_edition, *doubts_of_message, *unsure),
        )


def _kind(told: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    name = told.get("eventType") or told.get("notificationType")
    if not isinstance(name, str):
        raise SetAsideError("no_type")
    kind, place = TYPES.get(name.replace(" ", "").casefold(), ("unknown", ""))
    section = told.get(place, {})
    if not isinstance(section, dict):
        raise SetAsideError("no_particulars")
    if place not in told and kind in RECIPIENTS:
        raise SetAsideError("no_particulars")
    return kind, section


def _reason(kind: str, section: Mapping[str, Any]) -> tuple[str, str]:
    """Give the kind it really is, and why."""
    if kind == "bounced":
        return kind, bounce_reason(section)
    if kind == "complained":
        if section.get("complaintSubType") == "OnAccountSuppressionList":
            return kind, "account_list"
        how = harmless(section.get("complaintFeedbackType"))
        return ("unknown", "not_spam") if how == "not-spam" else (kind, how)
    if kind == "unsubscribed":
        return (kind, "") if _opts_out(section) else ("unknown", "subscription")
    if kind == "deferred":
        return kind, harmless(section.get("delayType"))
    return kind, ""


def _opts_out(section: Mapping[str, Any]) -> bool:
    new = section.get("newTopicPreferences")
    if not isinstance(new, dict):
        return False
    topics = new.get("topicSubscriptionStatus") or new.get("topicDefaultSubscriptionStatus")
    said = [each.get("subscriptionStatus") for each in objects(topics)]
    return new.get("unsubscribeAll") is True or "OptOut" in said


def _spaced(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).casefold()
