"""Live: how far the sending of an edition is, at this moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

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
    finished_at: datetime | None
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

    @property
    def between(self) -> bool:
        """Tell whether it is being sent, or was paused: some wait, and nobody is missing."""
        accounts = self.accounts
        moves = self.paused or self.rate or accounts.on_their_way
        return bool(moves) and accounts.candidates == accounts.settled + accounts.waiting

    def table(self) -> list[dict[str, str | int]]:
        """Give it line by line, as people read it."""
        lines: list[dict[str, str | int]] = list(self.accounts.table())
        told: dict[str, str] = {
            "speed": self._speed(),
            "time left": f"{self.left}, until {now() + self.left:%H:%M} UTC" if self.left else "",
            "pace": f"{self.pace:.0%} of the account's rate" if self.pace < 1 else "",
            "calls": ", ".join(f"{count:,} {name}" for name, count in self.calls),
            "finished": _moment(self.finished_at),
            "not sent after": "" if self.finished_at else _moment(self.not_after),
            "approval": self.approval,
            "paused": self.paused,
            "warning": " ".join(self.warnings),
        }
        return lines + [
            {"outcome": name, "members": words} for name, words in told.items() if words
        ]

    def _speed(self) -> str:
        if self.over or self.paused:
            return ""
        if not self.rate:
            return "nothing is moving"
        return f"{self.rate:,.0f} messages a second" if self.rate >= 1 else "less than 1 a second"


def _told(call: dict[str, Any]) -> bool:
    """Tell whether the last answer says why a call is where it is."""
    return bool(call["code"]) and call["state"] in ("planned", "unknown")


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else ""


def read_live(desk: Workspace) -> Live:
    """Look at an edition.

    Raises:
        EditionError: nothing of it was judged yet.
    """
    known = desk.ledger.edition(desk.edition) or {}
    calls = [
        (f"{row['state']} ({row['code']})" if _told(row) else row["state"], row["calls"])
        for row in desk.ledger.calls(desk.edition)
    ]
    paused = known.get("paused", "")
    why, warnings = look(desk.ledger, desk.edition)
    members, since = desk.ledger.lately(desk.edition, now() - LATELY)
    return Live(
        accounts=read_accounts(desk),
        rate=members / max(1.0, (now() - since).total_seconds()),
        pace=desk.ledger.pace(known.get("transport", "")),
        calls=calls,
        paused=paused,
        warnings=[why] if why and not paused else warnings,
        finished_at=known.get("finished_at"),
        not_after=known.get("not_after"),
        approval=delivery.approval(desk).words,
    )
