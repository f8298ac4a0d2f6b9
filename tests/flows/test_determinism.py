"""Two runs from the same inputs say the same to the same members."""

from pathlib import Path

import pandas as pd

from cardletter import content, profiles, segments, sources, templates, workspace
from cardletter.workspace import Workspace


def prepared(project: Path) -> Workspace:
    desk = workspace.begin(workspace.open_edition("2026-12", project))
    for verb in (sources.pull, profiles.build, segments.assign, content.match, templates.render):
        verb(desk)
    return desk


def test_two_runs_give_the_same_segments_variants_selections_and_pages(project: Path):
    first = prepared(project)
    kept = {
        str(file.relative_to(first.folder)): file.read_bytes()
        for file in first.folder.rglob("*")
        if file.is_file() and file.name != "stages.json"
    }
    second = prepared(project)
    again = {name: (second.folder / name).read_bytes() for name in kept}
    assert again == kept


def test_the_order_of_the_rows_changes_nothing(project: Path):
    first = pd.read_parquet(prepared(project).file("assignments.parquet"))
    for file in (project / "data").rglob("*.parquet"):
        shuffled = pd.read_parquet(file).sample(frac=1, random_state=3)
        shuffled.to_parquet(file, index=False)
    second = pd.read_parquet(prepared(project).file("assignments.parquet"))
    pd.testing.assert_frame_equal(first, second)
