"""What mail programs lack: styles and tags of the template files, against the data of caniemail.

What only decorates is left out: a letter without its round corners is still a letter. So is what
stands in @media and @supports: a program that lacks it passes over it, and sees what stands before.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

from cardletter.errors import Finding
from cardletter.templates.lint_checks import CHECKS
from cardletter.templates.lint_lists import DECORATION
from cardletter.templates.lint_source import Written
from cardletter.typesetting.marks import Source
from cardletter.typesetting.tags import Tag

LEAST = 1.0
"""Percent of opens from which on something that is lacking is told."""

BY_VALUE = {
    ("display", "flex"): "css-display-flex",
    ("display", "inline-flex"): "css-display-flex",
    ("display", "grid"): "css-display-grid",
    ("display", "inline-grid"): "css-display-grid",
}
TOGETHER = {
    **dict.fromkeys(("left", "right", "top", "bottom"), "css-left-right-top-bottom"),
    **dict.fromkeys(("gap", "column-gap", "row-gap"), "css-gap"),
    **dict.fromkeys(("columns", "column-rule", "column-width"), "css-column-layout-properties"),
    **dict.fromkeys(("grid-template-columns", "grid-template-rows"), "css-grid-template"),
    **dict.fromkeys(("block-size", "inline-size"), "css-block-inline-size"),
    **dict.fromkeys(("margin-inline", "margin-block"), "css-margin-inline-block"),
    **dict.fromkeys(("padding-inline", "padding-block"), "css-padding-inline-block"),
}
FUNCTIONS = {
    **{name: f"css-function-{name}" for name in ("clamp", "max", "min", "light-dark")},
    **{f"{name}-gradient": f"css-{name}-gradient" for name in ("linear", "radial", "conic")},
    **dict.fromkeys(("lch", "oklch", "lab", "oklab"), "css-modern-color"),
    "calc": "css-unit-calc",
    "var": "css-variables",
    "rgba": "css-rgba",
}
SPECIAL = ("audio", "video", "svg", "picture", "marquee", "dialog", "meter", "progress", "ruby")
ELEMENTS = {name: f"html-{name}" for name in SPECIAL} | {"map": "html-image-maps"}
ATTRIBUTES = {"srcset": "html-srcset", "popover": "html-popover", "hidden": "html-hidden"}
ENDINGS = re.compile(r"\.(webp|avif|heic|tiff?|ico|mp4)(?:$|[?#])", re.IGNORECASE)
IMAGES = {"heic": "image-heif", "tif": "image-tiff"}
PSEUDO = re.compile(r"(::?)([a-z-]+)")


@dataclass(frozen=True)
class Lacking:
    """Something that some mail programs lack."""

    name: str
    programs: tuple[str, ...]
    share: float
    """Percent of opens in which it is lacking."""


@cache
def lacking() -> dict[str, Lacking]:
    """Give what any program lacks, by caniemail's name of it."""
    text = files("cardletter.templates").joinpath("mail_programs.json").read_text("utf-8")
    data = json.loads(text)
    shares = data["shares"]
    return {
        name: Lacking(
            each["name"].strip(), (*each["not_in"],), sum(shares[p] for p in each["not_in"])
        )
        for name, each in data["lacking"].items()
    }


def look_over_programs(file: Written) -> Iterator[Finding]:
    """Find what of a template file some mail programs lack."""
    for css, offset in file.styles():
        first = file.line(offset).line
        for name, line in _sheet(css):
            yield from _finding(name, Source(file.path, first + line - 1))
        yield from _from_elsewhere(css, Source(file.path, first))
    for tag in file.tags:
        if tag.kind in ("open", "single"):
            yield from _tag(file, tag)


def _finding(name: str, source: Source) -> Iterator[Finding]:
    """Make a finding where enough people would miss something."""
    found = lacking().get(name)
    if found and found.share >= LEAST and not _decorates(name):
        *others, last = found.programs
        programs = f"{', '.join(others)} and {last}" if others else last
        values = {"name": found.name, "programs": programs, "share": round(found.share)}
        yield CHECKS["lacking"].at(source, **values)


def _decorates(name: str) -> bool:
    return name.split("-", 1)[-1] in DECORATION


def _from_elsewhere(css: str, source: Source) -> Iterator[Finding]:
    for word, check in (("@import", "import_css"), ("@font-face", "remote_font")):
        for found in re.finditer(word, css, re.IGNORECASE):
            line = source.line + css.count("\n", 0, found.start())
            yield CHECKS[check].at(Source(source.path, line))


def _tag(file: Written, tag: Tag) -> Iterator[Finding]:
    name, source = tag.name.lower(), file.line(tag.start)
    yield from _finding(ELEMENTS.get(name, ""), source)
    given = {each.name.lower(): each for each in file.attributes(tag)}
    if name == "mj-font" or (name == "link" and "stylesheet" in given.get("rel", _NONE).value):
        yield CHECKS["remote_font"].at(source)
    for key, each in given.items():
        at = Source(file.path, each.line)
        yield from _finding(ATTRIBUTES.get(key, ""), at)
        if key == "style":
            for found in _declared(each.value):
                yield from _finding(found, at)
        if key == "src" and (ending := ENDINGS.search(each.value)):
            kind = ending[1].lower()
            yield from _finding(IMAGES.get(kind, f"image-{kind}"), at)


class _Nothing:
    value = ""


_NONE = _Nothing()


def _sheet(css: str) -> Iterator[tuple[str, int]]:
    """Give what a sheet uses, by caniemail's names, each with its line in it."""
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if isinstance(rule, AtRule) and rule.lower_at_keyword in ("font-face", "import"):
            continue  # has words of its own
        if not isinstance(rule, QualifiedRule):
            continue
        selector = tinycss2.serialize(rule.prelude)
        named = [f"css-pseudo-{_kind(found)}-{found[2]}" for found in PSEUDO.finditer(selector)]
        if any(_decorates(name) for name in named):
            continue
        for name in named:
            yield name, rule.source_line
        if not any(name in lacking() for name in named):  # else who lacks it never comes to see
            for declaration in _declarations(rule.content):
                for name in _of(declaration):
                    yield name, declaration.source_line


def _kind(found: re.Match[str]) -> str:
    legacy = ("first-letter", "first-line", "before", "after")
    return "element" if found[1] == "::" or found[2] in legacy else "class"


def _declarations(content: str | list[Node]) -> Iterator[Declaration]:
    for each in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if isinstance(each, Declaration):
            yield each


@cache
def _declared(style: str) -> tuple[str, ...]:
    """Give what a style attribute uses."""
    return tuple(dict.fromkeys(name for each in _declarations(style) for name in _of(each)))


def _of(declaration: Declaration) -> Iterator[str]:
    """Give what a declaration uses: its property, its value, functions and units in it."""
    name = declaration.lower_name
    if name.startswith("--"):
        yield "css-variables"
    yield TOGETHER.get(name, f"css-{name}")
    words = [token for token in declaration.value if token.type == "ident"]
    yield from (BY_VALUE.get((name, word.lower_value), "") for word in words)
    for token in declaration.value:
        if token.type == "function":
            yield FUNCTIONS.get(token.lower_name, "")
        elif token.type == "dimension":
            yield f"css-unit-{token.lower_unit}"
