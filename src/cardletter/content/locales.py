"""Locales: the languages a letter is written in, and what stands in where one is missing."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from cardletter.content.catalogue import Item
from cardletter.errors import Finding
from cardletter.yamlfile import YamlFile

LOCALES = "content/locales.yaml"
LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
"""A language, perhaps a script, perhaps a country, as BCP 47 writes them: de-DE, zh-Hant-TW."""
NONE = "none"


class Locales(BaseModel):
    """The languages of a project: its own, and others with what stands in for each."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    default: str = "en"
    others: dict[str, str] = Field(default_factory=dict)
    """Locale -> the locale that is shown where it has no twin, or `none`: then nothing is."""

    @property
    def every(self) -> list[str]:
        """Name all locales, the project's own first."""
        return [self.default, *self.others]

    def chain(self, locale: str) -> list[str]:
        """Name the locales to look for, best first."""
        found: list[str] = []
        while locale not in (*found, NONE):
            found.append(locale)
            locale = self.others.get(locale, NONE)
        return found

    def nearest(self, asked: str | None) -> str:
        """Give the locale for a member: the one asked for, one of its language, or the default."""
        wanted = (asked or "").replace("_", "-").casefold()
        exact = [each for each in self.every if each.casefold() == wanted]
        akin = [each for each in self.every if _language(each) == _language(wanted)]
        return next(iter([*exact, *akin]), self.default)

    def say(self, item: Item, locale: str) -> Item | None:
        """Give an item in a locale, or what stands in for it; None where nothing may."""
        for each in self.chain(locale):
            if each == (item.locale or self.default):
                return item
            if each in item.twins:
                return item.twins[each]
        return None


def _language(locale: str) -> str:
    return locale.partition("-")[0].casefold()


def read_locales(project: Path) -> tuple[Locales, list[Finding]]:
    """Read content/locales.yaml, which need not be; give the defaults where it has findings."""
    if not (project / LOCALES).is_file():
        return Locales(), []
    file = YamlFile.read(project, LOCALES)
    locales, findings = file.fit(Locales)
    if locales:
        findings += _misfits(file, locales)
    return (locales or Locales()) if not findings else Locales(), findings


def _misfits(file: YamlFile, locales: Locales) -> Iterator[Finding]:
    for locale in locales.every:
        if not LOCALE.fullmatch(locale):
            at = ("others", locale) if locale in locales.others else ("default",)
            yield file.finding(at, f"{locale!r} is no locale", "write it as de-DE")
    if locales.default in locales.others:
        at = ("others", locales.default)
        yield file.finding(at, f"{locales.default} is the default already", "take it out")
    for locale, fallback in locales.others.items():
        at = ("others", locale)
        if fallback not in (*locales.every, NONE):
            known = ", ".join([*locales.every, NONE])
            yield file.finding(at, f"there is no locale {fallback!r} to fall back to", known)
        elif locale in locales.chain(fallback):
            yield file.finding(at, f"{locale} falls back to itself", f"let one be {NONE}")


def missing_twins(project: Path, locales: Locales, items: Iterable[Item]) -> Iterator[Finding]:
    """Warn, once a locale, of the items its readers never see: no twin, and nothing to stand in.

    A locale that names a fallback has said what is shown instead: that is no oversight.
    """
    file = YamlFile.read(project, LOCALES)
    written = list(items)
    for locale in (each for each, fallback in locales.others.items() if fallback == NONE):
        missing = [each.item_id for each in written if locale not in (*each.twins, each.locale)]
        if missing:
            some = ", ".join(missing[:3]) + (", ..." if missing[3:] else "")
            yield Finding(
                LOCALES,
                file.line(("others", locale)),
                f"{len(missing)} of {len(written)} items have no {locale} twin "
                f"and are not shown there ({some})",
                f"write {missing[0]}.{locale}.md beside {missing[0]}.md",
                "warning",
            )
