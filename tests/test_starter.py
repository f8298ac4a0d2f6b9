"""A wheel holds all that a new project needs: built, installed elsewhere, started, run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cardletter import starter
from cardletter.errors import CardletterError

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


def do(*words: str | Path, cwd: Path, **env: str) -> str:
    clean = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=clean | {"COLUMNS": "160"} | env,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    return done.stdout


def test_a_wheel_in_an_empty_environment_starts_a_project_and_runs_it(tmp_path: Path):
    do(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=ROOT)
    wheel = next(tmp_path.glob("*.whl"))
    pins = tmp_path / "pins.txt"
    pins.write_text(
        do(
            BIN / "uv",
            "export",
            "--frozen",
            "--no-dev",
            "--no-emit-project",
            "--no-hashes",
            cwd=ROOT,
        )
    )
    env = tmp_path / "env"
    do(BIN / "uv", "venv", "--quiet", "--python", sys.executable, env, cwd=tmp_path)
    python = env / "bin" / "python"
    install = ("pip", "install", "--quiet", "--python", python, "--constraint", pins, wheel)
    do(BIN / "uv", *install, cwd=tmp_path)
    cardletter = env / "bin" / "cardletter"
    do(cardletter, "init", "letter", cwd=tmp_path)
    home = {"PREFECT_HOME": str(tmp_path / "prefect")}
    told = do(cardletter, "run", "2026-12", cwd=tmp_path / "letter", **home)
    assert "candidates" in told
    assert (tmp_path / "letter/workspace/editions/2026-12/wall.html").is_file()
    assert "Nothing stands in the way" in do(cardletter, "check", cwd=tmp_path / "letter")


def test_init_refuses_a_folder_that_holds_something(tmp_path: Path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CardletterError, match="not empty"):
        starter.unpack(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_a_new_project_has_no_findings_but_twins_that_are_still_to_be_written(project: Path):
    from cardletter.checking import check

    assert {(each.path, each.severity) for each in check(project)} <= {
        ("content/locales.yaml", "warning")
    }
