"""Feedback: what came of an edition, and what was reported of its messages.

Public verbs: `report` (a stage), `read_accounts`, `made`; `open_inbox`, `take_in` events from files
or the queue, `replay` what might have been reported of an outbox; `clicks_by_people`.
"""

from cardletter.feedback.accounts import Accounts, read_accounts
from cardletter.feedback.inbox import open_inbox, take_in
from cardletter.feedback.ingest import Taken
from cardletter.feedback.report import made, report
from cardletter.feedback.simulate import replay
from cardletter.ledger.haste import clicks_by_people

__all__ = [
    "Accounts",
    "Taken",
    "clicks_by_people",
    "made",
    "open_inbox",
    "read_accounts",
    "replay",
    "report",
    "take_in",
]
