"""The account's suppression list, as SES keeps it."""

import time

from cardletter.rehearsal.account import Account
from cardletter.rehearsal.fields import Json
from cardletter.rehearsal.refusals import RefusedError, bad

MOST = 1000
"""Entries on a page."""
MOST_ON_THE_FIRST = 100


def suppression(account: Account, operation: str, asked: Json) -> Json:
    """Put, get, delete or list suppressed destinations.

    Raises:
        RefusedError: the address is not on the list, or the page does not exist.
    """
    address = asked.get("EmailAddress", "").lower()
    if operation == "PutSuppressedDestination":
        if "@" not in address:
            raise bad("EmailAddress is no address")
        account.suppressed[address] = asked["Reason"]
        return {}
    if operation == "ListSuppressedDestinations":
        return _listed(account, asked)
    if address not in account.suppressed:
        words = f"Email address {address} does not exist on your suppression list."
        raise RefusedError("NotFoundException", words)
    if operation == "DeleteSuppressedDestination":
        del account.suppressed[address]
        return {}
    return {"SuppressedDestination": _shown(account, address)}


def _listed(account: Account, asked: Json) -> Json:
    reasons = asked.get("Reasons") or ["BOUNCE", "COMPLAINT"]
    found = [each for each in sorted(account.suppressed) if account.suppressed[each] in reasons]
    token = asked.get("NextToken", "0")
    if not token.isdigit():
        raise RefusedError("InvalidNextTokenException", "NextToken is not one of ours")
    first, size = int(token), min(asked.get("PageSize", MOST_ON_THE_FIRST), MOST)
    page = found[first : first + size]
    answer: Json = {"SuppressedDestinationSummaries": [_shown(account, each) for each in page]}
    if first + size < len(found):
        answer["NextToken"] = str(first + size)
    return answer


def _shown(account: Account, address: str) -> Json:
    return {
        "EmailAddress": address,
        "Reason": account.suppressed[address],
        "LastUpdateTime": time.time(),
    }
