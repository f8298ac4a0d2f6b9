"""Live: how far the sending of an edition is, at this moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cardletter import delivery
from cardletter.feedback.accounts import Accounts, read_accounts
from cardletter.feedback.breakers import look
from cardletter.ledger import now
from cardletter.workspace import Workspace

LATELY = timedelta(seconds=15)


@dataclass(frozen=True)
class Live:
    """What an operator sees of an edition while it is sent."""

    accounts: Accounts
    rate: float
    """Messages a second, lately."""
    pace: float
    """Share of its rate that the account sends at; less than 1 after SES said it was too fast."""
    calls: list[tuple[str, int]]
    """State of the calls -> how many, with the last answer of those that are tried again."""
    paused: str
    warnings: list[str]
    not_after: datetime | None
    approval: str
    """Who approved it, or what it waits for."""

    @property
    def left(self) -> timedelta | None:
        """Give how long it will take at this rate, where it moves."""
        if not self.rate or not self.accounts.waiting:
            return None
        return timedelta(seconds=round(self.accounts.waiting / self.rate))

    @property
    def over(self) -> bool:
        """Tell whether nothing is left to send."""
        return not self.accounts.waiting and not any(name == "calling" for name, _ in self.calls)

    def table(self) -> list[dict[str, str | int]]:
        """Give it line by line, as people read it."""
        lines: list[dict[str, str | int]] = list(self.accounts.table())
        told: dict[str, str] = {
            "now": f"{self.rate:,.0f} messages a second" if self.rate else "nothing is moving",
            "left": str(self.left) if self.left else "",
            "pace": f"{self.pace:.0%} of the account's rate" if self.pace < 1 else "",
            "calls": ", ".join(f"{count:,} {name}" for name, count in self.calls),
            "not sent after": f"{self.not_after:%Y-%m-%d %H:%M} UTC" if self.not_after else "",
            "approval": self.approval,
            "paused": self.paused,
            "warning": " ".join(self.warnings),
        }
        return lines + [
            {"outcome": name, "members": words} for name, words in told.items() if words
        ]


def read_live(desk: Workspace) -> Live:
    """Look at an edition.

    Raises:
        EditionError: nothing of it was judged yet.
    """
    known = desk.ledger.edition(desk.edition) or {}
    calls = [
        (f"{row['state']} ({row['code']})" if row["code"] else row["state"], row["calls"])
        for row in desk.ledger.calls(desk.edition)
    ]
    return Live(
        accounts=read_accounts(desk),
        rate=desk.ledger.ended_since(desk.edition, now() - LATELY) / LATELY.total_seconds(),
        pace=desk.ledger.pace(known.get("transport", "")),
        calls=calls,
        paused=known.get("paused", ""),
        warnings=look(desk.ledger, desk.edition)[1],
        not_after=known.get("not_after"),
        approval=delivery.approval(desk).words,
    )
