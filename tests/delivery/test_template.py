"""A letter as an inline template of SES: each field twice, and nothing that SES would guess at."""

import html
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardletter.delivery.message import Letter
from cardletter.delivery.template import LONGEST_TEMPLATE, fields_given, template_of
from cardletter.errors import LetterError
from cardletter.rehearsal.rendering import rendered, template
from cardletter.templates import FIELDS, Rendered
from mailing import LETTER, SENDER, recipient


def letter(subject: str = "Hi", page: str = "<p>Hi</p>", text: str = "Hi") -> Letter:
    return Letter("v7", Rendered(subject, page, text), SENDER, Path("nowhere"))


def parts(of: Letter) -> Mapping[str, str]:
    content: Mapping[str, str] = template_of(of).content["TemplateContent"]  # type: ignore[assignment]
    return content


def test_fields_stand_escaped_in_the_html_and_plain_elsewhere():
    made = parts(letter("{{greeting}}", "<p>{{greeting}} {{preferences_url}}</p>", "{{greeting}}"))
    assert made == {
        "Subject": "{{greeting}}",
        "Html": "<p>{{greeting_html}} {{preferences_url_html}}</p>",
        "Text": "{{greeting}}",
    }


def test_a_members_values_are_each_given_twice():
    data = json.loads(template_of(LETTER).data(recipient(0, greeting="Dear <Bo> & co,")))
    assert set(data) == {*FIELDS, *(f"{name}_html" for name in FIELDS)}
    assert data["greeting"] == "Dear <Bo> & co,"
    assert data["greeting_html"] == "Dear &lt;Bo&gt; &amp; co,"


TRIED = Letter("v8", Rendered("One & {{greeting}}", "<p>Hi</p>", "Hi", "Two"), SENDER, Path("no"))


@pytest.mark.parametrize(
    ("arm", "subject"), [("", "One & Dear Bo,"), ("a", "One & Dear Bo,"), ("b", "Two")]
)
def test_where_two_subjects_are_tried_each_member_gets_the_one_of_their_arm(arm: str, subject: str):
    made = template_of(TRIED)
    made.prove(recipient(0))
    data = json.loads(made.data(recipient(0, greeting="Dear Bo,", arm=arm)))
    assert rendered(parts(TRIED)["Subject"], data) == subject


def test_a_subject_that_is_tried_has_no_braces_that_are_no_field():
    bad = Letter("v9", Rendered("One", "<p>Hi</p>", "Hi", "{{points}}"), SENDER, Path("no"))
    with pytest.raises(LetterError, match="its subject has braces that are no field"):
        template_of(bad).prove(recipient(0))


@given(greeting=st.text(min_size=1), other=st.text(min_size=1))
@settings(max_examples=150, deadline=None)
def test_any_value_comes_out_of_ses_as_it_went_in(greeting: str, other: str):
    """As the stand-in fills templates in: once, and with no escaping of its own."""
    page = "<p title='{{greeting}}'>{{greeting}}|{{preferences_url}}</p>"
    made = parts(letter(page=page, text="{{greeting}}|{{preferences_url}}"))
    data = json.loads(
        template_of(LETTER).data(recipient(0, greeting=greeting, preferences_url=other))
    )
    one, two = html.escape(greeting), html.escape(other)
    assert rendered(made["Text"], data) == f"{greeting}|{other}"
    assert rendered(made["Html"], data) == f"<p title='{one}'>{one}|{two}</p>"
    assert template(made["Subject"], made["Html"], made["Text"]).missing(data) == ""


@pytest.mark.parametrize("part", ["subject", "page", "text"])
@pytest.mark.parametrize(
    "wrong",
    [
        "{{first_name}}",
        "{{ greeting }}",
        "{{greeting_htm}}",
        "{{Greeting}}",
        "{{}}",
        "{{greeting",
        "greeting}}",
        "{{#if greeting}}x{{/if}}",
        "{{{greeting}}}",
        "{{{{greeting}}}}",
        "{{!x}}",
        "\\{{greeting}}",
        "{{greeting}}}",
        "{{{greeting}}",
    ],
)
def test_braces_that_ses_would_guess_at_are_refused(part: str, wrong: str):
    with pytest.raises(LetterError, match=rf"Variant v7 .* its {part.replace('page', 'html')} has"):
        template_of(letter(**{part: f"Hello {wrong}"})).prove(recipient())


@pytest.mark.parametrize("fine", ["{greeting}", "{ {greeting} }", "a {b} c", "p{color:red}", "} {"])
def test_single_braces_are_text(fine: str):
    template_of(letter(fine, f"<p>{fine}</p>", fine)).prove(recipient())


def test_a_letter_that_is_right_is_proved():
    template_of(LETTER).prove(recipient())


@pytest.mark.parametrize("more", [0, 1])
def test_a_letter_is_not_larger_than_ses_takes(more: int):
    heavy = letter("", "", "é" * ((LONGEST_TEMPLATE) // 2) + "x" * more)
    if more:
        with pytest.raises(LetterError, match="more than 500,000 bytes"):
            template_of(heavy).prove(recipient())
    else:
        template_of(heavy).prove(recipient())


def test_pictures_need_an_address():
    with pytest.raises(LetterError, match="set assets_url"):
        template_of(letter(page='<img src="../../pictures/a.png">')).prove(recipient())


@pytest.mark.parametrize("missing", FIELDS)
def test_a_field_without_a_value_is_seen(missing: str):
    assert fields_given(recipient())
    assert not fields_given(recipient(0, **{missing: ""}))
