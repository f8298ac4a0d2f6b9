"""Articles and offers are read from their files; every mistake has its file, line and remedy."""

import datetime as dt
from pathlib import Path

import pytest

from cardletter.content import Item, read_catalogue
from cardletter.errors import Finding
from cardletter.profiles import read_interests
from pieces import ARTICLE, OFFER, catalogue
from tiny import put


def read(folder: Path, files: dict[str, str | bytes]) -> tuple[list[Item], list[Finding]]:
    catalogue(folder, files)
    return read_catalogue(folder, read_interests(folder)[0])


def told(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(str(each), each.hint) for each in findings]


def test_an_item_is_its_front_matter_and_its_text(tmp_path: Path):
    items, findings = read(tmp_path, {"articles/fold.md": ARTICLE, "offers/photo.md": OFFER})
    assert findings == []
    fold, photo = items
    assert (fold.item_id, fold.kind, fold.interests) == ("fold", "article", ["reading"])
    assert fold.title == "Fold paper along its grain"
    assert fold.body == "Most paper has a grain. Fold along it."
    assert (fold.valid_from, fold.until) == (dt.date(2026, 11, 1), dt.date(2027, 3, 31))
    assert (photo.item_id, photo.kind, photo.merchant) == ("photo", "offer", "Aperley Photo")
    assert (fold.limited, photo.limited) == (False, False)


def test_items_are_sorted_by_their_id_wherever_they_stand(tmp_path: Path):
    names = ["articles/b.md", "articles/d.md", "offers/a.md", "offers/c.md"]
    items, _findings = read(tmp_path, dict.fromkeys(names, OFFER))
    assert [item.item_id for item in items] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("day", "valid"),
    [("2026-10-31", False), ("2026-11-01", True), ("2027-03-31", True), ("2027-04-01", False)],
)
def test_an_item_may_be_shown_from_its_first_day_to_its_last(tmp_path: Path, day: str, valid: bool):
    (item,), _findings = read(tmp_path, {"articles/a.md": ARTICLE})
    assert item.valid_on(dt.date.fromisoformat(day)) is valid


def test_an_article_without_dates_may_always_be_shown(tmp_path: Path):
    text = ARTICLE.replace("from: 2026-11-01\nuntil: 2027-03-31\n", "")
    (item,), findings = read(tmp_path, {"articles/a.md": text})
    assert findings == []
    assert item.valid_on(dt.date(1999, 1, 1))


def swapped(*pairs: tuple[str, str], text: str = ARTICLE) -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


BEGIN = "begin the file with ---, the keys (title: ...), and --- again"
NO_FRONT = (1, "has no front matter", BEGIN)
NO_TEXT = (1, "has no text under its front matter", "")
TAG_HINT = (
    "write plain text, numbers, lists and tables; text that begins with ! & or * stands in quotes"
)
QUOTE = "put it in quotes: YAML reads 0742 as a number and NO as false"
MISTAKES = {
    "an empty file": ("", [NO_FRONT]),
    "no front matter": ("Most paper has a grain.\n", [NO_FRONT]),
    "front matter left open": (swapped(("---\nMost", "Most")), [NO_FRONT]),
    "text before it": ("Hello\n" + ARTICLE, [NO_FRONT]),
    "a list as front matter": ("---\n- a\n---\ntext\n", [(1, "is not a table of keys",
                               "write `key: value` lines")]),
    "an unknown interest": (swapped(("[reading]", "[readin]")), [
        (3, "interests.0: there is no interest 'readin': is it 'reading'?", "")]),
    "two unknown interests": (swapped(("[reading]", "\n  - readin\n  - reading\n  - chess")), [
        (4, "interests.0: there is no interest 'readin': is it 'reading'?", ""),
        (6, "interests.2: there is no interest 'chess': see segments/interests.yaml", "")]),
    "a key that is nearly right": (swapped(("teaser:", "teasr:")), [
        (1, "teaser is missing", "add `teaser:`"), (4, "unknown key 'teasr'", "is it teaser?")]),
    "a key twice": (swapped(("image:", "alt: A card\nimage:")), [
        (7, "key 'alt' stands twice", "keep one of them")]),
    "no title": (swapped(("title: Fold paper along its grain\n", "")), [
        (1, "title is missing", "add `title:`")]),
    "a title that is a number": (swapped(("Fold paper along its grain", "2026")), [
        (2, "title is not text", QUOTE)]),
    "a title too long": (swapped(("Fold paper along its grain", "x" * 91)), [
        (2, "title is too long", "write 90 or fewer letters")]),
    "an http link": (swapped(("https:", "http:")), [(9, "link: a link starts with https://", "")]),
    "a javascript link": (swapped(("https://larkfield.example/fold", "javascript:alert(1)")), [
        (9, "link: a link starts with https://", "")]),
    "until before from": (swapped(("2027-03-31", "2026-10-31")), [
        (8, "until: lies before from", "")]),
    "a day that does not exist": (swapped(("2027-03-31", "2027-02-30")), [
        (8, "a date or number that does not exist", "mend or quote it")]),
    "a day in words": (swapped(("2027-03-31", "in spring")), [
        (8, "until is no date", "write it as 2026-12-03")]),
    "no picture": (swapped(("fold.png", "cut.png")), [
        (5, "there is no picture content/pictures/cut.png", "add the PNG or name another")]),
    "a picture elsewhere": (swapped(("fold.png", "../articles/a.md")), [
        (5, "image: a picture stands in content/pictures", "")]),
    "a picture of the machine": (swapped(("fold.png", "/etc/hostname")), [
        (5, "image: a picture stands in content/pictures", "")]),
    "no text": (ARTICLE.rsplit("Most", 1)[0], [NO_TEXT]),
    "only blanks": (ARTICLE.rsplit("Most", 1)[0] + " \n\n", [NO_TEXT]),
    "a kind of its own": (swapped(("title:", "kind: offer\ntitle:")), [
        (2, "unknown key 'kind'", "the file itself says it: take it out")]),
    "a country that is a no": (swapped(("link:", "eligibility:\n  countries: [GB, NO]\nlink:")), [
        (10, "eligibility.countries.1 is not text", QUOTE)]),
    "a budget below nothing": (swapped(("link:", "budget: {impressions: -1}\nlink:")), [
        (9, "budget.impressions is less than 0", "write 0 or more")]),
    "a budget misspelled": (swapped(("link:", "budget: {impresions: 9}\nlink:")), [
        (9, "unknown key 'budget.impresions'", "is it impressions?")]),
    "a purpose": (swapped(("link:", "purpose: fun\nlink:")), [
        (9, "purpose is none of those there are", "write 'marketing' or 'service'")]),
    "a tag": (swapped(("Fold paper", "!secret Fold paper")), [
        (2, "a tag (!name)", TAG_HINT)]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "findings"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_an_item_is_told_at_its_line(
    tmp_path: Path, text: str, findings: list[tuple[int, str, str]]
):
    _items, found = read(tmp_path, {"articles/a.md": text})
    assert [(each.path, each.line, each.message, each.hint) for each in found] == [
        ("content/articles/a.md", *finding) for finding in findings
    ]


@pytest.mark.parametrize("theme", ["gambling", "health", "alcohol", "religion"])
def test_a_sensitive_theme_is_no_interest_of_an_item(tmp_path: Path, theme: str):
    _items, found = read(tmp_path, {"articles/a.md": swapped(("[reading]", f"[{theme}]"))})
    assert f"there is no interest {theme!r}" in found[0].message


@pytest.mark.parametrize(
    ("key", "line"),
    [("terms", "terms: Once per member.\n"), ("merchant", "merchant: Aperley Photo\n"),
     ("until", "until: 2027-03-31\n")],
)  # fmt: skip
def test_an_offer_without_merchant_terms_or_last_day_is_refused(
    tmp_path: Path, key: str, line: str
):
    items, found = read(tmp_path, {"offers/a.md": swapped((line, ""), text=OFFER)})
    assert items == []
    assert told(found) == [(f"content/offers/a.md:1: an offer needs {key}", "")]


def test_the_good_items_are_given_beside_the_findings_of_the_bad(tmp_path: Path):
    files = {"articles/a.md": "", "articles/b.md": ARTICLE, "offers/c.md": ARTICLE}
    items, found = read(tmp_path, files)
    assert [item.item_id for item in items] == ["b"]
    assert [each.path for each in found] == ["content/articles/a.md", "content/offers/c.md"]


def test_two_items_of_one_id_are_told(tmp_path: Path):
    items, found = read(tmp_path, {"articles/a.md": ARTICLE, "offers/a.md": OFFER})
    assert [item.kind for item in items] == ["article"]
    assert told(found) == [
        ("content/offers/a.md:1: two items are called 'a'",
         "rename one of them: an item's id is its file's name, or what its row says")
    ]  # fmt: skip


@pytest.mark.parametrize("made", [True, False], ids=["empty-folders", "no-folders"])
def test_an_empty_catalogue_is_told(tmp_path: Path, made: bool):
    if made:
        (tmp_path / "content/articles").mkdir(parents=True)
        (tmp_path / "content/offers").mkdir()
    items, found = read_catalogue(tmp_path)
    assert items == []
    assert told(found) == [
        ("content/articles:1: the catalogue is empty", "write one: content/articles/my-first.md")
    ]


@pytest.mark.parametrize(
    "text",
    ["\ufeff" + ARTICLE, ARTICLE.replace("\n", "\r\n"), ARTICLE + "\n---\nA rule, and more.\n"],
    ids=["byte-order-mark", "windows-line-ends", "a-rule-in-the-text"],
)
def test_what_editors_write_is_read(tmp_path: Path, text: str):
    items, found = read(tmp_path, {"articles/a.md": text.encode()})
    assert found == []
    assert items[0].body.startswith("Most paper has a grain.")


def test_blank_lines_above_the_first_key_do_not_move_the_lines(tmp_path: Path):
    text = swapped(("title:", "\n\ntitle:"), ("https:", "http:"))
    _items, found = read(tmp_path, {"articles/a.md": text})
    assert [each.line for each in found] == [11]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (ARTICLE.replace("paper", "papér").encode("latin-1"), "is not UTF-8 text"),
        (ARTICLE.encode("utf-16"), "is not UTF-8 text"),
        (ARTICLE.encode() + b"x" * 1_000_000, "is larger than 1 MB"),
    ],
    ids=["latin-1", "utf-16", "large"],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes, message: str):
    items, found = read(tmp_path, {"articles/a.md": content})
    assert items == []
    assert [str(each) for each in found] == [f"content/articles/a.md:1: {message}"]


def test_without_a_list_of_interests_none_is_refused(tmp_path: Path):
    catalogue(tmp_path, {"articles/a.md": swapped(("[reading]", "[chess]"))})
    assert read_catalogue(tmp_path)[1] == []


def test_other_files_beside_the_items_are_let_alone(tmp_path: Path):
    put(tmp_path / "content/articles/notes.txt", "later")
    items, found = read(tmp_path, {"articles/a.md": ARTICLE})
    assert (len(items), found) == (1, [])
