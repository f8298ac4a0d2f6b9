"""Changes: what a letter says, or is set in, that another did not, as lines that people read."""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from cardletter.content.editions import EDITIONS
from cardletter.templates.rendering import BRAND
from cardletter.typesetting.sandbox import FOLDER

Made = Mapping[str, Any]
"""What made.json says of an edition."""
What = Literal["letter", "item", "segment", "brand", "words", "template", "setting", "program"]

LONG, BEFORE = 60, 15
"""Signs of what is quoted; those before the first that differs."""
NAMED = {"body_text": "text"}


@dataclass(frozen=True, order=True)
class Change:
    """One thing that is not what it was: what kind of thing, where it is written, and how."""

    what: What
    where: str
    how: str

    def __str__(self) -> str:
        """Read as a line."""
        return f"{self.where}: {self.how}" if self.where else self.how


class Changes:
    """What letters of an edition are made of, against another time or another edition."""

    def __init__(self, before: Made, after: Made, name: str) -> None:
        """Take what both are made of, and the name of the later edition."""
        self.before, self.after = before, after
        self.path = f"{EDITIONS}/{name}.yaml"
        self.common = (*self._setting(), *self._brand())

    def between(self, before: str, after: str) -> tuple[Change, ...]:
        """Give what changed from one letter to another, what all have in common last."""
        one, other = self.before["letters"][before], self.after["letters"][after]
        locales = one["locale"], other["locale"]
        return tuple(
            dict.fromkeys(
                [
                    *self._said(one, other),
                    *self._picks(one["picks"], other["picks"], *locales),
                    *self._words(*locales),
                    *self.common,
                ]
            )
        )

    def item(self, item_id: str, locales: tuple[str, str]) -> tuple[Change, ...]:
        """Give what changed in an item as two letters show it."""
        return self._item(item_id, *locales)

    def _said(self, one: Made, other: Made) -> Iterator[Change]:
        said, now = (
            {key.removeprefix("edition."): each for key, each in _flat(letter["said"]).items()}
            for letter in (one, other)
        )
        yield from _differing("letter", self.path, said, now, but=("id",))
        if one["segment"]["phrase"] != other["segment"]["phrase"]:
            words = _turned(one["segment"]["phrase"], other["segment"]["phrase"])
            yield Change("segment", "", f"what the segment is said to enjoy: {words}")

    def _picks(
        self, one: list[list[str]], other: list[list[str]], *locales: str
    ) -> Iterator[Change]:
        """Tell what comes in, goes out or moves, and what changed of what stays."""
        was, now = ({item: slot for slot, item, _ in picks} for picks in (one, other))
        for item in now.keys() - was.keys():
            yield self._at(item, locales[1], self.after, f"comes in ({now[item]})")
        for item in was.keys() - now.keys():
            yield self._at(item, locales[0], self.before, f"goes out ({was[item]})")
        for item in was.keys() & now.keys():
            if was[item] != now[item]:
                words = f"moves from {was[item]} to {now[item]}"
                yield self._at(item, locales[1], self.after, words)
            yield from self._item(item, *locales)
        if was == now and list(was) != list(now):
            yield Change("letter", "", "the same items in another order")
        before = {item: reason for _, item, reason in one}
        if any(before.get(item, reason) != reason for _, item, reason in other):
            yield Change("letter", "", "another reason is given for an item")

    def _at(self, item: str, locale: str, made: Made, words: str) -> Change:
        return Change("item", made["items"][locale][item]["path"] or item, words)

    @functools.cache  # noqa: B019 - it lives as long as the comparison
    def _item(self, item: str, before: str, after: str) -> tuple[Change, ...]:
        """Tell what an item says otherwise; told once however many letters show it."""
        one, other = self.before["items"][before].get(item), self.after["items"][after].get(item)
        if one is None or other is None:
            return ()
        path = other["path"] or item
        found = [
            Change("item", path, f"{NAMED.get(key, key)}: {_turned(was, now)}")
            for key in sorted(one.keys() & other.keys() - {"path", "body_html"})
            if (was := _shown(one[key])) != (now := _shown(other[key]))
        ]
        if one["body_html"] != other["body_html"] and one["body_text"] == other["body_text"]:
            found.append(Change("item", path, "text: marked up otherwise"))
        return (*found, *self._picture(path, one["image"], other["image"]))

    def _picture(self, path: str, one: Made | None, other: Made | None) -> Iterator[Change]:
        """Tell where a picture has the name it had, and another content."""
        names = [str((each or {}).get("src", "")).rpartition("/")[2] for each in (one, other)]
        hashes = self.before["pictures"].get(names[0]), self.after["pictures"].get(names[1])
        if names[0] == names[1] and hashes[0] != hashes[1]:
            yield Change("item", path, f"{names[0]} is another picture")

    @functools.cache  # noqa: B019 - it lives as long as the comparison
    def _words(self, before: str, after: str) -> tuple[Change, ...]:
        """Tell which of the template's own words are others."""
        if before != after:
            return (Change("letter", "", f"the language: {before} → {after}"),)
        words = self.before["words"][before], self.after["words"][after]
        return tuple(_differing("words", f"{FOLDER}/words", *words))

    def _brand(self) -> Iterator[Change]:
        yield from _differing(
            "brand", BRAND, _flat(self.before["brand"]), _flat(self.after["brand"])
        )
        logos = [made["brand"].get("logo") for made in (self.before, self.after)]
        if all(logos):
            yield from self._picture(BRAND, *logos)

    def _setting(self) -> Iterator[Change]:
        """Tell which files, rules and programs letters are set with that they were not."""
        if self.before["template"] != self.after["template"]:
            words = f"set in {self.after['template']}, not in {self.before['template']}"
            yield Change("template", self.path, words)
        one, other = self.before["files"], self.after["files"]
        for name in sorted(one.keys() | other.keys()):
            if one.get(name) != other.get(name):
                words = "was changed" if name in one else "is new"
                words = words if name in other else "is not used any more"
                yield Change("template", f"{FOLDER}/{name}", words)
        for key in self.after["rules"]:
            if self.before["rules"][key] != self.after["rules"][key]:
                yield Change("setting", "", f"{RULES[key]} are others")
        yield from _differing("program", "", self.before["program"], self.after["program"])


RULES = {
    "fields": f"the fields of {FOLDER}/fields.yaml",
    "domains": "the domains that links may lead to",
    "pictures": "the addresses of pictures",
}


def _differing(
    what: What,
    where: str,
    one: Mapping[str, Any],
    other: Mapping[str, Any],
    but: tuple[str, ...] = (),
) -> Iterator[Change]:
    for key in sorted(one.keys() | other.keys()):
        if key not in but and one.get(key) != other.get(key):
            yield Change(what, where, f"{key}: {_turned(one.get(key), other.get(key))}")


def _flat(table: Mapping[str, Any], within: str = "") -> dict[str, Any]:
    """Give the values of a table in tables, by their whole names: colours.light.ink."""
    found: dict[str, Any] = {}
    for key, value in table.items():
        name = f"{within}{key}"
        found |= _flat(value, f"{name}.") if isinstance(value, Mapping) else {name: value}
    return found


def _shown(value: object) -> object:
    """Give what is told of a value: of a picture its name and what it shows."""
    if isinstance(value, Mapping):
        return f"{str(value['src']).rpartition('/')[2]}, {value['alt']}"
    return value


def _turned(before: object, after: object) -> str:
    """Say what became of a value; of long ones, from a little before they part."""
    was, now = ("" if each is None else str(each) for each in (before, after))
    if not was or not now:
        return f"“{_short(now)}” is new" if now else f"“{_short(was)}” is gone"
    start = 0
    if max(len(was), len(now)) > LONG:
        pairs = enumerate(zip(was, now, strict=False))
        parts = next((at for at, (one, other) in pairs if one != other), min(len(was), len(now)))
        start = max(parts - BEFORE, 0)
    return f"“{_short(was[start:], cut=start)}” → “{_short(now[start:], cut=start)}”"


def _short(text: str, *, cut: int = 0) -> str:
    line = " ".join(text.split())
    line = line if len(line) <= LONG else line[: LONG - 1] + "…"
    return f"…{line}" if cut else line
