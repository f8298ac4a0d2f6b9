"""Uptake: what people took up of earlier letters, and what that says of items and of members."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import earlier
from cardletter.content import read_catalogue
from cardletter.content.personal import LEANS
from cardletter.content.uptake import ENOUGH, LEAST, MOST, SHRUNK, Uptake, read_uptake
from cardletter.ledger import Act
from cardletter.workspace import Workspace
from pieces import EDITION, OFFER, catalogue, piece
from tiny import EDITION as NAME
from tiny import begin, tiny

ITEMS = pd.Index(["a", "b", "c", "x", "y", "z"])
PAIRS = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5)]
"""What members took up who took up two: of the first three, or of the last three."""


def uptake(members: int, floor: int = 20) -> Uptake:
    """Give two tastes; the last ten members took up nothing."""
    taken = np.zeros((members + 10, 6), dtype=np.float32)
    for row in range(members):
        taken[row, list(PAIRS[row % 6])] = 1
    cells = sparse.csr_array(taken)
    return Uptake(ITEMS, cells, sparse.csr_array(cells.shape), np.ones(6, np.float32), floor)


def test_members_lean_to_what_goes_with_what_they_took_up():
    told = uptake(ENOUGH).leaning(np.array([0, 3]))
    assert told[0, 2] > LEANS  # took a and b: c goes with them
    assert told[1, 5] > LEANS
    assert max(told[0, 3:].max(), told[1, :3].max()) < 1


def test_who_took_up_nothing_leans_to_nothing():
    assert uptake(ENOUGH).leaning(np.array([ENOUGH + 5])).ravel().tolist() == pytest.approx([1] * 6)


def test_of_too_few_members_nothing_is_learned():
    few = uptake(ENOUGH - 1)
    assert few.model is None
    assert (few.leaning(np.arange(10)) == 1).all()
    assert not few.told(np.arange(10)).any()


def test_an_item_that_too_few_took_up_says_nothing_and_is_said_nothing_of():
    known = uptake(ENOUGH, floor=334)
    assert len(known.known) < 6
    left = np.setdiff1d(np.arange(6), known.known)
    assert (known.leaning(np.arange(20))[:, left] == 1).all()
    assert not known.told(np.arange(20))[:, left].any()


def test_a_group_leans_as_its_members_do_and_no_further_than_bounds():
    known = uptake(ENOUGH)
    first = [row for row in range(ENOUGH) if row % 6 < 3]
    groups = np.full(ENOUGH + 10, 1)
    groups[first] = 0
    groups[-1] = -1
    drawn = known.drawn(groups, 2)
    assert drawn[0, :3].min() > LEANS
    assert drawn[0, 3:].max() < 1
    assert LEAST <= drawn.min() <= drawn.max() <= MOST
    share = known.share(known.taken, groups, 2)
    assert share[0].tolist() == pytest.approx([2 / 3] * 3 + [0] * 3, abs=0.01)


OF = {"one": ["e01", "e02", "e03", "e04"], "two": ["f01", "f02"]}
SHOWN = {
    "one": (OF["one"], [("hero", "eat"), ("stories", "read"), ("offers", "meal")]),
    "two": (OF["two"], [("hero", "eat")]),
}
LINKS = {"eat": "https://larkfield.example/eat", "read": "https://larkfield.example/read"}
LINKS["meal"] = "https://larkfield.example/meal"
EVERYBODY = pd.Index([*OF["one"], *OF["two"]])


@pytest.fixture
def desk(tmp_path: Path) -> Workspace:
    pieces = {
        f"{'offers' if name == 'meal' else 'articles'}/{name}.md": piece(
            name.title() * 3, "dining", **({"text": OFFER} if name == "meal" else {})
        )
        for name in LINKS
    }
    pieces = {path: _linked(text, LINKS[Path(path).stem]) for path, text in pieces.items()}
    catalogue(tiny(tmp_path), pieces | {f"editions/{NAME}.yaml": EDITION})
    desk = begin(tmp_path)
    earlier.edition(desk, "2026-11", "2026-11-05", SHOWN)
    for member in EVERYBODY:
        if member != "e04":
            desk.ledger.act(Act(member, "tracking", "granted", "web_form", "Yes"))
    return desk


def _linked(text: str, link: str) -> str:
    lines = [f"link: {link}" if line.startswith("link:") else line for line in text.split("\n")]
    return "\n".join(lines)


def read(desk: Workspace, members: pd.Index = EVERYBODY) -> dict[str, set[str]]:
    """Give what each member took up."""
    known = read_uptake(desk, read_catalogue(desk.project)[0], members, 20)
    assert known is not None
    rows, columns = known.taken.nonzero()
    found: dict[str, set[str]] = {}
    for row, column in zip(rows, columns, strict=True):
        found.setdefault(members[row], set()).add(known.items[column])
    return found


def test_clicks_of_people_are_for_what_they_were_shown(desk: Workspace):
    assert read_uptake(desk, read_catalogue(desk.project)[0], EVERYBODY, 20) is None
    clicks = [("e01", LINKS["eat"]), ("e01", LINKS["read"]), ("e02", "https://elsewhere.example/")]
    earlier.told(desk, "2026-11", "clicked", [*clicks, ("f01", LINKS["read"])])
    assert read(desk) == {"e01": {"eat", "read"}}  # f01 was never shown what to read


def test_machines_and_who_may_not_be_tracked_now_teach_nothing(desk: Workspace):
    clicks = [(member, LINKS["eat"]) for member in ("e01", "e02", "e04")]  # e04 never said yes
    earlier.told(desk, "2026-11", "clicked", clicks)
    earlier.told(desk, "2026-11", "clicked", [("e03", LINKS["eat"])], machine=True)
    desk.ledger.act(Act("e02", "tracking", "withdrawn", "web_form", "No"))
    assert read(desk) == {"e01": {"eat"}}


def test_whose_spending_may_not_be_looked_at_teach_nothing(desk: Workspace):
    earlier.told(desk, "2026-11", "clicked", [(m, LINKS["eat"]) for m in ("e01", "e02")])
    earlier.redeemed(desk, [("e02", "meal", "2026-11-09")])
    assert read(desk, pd.Index(["e01", "e03"])) == {"e01": {"eat"}}


def test_an_offer_is_taken_up_by_redeeming_it(desk: Workspace):
    earlier.redeemed(desk, [("f02", "meal", "2026-11-09"), ("f02", "meal", "2026-11-10")])
    assert read(desk) == {"f02": {"meal"}}


def test_an_item_is_held_against_others_where_it_stood(desk: Workspace):
    earlier.told(desk, "2026-11", "opened", [(member, "") for member in EVERYBODY])
    earlier.told(desk, "2026-11", "clicked", [("e01", LINKS["eat"]), ("e02", LINKS["read"])])
    known = read_uptake(desk, read_catalogue(desk.project)[0], EVERYBODY, 20)
    assert known is not None
    # Five may be tracked and looked; each item is alone in its place, so none is above others.
    assert known.pull.tolist() == pytest.approx([1, 1, 1])
    assert SHRUNK == 10
