"""Template files as written: tags that do not fit, and MJML that the compiler lets through."""

from pathlib import Path

import pytest

from cardletter.errors import Finding
from cardletter.templates.lint_mjml import components, look_over_mjml, nesting
from cardletter.templates.lint_source import Written, balance
from cardletter.typesetting.marks import unmark

PATH = "templates/blocks/a.mjml"


def told(findings: list[Finding]) -> list[tuple[int, str]]:
    assert {each.path for each in findings} <= {PATH}
    return sorted((each.line, each.message) for each in findings)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("<mj-text>\nHello", 1, "<mj-text> is never closed"),
        ("<mj-text>\n<p>Hello</mj-text>", 2, "<p> is never closed"),
        ("<mj-text>\n<b>x</i></b></mj-text>", 2, "</i> closes nothing"),
        ("\n\n</mj-section>", 3, "</mj-section> closes nothing"),
        ("<mj-text>\nunder 3 < 5</mj-text>", 2, "a < that begins no tag"),
        ("<p>\n<mj-image src='x'\n</p>", 2, "a < that begins no tag"),
        (
            "{% for a in b %}\n<p>\n{% endfor %}",
            2,
            "<p> is opened or closed in one branch of `for`",
        ),
        ("{% if a %}\n<p>\n{% endif %}", 2, "<p> is opened or closed in one branch of `if` only"),
        ("{% if a %}<p>\n{% else %}<b>{% endif %}", 1, "<p> is opened or closed in one branch"),
        ("{% macro a() %}\n<p>\n{% endmacro %}", 2, "<p> is never closed"),
    ],
)
def test_a_tag_that_does_not_fit_is_told_at_its_line(text: str, line: int, says: str):
    found = told(list(balance(Written(PATH, text))))
    assert found[0][0] == line
    assert says in found[0][1]


@pytest.mark.parametrize(
    "text",
    [
        "<p>a<br>b<br/><img src='x'></p>",
        "{% if a %}<p>{% else %}<p class='x'>{% endif %}</p>",
        "{% if a < b %}<a>{% endif %}x{% if a < b %}</a>{% endif %}",
        "{% macro a() %}<p>{{ caller() }}</p>{% endmacro %}<b>{% call a() %}x{% endcall %}</b>",
        "{# a < b and </p> #}<!-- </b> -->{{ '<p>' }}{% raw %}<p></p>{% endraw %}",
        '<td class="{{ "a" if b > c else "d" }}"{% if x < y %} width="1"{% endif %}></td>',
        "<mj-style>a > b { color: red } /* </p> */</mj-style>",
        "{% for a in b %}<p>x</p>{% else %}<b>none</b>{% endfor %}",
    ],
)
def test_what_fits_in_every_branch_is_no_finding(text: str):
    assert list(balance(Written(PATH, text))) == []


@pytest.mark.parametrize(
    ("text", "line", "says", "hint"),
    [
        ("\n<mj-txt>x</mj-txt>", 2, "<mj-txt> is no MJML component", "is it mj-text?"),
        ("<mj-text\n colour='red'>x</mj-text>", 2, "<mj-text> has no attribute colour", "color"),
        ("<mj-all paddin='0' />", 1, "<mj-all> has no attribute paddin", "is it padding?"),
        ("\n<mj-include path='../x' />", 2, "<mj-include> is refused", "blocks"),
        ("<mj-raw>\n<script>1</script></mj-raw>", 2, "<script> does not work in mail", "take it"),
        ("<mj-text><form></form></mj-text>", 1, "<form> does not work in mail", "take it out"),
        (
            "<mj-text><iframe></iframe></mj-text>",
            1,
            "<iframe> does not work in mail",
            "take it out",
        ),
        ("<mj-html-attributes />", 1, "<mj-html-attributes> is not known to our MJML", "take"),
        ("<mj-text><p class=a>x</p></mj-text>", 1, "the value of class has no quotes", 'class="'),
    ],
)
def test_mjml_that_breaks_a_letter_is_an_error(text: str, line: int, says: str, hint: str):
    found = list(look_over_mjml(Written(PATH, text)))
    assert [(each.line, each.message, each.severity) for each in found] == [(line, says, "error")]
    assert hint in found[0].hint


@pytest.mark.parametrize(
    ("text", "says", "hint"),
    [
        ("<mj-text align='middle'>x</mj-text>", "align of <mj-text> cannot be 'middle'", "one of"),
        (
            "<mj-text font-size='17'>x</mj-text>",
            "font-size of <mj-text> cannot be '17'",
            "unit: px",
        ),
        ("<mj-image src='x' fluid-on-mobile='yes' />", "cannot be 'yes'", "true or false"),
        ("<mj-section padding='1px 2px 3px 4px 5px' />", "padding of <mj-section> cannot", "px"),
        ("<mj-text color='#12345'>x</mj-text>", "color of <mj-text> cannot be '#12345'", "#1f2a30"),
        ("<mj-text><tabel></tabel></mj-text>", "<tabel> is no HTML tag", "is it table?"),
    ],
)
def test_mjml_that_is_only_passed_over_is_a_warning(text: str, says: str, hint: str):
    found = list(look_over_mjml(Written(PATH, text)))
    assert [each.severity for each in found] == ["warning"]
    assert says in found[0].message
    assert hint in found[0].hint


@pytest.mark.parametrize(
    "text",
    [
        '<mjml lang="{{ lang }}" dir="auto"><mj-body width="600px" /></mjml>',
        '<mj-section padding="0 20px" css-class="a" mj-class="b" full-width="full-width" />',
        '<mj-image src="{{ x }}" width="{{ w }}px" alt="" padding-top="0" />',
        '<mj-class name="a" inner-background-color="red" width="20px" />',
        '<mj-text color="{{ c }}" line-height="1" letter-spacing="-1px">x</mj-text>',
        "<mj-text><o:p>x</o:p><section><mark>y</mark></section></mj-text>",
    ],
)
def test_right_mjml_is_no_finding(text: str):
    assert list(look_over_mjml(Written(PATH, text))) == []


@pytest.mark.parametrize(
    ("body", "says", "hint"),
    [
        ("<mj-text>x</mj-text>", "<mj-text> cannot stand in <mj-body>", "in <mj-column>"),
        ("<mj-section><mj-text>x</mj-text></mj-section>", "cannot stand in <mj-section>", "column"),
        ("<mj-section><div>x</div></mj-section>", "<div> stands in <mj-section>", "<mj-text>"),
        ("<mj-section>words</mj-section>", "'words' stands in <mj-section>", "<mj-text>"),
        ("<mj-wrapper><mj-column /></mj-wrapper>", "<mj-column> cannot stand in", "<mj-section>"),
        (
            "<mj-section><mj-column><mj-text><mj-image /></mj-text></mj-column></mj-section>",
            "<mj-image> cannot stand in <mj-text>",
            "<mj-column>",
        ),
    ],
)
def test_a_component_in_the_wrong_place_is_an_error(body: str, says: str, hint: str):
    found = list(nesting(*unmark(f"<mjml><mj-body>{body}</mj-body></mjml>", PATH)))
    assert len(found) == 1
    assert (found[0].path, found[0].severity) == (PATH, "error")
    assert says in found[0].message
    assert hint in found[0].hint


def test_anything_may_have_its_defaults_in_the_head():
    inside = "<mj-attributes><mj-all /><mj-text /><mj-class name='a' /></mj-attributes>"
    mjml = f"<mjml><mj-head>{inside}</mj-head><mj-body></mj-body></mjml>"
    assert list(nesting(*unmark(mjml, PATH))) == []


def test_the_table_of_components_is_that_of_npm_mjml():
    assert {"mj-text", "mj-section", "mj-social-element", "mj-carousel-image"} <= set(components())
    assert components()["mj-section"].children == {"mj-column", "mj-group", "mj-raw"}


def test_windows_lines_and_a_byte_order_mark_change_no_line(tmp_path: Path):
    (tmp_path / "a.mjml").write_bytes("﻿<mj-text>\r\nx</mj-text>\r\n</p>".encode())
    written = Written.read(tmp_path, "a.mjml")
    assert [(each.line, each.message) for each in balance(written)] == [(3, "</p> closes nothing")]
