"""Tags: where each one stands in MJML or HTML text, and which is not closed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}
    | {"track", "wbr"}
)
"""HTML elements that have no end tag."""

TAG = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<[!?][^>]*>"
    r"|<(?P<end>/?)(?P<name>[A-Za-z][\w:.-]*)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(?P<single>/?)>"
    r"|(?P<bare><)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Tag:
    """A tag of the text: `<name ...>`, `</name>` or `<name ... />`."""

    name: str
    start: int
    end: int
    kind: str
    """open, close, single; `bare` for a < that begins no tag."""


def tags(text: str) -> Iterator[Tag]:
    """Give every tag in order; comments and CDATA hold none."""
    for found in TAG.finditer(text):
        if found["bare"]:
            yield Tag("", found.start(), found.end(), "bare")
        elif found["name"]:
            yield Tag(found["name"], found.start(), found.end(), _kind(found))


def _kind(found: re.Match[str]) -> str:
    if found["end"]:
        return "close"
    return "single" if found["single"] or found["name"].lower() in VOID else "open"


def unbalanced(text: str) -> tuple[int, str, str] | None:
    """Find the first tag that does not fit the others: where, what is wrong, how to mend it."""
    opened: list[Tag] = []
    for tag in tags(text):
        if tag.kind == "bare":
            return tag.start, "a < that begins no tag", "in text write &lt;; else close the tag"
        if tag.kind == "open":
            opened.append(tag)
        elif tag.kind == "close":
            if not any(each.name == tag.name for each in opened):
                hint = "take it out, or open it before"
                return tag.start, f"</{tag.name}> closes nothing", hint
            if opened[-1].name != tag.name:
                return _open(opened[-1])
            opened.pop()
    return _open(opened[-1]) if opened else None


def _open(tag: Tag) -> tuple[int, str, str]:
    return tag.start, f"<{tag.name}> is never closed", f"write </{tag.name}> where it ends"


def deepest(text: str) -> tuple[int, int]:
    """Give how many elements stand in one another at most, and where the innermost begins."""
    depth, most = 0, (0, 0)
    for tag in tags(text):
        depth += {"open": 1, "close": -1}.get(tag.kind, 0)
        if depth > most[0]:
            most = depth, tag.start
    return most
