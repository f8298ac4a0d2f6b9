"""MJML as it was written: components, attributes and their values, against MJML's own table.

MRML, which compiles our letters, lets a misspelled component through and drops attributes that it
does not know; the table is npm mjml's, which does neither.
"""

import difflib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import lxml.html.defs

from cardletter.errors import Finding
from cardletter.templates.lint_checks import CHECKS
from cardletter.templates.lint_lists import NO_MAIL, YOUNGER_TAGS
from cardletter.templates.lint_source import Attribute, Written
from cardletter.typesetting.marks import Places, Source
from cardletter.typesetting.tags import Tag, tags

EVERYWHERE = frozenset({"mj-class", "css-class"})
PAGE_ATTRIBUTES = frozenset({"lang", "dir", "owa", "version"})
REFUSED = frozenset({"mj-html-attributes", "mj-selector", "mj-html-attribute"})
"""What npm mjml knows, and the library that compiles our letters does not."""

DEFAULTS = frozenset({"mj-all", "mj-class"})
HTML = frozenset(lxml.html.defs.tags) | YOUNGER_TAGS
KINDS = {
    "color": "a colour, as #1f2a30",
    "boolean": "true or false",
    "integer": "a whole number",
}
COLOUR = re.compile(r"#([0-9a-f]{3}){1,2}|rgba?\([\d\s.,%]+\)|[a-z]+", re.IGNORECASE)


@dataclass(frozen=True)
class Component:
    """What MJML knows of a component."""

    attributes: dict[str, str]
    """Name -> kind of value."""
    children: frozenset[str]
    holds: str
    """html, or components only."""


@cache
def components() -> dict[str, Component]:
    """Give MJML's components by name."""
    text = files("cardletter.templates").joinpath("mjml.json").read_text("utf-8")
    return {
        name: Component(told["attributes"], frozenset(told["children"]), told["holds"])
        for name, told in json.loads(text)["components"].items()
    }


@cache
def _attributes_of_any() -> frozenset[str]:
    return frozenset(name for each in components().values() for name in each.attributes)


def look_over_mjml(file: Written) -> Iterator[Finding]:
    """Find what is wrong with the tags of a template file."""
    for tag in file.tags:
        if tag.kind in ("open", "single"):
            yield from _tag(file, tag)


def _tag(file: Written, tag: Tag) -> Iterator[Finding]:
    source, name = file.line(tag.start), tag.name
    if name == "mj-include":
        yield CHECKS["include"].at(source)
    elif name in REFUSED:
        yield CHECKS["not_here"].at(source, name=name)
    elif name in DEFAULTS or name == "mjml":
        yield from _attributes(file, tag)
    elif name.startswith("mj"):
        if name in components():
            yield from _attributes(file, tag)
        else:
            yield CHECKS["unknown_component"].at(source, name=name, guess=guess(name, components()))
    else:
        yield from _html(file, tag, source)


def _html(file: Written, tag: Tag, source: Source) -> Iterator[Finding]:
    name = tag.name.lower()
    if name in NO_MAIL:
        yield CHECKS["no_script"].at(source, name=name)
    elif name not in HTML and ":" not in name:
        yield CHECKS["unknown_tag"].at(source, name=tag.name, guess=guess(name, HTML))
    yield from _unquoted(file, tag)


def _unquoted(file: Written, tag: Tag) -> Iterator[Finding]:
    for given in file.attributes(tag):
        if not given.quoted:
            yield CHECKS["unquoted"].at(Source(file.path, given.line), name=given.name)


def _attributes(file: Written, tag: Tag) -> Iterator[Finding]:
    yield from _unquoted(file, tag)
    kinds = _kinds(tag.name)
    for given in file.attributes(tag):
        source = Source(file.path, given.line)
        if given.name in kinds:
            yield from _value(source, tag.name, given, kinds[given.name])
        else:
            values = {"tag": tag.name, "name": given.name, "guess": guess(given.name, kinds)}
            yield CHECKS["unknown_attribute"].at(source, **values)


@cache
def _kinds(component: str) -> dict[str, str]:
    """Give the attributes that a component may have, and the kind of each."""
    if component == "mjml":
        return dict.fromkeys(PAGE_ATTRIBUTES, "string")
    given = dict.fromkeys(EVERYWHERE, "string")
    if component in DEFAULTS:
        return given | dict.fromkeys(_attributes_of_any() | {"name"}, "string")
    return given | components()[component].attributes


def _value(source: Source, tag: str, given: Attribute, kind: str) -> Iterator[Finding]:
    if given.known and not _fits(given.value.strip(), kind):
        yield CHECKS["bad_value"].at(
            source, name=given.name, tag=tag, value=given.value, kind=_in_words(kind)
        )


def _fits(value: str, kind: str) -> bool:
    """Tell whether a value is of a kind as MJML writes them: unit(px,%){1,4}, enum(left,right)."""
    inside = kind[kind.find("(") + 1 : kind.find(")")].split(",") if "(" in kind else []
    if kind.startswith("enum"):
        return value in inside
    if kind.startswith("unit"):
        most = int(kind[:-1].rsplit(",", 1)[1]) if kind.endswith("}") else 1
        return 1 <= len(value.split()) <= most and all(
            _measure(part, inside) for part in value.split()
        )
    if kind == "color":
        return COLOUR.fullmatch(value) is not None
    if kind == "boolean":
        return value in ("true", "false")
    return kind != "integer" or value.isdecimal()


def _measure(part: str, units: list[str]) -> bool:
    found = re.fullmatch(r"(-?[\d.]+)(.*)", part)
    if not found:
        return part == "auto" and "auto" in units
    return found[2] in units or float(found[1].strip(".") or 0) == 0


def _in_words(kind: str) -> str:
    inside = kind[kind.find("(") + 1 : kind.find(")")].replace(",", ", ").strip(", ")
    if kind.startswith("enum"):
        return f"one of {inside}"
    if kind.startswith("unit"):
        return f"a number with its unit: {inside}"
    return KINDS[kind]


def guess(name: str, known: Iterable[str]) -> str:
    """Guess what a misspelled name was meant to be."""
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return f"is it {near[0]}?" if near else "see the list at documentation.mjml.io"


def nesting(mjml: str, places: Places) -> Iterator[Finding]:
    """Find components that stand where they may not, in what Jinja made of a page."""
    within, end = list[str](), 0
    for tag in tags(mjml):
        text, begins, end = mjml[end : tag.start], end, tag.end
        if text.strip() and within and _only_components(within[-1]):
            at = begins + len(text) - len(text.lstrip())
            words = " ".join(text.split())[:30]
            yield CHECKS["loose_text"].at(places.at(at), outer=within[-1], words=words)
        if tag.kind == "close":
            if tag.name in within:
                del within[len(within) - 1 - within[::-1].index(tag.name) :]
            continue
        outer = next((name for name in reversed(within) if name in components()), "")
        if tag.kind != "bare" and within:
            yield from _misplaced(tag, within[-1], outer, places.at(tag.start))
        if tag.kind == "open":
            within.append(tag.name)


def _misplaced(tag: Tag, parent: str, outer: str, source: Source) -> Iterator[Finding]:
    known = components()
    unknown = tag.name.startswith("mj") and tag.name not in known
    if parent == "mj-attributes" or unknown:
        return  # anything may have defaults; and what is unknown has its own finding
    where = _home(tag.name)
    if tag.name in known:
        holder = known.get(parent) or known.get(outer)
        allowed = holder.children if holder else frozenset[str]()
        if parent == "mjml":
            allowed = frozenset({"mj-head", "mj-body", "mj-raw"})
        if tag.name not in allowed:
            yield CHECKS["nesting"].at(source, name=tag.name, outer=parent, where=where)
    elif _only_components(parent):
        yield CHECKS["loose_tag"].at(source, name=tag.name, outer=parent, where=where)


def _only_components(parent: str) -> bool:
    known = components().get(parent)
    return known is not None and known.holds == "components"


def _home(name: str) -> str:
    """Say where a component belongs."""
    homes = sorted(outer for outer, each in components().items() if name in each.children)
    if name in components() and homes:
        return "it belongs in " + " or ".join(f"<{each}>" for each in homes[:3])
    return "put it in <mj-text>, or in <mj-raw>"
