"""The SES account: whether it may send now, and how fast, in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from cardletter.errors import NotReadyError
from cardletter.ledger import Limits
from cardletter.ledger.moments import GAP, SLACK
from cardletter.settings import Ses

Told = Mapping[str, Any]
"""What SES answers to GetAccount, or to GetEmailIdentity."""

UNLIMITED = 2**31

LARGEST = 50
"""Recipients that SES takes in one call."""

USED = 0.98 * (1 + GAP + SLACK)
"""Share of the rate that calls of a size have to be able to use."""


def look_over(account: Told, settings: Ses, messages: int, more: Iterable[str] = ()) -> Limits:
    """Give how fast an account may send, if nothing else hinders it.

    Raises:
        NotReadyError: it may not send so many messages now, and every reason why.
    """
    if hindrances := [*_hindrances(account, settings, messages), *more]:
        raise NotReadyError(f"The SES account cannot send: {'; '.join(hindrances)}.")
    return Limits(float(account["SendQuota"]["MaxSendRate"]))


def _hindrances(account: Told, settings: Ses, messages: int) -> Iterator[str]:
    status = account.get("EnforcementStatus", "HEALTHY")
    if not account.get("SendingEnabled"):
        yield "its sending is paused (SES console, Account dashboard)"
    if status == "SHUTDOWN":
        yield "SES has shut it down (SES console, Reputation metrics)"
    if status == "PROBATION" and not settings.while_under_review:
        yield (
            "SES has it under review: mend what SES found, or set ses.while_under_review to send "
            "all the same"
        )
    if not account.get("ProductionAccessEnabled") and not settings.sandbox:
        yield (
            "it is in the SES sandbox, where mail goes to verified addresses only: ask AWS for "
            "production access, or set ses.sandbox for a trial"
        )
    if not float(account.get("SendQuota", {}).get("MaxSendRate", 0)):
        yield "SES gives it no sending rate"
    if messages and not left(account):
        yield "its quota for 24 hours is used up: run the edition again later"


def unverified(sender: str, ask: Callable[[str], Told]) -> Iterator[str]:
    """Say so if SES would take no letter from an address: it asks for the domain or the address.

    A domain speaks for those below it.
    """
    domain = sender.rpartition("@")[2]
    parts = domain.split(".")
    above = [".".join(parts[start:]) for start in range(1, len(parts) - 1)]
    answers = {}
    for name in (domain, sender, *above):
        answers[name] = ask(name)
        if answers[name].get("VerifiedForSendingStatus"):
            return
    pending = next((name for name, answer in answers.items() if answer), "")
    if pending:
        yield (
            f"{pending}, which the letter is from, is not verified yet: publish the records that "
            f"SES shows for it (SES console, Identities)"
        )
    else:
        yield (
            f"it does not know {domain}, which the letter is from: verify the domain (SES console, "
            "Identities), see ses.region, or change sender"
        )


def left(account: Told) -> int:
    """Give how many messages the quota of 24 hours still allows."""
    quota = account.get("SendQuota", {})
    most = float(quota.get("Max24HourSend", 0))
    if most < 0:
        return UNLIMITED
    return max(0, int(most - float(quota.get("SentLast24Hours", 0))))


def call_size(rate: float, most: int) -> int:
    """Give the largest size of calls, at most so many, that uses a rate up and never exceeds it."""
    if rate >= most / (1 - USED):
        return most
    sizes = range(min(most, max(1, int(rate))), 0, -1)
    return next((n for n in sizes if rate // n * n >= USED * rate), 1)
