"""The accounts of an edition: candidates are the sum of their outcomes, or something is wrong."""

from dataclasses import dataclass, field

import pandas as pd

from cardletter.errors import AccountsError, EditionError
from cardletter.permission import REASONS
from cardletter.permission.gate import RECEIPTS
from cardletter.workspace import Workspace


@dataclass(frozen=True)
class Accounts:
    """What became of the candidates of an edition."""

    candidates: int
    sent: int
    unknown: int
    waiting: int
    refused: dict[str, int] = field(default_factory=dict)

    @property
    def settled(self) -> int:
        """Count the candidates whose outcome is known, or known to be unknown."""
        return self.sent + self.unknown + sum(self.refused.values())

    def table(self) -> list[dict[str, str | int]]:
        """Give the accounts line by line, as people read them."""
        refused: list[dict[str, str | int]] = [
            {"outcome": f"refused: {REASONS[name]}", "members": self.refused[name]}
            for name in REASONS
            if name in self.refused
        ]
        lines = [
            {"outcome": "candidates", "members": self.candidates},
            {"outcome": "sent", "members": self.sent},
            *refused,
        ]
        for outcome, members in (("unknown", self.unknown), ("waiting", self.waiting)):
            if members:
                lines.append({"outcome": outcome, "members": members})
        return lines

    def add_up(self) -> None:
        """See that nobody was lost.

        Raises:
            AccountsError: candidates and outcomes differ.
        """
        if self.candidates != self.settled:
            refused = sum(self.refused.values())
            msg = (
                f"The accounts do not add up: {self.candidates:,} candidates, but {self.sent:,} sent "
                f"+ {refused:,} refused + {self.unknown:,} unknown = {self.settled:,} "
                f"({self.waiting:,} still waiting). Run the edition again to finish it."
            )
            raise AccountsError(msg)


def read_accounts(desk: Workspace) -> Accounts:
    """Count an edition's outcomes: candidates by the plan, sends by the ledger, the rest by receipts.

    Raises:
        EditionError: nothing of the edition was judged yet.
        AccountsError: ledger and receipts disagree about who was sent it.
    """
    plan = desk.read_json("plan.json")
    if not desk.file(RECEIPTS).is_file():
        msg = f"Edition {desk.edition} is prepared, but nothing is sent: `cardletter run {desk.edition}`."
        raise EditionError(msg)
    receipts = pd.read_parquet(desk.file(RECEIPTS))
    outcomes = receipts["outcome"].value_counts()
    sends = desk.ledger.sends(desk.edition)["state"].value_counts()
    sent, unknown = int(sends.get("sent", 0)), int(sends.get("calling", 0))
    refused = receipts.loc[receipts["outcome"] == "refused", "reason"].value_counts()
    by_reason = {str(reason): int(count) for reason, count in refused.items()}
    waiting = int(outcomes.get("allowed", 0)) - (sent + unknown - int(outcomes.get("sent", 0)))
    return Accounts(plan["candidates"], sent, unknown, waiting, by_reason)
