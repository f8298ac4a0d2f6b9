"""Consent: which of the things members said counts now, by where they live; one rule for all.

Public verbs: `counting` (whose yes counts), `acts_of` (what the rule looks at), `judged` (why one
does not count), `read_rules`, `read_revoked`.
"""

from cardletter.consent.counting import RULE, acts_of, counting, judged
from cardletter.consent.jurisdictions import STRICTEST, Rules, read_rules
from cardletter.consent.wordings import read_revoked

__all__ = [
    "RULE",
    "STRICTEST",
    "Rules",
    "acts_of",
    "counting",
    "judged",
    "read_revoked",
    "read_rules",
]
