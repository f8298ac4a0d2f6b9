"""What a member likes is what takes more of their spending than of everybody's, for their eyes."""

from pathlib import Path

import pandas as pd
import pytest

from cardletter import profiles, segments, sources
from cardletter.profiles import PROFILES, Likes, likes_of
from cardletter.segments.taste import taste
from cardletter.workspace import Workspace

COLUMNS = ["member_id", "interest", "cents", "purchases"]
ROWS = [
    ("ada", "pets", 900, 5),
    ("ada", "coffee-tea", 100, 5),
    ("bo", "coffee-tea", 900, 5),
    ("bo", "garden", 100, 5),
    ("bo", "rail", -500, 1),
    ("cy", "pets", 100, 2),
    ("di", "coffee-tea", 50, 9),
    ("di", "garden", 0, 9),
]


@pytest.fixture
def known(desk: Workspace) -> Workspace:
    pd.DataFrame(ROWS, columns=COLUMNS).to_parquet(desk.private / PROFILES, index=False)
    return desk


@pytest.mark.parametrize(
    ("member", "interests"),
    [("ada", ("pets",)), ("bo", ("coffee-tea", "garden")), ("di", ("coffee-tea",))],
)
def test_it_is_what_sets_the_member_apart(
    known: Workspace, member: str, interests: tuple[str, ...]
):
    # Of 2,050 cents of those with 3 purchases or more: coffee 1,050, pets 900, garden 100.
    assert likes_of(known, member, 3) == Likes(looked_at=True, interests=interests)


def test_with_too_few_purchases_nothing_is_said(known: Workspace):
    assert likes_of(known, "cy", 3) == Likes(looked_at=False)
    assert likes_of(known, "cy", 2) == Likes(looked_at=True, interests=("pets",))


@pytest.mark.parametrize("member", ["nobody", "", "ada' OR '1'='1", "%", "ad_"])
def test_of_somebody_unknown_nothing_is_said(known: Workspace, member: str):
    assert likes_of(known, member, 3) == Likes(looked_at=False)


def test_profiles_that_are_built_anew_are_read_anew(known: Workspace):
    assert likes_of(known, "ada", 3).interests == ("pets",)
    file = known.private / PROFILES
    pd.DataFrame(ROWS, columns=COLUMNS).replace({"pets": "diy"}).to_parquet(file, index=False)
    assert likes_of(known, "ada", 3).interests == ("diy",)


@pytest.mark.parametrize("content", [None, b"", b"PAR1 half of it"])
def test_while_there_are_no_profiles_nothing_is_said(desk: Workspace, content: bytes | None):
    if content is not None:
        (desk.private / PROFILES).write_bytes(content)
    assert likes_of(desk, "ada", 3) == Likes(looked_at=False)


def test_where_nobody_spends_nobody_likes(desk: Workspace):
    rows = [("ada", "pets", -5, 9), ("bo", "pets", 0, 9)]
    pd.DataFrame(rows, columns=COLUMNS).to_parquet(desk.private / PROFILES, index=False)
    assert likes_of(desk, "ada", 3) == Likes(looked_at=True)


def test_a_folder_with_signs_in_its_name_is_found(tmp_path: Path, known: Workspace):
    root = tmp_path / "a[b]*c" / "workspace"
    (root / "private").mkdir(parents=True)
    odd = Workspace(known.project, "", root, root / "segments")
    (odd.private / PROFILES).write_bytes((known.private / PROFILES).read_bytes())
    assert likes_of(odd, "ada", 3).interests == ("pets",)


def test_it_is_what_the_segments_are_made_of(desk: Workspace):
    """The five strongest of p ln(p/q), as clustering reckons them, for every member."""
    sources.pull(desk)
    profiles.build(desk)
    rows = pd.read_parquet(desk.private / PROFILES)
    least = segments.read_clustering(desk.project)[0].least_purchases
    enough = rows.groupby("member_id")["purchases"].transform("sum") >= least
    wide = rows[enough].pivot_table(
        index="member_id", columns="interest", values="cents", aggfunc="sum", fill_value=0
    )
    lift = pd.DataFrame(taste(wide.to_numpy(dtype=float)).lift, wide.index, wide.columns)
    for member in wide.index[::60]:
        strongest = lift.loc[member].sort_values(ascending=False, kind="stable")
        expected = tuple(strongest[strongest > 1e-12].index[:5])
        assert likes_of(desk, member, least).interests == expected
