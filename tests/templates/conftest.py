"""A little edition, rendered once; tests change copies of it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import little
from cardletter import workspace
from cardletter.workspace import Workspace


@pytest.fixture(scope="session")
def rendered_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return little.frozen(tmp_path_factory)


@pytest.fixture
def project(rendered_project: Path, tmp_path: Path) -> Path:
    return shutil.copytree(rendered_project, tmp_path / "letter")


@pytest.fixture
def desk(project: Path) -> Workspace:
    return workspace.open_edition(little.EDITION, project)


@pytest.fixture
def insert(project: Path) -> Callable[..., int]:
    """Give a function that puts a line into a template, and tells which line it has become."""

    def insert(
        text: str, path: str = "templates/newsletter.mjml", before: str = "greeting("
    ) -> int:
        file = project / path
        lines = file.read_text(encoding="utf-8").splitlines()
        at = max(n for n, line in enumerate(lines) if before in line)
        file.write_text("\n".join([*lines[:at], text, *lines[at:], ""]), encoding="utf-8")
        return at + 1

    return insert
