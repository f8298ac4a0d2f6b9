"""Consents: what an operator records of a member who said it by phone, on paper or at a desk."""

from cardletter.consent import read_rules
from cardletter.errors import MemberError
from cardletter.ledger import Act
from cardletter.links import keyed_hash
from cardletter.permission.standing import find_member, refuse_forgotten
from cardletter.sources.cards import has_card
from cardletter.workspace import Workspace

AFTER_COMPLAINT = "double_opt_in"
"""The only method by which a member who complained of a letter says yes to it again."""


def grant(desk: Workspace, act: Act) -> bool:
    """Record a member's yes; give whether it is new.

    Raises:
        MemberError: there is no such member, or a yes like this one would not count.
    """
    member = find_member(desk, act.member_id)
    _refuse_hollow(act)
    complained = act.purpose == "newsletter" and act.member_id in desk.ledger.complaints()
    if complained and act.method != AFTER_COMPLAINT:
        raise MemberError(
            f"This member complained of a letter: only a {AFTER_COMPLAINT} is a yes again."
        )
    law = act.jurisdiction or member.country or ""
    return _record(desk, Act(**{**vars(act), "jurisdiction": law}))


def withdraw(desk: Workspace, act: Act) -> bool:
    """Record a member's no, which needs no more than a member; give whether it is new.

    Raises:
        MemberError: there is no such member.
    """
    refuse_forgotten(desk, act.member_id)
    # Nobody waits with a no until the members table can be read.
    if not desk.ledger.standing(act.member_id):
        find_member(desk, act.member_id)
    _refuse_cards(act)
    return _record(desk, act)


def _record(desk: Workspace, act: Act) -> bool:
    """Record an act, unless it says again what counts already."""
    counting = desk.ledger.counting(act.member_id)
    same = ("state",) if act.state == "withdrawn" else ("state", "method", "wording", "evidence")
    for said in desk.ledger.history(act.member_id):
        again = all(said[name] == getattr(act, name) for name in same)
        if said["consent_id"] in counting and said["purpose"] == act.purpose and again:
            return False
    if not desk.ledger.act(act, member_key=keyed_hash(desk.hash_key, "member", act.member_id)):
        refuse_forgotten(desk, act.member_id)  # erased since it was looked at first
    return True


def _refuse_hollow(act: Act) -> None:
    methods = read_rules().methods
    if act.method not in methods:
        raise MemberError(f"A yes by this method counts nowhere. Methods are {', '.join(methods)}.")
    if not act.wording.strip():
        raise MemberError(
            "A yes is to something: give the words that the member was shown or read (--wording)."
        )
    _refuse_cards(act)


def _refuse_cards(act: Act) -> None:
    if has_card(act.wording) or has_card(act.evidence):
        raise MemberError("The wording or the evidence holds a card number: leave it out.")
