"""Reading the catalogue: every Markdown file, and every row of a table, as items."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cardletter.content.catalogue import ARTICLES, OFFERS, PICTURES, Item, Kind
from cardletter.content.draft import Draft, UnfitError, read_draft
from cardletter.content.locales import LOCALES, Locales, missing_twins, read_locales
from cardletter.content.tables import read_rows, row_draft, set_aside
from cardletter.content.wording import LEGENDS, Readers, read_readers
from cardletter.errors import Finding
from cardletter.profiles import Interests
from cardletter.settings import TABLE_FILE, Settings, load
from cardletter.yamlfile import near_miss

LARGE = 1_000_000
FOLDERS: tuple[tuple[str, Kind], ...] = ((ARTICLES, "article"), (OFFERS, "offer"))


@dataclass
class Reading:
    """What was read so far: the items by id, and every finding."""

    project: Path
    about: Mapping[str, Any]
    locales: Locales
    readers: Readers
    items: dict[str, Item] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)
    """The ids there are, in small letters -> as they are written."""

    def take(self, drafts: list[Draft]) -> None:
        """Make items of drafts, each with its twins."""
        originals: dict[str, Draft] = {}
        for draft in drafts:
            if not draft.locale:
                originals.setdefault(draft.item_id, draft)
                self._original(draft)
        for draft in drafts:
            if draft.locale:
                self._twin(draft, originals.get(draft.item_id))

    def _original(self, draft: Draft) -> None:
        item, found = draft.fit(self.about)
        self.findings += found
        if item is None:
            return
        self.findings += self._sight(draft, item)
        if claim := self.readers.unlawful(item):
            self.findings.append(_held_back(draft, claim))
            return
        name = item.item_id.casefold()
        if name in self.taken:
            hint = "rename one of them: an item's id is its file's name, or what its row says"
            message = f"two items are called {self.taken[name]!r}"
            self.findings.append(draft.table.finding((), message, hint))
        else:
            self.taken[name], self.items[item.item_id] = item.item_id, item

    def _twin(self, draft: Draft, original: Draft | None) -> None:
        if original is None:
            hint = f"write {draft.item_id}.md, the original, or rename it"
            message = f"is a twin of {draft.item_id!r}, which there is not"
            self.findings.append(draft.table.finding((), message, hint))
            return
        if draft.locale not in self.locales.others:
            hint = f"add `{draft.locale}:` under `others:` in {LOCALES}"
            message = f"is written in {draft.locale}, which is no locale of this project"
            self.findings.append(draft.table.finding((), message, hint))
            return
        twin, found = draft.fit(self.about, original)
        self.findings += found
        item = self.items.get(draft.item_id)
        if twin is None or item is None:
            return
        self.findings += self._sight(draft, twin)
        if claim := self.readers.unlawful(twin):
            self.findings.append(_held_back(draft, claim))
        else:
            item.add_twin(draft.locale, twin)

    def _sight(self, draft: Draft, item: Item) -> Iterator[Finding]:
        """Look at what a model cannot see: the text, and that there is a picture."""
        if not item.body:
            yield draft.table.finding((), "has no text under its front matter")
        if not (self.project / PICTURES / item.image).is_file():
            message = f"there is no picture {PICTURES}/{item.image}"
            yield draft.table.finding(("image",), message, "add the PNG or name another")
        elif (self.project / PICTURES / item.image).stat().st_size > LARGE:
            line = draft.table.line(("image",))
            message = f"{PICTURES}/{item.image} is larger than 1 MB"
            yield Finding(draft.path, line, message, "make it smaller: phones wait", "warning")
        yield from self.readers.look_over(draft, item)


def _held_back(draft: Draft, claim: str) -> Finding:
    message = f"is held back: {claim!r} needs its legend in terms or disclosure"
    return Finding(draft.path, draft.table.line(()), message, f"see {LEGENDS}", "warning")


def read_catalogue(
    project: Path, interests: Interests | None = None
) -> tuple[list[Item], list[Finding]]:
    """Read every article and offer, sorted by id; give the good ones and every finding."""
    locales, findings = read_locales(project)
    readers, found = read_readers(project)
    reading = Reading(project, _about(interests), locales, readers, findings=findings + found)
    for folder, kind in FOLDERS:
        reading.take(list(_drafts(project, folder, kind, reading.findings)))
    if (project / TABLE_FILE).is_file():
        _take_rows(reading, load(project))
    if not reading.items and not reading.findings:
        hint = f"write one: {ARTICLES}/my-first.md"
        return [], [Finding(ARTICLES, 1, "the catalogue is empty", hint)]
    items = sorted(reading.items.values(), key=lambda item: item.item_id)
    odd = [*_named_nowhere(items, locales), *missing_twins(project, locales, items)]
    return items, [*reading.findings, *odd]


def _named_nowhere(items: list[Item], locales: Locales) -> Iterator[Finding]:
    """Warn of rules that name nothing there is, and so are without effect."""
    there = {item.item_id for item in items} | {item.merchant for item in items}
    for item in items:
        rules = (
            ("exclusive_with", item.exclusive_with, sorted(there)),
            ("eligibility.locales", item.eligibility.locales, locales.every),
        )
        for key, named, known in rules:
            for name in named:
                if name not in known:
                    near = near_miss(name, known)
                    message = f"{key} names {name!r}, which there is not"
                    hint = f"is it {near}?" if near else "take it out, or mend it"
                    yield Finding(item.path, item.line, message, hint, "warning")


def _take_rows(reading: Reading, settings: Settings) -> None:
    """Take in the items of a table, where the settings name one."""
    if not settings.content.items:
        return
    rows, found = read_rows(settings)
    before, reading.findings = [*reading.findings, *found], []
    drafts = [row_draft(where, row) for where, row in rows]
    reading.findings += [each for each in drafts if isinstance(each, Finding)]
    reading.take([each for each in drafts if isinstance(each, Draft)])
    limit = settings.sources.set_aside_limit
    reading.findings = before + set_aside(len(rows), reading.findings, limit)


def _about(interests: Interests | None) -> dict[str, Any]:
    if interests is None:
        return {}
    return {"interests": set(interests.interests), "sensitive": interests.themes_left_out}


def _drafts(project: Path, folder: str, kind: Kind, found: list[Finding]) -> Iterator[Draft]:
    for file in sorted((project / folder).glob("*.md")):
        path = f"{folder}/{file.name}"
        if file.name.startswith("."):
            continue  # an editor's own
        try:
            draft = read_draft(project, path, kind)
        except UnfitError as error:
            found.append(Finding(path, error.line, error.message, error.hint))
            continue
        if draft.table.findings:
            found += draft.table.findings
        else:
            yield draft
