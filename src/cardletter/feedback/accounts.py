"""The accounts of an edition: candidates are the sum of their outcomes, or something is wrong."""

from dataclasses import dataclass, field

from cardletter.errors import AccountsError
from cardletter.permission import REASONS, read_receipts
from cardletter.workspace import Workspace


@dataclass(frozen=True)
class Accounts:
    """What became of the candidates of an edition."""

    candidates: int
    sent: int
    unknown: int
    waiting: int
    held: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    @property
    def settled(self) -> int:
        """Count the candidates whose outcome is known, or known to be open."""
        return self.sent + self.unknown + self.held + sum(self.refused.values())

    @property
    def finished(self) -> bool:
        """Tell whether nothing of the edition is left to do."""
        return not self.unknown and not self.held

    def table(self) -> list[dict[str, str | int]]:
        """Give the accounts line by line, as people read them."""
        refused: list[dict[str, str | int]] = [
            {"outcome": f"refused: {REASONS[name]}", "members": self.refused[name]}
            for name in REASONS
            if name in self.refused
        ]
        lines: list[dict[str, str | int]] = [
            {"outcome": "candidates", "members": self.candidates},
            {"outcome": "sent", "members": self.sent},
            *refused,
        ]
        still_open = {"held until morning": self.held, "unknown": self.unknown}
        for outcome, members in (still_open | {"waiting": self.waiting}).items():
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
                f"The accounts do not add up: {self.candidates:,} candidates, but {self.sent:,} "
                f"sent + {refused:,} refused + {self.held:,} held + {self.unknown:,} unknown = "
                f"{self.settled:,} "
                f"({self.waiting:,} still waiting). Run the edition again to finish it."
            )
            raise AccountsError(msg)


def read_accounts(desk: Workspace) -> Accounts:
    """Count outcomes: candidates by the plan, sends by the ledger, refusals by the receipts.

    Raises:
        EditionError: nothing of the edition was judged yet.
    """
    plan = desk.read_json("plan.json")
    receipts = read_receipts(desk)
    sends = desk.ledger.sends(desk.edition)
    states = sends["state"].value_counts()
    # Whoever was claimed is counted by the ledger, even if refused when the edition was resumed.
    unclaimed = receipts[~receipts["member_id"].isin(sends["member_id"])]
    refused = unclaimed.loc[unclaimed["outcome"] == "refused", "reason"].value_counts()
    return Accounts(
        candidates=plan["candidates"],
        sent=int(states.get("sent", 0)),
        unknown=int(states.get("calling", 0)),
        waiting=int((unclaimed["outcome"] == "allowed").sum()),
        held=int((unclaimed["outcome"] == "held").sum()),
        refused={str(reason): int(count) for reason, count in refused.items()},
    )
