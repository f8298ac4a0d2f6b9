"""The gate: every candidate of an edition is allowed, or refused with one reason.

The verdict is written down before anything is sent, and permission is read once more in the
transaction that claims a send: a withdrawal in between still counts.
"""

import re

import pandas as pd
from email_validator import EmailNotValidError, validate_email

from cardletter.ledger import now
from cardletter.progress import Counts
from cardletter.sources import Warehouse, checked
from cardletter.workspace import Workspace, stage

RECEIPTS = "receipts.parquet"
"""One row a candidate: its ids, outcome, reason, consent_id, decided_at."""

REASONS = {
    "no_address": "the issuer gave no email address",
    "bad_address": "the email address cannot be mailed",
    "account_closed": "the account is closed",
    "suppressed": "the address must not be mailed any more",
    "no_consent": "never said yes to the newsletter",
    "consent_withdrawn": "said yes once, and withdrew it",
    "withdrawn_before_send": "withdrew while the edition was being sent",
}
"""Why a candidate is refused, in the order in which the first that holds is the reason."""

# What nearly every address looks like; anything else is looked at by the email-validator package.
PLAIN = re.compile(
    r"[a-z0-9](?:[a-z0-9_+-]|\.(?!\.))*[a-z0-9]@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+"
    r"(?!(?:arpa|invalid|local|localhost|onion|test)$)[a-z]{2,}",
    re.IGNORECASE | re.ASCII,
)
LONGEST, LONGEST_LOCAL, LONGEST_LABEL = 254, 64, 63


@stage("permission")
def check(desk: Workspace) -> Counts:
    """Judge every candidate of the edition and write the verdicts to receipts.parquet."""
    candidates = pd.read_parquet(desk.file("assignments.parquet"))
    judged = candidates.merge(_members(desk), on="member_id", how="left")
    consents = desk.ledger.consented("newsletter").set_index("member_id")
    judged["state"] = judged["member_id"].map(consents["state"])
    judged["consent_id"] = judged["member_id"].map(consents["consent_id"]).astype("Int64")
    judged["reason"] = _reasons(judged, desk.ledger.suppressed())
    judged["outcome"] = judged["reason"].map(lambda reason: "refused" if reason else "allowed")
    judged["decided_at"] = now()
    columns = [*candidates.columns, "outcome", "reason", "consent_id", "decided_at"]
    judged[columns].to_parquet(desk.file(RECEIPTS), index=False)
    allowed = int((judged["outcome"] == "allowed").sum())
    return {"candidates": len(judged), "allowed": allowed, "refused": len(judged) - allowed}


def _members(desk: Workspace) -> pd.DataFrame:
    members = checked(Warehouse(desk.settings), "members")
    columns = [name for name in ("email", "closed_on") if name in members.columns]
    found: pd.DataFrame = members.select("member_id", *columns).to_pandas()
    return found.reindex(columns=["member_id", "email", "closed_on"])


def _reasons(judged: pd.DataFrame, suppressed: set[str]) -> pd.Series:
    """Give each row the first reason that holds, in the order of REASONS, or empty text."""
    email = judged["email"]
    holds = {
        "no_address": email.isna(),
        "bad_address": email.fillna("").map(mailbox).isna(),
        "account_closed": judged["closed_on"].notna(),
        "suppressed": judged["member_id"].isin(suppressed),
        "no_consent": judged["state"].isna(),
        "consent_withdrawn": judged["state"] == "withdrawn",
    }
    reasons = pd.Series("", index=judged.index)
    for reason in reversed([name for name in REASONS if name in holds]):
        reasons = reasons.mask(holds[reason], reason)
    return reasons


def mailbox(address: str) -> str | None:
    """Give an address as a message's To line holds it, or None where Amazon SES cannot mail it.

    It can mail one ASCII address with no name around it; a domain in other letters has an ASCII
    form.
    """
    if len(address) > LONGEST:
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
    local, _, domain = address.rpartition("@")
    labels = (len(label) <= LONGEST_LABEL for label in domain.split("."))
    return len(address) <= LONGEST and len(local) <= LONGEST_LOCAL and all(labels)
