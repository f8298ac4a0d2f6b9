"""Addresses: which ones Amazon SES can mail, and how a To line holds them."""

import re

from email_validator import EmailNotValidError, validate_email

# What nearly every address looks like; anything else is looked at by the email-validator package.
PLAIN = re.compile(
    r"[a-z0-9](?:[a-z0-9_+-]|\.(?!\.))*[a-z0-9]@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+"
    r"(?!(?:arpa|invalid|local|localhost|onion|test)$)[a-z]{2,}",
    re.IGNORECASE | re.ASCII,
)
LONGEST, LONGEST_LOCAL, LONGEST_LABEL = 254, 64, 63


def mailbox(address: str) -> str | None:
    """Give an address as a message's To line holds it, or None where Amazon SES cannot mail it.

    It can mail one ASCII address with no name around it; a domain in other letters has an ASCII
    form.
    """
    if len(address) > LONGEST or "=?" in address:  # it would read as an encoded word (RFC 2047)
        return None
    found: str | None = address
    if not PLAIN.fullmatch(address):
        try:
            found = validate_email(
                address, check_deliverability=False, allow_smtputf8=False
            ).ascii_email
        except EmailNotValidError:
            return None
    return found if found and _short(found) else None


def _short(address: str) -> bool:
    if len(address) <= LONGEST_LABEL:
        return True
    local, _, domain = address.rpartition("@")
    labels = (len(label) <= LONGEST_LABEL for label in domain.split("."))
    return len(address) <= LONGEST and len(local) <= LONGEST_LOCAL and all(labels)
