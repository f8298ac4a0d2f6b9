"""Templates that break in odd ways: each is told where it stands, and none breaks the lint."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cardletter.errors import Finding
from cardletter.templates import Press, check_templates
from cardletter.templates.press import TEMPLATE, Plates
from cardletter.templates.sample import read_sample

PAGE = "templates/newsletter.mjml"
TEXT = "<mj-section><mj-column><mj-text>{}</mj-text></mj-column></mj-section>"
Insert = Callable[..., int]


def errors(findings: list[Finding]) -> list[Finding]:
    return [each for each in findings if each.severity == "error"]


@pytest.mark.parametrize(
    "circle",
    [
        '{% include "newsletter.mjml" %}',
        '{% from "newsletter.mjml" import nothing %}',
        "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{{ " + "(" * 3_000 + "1" + ")" * 3_000 + " }}",
    ],
    ids=["include", "import", "blocks", "brackets"],
)
def test_what_includes_or_calls_itself_is_an_error(project: Path, insert: Insert, circle: str):
    insert(circle)
    found = errors(check_templates(project))
    assert found
    assert {each.path for each in found} == {PAGE}


def test_a_key_called_items_is_the_key_and_not_a_method(project: Path, insert: Insert):
    file = project / "templates/brand.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "items: of the month\n", encoding="utf-8")
    insert(TEXT.format("{{ brand.items }}"))
    insert("{{ brand.items }}", "templates/newsletter.txt", before="member.greeting")
    assert errors(check_templates(project)) == []
    assert "of the month" in Press(project).print(read_sample(project)).html


def test_a_template_that_changes_while_letters_are_set_changes_none_of_them(project: Path):
    context, plates = read_sample(project), Plates.read(project)
    letters = Press(project).print_all([(TEMPLATE, context)] * 4, plates)
    first = next(letters)
    (project / PAGE).write_text("<mjml>", encoding="utf-8")
    assert list(letters) == [first] * 3


def test_signs_of_any_script_come_through(project: Path, insert: Insert):
    signs = "👩‍👩‍👧 café 日本 مرحبا שלום"
    insert(TEXT.format(signs))
    insert(signs, "templates/newsletter.txt", before="member.greeting")
    assert errors(check_templates(project)) == []
    rendered = Press(project).print(read_sample(project))
    assert signs in rendered.html
    assert signs in rendered.text


def test_windows_lines_and_a_byte_order_mark_change_nothing(project: Path):
    before = Press(project).print(read_sample(project))
    for name in ("newsletter.mjml", "newsletter.txt", "blocks/hero.mjml"):
        file = project / "templates" / name
        text = file.read_text(encoding="utf-8")
        file.write_bytes(("\ufeff" + text.replace("\n", "\r\n")).encode())
    assert check_templates(project) == []
    after = Press(project).print(read_sample(project))
    assert after.text.split() == before.text.split()


def test_a_letter_that_does_not_say_its_language_is_a_warning(project: Path):
    file = project / PAGE
    text = file.read_text(encoding="utf-8")
    assert '<mjml lang="{{ lang }}"' in text
    file.write_text(text.replace('<mjml lang="{{ lang }}"', "<mjml"), encoding="utf-8")
    found = check_templates(project)
    assert [(each.severity, each.message) for each in found] == [
        ("warning", "the letter does not say its language")
    ]
