"""Hands: what people split and merge lasts, from run to run, whatever the machine would do."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
import yaml

import little
from cardletter import sources, workspace
from cardletter.profiles import build
from cardletter.segments import GENERIC, assign, explain, read_odd, read_segments
from cardletter.segments.page import spots
from cardletter.workspace import Workspace


@pytest.fixture(scope="module")
def found(made_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of 2,000 members in 12 planted groups, with segments of a first run."""
    folder = tmp_path_factory.mktemp("handled") / "letter"
    shutil.copytree(made_project, folder, ignore=shutil.ignore_patterns("data"))
    sources.synthesize(folder / "data", members=2_000, transactions=80_000, seed=7)
    little.put(folder, "segments/clustering.yaml", "segments: 6\nk_min: 50\n")
    desk = workspace.open_segments(folder)
    for verb in (sources.pull, build, assign):
        verb(desk)
    workspace.commit(desk)
    return folder


@pytest.fixture
def project(found: Path, tmp_path: Path) -> Path:
    return shutil.copytree(found, tmp_path / "letter")


def again(project: Path, **written: object) -> Workspace:
    little.put(project, "segments/rules.yaml", yaml.safe_dump(written))
    desk = workspace.open_segments(project)
    assign(desk)
    return workspace.commit(desk)


def members(desk: Workspace) -> pd.Series:
    table = pd.read_parquet(desk.file("assignments.parquet"))
    return table.set_index("member_id")["segment_id"]


def test_a_merge_lasts_though_another_number_is_asked_for(project: Path):
    before = members(again(project))
    wanted = {"merge": {"s002": ["s005"]}}
    for _run in range(3):
        desk = again(project, **wanted)
        own = members(desk)
        assert "s005" not in set(own)
        assert len(set(own)) == len(set(before)) - 1
        joined = own[before.isin(["s002", "s005"])]
        assert (joined == "s002").mean() > 0.95
        assert read_odd(desk) == []


def test_a_split_lasts_and_is_done_once(project: Path):
    before = members(again(project))
    for run in range(3):
        desk = again(project, split={"s001": 2})
        sizes = members(desk).value_counts()
        assert len(sizes) == len(set(before)) + 1, f"run {run}"
        assert sizes.drop(GENERIC).min() >= 50
    parts = members(desk)[before == "s001"].value_counts()
    assert parts.index[0] == "s001"
    assert parts.iloc[:2].sum() > 0.95 * (before == "s001").sum()


def test_what_cannot_be_done_by_hand_is_told_and_changes_nothing(project: Path):
    before = members(again(project))
    desk = again(project, merge={"s001": ["s099"]}, split={"s002": 10})
    assert members(desk).equals(before)
    assert [(each.severity, each.message.split(":")[0]) for each in read_odd(desk)] == [
        ("warning", "not done"),
        ("warning", "not done"),
    ]


def test_members_of_a_rule_are_in_its_segment_and_the_others_are_clustered(project: Path):
    interest = next(iter(yaml.safe_load((project / "segments/interests.yaml").read_text())[
        "interests"]))  # fmt: skip
    rule = {"name": "The keen", "phrase": "what they like", "when": f"{interest}.share >= 5%"}
    desk = again(project, rules={"the-keen": rule})
    own = members(desk)
    segment = next(each for each in read_segments(desk) if each.segment_id == "the-keen")
    assert segment.kind == "rule"
    assert segment.size == (own == "the-keen").sum() >= 50
    assert set(own[own != "the-keen"]) <= {GENERIC, *(f"s{n:03d}" for n in range(1, 12))}
    assert segment.traits[0].interest == interest
    told = list(explain(desk, str(own.index[own == "the-keen"][0])))
    assert told[0].startswith("Segment: The keen (the-keen)")
    assert f"By a rule of yours: {interest}.share >= 5%." in told
    # The rule taken away, its members are clustered again, and segments keep their ids.
    assert "the-keen" not in set(members(again(project)))


def test_the_page_names_every_segment_and_no_two_lie_on_each_other(project: Path):
    desk = again(project)
    page = desk.file("segments.html").read_text(encoding="utf-8")
    segments = read_segments(desk)
    assert all(f'id="{each.segment_id}"' in page for each in segments)
    assert "http" not in page.replace("http://www.w3.org", "")
    placed = spots(segments[:-1])
    for one in placed:
        for other in placed:
            apart = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
            assert one is other or apart > one.radius + other.radius
