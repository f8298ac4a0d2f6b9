"""Machines: what opens and clicks without anybody reading; none of it teaches anything.

Mail programs load pictures through proxies whether or not the letter is read, and gateways follow
links to see what is behind them. Some say who they are; others show it by their haste
(cardletter.ledger.haste).
"""

import functools
import re
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Any

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
