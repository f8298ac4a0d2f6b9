"""Made of: all that a letter is made of, hashed to name it, and written down to tell what changed.

What every letter of an edition has in common stands in made.json once; a letter's own part is its
subject, its segment's words and its picks.
"""

import functools
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, TemplateSyntaxError
from jinja2.meta import find_referenced_templates

from cardletter import typesetting
from cardletter.content import Variant, read_variants
from cardletter.content.catalogue import PICTURES
from cardletter.templates.press import ENDINGS, Plates
from cardletter.templates.rendering import Frame
from cardletter.typesetting.wire import packed
from cardletter.workspace import Workspace

MADE = "made.json"
NAMES, OPAQUE = 12, "v"
"""Signs of a variant's name, and the letter before them; it says nothing to who sees it."""

SETTERS = ("cardletter", "jinja2", "markupsafe", "mjml-python", "css-inline")
OF_GROUP = ("segment_id", "locale", "product", "country", "wishes", "discoveries")
"""What tells the groups of members apart that a variant is for."""
APART = ("brand", "words", "lang", "dir", "segment", "slots", "personal")
"""What made.json keeps in places of their own; all else is what the edition says."""


@dataclass(frozen=True)
class Letter:
    """A variant, and what it is made of."""

    variant: Variant
    context: dict[str, Any]
    picks: list[tuple[str, str, str]]
    """Slot, item and reason, in order."""
    digest: str

    @property
    def name(self) -> str:
        """Give the variant's lasting name: that of what it is made of."""
        return OPAQUE + self.digest[:NAMES]

    @property
    def named(self) -> Variant:
        """Give the variant under its lasting name."""
        return replace(self.variant, variant_id=self.name)


@functools.cache
def program() -> dict[str, str]:
    """Name what sets letters: libraries by their version, our own room by its source."""
    own = hashlib.sha256()
    for file in sorted(Path(typesetting.__path__[0]).glob("*.py")):
        own.update(file.read_bytes())
    return {name: version(name) for name in SETTERS} | {"typesetting": own.hexdigest()[:NAMES]}


def reached(sources: Mapping[str, str], template: str) -> dict[str, str]:
    """Hash the files that a template is made of: itself, its twin, and what they name in turn.

    Where one of them computes a name, or cannot be read, it may be any: then they are all files.
    """
    reader, found = Environment(), dict[str, str]()  # noqa: S701 - nothing is rendered with it
    waiting = [template + ending for ending in ENDINGS]
    while waiting:
        name = waiting.pop()
        if name in found or name not in sources:
            continue
        found[name] = hashlib.sha256(sources[name].encode()).hexdigest()[:NAMES]
        try:
            named = list(find_referenced_templates(reader.parse(sources[name])))
        except (TemplateSyntaxError, RecursionError):
            named = [None]
        waiting += [each or "" for each in named] if None not in named else list(sources)
    return dict(sorted(found.items()))


class Making:
    """What the letters of an edition are made of, as the files are now."""

    def __init__(self, frame: Frame, plates: Plates) -> None:
        """Take what they have in common."""
        self.frame = frame
        self.common: dict[str, Any] = {
            "program": program(),
            "template": frame.template,
            "files": reached(plates.sources, frame.template),
            "rules": dict(zip(("fields", "domains", "pictures"), plates.rules, strict=True)),
        }
        self._root = hashlib.sha256(packed(self.common, ordered=True))
        self._pictures: dict[str, str] = {}

    def letters(self, desk: Workspace) -> Iterator[Letter]:
        """Give the letters of all variants that were matched, each with all it is made of."""
        selections = pd.read_parquet(desk.file("selections.parquet"))
        groups = {str(name): picks for name, picks in selections.groupby("variant_id")}
        for variant in read_variants(desk):
            segment, picks = self.frame.segments[variant.segment_id], groups[variant.variant_id]
            context = self.frame.context(segment, picks, variant.locale)
            ordered = picks.sort_values(["slot", "place"])
            own = zip(ordered["slot"], ordered["item_id"], ordered["reason"], strict=True)
            told = [(str(slot), str(item), str(reason)) for slot, item, reason in own]
            yield Letter(variant, context, told, self.digest(context))

    def digest(self, context: Mapping[str, Any]) -> str:
        """Give the hash of all that a letter is made of, the pictures it shows as well."""
        found = self._root.copy()
        found.update(packed([context, self.pictures(context)], ordered=True))
        return found.hexdigest()

    def pictures(self, context: Mapping[str, Any]) -> dict[str, str]:
        """Hash the pictures that a letter shows."""
        shown = [item["image"] for items in context["slots"].values() for item in items]
        shown += [each["item"]["image"] for each in context["personal"] if each["item"]]
        logo = context["brand"].get("logo")
        names = {str(each["src"]).rpartition("/")[2] for each in (*shown, logo) if each}
        return {name: self._picture(name) for name in sorted(names)}

    def _picture(self, name: str) -> str:
        if name not in self._pictures:
            file = self.frame.project / PICTURES / name
            content = file.read_bytes() if file.is_file() else b""
            self._pictures[name] = hashlib.sha256(content).hexdigest()[:NAMES]
        return self._pictures[name]

    def told(self, letters: Iterable[Letter], personal: Iterable[str] = ()) -> dict[str, Any]:
        """Write down what letters are made of; `personal`: items that members alone are shown."""
        own: dict[str, dict[str, Any]] = {}
        items: dict[str, dict[str, Any]] = {}
        alone = set(personal)
        for letter in letters:
            variant = letter.variant
            if letter.name not in own:
                own[letter.name] = self._own(letter)
            own[letter.name]["groups"].append([getattr(variant, name) for name in OF_GROUP])
            locale = letter.context["lang"]
            shown = items.setdefault(locale, {})
            for item_id in {*(item for _, item, _ in letter.picks), *alone} - shown.keys():
                shown[item_id] = self._item(item_id, locale)
        return {
            **self.common,
            "brand": self.frame.brand,
            "words": {locale: self.frame.shared(locale)["words"] for locale in items},
            "items": items,
            "pictures": dict(sorted(self._pictures.items())),
            "letters": own,
        }

    def _own(self, letter: Letter) -> dict[str, Any]:
        return {
            "locale": letter.context["lang"],
            "said": {key: each for key, each in letter.context.items() if key not in APART},
            "segment": dict(letter.context["segment"]),
            "picks": letter.picks,
            "groups": [],
        }

    def _item(self, item_id: str, locale: str) -> dict[str, Any]:
        shown = self.frame.shown(item_id, locale, "") or {}
        item = self.frame.locales.say(self.frame.items[item_id], locale)
        return {**shown, "path": item.path if item else ""}


def write_made(desk: Workspace, making: Making, letters: Iterable[Letter]) -> None:
    """Write made.json."""
    desk.write_json(MADE, making.told(letters, personal_items(desk)))


def personal_items(desk: Workspace) -> list[str]:
    """Give the items that any member alone is shown."""
    file = desk.folder / "personal.parquet"
    if not file.is_file():
        return []
    return sorted(set(pd.read_parquet(file, columns=["item_id"])["item_id"]))
