"""Engagement: what people followed links about; of machines, and without a yes, nothing."""

import json
from pathlib import Path

import pytest

from cardletter import profiles, sources, workspace
from cardletter.ledger import Act
from cardletter.profiles import LINKED, read_engagement
from cardletter.workspace import Workspace
from tiny import put, tiny
from told import EDITION, click, delivery, send, take

TEA, BOOK, BOTH, OTHER = (f"https://shop.example/{name}" for name in ("tea", "book", "both", "x"))
SPEAKS = {TEA: ["dining"], BOOK: ["reading"], BOTH: ["dining", "reading"], OTHER: []}
PEOPLE = range(6)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Members 0 to 5 got the edition; all but 5 let us look at what they do."""
    rows = [f"m{n},profiling,granted,2026-01-01,web_form,Yes" for n in PEOPLE[:5]]
    tables = {
        "transactions.csv": "member_id,occurred_at,amount,category\n"
        + "".join(f"m{n},2026-11-01,5,5812\n" for n in PEOPLE),
        "members.csv": "member_id,email\n" + "".join(f"m{n},r{n}@mail.example\n" for n in PEOPLE),
        "consents.csv": "\n".join(
            ["member_id,purpose,state,occurred_at,method,wording", *rows, ""]
        ),
    }
    project = tiny(tmp_path_factory.mktemp("engaged"), tables)
    desk = workspace.begin(workspace.open_edition("2027-01", project))
    folder = project / f"workspace/editions/{EDITION}"
    put(folder / "variants/v1/index.html", "".join(f'<a href="{link}">x</a>' for link in SPEAKS))
    put(folder / LINKED, json.dumps(SPEAKS))
    sources.pull(desk)
    send(desk, PEOPLE)
    return desk


def observed(desk: Workspace) -> set[tuple[str, str, int]]:
    profiles.build(desk)
    return set(read_engagement(desk).itertuples(index=False, name=None))


def at(minute: int, second: int = 0) -> str:
    return f"2026-11-20T12:{minute:02d}:{second:02d}.000Z"


def test_a_persons_clicks_teach_and_a_machines_do_not(desk: Workspace):
    assert observed(desk) == set()
    take(
        desk,
        *(delivery(n, at(0)) for n in PEOPLE),
        *(click(0, at(5), TEA), click(0, at(6), TEA)),  # twice in one letter: one letter
        click(1, at(5), BOTH),
        click(2, at(5), OTHER),
        *(click(3, at(5), TEA), click(3, at(5, 1), BOOK)),  # two links in a second: a scanner
        click(4, at(5), BOOK, "Barracuda Sentinel (EE)"),
        click(5, at(5), BOOK),  # nobody may look at what this member does
    )
    assert observed(desk) == {("m0", "dining", 1), ("m1", "dining", 1), ("m1", "reading", 1)}


def test_a_yes_that_is_taken_back_takes_what_it_allowed_with_it(desk: Workspace):
    assert {who for who, *_ in observed(desk)} == {"m0", "m1"}
    desk.ledger.act(Act("m0", "tracking", "withdrawn", "preference_centre", "No."))
    assert {who for who, *_ in observed(desk)} == {"m1"}
    desk.ledger.act(Act("m1", "profiling", "withdrawn", "preference_centre", "No."))
    assert observed(desk) == set()


def test_an_edition_that_says_nothing_of_its_links_teaches_nothing(tmp_path: Path):
    desk = workspace.begin(workspace.open_edition("2027-01", tiny(tmp_path)))
    assert read_engagement(desk).empty
    sources.pull(desk)
    assert observed(desk) == set()
