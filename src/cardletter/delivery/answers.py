"""What SES answers means: taken, surely not taken, or nobody knows."""

from collections.abc import Mapping
from typing import Any, Literal

from cardletter.delivery.transports import Answer, DoubtError, NotTakenError, Remedy

DEFINITE: dict[str, Remedy] = {
    "TooManyRequestsException": "slow",
    "ThrottlingException": "slow",
    "Throttling": "slow",
    "LimitExceededException": "slow",
    "AccountSuspendedException": "stop",
    "SendingPausedException": "stop",
    "MailFromDomainNotVerifiedException": "stop",
    "NotFoundException": "stop",
    "MessageRejected": "reject",
    "BadRequestException": "reject",
}
"""Code of an answer -> what to do: SES says that it took nothing."""

ENTRIES: dict[str, Literal["rejected", "planned"]] = {
    "MESSAGE_REJECTED": "rejected",
    "INVALID_PARAMETER": "rejected",
    "FAILED": "rejected",
    "TRANSIENT_FAILURE": "planned",
    "ACCOUNT_THROTTLED": "planned",
    "ACCOUNT_DAILY_QUOTA_EXCEEDED": "planned",
    "ACCOUNT_SENDING_PAUSED": "planned",
    "ACCOUNT_SUSPENDED": "planned",
    "CONFIGURATION_SET_SENDING_PAUSED": "planned",
    "CONFIGURATION_SET_NOT_FOUND": "planned",
    "INVALID_SENDING_POOL_NAME": "planned",
    "MAIL_FROM_DOMAIN_NOT_VERIFIED": "planned",
    "TEMPLATE_NOT_FOUND": "planned",
}
"""Status of one entry of a bulk call -> what becomes of that message."""

FORBIDDEN, TOO_MANY = 403, 429

UNVERIFIED = "not verified"
"""Of whom the words of a rejection say so: the sender, or in the sandbox a member."""

WORDS = {
    "AccountSuspendedException": "SES has suspended the account",
    "SendingPausedException": "sending is paused in the SES console",
    "MailFromDomainNotVerifiedException": "the MAIL FROM domain is not verified in SES",
    "NotFoundException": "SES does not know the configuration set, or the tenant",
}


def one_answer(answer: Mapping[str, Any]) -> list[Answer]:
    """Read the answer to a call for one member."""
    if not answer.get("MessageId"):
        raise DoubtError("no_message_id")
    return [Answer("sent", answer["MessageId"])]


def bulk_answers(answer: Mapping[str, Any], asked: int) -> list[Answer]:
    """Read the answer to a bulk call: only its order says whom an entry is about."""
    entries = answer.get("BulkEmailEntryResults") or []
    if len(entries) != asked:
        raise DoubtError("answers_missing")
    return [_entry(entry) for entry in entries]


def _entry(entry: Mapping[str, str]) -> Answer:
    status = entry.get("Status", "")
    if status == "SUCCESS":
        known = entry.get("MessageId", "")
        return Answer("sent", known) if known else Answer("unknown", "no_message_id")
    return Answer(ENTRIES.get(status, "unknown"), status or "no_status")


def refused(code: str, words: str, status: int, sender: str) -> NotTakenError | DoubtError:
    """Tell what an error means that SES answered with: a clear no, or doubt."""
    if "daily" in words.lower():
        return NotTakenError("quota", code)
    if code == "MessageRejected" and UNVERIFIED in words and sender in words.lower():
        return NotTakenError("stop", code, f"SES has not verified {sender}, who the letter is from")
    if code in DEFINITE:
        return NotTakenError(DEFINITE[code], code, WORDS.get(code, ""))
    if status == FORBIDDEN:
        return NotTakenError("stop", code, "SES does not accept the credentials, or the clock")
    if status == TOO_MANY:
        return NotTakenError("slow", code)
    # A front end may answer for SES: a server's error does not say that nothing was taken.
    return DoubtError(code or str(status))
