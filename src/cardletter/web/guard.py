"""Guarding: headers on every answer, bodies of a decent size, and a decent pace.

A mailbox provider unsubscribes many members from few addresses, so that nothing a stranger does
from the same address may ever stop it: who shows no good token is counted apart.
"""

import hashlib
import ipaddress
import math
import time
from collections.abc import Mapping
from dataclasses import dataclass

from limits import RateLimitItem, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import FixedWindowRateLimiter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from cardletter.doorway import capped, dressed

LARGEST = 64 * 1024
"""Bytes of a body: a form with every topic and a survey's answer has about 10,000."""

HEADERS = {
    "Referrer-Policy": "no-referrer",  # the address holds a token
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
POLICY = (
    "default-src 'none'; style-src '{style}'; img-src data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


class Guard:
    """Sets the headers of every answer, and stops reading a body that is too large."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        """Stand before an application."""
        self.app, self.headers = app, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back."""
        await self.app(scope, capped(receive, LARGEST), dressed(send, self.headers))


TOKEN = RateLimitItemPerSecond(10, 2, "token")
ADDRESS = RateLimitItemPerSecond(10_000, 10, "address")
STRANGER = RateLimitItemPerSecond(30, 10, "stranger")
"""How many in how many seconds: with one token; from one address with good ones, and without.

All that is remembered is looked through on every request, so that a window of many is short.
"""


@dataclass(frozen=True)
class Pace:
    """How often is too often."""

    token: RateLimitItem = TOKEN
    address: RateLimitItem = ADDRESS
    stranger: RateLimitItem = STRANGER


class Counter:
    """Counts requests, in this process's memory: whatever is counted is forgotten in seconds."""

    def __init__(self, pace: Pace) -> None:
        """Begin to count."""
        self.pace = pace
        self.window = FixedWindowRateLimiter(MemoryStorage())

    async def bearer(self, request: Request, token: str) -> None:
        """Count a request with a good token.

        Raises:
            HTTPException: 429, too many with this token or from this address.
        """
        await self._count(self.pace.token, hashlib.sha256(token.encode()).hexdigest())
        await self._count(self.pace.address, address(request))

    async def stranger(self, request: Request) -> None:
        """Count a request whose token opens nothing.

        Raises:
            HTTPException: 429, too many from this address.
        """
        await self._count(self.pace.stranger, address(request))

    async def _count(self, limit: RateLimitItem, who: str) -> None:
        if not await self.window.hit(limit, who):
            reset = (await self.window.get_window_stats(limit, who)).reset_time
            wait = max(1, math.ceil(reset - time.time()))
            raise HTTPException(429, headers={"Retry-After": str(wait)})


def address(request: Request) -> str:
    """Give the client's address; of IPv6, the network that one customer has."""
    host = request.client.host if request.client else ""
    try:
        known = ipaddress.ip_address(host)
    except ValueError:
        return host
    if known.version == 4:  # noqa: PLR2004 - IPv4
        return host
    return str(ipaddress.ip_network((known, 64), strict=False))
