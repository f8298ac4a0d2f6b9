"""What a template gets wrong is a finding at its file and line, never a traceback."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import little
from cardletter.content import read_catalogue
from cardletter.errors import FilesError, Finding
from cardletter.templates import Press, check_templates
from cardletter.templates.sample import read_sample

PAGE, TWIN = "templates/newsletter.mjml", "templates/newsletter.txt"
SECTION = "<mj-section><mj-column>{}</mj-column></mj-section>"
Insert = Callable[..., int]


def only(findings: list[Finding]) -> Finding:
    assert len(findings) == 1, findings
    return findings[0]


@pytest.mark.parametrize(
    ("mistake", "says"),
    [
        ("{{ editon.subject }}", "'editon' is undefined"),
        ("{{ edition.subjct }}", "there is no 'subjct' here"),
        ("{{ member.address }}", "there is no 'address' here"),
        ("{{ 1 + }}", "unexpected 'end of print statement'"),
        ("{{ brand.name | shout }}", "No filter named 'shout'"),
        ("{% include 'blocks/gone.mjml' %}", "there is no templates/blocks/gone.mjml"),
        ("{% from 'blocks/gone.mjml' import gone %}", "there is no templates/blocks/gone.mjml"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ [][3] }}", "has no element 3"),
        ("{{ 1 + 'a' }}", "unsupported operand"),
        ("{% for n in range(9999999) %}{% endfor %}", "Range too big"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "recursion"),
        ("{{ 'a' * 99999999999999 }}", "repeat more than 100,000 signs"),
    ],
)
def test_a_mistake_is_a_finding_at_its_line(project: Path, insert: Insert, mistake: str, says: str):
    line = insert(mistake)
    finding = only(check_templates(project))
    assert (finding.path, finding.line, finding.severity) == (PAGE, line, "error")
    assert says in finding.message
    assert str(project) not in finding.message + finding.hint


@pytest.mark.parametrize("path", ["templates/blocks/footer.mjml", TWIN])
def test_a_mistake_in_a_block_or_the_text_is_told_where_it_is(
    project: Path, insert: Insert, path: str
):
    line = insert("{{ brand.nme }}", path, before="brand.postal_address")
    finding = only(check_templates(project))
    assert (finding.path, finding.line) == (path, line)
    assert finding.hint.startswith("templates/newsletter.sample.yaml shows")


def test_a_block_that_is_left_open_is_told(project: Path, insert: Insert):
    insert("{% if brand.name %}")
    finding = only(check_templates(project))
    assert finding.path == PAGE
    assert "needs to be closed is 'if'" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        SECTION.format("<mj-text>Hello"),
        "<mj-section><mj-column>",
        SECTION.format("<mj-image src='x'"),
        "</mj-wrapper>",
    ],
    ids=["text", "section", "tag", "one end too many"],
)
def test_a_tag_left_open_is_a_finding(project: Path, insert: Insert, text: str):
    insert(text)
    finding = only(check_templates(project))
    assert finding.path == PAGE
    assert finding.message.startswith("not valid MJML: ")
    assert finding.hint


@pytest.mark.parametrize(
    "text", [SECTION.format("<mj-txt>Hi</mj-txt>"), "<mj-txt>Hi</mj-txt>"], ids=["inside", "top"]
)
def test_an_unknown_component_is_a_finding(project: Path, insert: Insert, text: str):
    insert(text)
    assert only(check_templates(project)).message == "<mj-txt> is no MJML component"


@pytest.mark.parametrize("name", ["newsletter.mjml", "newsletter.txt", "newsletter.sample.yaml"])
def test_a_missing_file_is_a_finding(project: Path, name: str):
    (project / "templates" / name).unlink()
    finding = only(check_templates(project))
    assert finding.path == f"templates/{name}"
    assert finding.message.startswith("there is no ")


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ brand.__init__ }}",
        "{{ '{0.__class__}'.format(1) }}",
        "{{ ''|attr('__class__') }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ slots.hero.append(1) }}",
        "{{ slots.hero.clear() }}",
        "{{ brand.update(name='x') }}",
        "{{ brand.pop('name') }}",
        "{% set slots.hero = [] %}",
        "{% include '../pyproject.toml' %}",
        "{% include '/etc/hostname' %}",
        "{{ open('/etc/hostname').read() }}",
        "{% import 'os' as os %}",
    ],
)
def test_a_template_reaches_nothing_but_its_data_and_changes_none_of_it(
    project: Path, insert: Insert, attack: str
):
    insert(attack)
    context = read_sample(project)
    with pytest.raises(FilesError) as stopped:
        Press(project).print(context)
    assert only(stopped.value.findings).path == PAGE
    assert context == read_sample(project)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("lang: en\nslots: [\n", 3, "not YAML"),
        ("lang: en\n", 1, "lacks what a letter is made of"),
        ("", 1, "lacks what a letter is made of"),
        ("- a list\n", 1, "lacks what a letter is made of"),
        ("slots: {hero: [{id: a}]}\n", 1, "lacks what a letter is made of"),
    ],
)
def test_a_broken_sample_is_a_finding(project: Path, text: str, line: int, says: str):
    little.put(project, "templates/newsletter.sample.yaml", text)
    finding = only(check_templates(project))
    assert (finding.path, finding.line) == ("templates/newsletter.sample.yaml", line)
    assert says in finding.message


@pytest.mark.parametrize(
    "logo",
    [
        "logo: logo.png",
        "logo: {alt: A lark}",
        "logo: {src: content/pictures/no.png, alt: x}",
        "logo: {src: content/pictures/a lark.png, alt: x}",
    ],
)
def test_a_logo_that_is_no_picture_is_a_finding(project: Path, logo: str):
    file = project / "templates/brand.yaml"
    text = file.read_text(encoding="utf-8")
    little.picture(project / "content/pictures/a lark.png")
    text = re.sub(r"^logo:\n( .*\n)+", f"{logo}\n", text, flags=re.MULTILINE)
    file.write_text(text, encoding="utf-8")
    line = text.splitlines().index(logo) + 1
    finding = only(check_templates(project))
    assert (finding.path, finding.line) == ("templates/brand.yaml", line)
    assert finding.message == "the logo is no picture there is"


@pytest.mark.parametrize("name", ["my walk.png", "sub/walk.png", "wälk.png", "walk.jpg", ".png"])
def test_a_picture_that_no_mail_could_carry_is_a_finding(project: Path, name: str):
    little.picture(project / "content/pictures/walk.png")
    copy = project / "content/pictures" / name
    copy.parent.mkdir(exist_ok=True)
    copy.write_bytes((project / "content/pictures/walk.png").read_bytes())
    path = "content/articles/a-winter-walk.md"
    text = (project / path).read_text(encoding="utf-8")
    little.put(project, path, text.replace("image: walk.png", f"image: {name}"))
    finding = only(read_catalogue(project)[1])
    assert (finding.path, finding.line) == (path, 5)
    assert finding.message == "image: a picture is a .png named by letters, digits, - and _"
