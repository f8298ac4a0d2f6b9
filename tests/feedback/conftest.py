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
def desk(frozen: Path, tmp_path: Path) -> Workspace:
    project = shutil.copytree(frozen, tmp_path / "letter")
    return workspace.open_edition(little.EDITION, project)
