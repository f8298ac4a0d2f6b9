"""Editions as people write them: read, and held against the catalogue they show."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from cardletter.content.catalogue import ARTICLES, OFFERS, Experience, Item
from cardletter.content.edition import SECTIONS, Edition
from cardletter.content.locales import LOCALES, Locales, read_locales
from cardletter.errors import EditionError, Finding
from cardletter.profiles import Interests
from cardletter.segments import read_names
from cardletter.settings import TABLE_FILE, load
from cardletter.yamlfile import YamlFile

EDITIONS, TEMPLATES = "content/editions", "templates"
DUE = "due"
KINDS = ("article", "offer", "service", *get_args(Experience))
"""What a demand may name beside the id of an item."""
FIXED = "and what is fixed is shown to everybody"
AUDIENCE = ("audience",)
LONG = 78
"""Letters of a subject that most mail programs show."""


def editions(project: Path) -> list[str]:
    """Name the editions there are, oldest first."""
    return sorted(file.stem for file in (project / EDITIONS).glob("*.yaml"))


def due(edition: str, project: str | Path) -> str:
    """Give an edition's name; `due` means the one dated today, so that a schedule need not know.

    Raises:
        EditionError: no edition, or more than one, is dated today.
    """
    if edition != DUE:
        return edition
    today, folder = dt.datetime.now().astimezone().date(), Path(project)
    dates = {name: YamlFile.read(folder, f"{EDITIONS}/{name}.yaml") for name in editions(folder)}
    found = [name for name, file in dates.items() if file.content.get("date") == today]
    if len(found) != 1:
        told = ", ".join(found) or "none"
        msg = f"One edition is to be dated {today} to be due; there is {told}. See {EDITIONS}/."
        raise EditionError(msg)
    return found[0]


def read_edition(
    project: Path, name: str, items: list[Item], interests: Interests | None = None
) -> tuple[Edition | None, list[Finding]]:
    """Read an edition and check that what it names exists.

    Raises:
        EditionError: there is no such edition.
    """
    path = f"{EDITIONS}/{name}.yaml"
    if not (project / path).is_file():
        there = ", ".join(editions(project)) or "none"
        raise EditionError(f"There is no edition {name}: {path} is missing. There are: {there}.")
    file = YamlFile.read(project, path)
    edition, findings = file.fit(Edition)
    if edition:
        edition = _dated(project, edition)
        look = Look(project, file, edition, {item.item_id: item for item in items})
        findings += [*look.over(), *(look.tells(interests) if interests else ())]
    return edition, findings


@dataclass(frozen=True)
class Look:
    """Looks an edition over that is well formed."""

    project: Path
    file: YamlFile
    edition: Edition
    items: dict[str, Item]

    def over(self) -> Iterator[Finding]:
        """Give everything that is wrong with it."""
        for section in self.edition.fixed:
            if section not in SECTIONS:
                message = f"there is no slot {section!r}"
                yield self.file.finding(("fixed", section), message, ", ".join(SECTIONS))
            yield from self._fixed(section)
        if not self.edition.slots.total:
            yield self.file.finding(("slots",), "the edition has no slots", "hero: 1, ...")
        yield from self._template()
        yield from self._demands()
        yield from self._unknown_items(("budgets",), list(self.edition.budgets))
        yield from self._locales()
        yield from self._words()

    def _template(self) -> Iterator[Finding]:
        """See that the template that is named is there, its page and its text."""
        if "template" not in self.file.content:
            return
        folder, name = self.project / TEMPLATES, self.edition.template
        there = sorted(
            file.stem for file in folder.glob("*.mjml") if file.with_suffix(".txt").is_file()
        )
        for ending in (".mjml", ".txt"):
            if not (folder / f"{name}{ending}").is_file():
                message = f"there is no template {TEMPLATES}/{name}{ending}"
                hint = f"there are: {', '.join(there)}" if there else f"see {TEMPLATES}/"
                yield self.file.finding(("template",), message, hint)

    def _fixed(self, section: str) -> Iterator[Finding]:
        chosen = self.edition.fixed[section]
        everything = self.edition.fixed_items
        for place, item_id in enumerate(chosen):
            at = ("fixed", section, str(place))
            if item := self.items.get(item_id):
                yield from self._for_everybody(item, at)
            else:
                yield from self._missing(item_id, at)
            if everything.count(item_id) > 1:
                message = f"{item_id} is fixed twice"
                yield self.file.finding(at, message, "keep it in one place")

    def _for_everybody(self, item: Item, at: tuple[str, ...]) -> Iterator[Finding]:
        """See that an item may be shown to everybody as long as the edition is sent."""
        day, last = self.edition.date, self.edition.last_day
        if not item.priority:
            message = f"{item.item_id} is never shown: its priority is 0"
            yield self.file.finding(at, message, "take it out here, or raise its priority")
        elif not item.valid_on(day):
            message = f"{item.item_id} is not valid on {day}"
            yield self.file.finding(at, message, "see its from and until")
        elif not item.valid_on(last):
            message = f"{item.item_id} ends on {item.until}, while the edition is sent to {last}"
            yield self.file.finding(at, message, "see its until, and window: {days: ...}")
        elif item.limited or self.edition.budget(item).most is not None:
            message = (
                f"{item.item_id} is not for everybody, and what is fixed is shown to everybody"
            )
            yield self.file.finding(at, message, "see its eligibility and budget")

    def _missing(self, item_id: str, at: tuple[str, ...]) -> Iterator[Finding]:
        folders = [self.project / folder for folder in (ARTICLES, OFFERS)]
        if any((folder / f"{item_id}.md").is_file() for folder in folders):
            message = f"{item_id} cannot be shown: it is held back, or has findings"
            yield self.file.finding(at, message, "see what is said of its own file")
        else:
            message = f"there is no article or offer {item_id!r}"
            yield self.file.finding(at, message, "an id is its file's name without .md")

    def _unknown_items(self, at: tuple[str, ...], named: list[str]) -> Iterator[Finding]:
        for item_id in named:
            if item_id not in self.items:
                yield from self._missing(item_id, (*at, item_id))

    def _demands(self) -> Iterator[Finding]:
        for place, name in enumerate(self.edition.demands.every):
            at = ("demands", "every", str(place))
            if item := self.items.get(name):
                yield from self._for_everybody(item, at)
            elif name not in KINDS:
                hint = f"name an item, or {', '.join(KINDS)}"
                message = f"there is no item and no kind {name!r}"
                yield self.file.finding(at, message, hint)

    def _locales(self) -> Iterator[Finding]:
        """See that the audience's languages are the project's, and have what is fixed in them."""
        locales, _found = read_locales(self.project)
        audience = self.edition.audience
        named = [
            ((*at, "locales", str(place)), locale)
            for at, who in ((AUDIENCE, audience), ((*AUDIENCE, "exclude"), audience.exclude))
            for place, locale in enumerate(who.locales)
        ]
        for at, locale in named:
            if locale not in locales.every:
                message = f"{locale!r} is no locale of this project"
                yield self.file.finding(at, message, ", ".join(locales.every))
        for locale in self.edition.languages:
            if locale not in locales.others:
                message = f"{locale!r} is no other locale of this project"
                at = ("languages", locale)
                yield self.file.finding(at, message, ", ".join(locales.others) or f"see {LOCALES}")
        for section, chosen in self.edition.fixed.items():
            for place, name in enumerate(chosen):
                yield from self._untold(locales, name, ("fixed", section, str(place)))

    def _untold(self, locales: Locales, name: str, at: tuple[str, ...]) -> Iterator[Finding]:
        """Tell where an item that everybody is to see has no words for some of them."""
        for locale in self.edition.audience.locales or locales.every:
            item = self.items.get(name)
            if item and locale in locales.every and locales.say(item, locale) is None:
                message = f"{name} is not written in {locale}, and nothing stands in for it"
                yield self.file.finding(at, message, f"write {name}.{locale}.md")

    def _words(self) -> Iterator[Finding]:
        """Warn of what readers of the inbox would miss."""
        if not self.edition.preheader:
            message, hint = "has no preheader", "the words after the subject in the inbox"
            yield self._warning(("date",), message, hint)
        have = {name.tone for name in read_names(self.project)[0].values()}
        for tone in self.edition.tones.keys() - have:
            hint = f"write `tone: {tone}` for a segment in segments/names.yaml"
            yield self._warning(("tones", tone), f"no segment has the tone {tone!r}", hint)
        for key in ("subject", "subject_b"):
            if len(getattr(self.edition, key) or "") > LONG:
                message = f"{key} has more than {LONG} letters"
                yield self._warning((key,), message, "most mail programs cut it off there")

    def _warning(self, at: tuple[str, ...], message: str, hint: str) -> Finding:
        return Finding(self.file.path, self.file.line(at), message, hint, "warning")

    def tells(self, interests: Interests) -> Iterator[Finding]:
        """Find interests in subjects that only some members get, as others see them."""
        every = interests.interests.values()
        spoken = {_plain(word) for each in every for word in (each.name, each.phrase)}
        for name, tone in self.edition.tones.items():
            for key in ("subject", "subject_b"):
                words = _plain(getattr(tone, key) or "")
                if said := sorted(word for word in spoken if word in words):
                    message = f"the subject for tone {name} tells an interest: {said[0].strip()!r}"
                    hint = "a subject is seen by others: say nothing of a member's interests"
                    yield self.file.finding(("tones", name, key), message, hint)


def _plain(text: str) -> str:
    """Give the words of a text in small letters, with a blank before and after each."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return f" {' '.join(words)} "


def _dated(project: Path, edition: Edition) -> Edition:
    """Put in the days it is sent in, as the settings say, where it says nothing itself."""
    if edition.window.days or not (project / TABLE_FILE).is_file():
        return edition
    window = edition.window.model_copy(update={"days": load(project).send_days})
    return edition.model_copy(update={"window": window})
