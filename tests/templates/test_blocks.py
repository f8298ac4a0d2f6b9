"""Blocks: each is seen alone, with a sample of its own, in the look of every template."""

from pathlib import Path

import pytest

import little
from cardletter import workspace
from cardletter.content.reasons import SENTENCES
from cardletter.delivery.personal import read_personal
from cardletter.ledger import Act
from cardletter.templates import Press, check_templates, read_variant, render
from cardletter.templates.blocks import alone, read_blocks
from cardletter.templates.press import Plates
from cardletter.templates.rendering import read_frame
from cardletter.templates.sample import block_sample, read_sample

ROOT = Path(__file__).parents[2]
NAMED = [
    *("header", "hero", "article", "article_pair", "article_text", "offer", "offer_grid"),
    *("quote", "survey_question", "coach_note", "signature", "footer"),
]
MANY = "How likely are you to recommend your Larkfield Card to a friend?"


def test_every_block_says_what_it_is_and_is_printed_alone_in_both_templates(
    rendered_project: Path,
):
    plates = Plates.read(rendered_project)
    blocks, sample = read_blocks(plates.sources), read_sample(rendered_project)
    assert set(NAMED) <= set(blocks)
    press, bare = Press(rendered_project), {}
    for name, block in blocks.items():
        assert "Fields:" in block.about, name
        context = block_sample(rendered_project, block, sample)
        jobs = [(alone(name, page), context) for page in ("newsletter", "journal")]
        bare[name] = [made.html for made in press.print_all(jobs, plates)]
    assert all(one != two for one, two in bare.values())
    assert "The clock has never kneaded anything." in bare["quote"][0]
    assert "#score-10" in bare["survey_question"][1]


def test_a_block_without_words_or_sample_is_told_and_stops_nothing(project: Path):
    little.put(
        project, "templates/blocks/new.mjml", "{% macro new() %}<mj-text>x</mj-text>{% endmacro %}"
    )
    found = check_templates(project)
    assert {(each.path, each.severity) for each in found} == {
        ("templates/blocks/new.mjml", "warning")
    }
    assert [each.message for each in found] == [
        "the block does not say what it is",
        "the block new has no sample to look at it with",
    ]


def test_what_is_wrong_with_a_block_that_no_sample_of_a_letter_reaches_is_told(project: Path):
    file = project / "templates/blocks/quote.mjml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("<h3", '<img src="https://a.example/x.png" width="9"><h3'), "utf-8"
    )
    page = project / "templates/newsletter.sample.yaml"
    page.write_text(page.read_text("utf-8").replace("block: quote", "block: article"), "utf-8")
    (told,) = check_templates(project)
    assert (told.path, told.message) == (
        "templates/blocks/quote.mjml",
        "'https://a.example/x.png' has no alt text",
    )


def test_the_question_is_for_those_who_said_yes_to_questions(project: Path):
    edition = f"{little.LETTER}survey: true\n"
    little.put(project, f"content/editions/{little.EDITION}.yaml", edition)
    desk = workspace.open_edition(little.EDITION, project)
    for member, state in (("m000", "granted"), ("m002", "withdrawn")):
        act = Act(member, "survey", state, "web_form", "Yes, ask me.", "1", "web", "a form")
        assert desk.ledger.act(act)
    render(desk)
    letter = read_variant(desk, desk.read_json("variants.json")[0]["variant_id"])
    for part in (letter.html, letter.text):
        assert MANY not in part
        assert part.count("{{personal_survey}}") == 1
    personal = read_personal(desk)
    links = {"preferences_url": "https://a.example/p/token?a=1&b=2"}
    asked = personal.of("m000", links)["personal_survey"]
    assert MANY in asked.html
    assert 'href="https://a.example/p/token?a=1&amp;b=2#score-10"' in asked.html
    assert f"{links['preferences_url']}#survey" in asked.text
    assert "{{" not in asked.html + asked.text
    for member in ("m001", "m002"):
        assert personal.of(member, links)["personal_survey"].html == ""


@pytest.mark.parametrize(
    ("locale", "says"), [("de-DE", "Weiterlesen"), ("es-US", "Seguir leyendo")]
)
def test_a_letter_speaks_one_language_all_through(project: Path, locale: str, says: str):
    others = f"default: en-US\nothers: {{{locale}: en-US}}\n"
    little.put(project, "content/locales.yaml", others)
    own = f"languages: {{{locale}: {{subject: Hallo, preheader: Nur hier}}}}\n"
    little.put(project, f"content/editions/{little.EDITION}.yaml", little.LETTER + own)
    desk = workspace.open_edition(little.EDITION, project)
    frame, nothing = read_frame(desk), read_sample(project)
    home, away = frame.shared("en-US"), frame.shared(locale)
    context = nothing | away | {"segment": {"name": "", "phrase": ""}, "survey": ""}
    context["edition"] = away["edition"] | {"subject": "Hallo"}
    made = Press(project).print(context)
    assert says in made.html
    assert "Nur hier" in made.html
    more = away["words"].keys() - home["words"].keys()
    assert more == {f"reason_{name}" for name in SENTENCES}  # English ones stand in the program
    assert home["words"].keys() <= away["words"].keys()
    same = {name for name in home["words"] if home["words"][name] == away["words"][name]}
    assert same == set()
    english = [
        home["words"][name] for name in ("worth_reading", "in_brief", "with_your_card", "why")
    ]
    for part in (made.html, made.text):
        assert not [words for words in english if words.casefold() in part.casefold()]
