"""A letter's page: what mail programs and readers would stumble over, and what is right."""

from pathlib import Path

import pytest

from cardletter.templates.lint_checks import CHECKS
from cardletter.templates.lint_page import PageReader

OWN = "../../pictures/"
HEAD = "<title>A letter</title>"


@pytest.fixture
def reader(tmp_path: Path) -> PageReader:
    for name, size in (("a.png", 10), ("heavy.png", 200_001), ("huge.png", 1_000_001)):
        (tmp_path / name).write_bytes(b"0" * size)
    return PageReader(tmp_path, (OWN,))


def page(body: str, html: str = 'lang="en" dir="ltr"', head: str = HEAD) -> str:
    first = "" if "<h1" in body else "<h1>Letter</h1>"
    return f"<!doctype html><html {html}><head>{head}</head><body>{first}{body}</body></html>"


def found(reader: PageReader, text: str, lang: str = "en") -> dict[str, str]:
    """Give the checks that find something, and what they say."""
    spots = reader.read(text, lang).spots
    return {each.check: CHECKS[each.check].says.format(**dict(each.values)) for each in spots}


@pytest.mark.parametrize(
    ("url", "check"),
    [
        ("http://a.example/x", "relative"),
        ("//a.example/x", "relative"),
        ("/offers", "relative"),
        ("offers.html", "relative"),
        ("javascript:alert(1)", "relative"),
        (" JavaScript:alert(1)", "relative"),
        ("java&#115;cript:alert(1)", "relative"),
        ("data:text/html,x", "relative"),
        ("https://", "broken"),
        ("https://localhost/x", "broken"),
        ("https://a..example/x", "broken"),
        ("https://a.example/a b", "broken"),
        ("https://user@a.example/x", "broken"),
        ("https://192.0.2.7/x", "broken"),
        ("https://a.example:http/x", "broken"),
        ("mailto:nobody", "broken"),
        ("https://bit.ly/3xyz", "shortened"),
        ("https://a.example/?to=ada%40mail.example.org", "personal"),
        ("#nowhere", "dead_anchor"),
        ("", "no_target"),
        ("#", "no_target"),
    ],
)
def test_a_link_that_leads_wrong_is_found(reader: PageReader, url: str, check: str):
    assert list(found(reader, page(f'<a href="{url}">A story</a>'))) == [check]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://a.example/?a=1&amp;b=2#part">A story</a>',
        '<a href="mailto:letter@larkfield.example?subject=Hi">Write to us</a>',
        '<a href="#top">Up</a><p id="top">x</p>',
        '<a href="#named">Up</a><a name="named"></a>',
        '<a href="{{unsubscribe_url}}">Unsubscribe</a>',
        '<a href="https://a.example/x" aria-label="Read on: A story">Read on</a>',
        '<a href="https://www.a.example/x">a.example</a>',
        f'<a href="https://a.example/x"><img src="{OWN}a.png" alt="A lark" width="9"></a>',
        '<a href="https://münchen.example/x">Munich</a>',
    ],
)
def test_a_right_link_is_no_finding(reader: PageReader, link: str):
    assert found(reader, page(link)) == {}


@pytest.mark.parametrize(
    ("link", "check", "says"),
    [
        ('<a href="https://a.example/x"></a>', "no_words", "a link has no words"),
        ('<a href="https://a.example/x">&nbsp;</a>', "no_words", "a link has no words"),
        (
            f'<a href="https://a.example/x"><img src="{OWN}a.png" alt="" width="9"></a>',
            "no_words",
            "a link has no words",
        ),
        ('<a href="https://a.example/x">Click  here!</a>', "vague", "says only 'Click here!'"),
        ('<a href="https://a.example/x">mehr</a>', "vague", "says only 'mehr'"),
        ('<a href="https://b.example/x">https://a.example/x</a>', "disguised", "goes to b.example"),
        ('<a href="https://b.example/x">www.a.example</a>', "disguised", "says 'www.a.example'"),
    ],
)
def test_a_link_says_where_it_leads(reader: PageReader, link: str, check: str, says: str):
    told = found(reader, page(link))
    assert list(told) == [check]
    assert says in told[check]


@pytest.mark.parametrize(
    ("image", "check"),
    [
        (f'<img src="{OWN}a.png" width="9">', "no_alt"),
        (f'<img src="{OWN}a.png" alt="IMG_2041.png" width="9">', "alt_is_name"),
        (f'<img src="{OWN}a.png" alt="">', "no_size"),
        (f'<img src="{OWN}none.png" alt="" width="9">', "no_picture"),
        ('<img src="" alt="" width="9">', "no_picture"),
        (f'<img src="{OWN}heavy.png" alt="" width="9">', "heavy"),
        (f'<img src="{OWN}huge.png" alt="" width="9">', "too_heavy"),
        ('<img src="http://a.example/x.png" alt="" width="9">', "relative"),
        ('<table role="presentation" background="http://a.example/x.png"></table>', "relative"),
        ('<p style="background: url(http://169.254.169.254/x)">x</p>', "relative"),
    ],
)
def test_a_picture_that_is_not_seen_is_found(reader: PageReader, image: str, check: str):
    assert list(found(reader, page(image))) == [check]


@pytest.mark.parametrize(
    ("body", "checks"),
    [
        ("<h2>Stories</h2>", ["no_heading"]),
        ("<h1>A</h1><h1>B</h1>", ["many_headings"]),
        ("<h1>A</h1><h3>B</h3>", ["skipped_heading"]),
        ("<h1>A</h1><h2> &nbsp;</h2>", ["empty_heading"]),
        ("<h1>A</h1><h2>B</h2><h3>C</h3><h2>D</h2><h3>E</h3>", []),
        ('<h1>A</h1><p id="a">x</p><p id="a">y</p>', ["same_id"]),
        ("<h1>A</h1><table><tr><td>x</td></tr></table>", ["read_table"]),
        ("<h1>A</h1><table><tr><th>x</th></tr></table>", []),
        ("<h1>A</h1><script>x</script>", ["no_script"]),
        ("<h1>A</h1><p>TODO: write this</p>", ["leftover"]),
        ("<h1>A</h1><p>Lorem  ipsum dolor</p>", ["leftover"]),
        ("<h1>A</h1><p>A Todorov and a methodology</p>", []),
        (
            '<h1>A</h1><table role="presentation">' + "<tr><td>x</td></tr>" * 61 + "</table>",
            ["huge_table"],
        ),
    ],
)
def test_the_order_of_a_page_is_looked_at(reader: PageReader, body: str, checks: list[str]):
    headed = body if "<h1" in body else f"{body}<!-- no <h1 is put before it -->"
    assert list(found(reader, page(headed))) == checks


@pytest.mark.parametrize(
    ("html", "lang", "checks"),
    [
        ('lang="en" dir="ltr"', "en", []),
        ('lang="en" dir="auto"', "en-GB", []),
        ('lang="und" dir="auto"', "en", ["no_lang"]),
        ('dir="ltr"', "en", ["no_lang"]),
        ('lang="de" dir="ltr"', "en", ["other_lang"]),
        ('lang="en"', "en", ["no_dir"]),
        ('lang="ar" dir="ltr"', "ar", ["wrong_dir"]),
        ('lang="ar" dir="rtl"', "ar", []),
    ],
)
def test_a_letter_says_its_language_and_direction(
    reader: PageReader, html: str, lang: str, checks: list[str]
):
    assert list(found(reader, page("x", html), lang)) == checks


def test_a_letter_without_a_title_is_found(reader: PageReader):
    assert list(found(reader, page("x", head="<title> </title>"))) == ["no_title"]


def test_what_stands_for_outlook_alone_and_words_of_any_script_are_no_finding(reader: PageReader):
    text = "<!--[if mso]><table><tr><td><img src='x'></td></tr></table><![endif]-->"
    assert found(reader, page(f"{text}<p>👩‍👩‍👧 café مرحبا שלום</p>")) == {}


def test_a_column_that_comes_again_is_found_in_every_letter(reader: PageReader):
    column = '<div class="mj-column-per-100"><p id="a">TODO</p><a href="#a">A story</a></div>'
    first = reader.read(page(column), "en")
    again = reader.read(page(f"<p>Hello</p>{column}"), "en")
    assert [each.check for each in first.spots] == [each.check for each in again.spots]
    assert [each.check for each in again.spots] == ["leftover"]


def test_the_same_column_on_another_ground_is_looked_at_anew(reader: PageReader):
    column = '<div class="mj-column-per-100"><p style="color:#777">x</p></div>'
    white = reader.read(page(f'<div style="background:#fff">{column}</div>'), "en")
    black = reader.read(page(f'<div style="background:#000">{column}</div>'), "en")
    assert [each.check for each in white.spots] == ["contrast"]
    assert black.spots == []


def test_found_things_know_the_line_they_came_from(reader: PageReader):
    at = 'data-source="templates/blocks/hero.mjml:12"'
    spots = reader.read(page(f"<p {at}>TODO</p>"), "en").spots
    assert [str(each.source) for each in spots] == ["templates/blocks/hero.mjml:12"]
