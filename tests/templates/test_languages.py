"""Languages: a letter in another language speaks of its readers' interests, and says why, in it."""

from pathlib import Path

import pandas as pd
import pytest

import little
import sheets
from cardletter import checking, workspace
from cardletter.content.reasons import SENTENCES, say
from cardletter.delivery.personal import read_personal
from cardletter.profiles import Interest
from cardletter.segments.naming import joined
from cardletter.templates import check_locales, read_variant, render
from cardletter.templates.locales import read_words
from cardletter.templates.rendering import read_frame
from cardletter.workspace import Workspace

ROOT = Path(__file__).parents[2]
LOCALES = "default: en-US\nothers: {de-DE: en-US}\n"
PETS = Interest("pets", "Pets", "animals about the house", ("5995",), {"de": "ihre Haustiere"})
BIRDS = Interest("birds", "Birds", "watching birds", ("5996",))


@pytest.fixture
def german(project: Path) -> Workspace:
    """Give an edition of which the first variant is for readers of German."""
    little.put(project, "content/locales.yaml", LOCALES)
    desk = workspace.open_edition(little.EDITION, project)
    first, *rest = desk.read_json("variants.json")
    desk.write_json("variants.json", [first | {"locale": "de-DE"}, *rest])
    segments = desk.read_json("segments.json")
    segments[0]["phrases"] = {"de": "ihre Haustiere"}
    desk.write_json("segments.json", segments)
    return desk


def test_a_letter_says_its_segments_phrase_and_its_reasons_in_its_own_language(german: Workspace):
    picks = pd.read_parquet(german.file("selections.parquet"))
    picks["reason"] = say("everybody")
    picks.to_parquet(german.file("selections.parquet"), index=False)
    render(german)
    for variant in german.read_json("variants.json"):
        text = read_variant(german, variant["variant_id"]).text
        if variant["locale"] == "de-DE":
            assert "Vorliebe für ihre Haustiere." in text
            assert "Für alle, die diesen Brief lesen." in text
        assert (SENTENCES["everybody"] in text) == (variant["locale"] != "de-DE")


def test_what_a_member_alone_is_shown_says_why_in_their_language(german: Workspace, project: Path):
    edition = little.LETTER + "personal: 1\n"
    little.put(project, f"content/editions/{little.EDITION}.yaml", edition)
    assigned = pd.read_parquet(german.file("assignments.parquet"))
    first = german.read_json("variants.json")[0]["variant_id"]
    reader = str(assigned[assigned["variant_id"] == first]["member_id"].iloc[0])
    row = {"member_id": reader, "place": 1, "item_id": "a-good-lead", "score": 1.0}
    pd.DataFrame([row | {"reason": say("goes_with")}]).to_parquet(
        german.file("personal.parquet"), index=False
    )
    render(german)
    own = read_personal(german).of(reader, {})["personal_1"]
    assert "Wer liest, was Sie lesen, liest oft auch das hier." in own.html
    assert "Because" not in own.text


def test_a_reason_of_two_interests_is_said_of_both(german: Workspace):
    frame = read_frame(german)
    rail, coffee = frame.interests["rail"], frame.interests["coffee-tea"]
    told = say("together", coffee, rail)
    said = "Weil Mitglieder, die das Reisen mit der Bahn und Ausflüge in der Nähe schätzen, oft "
    assert frame.reason(told, "de-DE") == said + "auch guten Kaffee und Tee schätzen."
    assert frame.reason(told, "fr-FR") == ""


def test_phrases_are_joined_as_their_language_does():
    assert joined(["Tee", "Käse", "Brot"], "de") == "Tee, Käse und Brot"
    assert joined(["el té", "el pan"], "es-US") == "el té y el pan"
    assert joined(["a", "b"], "klingon") == "a, b"


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_the_words_that_come_with_us_say_every_reason(language: str):
    words, english = read_words(ROOT, [language]), read_words(ROOT, ["en"])
    assert {f"reason_{name}" for name in SENTENCES} | set(english) == set(words)
    for name, sentence in SENTENCES.items():
        assert ("{phrase}" in words[f"reason_{name}"]) == ("{" in sentence), name


def test_what_a_language_lacks_is_told_with_its_line(project: Path):
    little.put(project, "content/locales.yaml", "default: en-US\nothers:\n  de-DE: en-US\n")
    words = project / "templates/words/de.yaml"
    lines = words.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(("read_on:", "reason_most:"))]
    words.write_text("\n".join(kept) + "\n", encoding="utf-8")
    items = [sheets.item("fold", "pets"), sheets.item("fold", "birds")]
    found = list(check_locales(project, items, {"pets": PETS, "birds": BIRDS}))
    assert {(each.path, each.line, each.severity) for each in found} == {
        ("content/locales.yaml", 3, "warning")
    }
    assert [each.message for each in found] == [
        "letters in de-DE lack words of the templates: read_on, reason_most",
        "letters in de-DE cannot name 1 of 2 interests",
    ]
    assert "birds" in found[1].hint


def test_a_language_of_the_projects_own_lacks_nothing(project: Path):
    little.put(project, "content/locales.yaml", "default: en-US\nothers: {en-GB: en-US}\n")
    assert list(check_locales(project, [sheets.item("fold", "birds")], {"birds": BIRDS})) == []


def test_the_project_that_comes_with_us_lacks_nothing():
    assert [each for each in checking.check(ROOT) if "letters in" in each.message] == []
