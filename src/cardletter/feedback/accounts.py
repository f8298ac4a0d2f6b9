"""The accounts of an edition: candidates are the sum of their outcomes, or something is wrong."""

from dataclasses import dataclass, field

import pandas as pd

from cardletter.delivery import REJECTIONS
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
    on_their_way: int = 0
    """Of the unknown: in calls that are made just now."""
    held: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)

    @property
    def settled(self) -> int:
        """Count the candidates whose outcome is known, or known to be open."""
        refused, rejected = sum(self.refused.values()), sum(self.rejected.values())
        return self.sent + self.unknown + self.held + refused + rejected

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
        rejected: list[dict[str, str | int]] = [
            {"outcome": f"rejected: {_rejection(name)}", "members": self.rejected[name]}
            for name in sorted(self.rejected)
        ]
        lines: list[dict[str, str | int]] = [
            {"outcome": "candidates", "members": self.candidates},
            {"outcome": "sent", "members": self.sent},
            *refused,
            *rejected,
        ]
        still_open = {
            "held until morning": self.held,
            "unknown": self.unknown - self.on_their_way,
            "on their way": self.on_their_way,
            "waiting": self.waiting,
        }
        for outcome, members in still_open.items():
            if members:
                lines.append({"outcome": outcome, "members": members})
        return lines

    def add_up(self) -> None:
        """See that nobody was lost.

        Raises:
            AccountsError: candidates and outcomes differ.
        """
        if self.candidates != self.settled:
            refused, rejected = sum(self.refused.values()), sum(self.rejected.values())
            msg = (
                f"The accounts do not add up: {self.candidates:,} candidates, but {self.sent:,} "
                f"sent + {refused:,} refused + {rejected:,} rejected + {self.held:,} held + "
                f"{self.unknown:,} unknown = {self.settled:,} "
                f"({self.waiting:,} still waiting). Run the edition again to finish it."
            )
            raise AccountsError(msg)


def _rejection(name: str) -> str:
    return REJECTIONS.get(name, f"SES said {name}")


def read_accounts(desk: Workspace) -> Accounts:
    """Count outcomes: candidates by the plan, sends by the ledger, refusals by the receipts.

    Raises:
        EditionError: nothing of the edition was judged yet.
    """
    plan = desk.read_json("plan.json")
    receipts = read_receipts(desk)
    sends = pd.DataFrame(desk.ledger.counts(desk.edition), columns=["state", "reason", "members"])
    planned = set(desk.ledger.planned(desk.edition))
    # Whoever was planned is counted by the ledger, even if refused when the edition was resumed.
    others = receipts[~receipts["member_id"].isin(planned)]
    calling = _sum(sends, "calling")
    return Accounts(
        candidates=plan["candidates"],
        sent=_sum(sends, "sent"),
        unknown=_sum(sends, "unknown") + calling,
        waiting=_sum(sends, "planned") + int((others["outcome"] == "allowed").sum()),
        # Of one look at the sends: those on their way are others a moment later.
        on_their_way=max(0, calling - desk.ledger.lapsed(desk.edition)),
        held=int((others["outcome"] == "held").sum()),
        refused=_by_reason(sends, "refused", others),
        rejected=_by_reason(sends, "rejected", others),
    )


def _sum(sends: pd.DataFrame, *states: str) -> int:
    return int(sends.loc[sends["state"].isin(states), "members"].sum())


def _by_reason(sends: pd.DataFrame, outcome: str, others: pd.DataFrame) -> dict[str, int]:
    told = sends[sends["state"] == outcome].groupby("reason")["members"].sum()
    rest = others.loc[others["outcome"] == outcome, "reason"].value_counts()
    both = told.add(rest, fill_value=0)
    return {str(reason): int(count) for reason, count in both.items()}
