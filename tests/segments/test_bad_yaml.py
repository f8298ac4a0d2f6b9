"""Segment YAML: every bad input of the list S that these files can have, by the list's number."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cardletter.errors import Finding
from cardletter.profiles import read_interests
from cardletter.profiles.interests import FILE
from cardletter.segments import Clustering, read_clustering, read_names
from cardletter.segments.files import CLUSTERING, NAMES
from cardletter.yamlfile import LARGEST, WORDS
from tiny import INTERESTS, put

QUOTES = "put it in quotes: YAML reads 0742 as a number and NO as false"
PLAIN = "; text that begins with ! & or * stands in quotes"
WHOLE = "write a number without quotes, letters or a point"
TABLE = "write `key: value` lines"
READERS: dict[str, Callable[[Path], tuple[object, list[Finding]]]] = {
    CLUSTERING: read_clustering,
    NAMES: read_names,
    FILE: read_interests,
}
DEEP = "k_min:\n" + "".join(f"{' ' * n}k{n}:\n" for n in range(1, 25))


def dining(*lines: str) -> str:
    """Write one interest with these lines for its own."""
    return "\n".join(["interests:", "  dining:", *[f"    {line}" for line in lines]]) + "\n"


FEATURES = "write 'auto', 'pmi', 'hellinger' or 'tfidf'"
HISTORY = "history_days: write all, or days that hold 3 windows: 168 or more"
KEYS = f"known: {', '.join(Clustering.model_fields)}"
NAME, PHRASE, CODES = "name: Dining", "phrase: eating out", 'categories: ["5812"]'
ANYWHERE = {
    "1 not YAML": ("a: [1\nb: 2\n", 2, "not YAML: expected ',' or ']', but got ':'", ""),
    "1 a tab": ("a:\n\tb: 1\n", 2,
                "not YAML: found character '\\t' that cannot start any token", ""),
    "2 a list": ("- a\n", 1, "is not a table of keys", TABLE),
    "2 text": ("segments\n", 1, "is not a table of keys", TABLE),
    "8 an anchor": ("a: &x 1\n", 1, "an anchor (&name)", "take it out" + PLAIN),
    "8 an alias": ("a: 1\nb: *a\n", 2, "not YAML: found undefined alias 'a'", ""),
    "9 a tag": ("a: !!python/object:os.system 1\n", 1, "a tag (!name)",
                "write plain text, numbers, lists and tables" + PLAIN),
    "34 a large file": ("# " + "x" * LARGEST, 1, "is larger than 1 MB", ""),
}  # fmt: skip


@pytest.mark.parametrize("path", READERS)
@pytest.mark.parametrize(
    ("text", "told"), [(each[0], each[1:]) for each in ANYWHERE.values()], ids=ANYWHERE
)
def test_a_file_that_cannot_be_read_is_told_once_at_its_line(
    tmp_path: Path, path: str, text: str, told: tuple
):
    put(tmp_path / path, text)
    _content, findings = READERS[path](tmp_path)
    assert findings == [Finding(path, *told)]


SEGMENTS = "segments: 4\n"
BAD = {
    "3 an unknown field": (CLUSTERING, SEGMENTS + "k_mn: 50\n", 2, "unknown key 'k_mn'",
                           "is it k_min?"),
    "3 of a name": (NAMES, "s001:\n  nam: Bakers\n", 2, "unknown key 'nam'", "is it name?"),
    "3 of an interest": (FILE, dining(NAME, PHRASE, CODES, "categorie: []"), 6,
                         "unknown key 'categorie' in interest dining", "is it categories?"),
    "3 nothing like it": (FILE, dining(NAME, PHRASE, CODES, "colour: red"), 6,
                          "unknown key 'colour' in interest dining",
                          "known: name, phrase, categories"),
    "4 a bare code": (FILE, dining(NAME, PHRASE, "categories: [0742]"), 5,
                      "a category is not text", QUOTES),
    "5 NO as a category": (FILE, dining(NAME, PHRASE, "categories: [NO]"), 5,
                           "a category is not text", QUOTES),
    "5 yes as a name": (FILE, dining("name: yes", PHRASE, CODES), 3,
                        "name of interest dining is not text", QUOTES),
    "5 no as a phrase": (FILE, dining(NAME, "phrase: no", CODES), 4,
                         "phrase of interest dining is not text", QUOTES),
    "5 NO as a segment's name": (NAMES, "s001:\n  name: NO\n", 2, "name is not text", QUOTES),
    "5 yes as a number": (CLUSTERING, SEGMENTS + "least_purchases: yes\n", 2,
                          "least_purchases is no whole number", WHOLE),
    "5 no as a seed": (CLUSTERING, "seed: no\n", 1, "seed is no whole number", WHOLE),
    "6 1.10 as a name": (NAMES, "s001:\n  name: 1.10\n", 2, "name is not text", QUOTES),
    "6 1.10 as a category": (FILE, dining(NAME, PHRASE, "categories: [1.10]"), 5,
                             "a category is not text", QUOTES),
    "6 1.10 as a number": (CLUSTERING, "k_min: 50.10\n", 1, "k_min is no whole number", WHOLE),
    "5 no for all features": (CLUSTERING, "features: no\n", 1,
                              "features is none of those there are", FEATURES),
    "3 features near by": (CLUSTERING, SEGMENTS + "features: pmii\n", 2,
                           "features is none of those there are", FEATURES),
    "19 features in a list": (CLUSTERING, "features: [pmi]\n", 1,
                              "features is none of those there are", FEATURES),
    "19 recent days in words": (CLUSTERING, "recent_days: three months\n", 1,
                                "recent_days is no whole number", WHOLE),
    "28 no recent days": (CLUSTERING, "recent_days: 0\n", 1, "recent_days is less than 7",
                          "write 7 or more"),
    "28 recent for ever": (CLUSTERING, "recent_days: 10000\n", 1, "recent_days is more than 366",
                           "write 366 or less"),
    "28 no window": (CLUSTERING, "window_days: 0\n", 1, "window_days is less than 7",
                     "write 7 or more"),
    "28 a window of years": (CLUSTERING, "window_days: 10000\n", 1, "window_days is more than 366",
                             "write 366 or less"),
    "28 a history too short": (CLUSTERING, SEGMENTS + "history_days: 100\n", 2, HISTORY, ""),
    "28 for the window": (CLUSTERING, "history_days: 200\nwindow_days: 90\n", 1,
                          HISTORY.replace("168", "270"), ""),
    "11 a history below nothing": (CLUSTERING, "history_days: -1\n", 1, HISTORY, ""),
    "5 yes for a history": (CLUSTERING, "history_days: yes\n", 1, HISTORY, ""),
    "19 a history in words": (CLUSTERING, "history_days: half a year\n", 1, HISTORY, ""),
    "19 a history in a list": (CLUSTERING, "history_days: [168]\n", 1, HISTORY, ""),
    "6 a history with a point": (CLUSTERING, "history_days: 182.5\n", 1, HISTORY, ""),
    "32 a history without end": (CLUSTERING, "history_days: .inf\n", 1, HISTORY, ""),
    "32 a margin that is none": (CLUSTERING, "margin: .nan\n", 1, "margin is no number",
                                 "write one that has an end"),
    "30 a margin above all": (CLUSTERING, "margin: 1.5\n", 1, "margin is more than 1.0",
                              "write 1.0 or less"),
    "19 a basis in words": (CLUSTERING, "basis: new\n", 1, "basis is no whole number", WHOLE),
    "31 weights are not people's": (CLUSTERING, "weights: {share: 0.5, days: 0.6}\n", 1,
                                    "unknown key 'weights'", KEYS),
    "7 a key twice": (CLUSTERING, "k_min: 50\nk_min: 60\n", 2, "key 'k_min' stands twice",
                      "keep one of them"),
    "7 an interest twice": (FILE, dining(NAME, PHRASE, CODES) + dining(NAME, PHRASE, CODES)[11:], 6,
                            "key 'dining' stands twice", "keep one of them"),
    "11 below nothing": (CLUSTERING, "least_purchases: -1\n", 1, "least_purchases is less than 1",
                         "write 1 or more"),
    "12 a range backwards": (FILE, dining(NAME, PHRASE, 'categories: ["5814-5811"]'), 5,
                             "'5814-5811' runs backwards", "the lower code first"),
    "13 an empty interest": (FILE, dining(NAME, PHRASE, "categories: []"), 2,
                             "interest dining has no categories", "add `categories:`"),
    "15 two names alike": (NAMES, "s001: {name: Bakers}\ns002:\n  name: Bakers\n", 3,
                           "s002 is called what s001 is called: 'Bakers'",
                           "give it a name of its own"),
    "19 words for a number": (CLUSTERING, "k_min: many\n", 1, "k_min is no whole number", WHOLE),
    "19 a number in quotes": (CLUSTERING, 'k_min: "50"\n', 1, "k_min is no whole number", WHOLE),
    "19 a list for a name": (NAMES, "s001:\n  name: [a, b]\n", 2, "name is not text", QUOTES),
    "19 a name for a table": (NAMES, "s001: Bakers\n", 1, "s001 is not a table of keys", TABLE),
    "19 an interest in a word": (FILE, "interests:\n  dining: yes\n", 2,
                                 "interest dining is not a table of keys",
                                 "write `name:`, `phrase:`, `categories:` under it"),
    "19 interests in a list": (FILE, "interests: [dining]\n", 1, "interests is not a table",
                               "write `interests:` and keys"),
    "21 a sensitive code": (FILE, dining(NAME, PHRASE, CODES) + 'sensitive:\n  x: ["5812"]\n', 2,
                            "category '5812' is also in the categories left out",
                            "a category has one place: take it out of one of them"),
    "23 three people": (CLUSTERING, SEGMENTS + "k_min: 3\n", 2, "k_min is less than 20",
                        "write 20 or more"),
    "32 no number": (CLUSTERING, "k_min: .nan\n", 1, "k_min is no whole number", WHOLE),
    "32 without end": (CLUSTERING, "seed: .inf\n", 1, "seed is no whole number", WHOLE),
    "32 as a category": (FILE, dining(NAME, PHRASE, "categories: [.nan]"), 5,
                         "a category is not text", QUOTES),
    "33 a Cyrillic letter in a key": (CLUSTERING, "\u0455egments: 4\n", 1,
                                      "unknown key '\u0455egments'", "is it segments?"),
    "33 in an interest's id": (FILE, dining(NAME, PHRASE, CODES).replace("din", "d\u0456n"), 2,
                               "'d\u0456ning' cannot be an interest's id", "use a-z, 0-9 and -"),
    "33 in a segment's id": (NAMES, "\u0455001:\n  name: Bakers\n", 1,
                             "'\u0455001' cannot be a segment's id",
                             "see `cardletter segment`: s001"),
    "20 SQL for an id": (NAMES, '"s001; DROP TABLE members": {name: Bakers}\n', 1,
                         "'s001; DROP TABLE members' cannot be a segment's id",
                         "see `cardletter segment`: s001"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "text", "told"), [(*each[:2], each[2:]) for each in BAD.values()], ids=BAD
)
def test_a_mistake_is_one_finding_at_its_line_with_a_remedy(
    tmp_path: Path, path: str, text: str, told: tuple
):
    line, message, hint = told
    put(tmp_path / path, text)
    _content, findings = READERS[path](tmp_path)
    assert findings == [Finding(path, line, message, hint)]
    assert str(findings[0]) == f"{path}:{line}: {message}"


@pytest.mark.parametrize("path", READERS)
def test_10_too_many_levels_are_told_at_their_line(tmp_path: Path, path: str):
    put(tmp_path / path, DEEP)
    _content, findings = READERS[path](tmp_path)
    assert Finding(path, 22, "more than 20 levels", "write it flatter") in findings


def test_39_a_version_nobody_knows_is_an_unknown_key(tmp_path: Path):
    for path, read in READERS.items():
        put(tmp_path / path, INTERESTS if path == FILE else "")
        with (tmp_path / path).open("a", encoding="utf-8") as file:
            file.write("version: 2\n")
        assert [each.severity for each in read(tmp_path)[1]] == ["error"]


@pytest.mark.parametrize(("message", "hint"), sorted(set(WORDS.values())))
def test_what_is_said_of_a_misfit_is_no_programmers_word(message: str, hint: str):
    words = f"{message} {hint}".casefold()
    assert hint
    assert not [each for each in ("input", "valid", "string", "integer", "dict") if each in words]
