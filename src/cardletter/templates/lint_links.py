"""Links: where they lead, and what they say."""

import ipaddress
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from cardletter.templates.lint_lists import SHORTENERS, VAGUE

Said = tuple[str, dict[str, object]]
"""The name of a check, and what its words are filled with."""

E_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
FIELD = re.compile(r"\{\{\w+\}\}")
ADDRESS_IN_WORDS = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})(?:/\S*)?", re.IGNORECASE)


def leads(tag: str, url: str, own: tuple[str, ...]) -> Iterator[Said]:
    """Find what is wrong with an address; `own` begins those of our own pictures."""
    if url.startswith(own) or FIELD.fullmatch(url.partition("#")[0]):
        return
    if url.lower().startswith("mailto:"):
        if not E_MAIL.fullmatch(unquote(url[7:].partition("?")[0])):
            yield "broken", {"url": url[:60], "why": "write mailto:name@example.com"}
        return
    if url.startswith(("#", "cid:", "tel:")):
        return  # what stands in the letter is looked for when all of it is read
    if not url.lower().startswith("https://"):
        yield "relative", {"tag": tag, "url": url[:60]}
        return
    if why := _broken(url):
        yield "broken", {"url": url[:60], "why": why}
    elif (host := urlsplit(url).hostname or "") in SHORTENERS:
        yield "shortened", {"host": host}
    if E_MAIL.search(unquote(url.split("?", 1)[-1])) and "?" in url:
        yield "personal", {}


def _broken(url: str) -> str:
    """Say why an address with https:// leads nowhere; "" if it may lead somewhere."""
    if re.search(r"[\s<>\"{}|\\^`]", FIELD.sub("", url)):
        return "it has a space or a sign that no address has: write it as %20"
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return "what stands after https:// is no name of a site"
    if parts.username is not None:
        return "it has an @ before the site's name"
    return _no_site(host)


def _no_site(host: str) -> str:
    if FIELD.search(host):
        return ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        named = re.fullmatch(r"[^\W_](?:[\w-]*)(?:\.[\w-]+)+\.?", host)
        return (
            "" if named and ".." not in host else "what stands after https:// is no name of a site"
        )
    return "it names a machine by its number: name the site"


def words(text: str, name: str, url: str) -> Iterator[Said]:
    """Find what is wrong with a link's words; `name` is what a screen reader says of it."""
    spoken = " ".join((name or text).split())
    if not spoken:
        yield "no_words", {}
    elif spoken.lower().strip(" .:!…»›>→") in VAGUE:
        yield "vague", {"words": spoken}
    shown = ADDRESS_IN_WORDS.fullmatch(text.strip())
    host = (urlsplit(url).hostname or "") if url.startswith("https://") else ""
    if shown and host and not _same(shown[1].lower(), host):
        yield "disguised", {"says": shown[0][:60], "host": host}


def _same(one: str, other: str) -> bool:
    one, other = one.removeprefix("www."), other.removeprefix("www.")
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")
