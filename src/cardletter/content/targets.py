"""Targets: the pictures and links an item may point to."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

PICTURES = "content/pictures"
PICTURE = re.compile(r"[a-z0-9][\w.-]*\.png", re.IGNORECASE | re.ASCII)
"""A picture's name, as a mail that carries it can write it in its headers."""

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
SHORTENERS = {
    *("bit.ly", "t.co", "tinyurl.com", "goo.gl", "ow.ly", "is.gd", "buff.ly", "rebrand.ly"),
    *("lnkd.in", "cutt.ly", "rb.gy", "t.ly", "shorturl.at", "bl.ink", "tiny.cc"),
}
"""Hosts that hide where a link leads; mail programs take them for a sign of spam."""


def inside(image: str) -> str:
    """Refuse a picture that does not stand among the project's own."""
    if Path(image).is_absolute() or ".." in Path(image).parts:
        raise ValueError(f"a picture stands in {PICTURES}")
    if not PICTURE.fullmatch(image):
        raise ValueError("a picture is a .png named by letters, digits, - and _")
    return image


def secure(link: str) -> str:
    """Refuse a link that is no whole, secure address."""
    if wrong := wrong_with(link):
        raise ValueError(wrong)
    return link


def wrong_with(link: str) -> str:
    """Say what is wrong with a link, or nothing."""
    if link.startswith("#"):
        return "a link to a place on the page leads nowhere in a mail"
    if not link.startswith("https://"):
        return "a link starts with https://"
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        return "is no address of a page"
    if "." not in host or not link.isprintable() or " " in link:
        return "is no address of a page"
    if parts.username is not None or ADDRESS.search(unquote(link)):
        return "a link carries an e-mail address, which every server on its way would see"
    return ""


def shortened(link: str) -> bool:
    """Tell whether a link hides where it leads."""
    host = link.removeprefix("https://").partition("/")[0].casefold()
    return host.removeprefix("www.") in SHORTENERS
