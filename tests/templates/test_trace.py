"""The trace: every part of a letter knows its line of a template; the letter bears no mark."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cardletter.errors import FilesError
from cardletter.templates import Press, Source, Traced
from cardletter.templates.sample import read_sample
from cardletter.typesetting.tags import unbalanced

PAGE = "templates/newsletter.mjml"
SECTION = "<mj-section><mj-column>{}</mj-column></mj-section>"
Insert = Callable[..., int]


@pytest.fixture(scope="module")
def traced(rendered_project: Path) -> Traced:
    return Press(rendered_project).trace(read_sample(rendered_project))


def source_of(traced: Traced, beginning: str) -> Source:
    """Give the source of the first element whose HTML begins so."""
    html = traced.rendered.html
    return next(s for at, s in traced.elements if html.startswith(beginning, at))


def line_of(project: Path, path: str, text: str) -> Source:
    lines = (project / path).read_text(encoding="utf-8").splitlines()
    return Source(path, next(n for n, line in enumerate(lines, 1) if text in line))


def test_a_letter_that_is_traced_is_the_letter_that_is_sent(rendered_project: Path, traced: Traced):
    assert traced.rendered == Press(rendered_project).print(read_sample(rendered_project))
    assert not re.search("cardletter-at|[\ue000\ue001]", traced.rendered.html + traced.mjml)


@pytest.mark.parametrize(
    ("element", "block", "code"),
    [
        ('<h2 class="headline"', "hero", '<h2 class="headline">'),
        ('<img class="mark"', "header", '<img class="mark"'),
        ('<img class="picture"', "picture", '<img class="picture"'),
        ('<td class="numeral"', "briefs", '<td class="numeral"'),
        ('<td class="stub"', "offer", 'css-class="stub"'),
        ('<p class="reason"', "reason", '<p class="reason">'),
    ],
)
def test_an_element_knows_its_line(
    rendered_project: Path, traced: Traced, element: str, block: str, code: str
):
    expected = line_of(rendered_project, f"templates/blocks/{block}.mjml", code)
    assert source_of(traced, element) == expected


def test_what_mjml_adds_belongs_to_the_component_it_stands_in(
    rendered_project: Path, traced: Traced
):
    panel = source_of(traced, '<div class="panel"')
    assert panel == line_of(rendered_project, "templates/blocks/briefs.mjml", "<mj-section")
    html = traced.rendered.html
    place = html.index('<div class="panel"')
    table = next(source for at, source in traced.elements if at > place)
    assert table == panel


def test_every_start_tag_has_a_source_and_looking_at_them_changes_nothing_else(traced: Traced):
    annotated = traced.annotated()
    marked = re.findall(r' data-source="([^"]*)"', annotated)
    assert marked == [str(source) for _, source in traced.elements]
    assert re.sub(r' data-source="[^"]*"', "", annotated) == traced.rendered.html


def test_every_line_of_the_text_has_a_source(rendered_project: Path, traced: Traced):
    lines = traced.rendered.text.splitlines()
    assert len(lines) == len(traced.lines)
    greeting = traced.lines[lines.index("{{greeting}}")]
    assert greeting == line_of(rendered_project, "templates/newsletter.txt", "member.greeting")


def test_a_template_that_looks_at_its_own_classes_is_traced_less_but_printed_the_same(
    project: Path,
):
    file = project / PAGE
    text = file.read_text(encoding="utf-8")
    style = '<mj-style inline="inline">[class="panel"] { color: red; }</mj-style>\n  </mj-head>'
    file.write_text(text.replace("</mj-head>", style), encoding="utf-8")
    press, context = Press(project), read_sample(project)
    traced = press.trace(context)
    assert traced.rendered == press.print(context)
    assert "color: red" in traced.rendered.html
    assert {source.path for _, source in traced.elements} == {PAGE}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (SECTION.format("<mj-text><p>Hello</mj-text>"), "<p> is never closed"),
        (SECTION.format("<mj-text>1 < 2</mj-text>"), "a < that begins no tag"),
        (SECTION.format("<mj-image src='x' </mj-image>"), "a < that begins no tag"),
        ("</mj-wrong>", "</mj-wrong> closes nothing"),
        ("<mj-section>", "<mj-section> is never closed"),
        ("{# é ü 美 #}<mj-include path='x' />", "unable to load included template"),
    ],
)
@pytest.mark.parametrize(
    "at",
    [(PAGE, "greeting("), ("templates/blocks/footer.mjml", "<mj-section")],
    ids=["page", "block"],
)
def test_mjml_that_breaks_is_told_at_its_line_of_the_template(
    project: Path, insert: Insert, at: tuple[str, str], text: str, says: str
):
    path, before = at
    line = insert(text, path, before=before)
    with pytest.raises(FilesError) as stopped:
        Press(project).print(read_sample(project))
    (finding,) = stopped.value.findings
    assert (finding.path, finding.line) == (path, line)
    assert says in finding.message
    assert finding.hint


@pytest.mark.parametrize(
    "text",
    ["<p>a<br>b</p>", "<!-- <p> --><b/>", "<a href='x>y'>z</a>", "<![CDATA[<p>]]>", "", "a > b"],
)
def test_what_is_balanced_is_nothing(text: str):
    assert unbalanced(text) is None


def test_values_that_look_like_marks_trace_nothing_and_do_no_harm(project: Path):
    context = read_sample(project)
    context["slots"]["hero"][0]["title"] = 'x" cardletter-at="999999" \ue000a:1\ue001'
    traced = Press(project).trace(context)
    assert "cardletter-at=&quot;999999&quot;" in traced.rendered.html
