"""The allow-list of interests is read as written, and every mistake has its line and remedy."""

from pathlib import Path

import pytest

from cardletter.profiles import read_interests
from tiny import INTERESTS, put

HOME = Path(__file__).parents[2]
LIST = INTERESTS.splitlines()


def read(folder: Path, text: str):
    put(folder / "segments/interests.yaml", text)
    return read_interests(folder)


def test_interests_have_their_name_phrase_and_categories_ranges_spelled_out(tmp_path: Path):
    interests, findings = read(tmp_path, INTERESTS)
    assert findings == []
    dining = interests.interests["dining"]
    assert (dining.name, dining.phrase) == ("Dining out", "eating out")
    assert dining.categories == ("5811", "5812", "5813", "5814")
    assert interests.of_category == {
        **dict.fromkeys(("5811", "5812", "5813", "5814"), "dining"),
        **dict.fromkeys(("5942", "COOK BOOKS"), "reading"),
    }
    assert (interests.sensitive, interests.uninformative) == ({"7995"}, {"4900"})


def test_a_range_keeps_its_zeros_and_one_code_is_a_range_too(tmp_path: Path):
    interests, findings = read(tmp_path, INTERESTS.replace("5811-5814", "0742-0744"))
    assert findings == []
    assert interests.interests["dining"].categories == ("0742", "0743", "0744")
    interests, findings = read(tmp_path, INTERESTS.replace("5811-5814", "5811-5811"))
    assert interests.interests["dining"].categories == ("5811",)


def instead(line: int, *text: str) -> str:
    """Give the list with a line replaced."""
    return "\n".join([*LIST[: line - 1], *text, *LIST[line:]]) + "\n"


NOT_TEXT = "put it in quotes: YAML reads 0742 as a number and NO as false"
MISTAKES = {
    "an unquoted code": (instead(5, "    categories: [0742]"), 5,
                         "a category is not text", NOT_TEXT),
    "a bare NO": (instead(5, "    categories:", '    - "5811"', "    - NO"), 7,
                  "a category is not text", NOT_TEXT),
    "an unquoted sensitive code": (instead(11, "  gambling: [", '  "1",', "  7995]"), 13,
                                   "a category is not text", NOT_TEXT),
    "a number as uninformative": (instead(12, "uninformative: [4900]"), 12,
                                  "a category is not text", NOT_TEXT),
    "one category, no list": (instead(5, '    categories: "5811"'), 5,
                              "categories is not a list", 'write ["5811", "5812"]'),
    "a sensitive table": (instead(11, "  gambling: {a: 1}"), 11,
                          "gambling is not a list", 'write ["5811", "5812"]'),
    "a range backwards": (instead(5, '    categories: ["5814-5811"]'), 5,
                          "'5814-5811' runs backwards", "the lower code first"),
    "no name": (instead(3), 2, "interest dining has no name", "add `name:`"),
    "no phrase": (instead(4), 2, "interest dining has no phrase", "add `phrase:`"),
    "no categories": (instead(5, "    categories: []"), 2, "interest dining has no categories",
                      "add `categories:`"),
    "an id with a space": (instead(2, "  dining out:"), 2,
                           "'dining out' cannot be an interest's id", "use a-z, 0-9 and -"),
    "a capital": (instead(2, "  Dining:"), 2, "'Dining' cannot be an interest's id",
                  "use a-z, 0-9 and -"),
    "a category in two interests": (instead(5, '    categories: ["5942"]'), 6,
                                    "category '5942' is also in dining",
                                    "a category has one place: take it out of one of them"),
    "a category in a range twice": (instead(9, '    categories: ["5813"]'), 6,
                                    "category '5813' is also in dining",
                                    "a category has one place: take it out of one of them"),
    "a sensitive category used": (instead(5, '    categories: ["7995"]'), 2,
                                  "category '7995' is also in the categories left out",
                                  "a category has one place: take it out of one of them"),
    "an unknown list": (instead(10, "sensitiv:"), 10, "unknown key 'sensitiv'",
                        "is it sensitive?"),
    "interests as a list": ("interests: [dining]\n", 1, "interests is not a table",
                            "write `interests:` and keys"),
    "no interests": ("sensitive: {}\n", 1, "interests is not a table",
                     "write `interests:` and keys"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message", "hint"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_at_its_line_with_its_remedy(
    tmp_path: Path, text: str, line: int, message: str, hint: str
):
    _interests, findings = read(tmp_path, text)
    told = [(each.line, each.message, each.hint) for each in findings]
    assert told == [(line, message, hint)]
    assert findings[0].path == "segments/interests.yaml"


def test_every_mistake_is_told_at_once(tmp_path: Path):
    text = instead(5, "    categories: [0742, NO]") + "more: 1\n"
    _interests, findings = read(tmp_path, text)
    assert [each.line for each in findings] == [5, 5, 13]


def test_a_list_that_is_not_there_is_told_once(tmp_path: Path):
    interests, findings = read_interests(tmp_path)
    assert interests.interests == {}
    assert [str(each) for each in findings] == ["segments/interests.yaml:1: there is no such file"]


def test_the_starters_list_has_no_findings_and_no_category_in_two_places():
    interests, findings = read_interests(HOME)
    assert findings == []
    assert len(interests.interests) == 50
    used = set(interests.of_category)
    assert not used & (interests.sensitive | interests.uninformative)


@pytest.mark.parametrize(
    "code",
    [
        "5912",
        "8011",
        "8062",
        "5921",
        "5813",
        "7995",
        "8661",
        "8651",
        "5993",
        "7273",
        "7261",
        "8398",
    ],
)
def test_the_starters_list_leaves_out_what_is_sensitive(code: str):
    interests, _findings = read_interests(HOME)
    assert code in interests.sensitive
    assert code not in interests.of_category
