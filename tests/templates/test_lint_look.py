"""How text is seen: contrast by WCAG, in light and in dark mode, as styles come down to it."""

from pathlib import Path

import pytest

from cardletter.templates.lint_css import Colour, colour, contrast, inline
from cardletter.templates.lint_page import PageReader

DARK = "<style>@media (prefers-color-scheme: dark) {{ {} }}</style>"


def seen(body: str, dark: str = "", around: str = "") -> list[dict[str, object]]:
    head = "<title>x</title>" + (DARK.format(dark) if dark else "")
    page = f'<html lang="en" dir="ltr"><head>{head}</head><body {around}>{body}</body></html>'
    spots = PageReader(Path(), ()).read(page, "en").spots
    return [dict(each.values) for each in spots if each.check == "contrast"]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000", "#fff", 21.0), ("#777", "#fff", 4.48), ("#fff", "#fff", 1.0), ("#00f", "#fff", 8.59)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float):
    first, second = colour(one), colour(other)
    assert first
    assert second
    assert round(contrast(first, second), 2) == ratio


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('<p style="color:#777">x</p>', 1),
        ('<p style="color:#767676">x</p>', 0),
        ('<p style="color:#949494;font-size:24px">x</p>', 0),
        ('<p style="color:#949494;font-size:23px">x</p>', 1),
        ('<p style="color:#949494;font-size:19px;font-weight:bold">x</p>', 0),
        ('<p style="color:#949494;font: bold 19px/20px Arial">x</p>', 0),
        ('<h1 style="color:#949494">x</h1>', 0),
        ('<h1 style="color:#949494;font-size:14px">x</h1>', 1),
        ('<div style="color:#777"><p><b>x</b></p></div>', 1),
        ('<div style="background:#000"><p style="color:#777">x</p></div>', 0),
        ('<table role="presentation" bgcolor="#333333"><tr><td>x</td></tr></table>', 1),
        ('<p style="color:rgba(0,0,0,.3)">x</p>', 1),
        ('<p style="color:#eee;display:none">x</p>', 0),
        ('<p style="color:#eee;font-size:0">x</p>', 0),
        ('<p style="color:#eee">&nbsp;</p>', 0),
        ('<div style="background:#036"><a href="https://a.example">A story</a></div>', 1),
        ('<img src="x" alt="A lark" width="9" style="color:#eee">', 1),
        ('<font color="#eeeeee">x</font>', 1),
    ],
)
def test_text_that_is_hard_to_read_is_found(body: str, found: int):
    assert len(seen(body)) == found


def test_a_finding_says_the_colours_the_mode_and_what_is_asked():
    assert seen('<p style="color:#888">x</p>') == [
        {"text": "#888888", "ground": "#ffffff", "mode": "light", "ratio": "3.5", "least": "4.5"}
    ]


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ("body { background: #111 !important }", ["dark"]),
        ("body { background: #111 !important } p { color: #eee !important }", []),
        ("body { background: #111 } p { color: #eee }", ["dark"]),
        ("p { color: #ddd !important }", ["dark"]),
        ("div > p { color: #ddd !important } p { color: #111 !important }", ["dark"]),
        ("p::first-letter { color: #fff !important }", []),
    ],
)
def test_dark_mode_has_colours_of_its_own(rules: str, found: list[str]):
    body = '<div><p style="color:#222">x</p></div>'
    assert [each["mode"] for each in seen(body, rules, 'style="margin:0"')] == found


def test_only_an_important_rule_wins_over_a_style_of_the_element_itself():
    body = '<p style="color:#222">x</p>'
    ground = "body { background: #111 !important }"
    assert len(seen(body, f"{ground} p {{ color: #eee }}")) == 1
    assert len(seen(body, f"{ground} p {{ color: #eee !important }}")) == 0


def test_styles_are_read_as_programs_do():
    said = inline("font: bold 16px/24px Arial; background: url(x) #fff no-repeat; color: RED")
    assert (said.size, said.weight) == ("16px", "bold")
    assert (said.colour, said.ground) == (Colour(1, 0, 0), Colour(1, 1, 1))
