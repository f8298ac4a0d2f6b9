"""Rendering: SES's templates as far as the letters need them, {{name}} and nothing else of it.

Values go in as they are: SES escapes nothing. What is between braces and no name has no value.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
UNREADABLE = "{{"
"""The name of what nobody can give a value: braces that stay open, or are escaped."""
LINK = re.compile(r"""href\s*=\s*["']((?:https?://|\{\{)[^"'<>]*)["']""")


@dataclass(frozen=True)
class Template:
    """A subject and bodies with placeholders."""

    subject: str
    html: str
    text: str
    needed: tuple[str, ...]
    """The names that need a value, in order."""
    links: tuple[str, ...]
    """Where the links of the HTML lead, their placeholders not filled."""

    def missing(self, *data: Mapping[str, object]) -> str:
        """Give the first name that has no value, or nothing."""
        return next((name for name in self.needed if not any(name in one for one in data)), "")


@lru_cache(maxsize=64)
def template(subject: str, html: str, text: str) -> Template:
    """Read a template; the same one is read once."""
    whole = f"{subject}\n{html}\n{text}"
    needed = tuple(dict.fromkeys(name.strip() for name in PLACEHOLDER.findall(whole)))
    if "{{" in PLACEHOLDER.sub("", whole) or "\\{{" in whole:
        needed += (UNREADABLE,)
    links = tuple(dict.fromkeys(LINK.findall(html)))
    return Template(subject, html, text, needed, links)


def rendered(words: str, data: Mapping[str, object]) -> str:
    """Fill the placeholders of some words."""
    if "{{" not in words:
        return words
    return PLACEHOLDER.sub(lambda found: _written(data[found[1].strip()]), words)


def _written(value: object) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value)
