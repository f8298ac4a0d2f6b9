"""An edition is read from its file; every mistake has its line and remedy."""

import datetime as dt
from pathlib import Path

import pytest

from cardletter.content import Edition, editions, read_catalogue, read_edition
from cardletter.content.edition import SECTIONS
from cardletter.errors import EditionError, Finding
from pieces import ARTICLE, EDITION, OFFER, catalogue
from tiny import put

FILES = {
    "articles/fold.md": ARTICLE,
    "articles/later.md": ARTICLE.replace("2026-11-01", "2026-12-04"),
    "articles/broken.md": "no front matter",
    "articles/banned.md": ARTICLE.replace("teaser:", "priority: 0\nteaser:"),
    "offers/photo.md": OFFER,
    "offers/british.md": OFFER.replace("link:", "eligibility: {countries: [GB]}\nlink:"),
    "offers/platinum.md": OFFER.replace("link:", "eligibility: {products: [plus]}\nlink:"),
    "offers/few.md": OFFER.replace("link:", "budget: {impressions: 10}\nlink:"),
}


def read(folder: Path, text: str) -> tuple[Edition | None, list[Finding]]:
    catalogue(folder, FILES | {"editions/2026-12.yaml": text})
    items, _findings = read_catalogue(folder)
    edition, found = read_edition(folder, "2026-12", items)
    return edition, [each for each in found if each.message != "has no preheader"]


def test_an_edition_is_its_date_subject_slots_and_what_is_fixed(tmp_path: Path):
    edition, findings = read(tmp_path, EDITION + "fixed: {briefs: [fold], offers: [photo]}\n")
    assert findings == []
    assert edition is not None
    assert edition.date == dt.date(2026, 12, 3)
    assert edition.subject == "Good things for short days"
    assert [edition.slots.of(section).total for section in SECTIONS] == [1, 2, 3, 4]
    assert edition.fixed == {"briefs": ["fold"], "offers": ["photo"]}


EVERYBODY = "is not for everybody, and what is fixed is shown to everybody"
ID = "an id is its file's name without .md"
DATE = "write it as 2026-12-03"
MISTAKES = {
    "nothing": ("", [
        (1, "date is missing", "add `date:`"), (1, "subject is missing", "add `subject:`")]),
    "no date": (EDITION.replace("date: 2026-12-03\n", ""), [(1, "date is missing", "add `date:`")]),
    "a day that does not exist": (EDITION.replace("2026-12-03", "2026-12-32"), [
        (1, "a date or number that does not exist", "mend or quote it"),
        (1, "date is no date", DATE)]),
    "a time of day": (EDITION.replace("2026-12-03", "2026-12-03T10:00:00"), [
        (1, "date is a time of day, not a date", DATE)]),
    "a subject of two lines": (EDITION.replace("Good things for", '"Good\\nBcc: everybody"\n#'), [
        (2, "subject: write it in one line", "")]),
    "a subject with a line end": (EDITION.replace("Good things for", '"Good\\r\\n"\n#'), [
        (2, "subject: write it in one line", "")]),
    "a subject with another line end": (EDITION.replace("Good things for", '"Good\\Lthings"\n#'), [
        (2, "subject: write it in one line", "")]),
    "a preheader of two lines": (EDITION + 'preheader: "a\\nb"\n', [
        (6, "preheader: write it in one line", "")]),
    "a subject too short": (EDITION.replace("Good things for short days", "Hi"), [
        (2, "subject is too short", "write 3 or more letters")]),
    "no slots": (EDITION.split("  hero")[0] + "  {hero: 0, stories: 0, briefs: 0, offers: 0}\n", [
        (3, "the edition has no slots", "hero: 1, ...")]),
    "an unknown part": (EDITION.replace("stories: 2", "storys: 2"), [
        (5, "unknown key 'slots.storys'", "is it stories?")]),
    "two heroes": (EDITION.replace("hero: 1", "hero: 2"), [
        (4, "slots.hero: holds one item at most", "")]),
    "an unknown key": (EDITION + "slot: {hero: 1}\n", [(6, "unknown key 'slot'", "is it slots?")]),
    "an unknown slot": (EDITION + "fixed:\n  briefs: [fold]\n  stores: [photo]\n", [
        (8, "there is no slot 'stores'", "hero, stories, briefs, offers")]),
    "an item that does not exist": (EDITION + "fixed:\n  briefs:\n  - fold\n  - folded\n", [
        (9, "there is no article or offer 'folded'", ID)]),
    "an item by its file's name": (EDITION + "fixed:\n  briefs: [fold.md]\n", [
        (7, "there is no article or offer 'fold.md'", ID)]),
    "an item too early": (EDITION + "fixed: {briefs: [later]}\n", [
        (6, "later is not valid on 2026-12-03", "see its from and until")]),
    "an item too late": (EDITION.replace("2026-12", "2027-12") + "fixed: {briefs: [fold]}\n", [
        (6, "fold is not valid on 2027-12-03", "see its from and until")]),
    "an item that is banned": (EDITION + "fixed: {briefs: [banned]}\n", [
        (6, "banned is never shown: its priority is 0", "take it out here, or raise its priority")
    ]),
    "a demand for what is banned": (EDITION + "demands:\n  every: [banned]\n", [
        (7, "banned is never shown: its priority is 0", "take it out here, or raise its priority")
    ]),
    "an offer of one country": (EDITION + "fixed: {offers: [british]}\n", [
        (6, f"british {EVERYBODY}", "see its eligibility and budget")]),
    "an offer of one product": (EDITION + "fixed: {offers: [platinum]}\n", [
        (6, f"platinum {EVERYBODY}", "see its eligibility and budget")]),
    "an offer for a few": (EDITION + "fixed: {offers: [few]}\n", [
        (6, f"few {EVERYBODY}", "see its eligibility and budget")]),
    "an item twice": (EDITION + "fixed:\n  hero: [fold]\n  briefs: [fold]\n", [
        (7, "fold is fixed twice", "keep it in one place"),
        (8, "fold is fixed twice", "keep it in one place")]),
    "a template that is not there": (EDITION + "template: journal\n", [
        (6, "there is no template templates/journal.mjml", "see templates/"),
        (6, "there is no template templates/journal.txt", "see templates/")]),
    "an item that is no list": (EDITION + "fixed:\n  hero: fold\n", [
        (7, "fixed.hero is not a list", 'write ["a", "b"]')]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "findings"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_an_edition_is_told_at_its_line(
    tmp_path: Path, text: str, findings: list[tuple[int, str, str]]
):
    _edition, found = read(tmp_path, text)
    assert [(each.path, each.line, each.message, each.hint) for each in found] == [
        ("content/editions/2026-12.yaml", *finding) for finding in findings
    ]


def test_a_template_is_a_page_and_its_text(tmp_path: Path):
    for name in ("newsletter.mjml", "newsletter.txt", "journal.mjml"):
        put(tmp_path / f"templates/{name}", "")
    _edition, found = read(tmp_path, EDITION + "template: journal\n")
    assert [(each.line, each.message, each.hint) for each in found] == [
        (6, "there is no template templates/journal.txt", "there are: newsletter")
    ]
    put(tmp_path / "templates/journal.txt", "")
    assert read(tmp_path, EDITION + "template: journal\n")[1] == []


def test_an_item_with_findings_of_its_own_is_not_called_missing(tmp_path: Path):
    _edition, found = read(tmp_path, EDITION + "fixed: {briefs: [broken]}\n")
    message = "broken cannot be shown: it is held back, or has findings"
    assert [each.message for each in found] == [message]


def test_a_missing_edition_is_told_with_those_there_are(tmp_path: Path):
    catalogue(tmp_path, {"editions/2026-12.yaml": EDITION, "editions/2026-11.yaml": EDITION})
    with pytest.raises(EditionError) as raised:
        read_edition(tmp_path, "2027-01", [])
    assert str(raised.value) == (
        "There is no edition 2027-01: content/editions/2027-01.yaml is missing. "
        "There are: 2026-11, 2026-12."
    )


def test_a_missing_edition_among_none_is_told(tmp_path: Path):
    with pytest.raises(EditionError, match=r"There are: none\.$"):
        read_edition(tmp_path, "2027-01", [])


def test_editions_are_named_oldest_first_and_other_files_let_alone(tmp_path: Path):
    for name in ("2026-12.yaml", "2025-01.yaml", "2026-02.yaml", "notes.txt"):
        put(tmp_path / "content/editions" / name, EDITION)
    assert editions(tmp_path) == ["2025-01", "2026-02", "2026-12"]
