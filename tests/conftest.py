"""What tests share: a small newsletter project with cardholders whose right answer is known."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cardletter import starter, workspace
from cardletter.sources import synthesize
from cardletter.workspace import Workspace

MEMBERS, TRANSACTIONS = 1_200, 60_000


@pytest.fixture(scope="session")
def made_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the starter project with synthetic cardholders, once; tests use copies of it."""
    folder = starter.unpack(tmp_path_factory.mktemp("made") / "letter")
    synthesize(folder / "data", members=MEMBERS, transactions=TRANSACTIONS, seed=7)
    return folder


@pytest.fixture
def project(made_project: Path, tmp_path: Path) -> Path:
    """Give a copy of the project that a test may change."""
    return shutil.copytree(made_project, tmp_path / "letter")


@pytest.fixture
def desk(project: Path) -> Workspace:
    """Give a fresh folder to prepare the edition of the project in."""
    return workspace.begin(workspace.open_edition("2026-12", project))


@pytest.fixture
def write(project: Path) -> Callable[[str, str], Path]:
    """Give a function that writes a file of the project."""

    def write(path: str, text: str) -> Path:
        file = project / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write
