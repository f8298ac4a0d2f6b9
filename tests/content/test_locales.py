"""Items in other languages: a twin beside its original, and what stands in where there is none."""

from pathlib import Path

import pytest

from cardletter.content import Item, Locales, read_catalogue, read_edition, read_locales
from cardletter.errors import Finding
from pieces import ARTICLE, EDITION, OFFER, catalogue

TWIN = """\
---
title: Papier mit der Faser falten
teaser: Eine Karte, die am Falz bricht, wurde quer zur Faser geschnitten.
alt: Eine gefaltete Karte
---
Papier hat eine Faser. Falte mit ihr.
"""
LOCALES = "default: en-US\nothers:\n  de-DE: en-US\n  de-AT: de-DE\n  es-US: none\n"
GERMAN = Locales(default="en-US", others={"de-DE": "en-US", "de-AT": "de-DE", "es-US": "none"})


def read(folder: Path, files: dict[str, str]) -> tuple[dict[str, Item], list[Finding]]:
    catalogue(folder, {"locales.yaml": LOCALES} | files)
    items, found = read_catalogue(folder)
    return {item.item_id: item for item in items}, found


def told(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(str(each), each.severity) for each in findings]


def errors(findings: list[Finding]) -> list[str]:
    return [str(each) for each in findings if each.severity == "error"]


def test_a_twin_says_the_words_anew_and_keeps_all_else(tmp_path: Path):
    items, found = read(tmp_path, {"articles/fold.md": ARTICLE, "articles/fold.de-DE.md": TWIN})
    assert list(items) == ["fold"]
    twin = items["fold"].twins["de-DE"]
    assert (twin.title, twin.locale) == ("Papier mit der Faser falten", "de-DE")
    assert twin.body == "Papier hat eine Faser. Falte mit ihr."
    kept = ("item_id", "interests", "image", "link", "until", "valid_from", "purpose", "kind")
    for name in kept:
        assert getattr(twin, name) == getattr(items["fold"], name)
    assert errors(found) == []


def test_an_offers_twin_has_terms_of_its_own(tmp_path: Path):
    twin = TWIN.replace("alt:", "terms: Einmal je Mitglied.\nalt:")
    items, _found = read(tmp_path, {"offers/fold.md": OFFER, "offers/fold.de-DE.md": twin})
    german = items["fold"].twins["de-DE"]
    assert (german.terms, german.merchant) == ("Einmal je Mitglied.", "Aperley Photo")


def test_only_items_that_a_locale_never_sees_are_warned_of(tmp_path: Path):
    files = {f"articles/{name}.md": ARTICLE for name in ("a", "b", "c", "d", "e")}
    _items, found = read(tmp_path, files | {"articles/a.de-DE.md": TWIN})
    unseen = "5 of 5 items have no es-US twin and are not shown there (a, b, c, ...)"
    assert told(found) == [(f"content/locales.yaml:5: {unseen}", "warning")]


MISTAKES = {
    "an original there is not": ("folded.de-DE.md", TWIN,
        "1: is a twin of 'folded', which there is not"),
    "a locale there is not": ("fold.fr-FR.md", TWIN,
        "1: is written in fr-FR, which is no locale of this project"),
    "what is the same in all": ("fold.de-DE.md", TWIN.replace("alt:", "until: 2027-01-01\nalt:"),
        "4: until is the same in every language"),
    "a slip of the pen": ("fold.de-DE.md", TWIN.replace("teaser:", "teazer:"),
        "3: unknown key 'teazer'"),
    "a bad link": ("fold.de-DE.md", TWIN.replace("alt:", "link: http://a.example\nalt:"),
        "4: link: a link starts with https://"),
    "a title too long": ("fold.de-DE.md", TWIN.replace("Papier mit", "x" * 90),
        "2: title is too long"),
    "no text": ("fold.de-DE.md", TWIN.rsplit("Papier", 1)[0],
        "1: has no text under its front matter"),
    "a leftover": ("fold.de-DE.md", TWIN.replace("Falte", "TODO falte"),
        "6: 'TODO' is left in it"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "text", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_a_twin_is_told_in_the_twin(
    tmp_path: Path, name: str, text: str, message: str
):
    _items, found = read(tmp_path, {"articles/fold.md": ARTICLE, f"articles/{name}": text})
    assert errors(found) == [f"content/articles/{name}:{message}"]


@pytest.mark.parametrize(
    ("asked", "locale"),
    [("de-DE", "de-DE"), ("de_at", "de-AT"), ("de-CH", "de-DE"), ("DE", "de-DE"),
     ("en-GB", "en-US"), ("es-MX", "es-US"), ("fr-FR", "en-US"), ("", "en-US"),
     (None, "en-US"), ("xx", "en-US")],
)  # fmt: skip
def test_a_member_is_written_to_in_the_nearest_language(asked: str | None, locale: str):
    assert GERMAN.nearest(asked) == locale


def test_an_item_is_said_in_the_locale_or_in_what_stands_in_for_it(tmp_path: Path):
    files = {"articles/fold.md": ARTICLE, "articles/keep.md": ARTICLE}
    items, _found = read(tmp_path, files | {"articles/fold.de-DE.md": TWIN})
    locales, found = read_locales(tmp_path)
    assert found == []
    assert locales.chain("de-AT") == ["de-AT", "de-DE", "en-US"]
    fold, keep = items["fold"], items["keep"]
    assert locales.say(fold, "de-AT") is fold.twins["de-DE"]
    assert locales.say(fold, "en-US") is fold
    assert locales.say(keep, "de-AT") is keep
    assert locales.say(fold, "es-US") is None


def test_what_is_fixed_must_be_said_in_every_language_of_the_letter(tmp_path: Path):
    edition = EDITION + "preheader: A\nfixed: {briefs: [fold]}\n"
    files = {
        "articles/fold.md": ARTICLE,
        "articles/fold.de-DE.md": TWIN,
        "editions/x.yaml": edition,
    }
    items, _found = read(tmp_path, files)
    _edition, found = read_edition(tmp_path, "x", list(items.values()))
    assert errors(found) == [
        "content/editions/x.yaml:7: fold is not written in es-US, and nothing stands in for it"
    ]


BAD = {
    "no locale": ("default: german\n", "1: 'german' is no locale"),
    "the default again": ("default: en\nothers: {en: none}\n", "2: en is the default already"),
    "a fallback there is not": (
        "others:\n  de-DE: fr\n",
        "2: there is no locale 'fr' to fall back to",
    ),
    "in a ring": ("others:\n  de-DE: de-AT\n  de-AT: de-DE\n", "2: de-DE falls back to itself"),
    "a list": ("others: [de-DE]\n", "1: others is not a table of keys"),
    "a slip of the pen": ("defult: en\n", "1: unknown key 'defult'"),
}


@pytest.mark.parametrize(("text", "message"), BAD.values(), ids=BAD)
def test_a_mistake_in_the_list_of_locales_is_told(tmp_path: Path, text: str, message: str):
    catalogue(tmp_path, {"locales.yaml": text})
    locales, found = read_locales(tmp_path)
    assert f"content/locales.yaml:{message}" in map(str, found)
    assert locales == Locales()
