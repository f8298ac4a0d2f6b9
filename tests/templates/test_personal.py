"""Personal places: set once an item, filled for each member, empty where nothing was chosen."""

from pathlib import Path

import pandas as pd
import pytest

import little
from cardletter import workspace
from cardletter.content import read_variants
from cardletter.delivery.personal import read_personal
from cardletter.templates import read_variant, render
from cardletter.templates.greetings import kept_greetings


def test_a_member_is_shown_what_was_chosen_with_the_reason_and_others_nothing(project: Path):
    edition = little.LETTER + "personal: 2\n"
    little.put(project, f"content/editions/{little.EDITION}.yaml", edition)
    desk = workspace.open_edition(little.EDITION, project)
    row = {"member_id": "m000", "place": 1, "item_id": "a-good-lead", "score": 1.0}
    pd.DataFrame([row | {"reason": "Because <you> asked."}]).to_parquet(
        desk.file("personal.parquet"), index=False
    )
    render(desk)
    variant = desk.read_json("variants.json")[0]["variant_id"]
    letter = read_variant(desk, variant)
    for part in (letter.html, letter.text):
        assert part.count("{{personal_1}}") == part.count("{{personal_2}}") == 1
    personal = read_personal(desk)
    own = personal.of("m000", {})
    assert "A good lead" in own["personal_1"].html
    assert "Because &lt;you&gt; asked." in own["personal_1"].html
    assert "Because <you> asked." in own["personal_1"].text
    assert "Chosen for you" in own["personal_1"].html
    assert "style=" in own["personal_1"].html
    assert (own["personal_2"].html, own["personal_2"].text) == ("", "")
    assert not any(each.html for each in personal.of("m001", {}).values())


def test_what_was_set_for_one_member_is_not_set_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
):
    edition = little.LETTER + "personal: 1\n"
    little.put(project, f"content/editions/{little.EDITION}.yaml", edition)
    desk = workspace.open_edition(little.EDITION, project)
    row = {"member_id": "m000", "place": 1, "item_id": "a-good-lead", "score": 1.0, "reason": "x"}
    pd.DataFrame([row]).to_parquet(desk.file("personal.parquet"), index=False)
    render(desk)
    before = desk.read_json("personal.json")
    monkeypatch.setattr("cardletter.templates.press._Setting", None)
    render(desk)
    assert desk.read_json("personal.json") == before


def test_members_are_greeted_in_the_language_of_their_letter(project: Path):
    little.put(project, "content/locales.yaml", "default: en-US\nothers: {de-DE: en-US}\n")
    desk = workspace.open_edition(little.EDITION, project)
    first, *rest = desk.read_json("variants.json")
    desk.write_json("variants.json", [first | {"locale": "de-DE"}, *rest])
    render(desk)
    greet, locales = kept_greetings(desk), {v.variant_id: v.locale for v in read_variants(desk)}
    said = {locales[name]: (each.of("Zoë"), each.of("")) for name, each in greet.items()}
    assert said == {"de-DE": ("Guten Tag Zoë,", "Guten Tag,"), "": ("Dear Zoë,", "Hello,")}
