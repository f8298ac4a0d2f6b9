"""Guarding: only the studio's own page, on this machine, with the token, is heard.

A page of the web that the same browser has open can send requests here too. It cannot forge Host
(so that a name of its own which leads here is refused), Origin or Sec-Fetch-Site, it cannot set a
header without being asked first, and it does not know the token.
"""

import secrets
from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from cardletter.doorway import capped, dressed

LARGEST = 2 * 1024 * 1024
"""Bytes of a body: a file of a megabyte, written as JSON."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""What the page may do; a letter's frame inherits it, and its sandbox runs no script at all."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
METHODS = ("GET", "HEAD", "POST", "PUT")
WRITES = ("POST", "PUT")
DOOR = "/api/"


class Guard:
    """Stands before the studio, and turns away whoever is not its own page."""

    def __init__(self, app: ASGIApp, port: int, token: str) -> None:
        """Guard an application that answers at a port of this machine."""
        self.app, self.token = app, token
        self.hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back."""
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        if scope["type"] != "http":
            raise RuntimeError("the studio answers HTTP only")
        refused = self._refused(scope, Headers(scope=scope))
        app = JSONResponse({"refused": refused[1]}, refused[0]) if refused else self.app
        return await app(scope, capped(receive, LARGEST), dressed(send, HEADERS))

    def _refused(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        """Give the status and the words that a request is turned away with."""
        host, origin = headers.get("host", ""), headers.get("origin")
        if len(headers.getlist("host")) != 1 or host not in self.hosts:
            return 421, "The studio answers at its own address only."
        if origin is not None and origin != f"http://{host}":
            return 403, "Another page may ask nothing of the studio."
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return 403, "Another page may ask nothing of the studio."
        if scope["method"] not in METHODS:
            return 405, "That is not possible here."
        if scope["path"].startswith(DOOR):
            return self._unknown(scope, headers)
        return None

    def _unknown(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        given = headers.get("authorization", "").removeprefix("Bearer ")
        if not secrets.compare_digest(given.encode(), self.token.encode()):
            return 401, "Open the address that `cardletter studio` printed when it was started."
        kind = headers.get("content-type", "").partition(";")[0]
        if scope["method"] in WRITES and kind != "application/json":
            return 415, "The studio is written to in JSON."
        if _long(headers.getlist("content-length")):
            return 413, "That is too much at once."
        return None


def _long(lengths: Iterable[str]) -> bool:
    return any(not each.isascii() or not each.isdigit() or int(each) > LARGEST for each in lengths)
