"""Delivery: the frozen plan of an edition, and its messages on their way.

Public verbs: `freeze`, `send` (stages), `release`, `begun`, `finished`, `still_open`, `discard`,
`altered`; `approve`, `approval` (how it stands), `kept`.
"""

from cardletter.delivery.approving import Standing, approve, before_you, kept, refuse_unapproved
from cardletter.delivery.approving import standing as approval
from cardletter.delivery.plan import altered, begun, discard, finished, freeze, still_open
from cardletter.delivery.sending import open_transport, release, send
from cardletter.delivery.transports import Outbox, Transport
from cardletter.delivery.validation import REJECTIONS

__all__ = [
    "REJECTIONS",
    "Outbox",
    "Standing",
    "Transport",
    "altered",
    "approval",
    "approve",
    "before_you",
    "begun",
    "discard",
    "finished",
    "freeze",
    "kept",
    "open_transport",
    "refuse_unapproved",
    "release",
    "send",
    "still_open",
]
