"""Permission: may we write to this member, now; yes, or no with one reason.

Public verbs: `check` (a stage).
"""

from cardletter.permission.gate import REASONS, check

__all__ = ["REASONS", "check"]
