"""The table of checks: documented as it is, used as it is, and each with a test."""

import re
from pathlib import Path

from cardletter.templates.lint_checks import CHECKS, as_table

ROOT = Path(__file__).parents[2]
CODE = [*(ROOT / "src/cardletter/templates").glob("lint*.py")]
NAMED = re.compile(r'"([a-z_]+)"')


def names(files: list[Path]) -> set[str]:
    return {each for file in files for each in NAMED.findall(file.read_text(encoding="utf-8"))}


def test_the_docs_hold_every_check_as_it_is():
    assert as_table() in (ROOT / "docs/lint.md").read_text(encoding="utf-8")


def test_every_check_is_looked_for():
    code = [file for file in CODE if file.name != "lint_checks.py"]
    assert set(CHECKS) - names(code) == set()


def test_every_check_has_words_and_says_how_to_mend_it():
    for name, check in CHECKS.items():
        assert len(check.says) > 8, name
        assert check.hint, name


def test_every_check_has_a_test_that_names_it_or_its_words():
    tests = "".join(
        file.read_text(encoding="utf-8")
        for file in (ROOT / "tests/templates").glob("test_*.py")
        if file.name != Path(__file__).name
    )
    untried = [
        name
        for name, check in CHECKS.items()
        if f'"{name}"' not in tests and not any(each in tests for each in _said(check.says))
    ]
    assert untried == []


def _said(words: str) -> list[str]:
    """Give the runs of words in which nothing is filled in, but for their ends."""
    return [part.strip()[:14] for part in re.split(r"\{[^}]*\}", words) if len(part) > 9]
