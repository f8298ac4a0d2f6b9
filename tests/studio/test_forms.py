"""Forms: a field is written in the place of its value, and nothing else of the file changes."""

import difflib
from pathlib import Path

import pytest

from cardletter.studio.forms import Field, filled, form_of
from cardletter.studio.fresh import begun
from cardletter.studio.texts import Text
from cardletter.yamlfile import YamlFile

ROOT = Path(__file__).parents[2]
OFFER, BRAND = "content/offers/swiftmere-air.md", "templates/brand.yaml"
INTERESTS = "segments/interests.yaml"
EDITION, ARTICLE = "content/editions/2026-12.yaml", "content/articles/dry-steak-hot-pan.md"


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def fields(path: str) -> dict[str, Field]:
    return {".".join(each.at): each for each in form_of(ROOT, path, text_of(path))}


def changed(path: str, *fillings: tuple[str, object]) -> list[str]:
    """Fill fields in, and give the lines that are new."""
    before = text = text_of(path)
    for at, value in fillings:
        text = filled(ROOT, path, text, tuple(at.split(".")), value)
    told = difflib.ndiff(before.splitlines(), text.splitlines())
    return [line[2:] for line in told if line.startswith("+ ")]


def test_a_field_is_asked_for_as_what_it_is():
    kinds = {name: field.kind for name, field in fields(OFFER).items()}
    assert kinds["title"] == "text"
    assert kinds["teaser"] == "long"
    assert kinds["from"] == kinds["until"] == "date"
    assert kinds["interests"] == "ticks"
    assert kinds["image"] == "picture"
    assert kinds["purpose"] == "choice"
    assert kinds["eligibility.countries"] == "words"
    assert kinds["budget.impressions"] == "number"
    assert kinds["body"] == "markdown"
    assert not {"item_id", "kind"} & set(kinds)


def test_an_article_is_not_asked_for_what_offers_have():
    assert not {"merchant", "terms", "budget.impressions"} & set(fields(ARTICLE))


def test_what_is_chosen_from_is_what_there_is():
    known = fields(ARTICLE)
    assert ("fine-meat", "Butcher & grill") in known["interests"].choices
    assert ("fine-meat.png", "fine meat") in known["image"].choices
    assert known["title"].most == 90


@pytest.mark.parametrize(
    ("path", "at", "value", "line"),
    [
        (ARTICLE, "title", "Salt it: early # or late", 'title: "Salt it: early # or late"'),
        (ARTICLE, "title", "Two\nlines", "title: Two lines"),
        (
            ARTICLE,
            "interests",
            ["fine-meat", "easy-dinners"],
            "interests: [fine-meat, easy-dinners]",
        ),
        (ARTICLE, "from", "2026-12-24", "from: 2026-12-24"),
        (ARTICLE, "title", "", 'title: ""'),
        (OFFER, "budget.impressions", "500", "  impressions: 500"),
        (OFFER, "eligibility.countries", ["US", "NO"], "  countries: [US, 'NO']"),
        (BRAND, "colours.light.link", "#ff0000", '    link: "#ff0000" # teal'),
        (EDITION, "slots.hero", "0", "  hero: 0        # the large story at the top"),
        (EDITION, "subject", 'Say "yes"', 'subject: Say "yes"'),
        (INTERESTS, "interests.dining.phrase", "good food", "    phrase: good food"),
        (
            INTERESTS,
            "interests.dining.categories",
            ["5811", "5812", "5813"],
            '    categories: ["5811", "5812", "5813"]   # caterers; restaurants',
        ),
        (EDITION, "slots.briefs", "4", "  briefs: 4      # short ones, one column"),
        (ARTICLE, "body", "New words.\n\nTwo paragraphs.\n", "New words."),
    ],
)
def test_one_value_changes_one_line(path: str, at: str, value: object, line: str):
    assert line in changed(path, (at, value))
    whole = filled(ROOT, path, text_of(path), tuple(at.split(".")), value)
    assert (
        YamlFile.parse(path, whole.split("---")[1] if path.endswith(".md") else whole).findings
        == ()
    )


def test_what_need_not_be_there_is_taken_out_when_it_is_emptied():
    text = filled(ROOT, OFFER, text_of(OFFER), ("budget", "impressions"), "")
    assert "budget" not in text
    assert "from" not in filled(ROOT, ARTICLE, text_of(ARTICLE), ("from",), "").split("---")[1]


def test_what_is_not_there_yet_is_added():
    assert changed(ARTICLE, ("purpose", "service")) == ["purpose: service"]
    without = filled(ROOT, ARTICLE, text_of(ARTICLE), ("until",), "")
    assert "until: 2027-01-01" in filled(ROOT, ARTICLE, without, ("until",), "2027-01-01")


HAND_WRITTEN = """\
# Ours.
slots:
  hero: 1        # one is enough
  # and below it
  stories: 4
window: {opens: 2026-12-03, days: 2}   # two
audience:
  exclude: {segments: [s004]}
"""


@pytest.mark.parametrize(
    ("at", "value", "lines"),
    [
        ("slots.briefs", "3", ["  briefs: 3"]),
        ("window.days", "3", ["window:", "  opens: 2026-12-03", "  days: 3"]),
        ("audience.exclude.locales", "[de]", ["    - s004", "    locales:", "    - de"]),
        ("audience.countries", "[US]", ["  countries:", "  - US"]),
        ("tones.warm.subject", "Come in", ["tones:", "  warm:", "    subject: Come in"]),
    ],
)
def test_what_is_not_there_yet_is_added_and_comments_around_it_stay(
    at: str, value: str, lines: list[str]
):
    text = Text("a.yaml", HAND_WRITTEN).with_value(tuple(at.split(".")), value, keep=False)
    assert "\n".join(lines) in text
    kept = [line for line in HAND_WRITTEN.splitlines() if not line.startswith(("window", "  ex"))]
    assert [line for line in text.splitlines() if line in kept] == kept


@pytest.mark.parametrize("at", ["slots.briefs", "tones.warm.subject", "window.until"])
def test_what_is_not_there_is_taken_out_of_nothing(at: str):
    text = Text("a.yaml", HAND_WRITTEN).with_value(tuple(at.split(".")), "", keep=False)
    assert text == HAND_WRITTEN


def test_the_last_of_a_table_takes_the_table_out():
    at = ("audience", "exclude", "segments")
    assert "audience" not in Text("a.yaml", HAND_WRITTEN).with_value(at, "", keep=False)


def test_an_interest_is_named_in_a_form_and_categories_with_comments_keep_to_the_code():
    known = fields(INTERESTS)
    assert known["interests.fine-meat.name"].value == "Butcher & grill"
    assert "interests.dining.categories" in known
    assert "interests.fine-meat.categories" not in known


def test_a_field_knows_the_line_that_it_stands_on_alone():
    known, text = fields(ARTICLE), text_of(ARTICLE).splitlines()
    assert text[known["title"].line - 1].startswith("title:")
    assert known["by"].line == 0


def test_a_field_nobody_asked_for_changes_nothing():
    assert changed(ARTICLE, ("item_id", "other"), ("evil", "x"), ("title.deeper", "x")) == []


@pytest.mark.parametrize("text", ["", "---\n", "no front matter", "---\ntitle: [\n---\nx", "\0"])
def test_a_file_that_cannot_be_read_has_no_fields_and_no_traceback(text: str):
    assert all(field.at == ("body",) or field for field in form_of(ROOT, ARTICLE, text))


def test_a_new_article_knows_its_file_its_day_and_its_link():
    path, text = begun(ROOT, "article", "  Éclairs, & how to fill them ")
    assert path == "content/articles/eclairs-how-to-fill-them.md"
    assert "title: Éclairs, & how to fill them\n" in text
    assert "link: https://larkfield.example/stories/eclairs-how-to-fill-them" in text
    assert {field.at[0] for field in form_of(ROOT, path, text)} >= {"title", "teaser", "body"}


@pytest.mark.parametrize("title", ["", "!!!", "Dry steak, hot pan"])
def test_a_title_that_makes_no_new_file_is_refused(title: str):
    from cardletter.errors import CardletterError

    with pytest.raises(CardletterError):
        begun(ROOT, "article", title)
