"""Identity: segments go on from run to run, and what changed is told."""

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from sklearn.metrics import adjusted_rand_score

import little
from cardletter import profiles, sources, workspace
from cardletter.errors import EditionError
from cardletter.profiles import PROFILES
from cardletter.segments import GENERIC, assign, read_drift, read_segments
from cardletter.segments.identity import CENTRES, IDENTITY, colour, last_run
from cardletter.segments.pairing import paired
from cardletter.segments.rules import RULES
from cardletter.workspace import Workspace

RULE = """\
rules:
  often:
    name: The often
    phrase: shopping often
    when: all.frequency = 5 and all.recency >= 4
"""


@pytest.fixture(scope="module")
def profiled(made_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of 2,000 members in 12 planted groups, looked at as far as their profiles."""
    folder = tmp_path_factory.mktemp("profiled") / "letter"
    shutil.copytree(made_project, folder, ignore=shutil.ignore_patterns("data"))
    sources.synthesize(folder / "data", members=2_000, transactions=120_000, seed=7)
    desk = workspace.begin(workspace.open_edition("2026-12", folder))
    sources.pull(desk)
    profiles.build(desk)
    return folder


@pytest.fixture
def project(profiled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(profiled, tmp_path / "letter")


def asked(project: Path, **keys: object) -> None:
    little.put(project, "segments/clustering.yaml", yaml.safe_dump({"features": "pmi"} | keys))


def found(project: Path, edition: str = "2026-12") -> tuple[Workspace, pd.Series]:
    """Find segments in a run that ends well."""
    desk = workspace.begin(workspace.open_edition(edition, project))
    assign(desk)
    desk = workspace.commit(desk)
    table = pd.read_parquet(desk.file("assignments.parquet"))
    return desk, table.set_index("member_id")["segment_id"]


def drift(desk: Workspace) -> dict[str, object]:
    return desk.read_json("drift.json")


def bought(project: Path, change: object) -> None:
    """Change what members bought."""
    file = project / "workspace/private" / PROFILES
    change(pd.read_parquet(file)).to_parquet(file, index=False)


def test_left_to_itself_it_recovers_planted_groups(project: Path):
    asked(project, features="auto")
    desk, own = found(project)
    truth = pd.read_parquet(project / "data/truth.parquet").set_index("member_id")["group"]
    own = own[own != GENERIC]
    assert own.nunique() == 12
    assert set(drift(desk)["features"]["tried"]) == {"pmi", "hellinger", "tfidf"}
    assert adjusted_rand_score(truth[own.index], own) >= 0.9


@pytest.mark.parametrize("segments", ["auto", 5, 30])
def test_the_same_data_again_moves_hardly_anybody(project: Path, segments: int | str):
    asked(project, segments=segments)
    _, before = found(project)
    desk, after = found(project)
    assert (before == after).mean() >= 0.99
    assert set(before) == set(after)
    assert drift(desk)["changes"] == []
    assert drift(desk)["due"] == []


def test_a_demanded_number_is_met(project: Path):
    for number in (3, 30, 33):
        asked(project, segments=number, basis=number)
        sizes = found(project)[1].value_counts().drop(GENERIC)
        assert len(sizes) == number
        assert sizes.min() >= 50


def test_the_next_edition_goes_on_from_the_last_run_wherever_it_was(project: Path):
    asked(project, segments=12)
    first, before = found(project, "2026-12")
    second, after = found(project, "2027-01")
    assert (before == after).all()
    for key in ("segment_id", "name", "colour", "phrase"):
        told = [[getattr(each, key) for each in read_segments(desk)] for desk in (first, second)]
        assert told[0] == told[1]
    assert [drift(first)["before"], drift(second)["before"]] == [0, 1]


def test_a_run_that_fails_leaves_the_last_good_one_to_go_on_from(project: Path):
    asked(project, segments=12)
    desk, _ = found(project)
    assign(workspace.begin(desk))  # and dies before it takes the edition's place
    left = last_run(desk)
    assert left is not None
    assert left[0].run == 1


def test_an_id_stays_when_segments_change_places_by_size(project: Path):
    asked(project, segments=12)
    _, before = found(project)
    largest = before[before == "s001"].index

    def fewer(rows: pd.DataFrame) -> pd.DataFrame:
        return rows[~rows["member_id"].isin(largest[: len(largest) // 2])]

    bought(project, fewer)
    desk, after = found(project)
    left = before.index.difference(largest[: len(largest) // 2])
    assert (before[left] == after[left]).mean() >= 0.99
    assert (after[largest[: len(largest) // 2]] == GENERIC).all()
    assert drift(desk)["members"]["went"] == len(largest) // 2


def test_a_higher_number_splits_segments_and_a_lower_one_merges_them(project: Path):
    asked(project, segments=12)
    _, before = found(project)
    asked(project, segments=13)
    desk, _ = found(project)
    (split,) = drift(desk)["changes"]
    assert (split["segment_id"], split["what"]) == ("s013", "split")
    assert split["other"] in set(before)
    asked(project, segments=12)
    desk, after = found(project)
    (merged,) = drift(desk)["changes"]
    assert merged["what"] in {"merged", "vanished"}
    words = f"{merged['segment_id']} ({merged['called']}): {merged['what']}"
    assert any(line.startswith(words) for line in read_drift(desk))
    assert after[after != GENERIC].nunique() == 12


def test_the_number_of_a_segment_that_is_gone_is_never_given_again(project: Path):
    for number in (12, 13, 12, 13):
        asked(project, segments=number)
        desk, own = found(project)
    gone = {change["segment_id"] for change in drift(desk)["changes"]}
    assert gone == {"s014"}
    assert "s014" in set(own)


def test_who_goes_to_a_rules_segment_and_comes_back_is_told(project: Path):
    asked(project, segments=12)
    found(project)
    little.put(project, RULES, RULE)
    desk, ruled = found(project)
    count = (ruled == "often").sum()
    assert drift(desk)["rules"] == {"into": count, "out": 0}
    told = f"Of those who went, {count:,} meet a rule now, and are in its segment."
    assert told in read_drift(desk)
    (project / RULES).unlink()
    desk, _ = found(project)
    assert drift(desk)["rules"] == {"into": 0, "out": count}
    told = f"Of those who came, {count:,} met a rule then, and do so no more."
    assert told in read_drift(desk)


def test_a_segment_whose_members_leave_is_no_more(project: Path):
    asked(project, segments=12)
    _, before = found(project)
    leave = before[before == "s012"].index[30:]
    bought(project, lambda rows: rows[~rows["member_id"].isin(leave)])
    desk, after = found(project)
    assert "s012" not in set(after)
    assert "s012" in {change["segment_id"] for change in drift(desk)["changes"]}


def test_members_who_buy_like_others_move_to_them_and_the_report_says_why(project: Path):
    asked(project, segments=12)
    desk, before = found(project)
    sizes = before[before != GENERIC].value_counts()
    source, target = sizes.index[0], sizes.index[1]
    movers, models = (before[before == own].index for own in (source, target))
    movers, models = movers[:30], models[:30]

    def swapped(rows: pd.DataFrame) -> pd.DataFrame:
        copies = rows[rows["member_id"].isin(models)].copy()
        copies["member_id"] = copies["member_id"].map(dict(zip(models, movers, strict=True)))
        return pd.concat([rows[~rows["member_id"].isin(movers)], copies], ignore_index=True)

    bought(project, swapped)
    desk, after = found(project)
    assert (after[movers] == target).all()
    told = drift(desk)
    assert told["causes"]["spending"] >= 30
    flow = told["flows"][0]
    assert (flow["from"], flow["to"]) == (source, target)
    assert flow["members"] >= 30
    names = {each.segment_id: each.traits[0].name for each in read_segments(desk)[:-1]}
    assert names[target] in flow["more"]
    assert names[source] in flow["less"]
    said = read_drift(desk)
    assert any(line.startswith(f"From {source} to {target}: ") for line in said)
    assert any(
        line.endswith("moved since they spend on other things than before.") for line in said
    )


def test_a_flow_of_a_few_members_is_not_told_of(project: Path):
    asked(project, segments=12)
    _, before = found(project)
    movers, models = (before[before == own].index[:19] for own in ("s001", "s002"))

    def swapped(rows: pd.DataFrame) -> pd.DataFrame:
        copies = rows[rows["member_id"].isin(models)].copy()
        copies["member_id"] = copies["member_id"].map(dict(zip(models, movers, strict=True)))
        return pd.concat([rows[~rows["member_id"].isin(movers)], copies], ignore_index=True)

    bought(project, swapped)
    desk, _ = found(project)
    assert drift(desk)["members"]["moved"] >= 19
    assert drift(desk)["flows"] == []
    assert "No 20 of them went the same way: no more is told of fewer." in read_drift(desk)


def test_another_basis_number_finds_all_anew_and_matches_segments_by_their_members(project: Path):
    asked(project, segments=12)
    _, before = found(project)
    asked(project, segments=12, basis=2, seed=8)
    desk, after = found(project)
    assert drift(desk)["refitted"]
    assert (before == after).mean() >= 0.95
    assert any("found anew" in line for line in read_drift(desk))
    desk, again = found(project)
    assert not drift(desk)["refitted"]
    assert (again == after).mean() >= 0.99


def test_other_features_find_all_anew(project: Path):
    asked(project, segments=12)
    _, before = found(project)
    asked(project, segments=12, features="hellinger")
    desk, after = found(project)
    assert drift(desk)["refitted"]
    assert set(before) & set(after)  # matched by their members


def test_the_features_that_were_chosen_stay_with_the_basis(project: Path):
    asked(project, segments=12)
    found(project)
    asked(project, segments=12, features="auto")
    desk, _ = found(project)
    assert not drift(desk)["refitted"]
    assert drift(desk)["features"] == {
        "features": "pmi",
        "why": "clustering.yaml says so",
        "tried": {},
    }
    assert "Told apart by pmi: clustering.yaml says so." in read_drift(desk)


def test_interests_that_came_since_are_a_reason_to_begin_anew(project: Path):
    asked(project, segments=12)
    desk, _ = found(project)
    words = json.loads(desk.file(IDENTITY).read_text(encoding="utf-8"))
    # As if the basis had been found before there were these.
    words["interests"] = [f"old-{n}" for n in range(25)] + words["interests"][25:]
    desk.write_json(IDENTITY, words)
    desk, _ = found(project)
    assert "outside of the basis" in drift(desk)["due"][0]


@pytest.mark.parametrize("name", [IDENTITY, CENTRES, "assignments.parquet"])
def test_a_damaged_last_run_is_told_and_nobody_is_moved(project: Path, name: str):
    asked(project, segments=12)
    desk, _ = found(project)
    desk.file(name).write_bytes(b"{}")
    fresh = workspace.begin(desk)
    with pytest.raises(EditionError, match="cannot be read"):
        assign(fresh)
    assert not fresh.file("segments.json").exists()


def test_the_files_of_the_last_run_hold_no_pickle(project: Path):
    asked(project, segments=12)
    desk, _ = found(project)
    with np.load(desk.file(CENTRES), allow_pickle=False) as numbers:
        assert {numbers[name].dtype.kind for name in numbers} == {"f"}


def test_groups_are_paired_so_that_most_rows_keep_theirs():
    before = np.array([0, 0, 0, 1, 1, 2, -1])
    after = np.array([2, 2, 1, 0, 0, -1, 3])
    assert paired(before, after) == {2: 0, 0: 1}
    assert paired(np.array([-1]), np.array([0])) == {}


def test_a_colour_hangs_on_the_id_and_neighbours_differ():
    colours = [colour(f"s{number:03d}") for number in range(1, 13)]
    assert len(set(colours)) == 12
    assert colours[0] == colour("s001")
    assert all(len(each) == 7 and each.startswith("#") for each in colours)
