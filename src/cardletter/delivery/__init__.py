"""Delivery: the frozen plan of an edition, and its messages on their way.

Public verbs: `freeze`, `send` (stages), `release`, `begun`, `finished`, `still_open`, `discard`,
`altered`.
"""

from cardletter.delivery.plan import altered, begun, discard, finished, freeze, still_open
from cardletter.delivery.sending import open_transport, release, send
from cardletter.delivery.transports import Outbox, Transport
from cardletter.delivery.validation import REJECTIONS

__all__ = [
    "REJECTIONS",
    "Outbox",
    "Transport",
    "altered",
    "begun",
    "discard",
    "finished",
    "freeze",
    "open_transport",
    "release",
    "send",
    "still_open",
]
