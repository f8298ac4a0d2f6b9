"""Linting: what would go wrong in a mailbox is found before anybody gets the letter."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import little
from cardletter.errors import FilesError, Finding
from cardletter.templates import Press, Rendered, check_templates, lint, read_variant
from cardletter.templates.linting import GMAIL_CLIPS, look_over, postal_address
from cardletter.templates.sample import read_sample
from cardletter.workspace import Workspace

PAGE, TWIN = "templates/newsletter.mjml", "templates/newsletter.txt"
TEXT = "<mj-section><mj-column><mj-text>{}</mj-text></mj-column></mj-section>"
Insert = Callable[..., int]


@pytest.fixture(scope="module")
def address(rendered_project: Path) -> str:
    return postal_address(rendered_project)


@pytest.fixture(scope="module")
def good(rendered_project: Path) -> Rendered:
    return Press(rendered_project).print(read_sample(rendered_project))


def only(findings: list[Finding]) -> Finding:
    assert len(findings) == 1, findings
    return findings[0]


def test_the_sample_beside_the_template_is_clean(project: Path):
    assert check_templates(project) == []


def test_the_starters_sample_is_clean(made_project: Path):
    assert check_templates(made_project) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('<img src="https://a.example/x.png">', "'https://a.example/x.png' has no alt text"),
        ('<a href="http://a.example/x">x</a>', "<a> links to 'http://a.example/x'"),
        ('<a href="//a.example/x">x</a>', "<a> links to '//a.example/x'"),
        ('<a href="/offers">x</a>', "<a> links to '/offers'"),
        ('<a href="offers.html">x</a>', "<a> links to 'offers.html'"),
        ('<a href="javascript:alert(1)">x</a>', "<a> links to 'javascript:alert(1)'"),
        ('<a href=" JavaScript:alert(1)">x</a>', "<a> links to 'JavaScript:alert(1)'"),
        ('<a href="java&#115;cript:alert(1)">x</a>', "<a> links to 'javascript:alert(1)'"),
        ('<a href="data:text/html,x">x</a>', "<a> links to 'data:text/html,x'"),
        ('<img src="http://a.example/x.png" alt="">', "<img> links to 'http://a.example/x.png'"),
        ("<script>1</script>", "<script> does not work in mail"),
        ("<form><p>x</p></form>", "<form> does not work in mail"),
        ('<iframe src="https://a.example"></iframe>', "<iframe> does not work in mail"),
        ("{% raw %}{{ x }}{% endraw %}", "template code is left in it: '{{ x }}'"),
        ("{% raw %}{{ greeting }}{% endraw %}", "template code is left in it: '{{ greeting }}'"),
        ("{{ '{% if %}' }}", "template code is left in it: '{% if %}'"),
    ],
)
def test_what_mail_programs_break_on_is_an_error(
    project: Path, insert: Insert, text: str, says: str
):
    insert(TEXT.format(text))
    finding = only(check_templates(project))
    assert (finding.path, finding.severity) == (PAGE, "error")
    assert says in finding.message
    assert finding.hint


@pytest.mark.parametrize("text", ["TODO", "fixme", "Lorem ipsum", "lorem  Ipsum"])
def test_a_leftover_is_a_warning_wherever_it_stands(project: Path, insert: Insert, text: str):
    insert(TEXT.format(text))
    insert(text, TWIN, before="member.greeting")
    findings = check_templates(project)
    assert [(each.path, each.severity) for each in findings] == [
        (PAGE, "warning"),
        (TWIN, "warning"),
    ]
    assert all(each.message == f"{text!r} is left in it" for each in findings)


@pytest.mark.parametrize(
    "text",
    [
        '<a href="https://a.example/?a=1&amp;b=2">x</a>',
        '<a href="mailto:letter@larkfield.example">x</a>',
        '<a href="#top">x</a>',
        '<img src="../../pictures/logo.png" alt="">',
        '<a href="{{ member.preferences_url }}">x</a>',
        "a todorov and a methodology",
        "braces { like } these, and { { these } }",
    ],
)
def test_what_is_right_is_no_finding(project: Path, insert: Insert, text: str):
    insert(TEXT.format(text))
    assert check_templates(project) == []


@pytest.mark.parametrize(
    ("path", "code", "says"),
    [
        (TWIN, "{{ member.unsubscribe_url }}", "has no unsubscribe_url"),
        (TWIN, "{{ brand.postal_address }}", "has no postal address"),
        ("templates/blocks/footer.mjml", "{{ member.unsubscribe_url }}", "has no unsubscribe_url"),
        ("templates/blocks/footer.mjml", "{{ brand.postal_address }}", "has no postal address"),
    ],
)
def test_a_letter_cannot_do_without_its_footer(project: Path, path: str, code: str, says: str):
    file = project / path
    text = file.read_text(encoding="utf-8")
    assert code in text
    file.write_text(text.replace(code, "https://larkfield.example/"), encoding="utf-8")
    finding = only(check_templates(project))
    assert (finding.message, finding.severity) == (says, "error")
    assert finding.path == (TWIN if path == TWIN else PAGE)
    assert "in the footer" in finding.hint


def test_an_unsubscribe_link_in_one_part_does_not_do_for_the_other(good: Rendered, address: str):
    bare = replace(good, text=good.text.replace("{{unsubscribe_url}}", ""))
    finding = only(list(look_over(bare, address)))
    assert (finding.path, finding.message) == (TWIN, "has no unsubscribe_url")


@pytest.mark.parametrize("text", ["", "Hello, {{greeting}}\n"])
def test_a_text_that_says_nothing_is_an_error(good: Rendered, address: str, text: str):
    findings = list(look_over(replace(good, text=text), address))
    assert "the text part says almost nothing" in [each.message for each in findings]


def test_an_empty_subject_is_an_error(good: Rendered, address: str):
    assert only(list(look_over(replace(good, subject=" "), address))).severity == "error"


@pytest.mark.parametrize(("bytes_over", "findings"), [(0, 0), (1, 1)])
def test_a_letter_that_gmail_clips_is_a_warning(
    good: Rendered, address: str, bytes_over: int, findings: int
):
    end = "</body></html>"
    body = good.html.removesuffix(end)
    short = GMAIL_CLIPS - len(body.encode()) - len(end) + bytes_over
    page = body + "é" * (short // 2) + "." * (short % 2) + end
    found = list(look_over(replace(good, html=page), address))
    assert [each.severity for each in found] == ["warning"] * findings


@pytest.mark.parametrize(
    "brand", ["name: Letter\n", "postal_address: ''\n", "postal_address: [1]\n"]
)
def test_no_postal_address_in_the_brand_is_an_error(project: Path, brand: str):
    little.put(project, "templates/brand.yaml", brand)
    with pytest.raises(FilesError) as stopped:
        postal_address(project)
    finding = only(stopped.value.findings)
    assert (finding.path, finding.message) == ("templates/brand.yaml", "has no postal_address")


def test_the_address_is_found_however_its_lines_are_broken(good: Rendered, address: str):
    broken = good.text.replace(address, address.replace(", ", ",\n   "))
    assert broken != good.text
    assert list(look_over(replace(good, text=broken), address)) == []


def test_an_address_with_signs_that_html_escapes_is_found(project: Path):
    file = project / "templates/brand.yaml"
    text = file.read_text(encoding="utf-8").replace("Larkfield Card, 14", 'Lark & Sons’ "Card", 14')
    file.write_text(text, encoding="utf-8")
    assert check_templates(project) == []


def test_a_good_edition_has_no_findings(desk: Workspace):
    assert lint(desk) == {"variants": 3, "warnings": 0}
    assert desk.read_json("findings.json") == []


def spoil(desk: Workspace, variants: list[str], old: str, new: str) -> None:
    for variant_id in variants:
        name = f"variants/{variant_id}/index.html"
        page = desk.file(*name.split("/")).read_text(encoding="utf-8")
        assert old in page
        desk.write(name, page.replace(old, new))


def test_a_finding_of_many_variants_is_told_once(desk: Workspace):
    variants = sorted(little.variants(desk).values())
    spoil(desk, variants, 'alt="A lark"', "")
    spoil(desk, variants[:1], "https://larkfield.example/any-offer", "http://larkfield.example/x")
    with pytest.raises(FilesError) as stopped:
        lint(desk)
    told = [(each.message, each.path) for each in stopped.value.findings]
    assert told == [
        ("'../../pictures/logo.png' has no alt text (in 3 of 3 variants)", PAGE),
        ("<a> links to 'http://larkfield.example/x', not to https:// (in 1 of 3 variants)", PAGE),
    ]
    assert [each["message"] for each in desk.read_json("findings.json")] == [
        message for message, _ in told
    ]


def test_a_warning_is_written_down_and_stops_nothing(desk: Workspace):
    variants = sorted(little.variants(desk).values())
    spoil(desk, variants[:2], "Worth reading", "TODO")
    assert lint(desk) == {"variants": 3, "warnings": 1}
    finding = only([Finding(**fields) for fields in desk.read_json("findings.json")])
    assert finding.message == "'TODO' is left in it (in 2 of 3 variants)"


def test_looking_a_variant_over_changes_nothing(desk: Workspace):
    variant = little.variants(desk)["everyone"]
    before = read_variant(desk, variant)
    lint(desk)
    assert read_variant(desk, variant) == before
