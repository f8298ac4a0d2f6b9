"""What mail programs lack, from data that says so; what only decorates is left alone."""

import pytest

from cardletter.templates.lint_programs import lacking, look_over_programs
from cardletter.templates.lint_source import Written

PATH = "templates/a.mjml"


def told(text: str) -> list[tuple[int, str]]:
    found = list(look_over_programs(Written(PATH, text)))
    assert {each.severity for each in found} <= {"warning"}
    return [(each.line, each.message) for each in found]


@pytest.mark.parametrize(
    ("css", "says"),
    [
        (".a { display: flex }", "display:flex does not work in Outlook for Windows"),
        (".a { display: grid }", "display:grid does not work in Outlook for Windows"),
        (".a { position: absolute }", "position does not work in Gmail"),
        (".a { width: calc(100% - 3px) }", "calc() function does not work in Outlook for Windows"),
        (".a { --wide: 3px }", "CSS Variables (Custom Properties) does not work in Gmail"),
        (".a { color: var(--x) }", "CSS Variables (Custom Properties) does not work in Gmail"),
        (".a { height: 3rem }", "rem unit does not work in Outlook for Windows"),
        (".a { background: linear-gradient(red, blue) }", "linear-gradient() does not work in"),
        (".a::before { content: 'x' }", "::before does not work in Gmail"),
        (".a:nth-child(2) { color: red }", ":nth-child does not work in Gmail"),
        ("@import url(https://a.example/a.css);", "@import loads a style from elsewhere"),
        ("@font-face { src: url(https://a.example/a) }", "a font is loaded from elsewhere"),
    ],
)
def test_a_style_that_programs_lack_is_told_at_its_line(css: str, says: str):
    found = told(f"<mj-style>\n\n{css}</mj-style>")
    assert len(found) == 1
    assert found[0][0] == 3
    assert says in found[0][1]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('<p style="display:flex">x</p>', "display:flex"),
        ("<video></video>", "<video> element"),
        ('<img src="a.webp">', "webP image format"),
        ('<img src="a.png" srcset="b.png 2x">', "srcset"),
        ('<mj-font name="a" href="https://a.example/a.css" />', "a font is loaded"),
        ('<link rel="stylesheet" href="https://a.example/a.css" />', "a font is loaded"),
    ],
)
def test_a_tag_that_programs_lack_is_told(text: str, says: str):
    found = told(f"<mj-text>\n{text}</mj-text>")
    assert [line for line, _ in found] == [2]
    assert says in found[0][1]


@pytest.mark.parametrize(
    "text",
    [
        "<mj-style>.a { border-radius: 3px; letter-spacing: 1px; text-wrap: balance }</mj-style>",
        "<mj-style>.a > p:first-child::first-letter { float: left }</mj-style>",
        "<mj-style>@media (min-width: 3px) { .a { display: flex } }</mj-style>",
        "<mj-style>.a { color: {{ colour.ink }}; padding: {{ wide }}px }</mj-style>",
        '<p style="color:red;padding:3px 2px;width:100%"><img src="{{ x }}" alt=""></p>',
    ],
)
def test_what_only_decorates_is_no_finding(text: str):
    assert told(text) == []


def test_a_finding_says_how_many_people_it_concerns():
    message = told('<p style="position:absolute">x</p>')[0][1]
    assert message == "position does not work in Gmail and Outlook for Windows (34% of opens)"
    assert lacking()["css-position"].programs == ("Gmail", "Outlook for Windows")
