"""Backtest: what is judged knows nothing of the weeks it is judged by."""

import datetime as dt
import json
import re
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cardletter.profiles.days import LIST, Numbers, folder_of, keyed, summed, write_piece
from cardletter.profiles.folding import EPOCH
from cardletter.profiles.spending import write_profiles
from cardletter.profiles.windows import Windows
from cardletter.segments import backtest, read_backtest
from cardletter.segments.backtest import PAGE, judge
from cardletter.segments.choice import Choice
from cardletter.segments.curve import in_markdown, page, summary
from cardletter.segments.files import Clustering, read_clustering
from cardletter.segments.holdout import Holdout, hold_out
from cardletter.segments.taste import taste
from cardletter.segments.wanted import TASKS, Window
from cardletter.workspace import Workspace
from tiny import begin, put, tiny

LAST = dt.date(2026, 11, 1)
NAMES = [f"i{number:02d}" for number in range(24)]
INTERESTS = "interests:\n" + "".join(
    f'  {name}: {{name: Theme {name}, phrase: theme {name}, categories: ["{name}"]}}\n'
    for name in NAMES
)
PMI = Choice("pmi", "clustering.yaml says so")


def bought(weeks: int, members: int = 120, seed: int = 1) -> pd.DataFrame:
    """Four groups, each with six interests of its own, who buy two of them a week."""
    rng = np.random.default_rng(seed)
    rows = [
        (f"m{member:03d}", NAMES[member % 4 * 6 + each], LAST - dt.timedelta(7 * week), 100 + each)
        for member in range(members)
        for week in range(weeks)
        for each in rng.choice(6, 2, replace=False)
    ]
    table = pd.DataFrame(rows, columns=["member_id", "interest", "day", "cents"])
    return table.assign(purchases=1)


def project(folder: Path, rows: pd.DataFrame) -> Workspace:
    desk = begin(tiny(folder))
    put(desk.project / "segments/interests.yaml", INTERESTS)
    put(desk.project / "segments/clustering.yaml", "segments: 4\nk_min: 20\n")
    days = folder_of(desk)
    ids = pd.Index(sorted(rows["member_id"].unique()), dtype="str")
    Numbers.read(days).more(ids).write(days)
    (days / LIST).write_text(json.dumps(NAMES), encoding="utf-8")
    day = np.array([(each - EPOCH).days for each in rows["day"]], dtype=int)
    places = ids.get_indexer(rows["member_id"]), pd.Index(NAMES).get_indexer(rows["interest"])
    sums = rows["cents"].to_numpy(dtype=int), rows["purchases"].to_numpy(dtype=int)
    write_piece(days / "0~0.parquet", *summed(keyed(*places, day), *sums))
    write_profiles(desk, Windows())
    return desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return project(tmp_path_factory.mktemp("judged"), bought(40))


def test_groups_that_are_there_lift_what_is_hit_and_groups_by_lot_do_not(desk: Workspace):
    backtest(desk)
    found = read_backtest(desk)
    assert found is not None
    assert found.as_set is not None
    for task in ("favourites", "distinct"):
        assert found.as_set.own[task].low > 1  # one letter for all hits one group in four
        assert found.as_set.by_lot[task].low < 0.2
    assert (found.members, found.of, found.days) == (120, 120, 56)
    assert found.origin == (LAST + dt.timedelta(1 - 56)).isoformat()


def test_what_is_bought_after_the_origin_changes_nothing_that_is_judged(tmp_path: Path):
    rows = bought(40)
    after = rows["day"] > LAST - dt.timedelta(56)
    other = rows.copy()
    other.loc[after, "interest"] = "i00"
    held = [
        hold_out(project(tmp_path / name, each), Clustering(segments=4, k_min=20))
        for name, each in {"a": rows, "b": other}.items()
    ]
    assert all(isinstance(each, Holdout) for each in held)
    first, second = (each for each in held if isinstance(each, Holdout))
    # Rows come in an order of their own; as sets they are the same.
    for each in (
        lambda h: h.tastes.share,
        lambda h: h.rates["favourites"],
        lambda h: h.rates["novel"],
    ):
        assert sorted(each(first).tolist()) == sorted(each(second).tolist())
    assert first.truth["favourites"].sum() != second.truth["favourites"].sum()


@pytest.mark.parametrize(
    ("weeks", "members", "said"),
    [
        (20, 120, "purchases must go back 168 days or more"),
        (
            40,
            30,
            "30 members had bought enough by 2026-09-07, two segments of 20 are the least",
        ),
        (1, 120, "purchases must go back 168 days or more"),
    ],
)
def test_too_little_data_is_told(tmp_path: Path, weeks: int, members: int, said: str):
    desk = project(tmp_path, bought(weeks, members))
    assert backtest(desk) == {"variants": 0, "members": 0}
    found = read_backtest(desk)
    assert found is not None
    assert found.too_little == said
    assert said in desk.file(PAGE).read_text(encoding="utf-8")
    assert summary(found) == in_markdown(found) == f"Too little data for a backtest: {said}."


def test_nothing_bought_at_all_is_too_little(tmp_path: Path):
    desk = project(tmp_path, bought(1).head(0))
    assert backtest(desk)["members"] == 0


def test_few_interests_are_too_few_to_choose_from(tmp_path: Path):
    desk = project(tmp_path, bought(40))
    put(desk.project / "segments/interests.yaml", "\n".join(INTERESTS.splitlines()[:4]) + "\n")
    assert hold_out(desk, read_clustering(desk.project)[0]) == (
        "there must be 4 interests or more to choose from"
    )


def test_no_more_members_are_looked_at_than_asked_and_it_is_told(desk: Workspace):
    clustering = Clustering(segments=2, k_min=20)
    held = hold_out(desk, clustering, most=80)
    assert isinstance(held, Holdout)
    found = judge(held, clustering, PMI)
    assert (found.members, found.of) == (80, 120)
    assert "80 members were looked at, drawn by lot from 120" in page(found)
    assert "segments are asked for" not in page(found)


def test_members_drawn_by_lot_are_judged_in_as_many_segments_as_they_have_room_for(
    desk: Workspace,
):
    clustering = Clustering(segments=6, k_min=20)
    held = hold_out(desk, clustering, most=80)
    assert isinstance(held, Holdout)
    found = judge(held, clustering, PMI)
    assert found.as_set is not None
    assert (found.as_set.variants, found.asked) == (3, 6)
    assert "6 segments are asked for: they suffice for no more" in page(found)


def test_the_same_data_give_the_same_verdict_whatever_the_ids(tmp_path: Path):
    rows = bought(40)
    renamed = rows.assign(member_id=rows["member_id"].str[::-1])
    told = []
    for name, each in {"a": rows, "b": renamed}.items():
        desk = project(tmp_path / name, each)
        backtest(desk)
        told.append(desk.file("backtest.json").read_text(encoding="utf-8"))
    assert told[0] == told[1]


def test_nothing_of_a_member_is_kept(desk: Workspace):
    backtest(desk)
    for name in ("backtest.json", PAGE):
        assert not re.search(r"m\d{3}", desk.file(name).read_text(encoding="utf-8"))


def test_the_page_loads_nothing_and_shows_every_number_of_variants(desk: Workspace):
    backtest(desk)
    found = read_backtest(desk)
    assert found is not None
    text = page(found)
    assert not re.search(r"<(script|link|img|iframe)|https?://", text)
    assert text.count("<svg") == len(TASKS)
    for each in found.curve:
        assert f"<td>{each.variants}</td>" in text
    words = in_markdown(found)
    assert words.startswith(summary(found))
    assert words.count("\n|") == len(found.curve) + 2
    assert found.as_set is not None
    assert f"| **{found.as_set.variants}** |" in words


def test_a_lift_that_is_nothing_and_one_below_are_drawn():
    rng = np.random.default_rng(4)
    cents = rng.integers(0, 90, (200, 24))
    nothing = np.zeros(cents.shape, bool)
    held = Holdout(
        origin=LAST,
        days=56,
        of=200,
        tastes=taste(cents.astype(float)),
        windows=[Window(cents, nothing)],
        after=Window(rng.integers(0, 90, (200, 24)), nothing),
        interests=tuple(NAMES),
    )
    found = judge(held, Clustering(segments=3, k_min=20), PMI)
    json.dumps(asdict(found), allow_nan=False)
    assert "nan" not in page(found)
    nobody = replace(held, after=Window(np.zeros_like(cents), nothing))
    found = judge(nobody, Clustering(segments=3, k_min=20), PMI)
    assert found.as_set is not None
    assert found.as_set.own["favourites"].members == 0
    assert "nan" not in page(found)
