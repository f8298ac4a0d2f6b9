"""First drafts: a few questions make an item or an edition that is valid at once."""

import datetime as dt
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cardletter.cli import app
from cardletter.content import making, read_catalogue, read_edition
from cardletter.errors import FilesError
from cardletter.profiles import read_interests
from pieces import ARTICLE, EDITION, catalogue
from tiny import put

WORDS = {
    "--title": 'Ten minutes: "better" toast & Zoë\'s jam',
    "--teaser": "A hot, dry pan does more than a toaster.",
    "--link": "https://larkfield.example/toast",
    "--text": "Heat the pan first.",
}
OFFER = WORDS | {
    "--merchant": "Brown & Co: bakers",
    "--terms": "Once per member.",
    "--until": "2027-03-31",
    "--impressions": "500",
}
MORE = {"--interests": "dining, reading", "--image": "fold.png", "--alt": "Toast"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    put(tmp_path / "pyproject.toml", "[tool.cardletter]\n")
    return catalogue(tmp_path, {"articles/fold.md": ARTICLE, "editions/2026-12.yaml": EDITION})


def new(project: Path, what: str, given: dict[str, str], answers: str = "") -> Result:
    words = [word for pair in given.items() for word in pair]
    return CliRunner().invoke(
        app, ["new", what, *words, "--project", str(project)], input=answers, catch_exceptions=True
    )


def errors(project: Path) -> list[str]:
    _items, found = read_catalogue(project, read_interests(project)[0])
    return [str(each) for each in found]


@pytest.mark.parametrize(("what", "given"), [("article", WORDS), ("offer", OFFER)])
def test_options_alone_make_an_item_without_a_question(
    project: Path, what: str, given: dict[str, str]
):
    done = new(project, what, given | MORE)
    assert done.exit_code == 0, done.output
    path = f"content/{what}s/ten-minutes-better-toast-zoe-s-jam.md"
    assert done.output.strip() == f"✓ Wrote {path}"
    assert errors(project) == []
    items, _found = read_catalogue(project)
    made = next(item for item in items if item.path == path)
    assert (made.title, made.interests) == (WORDS["--title"], ["dining", "reading"])
    assert made.body == "Heat the pan first."
    if what == "offer":
        assert (made.merchant, made.most) == ("Brown & Co: bakers", 500)
        assert made.until == dt.date(2027, 3, 31)


def test_what_is_not_given_is_asked_for_with_a_proposal(project: Path):
    answers = "\n".join([*list(WORDS.values()), "reading", "", ""]) + "\n"
    done = new(project, "article", {}, answers)
    assert done.exit_code == 0, done.output
    assert "There are: dining, reading" in done.output
    assert "Picture [fold.png]" in done.output
    assert "What it shows [A folded card]" in done.output
    assert errors(project) == []


def test_an_answer_that_would_not_be_valid_is_asked_for_again(project: Path):
    answers = [
        *("Hi", "Ten minutes for a better toast", "short", WORDS["--teaser"]),
        *("http://a.example", WORDS["--link"], WORDS["--text"], "reeding", "reading"),
        *("cut.png", "", "x", "A folded card"),
    ]
    done = new(project, "article", {}, "\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    for said in (
        "title is too short; write 3 or more letters",
        "teaser is too short",
        "a link starts with https://",
        "there is no interest 'reeding': is it reading?",
        "there is no picture content/pictures/cut.png",
        "alt is too short",
    ):
        assert said in done.output
    assert errors(project) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"--interests": "chess"}, "there is no interest 'chess'"),
        ({"--link": "http://a.example"}, "a link starts with https://"),
        ({"--text": "TODO"}, "'TODO' is left in it"),
        ({"--title": "Hi"}, "title is too short"),
        ({"--image": "cut.png"}, "there is no picture"),
    ],
)
def test_what_would_not_be_valid_is_told_and_not_written(
    project: Path, change: dict[str, str], said: str
):
    done = new(project, "article", WORDS | MORE | change)
    assert isinstance(done.exception, FilesError)
    assert said in str(done.exception)
    assert [file.name for file in (project / "content/articles").iterdir()] == ["fold.md"]


def test_nothing_is_written_over(project: Path):
    before = (project / "content/articles/fold.md").read_bytes()
    done = new(project, "article", WORDS | MORE | {"--title": "Fold"})
    assert isinstance(done.exception, FilesError)
    assert "is there already" in str(done.exception)
    assert (project / "content/articles/fold.md").read_bytes() == before


def test_a_day_that_is_none_is_told(project: Path):
    done = new(project, "offer", OFFER | MORE | {"--until": "31.03.2027"})
    assert "'31.03.2027' is no date: write it as 2027-03-31." in str(done.exception)


def test_a_second_edition_of_a_month_is_named_after_its_day(project: Path):
    answers = "Good things\nFor you\n2026-12-31\n"
    done = new(project, "edition", {}, answers)
    assert done.exit_code == 0, done.output
    assert "✓ Wrote content/editions/2026-12-31.yaml" in done.output


def test_an_edition_needs_a_subject_and_the_words_after_it(project: Path):
    given = {"--subject": "Good: things", "--preheader": "For you", "--date": "2027-01-07"}
    done = new(project, "edition", given)
    assert done.output.splitlines()[0] == "✓ Wrote content/editions/2027-01.yaml"
    edition, found = read_edition(project, "2027-01", read_catalogue(project)[0])
    assert found == []
    assert edition is not None
    assert (edition.subject, edition.date) == ("Good: things", dt.date(2027, 1, 7))


@pytest.mark.parametrize(
    ("today", "proposed"), [("2026-11-20", "2026-12-31"), ("2027-03-01", "2027-03-25")]
)
def test_the_next_edition_is_proposed_four_weeks_after_the_last(
    project: Path, today: str, proposed: str
):
    assert str(making.next_date(project, dt.date.fromisoformat(today))) == proposed


def test_a_bad_edition_is_not_written(project: Path):
    given = {"--subject": "Hi", "--preheader": "For you", "--date": "2027-01-07"}
    done = new(project, "edition", given)
    assert isinstance(done.exception, FilesError)
    assert not (project / "content/editions/2027-01.yaml").exists()
