"""Delivery: the frozen plan of an edition, and its messages on their way.

Public verbs: `freeze`, `send` (stages), `begun`, `finished`, `still_open`, `discard`, `altered`.
"""

from cardletter.delivery.plan import altered, begun, discard, finished, freeze, still_open
from cardletter.delivery.sending import send
from cardletter.delivery.transports import Outbox, Transport

__all__ = [
    "Outbox",
    "Transport",
    "altered",
    "begun",
    "discard",
    "finished",
    "freeze",
    "send",
    "still_open",
]
