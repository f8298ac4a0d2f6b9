"""Machines: what opens and clicks without anybody reading; none of it teaches anything.

Mail programs load pictures through proxies whether or not the letter is read, and gateways follow
links to see what is behind them. Some say who they are; others show it by their haste.
"""

import functools
import re
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from itertools import chain
from typing import Any

import pandas as pd

from cardletter.ledger import Ledger

PROXIES = re.compile(
    r"GoogleImageProxy|ggpht\.com|YahooMailProxy|YahooCacheSystem|"
    r"bot\b|bot/|crawler|spider|scan|preview|prefetch|headless|phantomjs|selenium|playwright|"
    r"proofpoint|mimecast|barracuda|safelinks|trendmicro|fortinet|sophos|cisco|ironport|"
    r"symantec|messagelabs|forcepoint|zscaler|"
    r"existence discovery|curl/|wget/|python|java/|okhttp|go-http-client|libwww|httpclient",
    re.IGNORECASE,
)
APPLE = re.compile(r"Mozilla/5\.0")
"""All that Apple's Mail Privacy Protection says of itself."""

NETWORKS = tuple(map(ip_network, ("17.0.0.0/8", "66.102.0.0/20", "66.249.64.0/19")))
"""Apple's, and Google's proxies'."""

FLAGS = ("isBot", "isMachine", "bot", "machine", "botDetected", "automated")
"""How SES, or whoever stands between, may say it outright."""

BURST = pd.Timedelta(seconds=2)
HASTE = pd.Timedelta(seconds=1)
MANY = 10
"""So many clicks of one message in a burst are no person's, even on one link."""


def by_its_words(section: Mapping[str, Any]) -> bool:
    """Tell whether what is told of an open or a click says that a machine did it."""
    if any(str(section.get(name)).casefold() == "true" for name in FLAGS):
        return True
    agent = section.get("userAgent")
    if not isinstance(agent, str) or not agent.strip():
        return "userAgent" in section  # every browser says what it is
    return _a_proxys(agent[:1_000]) or _from_a_proxy(section)


@functools.lru_cache(maxsize=4_096)
def _a_proxys(agent: str) -> bool:
    """Tell whether a proxy or a scanner calls itself so; there are few names for many events."""
    return bool(PROXIES.search(agent) or APPLE.fullmatch(agent.strip()))


def _from_a_proxy(section: Mapping[str, Any]) -> bool:
    try:
        address = ip_address(str(section.get("ipAddress")))
    except ValueError:
        return False
    return any(address in network for network in NETWORKS if network.version == address.version)


def by_people(clicks: pd.DataFrame, deliveries: pd.DataFrame) -> pd.DataFrame:
    """Give the clicks that their haste does not betray.

    Clicks have message_id, link, occurred_at; deliveries message_id, occurred_at. Several links of
    one message within two seconds, or ten clicks, or any within a second of the delivery, are a
    scanner's. It is seen when asked, from all that came, so that their order means nothing.
    """
    if clicks.empty:
        return clicks
    ordered = clicks.sort_values(["message_id", "occurred_at", "link"], kind="stable")
    first = deliveries.groupby("message_id")["occurred_at"].min().rename("delivered_at")
    both = ordered.merge(first, how="left", left_on="message_id", right_index=True)
    waited = both["occurred_at"] - both["delivered_at"]
    hasty = waited.abs() <= HASTE
    return ordered[~hasty & ~_in_bursts(ordered)].reset_index(drop=True)


def _in_bursts(ordered: pd.DataFrame) -> pd.Series:
    """Tell of each click whether another link of its message was followed in the same moment."""
    marked = (_burst(theirs) for _, theirs in ordered.groupby("message_id", sort=False))
    return pd.Series(list(chain.from_iterable(marked)), index=ordered.index, dtype=bool)


def _burst(theirs: pd.DataFrame) -> list[bool]:
    times, links = list(theirs["occurred_at"]), list(theirs["link"])
    marked = [False] * len(times)
    start = 0
    for end, moment in enumerate(times):
        while moment - times[start] > BURST:
            start += 1
        inside = range(start, end + 1)
        if len(inside) >= MANY or len({links[each] for each in inside[-MANY:]}) > 1:
            for each in inside[-MANY:]:
                marked[each] = True
    return marked


def clicks_by_people(ledger: Ledger, edition: str) -> pd.DataFrame:
    """Give the clicks of an edition that people made: member_id, message_id, link, occurred_at."""
    return by_people(ledger.happened("clicked", edition), ledger.happened("delivered", edition))


def opens_by_people(ledger: Ledger, edition: str) -> pd.DataFrame:
    """Give the opens of an edition that people made, as far as anybody can tell."""
    return by_people(ledger.happened("opened", edition), ledger.happened("delivered", edition))
