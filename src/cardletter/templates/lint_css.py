"""Styles as a mail program reads them: colours, sizes, and which rule wins."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import cssselect2
import tinycss2
import tinycss2.color4
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

DARK = re.compile(r"prefers-color-scheme\s*:\s*dark")


class Colour(NamedTuple):
    """A colour; parts and alpha from 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0

    def over(self, ground: "Colour") -> "Colour":
        """Lay it over a ground."""
        if self.alpha == 1:
            return self
        mine, theirs = self.alpha, 1 - self.alpha
        return Colour(
            self.red * mine + ground.red * theirs,
            self.green * mine + ground.green * theirs,
            self.blue * mine + ground.blue * theirs,
        )

    def __str__(self) -> str:
        """Write it as brand.yaml does: #1f2a30."""
        return "#" + "".join(f"{round(part * 255):02x}" for part in self[:3])

    def luminance(self) -> float:
        """Give the relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
        parts = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in self[:3])  # noqa: PLR2004
        return sum(
            weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True)
        )


BLACK, WHITE, BLUE = Colour(0, 0, 0), Colour(1, 1, 1), Colour(0, 0, 0xEE / 255)


@cache
def contrast(one: Colour, other: Colour) -> float:
    """Give the contrast of two colours, 1 to 21."""
    lights = sorted((one.luminance(), other.luminance()))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@cache
def colour(text: str) -> Colour | None:
    """Read a colour as CSS or an old attribute writes it; None if it is none."""
    text = f"#{text}" if re.fullmatch(r"[0-9a-fA-F]{6}", text) else text
    found = tinycss2.color4.parse_color(text)
    if found is None or isinstance(found, str):
        return None
    red, green, blue = found.to("srgb").coordinates
    return Colour(red, green, blue, found.alpha)


@dataclass(frozen=True)
class Style:
    """What a style says of how text is seen; None where it says nothing."""

    colour: Colour | None = None
    ground: Colour | None = None
    size: str = ""
    weight: str = ""
    hidden: bool = False


@cache
def inline(style: str) -> Style:
    """Read a style attribute."""
    return _style(tuple(_declarations(style)))


def _declarations(content: str | list[Node]) -> Iterator[Declaration]:
    for each in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if isinstance(each, Declaration):
            yield each


def _style(declarations: tuple[Declaration, ...]) -> Style:
    said = {each.lower_name: tinycss2.serialize(each.value).strip() for each in declarations}
    size, weight = said.get("font-size", ""), said.get("font-weight", "")
    if font := re.search(r"(?:^|\s)([\d.]+(?:px|pt|em|rem|%))(?:/|\s)", said.get("font", "")):
        size = size or font[1]
        weight = weight or ("bold" if re.search(r"\b(bold|[6-9]00)\b", said["font"]) else "normal")
    hidden = said.get("display") == "none" or said.get("visibility") == "hidden"
    ground = said.get("background-color") or said.get("background", "")
    return Style(_first_colour(said.get("color", "")), _first_colour(ground), size, weight, hidden)


def _first_colour(value: str) -> Colour | None:
    for token in tinycss2.parse_component_value_list(value):
        if found := colour(tinycss2.serialize([token])):
            return found
    return None


def wins(declarations: list[tuple[bool, Style]], own: Style) -> Style:
    """Give what holds of an element: important rules, then its own style, then other rules."""
    before = [style for important, style in declarations if not important]
    after = [style for important, style in declarations if important]
    ways = [*before, own, *after]

    def last(name: str) -> object:
        return next((found for way in reversed(ways) if (found := getattr(way, name))), None)

    return Style(
        last("colour"),  # type: ignore[arg-type]
        last("ground"),  # type: ignore[arg-type]
        own.size,
        own.weight,
        own.hidden,
    )


@cache
def dark_rules(css: str) -> cssselect2.Matcher | None:
    """Give what finds the rules of dark mode for an element; None if there are none."""
    matcher, count = cssselect2.Matcher(), 0
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if isinstance(rule, AtRule) and rule.content and DARK.search(_words(rule.prelude)):
            for inner in tinycss2.parse_rule_list(rule.content, skip_comments=True):
                count += _add(matcher, inner)
    return matcher if count else None


def _words(tokens: list[Node]) -> str:
    return str(tinycss2.serialize(tokens))


def _add(matcher: cssselect2.Matcher, rule: Node) -> int:
    if not isinstance(rule, QualifiedRule):
        return 0
    both: dict[bool, list[Declaration]] = {False: [], True: []}
    for each in _declarations(rule.content):
        both[each.important].append(each)
    said = [(important, _style(tuple(each))) for important, each in both.items() if each]
    try:
        for selector in cssselect2.compile_selector_list(rule.prelude):
            if selector.pseudo_element is None:
                matcher.add_selector(selector, said)
    except cssselect2.SelectorError:
        return 0
    return 1
