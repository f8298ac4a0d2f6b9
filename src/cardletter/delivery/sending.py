"""Sending: claim a batch, hand it over, record the result; at most once per edition and member."""

import re
import unicodedata
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from cardletter.delivery.message import Letter, Recipient
from cardletter.delivery.transports import Outbox, Transport
from cardletter.links import keyed_hash
from cardletter.permission import read_receipts, write_receipts
from cardletter.permission.addresses import mailbox
from cardletter.permission.gate import PURPOSES
from cardletter.progress import Counts, track
from cardletter.sources import Warehouse, checked
from cardletter.templates import read_variant
from cardletter.workspace import Workspace, stage

BATCH = 500
"""Sends claimed in one transaction: a crash leaves at most so many in doubt."""

NAME_LONGEST = 40


@stage("send")
def send(desk: Workspace) -> Counts:
    """Send the edition to everybody allowed who has not had it, and settle the receipts."""
    receipts = read_receipts(desk)
    allowed = receipts[receipts["outcome"] == "allowed"]
    had = desk.ledger.sends(desk.edition)
    due = allowed[~allowed["member_id"].isin(had.loc[had["state"] == "sent", "member_id"])]
    transport = Outbox(desk.file("outbox"))
    batches = list(_batches(due.merge(_members(desk), on="member_id")))
    post = Post(desk, transport)
    sent = sum(post.send(*batch) for batch in track(batches, "batches", len(batches)))
    _settle(desk, receipts)
    return {"sent": sent, "had_it": len(allowed) - len(due)}


class Post:
    """Sends batches of one edition through one transport."""

    def __init__(self, desk: Workspace, transport: Transport) -> None:
        """Read what all messages of the edition need."""
        self.desk, self.transport, self.ledger = desk, transport, desk.ledger
        self.settings = desk.settings
        self.links = desk.links
        self.purposes: dict[str, str] = desk.read_json(PURPOSES)
        self.letter: Letter | None = None

    def send(self, variant_id: str, members: pd.DataFrame) -> int:
        """Claim the members of one variant, hand their messages over, record it; give how many."""
        letter = self._letter(variant_id)
        people = members.to_dict("records")
        recipients = {person["member_id"]: self._recipient(person) for person in people}
        rows = [
            {
                "member_id": person["member_id"],
                "message_id": recipients[person["member_id"]].message_id,
                "variant_id": variant_id,
                "consent_id": None if pd.isna(person["consent_id"]) else int(person["consent_id"]),
                "address_key": self.links.address_key(str(person["email"])),
            }
            for person in people
        ]
        claimed = self.ledger.claim(
            self.desk.edition,
            rows,
            again=self.transport.repeatable,
            marketing=self.purposes[variant_id] == "marketing",
        )
        self.transport.take(letter, [recipients[member] for member in sorted(claimed)])
        self.ledger.sent(self.desk.edition, claimed)
        return len(claimed)

    def _letter(self, variant_id: str) -> Letter:
        if self.letter is None or self.letter.variant_id != variant_id:
            rendered = read_variant(self.desk, variant_id)
            pictures = self.desk.file("pictures")
            self.letter = Letter(variant_id, rendered, self.settings.sender, pictures)
            self.letter.prove(Recipient("0", "proof", "proof@example.com", PROOF))
        return self.letter

    def _recipient(self, person: Mapping[Hashable, Any]) -> Recipient:
        member, edition = str(person["member_id"]), self.desk.edition
        fields = {
            "greeting": greeting(person["first_name"]),
            "unsubscribe_url": self.links.unsubscribe(member, edition),
            "preferences_url": self.links.preferences(member, edition),
        }
        message_id = keyed_hash(self.links.keys[0], "message", f"{edition}/{member}")[:24]
        return Recipient(member, message_id, str(person["email"]), fields)


PROOF = {
    "greeting": "Dear Zoë & Søren <proof>, " + "long " * 20,
    "unsubscribe_url": "https://example.com/u/" + "t" * 120,
    "preferences_url": "https://example.com/p/?a=1&b=2",
}
"""Values that would show a wrong escape or encoding."""


def greeting(first_name: object) -> str:
    """Greet a member by name; what cannot be a name's is left out of it."""
    text = unicodedata.normalize("NFC", first_name) if isinstance(first_name, str) else ""
    # Marks stand beside letters: without them प्रिया is no name any more.
    spaced = (" " if c.isspace() else c for c in text)
    kept = "".join(c for c in spaced if unicodedata.category(c)[0] in "LM" or c in " '-.’·・")
    # A dot between letters would make a link of the name in many mail programs.
    name = " ".join(re.sub(r"\.(?! )", ". ", kept).split())[:NAME_LONGEST].strip()
    return f"Dear {name}," if any(map(str.isalpha, name)) else "Hello,"


def _members(desk: Workspace) -> pd.DataFrame:
    members = checked(Warehouse(desk.settings), "members")
    columns = [name for name in ("email", "first_name") if name in members.columns]
    found: pd.DataFrame = members.select("member_id", *columns).to_pandas()
    found["email"] = found["email"].map(mailbox, na_action="ignore")
    return found.reindex(columns=["member_id", "email", "first_name"]).dropna(subset="email")


def _batches(due: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Cut the members of each variant into batches."""
    for variant_id, members in due.sort_values(["variant_id", "member_id"]).groupby("variant_id"):
        for start in range(0, len(members), BATCH):
            yield str(variant_id), members.iloc[start : start + BATCH]


def _settle(desk: Workspace, receipts: pd.DataFrame) -> None:
    """Turn `allowed` into what became of it: sent, unknown, or refused at the last moment."""
    state = receipts["member_id"].map(
        desk.ledger.sends(desk.edition).set_index("member_id")["state"]
    )
    allowed = receipts["outcome"] == "allowed"
    receipts.loc[state == "sent", ["outcome", "reason"]] = ["sent", ""]
    receipts.loc[state == "calling", ["outcome", "reason"]] = ["unknown", ""]
    late = allowed & state.isna()
    receipts.loc[late, ["outcome", "reason"]] = ["refused", "withdrawn_before_send"]
    write_receipts(desk, receipts)
