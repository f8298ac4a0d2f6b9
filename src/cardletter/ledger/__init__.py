"""The ledger: the one operational store. What is written here is never changed, only followed.

Consents are kept as the acts they were, with the wording that was shown. What counts now is derived
from them: the latest act for a member and purpose, a withdrawal winning over a grant of the same
second. Sends are planned once per edition and member, in calls. A call is claimed before it is
made, and permission is read again in the transaction that claims it. What became of a send follows
from what was answered and what was reported, in whatever order.
"""

from dataclasses import dataclass
from pathlib import Path

from cardletter.ledger.approvals import Approvals
from cardletter.ledger.calls import FencedError
from cardletter.ledger.claims import Claim
from cardletter.ledger.consents import Act
from cardletter.ledger.database import now
from cardletter.ledger.erasures import Erasures
from cardletter.ledger.events import Events
from cardletter.ledger.moments import Limits
from cardletter.ledger.orders import Orders
from cardletter.ledger.pace import Pace, Slot
from cardletter.ledger.plans import Planned
from cardletter.ledger.schema import metadata
from cardletter.ledger.visits import Answer, Visit, Visits

__all__ = [
    "Act",
    "Answer",
    "Claim",
    "FencedError",
    "Ledger",
    "Limits",
    "Planned",
    "Slot",
    "Visit",
    "metadata",
    "now",
    "open_ledger",
]


@dataclass(frozen=True)
class Ledger(Visits, Erasures, Orders, Approvals, Pace, Events):
    """One newsletter project's ledger."""


def open_ledger(root: Path, url: str = "") -> Ledger:
    """Open the ledger of a workspace, or the one at a database's URL."""
    return Ledger(url or f"sqlite:///{root / 'ledger.db'}")
