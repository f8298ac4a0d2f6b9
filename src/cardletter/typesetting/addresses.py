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
# One pattern a word: each begins with fixed signs, so that all of them together are quick.
VALUE = rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')"  # MJML takes no value without quotes
PATTERNS = (
    *(re.compile(re.escape(name.encode()) + VALUE) for name in NAMES),
    re.compile(rb"url\(\s*[\"']?([^\"')]*)"),
    re.compile(rb"@import\s*[\"']?([^\"';]*)"),
    re.compile(rb"image-set\(\s*(?:[\"']|&#3[49];)([^\"')]*)"),
)
HIDDEN = re.compile(rb"\\\s*[0-9a-f]|&(?:#(?!3[49];)|lpar|commat|bsol)")
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
        for pattern in PATTERNS:
            for found in pattern.finditer(small):
                start, end = found.span(found.lastindex or 0)
                told = self._named(pattern.pattern, content[start:end].decode(errors="replace"))
                if told:
                    tag = content[content.rfind(b"<", 0, found.start()) :][:40].decode(
                        errors="ignore"
                    )
                    name = TAG.match(tag)
                    words = f"<{name[1]}> {told[0]}" if name else told[0]
                    yield len(content[: found.start()].decode()), words, told[1]
        if HIDDEN.search(small):
            yield from self._hidden(page)

    def _hidden(self, page: str) -> Iterator[tuple[int, str, str]]:
        """Look at what styles say once their escapes are read; told where the page begins."""
        read = ESCAPE.sub(lambda sign: _sign(int(sign[1], 16)), html.unescape(page))
        for pattern in PATTERNS[-3:]:
            before = len(pattern.findall(page.encode().lower()))
            if len(pattern.findall(read.encode(errors="replace").lower())) > before:
                yield 0, "an address is hidden behind escapes", "write url(...) and @import plainly"

    def _named(self, pattern: bytes, written: str) -> tuple[str, str] | None:
        url = html.unescape(written).strip()
        if pattern.startswith(b"content"):  # of a meta element: most are no address
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


def _sign(number: int) -> str:
    return chr(number) if 0 < number < 0x110000 else " "  # noqa: PLR2004 - the end of Unicode
