"""Assignment: members get the segment of their tastes, and only those who may be looked at."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from sklearn.metrics import adjusted_rand_score

import little
from cardletter import profiles, sources, workspace
from cardletter.profiles import MEMBERS, PROFILES, read_interests
from cardletter.segments import GENERIC, Segment, assign, read_odd, read_segments
from cardletter.workspace import Workspace


@pytest.fixture(scope="module")
def profiled(made_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of 2,000 members in 12 planted groups, looked at as far as their profiles."""
    folder = tmp_path_factory.mktemp("profiled") / "letter"
    shutil.copytree(made_project, folder, ignore=shutil.ignore_patterns("data"))
    sources.synthesize(folder / "data", members=2_000, transactions=120_000, seed=7)
    know(fresh(folder))
    return folder


@pytest.fixture
def small(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """The little project, looked at as far as its profiles and further."""
    return shutil.copytree(little.frozen(tmp_path_factory), tmp_path / "little")


def fresh(project: Path) -> Workspace:
    return workspace.begin(workspace.open_edition("2026-12", project))


def know(desk: Workspace) -> Workspace:
    sources.pull(desk)
    profiles.build(desk)
    return desk


def wish(project: Path, **keys: object) -> Workspace:
    little.put(project, "segments/clustering.yaml", yaml.safe_dump({"features": "pmi"} | keys))
    return fresh(project)


def assigned(desk: Workspace) -> pd.Series:
    assign(desk)
    table = pd.read_parquet(desk.file("assignments.parquet"))
    return table.set_index("member_id")["segment_id"]


def found(desk: Workspace) -> list[Segment]:
    assign(desk)
    return read_segments(desk)


def test_planted_groups_are_recovered(profiled: Path):
    own = assigned(wish(profiled, segments=12))
    truth = pd.read_parquet(profiled / "data/truth.parquet").set_index("member_id")["group"]
    seen = own[own != GENERIC]
    assert len(seen) > 1_700
    assert adjusted_rand_score(truth[seen.index], seen) >= 0.9


@pytest.mark.parametrize(
    ("k_min", "segments"),
    [(20, "auto"), (20, 60), (50, "auto"), (50, 1), (90, 12), (90, 60), (300, "auto"), (300, 12)],
)
def test_no_segment_is_smaller_than_k_min_and_everybody_is_in_one(
    profiled: Path, k_min: int, segments: int | str
):
    desk = wish(profiled, segments=segments, k_min=k_min)
    own = assigned(desk)
    sizes = own.value_counts()
    assert len(own) == own.index.nunique() == 2_000
    assert sizes.drop(GENERIC).min() >= k_min
    described = {segment.segment_id: segment.size for segment in read_segments(desk)}
    assert described == sizes.to_dict()
    names = [segment.name for segment in read_segments(desk)]
    assert len(set(names)) == len(names)
    short = segments != "auto" and len(sizes) - 1 < int(segments)
    told = f"{segments} segments are asked for, and there are {len(sizes) - 1}"
    assert [each.message for each in read_odd(desk)] == [told] * short


def test_segments_are_numbered_by_size_and_everyone_comes_last(profiled: Path):
    segments = found(wish(profiled, segments=12))
    sizes = [segment.size for segment in segments[:-1]]
    assert sizes == sorted(sizes, reverse=True)
    assert [segment.segment_id for segment in segments] == [
        *(f"s{number:03d}" for number in range(1, len(segments))),
        GENERIC,
    ]


def test_two_runs_give_the_same_files(profiled: Path):
    made = []
    for _ in range(2):
        desk = wish(profiled, segments=12)
        assign(desk)
        names = ("segments.json", "assignments.parquet")
        made.append([desk.file(name).read_bytes() for name in names])
    assert made[0] == made[1]


def test_new_ids_for_the_same_members_give_the_same_segments(profiled: Path, tmp_path: Path):
    before = assigned(wish(profiled, segments=12))
    project = shutil.copytree(profiled, tmp_path / "letter")
    desk = fresh(project)
    members = pd.read_parquet(desk.private / MEMBERS)
    numbers = np.random.default_rng(4).permutation(len(members))
    renamed = {old: f"x{new:05d}" for old, new in zip(members["member_id"], numbers, strict=True)}
    for name in (MEMBERS, PROFILES):
        rows = pd.read_parquet(desk.private / name)
        rows["member_id"] = rows["member_id"].map(renamed)
        rows.sample(frac=1, random_state=1).to_parquet(desk.private / name, index=False)
    after = assigned(desk)
    assert {old: after[new] for old, new in renamed.items()} == before.to_dict()


def test_the_order_of_the_delivered_rows_changes_nothing(small: Path):
    before = assigned(fresh(small))
    for file in (small / "data").glob("*.csv"):
        header, *rows = file.read_text(encoding="utf-8").splitlines()
        np.random.default_rng(2).shuffle(rows)
        file.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    assert assigned(know(fresh(small))).to_dict() == before.to_dict()


def test_readers_and_pet_owners_are_told_apart(small: Path):
    desk = fresh(small)
    own = assigned(desk)
    looked_at = [number for number in range(little.MEMBERS) if number % 12]
    by_taste = {own[little.member(number)] for number in looked_at if number % 2}
    others = {own[little.member(number)] for number in looked_at if number % 2 == 0}
    assert (by_taste, others) == ({"s001"}, {"s002"})
    assert {own[little.member(number)] for number in range(0, little.MEMBERS, 12)} == {GENERIC}
    pets, readers, everyone = read_segments(desk)
    assert (pets.size, readers.size, everyone.size) == (60, 50, 10)
    assert pets.name.startswith("Pets")
    assert readers.name.startswith("Books & magazines")
    assert (everyone.name, everyone.phrase, everyone.looked_at) == ("Everyone", "", 110)
    assert (everyone.likes["pets"], everyone.likes["reading"]) == (60, 50)


@pytest.mark.parametrize(("members", "segments"), [(19, 0), (20, 1)])
def test_fewer_members_than_k_min_are_all_everyone(small: Path, members: int, segments: int):
    desk = fresh(small)
    rows = pd.read_parquet(desk.private / PROFILES)
    few = sorted(rows["member_id"].unique())[:members]
    rows[rows["member_id"].isin(few)].to_parquet(desk.private / PROFILES, index=False)
    own = assigned(desk)
    assert (own == GENERIC).sum() == little.MEMBERS - members * segments
    assert len(read_segments(desk)) == segments + 1


def test_nobody_who_may_be_looked_at_is_no_error(small: Path):
    desk = fresh(small)
    rows = pd.read_parquet(desk.private / PROFILES)
    rows[:0].to_parquet(desk.private / PROFILES, index=False)
    assert set(assigned(desk)) == {GENERIC}


def test_members_with_too_few_purchases_get_the_letter_for_everyone(small: Path):
    assert (assigned(wish(small, k_min=20, least_purchases=4)) == GENERIC).sum() == 10
    assert set(assigned(wish(small, k_min=20, least_purchases=5))) == {GENERIC}


def append(project: Path, rows: list[dict[str, str]]) -> None:
    pd.DataFrame(rows)[["member_id", "occurred_at", "amount", "category"]].to_csv(
        project / "data/transactions.csv", mode="a", header=False, index=False
    )


def bought(number: int, category: str, amount: str) -> dict[str, str]:
    return {
        "member_id": little.member(number),
        "occurred_at": "2025-04-01",
        "amount": amount,
        "category": category,
    }


def made_from(desk: Workspace) -> tuple[str, dict[str, str]]:
    own = assigned(desk).to_dict()
    return desk.file("segments.json").read_text(encoding="utf-8"), own


def test_what_members_without_profiling_consent_buy_moves_nothing(small: Path):
    before = made_from(fresh(small))
    append(small, [bought(n, "5932", "900000") for n in range(0, little.MEMBERS, 12)])
    assert made_from(know(fresh(small))) == before


def test_sensitive_purchases_move_nothing_and_name_nothing(small: Path):
    before = made_from(fresh(small))
    sensitive = sorted(read_interests(small)[0].sensitive)
    assert "8011" in sensitive
    append(small, [bought(n, code, "5000") for n in range(1, 12) for code in sensitive])
    assert made_from(know(fresh(small))) == before


def test_one_heavy_buyer_names_no_segment(small: Path):
    before = found(fresh(small))
    append(small, [bought(1, "5932", "9000000") for _ in range(3)])
    after = found(know(fresh(small)))
    assert [segment.size for segment in after] == [segment.size for segment in before]
    for old, new in zip(before[:-1], after[:-1], strict=True):
        assert new.traits[0].interest == old.traits[0].interest
        assert "antiques" not in (new.name + new.phrase).lower()


def test_the_names_that_people_gave_win_and_what_they_left_out_is_proposed(small: Path):
    desk = fresh(small)
    proposed = found(desk)
    text = "s001:\n  name: Friends of animals\ns002:\n  phrase: a good novel\ns099:\n  name: Gone\n"
    little.put(small, "segments/names.yaml", text)
    pets, readers, _everyone = found(desk)
    assert (pets.name, pets.phrase) == ("Friends of animals", proposed[0].phrase)
    assert (readers.name, readers.phrase) == (proposed[1].name, "a good novel")


def test_the_machine_never_proposes_a_name_that_people_gave_to_another_segment(small: Path):
    desk = fresh(small)
    machine = [segment.name for segment in found(desk)]
    little.put(small, "segments/names.yaml", f"s002:\n  name: {machine[0]}\n")
    names = [segment.name for segment in found(desk)]
    assert names[1] == machine[0]
    assert len(set(names)) == 3
