"""Permission: may we write to this member, now; yes, or no with one reason.

Public verbs: `check` (a stage), `read_receipts`, `altered`, `firewall_findings`.
"""

from cardletter.permission.gate import REASONS, check, firewall_findings
from cardletter.permission.receipts import altered, read_receipts, write_receipts

__all__ = ["REASONS", "altered", "check", "firewall_findings", "read_receipts", "write_receipts"]
