"""The workspace: nothing half written, nothing outside of it, and nobody in it by name."""

import shutil
import stat
from pathlib import Path

import pandas as pd
import pytest

import little
from cardletter import content, delivery, feedback, profiles, segments, sources
from cardletter.errors import EditionError, FilesError, SettingsError
from cardletter.workspace import Workspace, begin, commit, open_edition, open_segments, stage


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A little project whose edition was made, sent and reported."""
    made = little.frozen(tmp_path_factory)
    folder = shutil.copytree(made, tmp_path_factory.mktemp("sent") / "letter")
    desk = open_edition(little.EDITION, folder)
    delivery.send(desk)
    feedback.report(desk)
    found = open_segments(folder)
    for verb in (sources.pull, profiles.build, segments.assign):
        verb(found)
    commit(found)
    return folder


@pytest.fixture
def project(sent: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sent, tmp_path / "letter")


@pytest.fixture
def desk(project: Path) -> Workspace:
    return open_edition(little.EDITION, project)


def files(folder: Path) -> dict[str, bytes]:
    found = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


BAD = [
    "../x",
    "..",
    ".",
    "",
    "a/b",
    "a\\b",
    "/etc",
    "2026-12\n",
    "-rf",
    ".hidden",
    "a b",
    "é",
    "a\0",
]


@pytest.mark.parametrize("name", BAD, ids=repr)
def test_a_name_that_could_leave_the_workspace_is_refused(project: Path, name: str):
    before = files(project)
    with pytest.raises(EditionError, match=r"letters, digits, - and _ only, such as 2026-12"):
        open_edition(name, project)
    assert files(project) == before


@pytest.mark.parametrize("name", ["2026-12", "12", "Winter_2026", "a"])
def test_a_plain_name_is_a_folder_of_the_workspace(project: Path, name: str):
    assert open_edition(name, project).folder == project / "workspace/editions" / name


def test_a_folder_that_is_no_project_is_said_so(tmp_path: Path):
    with pytest.raises(SettingsError, match="is no newsletter project"):
        open_edition("2026-12", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_fails_leaves_the_last_good_folder_as_it_was(desk: Workspace):
    before = files(desk.folder)
    preparing = begin(desk)
    preparing.write("wall.html", "half a wall")
    file = desk.project / "content/articles/a-good-lead.md"
    file.write_text("no front matter", encoding="utf-8")
    with pytest.raises(FilesError):
        little.prepare(desk.project)
    assert files(desk.folder) == before
    assert open_edition(little.EDITION, desk.project).folder == desk.folder


@pytest.mark.parametrize("stage_name", ["segment", "match"])
def test_a_stage_that_fails_leaves_no_file_of_its_own(desk: Workspace, stage_name: str):
    if stage_name == "segment":
        little.put(desk.project, "segments/clustering.yaml", "k_min: 3\n")
        verb = segments.assign
    else:
        little.put(desk.project, f"content/editions/{little.EDITION}.yaml", "date: never\n")
        verb = content.match
    fresh = begin(desk)
    for name in ("segments.json", "assignments.parquet"):
        if stage_name == "match":
            shutil.copy2(desk.file(name), fresh.file(name))
    before = files(fresh.folder)
    with pytest.raises(FilesError):
        verb(fresh)
    assert files(fresh.folder) == before


def test_what_is_prepared_takes_the_place_of_the_old_all_at_once(desk: Workspace):
    fresh = begin(desk)
    fresh.write("new.txt", "new")
    assert desk.file("plan.json").exists()
    final = commit(fresh)
    assert final.folder == desk.folder
    assert files(final.folder) == {"new.txt": b"new"}
    assert [folder.name for folder in desk.folder.parent.iterdir()] == [little.EDITION]


def test_preparing_begins_with_nothing_of_a_run_that_died(desk: Workspace):
    begin(desk).write("left.txt", "of a run that died")
    assert list(begin(desk).folder.iterdir()) == []


def test_a_run_that_died_between_old_and_new_gives_the_old_back(desk: Workspace):
    before = files(desk.folder)
    begin(desk)
    desk.folder.rename(desk.folder.with_name(f".{little.EDITION}.old"))
    assert files(open_edition(little.EDITION, desk.project).folder) == before


def test_segments_are_found_in_a_folder_of_their_own(project: Path):
    edition = files(project / "workspace/editions")
    found = open_segments(project)
    assert found.folder == project / "workspace/.segments.preparing"
    assert commit(found).folder == project / "workspace/segments"
    assert files(project / "workspace/editions") == edition


def test_a_file_is_written_whole_or_not_at_all(desk: Workspace):
    desk.write("note.txt", "first")
    with pytest.raises(UnicodeEncodeError):
        desk.write("note.txt", "half \ud800")
    assert desk.file("note.txt").read_text(encoding="utf-8") == "first"


def test_json_reads_back_and_stays_legible(desk: Workspace):
    desk.write_json("deep/in/note.json", {"name": "Zoë", "counts": [1, 2]})
    assert desk.read_json("deep/in/note.json") == {"name": "Zoë", "counts": [1, 2]}
    assert "Zoë" in desk.file("deep", "in", "note.json").read_text(encoding="utf-8")


def test_reading_what_was_never_made_says_how_to_make_it(project: Path):
    with pytest.raises(EditionError, match="Make it with `cardletter run 2027-01`"):
        open_edition("2027-01", project).read_json("plan.json")


def test_the_private_folder_and_the_outbox_are_their_owners_only(desk: Workspace):
    for folder in (desk.private, desk.file("outbox")):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for file in desk.private.glob("*.key"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_stages_tell_how_long_they_took_and_what_they_made(desk: Workspace):
    @stage("count")
    def count(_desk: Workspace) -> dict[str, int]:
        return {"things": 3}

    before = desk.read_json("stages.json")
    assert count(desk) == {"things": 3}
    noted = desk.read_json("stages.json")
    assert noted.pop("count").keys() == {"seconds", "things"}
    assert noted == before
    assert count.__name__ == "count"


def test_a_stage_that_fails_is_not_noted(desk: Workspace):
    @stage("break")
    def broken(_desk: Workspace) -> dict[str, int]:
        raise OSError("the disk is full")

    before = desk.read_json("stages.json")
    with pytest.raises(OSError, match="the disk is full"):
        broken(desk)
    assert desk.read_json("stages.json") == before


def readable(file: Path) -> str:
    """Give all that a file says: Parquet decoded, anything else as the bytes it is."""
    if file.suffix == ".parquet":
        table = pd.read_parquet(file)
        return table.to_csv() + str(list(table.columns))
    return file.read_bytes().decode("utf-8", errors="ignore")


def test_no_name_no_address_and_no_spending_is_in_the_edition_but_in_its_outbox(project: Path):
    members = pd.read_csv(project / "data/members.csv").dropna(subset=["first_name", "email"])
    spent = pd.read_csv(project / "data/transactions.csv", dtype=str)["amount"]
    cents = {amount.replace(".", "") for amount in spent}
    values = {*members["email"], *members["first_name"], *spent, *cents} - {"Ada"}
    values |= {email.lower() for email in members["email"]} | {"mail.example.org", "Ann & Bo"}
    looked_at = [
        file
        for room in ("editions", "segments")
        for file in (project / "workspace" / room).rglob("*")
        if file.is_file() and "outbox" not in file.parts and file.suffix != ".png"
    ]
    assert {"receipts.parquet", "assignments.parquet", "wall.html", "report.html"} <= {
        file.name for file in looked_at
    }
    for file in looked_at:
        text = readable(file)
        assert not [value for value in values if value in text], file.name
    outbox = "".join(map(readable, (project / "workspace/editions/2026-12/outbox").iterdir()))
    assert "mail.example.org" in outbox


def test_the_ledger_knows_members_by_their_ids_only(project: Path):
    ledger = b"".join(file.read_bytes() for file in (project / "workspace").glob("ledger.db*"))
    assert little.ALLOWED[0].encode() in ledger
    assert b"mail.example.org" not in ledger


def test_what_the_stages_note_is_counts(desk: Workspace):
    for noted in desk.read_json("stages.json").values():
        assert all(isinstance(value, int | float) for value in noted.values())
