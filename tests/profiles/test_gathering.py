"""A new file is read alone, and the outcome is as if all had been read at once."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from cardletter import profiles, sources
from cardletter.profiles import gathering
from cardletter.profiles.days import Numbers, days_of, folder_of, forget_days, pieces_of
from cardletter.sources import Warehouse, notes
from cardletter.workspace import Workspace
from tiny import INTERESTS, begin, put, tiny

HEAD = "transaction_id,member_id,occurred_at,amount,category,status\n"
ACTS = "member_id,purpose,state,occurred_at,method,wording\n"
MEMBERS = "member_id,email\n" + "".join(f"{who},{who}@mail.example\n" for who in "abcdefgh")
MONTHS = {
    "2026-01": [
        "1,a,2026-01-05,10.00,5812,",
        "2,b,2026-01-05,7.50,5942,",
        "3,c,2026-01-06,1,5812,",
    ],
    "2026-02": ["4,a,2026-02-05,20.00,5812,", "5,b,2026-02-07,-2.50,5942,"],
    "2026-03": ["6,a,2026-03-05,30.00,5942,", "7,c,2026-01-06,4.00,5812,"],
}


def said(*withdrawn: str, yes: str = "abcdefg") -> str:
    lines = [f"{who},profiling,granted,2026-01-01,web_form,Yes\n" for who in yes]
    lines += [f"{who},profiling,withdrawn,2026-02-01,web,No\n" for who in withdrawn]
    return ACTS + "".join(lines)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    tables = {"members.csv": MEMBERS, "consents.csv": said(), "transactions/none.txt": ""}
    folder = tiny(tmp_path, tables)
    for month in ("2026-01", "2026-02"):
        deliver(folder, month)
    return folder


def deliver(folder: Path, month: str, *more: str) -> None:
    text = HEAD + "\n".join([*MONTHS.get(month, []), *more]) + "\n"
    put(folder / f"data/transactions/{month}.csv", text)


def build(folder: Path) -> Workspace:
    desk = begin(folder)
    sources.pull(desk)
    profiles.build(desk)
    return desk


def told(desk: Workspace) -> tuple[Any, ...]:
    rows = pd.read_parquet(desk.private / profiles.PROFILES)
    told = desk.read_json("sources.json")["tables"]["transactions"]
    return (
        rows.sort_values(["member_id", "interest"]).to_dict("records"),
        {name: told[name] for name in ("rows", "set_aside", "dropped", "reasons", "where")},
        told["unknown_member"],
        desk.read_json("categories.json"),
    )


def afresh(folder: Path, elsewhere: Path) -> tuple[Any, ...]:
    """Give what a project without any memory makes of the same files."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "workspace" not in file.parts:
            put(elsewhere / file.relative_to(folder), file.read_bytes())
    return told(build(elsewhere))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the files that are judged, and those whose purchases are gathered, as they are."""
    seen: list[str] = []
    judge, rows = notes.judge_files, gathering.rows_of

    def judged(warehouse: Warehouse, files: list[Path]) -> dict[Path, notes.Note]:
        seen.extend(f"judge {file.stem}" for file in files)
        return judge(warehouse, files)

    def gathered(warehouse: Warehouse, file: Path, *rest: object) -> Iterator[pa.Table]:
        seen.append(f"gather {file.stem}")
        return rows(warehouse, file, *rest)

    monkeypatch.setattr(notes, "judge_files", judged)
    monkeypatch.setattr(gathering, "rows_of", gathered)
    return seen


def test_a_new_months_file_is_read_alone(project: Path, reads: list[str], tmp_path: Path):
    build(project)
    reads.clear()
    build(project)
    assert reads == []
    deliver(project, "2026-03")
    desk = build(project)
    assert reads == ["judge 2026-03", "gather 2026-03"]
    assert told(desk) == afresh(project, tmp_path / "afresh")


def test_a_changed_file_is_read_again_and_a_deleted_one_counts_no_more(
    project: Path, reads: list[str], tmp_path: Path
):
    build(project)
    reads.clear()
    deliver(project, "2026-01", "9,a,2026-01-09,99.00,5812,")
    desk = build(project)
    assert reads == ["judge 2026-01", "gather 2026-01"]
    assert told(desk) == afresh(project, tmp_path / "changed")
    (project / "data/transactions/2026-02.csv").unlink()
    reads.clear()
    desk = build(project)
    assert reads == []
    assert told(desk) == afresh(project, tmp_path / "deleted")
    assert len(pieces_of(folder_of(desk))) == 1


def test_a_file_that_is_moved_or_delivered_twice_is_not_read_again(project: Path, reads: list[str]):
    before = told(build(project))
    reads.clear()
    file = project / "data/transactions/2026-01.csv"
    put(file.with_name("2026-00.csv"), file.read_bytes())
    file.unlink()
    assert told(build(project)) == before
    assert reads == []


def test_a_purchase_that_comes_again_in_a_new_file_has_the_old_one_read_again(
    project: Path, reads: list[str], tmp_path: Path
):
    deliver(project, "2026-02", "8,a,2026-02-08,5.00,5812,pending")
    build(project)
    reads.clear()
    again = ["8,a,2026-02-08,5.50,5812,settled", "1,a,2026-01-05,10.00,5812,"]
    deliver(project, "2026-03", *again)
    desk = build(project)
    assert {each for each in reads if each.startswith("judge")} == {
        *("judge 2026-01", "judge 2026-02", "judge 2026-03")
    }
    found = desk.read_json("sources.json")["tables"]["transactions"]
    assert found["reasons"] == {"repeated_transaction": 1, "settled_since": 1}
    assert told(desk) == afresh(project, tmp_path / "afresh")
    reads.clear()
    deliver(project, "2026-04", "10,b,2026-04-01,1.00,5812,")
    assert told(build(project)) == afresh(project, tmp_path / "later")
    assert {each for each in reads if "2026-0" in each} >= {"judge 2026-04", "gather 2026-04"}


@pytest.mark.parametrize(
    "change",
    [
        lambda project: put(
            project / "segments/interests.yaml", INTERESTS.replace("5811-5814", "5811-5813")
        ),
        lambda project: put(
            project / "pyproject.toml", '[tool.cardletter]\nsources.time_zone = "Asia/Tokyo"\n'
        ),
    ],
)
def test_what_shapes_the_sums_has_them_made_anew(
    project: Path, change: Callable[[Path], Path], tmp_path: Path
):
    deliver(project, "2026-03", "8,d,2026-03-01T18:00:00,5.00,5814,")
    build(project)
    change(project)
    assert told(build(project)) == afresh(project, tmp_path / "afresh")


def test_who_takes_back_the_yes_is_gone_at_once_and_who_says_yes_is_read_from_the_old_files(
    project: Path, tmp_path: Path
):
    deliver(project, "2026-03", *[f"2{n},h,2026-03-0{n},1.00,5812," for n in range(1, 6)])
    build(project)
    put(project / "data/consents.csv", said("b", yes="abcdefgh"))
    desk = build(project)
    assert told(desk) == afresh(project, tmp_path / "afresh")
    assert not days_of(desk, "b")
    assert len(days_of(desk, "h")) == 5
    assert not [row for piece in pieces_of(folder_of(desk)) for row in piece_rows(piece, 1)]


def piece_rows(piece: Path, number: int) -> list[Any]:
    return pd.read_parquet(piece).query(f"member == {number}").to_dict("records")


def test_yes_no_and_yes_again_counts_everything_once(project: Path, tmp_path: Path):
    first = told(build(project))
    put(project / "data/consents.csv", said("a"))
    assert "a" not in {row["member_id"] for row in told(build(project))[0]}
    text = said("a") + "a,profiling,granted,2026-03-01,web_form,Yes\n"
    put(project / "data/consents.csv", text)
    assert told(build(project)) == first == afresh(project, tmp_path / "afresh")


@pytest.mark.parametrize("at", [1, 2])
def test_stopped_half_way_the_next_run_counts_nothing_twice(
    project: Path, at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    build(project)
    deliver(project, "2026-03")
    put(project / "data/consents.csv", said(yes="abcdefgh"))
    rows = gathering.rows_of
    left = [at]

    def stops(*asked: object) -> Iterator[pa.Table]:
        if not left[0]:
            raise InterruptedError
        left[0] -= 1
        return rows(*asked)

    monkeypatch.setattr(gathering, "rows_of", stops)
    with pytest.raises(InterruptedError):
        build(project)
    monkeypatch.undo()
    assert told(build(project)) == afresh(project, tmp_path / "afresh")


def test_a_time_that_lies_in_the_future_is_looked_at_again(project: Path, reads: list[str]):
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=5)
    put(project / "pyproject.toml", "[tool.cardletter]\nsources.set_aside_limit = 1\n")
    deliver(project, "2026-03", f"8,a,{later:%Y-%m-%d},1.00,5812,")
    build(project)
    reads.clear()
    build(project)
    assert set(reads) == {"judge 2026-03", "gather 2026-03"}


def test_a_member_is_forgotten_in_the_pieces_and_stays_so(project: Path):
    desk = build(project)
    gone = list(forget_days(desk, "a"))
    assert sum(rows for file, rows in gone if file.name != "numbers.parquet") == 2
    assert "a" not in Numbers.read(folder_of(desk)).ids
    assert not [row for piece in pieces_of(folder_of(desk)) for row in piece_rows(piece, 0)]
    assert not list(forget_days(desk, "a"))
