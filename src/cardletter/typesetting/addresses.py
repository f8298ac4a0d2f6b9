"""Addresses: where a letter may link to and load from: https, mailto, cid, and members' links."""

import html
import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

NAMES = (
    *("href", "src", "srcset", "background", "background-url", "action", "poster", "data", "cite"),
    *("longdesc", "code", "classid", "codebase", "manifest", "ping", "base-url", "path", "content"),
    *("icon-wrapped-url", "icon-unwrapped-url", "left-icon", "right-icon", "thumbnails-src"),
)
"""Attributes of HTML and MJML that name something to load or to go to."""
REFRESH = re.compile(r"\s*\d*\s*[;,]?\s*url\s*=", re.IGNORECASE)
NAMED, CONTENT, NEAR = tuple(name.encode() for name in NAMES), b"content", 64
# Values are found by their =, since that is one look through the page for all names; and not taken
# up, so that what stands in a value is looked at as well. MJML takes no value without quotes.
VALUE = re.compile(rb"=(?=\s*(?:\"([^\"]*)\"|'([^']*)'))")
STYLES = (
    re.compile(rb"url\(\s*[\"']?([^\"')]*)"),
    re.compile(rb"@import\s*[\"']?([^\"';]*)"),
    re.compile(rb"image-set\(\s*(?:[\"']|&#3[49];)([^\"')]*)"),
)
HIDDEN = re.compile(rb"\\\s*[0-9a-f]"), re.compile(rb"&(?:#(?!3[49];)|lpar|commat|bsol)")
"""Signs written in another way, behind which a word of the patterns could hide; quotes hide none,
and are written so wherever text has one."""
FIELD = re.compile(r"\{\{([^{}]*)\}\}")
ESCAPE = re.compile(r"\\\s*([0-9a-fA-F]{1,6})\s?")
ODD = re.compile(r"[\x00-\x1f\x7f\\]")
TAG = re.compile(r"<([A-Za-z][\w-]*)")


class Addresses:
    """The addresses that a letter may hold."""

    def __init__(
        self, fields: Mapping[str, str], domains: Collection[str], pictures: Collection[str]
    ) -> None:
        """Take the fields with their kinds, the domains (none: all), and where pictures stand."""
        self.fields, self.pictures = fields, tuple(pictures)
        self.domains = tuple(domain.lower() for domain in domains)
        # The same links stand in letter after letter.
        self._told = lru_cache(maxsize=4_096)(self._judged)

    def wrong(self, page: str) -> Iterator[tuple[int, str, str]]:
        """Give what is wrong with the addresses of a page: where, what, how to mend it."""
        content = page.encode()
        # The small letters of ASCII only, so that every sign stays where it is.
        small = content.lower()
        for found, name in _addressed(small):
            start, end = found.span(found.lastindex or 0)
            told = self._named(name, content[start:end].decode(errors="replace"))
            if told:
                yield len(content[: found.start()].decode()), *_of_tag(content, found, told)
        if any(pattern.search(small) for pattern in HIDDEN):
            yield from self._hidden(page)

    def _hidden(self, page: str) -> Iterator[tuple[int, str, str]]:
        """Look at what styles say once their escapes are read; told where the page begins."""
        read = ESCAPE.sub(lambda sign: _sign(int(sign[1], 16)), html.unescape(page))
        for pattern in STYLES:
            before = len(pattern.findall(page.encode().lower()))
            if len(pattern.findall(read.encode(errors="replace").lower())) > before:
                yield 0, "an address is hidden behind escapes", "write url(...) and @import plainly"

    def _named(self, name: bytes, written: str) -> tuple[str, str] | None:
        url = html.unescape(written).strip()
        if name.endswith(CONTENT):  # of a meta element: most are no address
            if not REFRESH.match(url):
                return None
            return "sends readers to another page by itself", "take the refresh out"
        return self._told(url) if url else None

    def _judged(self, url: str) -> tuple[str, str] | None:
        if url.startswith("#") or (self.pictures and url.startswith(self.pictures)):
            return None
        if field := FIELD.search(url):
            return self._field(url, field)
        if url.startswith(("mailto:", "cid:")):
            return None
        shown = repr(url[:60])
        if not url.startswith("https://") or ODD.search(url):
            return f"links to {shown}, not to https://", "write the whole address"
        return self._host(url, shown)

    def _field(self, url: str, field: re.Match[str]) -> tuple[str, str] | None:
        kind = self.fields.get(field[1])
        if kind == "url" and re.fullmatch(re.escape(field[0]) + r"(#[\w-]*)?", url):
            return None
        names = ", ".join(sorted(name for name, kind in self.fields.items() if kind == "url"))
        return f"{field[0]} stands in a link and is none", f"as a whole link may stand: {names}"

    def _host(self, url: str, shown: str) -> tuple[str, str] | None:
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").lower().rstrip(".")
        except ValueError:
            return f"links to {shown}, which is no address", "write the whole address"
        if not host or parts.username is not None:
            return f"links to {shown}, whose host is hidden", "write the host alone after https://"
        known = any(host == each or host.endswith("." + each) for each in self.domains)
        if self.domains and not known:
            return f"links to {host}, which is not allowed", "see link_domains in the settings"
        return None


def _addressed(small: bytes) -> Iterator[tuple[re.Match[bytes], bytes]]:
    """Give whatever may hold an address in a page of small letters, and what stands before it."""
    for found in VALUE.finditer(small):
        at = found.start()
        name = small[max(at - NEAR, 0) : at].rstrip()
        if len(name) < NEAR // 2:  # at the very beginning, or after many blanks
            name = small[:at].rstrip()
        if name.endswith(NAMED):
            yield found, name
    for pattern in STYLES:
        yield from ((found, b"") for found in pattern.finditer(small))


def _of_tag(content: bytes, found: re.Match[bytes], told: tuple[str, str]) -> tuple[str, str]:
    """Say of which tag something is told."""
    start = content[content.rfind(b"<", 0, found.start()) :][:40].decode(errors="ignore")
    name = TAG.match(start)
    return (f"<{name[1]}> {told[0]}" if name else told[0]), told[1]


def _sign(number: int) -> str:
    return chr(number) if 0 < number < 0x110000 else " "  # noqa: PLR2004 - the end of Unicode
