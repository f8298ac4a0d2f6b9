"""Checking reads everything people wrote, and gives every finding at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cardletter.checking import check
from cardletter.errors import EditionError, Finding

ARTICLE, OFFER = "content/articles/fold-with-the-grain.md", "content/offers/aperley-photo.md"
Write = Callable[[str, str], Path]


def errors(findings: list[Finding]) -> list[tuple[str, int]]:
    return [(each.path, each.line) for each in findings if each.severity == "error"]


def change(project: Path, path: str, old: str, new: str) -> None:
    file = project / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_starter_has_no_errors(project: Path):
    assert errors(check(project)) == []


def test_mistakes_in_every_kind_of_file_are_told_at_once_sorted_by_file_and_line(
    project: Path, write: Write
):
    change(project, ARTICLE, "interests: [crafts]", "interests: [craft]")
    change(project, ARTICLE, "title:", "titel:")
    change(project, OFFER, "terms:", "term:")
    write("content/editions/2027-01.yaml", "date: soon\nsubject: New year\n")
    write("segments/clustering.yaml", "segments: auto\nk_mim: 50\n")
    write("content/wordings.yaml", "revoked:\n  - wording: Yes\n    why: x\n    when: now\n")
    write("segments/names.yaml", "s001:\n  nam: Readers\n")
    change(project, "segments/interests.yaml", '["5811", "5812"]', "[5811]")
    change(project, "templates/newsletter.mjml", "<mj-body", "{{ nobody_knows }}<mj-body")
    found = check(project)
    assert found == sorted(found)
    assert len(set(found)) == len(found)
    paths = [path for path, _line in errors(found)]
    assert {*paths} == {
        *(ARTICLE, OFFER, "content/editions/2027-01.yaml", "segments/clustering.yaml"),
        *(
            "content/wordings.yaml",
            "segments/interests.yaml",
            "segments/names.yaml",
            "templates/newsletter.mjml",
        ),
    }
    assert paths.count(ARTICLE) == 3
    assert (ARTICLE, 3) in errors(found)
    assert ("segments/clustering.yaml", 2) in errors(found)


def test_of_the_editions_only_the_named_one_is_read(project: Path, write: Write):
    write("content/editions/2027-01.yaml", "date: soon\nsubject: New year\n")
    assert errors(check(project, "2026-12")) == []
    assert errors(check(project, "2027-01")) == [("content/editions/2027-01.yaml", 1)]


def test_an_edition_that_is_not_there_is_told_with_those_that_are(project: Path):
    with pytest.raises(EditionError, match=r"There is no edition 2030-01.*There are: 2026-12\."):
        check(project, "2030-01")


def test_a_broken_list_of_interests_does_not_make_every_item_wrong(project: Path, write: Write):
    write("segments/interests.yaml", "interests:\n\tdining: {}\n")
    assert errors(check(project)) == [("segments/interests.yaml", 2)]


def test_checking_changes_nothing(project: Path):
    before = {path: path.stat().st_mtime_ns for path in project.rglob("*")}
    check(project)
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*")} == before
