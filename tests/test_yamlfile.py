"""YAML that people write: plain data comes through, everything else is told with its line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from cardletter.yamlfile import LARGEST, YamlFile
from tiny import put

QUOTES = "; text that begins with ! & or * stands in quotes"
TAG = ("a tag (!name)", "write plain text, numbers, lists and tables" + QUOTES)
ANCHOR = ("an anchor (&name)", "take it out" + QUOTES)
ALIAS = ("an alias (*name)", "write the value out" + QUOTES)
TWICE, NO_TABLE = "keep one of them", "write `key: value` lines"
DEEP = ("more than 20 levels", "write it flatter")
NO_DATE = ("a date or number that does not exist", "mend or quote it")


def nested(levels: int) -> str:
    return (
        "".join(f"{'  ' * level}key{level}:\n" for level in range(levels)) + "  " * levels + "1\n"
    )


def told(file: YamlFile) -> list[tuple[int, str, str]]:
    return [(each.line, each.message, each.hint) for each in file.findings]


def test_plain_data_comes_through_with_the_line_of_every_key_and_item():
    file = YamlFile.parse("a.yaml", "# about\na: 1\nb:\n  c: [x, '0742']\n  d:\n  - 2026-12-03\n")
    assert (file.content["b"]["c"], file.findings) == (["x", "0742"], ())
    lines = [("a", 2), ("b", 3), ("b.c", 4), ("b.c.1", 4), ("b.d", 5), ("b.d.0", 6), ("b.c.9", 4)]
    assert [(at, file.line(at.split("."))) for at, _line in lines] == lines
    assert file.line(("nowhere",)) == 1


def test_lines_are_counted_from_the_files_first():
    file = YamlFile.parse("a.md", "title: x\ntitle: y\n", first_line=2)
    assert told(file) == [(3, "key 'title' stands twice", TWICE)]


MISTAKES = {
    "a key twice": ("a: 1\nb: 2\na: 3\n", [(3, "key 'a' stands twice", TWICE)]),
    "a key twice, deeper": ("a:\n  b: 1\n  c: 2\n  b: 3\n", [(4, "key 'b' stands twice", TWICE)]),
    "a number and its text": ("1: a\n'1': b\n", [(2, "key '1' stands twice", TWICE)]),
    "an anchor": ("a: 1\nb: &name 2\n", [(2, *ANCHOR)]),
    "an alias": ("a: &name 1\nb: 2\nc: *name\n", [(1, *ANCHOR), (3, *ALIAS)]),
    "a merge": ("a: &name {x: 1}\nb:\n  <<: *name\n", [(1, *ANCHOR), (3, *ALIAS)]),
    "an alias to nothing": ("a: 1\nb: *name\n", [
        (2, "not YAML: found undefined alias 'name'", "")]),
    "a tag on text": ("a: 1\nb: !secret x\n", [(2, *TAG)]),
    "a tag on a table": ("a: 1\nb: !secret {x: 1}\n", [(2, *TAG)]),
    "a tag on a list": ("a:\n- !!python/tuple [1]\n", [(2, *TAG)]),
    "a tag that calls": ("a: !!python/object/apply:os.system [ls]\n", [(1, *TAG)]),
    "a tag on a number": ("a: !!int x\n", [(1, *TAG)]),
    "a tag on the root": ("--- !x\na: 1\n", [(1, *TAG)]),
    "21 levels": (nested(21), [(22, *DEEP)]),
    "21 levels of lists": ("a:\n " + "[" * 21 + "]" * 21, [(2, *DEEP)]),
    "thousands of levels": ("a: " + "[" * 2_000, [(1, "not YAML that can be read", "")]),
    "a date that does not exist": ("a: 1\nday: 2026-02-30\n", [(2, *NO_DATE)]),
    "a moment that does not exist": ("a: 2026-02-01T25:00:00Z\n", [(1, *NO_DATE)]),
    "a number without end": ("a: 1\nb: " + "9" * 5_000, [(2, *NO_DATE)]),
    "a tab": ("a:\n\tb: 1\n", [
        (2, r"not YAML: found character '\t' that cannot start any token", "")]),
    "a list at the root": ("- a\n- b\n", [(1, "is not a table of keys", NO_TABLE)]),
    "text at the root": ("hello\n", [(1, "is not a table of keys", NO_TABLE)]),
    "a list left open": ("a: [1, 2\nb: 3\n", [
        (2, "not YAML: expected ',' or ']', but got ':'", "")]),
    "a quote left open": ("a: 1\nb: 'x\n", [(3, "not YAML: found unexpected end of stream", "")]),
    "a second document": ("a: 1\n---\nb: 2\n", [(2, "not YAML: but found another document", "")]),
    "a NUL": ("a: 1\nb: \0\n", [(2, "not YAML that can be read", "")]),
    "a letter that does not exist": ('a: "\\U00110000"\n', [(1, "not YAML that can be read", "")]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "findings"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_at_its_line(text: str, findings: list[tuple[int, str, str]]):
    assert told(YamlFile.parse("a.yaml", text)) == findings


def test_twenty_levels_are_allowed():
    assert YamlFile.parse("a.yaml", nested(20)).findings == ()


def test_many_aliases_of_aliases_are_refused_without_being_written_out():
    laughs = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    laughs.insert(0, "a0: &a0 [ha]")
    file = YamlFile.parse("a.yaml", "\n".join(laughs))
    assert file.content == {}
    assert {each.message for each in file.findings} == {ANCHOR[0], ALIAS[0]}


PIECES = st.sampled_from([
    "a", "b", ": ", "- ", "\n", "  ", "[", "]", "{", "}", "&x ", "*x", "!t ", "!!int ", "!!bool ",
    "? ", "|", "> ", "'", '"', "#", "0742", "2026-02-30", "=", "<<", "~", "\t", "\x07", "---", ",",
    "...", "%YAML 1.1\n", "0x", "._", ".inf", "1:2", "\\", "\\ud800", "\u2028", "😀",
])  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=30))
def test_no_text_whatever_raises_and_every_line_told_is_in_it(text: str):
    file = YamlFile.parse("a.yaml", text)
    lines = len(text.splitlines()) + 1
    assert all(1 <= each.line <= lines for each in file.findings)
    assert isinstance(file.content, dict)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no such file"),
        (b"a: 1\n# " + b"x" * LARGEST, "is larger than 1 MB"),
        ("a: Zoë\n".encode("latin-1"), "is not UTF-8 text"),
        ("a: 1\n".encode("utf-16"), "is not UTF-8 text"),
    ],
    ids=["missing", "large", "latin-1", "utf-16"],
)
def test_a_file_that_cannot_be_read_is_told_at_its_first_line(
    tmp_path: Path, content: bytes | None, message: str
):
    if content is not None:
        put(tmp_path / "a.yaml", content)
    file = YamlFile.read(tmp_path, "a.yaml")
    assert [str(each) for each in file.findings] == [f"a.yaml:1: {message}"]
    assert file.content == {}


@pytest.mark.parametrize(
    ("content", "data"),
    [
        (b"", {}),
        (b"# nothing but this\n", {}),
        ("\ufeffa: Zoë\n".encode(), {"a": "Zoë"}),
        (b"a: 1\r\nb: 2\r\n", {"a": 1, "b": 2}),
        (b"a: NO\nb: yes\nc: 0742\n", {"a": False, "b": True, "c": 482}),
    ],
    ids=["empty", "comment", "byte-order-mark", "windows", "as-YAML-has-it"],
)
def test_what_editors_write_is_read(tmp_path: Path, content: bytes, data: dict):
    put(tmp_path / "a.yaml", content)
    file = YamlFile.read(tmp_path, "a.yaml")
    assert (file.content, file.findings) == (data, ())


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    hero: int = Field(1, le=1)


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    codes: list[str] = []
    slots: Inner = Inner()


QUOTE = "put it in quotes: YAML reads 0742 as a number and NO as false"
NO_TEXT = "codes.1 is not text"
LARGE = "slots.hero is more than 1"
MISFITS = {
    "missing": ("codes: []\n", (1, "name is missing", "add `name:`")),
    "near miss": ("name: x\ncode: []\n", (2, "unknown key 'code'", "is it codes?")),
    "far miss": ("name: x\nzzz: 1\n", (2, "unknown key 'zzz'", "known: name, codes, slots")),
    "near miss, deeper": (
        "name: x\nslots:\n  heros: 1\n",
        (3, "unknown key 'slots.heros'", "is it hero?"),
    ),
    "far miss, deeper": (
        "name: x\nslots:\n  zzz: 1\n",
        (3, "unknown key 'slots.zzz'", "known: hero"),
    ),
    "a code": ("name: x\ncodes:\n- '1'\n- 0742\n", (4, NO_TEXT, QUOTE)),
    "a country": ("name: x\ncodes: [GB, NO]\n", (2, NO_TEXT, QUOTE)),
    "too large": ("name: x\nslots: {hero: 2}\n", (2, LARGE, "write 1 or less")),
}


@pytest.mark.parametrize(("text", "finding"), MISFITS.values(), ids=MISFITS)
def test_a_misfit_is_told_at_its_line_with_a_remedy(text: str, finding: tuple[int, str, str]):
    model, findings = YamlFile.parse("a.yaml", text).fit(Model)
    assert model is None
    assert [(each.line, each.message, each.hint) for each in findings] == [finding]


def test_every_misfit_is_told_at_once_after_those_of_the_form():
    file = YamlFile.parse("a.yaml", "codes: [1]\ncodes: [2]\nslots: 3\n")
    _model, findings = file.fit(Model)
    assert [each.line for each in findings] == [2, 1, 2, 3]


def test_a_part_under_a_key_fits_by_itself():
    file = YamlFile.parse("a.yaml", "s001: {name: x}\ns002: {nam: y}\n")
    assert file.fit(Model, "s001") == (Model(name="x"), [])
    model, findings = file.fit(Model, "s002")
    assert model is None
    assert [each.line for each in findings] == [2, 2]


def test_top_level_keys_that_nobody_reads_are_guessed_at():
    file = YamlFile.parse("a.yaml", "intrests: 1\nzzz: 2\nsensitive: 3\n")
    found = file.unknown_keys({"interests", "sensitive"})
    assert [(each.line, each.hint) for each in found] == [
        (1, "is it interests?"),
        (2, "known: interests, sensitive"),
    ]
