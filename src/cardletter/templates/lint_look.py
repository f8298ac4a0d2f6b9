"""How text is seen: its colour on its ground in light and in dark mode, and its size.

Colours and sizes are followed from the outside in, as a mail program does it.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import cssselect2

from cardletter.templates.lint_css import (
    BLACK,
    BLUE,
    WHITE,
    Colour,
    Style,
    colour,
    contrast,
    inline,
    wins,
)

LARGE, LARGE_BOLD = 24.0, 18.66
"""Pixels from which text is large, WCAG 1.4.3; then less contrast will do."""

ENOUGH, ENOUGH_IF_LARGE = 4.5, 3.0
HEADINGS = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h4": 1.0, "h5": 0.83, "h6": 0.67}
BOLD = frozenset({*HEADINGS, "b", "strong", "th"})
UNITS = {"px": 1.0, "pt": 4 / 3, "rem": 16.0}


class Seen(NamedTuple):
    """Text and ground in one mode."""

    text: Colour
    ground: Colour


USUAL = Seen(BLACK, WHITE)
"""What text looks like where nothing says otherwise."""


@dataclass(frozen=True)
class Look:
    """How the text of an element is seen."""

    light: Seen
    dark: Seen | None = None
    """None where the letter has no colours for dark mode."""
    size: float = 16.0
    bold: bool = False
    hidden: bool = False

    def inside(
        self, element: cssselect2.ElementWrapper, matcher: cssselect2.Matcher | None
    ) -> "Look":
        """Give the look of an element that stands in one of this look."""
        given = element.etree_element.attrib
        own, name = inline(given.get("style", "")), element.local_name
        size = _size(own.size, self.size * HEADINGS.get(name, 1.0), self.size)
        seen = replace(
            self,
            light=_seen(self.light, own, given, name),
            size=size,
            bold=_bold(own.weight, self.bold, name),
            hidden=self.hidden or own.hidden or "hidden" in given,
        )
        if matcher is None:
            return seen
        rules = [each for *_, said in matcher.match(element) for each in said]
        over = self.dark or self.light
        return replace(seen, dark=_seen(over, wins(rules, own), given, name))

    def hard_to_read(self) -> Iterator[dict[str, str]]:
        """Give the modes in which the contrast is less than WCAG AA asks for."""
        large = self.size >= (LARGE_BOLD if self.bold else LARGE)
        least = ENOUGH_IF_LARGE if large else ENOUGH
        if self.hidden or self.size == 0:
            return
        for mode, seen in (("light", self.light), ("dark", self.dark)):
            if seen and (ratio := contrast(seen.text, seen.ground)) < least:
                colours = {"text": str(seen.text), "ground": str(seen.ground)}
                yield colours | {
                    "mode": mode,
                    "ratio": f"{math.floor(ratio * 10) / 10:g}",
                    "least": f"{least:g}",
                }


def _seen(around: Seen, said: Style, given: dict[str, str], name: str) -> Seen:
    ground = said.ground or colour(given.get("bgcolor", ""))
    ground = ground.over(around.ground) if ground else around.ground
    text = said.colour or (BLUE if name == "a" and "href" in given else around.text)
    if name == "font" and (old := colour(given.get("color", ""))):
        text = said.colour or old
    return Seen(text.over(ground), ground)


def _size(said: str, usual: float, around: float) -> float:
    found = re.fullmatch(r"([\d.]+)(px|pt|em|rem|%)?", said)
    if not found or found[1].count(".") > 1:
        return usual
    number, unit = float(found[1]), found[2] or "px"
    if unit in UNITS:
        return number * UNITS[unit]
    return number * around / (100 if unit == "%" else 1)


def _bold(said: str, around: bool, name: str) -> bool:
    if said:
        return said in ("bold", "bolder") or (said.isdecimal() and int(said) >= 600)  # noqa: PLR2004
    return around or name in BOLD
