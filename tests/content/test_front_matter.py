"""What goes wrong in content, one mistake at a time: where it is, what it weighs, what is said."""

import os
from pathlib import Path

import pytest

from cardletter.content import Item, read_catalogue, read_edition
from cardletter.errors import Finding
from cardletter.profiles import read_interests
from pieces import ARTICLE, EDITION, OFFER, catalogue
from tiny import put

PATH = "content/articles/fold.md"
TEXT = "Most paper has a grain. Fold along it."
LEGENDS = """\
credit:
  claims: ["# % APR", "interest-free"]
  legend: ["representative example"]
"""


def read(folder: Path, files: dict[str, str | bytes]) -> tuple[list[Item], list[Finding]]:
    catalogue(folder, files)
    return read_catalogue(folder, read_interests(folder)[0])


def told(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(f"{each.path}:{each.line}", each.severity, each.message) for each in findings]


def article(old: str, new: str) -> str:
    assert old in ARTICLE
    return ARTICLE.replace(old, new, 1)


def body(text: str) -> str:
    return article(TEXT, text)


SECURE = "a link starts with https://"
ON_PAGE = "a link to a place on the page leads nowhere in a mail"
WITH_ADDRESS = "a link carries an e-mail address, which every server on its way would see"
AS_WRITTEN = "HTML in the text is shown as it is written"
LEFT_OUT = "it is sensitive, and stays out"
MISTAKES = {
    "front matter left open": (ARTICLE.replace("---\nMost", "Most"), 1, "error",
        "has no front matter"),
    "a tab before a key": (article("teaser:", "\tteaser:"), 4, "error",
        "not YAML: found character '\\t' that cannot start any token"),
    "a key that is a slip of the pen": (article("until:", "untill:"), 8, "error",
        "unknown key 'untill'"),
    "a key that is somebody's own": (article("link:", "photographer: Ann\nlink:"), 9, "warning",
        "unknown key 'photographer'"),
    "a sensitive interest": (article("[reading]", "[gambling]"), 3, "error",
        f"interests.0: there is no interest 'gambling': {LEFT_OUT}"),
    "an interest twice": (article("[reading]", "[reading, reading]"), 3, "error",
        "interests: 'reading' stands twice"),
    "no alt": (article("alt: A folded card\n", ""), 1, "error", "alt is missing"),
    "an empty alt": (article("alt: A folded card", "alt: ''"), 6, "error", "alt is too short"),
    "a link to http": (article("https:", "http:"), 9, "error", f"link: {SECURE}"),
    "a link to data": (article("https://larkfield.example/fold", "data:text/html,x"), 9, "error",
        f"link: {SECURE}"),
    "a link to a place on the page": (article("https://larkfield.example/fold", "'#top'"), 9,
        "error", f"link: {ON_PAGE}"),
    "a link to a path": (article("https://larkfield.example/fold", "/fold"), 9, "error",
        f"link: {SECURE}"),
    "a link with an address": (article("/fold", "/fold?utm_id=ann%40mail.example"), 9, "error",
        f"link: {WITH_ADDRESS}"),
    "a link with a user": (article("https://", "https://ann:secret@"), 9, "error",
        f"link: {WITH_ADDRESS}"),
    "a link to no host": (article("larkfield.example", "larkfield"), 9, "error",
        "link: is no address of a page"),
    "a link that hides": (article("larkfield.example/fold", "bit.ly/3x"), 9, "warning",
        "https://bit.ly/3x hides where it leads"),
    "a link in the text to http": (body("Read\n\nand [more](http://a.example)."), 13, "error",
        f"link 'http://a.example': {SECURE}"),
    "a link in the text to a script": (body("[more](javascript:alert)"), 11, "error",
        f"link 'javascript:alert': {SECURE}"),
    "a link in the text to a place on it": (body("One\ntwo [more](#end)."), 12, "error",
        f"link '#end': {ON_PAGE}"),
    "a link in the text that hides": (body("[more](https://www.tinyurl.com/x)"), 11, "warning",
        "https://www.tinyurl.com/x hides where it leads"),
    "a link in the text with an address": (body("[more](https://a.example/?e=a@b.example)"), 11,
        "error", f"link 'https://a.example/?e=a@b.example': {WITH_ADDRESS}"),
    "a picture in the text": (body("![A card](fold.png)"), 11, "error",
        "a picture in the text is not shown"),
    "a script": (body("One.\n\n<script>alert(1)</script>"), 13, "error", AS_WRITTEN),
    "a frame in a line": (body("One <iframe src=x></iframe>"), 11, "error", AS_WRITTEN),
    "a form": (body("<form action=x>\n</form>"), 11, "error", AS_WRITTEN),
    "lorem ipsum": (body("Lorem ipsum dolor."), 11, "error", "'Lorem ipsum' is left in it"),
    "a TODO in the title": (article("Fold paper", "TODO fold paper"), 2, "error",
        "title: 'TODO' is left in it"),
    "template code": (body("One\n\nDear {{ name }}"), 13, "error",
        "'{{ name }}' is left in it"),
    "a field nobody declared": (body("You have {{points}}"), 11, "error",
        "'{{points}}' is left in it"),
    "a NUL": (body("One\nt\0wo"), 12, "error", "holds a NUL, which no text has"),
    "a bomb of aliases": (article("title:", "a: &a [x, x]\nb: [*a, *a]\ntitle:"), 2, "error",
        "an anchor (&name)"),
    "a country in small letters": (article("link:", "eligibility: {countries: [gb]}\nlink:"), 9,
        "error", "eligibility.countries.0: write a country by its two letters: GB"),
    "a country that is called otherwise": (
        article("link:", "eligibility: {countries: [UK]}\nlink:"), 9, "error",
        "eligibility.countries.0: the United Kingdom is GB"),
    "an exclusion of nobody": (
        article("link:", "exclusive_with: [fold, Aperly Photo]\nlink:"), 1, "warning",
        "exclusive_with names 'Aperly Photo', which there is not"),
    "a language nobody writes": (article("link:", "eligibility: {locales: [fr]}\nlink:"), 1,
        "warning", "eligibility.locales names 'fr', which there is not"),
    "an experience": (article("link:", "experience: coaching\nlink:"), 9, "error",
        "experience is none of those there are"),
    "a priority": (article("link:", "priority: .nan\nlink:"), 9, "error",
        "priority is no number"),
    "money without a price": (article("link:", "budget: {spend: 100}\nlink:"), 9, "error",
        "budget: spend and cost go together: the money there is, and per showing"),
    "a promise beyond the budget": (
        article("link:", "budget: {minimum: 50, spend: 10, cost: 0.5}\nlink:"), 9, "error",
        "budget: minimum is 50, but there are only 20 to show"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "severity", "message"), MISTAKES.values(), ids=MISTAKES)
def test_each_mistake_is_told_where_it_is(
    tmp_path: Path, text: str, line: int, severity: str, message: str
):
    items, found = read(tmp_path, {"articles/fold.md": text})
    assert (f"{PATH}:{line}", severity, message) in told(found)
    assert len({each.line for each in found}) <= 2
    if severity == "warning":
        assert [item.item_id for item in items] == ["fold"]


FINE = {
    "a byte order mark": "\ufeff" + ARTICLE,
    "code that shows HTML": body("Write `<b>`, or:\n\n    <form>\n"),
    "a link as it is": body("See <https://larkfield.example/a>."),
    "an address to write to": body("We write from letter@larkfield.example."),
    "what only looks like a leftover": body("Much to do: the toDo list of 100% wool {soft}."),
    "an emoji": article("Fold paper", "📖 Fold paper"),
}


@pytest.mark.parametrize("text", FINE.values(), ids=FINE)
def test_what_only_looks_wrong_is_let_through(tmp_path: Path, text: str):
    items, found = read(tmp_path, {"articles/fold.md": text})
    assert (len(items), found) == (1, [])


def test_a_field_that_is_declared_may_stand_in_a_text(tmp_path: Path):
    put(tmp_path / "templates/fields.yaml", "points: {kind: number, column: points}\n")
    _items, found = read(tmp_path, {"articles/fold.md": body("You have {{points}} points.")})
    assert found == []


NAMES = {
    "no name an item can have": ("fold a card.md", "is named as no item can be"),
    "two dots": ("...md", None),
    "an editor's own": (".fold.md", None),
    "a device": ("con.md", "is named con, as no file can be on Windows"),
    "very long": ("f" * 81 + ".md", "is named as no item can be"),
    "other letters": ("fältat.md", "is named as no item can be"),
}


@pytest.mark.parametrize(("name", "message"), NAMES.values(), ids=NAMES)
def test_a_file_is_named_as_any_machine_can_name_it(tmp_path: Path, name: str, message: str | None):
    _items, found = read(tmp_path, {f"articles/{name}": ARTICLE, "articles/good.md": ARTICLE})
    wanted = [(f"content/articles/{name}:1", "error", message)] if message else []
    assert told(found) == wanted


def test_ids_that_differ_by_capitals_only_are_one(tmp_path: Path):
    items, found = read(tmp_path, {"articles/fold.md": ARTICLE, "offers/Fold.md": OFFER})
    assert [item.item_id for item in items] == ["fold"]
    assert told(found) == [("content/offers/Fold.md:1", "error", "two items are called 'fold'")]


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path):
    put(tmp_path / "elsewhere/secret.md", ARTICLE)
    project = catalogue(tmp_path / "letter", {"articles/good.md": ARTICLE})
    (project / "content/articles/fold.md").symlink_to(tmp_path / "elsewhere/secret.md")
    (project / "content/articles/gone.md").symlink_to(project / "nowhere.md")
    (project / "content/articles/twice.md").symlink_to("good.md")
    items, found = read_catalogue(project)
    assert [item.item_id for item in items] == ["good", "twice"]
    assert told(found) == [
        (f"{PATH}:1", "error", "is a link to a place outside the project"),
        ("content/articles/gone.md:1", "error", "is no file that can be read"),
    ]


def test_a_folder_named_like_an_article_is_told(tmp_path: Path):
    (tmp_path / "content/articles/fold.md").mkdir(parents=True)
    _items, found = read(tmp_path, {"articles/good.md": ARTICLE})
    assert told(found) == [(f"{PATH}:1", "error", "is no file that can be read")]


def test_a_file_of_ten_megabytes_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    catalogue(tmp_path, {"articles/fold.md": ARTICLE})
    os.truncate(tmp_path / PATH, 10_000_000)
    monkeypatch.setattr(Path, "read_text", None)
    _items, found = read_catalogue(tmp_path)
    assert told(found) == [(f"{PATH}:1", "error", "is larger than 1 MB")]


def test_a_picture_of_more_than_a_megabyte_is_a_warning(tmp_path: Path):
    catalogue(tmp_path, {"articles/fold.md": ARTICLE})
    os.truncate(tmp_path / "content/pictures/fold.png", 1_000_001)
    items, found = read_catalogue(tmp_path)
    message = "content/pictures/fold.png is larger than 1 MB"
    assert (len(items), told(found)) == (1, [(f"{PATH}:5", "warning", message)])


CLAIM = OFFER.replace("Once per member.", "'Ends soon.{}'").replace(TEXT, "Only 9.9% APR for you.")


def test_a_claim_without_its_legend_holds_the_item_back(tmp_path: Path):
    put(tmp_path / "content/legends.yaml", LEGENDS)
    legend = " Representative example: borrowing $1,000 costs $99 a year."
    files = {"offers/bare.md": CLAIM.format(""), "offers/whole.md": CLAIM.format(legend)}
    items, found = read(tmp_path, files)
    assert [item.item_id for item in items] == ["whole"]
    message = "is held back: '9.9% APR' needs its legend in terms or disclosure"
    assert told(found) == [("content/offers/bare.md:1", "warning", message)]


@pytest.mark.parametrize("words", ["Now INTEREST-FREE.", "from 12 % apr", "0 % APR: yes"])
def test_a_claim_is_known_however_it_is_written(tmp_path: Path, words: str):
    put(tmp_path / "content/legends.yaml", LEGENDS)
    items, _found = read(tmp_path, {"articles/fold.md": body(words)})
    assert items == []


@pytest.mark.parametrize("words", ["In April 2026", "interest free of charge", "APR", "5% aprés"])
def test_other_words_are_no_claim(tmp_path: Path, words: str):
    put(tmp_path / "content/legends.yaml", LEGENDS)
    items, _found = read(tmp_path, {"articles/fold.md": body(words)})
    assert len(items) == 1


def test_a_fixed_item_that_is_held_back_is_told_in_the_edition_too(tmp_path: Path):
    put(tmp_path / "content/legends.yaml", LEGENDS)
    edition = EDITION + "preheader: A\nfixed: {offers: [loan]}\n"
    items, _found = read(tmp_path, {"offers/loan.md": CLAIM.format(""), "editions/x.yaml": edition})
    _edition, found = read_edition(tmp_path, "x", items)
    message = "loan cannot be shown: it is held back, or has findings"
    assert told(found) == [("content/editions/x.yaml:7", "error", message)]


EDITIONS = {
    "no subject": ("date: 2026-12-03\npreheader: A\n", 1, "error", "subject is missing"),
    "an empty subject": (EDITION.replace("Good things for short days", "''"), 2, "error",
        "subject is too short"),
    "a subject of blanks": (EDITION.replace("Good things for short days", "'     '"), 2, "error",
        "subject: says nothing"),
    "a subject of 201": (EDITION.replace("Good things for short days", "x" * 201), 2, "error",
        "subject is too long"),
    "a subject of 79": (EDITION.replace("Good things for short days", "x" * 79), 2, "warning",
        "subject has more than 78 letters"),
    "a subject of two lines": (EDITION.replace("Good things", '"Good\\r\\nBcc: x"\n#'), 2, "error",
        "subject: write it in one line"),
    "no preheader": (EDITION, 1, "warning", "has no preheader"),
    "a date that is none": (EDITION.replace("2026-12-03", "2026-02-30"), 1, "error",
        "date is no date"),
    "offers among the stories": (EDITION + "  briefs: {offers: 1}\n", 6, "error",
        "slots.briefs: offers stand in the section offers"),
    "service among the offers": (EDITION + "  offers: {service: 1}\n", 6, "error",
        "slots.offers: holds offers and discoveries only, and both are offers"),
    "an unknown kind of slot": (EDITION + "  briefs: {favourite: 1}\n", 6, "error",
        "unknown key 'slots.briefs.favourite'"),
    "a demand for nothing there is": (EDITION + "demands: {every: [fold, privacy]}\n", 6, "error",
        "there is no item and no kind 'privacy'"),
    "a budget of nothing there is": (EDITION + "budgets: {folk: {impressions: 9}}\n", 6, "error",
        "there is no article or offer 'folk'"),
    "a language nobody writes": (EDITION + "audience: {locales: [de-DE]}\n", 6, "error",
        "'de-DE' is no locale of this project"),
    "half of the members held out and more": (EDITION + "holdout: 0.6\n", 6, "error",
        "holdout is more than 0.5"),
    "a subject of a tone that tells": (
        EDITION + 'tones: {warm: {subject: "All about books, again"}}\n', 6, "error",
        "the subject for tone warm tells an interest: 'books'"),
    "a tone nobody has": (EDITION + "tones: {warm: {subject: Good evening}}\n", 6, "warning",
        "no segment has the tone 'warm'"),
    "a second subject for a tone only": (
        EDITION + "tones: {warm: {subject: Good day, subject_b: Hello}}\n", 1, "error",
        "tone warm has a subject_b, but the edition has none"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "severity", "message"), EDITIONS.values(), ids=EDITIONS)
def test_each_mistake_of_an_edition_is_told_where_it_is(
    tmp_path: Path, text: str, line: int, severity: str, message: str
):
    items, _found = read(tmp_path, {"articles/fold.md": ARTICLE, "editions/x.yaml": text})
    _edition, found = read_edition(tmp_path, "x", items, read_interests(tmp_path)[0])
    assert (f"content/editions/x.yaml:{line}", severity, message) in told(found)


def test_five_lines_make_an_edition(tmp_path: Path):
    text = "date: 2026-12-03\nsubject: Good things\npreheader: For you\nholdout: 0.05\nsplit: 0.5\n"
    items, _found = read(tmp_path, {"articles/fold.md": ARTICLE, "editions/x.yaml": text})
    edition, found = read_edition(tmp_path, "x", items)
    assert found == []
    assert edition is not None
    assert edition.slots.total == 12


def test_an_offer_must_last_as_long_as_the_edition_is_sent(tmp_path: Path):
    put(tmp_path / "pyproject.toml", "[tool.cardletter]\nsend_days = 3\n")
    soon = OFFER.replace("2027-03-31", "2026-12-04")
    text = EDITION + "preheader: A\nfixed: {offers: [soon]}\n"
    files = {"offers/soon.md": soon, "editions/x.yaml": text}
    items, _found = read(tmp_path, files | {"editions/y.yaml": text + "window: {days: 2}\n"})
    edition, found = read_edition(tmp_path, "x", items)
    message = "soon ends on 2026-12-04, while the edition is sent to 2026-12-05"
    assert told(found) == [("content/editions/x.yaml:7", "error", message)]
    assert edition is not None
    assert not edition.may_show(items[0])
    shorter, found = read_edition(tmp_path, "y", items)
    assert found == []
    assert shorter is not None
    assert shorter.may_show(items[0])
