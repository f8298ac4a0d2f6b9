"""Languages looked over: what letters in each cannot say yet, and leave out or say in another."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from cardletter.content import Item, read_locales
from cardletter.content.locales import LOCALES
from cardletter.content.reasons import SENTENCES
from cardletter.errors import Finding
from cardletter.profiles import Interest
from cardletter.profiles.interests import FILE as INTERESTS
from cardletter.profiles.interests import in_locale
from cardletter.templates.locales import WORDS, read_words
from cardletter.templates.press import read_templates
from cardletter.yamlfile import YamlFile

SPOKEN = re.compile(r"\bwords\.(\w+)")
ALWAYS = ("dear", "hello")
SOME = 4


def check_locales(
    project: Path, items: Iterable[Item], interests: dict[str, Interest]
) -> Iterator[Finding]:
    """Warn of every language that lacks words that templates say, or interests that items are of.

    Raises:
        FilesError: a file of words cannot be read.
    """
    locales, file = read_locales(project)[0], YamlFile.read(project, LOCALES)
    spoken, written = _spoken(project), {name for item in items for name in item.interests}
    for locale in locales.others:
        language = locale.partition("-")[0]
        if language == locales.default.partition("-")[0]:
            continue
        at, own = file.line(("others", locale)), read_words(project, [locale])
        if lacking := [name for name in spoken if name not in own]:
            words = f"letters in {locale} lack words of the templates: {_some(lacking)}"
            hint = f"write them in {WORDS}/{language}.yaml"
            yield Finding(LOCALES, at, words, hint, "warning")
        told = [each for name, each in interests.items() if name in written]
        if mute := [each.interest_id for each in told if not in_locale(each.phrases, locale)]:
            words = f"letters in {locale} cannot name {len(mute)} of {len(told)} interests"
            hint = f"add `phrases: {{{language}: ...}}` to {_some(mute)} in {INTERESTS}"
            yield Finding(LOCALES, at, words, hint, "warning")


def _spoken(project: Path) -> list[str]:
    """Name the words that a project's templates say, and those that reasons are said in."""
    sources = read_templates(project)[0].values()
    own = {name for text in sources for name in SPOKEN.findall(text)}
    return [*ALWAYS, *sorted(own), *(f"reason_{name}" for name in SENTENCES)]


def _some(names: list[str]) -> str:
    return ", ".join(names[:SOME]) + (", ..." if names[SOME:] else "")
