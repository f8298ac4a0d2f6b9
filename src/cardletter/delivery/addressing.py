"""Addressing: a variant's letter, and the members of a call with the values of its fields."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from cardletter.delivery.message import Fragment, Letter, Recipient
from cardletter.delivery.people import People, greeting, name_of
from cardletter.delivery.personal import Personal, read_personal
from cardletter.delivery.transports import Transport
from cardletter.ledger import Claim
from cardletter.links import Links
from cardletter.templates import Fields, kept_fields, read_variant
from cardletter.templates.fields import BUILT_IN
from cardletter.templates.greetings import PLAIN, Greeting
from cardletter.workspace import Workspace

KEPT = 16
"""Letters kept ready: calls come variant by variant."""

PROOF = {
    "greeting": "Dear Zoë & Søren <proof>, " + "long " * 20,
    "unsubscribe_url": "https://example.com/u/" + "t" * 120,
    "preferences_url": "https://example.com/p/?a=1&b=2",
}
"""Values that would show a wrong escape or encoding."""


class Letters:
    """The letters of an edition, each proved before its first message."""

    def __init__(self, desk: Workspace, transport: Transport) -> None:
        """Read letters of an edition, for a transport."""
        self.desk, self.transport = desk, transport
        self.sender, self.pictures = desk.settings.sender, desk.file("pictures")
        fields = kept_fields(desk)
        personal = read_personal(desk)
        self.names = (*fields, *personal.names)
        values = {name: PROOF.get(name, "Zoë & Søren <proof>") for name in fields}
        own = dict.fromkeys(personal.names, Fragment("<p>Zoë &amp; Søren</p>", "Zoë & Søren"))
        self.proof = Recipient("0", "0", "0", "proof@example.com", values, "", own)
        self._kept: dict[str, Letter] = {}
        self._lock = threading.Lock()

    def of(self, variant_id: str) -> Letter:
        """Give a variant's letter.

        Raises:
            LetterError: it would not say what it should.
        """
        with self._lock:
            if variant_id not in self._kept:
                while len(self._kept) >= KEPT:
                    self._kept.pop(next(iter(self._kept)))
                rendered = read_variant(self.desk, variant_id)
                letter = Letter(variant_id, rendered, self.sender, self.pictures, self.names)
                self.transport.prove(letter, self.proof)
                self._kept[variant_id] = letter
            return self._kept[variant_id]


def read_arms(desk: Workspace) -> dict[str, str]:
    """Give the members who get the second subject of an edition that tries two."""
    assigned = pd.read_parquet(desk.file("assignments.parquet"), columns=["member_id", "arm"])
    return dict.fromkeys(assigned.loc[assigned["arm"] == "b", "member_id"], "b")


@dataclass(frozen=True)
class Addressing:
    """Makes recipients of an edition's members, each with links and values of their own."""

    edition: str
    links: Links
    people: People
    arms: Mapping[str, str] = field(default_factory=dict)
    """Member -> arm, of those only whose arm is not the first."""
    declared: Fields = field(default_factory=lambda: BUILT_IN)
    personal: Personal = field(default_factory=Personal)
    greetings: Mapping[str, Greeting] = field(default_factory=dict)
    """Variant -> how its members are greeted."""

    def of(self, claim: Claim) -> tuple[list[Recipient], dict[str, tuple[str, str]]]:
        """Address a call's members; who has no address any more is told apart."""
        people = self.people.of([member for member, _ in claim.members])
        greet = self.greetings.get(claim.variant_id, PLAIN)
        found, missing = [], {}
        for (member, message_id), person in zip(claim.members, people, strict=True):
            if person is None:
                missing[member] = ("rejected", "bad_address")
                continue
            address, first_name = person
            fields = self._values(member, first_name, greet)
            if fields is None:
                missing[member] = ("rejected", "field_missing")
                continue
            own = self.personal.of(member, fields)
            arm = self.arms.get(member, "")
            found.append(Recipient(self.edition, member, message_id, address, fields, arm, own))
        return found, missing

    def _values(self, member: str, first_name: object, greet: Greeting) -> dict[str, str] | None:
        """Give a member's values of all fields; None where one is missing."""
        values = {
            "greeting": greeting(first_name, greet),
            "first_name": name_of(first_name),
            "unsubscribe_url": self.links.unsubscribe(member, self.edition),
            "preferences_url": self.links.preferences(member, self.edition),
        }
        told = self.people.told(member)
        locale = greet.locale or str(told.get("locale") or "en")
        for name, each in self.declared.items():
            value = each.value(told[each.column], locale) if each.column else values[name]
            if value is None:
                return None
            values[name] = value
        return values
