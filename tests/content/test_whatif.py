"""What if: an item banned, raised or with another budget, and who is shown what else then."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import little
from cardletter import content, profiles, segments, sources, workspace
from cardletter.cli import app
from cardletter.content.whatif import Changes, what_if
from cardletter.content.whatif_page import page
from cardletter.errors import EditionError
from cardletter.workspace import Workspace


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    project = little.unpack(tmp_path_factory.mktemp("whatif") / "letter")
    desk = workspace.begin(workspace.open_edition(little.EDITION, project))
    for verb in (sources.pull, profiles.build, segments.assign, content.match):
        verb(desk)
    return workspace.commit(desk)


def test_what_is_banned_is_shown_to_nobody_and_others_take_its_place(desk: Workspace):
    found = what_if(desk, Changes(ban=("pets-offer",)))
    reach = {each.item_id: (each.before, each.after) for each in found.reach}
    assert reach.pop("pets-offer") == (70, 0)
    assert all(after > before for before, after in reach.values())
    assert found.lift < 0


def test_a_budget_holds_and_goes_to_whole_groups(desk: Workspace):
    found = what_if(desk, Changes(budgets={"pets-offer": 30}))
    (offer,) = [each for each in found.reach if each.item_id == "pets-offer"]
    assert (offer.before, offer.after) == (70, 10)


def test_what_is_raised_reaches_more_and_is_not_called_more_wanted_for_it(desk: Workspace):
    found = what_if(desk, Changes(raised={"any-offer": 10}))
    (offer,) = [each for each in found.reach if each.item_id == "any-offer"]
    assert offer.after == little.MEMBERS > offer.before
    assert found.lift < 0


def test_nothing_changed_changes_nothing(desk: Workspace):
    found = what_if(desk, Changes())
    assert (found.reach, found.losses, found.lift) == ([], [], 0)


def test_few_members_are_not_counted(desk: Workspace):
    found = what_if(desk, Changes(ban=("a-good-lead",)))
    everyone = next(each for each in found.losses if each.segment == "Everyone")
    assert everyone.members == 0
    assert '<td class="n">few</td>' in page(little.EDITION, Changes(), found)


def test_an_item_there_is_not_is_told(desk: Workspace):
    with pytest.raises(EditionError, match="There is no article or offer a-god-lead"):
        what_if(desk, Changes(ban=("a-god-lead",)))


def test_the_command_writes_the_page_and_changes_nothing_else(desk: Workspace):
    before = desk.file("selections.parquet").read_bytes()
    asked = ["match", little.EDITION, "--project", str(desk.project), "--ban", "a-good-lead"]
    told = CliRunner().invoke(app, asked)
    assert told.exit_code == 0, told.output
    assert "A good lead" in told.output
    assert "a-good-lead is banned" in desk.file("what-if.html").read_text("utf-8")
    assert desk.file("selections.parquet").read_bytes() == before


def test_banning_in_the_file_and_running_again_removes_an_item_everywhere(
    desk: Workspace, tmp_path: Path
):
    project = tmp_path / "letter"
    shutil.copytree(desk.project, project)
    file = project / "content/articles/a-good-lead.md"
    file.write_text(file.read_text("utf-8").replace("teaser:", "priority: 0\nteaser:"), "utf-8")
    again = workspace.open_edition(little.EDITION, project)
    content.match(again)
    assert b"a-good-lead" not in again.file("selections.parquet").read_bytes()
