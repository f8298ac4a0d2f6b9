"""Rows of a database lie in a folder for a run; a killed run's folder goes with the next one."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from cardletter.sources.landing import PREFIX, landing

OWNED = """
import sys, tempfile
tempfile.tempdir = sys.argv[1]
from cardletter.sources.landing import landing
class Owner: pass
owner = Owner()
(landing(owner) / "rows.parquet").write_bytes(b"rows")
print("there", flush=True)
sys.stdin.read()
"""


class Owner:
    """Somebody who needs rows."""


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder for temporary files of our own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_lasts_as_long_as_its_owner_and_nobody_else_may_read_it(room: Path):
    owner = Owner()
    rows = landing(owner)
    assert rows.parent.stat().st_mode & 0o077 == 0
    del owner
    assert list(room.iterdir()) == []


def test_what_a_killed_run_left_goes_with_the_next_one_and_what_lives_stays(room: Path):
    command = [sys.executable, "-c", OWNED, str(room)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as run:
        assert run.stdout
        run.stdout.readline()
        first, second = Owner(), Owner()
        mine = landing(first)
        assert len(list(room.glob(f"{PREFIX}*/rows/rows.parquet"))) == 1
        run.kill()
        run.wait()
        landing(second)
    assert not list(room.glob(f"{PREFIX}*/rows/rows.parquet"))
    assert mine.is_dir()


def test_other_programs_folders_stay(room: Path):
    (room / "cardletter-bench-1").mkdir()
    (room / f"{PREFIX}unlocked").mkdir()
    owner = Owner()
    landing(owner)
    assert (room / "cardletter-bench-1").is_dir()
    assert (room / f"{PREFIX}unlocked").is_dir()
