"""Kept letters: set once for all that is the same, set anew for anything that is not."""

import copy
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import little
from cardletter.content import read_variants
from cardletter.templates import made, read_variant, render
from cardletter.templates.kept import Kept
from cardletter.templates.made import Letter, Making, program, reached
from cardletter.templates.press import Plates
from cardletter.templates.rendering import read_frame
from cardletter.typesetting.setting import Rendered
from cardletter.workspace import Workspace

RENDERED = Rendered("Subject", "<p>Zoë</p>", "Zoë", "Another")
DIGEST = "ab" + "c" * 62


def letters(desk: Workspace) -> list[Letter]:
    return list(Making(read_frame(desk), Plates.read(desk.project)).letters(desk))


def names(desk: Workspace) -> list[str]:
    return [letter.name for letter in letters(desk)]


def known(desk: Workspace) -> list[str]:
    return [each.variant_id for each in read_variants(desk)]


def test_the_same_letter_has_the_same_name(desk: Workspace):
    assert names(desk) == known(desk)


Change = Callable[[Path], object]


def replaced(path: str, old: str, new: str) -> Change:
    def change(project: Path) -> None:
        text = (project / path).read_text("utf-8")
        assert old in text
        (project / path).write_text(text.replace(old, new), "utf-8")

    return change


def added(path: str, text: str) -> Change:
    return lambda project: little.put(project, path, text)


INPUTS: dict[str, Change] = {
    "its page": replaced("templates/newsletter.mjml", "<mjml ", "{# a note #}<mjml "),
    "its text": replaced("templates/newsletter.txt", "brand.name", "brand['name']"),
    "a block": replaced("templates/blocks/picture.mjml", "{%", "{# a note #}{%"),
    "the brand": replaced("templates/brand.yaml", 'ink: "', 'ink: "#123456" # "'),
    "the words": added("templates/words/en.yaml", "read_more: Go on\n"),
    "the fields": added("templates/fields.yaml", "points: {kind: number, column: points}\n"),
    "the subject": replaced("content/editions/2026-12.yaml", "Tea & cake", "Tea"),
    "the date": replaced("content/editions/2026-12.yaml", "2026-12-03", "2026-12-04"),
    "an item that all show": replaced("content/articles/a-good-lead.md", "Something", "More"),
    "a picture": lambda project: (project / "content/pictures/logo.png").write_bytes(b"another"),
    "where links may lead": lambda project: (project / "pyproject.toml").write_text(
        (project / "pyproject.toml").read_text() + 'link_domains = ["larkfield.example"]\n'
    ),
}


@pytest.mark.parametrize("change", INPUTS.values(), ids=INPUTS)
def test_whatever_a_letter_is_made_of_changes_its_name(desk: Workspace, change: Change):
    before = known(desk)
    change(desk.project)
    assert not set(before) & set(names(desk))


def test_another_program_sets_other_letters(desk: Workspace, monkeypatch: pytest.MonkeyPatch):
    before = known(desk)
    assert {"cardletter", "jinja2", "mjml-python", "css-inline", "typesetting"} <= program().keys()
    monkeypatch.setattr(made, "program", lambda: program() | {"css-inline": "0"})
    assert not set(before) & set(names(desk))


def test_another_locale_is_another_letter(desk: Workspace):
    making = Making(read_frame(desk), Plates.read(desk.project))
    context = next(making.letters(desk)).context
    other = copy.deepcopy(context) | {"lang": "de-DE"}
    assert making.digest(context) != making.digest(other)


def test_what_no_letter_is_made_of_changes_none(desk: Workspace):
    for path in ("templates/other.mjml", "templates/blocks/unused.mjml", "content/pictures/un.png"):
        little.put(desk.project, path, "<mjml></mjml>")
    assert names(desk) == known(desk)


def test_the_files_of_a_template_are_those_it_names_and_they_name():
    sources = {
        "a.mjml": '{% include "b.mjml" %}',
        "a.txt": '{% from "c.txt" import x %}',
        "b.mjml": '{% import "d.mjml" as d %}{% include "gone.mjml" ignore missing %}',
        "c.txt": "",
        "d.mjml": '{% include "b.mjml" %}',
        "e.mjml": "",
    }
    assert list(reached(sources, "a")) == ["a.mjml", "a.txt", "b.mjml", "c.txt", "d.mjml"]
    sources["c.txt"] = "{% include which %}"
    assert set(reached(sources, "a")) == set(sources)
    sources["c.txt"] = "{% if %}"
    assert set(reached(sources, "a")) == set(sources)


def test_one_headline_sets_only_the_letters_that_show_it(desk: Workspace):
    render(desk)
    assert desk.read_json("stages.json")["render"] | {"seconds": 0} == counts(unchanged=3)
    # Of the hundred and twenty members, those who read are shown it.
    shown = {name for name in names(desk) if "Mend a spine" in read_variant(desk, name).html}
    replaced("content/articles/mend-a-spine.md", "Mend a spine", "Mend a book")(desk.project)
    render(desk)
    assert desk.read_json("stages.json")["render"] | {"seconds": 0} == counts(3 - len(shown))
    assert 0 < len(shown) < 3


def counts(unchanged: int) -> dict[str, float]:
    return {"seconds": 0, "variants": 3, "unchanged": unchanged}


def test_a_letter_comes_back_as_it_was_kept(desk: Workspace):
    kept = Kept(desk)
    assert kept.find(DIGEST) is None
    kept.keep(DIGEST, RENDERED)
    assert kept.find(DIGEST) == RENDERED


@pytest.mark.parametrize(
    "damage",
    [
        lambda packed: packed[:-1],
        lambda packed: packed + b"\0",
        lambda packed: packed[:40] + bytes([packed[40] ^ 1]) + packed[41:],
        lambda packed: bytes([packed[0] ^ 1]) + packed[1:],
        lambda _: b"",
        lambda packed: packed[:16],
    ],
)
def test_a_damaged_letter_is_set_again(desk: Workspace, damage: Callable[[bytes], bytes]):
    kept = Kept(desk)
    kept.keep(DIGEST, RENDERED)
    file = kept.folder / DIGEST[:2] / DIGEST[2:]
    file.write_bytes(damage(file.read_bytes()))
    assert kept.find(DIGEST) is None
    kept.keep(DIGEST, RENDERED)
    assert kept.find(DIGEST) == RENDERED


def test_a_letter_is_not_another_ones(desk: Workspace):
    kept = Kept(desk)
    kept.keep(DIGEST, RENDERED)
    file = kept.folder / DIGEST[:2] / DIGEST[2:]
    other = "ab" + "d" * 62
    file.rename(kept.folder / other[:2] / other[2:])
    assert kept.find(other) is None


def test_what_was_used_longest_ago_is_thrown_away(desk: Workspace):
    kept = Kept(desk)
    kept.prune(0)
    kept.keep(DIGEST, RENDERED)
    size = next(kept.folder.glob("*/*")).stat().st_size
    assert kept.prune(size) == 0
    assert kept.prune(size - 1) == 1
    assert kept.find(DIGEST) is None


def test_two_runs_at_once_set_the_same_letters(desk: Workspace, tmp_path: Path):
    wanted = {name: read_variant(desk, name) for name in names(desk)}
    Kept(desk).prune(0)
    desks = [replace(desk, folder=copied(desk, tmp_path / each)) for each in ("one", "other")]
    with ThreadPoolExecutor() as runs:
        list(runs.map(render, desks))
    for each in desks:
        assert {name: read_variant(each, name) for name in names(each)} == wanted
    assert not list(Kept(desk).folder.rglob("*.part"))


def copied(desk: Workspace, folder: Path) -> Path:
    folder.mkdir()
    for file in [*desk.folder.glob("*.json"), *desk.folder.glob("*.parquet")]:
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def test_many_may_keep_find_and_throw_away_at_once(desk: Workspace):
    kept = Kept(desk)

    def work(number: int) -> set[Any]:
        found = set()
        for turn in range(40):
            kept.keep(DIGEST, RENDERED)
            found.add(kept.find(DIGEST))
            if number == 0 and turn % 5 == 0:
                kept.prune(0)
        return found

    with ThreadPoolExecutor(4) as threads:
        assert set().union(*threads.map(work, range(4))) <= {RENDERED, None}
