"""A little edition, frozen and judged, the moment before its first message is sent."""

import shutil
from pathlib import Path

import pytest

import little
from cardletter import workspace
from cardletter.workspace import Workspace


@pytest.fixture(scope="session")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return little.frozen(tmp_path_factory)


@pytest.fixture
def project(frozen: Path, tmp_path: Path) -> Path:
    return shutil.copytree(frozen, tmp_path / "letter")


@pytest.fixture
def desk(project: Path) -> Workspace:
    return workspace.open_edition(little.EDITION, project)
