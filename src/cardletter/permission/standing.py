"""Standing: what is known of one member, and what of the things they said counts now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from cardletter.consent import STRICTEST, acts_of, judged, read_rules
from cardletter.errors import MemberError
from cardletter.ledger import now
from cardletter.links import keyed_hash
from cardletter.permission.addresses import mailbox
from cardletter.sources import Warehouse
from cardletter.sources.reasons import PURPOSES
from cardletter.sources.warehouse import trimmed
from cardletter.workspace import Workspace


@dataclass(frozen=True)
class Member:
    """A member as the issuer delivers them: rows of the members table, one where all is well."""

    member_id: str
    rows: list[dict[str, Any]]

    @property
    def country(self) -> str | None:
        """Give the country the member lives in, as the issuer has it."""
        return next((row["country"] for row in self.rows if row.get("country")), None)

    @property
    def addresses(self) -> list[str]:
        """Give the member's addresses, as they are delivered and as they are mailed."""
        told = [str(row["email"]) for row in self.rows if row["email"]]
        return sorted({*told, *(found for each in told if (found := mailbox(each)))})


@dataclass(frozen=True)
class Standing:
    """What counts now of what a member said to one purpose, and why."""

    purpose: str
    because: str
    counts: bool = False
    until: datetime | None = None
    act: dict[str, Any] | None = None
    """The latest act as the ledger has it; None where nothing was ever said."""


def find_member(desk: Workspace, member_id: str) -> Member:
    """Find a member, in the members table or in the ledger.

    Raises:
        MemberError: there is nobody with this id, or they were erased.
    """
    refuse_forgotten(desk, member_id)
    member = Member(member_id, issuer_rows(desk, member_id))
    if not member.rows and not desk.ledger.holdings(member_id):
        raise MemberError(
            "Nobody has this id, in the members table or in the ledger. Ids are written exactly as "
            "they are delivered, with every leading zero."
        )
    return member


def issuer_rows(desk: Workspace, member_id: str) -> list[dict[str, Any]]:
    """Give a member's rows of the members table, under our names of columns."""
    raw = Warehouse(desk.settings).raw("members")
    theirs = raw.filter(trimmed(raw.member_id) == member_id).drop("_file")
    rows: list[dict[str, Any]] = theirs.to_pyarrow().to_pylist()
    return rows


def refuse_forgotten(desk: Workspace, member_id: str) -> None:
    """See that a member was not erased.

    Raises:
        MemberError: they were.
    """
    if desk.ledger.forgotten(keyed_hash(desk.hash_key, "member", member_id)):
        raise MemberError(
            "This member was erased: nothing is kept of them but keyed hashes, by which they are "
            "neither mailed nor taken in again."
        )


def standings(desk: Workspace, member: Member) -> list[Standing]:
    """Give what counts now for every purpose, in the contract's order."""
    counts = desk.ledger.counting(member.member_id)
    acts = [a for a in desk.ledger.history(member.member_id) if a["consent_id"] in counts]
    faults = _faults(desk, member, acts)
    latest = {act["purpose"]: act for act in acts}
    return [_standing(purpose, latest.get(purpose), member, faults) for purpose in PURPOSES]


def _faults(desk: Workspace, member: Member, acts: list[dict[str, Any]]) -> dict[int, str]:
    """Give why each act is no yes, by the rule that the gate asks; an act that is one is not in."""
    if not acts:
        return {}
    lives = pd.DataFrame([{"member_id": member.member_id, "country": member.country}])
    members = lives.astype("string")
    told = judged(acts_of(desk, pd.DataFrame(acts), members) | {"members": members}, now())
    faulty = told.dropna(subset="fault")
    return dict(zip(faulty["consent_id"].tolist(), faulty["fault"].tolist(), strict=True))


def _standing(
    purpose: str, act: dict[str, Any] | None, member: Member, faults: dict[int, str]
) -> Standing:
    if act is None:
        return Standing(purpose, "never said yes, and silence is no")
    fault, method, yes = faults.get(act["consent_id"]), act["method"], "said yes"
    if fault == "consent_withdrawn":
        return Standing(purpose, "withdrew", act=act)
    # The law where the member lives, and where the yes was given, if that is told: both must hold.
    lives = member.country
    places = [lives, act["jurisdiction"]] if act["jurisdiction"] else [lives]
    rules = read_rules()
    laws = " and ".join(sorted({_law(rules.jurisdiction(place)) for place in places}))
    if fault == "consent_not_valid":
        told = f"{yes} by {method or 'no method that was told'}, which does not count under {laws}"
        return Standing(purpose, told, act=act)
    until = rules.ends(method, act["occurred_at"], *places)
    if fault == "consent_expired":
        return Standing(purpose, f"{yes}, which ran out under {laws}", until=until, act=act)
    if fault:
        return Standing(purpose, f"{yes} to words that are revoked", until=until, act=act)
    return Standing(purpose, f"{yes}, which counts under {laws}", until=until, act=act, counts=True)


def _law(jurisdiction: str) -> str:
    if jurisdiction == STRICTEST:
        return "the strictest rules, as the country is not known or has none of its own"
    return f"the rules of {jurisdiction}"
