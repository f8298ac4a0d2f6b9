"""Appetite: what members want next, from what they and those like them bought."""

import datetime as dt

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from cardletter.content import history
from cardletter.content.appetite import Appetite
from cardletter.content.recommender import Places, Scores
from cardletter.profiles import Spending

INTERESTS = ("baking", "coffee", "pets", "garden")
MEMBERS = 400
BAKES, PETS = 0, 2


def spending(*, seed: int = 1) -> Spending:
    """Half of the members bake, and half of those take coffee, too; the others keep pets.

    In each of three windows a member buys what they like in two weeks of three.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for member in range(MEMBERS):
        bakes = member % 2 == 0
        liked = [BAKES, 1] if bakes and member % 4 == 0 else [BAKES] if bakes else [PETS]
        for column in liked:
            bits = sum(1 << int(week) for week in range(40) if rng.random() < 2 / 3)
            cents = [100 * (bits >> 8 * n & 255).bit_count() for n in range(3)]
            rows.append((member, column, sum(cents), bits, *cents))
    names = ("row", "column", "cents", "weeks", "window_0", "window_1", "window_2")
    table = pd.DataFrame(rows, columns=names).astype({"weeks": "uint64"})
    ids = pd.Index([f"m{number:04d}" for number in range(MEMBERS)])
    cells = pa.Table.from_pandas(table, preserve_index=False)
    return Spending(ids, INTERESTS, dt.date(2026, 11, 2), 56, cells)


GROUPS: Places = np.arange(MEMBERS, dtype=np.int64) % 2


def scored(task: str) -> Scores:
    return Appetite(spending()).of(task, GROUPS)


def test_members_go_on_to_want_what_they_wanted():
    found = scored("favourites")
    assert found.shape == (MEMBERS, len(INTERESTS))
    assert (found[2::4].argmax(axis=1) == BAKES).all()
    assert (found[1::2].argmax(axis=1) == PETS).all()
    assert ((found >= 0) & (found <= 1)).all()


def test_who_bakes_is_shown_as_new_what_others_who_bake_take():
    found = scored("novel")
    without = np.arange(MEMBERS) % 4 == 2
    assert (found[without].argmax(axis=1) == 1).all()


def test_what_was_bought_of_late_is_no_discovery():
    bought = spending().weeks & np.uint64((1 << history.RECENT) - 1) > 0
    assert bought.sum() > MEMBERS
    assert (scored("novel")[bought] == 0).all()


def test_members_whose_segment_is_not_known_are_scored_as_all_are():
    found = Appetite(spending()).of("favourites", np.full(MEMBERS, -1, dtype=np.int64))
    assert (found[2::4].argmax(axis=1) == BAKES).all()


@pytest.mark.parametrize("task", ["favourites", "distinct", "novel"])
def test_it_is_the_same_however_many_members_are_looked_at_at_once(
    task: str, monkeypatch: pytest.MonkeyPatch
):
    whole = scored(task)
    monkeypatch.setattr(history, "TOGETHER", 7)
    np.testing.assert_allclose(scored(task), whole, atol=1e-4)


def test_of_nothing_known_before_nothing_is_learned_and_all_are_scored():
    table = spending().cells.to_pandas().assign(weeks=np.uint64(1), window_1=0, window_2=0)
    cells = pa.Table.from_pandas(table, preserve_index=False)
    new = Spending(spending().members, INTERESTS, dt.date(2026, 11, 2), 56, cells)
    found = Appetite(new).of("favourites", GROUPS)
    assert (found[1::2].argmax(axis=1) == PETS).all()


def test_it_counts_who_wanted_two_interests():
    appetite = Appetite(spending())
    appetite.of("distinct", GROUPS)
    met = appetite.met["distinct"]
    assert met[BAKES, PETS] == 0
    assert met[PETS, PETS] == MEMBERS / 2
    assert 0 < met[BAKES, 1] <= MEMBERS / 4  # now this, now that was what they bought most of
