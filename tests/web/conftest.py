import gc
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from cardletter.ledger import Ledger
from databases import BOTH, an_empty_ledger, server  # noqa: F401 - a fixture
from house import CY, House, build, yeses


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("house") / "letter")


@pytest.fixture(autouse=True)
def no_key_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CARDLETTER_LINK_KEY", raising=False)


@pytest.fixture
def house(built: Path, tmp_path: Path) -> House:
    """Give a project of one's own, its application and its ledger."""
    return House(shutil.copytree(built, tmp_path / "letter"))


@pytest.fixture(scope="module")
def steady(built: Path, tmp_path_factory: pytest.TempPathFactory) -> House:
    """Give a project for all the tests that change nothing of it, Cy being erased."""
    house = House(shutil.copytree(built, tmp_path_factory.mktemp("steady") / "letter"))
    house.erase(CY)
    return house


@pytest.fixture(params=BOTH)
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    yield from an_empty_ledger(request, tmp_path)


@pytest.fixture
def house_on_both(ledger: Ledger, built: Path, tmp_path: Path) -> Iterator[House]:
    """Give a project whose ledger is in SQLite, and one whose ledger is in PostgreSQL."""
    project = shutil.copytree(built, tmp_path / "letter")
    with (project / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(f'ledger_url = "{ledger.url}"\n')
    house = House(project)
    house.ledger.act(*yeses())
    yield house
    house.close()
    with warnings.catch_warnings():  # connections that nobody holds any more
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
