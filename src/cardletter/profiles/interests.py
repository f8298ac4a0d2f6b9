"""Interests: the allow-list from merchant categories to themes of spending.

`segments/interests.yaml` is read here, below the segments room, because nothing may be summed up
before the list has said what may be looked at (docs/decisions/003).
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from cardletter.errors import Finding
from cardletter.yamlfile import NOT_TEXT, YamlFile

FILE = "segments/interests.yaml"
FIELDS = ("name", "phrase", "categories")
PHRASES = "phrases"
"""The key, which need not be, under which an interest is said in other languages."""
CODES = re.compile(r"^(\d{4})-(\d{4})$")


@dataclass(frozen=True)
class Interest:
    """One theme of spending: its id, its name, and the words after "members who enjoy"."""

    interest_id: str
    name: str
    phrase: str
    categories: tuple[str, ...]
    phrases: Mapping[str, str] = field(default_factory=dict)
    """The phrase in other languages, or locales: de, es-US."""


def in_locale(phrases: Mapping[str, str], locale: str) -> str:
    """Give a phrase as it is said in a locale, or in its language; "" where it is not."""
    return phrases.get(locale) or phrases.get(locale.partition("-")[0], "")


@dataclass(frozen=True)
class Interests:
    """The whole list: interests, and the categories that were left out on purpose."""

    interests: dict[str, Interest]
    sensitive: frozenset[str]
    uninformative: frozenset[str]
    themes_left_out: frozenset[str] = frozenset()
    """What the sensitive categories are about: no interest, and no subject of content."""

    @cached_property
    def of_category(self) -> dict[str, str]:
        """Give the interest's id of every allowed category."""
        return {
            category: interest.interest_id
            for interest in self.interests.values()
            for category in interest.categories
        }


def read_interests(project: Path) -> tuple[Interests, list[Finding]]:
    """Read segments/interests.yaml; give what could be read and every finding."""
    file = YamlFile.read(project, FILE)
    found = list(file.findings)
    interests = {
        str(name): _interest(file, str(name), body, found)
        for name, body in file.table("interests", found).items()
    }
    left_out = file.table("sensitive", found, needed=False)
    sensitive = {
        code
        for group, listed in left_out.items()
        for code in _categories(file, listed, ("sensitive", group), found)
    }
    rest = file.content.get("uninformative") or []
    uninformative = set(_categories(file, rest, ("uninformative",), found))
    found += _twice(file, interests, sensitive | uninformative)
    found += file.unknown_keys({"interests", "sensitive", "uninformative"})
    themes = frozenset(left_out)
    return Interests(interests, frozenset(sensitive), frozenset(uninformative), themes), found


def _interest(file: YamlFile, name: str, body: object, found: list[Finding]) -> Interest:
    at = ("interests", name)
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        found.append(file.finding(at, f"{name!r} cannot be an interest's id", "use a-z, 0-9 and -"))
    fields: dict[str, Any] = body if isinstance(body, dict) else {}
    found.extend(_misfits(file, at, body))
    categories = _categories(file, fields.get("categories") or [], (*at, "categories"), found)
    label = str(fields.get("name", name))
    phrase = str(fields.get("phrase", label.lower()))
    return Interest(name, label, phrase, tuple(categories), _phrases(fields.get(PHRASES)))


def _phrases(said: object) -> dict[str, str]:
    """Read phrases by their language; none where anything else stands there."""
    pairs = list(said.items()) if isinstance(said, dict) else []
    told = all(isinstance(each, str) and each.strip() for pair in pairs for each in pair)
    return dict(pairs) if told else {}


def _misfits(file: YamlFile, at: tuple[str, ...], body: object) -> Iterator[Finding]:
    """Find what is wrong with the keys of one interest."""
    name = at[-1]
    if not isinstance(body, dict):
        yield file.finding(at, f"interest {name} is not a table of keys", f"write {_listed()}")
        return
    if PHRASES in body and not _phrases(body[PHRASES]):
        hint = 'write {de: ..., es: ...}; languages such as "no" in quotes'
        yield file.finding((*at, PHRASES), f"phrases of interest {name} are not text", hint)
    for key in body.keys() - {*FIELDS, PHRASES}:
        near = difflib.get_close_matches(key, FIELDS, n=1)
        hint = f"is it {near[0]}?" if near else f"known: {', '.join(FIELDS)}"
        yield file.finding((*at, key), f"unknown key {key!r} in interest {name}", hint)
    for key in FIELDS:
        value = body.get(key)
        if value in (None, "", []):
            yield file.finding(at, f"interest {name} has no {key}", f"add `{key}:`")
        elif key != "categories" and not isinstance(value, str):
            yield file.finding((*at, key), f"{key} of interest {name} is not text", NOT_TEXT)


def _listed() -> str:
    return ", ".join(f"`{field}:`" for field in FIELDS) + " under it"


def _categories(
    file: YamlFile, listed: object, at: tuple[str, ...], found: list[Finding]
) -> Iterator[str]:
    """Give every category of a list, ranges of codes spelled out."""
    if not isinstance(listed, list):
        found.append(file.finding(at, f"{at[-1]} is not a list", 'write ["5811", "5812"]'))
        return
    for place, category in enumerate(listed):
        here = (*at, str(place))
        if not isinstance(category, str):
            found.append(file.finding(here, "a category is not text", NOT_TEXT))
        elif (codes := CODES.match(category)) and codes[1] > codes[2]:
            found.append(file.finding(here, f"{category!r} runs backwards", "the lower code first"))
        elif codes:
            yield from (f"{code:04d}" for code in range(int(codes[1]), int(codes[2]) + 1))
        else:
            yield category


def _twice(file: YamlFile, interests: dict[str, Interest], left_out: set[str]) -> Iterator[Finding]:
    owner: dict[str, str] = {}
    for interest in interests.values():
        for category in interest.categories:
            if category in left_out or category in owner:
                other = owner.get(category, "the categories left out")
                at = ("interests", interest.interest_id)
                hint = "a category has one place: take it out of one of them"
                yield file.finding(at, f"category {category!r} is also in {other}", hint)
            owner[category] = interest.interest_id
