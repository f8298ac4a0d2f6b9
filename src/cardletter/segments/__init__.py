"""Segments: the named groups of members that people see, found by what they spend on.

Public verbs: `assign` (a stage), `explain`, `read_clustering`, `read_names`, `read_rules`.
"""

from cardletter.segments.assignment import assign
from cardletter.segments.backtest import backtest
from cardletter.segments.curve import in_markdown
from cardletter.segments.description import GENERIC, Segment, read_segments
from cardletter.segments.drift import read_drift
from cardletter.segments.explaining import explain
from cardletter.segments.files import Clustering, read_clustering, read_names
from cardletter.segments.rules import read_rules
from cardletter.segments.ruling import read_odd
from cardletter.segments.verdict import Backtest, read_backtest
from cardletter.segments.wishes import Wishes

__all__ = [
    "GENERIC",
    "Backtest",
    "Clustering",
    "Segment",
    "Wishes",
    "assign",
    "backtest",
    "explain",
    "in_markdown",
    "read_backtest",
    "read_clustering",
    "read_drift",
    "read_names",
    "read_odd",
    "read_rules",
    "read_segments",
]
