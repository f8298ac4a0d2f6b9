"""Haste: opens and clicks that come too fast for anybody to have read.

It is seen when asked, from all that came, so that the order in which it was told means nothing.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from cardletter.ledger.events import Events

BURST = pd.Timedelta(seconds=2)
HASTE = pd.Timedelta(seconds=1)
MANY = 10
"""So many clicks of one message in a burst are no person's, even on one link."""
Mask = npt.NDArray[np.bool_]


def by_people(clicks: pd.DataFrame, deliveries: pd.DataFrame) -> pd.DataFrame:
    """Give the clicks that their haste does not betray.

    Clicks have message_id, link, occurred_at; deliveries message_id, occurred_at. Several links of
    one message within two seconds, or ten clicks, or any within a second of the delivery, are a
    scanner's.
    """
    if clicks.empty:
        return clicks
    ordered = clicks.sort_values(["message_id", "occurred_at", "link"], kind="stable")
    first = deliveries.groupby("message_id")["occurred_at"].min().rename("delivered_at")
    both = ordered.merge(first, how="left", left_on="message_id", right_index=True)
    waited = both["occurred_at"] - both["delivered_at"]
    hasty = waited.abs() <= HASTE
    return ordered[~hasty & ~_in_bursts(ordered)].reset_index(drop=True)


def _in_bursts(ordered: pd.DataFrame) -> Mask:
    """Tell of each click whether another link of its message was followed in the same moment."""
    messages, links = (pd.factorize(ordered[name])[0] for name in ("message_id", "link"))
    moments = ordered["occurred_at"].to_numpy()
    near = [_near(messages, moments, back) for back in range(1, MANY)]
    ends = near[-1].copy()
    for back, close in enumerate(near, 1):
        ends[back:] |= close[back:] & (links[back:] != links[:-back])
    marked = ends.copy()
    for back, close in enumerate(near, 1):
        marked[:-back] |= (ends & close)[back:]
    return marked


def _near(messages: npt.NDArray[np.int64], moments: npt.NDArray[np.datetime64], back: int) -> Mask:
    """Tell of each click whether the one so many before it was of its message and moment."""
    found = np.zeros(len(messages), dtype=bool)
    soon = moments[back:] - moments[:-back] <= BURST.to_timedelta64()
    found[back:] = (messages[back:] == messages[:-back]) & soon
    return found


def clicks_by_people(ledger: Events, edition: str, *, tracked: bool = False) -> pd.DataFrame:
    """Give the clicks of an edition that people made: member_id, message_id, link, occurred_at.

    `tracked`: only of those who may still be tracked.
    """
    happened = ledger.happened("clicked", edition, tracked=tracked)
    return by_people(happened, ledger.happened("delivered", edition, also="clicked"))


def opens_by_people(ledger: Events, edition: str, *, tracked: bool = False) -> pd.DataFrame:
    """Give the opens of an edition that people made, as far as anybody can tell."""
    happened = ledger.happened("opened", edition, tracked=tracked)
    return by_people(happened, ledger.happened("delivered", edition, also="opened"))
