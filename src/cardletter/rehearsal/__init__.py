"""Rehearsal: a stand-in for Amazon SES and SQS, for tests, kill tests, rehearsals and benchmarks.

Nothing of it is used when real mail leaves. Public: `Account`, `Faults`, `Fault`, `Outcomes`,
`EventPath`, `read_log`; the server is `standin.Standin`, or `python -m
cardletter.rehearsal.standin`, and `python -m cardletter.rehearsal.quick` answers without looking.
"""

from cardletter.rehearsal.acceptlog import Accepted, Call, Log, read_log
from cardletter.rehearsal.account import Account
from cardletter.rehearsal.fates import EventPath, Outcomes
from cardletter.rehearsal.faults import Fault, Faults

__all__ = [
    "Accepted",
    "Account",
    "Call",
    "EventPath",
    "Fault",
    "Faults",
    "Log",
    "Outcomes",
    "read_log",
]
