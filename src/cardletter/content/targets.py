"""Targets: the pictures and links an item may point to."""

import re
from pathlib import Path

PICTURES = "content/pictures"
PICTURE = re.compile(r"[a-z0-9][\w.-]*\.png", re.IGNORECASE | re.ASCII)
"""A picture's name, as a mail that carries it can write it in its headers."""


def inside(image: str) -> str:
    """Refuse a picture that does not stand among the project's own."""
    if Path(image).is_absolute() or ".." in Path(image).parts:
        raise ValueError(f"a picture stands in {PICTURES}")
    if not PICTURE.fullmatch(image):
        raise ValueError("a picture is a .png named by letters, digits, - and _")
    return image


def secure(link: str) -> str:
    """Refuse a link that is no whole, secure address."""
    if not link.startswith("https://"):
        raise ValueError("a link starts with https://")
    return link
