"""Linting: what would go wrong in a mailbox is found before anybody gets the letter."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import little
from cardletter.errors import FilesError, Finding
from cardletter.templates import Lint, Traced, check_templates, lint, read_variant, render
from cardletter.templates.lint_project import read_demands
from cardletter.templates.linting import GMAIL
from cardletter.templates.press import Press
from cardletter.templates.sample import read_sample
from cardletter.workspace import Workspace

PAGE, TWIN = "templates/newsletter.mjml", "templates/newsletter.txt"
TEXT = "<mj-section><mj-column><mj-text>{}</mj-text></mj-column></mj-section>"
Insert = Callable[..., int]
Told = list[tuple[str, int, str, str]]


@pytest.fixture(scope="module")
def good(rendered_project: Path) -> Traced:
    return Press(rendered_project).trace(read_sample(rendered_project))


@pytest.fixture(scope="module")
def checker(rendered_project: Path) -> Lint:
    return Lint(rendered_project)


def told(findings: list[Finding]) -> Told:
    return [(each.path, each.line, each.severity, each.message) for each in findings]


def only(findings: list[Finding]) -> Finding:
    assert len(findings) == 1, findings
    return findings[0]


def test_the_starters_sample_is_clean(made_project: Path):
    assert check_templates(made_project) == []


def test_everything_wrong_with_a_template_is_told_at_once_at_its_line(
    project: Path, insert: Insert
):
    bad = {
        '<img src="https://a.example/x.png" width="9">': "has no alt text",
        '<a href="https://bit.ly/3xyz">A story</a>': "bit.ly hides where a link goes",
        '<a href="https://a.example/x">click here</a>': "a link says only 'click here'",
        '<a href="#nowhere">Up</a>': "the link to '#nowhere' leads nowhere in the letter",
        '<p style="color:#ccc">pale</p>': "is hard to read in light mode",
        '<p style="position:absolute">x</p>': "position does not work in Gmail",
        "<p>TODO write it</p>": "'TODO' is left in it",
        "{# password: hunter2 #}": "a comment seems to hold a password",
        "{% if 0 %}{{ edition.subjct }}{% endif %}": "there is no edition.subjct",
        "<h4>Deep</h4>": "<h4> follows <h",
    }
    for text in bad:
        insert(TEXT.format(text))
    # With these added, the sample that shows every block is as large as a letter may be.
    found = [each for each in check_templates(project) if "what Gmail shows" not in each.message]
    lines = (project / PAGE).read_text(encoding="utf-8").splitlines()
    for text, says in bad.items():
        at = [each for each in found if says in each.message]
        assert at, (says, told(found))
        assert text in lines[at[0].line - 1]
        assert at[0].hint
    assert {each.path for each in found} == {PAGE}
    assert len(found) == len(bad)


def test_a_sample_that_is_not_tried_in_every_way_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("cardletter.templates.lint_templates.SECONDS", 0.0)
    found = check_templates(project)
    (path, _line, severity, message) = told(found)[0]
    assert (len(found), path, severity) == (1, PAGE, "warning")
    assert message.startswith("the sample was tried in 1 ways only")


def test_what_was_found_is_found_anew_when_a_file_it_follows_from_is_changed(project: Path):
    assert check_templates(project) == []
    brand = project / "templates/brand.yaml"
    whole = brand.read_text(encoding="utf-8")
    brand.write_text(whole.replace("postal_address:", "postal_adress:"), encoding="utf-8")
    assert check_templates(project) != []
    brand.write_text(whole, encoding="utf-8")
    assert check_templates(project) == []


@pytest.mark.parametrize(
    ("mistake", "says"),
    [
        ("{{ brand.logo.src.nix }}", "nix"),
        ("{{ 1 + 'a' if not segment.phrase }}", "breaks when segment.phrase is empty: "),
        ("{{ 1 // (slots.hero[0].reason | length) }}", "breaks when item.reason is empty: "),
        ("{{ slots.hero[0].title }}", "breaks when slots.hero is empty: "),
        ("{{ slots.offers[1].title }}", "breaks when slots.offers (but for one item) is empty: "),
    ],
)
def test_what_breaks_only_where_something_is_empty_is_told(
    project: Path, insert: Insert, mistake: str, says: str
):
    line = insert(TEXT.format(mistake))
    found = check_templates(project)
    assert {(each.path, each.line, each.severity) for each in found} == {(PAGE, line, "error")}
    assert any(says in each.message for each in found), told(found)


def test_a_letter_that_comes_out_differently_each_time_is_an_error(
    project: Path, monkeypatch: pytest.MonkeyPatch, good: Traced
):
    other = replace(good.rendered, subject="Another")
    monkeypatch.setattr(Press, "print_all", lambda *_: iter([other]))
    monkeypatch.setattr(Press, "trace", lambda *_: good)
    found = check_templates(project)
    assert (PAGE, 1, "error", "comes out differently each time it is made") in told(found)


@pytest.mark.parametrize(
    ("path", "code", "says"),
    [
        (TWIN, "{{ member.unsubscribe_url }}", "has no unsubscribe_url"),
        (TWIN, "{{ brand.postal_address }}", "has no postal address"),
        ("templates/blocks/footer.mjml", "{{ member.unsubscribe_url }}", "has no unsubscribe_url"),
        ("templates/blocks/footer.mjml", "{{ brand.postal_address }}", "has no postal address"),
        ("templates/blocks/small_print.mjml", "item.terms", "the terms of an offer are not in"),
    ],
)
def test_a_letter_cannot_do_without_what_the_law_asks_for(
    project: Path, path: str, code: str, says: str
):
    file = project / path
    text = file.read_text(encoding="utf-8")
    assert code in text
    instead = '""' if "item" in code else "https://larkfield.example/"
    file.write_text(text.replace(code, instead), encoding="utf-8")
    finding = only(check_templates(project))
    assert says in finding.message
    assert (finding.path, finding.severity) == (TWIN if path == TWIN else PAGE, "error")
    assert finding.hint


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"text": ""}, "the text part says almost nothing"),
        ({"subject": " "}, "the subject is empty"),
        ({"html": "<html><body></body></html>"}, "the letter is empty"),
    ],
)
def test_a_part_that_is_empty_is_an_error(
    checker: Lint, good: Traced, change: dict[str, str], says: str, rendered_project: Path
):
    bare = replace(good, rendered=replace(good.rendered, **change), elements=())
    found = checker.over(bare, read_sample(rendered_project))
    assert says in [each.message for each in found if each.severity == "error"]


def test_an_unsubscribe_link_in_one_part_does_not_do_for_the_other(
    checker: Lint, good: Traced, rendered_project: Path
):
    text = good.rendered.text.replace("{{unsubscribe_url}}", "")
    bare = replace(good, rendered=replace(good.rendered, text=text))
    found = checker.over(bare, read_sample(rendered_project))
    assert told(found) == [(TWIN, 1, "error", "has no unsubscribe_url")]


def test_two_unsubscribe_links_are_an_error(checker: Lint, good: Traced, rendered_project: Path):
    text = good.rendered.text + "{{unsubscribe_url}}"
    found = checker.over(
        replace(good, rendered=replace(good.rendered, text=text)), read_sample(rendered_project)
    )
    assert told(found) == [(TWIN, 1, "error", "has 2 times unsubscribe_url")]


def test_a_text_part_about_something_else_is_a_warning(
    checker: Lint, good: Traced, rendered_project: Path
):
    sample = read_sample(rendered_project)
    kept = [line for line in good.rendered.text.splitlines() if "_url}}" in line or "14 W" in line]
    text = "\n".join(["You said yes to it.", *kept, "Quite another matter altogether. " * 9])
    about = sample | {"slots": {slot: [] for slot in sample["slots"]}}
    found = checker.over(replace(good, rendered=replace(good.rendered, text=text)), about)
    assert [each.message[:20] for each in found if "_url" not in each.message] == [
        "the text part lacks "
    ]


def test_template_code_that_is_left_in_it_is_told_at_its_line(project: Path, insert: Insert):
    line = insert(TEXT.format("{% raw %}{{ name }}{% endraw %}"))
    found = check_templates(project)
    assert told(found) == [(PAGE, line, "error", "template code is left in it: '{{ name }}'")]


def test_the_subject_is_told_where_it_stands(project: Path):
    file = project / "templates/newsletter.sample.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("  subject: The", "  subject: " + "x" * 40 + " The"), "utf-8")
    finding = only(check_templates(project))
    line = next(n for n, line in enumerate(text.splitlines(), 1) if line.startswith("  subject:"))
    assert (finding.path, finding.line, finding.severity) == (
        "templates/newsletter.sample.yaml",
        line,
        "warning",
    )
    assert finding.message.startswith("a phone cuts the subject: ")


@pytest.mark.parametrize(
    "brand", ["name: Letter\n", "postal_address: ''\n", "postal_address: [1]\n"]
)
def test_no_postal_address_in_the_brand_is_an_error(project: Path, brand: str):
    little.put(project, "templates/brand.yaml", brand)
    with pytest.raises(FilesError) as stopped:
        read_demands(project)
    finding = only(stopped.value.findings)
    assert (finding.path, finding.message) == ("templates/brand.yaml", "has no postal_address")


def test_an_address_with_signs_that_html_escapes_is_found(project: Path):
    file = project / "templates/brand.yaml"
    text = file.read_text(encoding="utf-8").replace("Larkfield Card, 14", 'Lark & Sons’ "Card", 14')
    file.write_text(text, encoding="utf-8")
    assert check_templates(project) == []


def test_a_good_edition_has_no_findings(desk: Workspace):
    counts = lint(desk)
    assert counts == {"variants": 3, "warnings": 0, GMAIL: counts[GMAIL]}
    assert 30 < int(counts[GMAIL]) < 90
    assert desk.read_json("findings.json") == []


def spoil(desk: Workspace, path: str, old: str, new: str) -> int:
    """Change a file of the project, and render anew; give the line."""
    file = desk.project / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    render(desk)
    return 1 + text.count("\n", 0, text.index(old))


def test_a_finding_of_many_variants_is_told_once_with_how_many_it_reaches(desk: Workspace):
    path = "templates/brand.yaml"
    line = spoil(desk, path, "site: https://larkfield.example/", "site: https://bit.ly/3xyz")
    lint(desk)
    finding = only([Finding(**fields) for fields in desk.read_json("findings.json")])
    assert (finding.path, finding.line, finding.severity) == (path, line, "warning")
    assert finding.message == "bit.ly hides where a link goes (in 3 of 3 variants, 120 members)"


def test_few_members_are_never_told_how_few(desk: Workspace):
    path = "content/articles/a-good-lead.md"
    spoil(desk, path, "https://larkfield.example/a-good-lead", "https://bit.ly/x")
    few = [each | {"members": 3} for each in desk.read_json("variants.json")]
    desk.write_json("variants.json", few)
    lint(desk)
    finding = only([Finding(**fields) for fields in desk.read_json("findings.json")])
    assert finding.message.endswith("variants, fewer than 20 members)")


def test_an_error_in_a_variant_stops_the_edition_and_is_written_down(desk: Workspace):
    for variant in desk.read_json("variants.json"):
        name = f"variants/{variant['variant_id']}/index.html"
        page = desk.file(*name.split("/")).read_text(encoding="utf-8")
        desk.write(name, page.replace('alt="A lark"', ""))
    with pytest.raises(FilesError) as stopped:
        lint(desk)
    reach = "(in 3 of 3 variants, 120 members)"
    assert told(stopped.value.findings) == [
        (PAGE, 1, "error", f"'../../pictures/logo.png' has no alt text {reach}"),
        (PAGE, 1, "error", f"a link has no words {reach}"),
    ]
    assert [each["severity"] for each in desk.read_json("findings.json")] == ["error"] * 2


@pytest.mark.parametrize(
    ("old", "new", "severity", "says"),
    [
        ("until: 2027-01-31", "until: 2026-12-02", "error", "is over on 2026-12-03"),
        ("until: 2027-01-31", "until: 2026-12-03", "warning", "ends on 2026-12-03, and the letter"),
        ("merchant:", "from: 2026-12-04\nmerchant:", "error", "is not valid on 2026-12-03"),
    ],
)
def test_an_offer_that_is_not_valid_when_it_is_sent_is_told_in_its_file(
    desk: Workspace, old: str, new: str, severity: str, says: str
):
    path = "content/offers/any-offer.md"
    file = desk.project / path
    text = file.read_text(encoding="utf-8").replace(old, new)
    file.write_text(text, encoding="utf-8")
    if severity == "error":
        with pytest.raises(FilesError):
            lint(desk)
    else:
        lint(desk)
    finding = only([Finding(**fields) for fields in desk.read_json("findings.json")])
    key = "from:" if "from" in new else "until:"
    line = next(n for n, line in enumerate(text.splitlines(), 1) if line.startswith(key))
    assert (finding.path, finding.line, finding.severity) == (path, line, severity)
    assert says in finding.message


def test_looking_a_variant_over_changes_nothing(desk: Workspace):
    variant = desk.read_json("variants.json")[0]["variant_id"]
    before = read_variant(desk, variant)
    lint(desk)
    assert read_variant(desk, variant) == before
