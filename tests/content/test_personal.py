"""Personal places: what one member alone is shown, and what they never are."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from cardletter.content import Item
from cardletter.content.filling import fill
from cardletter.content.matter import Matched, Matter
from cardletter.content.personal import Block, People
from cardletter.content.rationing import Rations
from cardletter.content.serving import Served
from cardletter.content.sheet import Catalogue, Group
from cardletter.content.uptake import ENOUGH, Uptake
from cardletter.segments import GENERIC
from sheets import GARDENERS, THEMES, WORDS, edition, group, item, sheet

ITEMS = [
    *(item(f"garden-{number}", "garden") for number in (1, 2, 3)),
    *(item(f"{name}-{number}", name) for name in ("pets", "rail", "reading") for number in (1, 2)),
    item("dining-1", "dining", "garden"),
    item("untied"),
    item("limited", "rail", eligibility={"countries": ["GB"]}),
    item("offer", "rail", kind="offer"),
]
NOVEL = [[0, 0, 0.2, 0.5, 0.3]] * 3
"""What each of three members would like to be shown: trains before books before pets."""


def chosen(  # noqa: PLR0913 - each test says what it is about
    items: Sequence[Item] = ITEMS,
    novel: Sequence[Sequence[float]] = NOVEL,
    *,
    wishes: str = "",
    known: dict[int, list[str]] | None = None,
    uptake: Uptake | None = None,
    count: int = 2,
    places: Sequence[int] | None = None,
    slots: dict[str, int] | None = None,
) -> tuple[dict[str, list[str]], pd.DataFrame, set[str]]:
    """Choose for the members of one letter: items by member, the rows, and what the letter has."""
    scores = np.array(novel, dtype=np.float32).reshape(-1, len(THEMES))
    letter = edition(None, **(slots or {"hero": 1})).model_copy(update={"personal": count})
    of: Group = group(wishes)
    laid = sheet(
        list(items), letter, [of], [GARDENERS], dict(zip(THEMES, scores.mean(0), strict=True))
    )
    members = pd.Index([f"m{number}" for number in range(len(scores))], dtype="str")
    table = pd.DataFrame({"member_id": members, "letter": "s001"})
    served = Served(table.set_index("member_id"), {}, {GENERIC: scores.mean(axis=0)}, scores)
    catalogue = Catalogue(letter, THEMES, laid.items, None)  # type: ignore[arg-type]
    matter = Matter(catalogue, WORDS.interests, {}, table, served, uptake)
    picks = fill(laid)
    matched = Matched([("s001", "", "", "", wishes, "")], laid, Rations(laid.may), picks)
    seen = np.zeros((len(members), len(laid.items)), dtype=bool)
    for row, names in (known or {}).items():
        seen[row, [laid.column[name] for name in names]] = True
    at = np.arange(len(members)) if places is None else np.array(places)
    people = People(at, sparse.csr_array(seen))
    own = Block(matched, 0, matter).choose(people, np.arange(len(members)))
    rows = own.table(members.to_numpy(dtype=object), laid.names).to_pandas()
    found = {str(name): own["item_id"].tolist() for name, own in rows.groupby("member_id")}
    return found, rows, {laid.items[each.item].item_id for each in picks}


def test_each_is_shown_the_best_item_of_what_they_would_like_most():
    found, rows, letter = chosen(novel=[[0, 0, 0.2, 0.5, 0.3], [0, 0, 0.9, 0.1, 0.14], [0] * 5])
    assert letter == {"garden-1"}
    assert found["m0"] == ["rail-1", "reading-1"]
    assert found["m1"] == ["pets-1", "reading-1"]
    first = rows[rows["place"] == 1].set_index("member_id")["reason"]
    assert first["m0"] == "Because members like you often come to enjoy the joy of rail."
    last = rows[rows["place"] == 2].set_index("member_id")["reason"]
    assert last["m1"] == "Because members like you sometimes come to enjoy the joy of reading."


def test_what_they_were_shown_of_late_makes_room_for_the_next_of_its_interest():
    found, _, _ = chosen(known={0: ["rail-1"], 1: ["rail-1", "rail-2"]})
    assert found["m0"] == ["rail-2", "reading-1"]
    assert found["m1"] == ["reading-1", "pets-1"]
    assert found["m2"] == ["rail-1", "reading-1"]


@pytest.mark.parametrize(
    ("wishes", "shown"),
    [
        ("!rail", ["reading-1", "pets-1"]),
        ("-rail", ["reading-1", "pets-1"]),
        ("+pets", ["pets-2", "rail-1"]),
        ("!rail !reading !pets", []),
        ("+garden", ["garden-2", "rail-1"]),
    ],
)
def test_what_they_asked_for_wins(wishes: str, shown: list[str]):
    assert chosen(wishes=wishes)[0].get("m0", []) == shown


def test_that_they_asked_is_said():
    reasons = set(chosen(wishes="+pets")[1]["reason"])
    assert "Because you asked for more about pets." in reasons


def test_an_interest_that_the_letter_tells_of_is_not_told_of_again():
    found, _, _ = chosen(novel=[[0, 0.9, 0.2, 0.5, 0.3]])
    assert found["m0"] == ["rail-1", "reading-1"]


def test_whose_spending_is_not_looked_at_is_shown_what_everybody_takes_up():
    novel = [[0, 0, 0.9, 0, 0], [0, 0, 0, 0.2, 0], [0, 0, 0, 0, 0.1]]
    assert chosen(novel=novel, places=[-1, 1, 2])[0]["m0"] == ["pets-1", "rail-1"]


def tastes(rows: int) -> Uptake:
    """Who took up rail-1 takes up pets-2, and who took up reading-1, pets-1."""
    names = pd.Index(sorted(each.item_id for each in ITEMS))
    taken = np.zeros((rows, len(names)), dtype=np.float32)
    for row in range(rows):
        pair = ("rail-1", "pets-2") if row % 2 else ("reading-1", "pets-1")
        taken[row, names.get_indexer(list(pair))] = 1
    taken[0] = taken[1] = 0
    taken[0, names.get_loc("rail-1")] = 1
    cells = sparse.csr_array(taken)
    none = sparse.csr_array(cells.shape)
    return Uptake(names, cells, none, np.ones(len(names), np.float32), 20)


def test_what_was_taken_up_is_not_shown_again_and_what_goes_with_it_is():
    rows = ENOUGH + 10
    novel = [[0, 0, 0.3, 0.2, 0.1]] * rows
    found, table, _ = chosen(novel=novel, uptake=tastes(rows))
    assert found["m0"] == ["pets-2", "rail-2"]  # took up rail-1, with which pets-2 goes
    assert found["m1"] == ["pets-1", "rail-1"]  # took up nothing
    first = table[table["place"] == 1].set_index("member_id")["reason"]
    assert first["m0"] == "Because members who read what you read often read this, too."
    assert first["m1"] == "Because members like you often come to enjoy the joy of pets."


def test_where_nothing_is_free_nothing_is_shown():
    assert chosen(items=[item("garden-1", "garden"), item("untied")])[0] == {}


NAMES = st.sampled_from(THEMES)
THINGS = st.lists(
    st.tuples(
        st.sampled_from(["article", "article", "offer"]),
        st.lists(NAMES, max_size=2, unique=True),
        st.booleans(),
    ),
    max_size=12,
)
WANTS = st.lists(st.lists(st.floats(0, 1), min_size=5, max_size=5), min_size=1, max_size=4)
WISHES = st.dictionaries(NAMES, st.sampled_from("+-!"), max_size=4)


@settings(deadline=None, max_examples=25)
@given(st.data(), THINGS, WANTS, WISHES, st.integers(1, 4))
def test_nobody_is_shown_a_never_or_anything_twice_or_what_was_not_for_them(
    data: st.DataObject,
    things: list[tuple[str, list[str], bool]],
    novel: list[list[float]],
    wishes: dict[str, str],
    count: int,
):
    rules = {"eligibility": {"countries": ["GB"]}}
    items = {
        f"i{number:02d}": item(f"i{number:02d}", *names, kind=kind, **(rules if limited else {}))
        for number, (kind, names, limited) in enumerate(things)
    }
    ids = st.lists(st.sampled_from(sorted(items)), unique=True) if items else st.just([])
    known = {row: data.draw(ids) for row in range(len(novel))}
    words = " ".join(sorted(mark + name for name, mark in wishes.items()))
    asked = {"wishes": words, "known": known, "count": count, "slots": {"hero": 1, "stories": 2}}
    found, rows, letter = chosen(list(items.values()), novel, **asked)
    never = {name for name, mark in wishes.items() if mark == "!"}
    for member, shown in found.items():
        own = [items[name] for name in shown]
        assert len(set(shown)) == len(shown) <= count
        assert not {*shown} & {*letter, *known[int(member[1:])]}
        assert all(each.kind == "article" and each.interests for each in own)
        assert not any(each.limited or {*each.interests} & never for each in own)
    places = rows.groupby("member_id")["place"].apply(list)
    assert all(each == list(range(1, len(each) + 1)) for each in places)
    assert not rows["reason"].str.contains(r"\d").any()
    again = chosen(list(items.values())[::-1], novel, **asked)[1]
    pd.testing.assert_frame_equal(again, rows)
