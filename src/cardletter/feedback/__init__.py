"""Feedback: what came of an edition.

Public verbs: `report` (a stage), `read_accounts`, `made`.
"""

from cardletter.feedback.accounts import Accounts, read_accounts
from cardletter.feedback.report import made, report

__all__ = ["Accounts", "made", "read_accounts", "report"]
