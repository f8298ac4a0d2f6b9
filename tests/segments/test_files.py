"""What marketers write about segments: every mistake is a finding at its line."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cardletter.errors import FilesError, Finding
from cardletter.segments import Clustering, assign, read_clustering, read_names
from cardletter.segments.files import CLUSTERING, NAMES
from cardletter.workspace import Workspace

Write = Callable[[str, str], Path]


@pytest.fixture
def project(made_project: Path, tmp_path: Path) -> Path:
    left = shutil.ignore_patterns("content", "data")
    return shutil.copytree(made_project, tmp_path / "letter", ignore=left)


def only(findings: list[Finding]) -> Finding:
    assert len(findings) == 1, findings
    return findings[0]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("segments: auto\nk_min: 19\n", 2, "k_min is less than 20"),
        ("segments: auto\nk_min: -50\n", 2, "k_min"),
        ("\n\nk_min: many\n", 3, "k_min is no whole number"),
        ("k_min: 50.5\n", 1, "k_min"),
        ("k_min:\n", 1, "k_min"),
        ("segments: 0\n", 1, "segments: write a number from 1, or auto"),
        ("segments: -3\n", 1, "segments: write a number from 1, or auto"),
        ("# how many\nsegments: lots\n", 2, "segments: write a number from 1, or auto"),
        ("segments: [12]\n", 1, "segments: write a number from 1, or auto"),
        ("segments: yes\n", 1, "segments: write a number from 1, or auto"),
        ("segments: 2.5\n", 1, "segments: write a number from 1, or auto"),
        ("least_purchases: 0\n", 1, "least_purchases"),
        ("seed: -1\n", 1, "seed"),
        ("margin: -0.1\n", 1, "margin"),
        ("margin: 1.1\n", 1, "margin"),
        ("basis: 0\n", 1, "basis"),
        ("seed: 4294967296\n", 1, "seed"),
        ("segments: 4\nk_mim: 50\n", 2, "unknown key 'k_mim'"),
        ("segments: 4\nsegments: 5\n", 2, "key 'segments' stands twice"),
        ("- segments\n", 1, "is not a table of keys"),
        ("segments: 4\nk_min: [50\n", 3, "not YAML"),
        ("segments: !!python/object:os.system 1\n", 1, "a tag"),
    ],
)
def test_a_mistake_in_clustering_yaml_is_a_finding_at_its_line(
    write: Write, project: Path, text: str, line: int, says: str
):
    write(CLUSTERING, text)
    clustering, findings = read_clustering(project)
    finding = findings[0]
    assert (finding.path, finding.line, finding.severity) == (CLUSTERING, line, "error")
    assert says in finding.message
    assert {(each.path, each.line) for each in findings} == {(CLUSTERING, line)}
    assert clustering.k_min == 50


def test_a_misspelled_key_is_told_what_it_may_have_meant(write: Write, project: Path):
    write(CLUSTERING, "k_mim: 50\n")
    assert only(read_clustering(project)[1]).hint == "is it k_min?"


def test_all_mistakes_are_told_at_once(write: Write, project: Path):
    write(CLUSTERING, "segments: none\nk_min: 3\nseeds: 1\n")
    assert sorted(finding.line for finding in read_clustering(project)[1]) == [1, 2, 3]


def test_a_missing_file_is_a_finding(project: Path):
    (project / CLUSTERING).unlink()
    (project / NAMES).unlink()
    assert only(read_clustering(project)[1]).message == "there is no such file"
    assert only(read_names(project)[1]).message == "there is no such file"


def test_what_is_not_written_has_its_usual_value(write: Write, project: Path):
    write(CLUSTERING, "# nothing but a comment\n")
    clustering, findings = read_clustering(project)
    assert findings == []
    assert (clustering.segments, clustering.k_min, clustering.seed) == ("auto", 50, 7)


def test_the_starter_has_no_findings(project: Path):
    assert read_clustering(project)[1] == []
    assert read_names(project) == ({}, [])


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("s001:\n  name: ''\n", 2, "name"),
        ("s001:\n  name: X\n", 2, "name"),
        (f"s001:\n  phrase: ok then\n  name: {'x' * 61}\n", 3, "name"),
        ("s001:\n  nam: The bakers\n", 2, "unknown key 'nam'"),
        ("s001: The bakers\n", 1, ""),
        ("s001:\n  name: [a, b]\n", 2, "name"),
        ("s001:\n  name: Bakers\ns001:\n  name: Cooks\n", 3, "key 's001' stands twice"),
        ("s001:\n  name: Bakers\ns002:\n  name: Bakers\n", 4, "s002 is called what s001 is called"),
        ("s001:\n\tname: Bakers\n", 2, "not YAML"),
    ],
)
def test_a_mistake_in_names_yaml_is_a_finding_at_its_line(
    write: Write, project: Path, text: str, line: int, says: str
):
    write(NAMES, text)
    finding = only(read_names(project)[1])
    assert (finding.path, finding.line) == (NAMES, line)
    assert says in finding.message


def test_one_bad_name_leaves_the_good_ones(write: Write, project: Path):
    write(NAMES, "s001:\n  name: X\ns002:\n  name: Bakers\n")
    names, findings = read_names(project)
    assert list(names) == ["s002"]
    assert only(findings).line == 2


def test_findings_stop_the_segments_before_anything_is_written(write: Write, desk: Workspace):
    write(CLUSTERING, "k_min: 5\n")
    write(NAMES, "s001:\n  nam: Bakers\n")
    with pytest.raises(FilesError) as stopped:
        assign(desk)
    assert [finding.path for finding in stopped.value.findings] == [CLUSTERING, NAMES]
    assert list(desk.folder.iterdir()) == []


@pytest.mark.parametrize(
    ("members", "segments", "k_min", "wanted"),
    [
        (1_000, "auto", 50, 16),  # with some room, or they are cut for their size
        (1_000, "auto", 20, 40),
        (1_000, 12, 50, 12),
        (1_000, 12, 200, 5),
        (49, "auto", 50, 1),
        (0, 12, 50, 1),
        (10_000_000, "auto", 50, 400),
    ],
)
def test_no_more_clusters_are_looked_for_than_k_min_allows(
    members: int, segments: int | str, k_min: int, wanted: int
):
    assert Clustering(segments=segments, k_min=k_min).wanted(members) == wanted
