"""Rendering: what people write is safe in HTML, and whole in the text."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

import little
from cardletter.content.wording import Readers
from cardletter.templates import FIELDS, PICTURES, Press, Rendered, read_variant, render
from cardletter.templates.rendering import plain
from cardletter.templates.sample import read_sample
from cardletter.workspace import Workspace
from pages import Reader


def items(context: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for slot in context["slots"].values() for item in slot]


def print_with(project: Path, **changes: str) -> Rendered:
    """Print the sample, the fields of its first story changed."""
    context = read_sample(project)
    context["slots"]["stories"][0] |= changes
    return Press(project).print(context)


def test_what_people_write_in_items_is_text_never_html(project: Path):
    title = '<script>alert("1")</script> Ben & Jo’s {pie} </a>'
    rendered = print_with(project, title=title, teaser="5 < 6 & 7 > 2", reason="<img src=x>")
    reader = Reader(rendered.html)
    assert "script" not in {tag for tag, _ in reader.tags}
    assert all(
        (given.get("src") or "").startswith(PICTURES) for tag, given in reader.tags if tag == "img"
    )
    for words in (title, "5 < 6 & 7 > 2", "<img src=x>"):
        assert words in reader.words
        assert words in rendered.text


@pytest.mark.parametrize("field", ["link", "title"])
def test_a_quote_in_an_item_ends_no_attribute(project: Path, field: str):
    value = 'https://larkfield.example/?a=1&b="><b onclick=x>'
    reader = Reader(print_with(project, **{field: value}).html)
    assert not any("onclick" in given for _, given in reader.tags)
    if field == "link":
        assert value in [given.get("href") for _, given in reader.tags]


def test_the_title_is_the_letters_name_whichever_subject_a_member_gets(project: Path):
    context = read_sample(project)
    context["edition"] |= {"subject": "Tea & <cake> for Zoë", "subject_b": "Another"}
    context["brand"]["name"] = "Ann & Bo's <letter>"
    rendered = Press(project).print(context)
    assert (rendered.subject, rendered.subject_b) == ("Tea & <cake> for Zoë", "Another")
    titles = re.findall(r"<title>(.*?)</title>", rendered.html, re.DOTALL)
    day = context["edition"]["date"]
    assert [html.unescape(title).strip() for title in titles] == [f"Ann & Bo's <letter>, {day}"]


def test_html_of_an_items_own_text_is_escaped_and_its_markdown_is_not(
    project: Path, desk: Workspace, monkeypatch: pytest.MonkeyPatch
):
    # Even if the catalogue did not refuse such a text.
    monkeypatch.setattr(Readers, "look_over", lambda *_: ())
    file = project / "content/articles/a-winter-walk.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text + "\n<img src=x onerror=y> and **strong** & [bad](javascript:z)\n", encoding="utf-8"
    )
    edition = little.LETTER + "fixed: {hero: [a-winter-walk]}\n"
    little.put(project, f"content/editions/{little.EDITION}.yaml", edition)
    little.prepare(project)
    pages = [
        file.read_text(encoding="utf-8")
        for file in desk.root.glob("editions/.2026-12.preparing/variants/*/index.html")
    ]
    assert len(pages) == 3
    for page in pages:
        reader = Reader(page)
        assert "<img src=x onerror=y>" in reader.words
        assert "strong" in {tag for tag, _ in reader.tags}
        assert not any("javascript" in (given.get("href") or "") for _, given in reader.tags)


def test_fields_come_through_verbatim_in_html_and_text(desk: Workspace):
    for variant_id in set(little.variants(desk).values()):
        rendered = read_variant(desk, variant_id)
        reader = Reader(rendered.html)
        links = [given.get("href") for _, given in reader.tags]
        assert "{{greeting}}" in reader.words
        assert links.count("{{unsubscribe_url}}") == 1
        assert links.count("{{preferences_url}}") == 2
        for field in FIELDS:
            assert "{{" + field + "}}" in rendered.text
        assert len(re.findall(r"\{\{|\}\}|\{%", rendered.text)) == 2 * rendered.text.count("{{")


def test_styles_are_inlined_and_what_cannot_be_stays_in_the_head(project: Path):
    page = Press(project).print(read_sample(project)).html
    assert "@media only screen and (max-width:479px)" in page
    assert "prefers-color-scheme" in page
    assert not any(tag.startswith("mj-") for tag, _ in Reader(page).tags)
    headline = next(given for tag, given in Reader(page).tags if given.get("class") == "headline")
    assert "font-size: 36px" in (headline["style"] or "")


def test_the_text_twin_has_every_item_every_link_and_the_postal_address(project: Path):
    context = read_sample(project)
    rendered = Press(project).print(context)
    assert len(items(context)) == 12
    for item in items(context):
        said = item["body_text"] if item["block"] == "coach_note" else item["teaser"]
        for words in (item["title"], item["link"], said, item["terms"], item["merchant"]):
            assert words in rendered.text
    for words in (context["brand"]["postal_address"], context["brand"]["name"]):
        assert words in rendered.text
    assert "<p>" not in rendered.text
    assert "&amp;" not in rendered.text
    assert "\n\n\n" not in rendered.text


def test_empty_slots_leave_a_letter_that_still_says_who_writes(project: Path):
    context = read_sample(project)
    context["slots"] = {slot: [] for slot in context["slots"]}
    rendered = Press(project).print(context)
    assert context["brand"]["postal_address"] in html.unescape(rendered.html)
    assert "Worth reading" not in rendered.html + rendered.text


def test_rendering_twice_gives_the_same_files(desk: Workspace):
    files = sorted(desk.file("variants").rglob("*.*"))
    before = [file.read_bytes() for file in files]
    render(desk)
    assert [file.read_bytes() for file in files] == before
    assert len(files) == 9


def test_a_variant_names_its_segment_by_phrase_and_the_generic_one_does_not(desk: Workspace):
    variants = little.variants(desk)
    phrases = {each["segment_id"]: each["phrase"] for each in desk.read_json("segments.json")}
    for segment_id, variant_id in variants.items():
        text = read_variant(desk, variant_id).text
        if segment_id == "everyone":
            assert "a little of everything" in text
        else:
            assert f"put together for members who enjoy {phrases[segment_id]}." in text


def test_with_an_assets_url_pictures_are_served_from_there(
    desk: Workspace, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CARDLETTER_ASSETS_URL", "https://cdn.larkfield.example/2026-12/")
    render(desk)
    page = read_variant(desk, little.variants(desk)["s001"]).html
    pictures = [given["src"] for tag, given in Reader(page).tags if tag == "img"]
    assert "https://cdn.larkfield.example/2026-12/logo.png" in pictures
    assert PICTURES not in page


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("First **this**, then *that*.", "First this, then that."),
        ("See [the guide](https://a.example/x).", "See the guide (https://a.example/x)."),
        ("snake_case and 2 * 3 * 4 stay", "snake_case and 2 * 3 * 4 stay"),
        ("- one\n- two", "- one\n- two"),
    ],
)
def test_markdown_reads_as_plain_text(markdown: str, text: str):
    assert plain(markdown) == text


def test_the_samples_fields_are_marked_so_that_they_are_not_escaped(project: Path):
    member = read_sample(project)["member"]
    assert member == {field: "{{" + field + "}}" for field in FIELDS}
    assert all(isinstance(value, Markup) for value in member.values())
