"""Addressing: a variant's letter, and the members of a call with the values of its fields."""

import threading
from collections.abc import Mapping

import pandas as pd

from cardletter.delivery.message import Letter, Recipient
from cardletter.delivery.people import People, greeting
from cardletter.delivery.transports import Transport
from cardletter.ledger import Claim
from cardletter.links import Links
from cardletter.templates import read_variant
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
                letter = Letter(variant_id, rendered, self.sender, self.pictures)
                self.transport.prove(letter, Recipient("0", "0", "0", "proof@example.com", PROOF))
                self._kept[variant_id] = letter
            return self._kept[variant_id]


def read_arms(desk: Workspace) -> dict[str, str]:
    """Give the members who get the second subject of an edition that tries two."""
    assigned = pd.read_parquet(desk.file("assignments.parquet"), columns=["member_id", "arm"])
    return dict.fromkeys(assigned.loc[assigned["arm"] == "b", "member_id"], "b")


class Addressing:
    """Makes recipients of an edition's members."""

    def __init__(
        self, edition: str, links: Links, people: People, arms: Mapping[str, str] | None = None
    ) -> None:
        """Address an edition to people, with links of their own, each under the subject of its arm.

        Arms by member: only of members whose arm is not the first.
        """
        self.edition, self.links, self.people = edition, links, people
        self.arms = arms or {}

    def of(self, claim: Claim) -> tuple[list[Recipient], dict[str, tuple[str, str]]]:
        """Address a call's members; who has no address any more is told apart."""
        people = self.people.of([member for member, _ in claim.members])
        found, missing = [], {}
        for (member, message_id), person in zip(claim.members, people, strict=True):
            if person is None:
                missing[member] = ("rejected", "bad_address")
                continue
            address, first_name = person
            fields = {
                "greeting": greeting(first_name),
                "unsubscribe_url": self.links.unsubscribe(member, self.edition),
                "preferences_url": self.links.preferences(member, self.edition),
            }
            arm = self.arms.get(member, "")
            found.append(Recipient(self.edition, member, message_id, address, fields, arm))
        return found, missing
