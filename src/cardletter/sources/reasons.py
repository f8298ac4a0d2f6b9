"""Reasons: why a row is set aside, and how to mend it."""

from typing import Any

EXAMPLES = 5
"""Rows named per reason; the counts are always whole."""

PURPOSES = ("newsletter", "profiling", "tracking", "coaching", "automatic", "survey")
STATES = ("granted", "withdrawn")
KINDS = ("survey", "complaint", "call", "visit", "redemption")

KEPT = ("no_address", "null_address")
"""Reasons for which a member is kept all the same, to be refused by the gate."""

DROPPED = ("repeated_transaction", "settled_since")
"""Reasons for which a row is no loss: what it says is said by another."""

REASONS = {
    "no_member_id": "every row needs a member_id",
    "null_member_id": "member_id says NULL, None, nan or n/a: a program wrote that for nothing",
    "duplicate_member_id": "one row per member: all rows of a repeated member_id are set aside",
    "no_address": "without an email address the member is refused; add one",
    "null_address": "email says NULL, None, nan or n/a: the member is refused; add one or leave it",
    "future_birth": "born_on lies in the future: check the century",
    "unreadable_time": "write occurred_at as 2026-11-30 or 2026-11-30T18:05:00",
    "future_time": "occurred_at lies in the future: check the time zone and the year",
    "unreadable_amount": "write amount as 1234.50: no thousands separators, no currency sign",
    "no_category": "give the merchant category code, or your own code",
    "unknown_purpose": f"purpose is one of {', '.join(PURPOSES)}",
    "unknown_state": f"state is one of {', '.join(STATES)}",
    "unknown_kind": f"kind is one of {', '.join(KINDS)}",
    "no_offer": "a redemption names its offer: write the offer's id as topic",
    "unreadable_score": "write score as a whole number, or leave it empty",
    "no_mcc": "category is a code of four digits, unless sources.categories is any",
    "no_currency": "give the currency of every amount as EUR, or leave the column out",
    "unknown_currency": "write currency as the three letters of ISO 4217: EUR",
    "decimals": "this currency has no decimals: is the amount in another one?",
    "unknown_status": "status is pending or settled",
    "disputed_transaction": "rows of one transaction_id say different things: all are set aside",
    "repeated_transaction": "the same row again: it counts once",
    "settled_since": "a pending purchase that stands there settled too: the settled one counts",
    "no_zone": "say the zone of occurred_at: 2026-11-30T18:05:00+01:00, or ...Z for UTC",
    "no_wording": "a yes is to something: give the words that were shown",
    "unknown_wording": "the wording is a hash that the ledger does not know: give its words",
    "after_complaint": "who complained of a letter says yes again by double_opt_in only",
}
"""Why a row is set aside, and how to mend it."""


def too_many(table: str, found: dict[str, Any]) -> str:
    """Say that too much of a table is set aside: how many, where, and how to mend it."""
    rows, aside, examples = found["rows"], found["set_aside"], found["where"]
    told = [
        f"  {count:,} {reason}: {', '.join(examples[reason])}{' ...' if count > EXAMPLES else ''}"
        f" ({REASONS[reason]})"
        for reason, count in sorted(found["reasons"].items())
        if reason not in DROPPED
    ]
    return (
        f"{table}: {aside:,} of {rows:,} rows cannot be used, more than sources.set_aside_limit "
        "allows.\n" + "\n".join(told)
    )
