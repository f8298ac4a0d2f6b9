"""Breakers: an edition that does harm stops by itself, until a person has looked.

SES reviews an account from 5% bounces and 0.1% complaints on, and may stop it at 10% and 0.5%.
"""

from dataclasses import dataclass

from cardletter.ledger import Ledger

ENOUGH, FEW = 100, 5
"""Nothing is stopped before so many messages came to something, or for fewer than so many."""

REPUTATION = ("hard", "permanent", "provider_list")
"""Bounces that SES counts."""


@dataclass(frozen=True)
class Breaker:
    """One rate that may not be too high."""

    name: str
    warn: float
    pause: float
    why: str


BREAKERS = (
    Breaker(
        "bounces",
        0.02,
        0.05,
        "{share} of the messages came back because the address is wrong or closed ({count:,} of "
        "{landed:,}). Amazon stops accounts for that. Look where these addresses come from.",
    ),
    Breaker(
        "complaints",
        0.0008,
        0.001,
        "{share} of the members called the letter spam ({count:,} of {landed:,}). Amazon and the "
        "mailbox providers stop senders for that. Look at who gets it, and what it promises.",
    ),
    Breaker(
        "policy",
        0.005,
        0.01,
        "{share} of the messages were refused for how they were sent ({count:,} of {landed:,}): "
        "mostly SPF, DKIM or DMARC is broken. Nobody was suppressed for it. Ask whoever keeps "
        "your domain, then go on.",
    ),
)
STOPPED = {
    "failed": "Amazon could not put {count:,} messages together and did not send them: a field is "
    "missing. The letter has to be mended before more of it is sent.",
    "rejected": "Amazon took {count:,} messages and did not send them, as it does where it finds a "
    "virus. Look at the pictures and links of the letter.",
}


def look(ledger: Ledger, edition: str) -> tuple[str, list[str]]:
    """Give why an edition has to stop, or nothing, and what to be warned of."""
    outcomes = ledger.outcomes(edition)
    for kind, words in STOPPED.items():
        if count := sum(n for (each, _), n in outcomes.items() if each == kind):
            return words.format(count=count), []
    landed = ledger.landed(edition)
    if landed < ENOUGH:
        return "", []
    counts = _counts(outcomes)
    said = {
        each: each.why.format(share=_share(counts[each.name], landed), count=count, landed=landed)
        for each in BREAKERS
        if (count := counts[each.name])
    }
    for each, why in said.items():
        if counts[each.name] >= FEW and counts[each.name] >= each.pause * landed:
            return why, []
    return "", [why for each, why in said.items() if counts[each.name] >= each.warn * landed]


def trip(ledger: Ledger, edition: str) -> tuple[bool, list[str]]:
    """Stop an edition that has to; give whether it was stopped now, and what to be warned of."""
    known = ledger.edition(edition)
    if known is None:
        return False, []
    why, warnings = look(ledger, edition)
    if not why:
        return False, warnings
    if known["paused"] or known["finished_at"]:
        return False, [why]  # it stands already, or nothing of it is left to be stopped
    ledger.pause(edition, "breaker", why)
    return True, [why]


def _counts(outcomes: dict[tuple[str, str], int]) -> dict[str, int]:
    bounces = {reason: n for (kind, reason), n in outcomes.items() if kind == "bounced"}
    complaints = (
        n for (kind, why), n in outcomes.items() if kind == "complained" and why != "account_list"
    )
    return {
        "bounces": sum(bounces.get(each, 0) for each in REPUTATION),
        "complaints": sum(complaints),
        "policy": bounces.get("policy", 0),
    }


def _share(count: int, of: int) -> str:
    return f"{100 * count / of:.2g}%"
