"""What if: an item banned, raised or with another budget, and who is shown what else then."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import little
from cardletter import content, profiles, segments, sources, workspace
from cardletter.cli import app
from cardletter.content.whatif import Changes, Trial, WhatIf, counted, what_if
from cardletter.content.whatif_page import summary
from cardletter.errors import CardletterError, EditionError
from cardletter.workspace import Workspace


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    project = little.unpack(tmp_path_factory.mktemp("whatif") / "letter")
    desk = workspace.begin(workspace.open_edition(little.EDITION, project))
    for verb in (sources.pull, profiles.build, segments.assign, content.match):
        verb(desk)
    return workspace.commit(desk)


@pytest.fixture(scope="module")
def alone(desk: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Give the same members a shorter letter and a place of their own; some asked for pets."""
    project = tmp_path_factory.mktemp("alone") / "letter"
    shutil.copytree(desk.project, project)
    slots = "slots: {hero: 1, stories: 0, briefs: 0, offers: 1}\npersonal: 1\n"
    shorter = little.LETTER.partition("slots")[0] + slots
    little.put(project, f"content/editions/{little.EDITION}.yaml", shorter)
    alone = workspace.open_edition(little.EDITION, project)
    assigned = pd.read_parquet(alone.file("assignments.parquet"))
    assigned.loc[:29, "wishes"] = "+pets"
    assigned.to_parquet(alone.file("assignments.parquet"), index=False)
    content.match(alone)
    return alone


def reach(found: WhatIf) -> dict[str, tuple[str, str]]:
    return {each.item_id: (each.now, each.then) for each in found.reach}


def test_what_is_banned_is_shown_to_nobody_and_others_take_its_place(desk: Workspace):
    found = what_if(desk, Changes(ban=("pets-offer",)))
    told = reach(found)
    assert told.pop("pets-offer") == ("70", "0")
    assert told
    assert all(each.rises for each in found.reach if each.item_id in told)
    assert found.lift < 0


def test_what_is_fixed_may_be_banned(desk: Workspace, tmp_path: Path):
    project = shutil.copytree(desk.project, tmp_path / "letter")
    fixed = little.LETTER + "fixed: {hero: [a-winter-walk]}\ndemands: {every: [any-offer]}\n"
    little.put(project, f"content/editions/{little.EDITION}.yaml", fixed)
    trial = Trial(workspace.open_edition(little.EDITION, project))
    told = reach(trial.what_if(Changes(ban=("a-winter-walk", "any-offer"))))
    assert (told["a-winter-walk"], told["any-offer"]) == (("120", "0"), ("120", "0"))


def test_a_budget_holds_and_goes_to_whole_groups(desk: Workspace):
    found = what_if(desk, Changes(budgets={"pets-offer": 30}))
    (offer,) = [each for each in found.reach if each.item_id == "pets-offer"]
    assert (offer.now, offer.then, offer.change, offer.rises) == ("70", "few", "fewer", False)


def test_what_is_raised_reaches_more_and_is_not_called_more_wanted_for_it(desk: Workspace):
    found = what_if(desk, Changes(raised={"pets-offer": 10}))
    assert reach(found)["pets-offer"] == ("70", f"{little.MEMBERS}")
    assert found.lift < 0


def test_raised_to_nothing_is_banned(desk: Workspace):
    trial = Trial(desk)
    raised = trial.what_if(Changes(raised={"pets-offer": 0}))
    assert raised == trial.what_if(Changes(ban=("pets-offer",)))


def test_nothing_changed_changes_nothing(desk: Workspace):
    found = what_if(desk, Changes())
    assert (found.reach, found.losses, found.untold, found.lift) == ([], [], 0, 0)


def test_places_of_members_own_are_counted(alone: Workspace):
    """The same is counted from the files that the stage wrote."""
    members = pd.read_parquet(alone.file("assignments.parquet"))
    picks = pd.read_parquet(alone.file("selections.parquet"))
    own = pd.read_parquet(alone.file("personal.parquet"))
    letters = members.merge(picks, on="variant_id")["item_id"].value_counts()
    counts = letters.add(own["item_id"].value_counts(), fill_value=0)
    trial = Trial(alone)
    known = zip(trial.now.columns, trial.now.reach.tolist(), strict=True)
    assert {name: count for name, count in known if count} == counts.astype(int).to_dict()


def test_who_is_shown_something_else_alone_is_told_of(alone: Workspace):
    own = pd.read_parquet(alone.file("personal.parquet"))["item_id"]
    most = str(own.value_counts().index[0])
    found = what_if(alone, Changes(ban=(most,)))
    assert sum(own == most) == 30
    assert [each.members for each in found.losses] == [27]  # three are in everybody's segment
    assert found.untold == 1
    assert reach(found)[most][1] == "0"


def test_few_members_are_not_counted(desk: Workspace):
    found = what_if(desk, Changes(ban=("a-good-lead",)))
    assert found.untold == 1
    assert "Everyone" not in {each.segment for each in found.losses}
    assert all(each.members >= 20 for each in found.losses)
    assert "In 1 more segment the letters of a few members change." in summary(found)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (100, 140, ("100", "140", "+40")),
        (1_400, 0, ("1,400", "0", "-1,400")),
        (100, 19, ("100", "few", "fewer")),
        (1, 20, ("few", "20", "more")),
        (0, 3, ("0", "few", "more")),
        (100, 81, ("100", "about 100", "a few fewer")),
        (100, 119, ("100", "about 100", "a few more")),
    ],
)
def test_no_count_and_no_change_is_of_few(before: int, after: int, told: tuple[str, str, str]):
    assert counted(before, after, 20) == told


def test_it_is_said_why_an_item_is_shown_to_nobody(desk: Workspace, tmp_path: Path):
    project = shutil.copytree(desk.project, tmp_path / "letter")
    more = {
        "brush-a-dog": "priority: 0\n",
        "keep-a-log": "from: 2027-01-01\n",
        "mend-a-spine": "eligibility: {countries: [GB]}\n",
        "a-winter-walk": "until: 2026-12-04\n",
    }
    for name, line in more.items():
        file = project / f"content/articles/{name}.md"
        file.write_text(file.read_text("utf-8").replace("teaser:", line + "teaser:"), "utf-8")
    cook = little.ITEM.format(
        title="Cook it", interest="cruises", image="walk.png", item_id="cook", more=little.OFFER
    )
    little.put(project, "content/offers/cook.md", cook)
    budgets = "budgets: {pets-offer: {impressions: 0}, reading-offer: {minimum: 121}}\n"
    letter = f"content/editions/{little.EDITION}.yaml"
    little.put(project, letter, little.LETTER.replace("offers: 2", "offers: 1") + budgets)
    found = Trial(workspace.open_edition(little.EDITION, project)).standing()
    told = {each.item_id: each.why or each.members for each in found}
    assert told == {
        "a-good-lead": "120",
        "any-offer": "120",
        "a-winter-walk": "it ends on 2026-12-04, and the edition may be sent to 2026-12-05",
        "brush-a-dog": "its priority is 0",
        "cook": "no member is known to want its interests",
        "keep-a-log": "it begins on 2027-01-01",
        "mend-a-spine": "nobody may see it: see its eligibility and its languages",
        "pets-offer": "its budget is 0",
        "reading-offer": "fewer may see it than its merchant was promised",
    }


def test_an_item_there_is_not_is_told(desk: Workspace):
    with pytest.raises(EditionError, match="There is no article or offer a-god-lead"):
        what_if(desk, Changes(ban=("a-god-lead",)))


def test_the_command_writes_the_page_and_changes_nothing_else(desk: Workspace):
    before = desk.file("selections.parquet").read_bytes()
    asked = ["match", little.EDITION, "--project", str(desk.project), "--ban", "a-good-lead"]
    told = CliRunner().invoke(app, asked)
    assert told.exit_code == 0, told.output
    assert "A good lead" in told.output
    written = desk.file("what-if.html").read_text("utf-8")
    assert "a-good-lead is banned" in written
    assert "The edition as it stands" in written
    assert desk.file("selections.parquet").read_bytes() == before


def test_the_command_says_how_the_edition_stands(desk: Workspace):
    asked = ["match", little.EDITION, "--project", str(desk.project), "--explain"]
    told = CliRunner().invoke(app, asked)
    assert told.exit_code == 0, told.output
    assert "Half price beds" in told.output
    assert "Nothing is changed" in told.output


@pytest.mark.parametrize("wrong", ["x", "any-offer", "any-offer=-1", "any-offer=nan", "x=inf"])
def test_a_number_that_is_none_is_told(desk: Workspace, wrong: str):
    asked = ["match", little.EDITION, "--project", str(desk.project), "--budget", wrong]
    told = CliRunner().invoke(app, asked)
    assert isinstance(told.exception, CardletterError)
    assert "write --budget ITEM=1000" in str(told.exception)


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
