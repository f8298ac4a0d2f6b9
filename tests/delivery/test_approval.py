"""Approval: exactly what somebody else looked at goes out, for as long as it is that."""

import os
import shutil
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

import little
from cardletter import delivery, permission, workspace
from cardletter.delivery import approving as room
from cardletter.delivery.authors import last_author, same_person
from cardletter.errors import NotReadyError
from cardletter.workspace import Workspace

EDITION = f"content/editions/{little.EDITION}.yaml"


@pytest.fixture
def project(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a project outside of git, whose edition is made, frozen, and asks for approval."""
    project = shutil.copytree(little.frozen(tmp_path_factory), tmp_path / "letter")
    with (project / EDITION).open("a", encoding="utf-8") as file:
        file.write("approvals: 1\nauthor: Ada Writer\n")
    touch_made(project)
    return project


def touch_made(project: Path) -> None:
    """Let the edition be younger than every file, as if it were made just now."""
    later = time.time() + 5
    made = workspace.open_edition(little.EDITION, project).folder / "variants.json"
    os.utime(made, (later, later))


@pytest.fixture
def desk(project: Path) -> Workspace:
    return workspace.open_edition(little.EDITION, project)


def setting(project: Path, line: str) -> None:
    file = project / "pyproject.toml"
    text = file.read_text("utf-8").replace("[tool.cardletter]\n", f"[tool.cardletter]\n{line}\n")
    file.write_text(text, encoding="utf-8")


def refusal(desk: Workspace) -> str:
    with pytest.raises(NotReadyError) as raised:
        delivery.send(desk)
    assert not list(desk.file("outbox").glob("*.eml")) if desk.file("outbox").exists() else True
    return str(raised.value)


def test_nothing_goes_out_before_somebody_has_approved_it(desk: Workspace):
    told = refusal(desk)
    assert "waits for approval" in told
    assert "cardletter approve" in told
    found = delivery.approve(desk, "Bo Boss", "looks fine")
    assert found.enough
    delivery.send(desk)
    assert len(list(desk.file("outbox").glob("*.eml"))) == len(little.ALLOWED)
    act = desk.ledger.approvals(little.EDITION)[0]
    assert (act["given_by"], act["author"], act["why"]) == ("Bo Boss", "Ada Writer", "looks fine")
    assert act["members"] == little.MEMBERS


def test_an_outbox_asks_nobody_unless_the_edition_or_the_settings_do(project: Path):
    edition = project / EDITION
    edition.write_text(edition.read_text("utf-8").replace("approvals: 1\n", ""), encoding="utf-8")
    desk = workspace.open_edition(little.EDITION, project)
    assert room.demand(desk) == 0
    setting(project, 'approval.demand = "always"')
    assert room.demand(desk) == 1


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        ('transport = "ses"', 1),
        ('transport = "ses"\napproval.two_from = 121', 1),
        ('transport = "ses"\napproval.two_from = 120', 2),
        ('transport = "ses"\napproval.demand = "never"', 0),
        ("approval.two_from = 1", 2),
    ],
)
def test_what_leaves_by_ses_must_be_approved_and_of_many_by_two(
    project: Path, lines: str, people: int
):
    file = project / "pyproject.toml"
    without = file.read_text("utf-8").replace('transport = "outbox"\n', "")
    file.write_text(without, encoding="utf-8")
    setting(project, lines)
    assert room.demand(workspace.open_edition(little.EDITION, project)) == people


@pytest.mark.parametrize("name", ["Ada Writer", " ada   WRITER ", ""])
def test_nobody_approves_their_own_and_nobody_without_a_name(desk: Workspace, name: str):
    with pytest.raises(NotReadyError):
        delivery.approve(desk, name)
    assert desk.ledger.approvals(little.EDITION) == []


def test_where_nobody_knows_the_author_nobody_can_be_somebody_else(project: Path):
    edition = project / EDITION
    text = edition.read_text("utf-8").replace("author: Ada Writer\n", "")
    edition.write_text(text, encoding="utf-8")
    touch_made(project)
    with pytest.raises(NotReadyError, match="author: NAME"):
        delivery.approve(workspace.open_edition(little.EDITION, project), "Bo Boss")


def test_two_are_two_people(project: Path, desk: Workspace):
    setting(project, "approval.two_from = 100")
    assert not delivery.approve(desk, "Bo Boss").enough
    with pytest.raises(NotReadyError, match="already"):
        delivery.approve(desk, "bo boss")
    assert "1 of 2 so far (Bo Boss)" in refusal(desk)
    assert delivery.approve(desk, "Cy Chief").enough
    delivery.send(desk)


def change_letter(desk: Workspace) -> None:
    file = next(desk.file("variants").glob("*/index.html"))
    file.write_text(file.read_text("utf-8") + " ", encoding="utf-8")


def change_picks(desk: Workspace) -> None:
    frame = pd.read_parquet(desk.file("selections.parquet"))
    frame.iloc[1:].to_parquet(desk.file("selections.parquet"), index=False)


def change_audience(desk: Workspace) -> None:
    frame = pd.read_parquet(desk.file("assignments.parquet"))
    frame.iloc[1:].to_parquet(desk.file("assignments.parquet"), index=False)


def change_own_places(desk: Workspace) -> None:
    places = pd.DataFrame(
        {"member_id": ["M000000000001"], "place": [1], "item_id": ["a-good-lead"]}
    )
    places.to_parquet(desk.file("personal.parquet"), index=False)


def change_what_fills_them(desk: Workspace) -> None:
    desk.write_json("personal.json", {"places": 1, "fragments": {}, "reasons": {}, "survey": {}})


def change_file(path: str) -> object:
    def change(desk: Workspace) -> None:
        with (desk.project / path).open("a", encoding="utf-8") as file:
            file.write("\n")

    return change


CHANGES = {
    "a letter": (change_letter, "letters are not those"),
    "a pick": (change_picks, "letters are not those"),
    "a member": (change_audience, "who gets which letter"),
    "a place of a member's own": (change_own_places, "who gets which letter"),
    "what fills such places": (change_what_fills_them, "letters are not those"),
    "the edition": (change_file(EDITION), "files it is made of"),
    "an article": (change_file("content/articles/a-good-lead.md"), "files it is made of"),
    "a block": (change_file("templates/blocks/hero.mjml"), "files it is made of"),
    "the brand": (change_file("templates/brand.yaml"), "files it is made of"),
    "a segment's name": (change_file("segments/names.yaml"), "files it is made of"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_any_change_voids_it(desk: Workspace, what: str):
    change, why = CHANGES[what]
    delivery.approve(desk, "Bo Boss")
    change(desk)
    told = refusal(desk)
    assert "Bo Boss’s approval is void" in told
    assert why in told
    assert not delivery.kept(desk)


def test_what_the_edition_does_not_show_may_change(desk: Workspace):
    delivery.approve(desk, "Bo Boss")
    other = desk.project / "content/articles/one-for-january.md"
    other.write_text("---\ntitle: Not done yet\n---\n", encoding="utf-8")
    assert delivery.approval(desk).enough


def test_what_was_changed_since_it_was_made_cannot_be_approved(desk: Workspace):
    late = time.time() + 60
    os.utime(desk.project / "templates/brand.yaml", (late, late))
    with pytest.raises(NotReadyError, match=r"brand\.yaml was changed since"):
        delivery.approve(desk, "Bo Boss")


def test_it_runs_out_with_the_time_for_sending(desk: Workspace, monkeypatch: pytest.MonkeyPatch):
    delivery.approve(desk, "Bo Boss")
    expires = desk.ledger.approvals(little.EDITION)[0]["expires_at"]
    monkeypatch.setattr(room, "now", lambda: expires - timedelta(seconds=1))
    assert delivery.approval(desk).enough
    monkeypatch.setattr(room, "now", lambda: expires)
    assert "the time for sending is over" in delivery.approval(desk).words


def test_while_it_is_sent_a_member_may_be_erased_and_files_be_changed(
    desk: Workspace, monkeypatch: pytest.MonkeyPatch
):
    delivery.approve(desk, "Bo Boss")
    monkeypatch.setattr(room, "begun", lambda _desk: True)
    change_audience(desk)
    change_own_places(desk)
    change_file(EDITION)(desk)
    assert delivery.approval(desk).enough
    change_letter(desk)
    assert not delivery.approval(desk).enough


def test_what_was_approved_is_kept_and_sent_and_not_made_anew(project: Path, desk: Workspace):
    assert not delivery.kept(desk)
    delivery.approve(desk, "Bo Boss")
    assert delivery.kept(desk)
    before = sorted(desk.file("variants").iterdir())
    frozen = delivery.freeze(desk)
    assert frozen == desk
    assert sorted(desk.file("variants").iterdir()) == before
    permission.check(frozen)
    delivery.send(frozen)
    assert delivery.altered(frozen) == []


def git(project: Path, *words: str, name: str = "Ada Writer") -> None:
    who = {"NAME": name, "EMAIL": f"{name.split(maxsplit=1)[0].lower()}@mail.example.org"}
    person = {f"GIT_{role}_{k}": v for role in ("AUTHOR", "COMMITTER") for k, v in who.items()}
    subprocess.run(
        ["git", *words], cwd=project, check=True, capture_output=True, env=os.environ | person
    )


def test_git_knows_who_changed_an_edition_last(tmp_path: Path):
    project = tmp_path / "letter"
    for name in ("a.md", "b.md"):
        little.put(project, name, "one")
    with pytest.raises(NotReadyError):
        last_author(project, ["a.md"])
    git(project, "init", "-q")
    git(project, "config", "user.name", "Dee Here")
    git(project, "config", "user.email", "dee@mail.example.org")
    git(project, "add", ".")
    git(project, "commit", "-qm", "one")
    little.put(project, "b.md", "two")
    git(project, "commit", "-qam", "two", name="Cy Chief")
    first = last_author(project, ["a.md"])
    assert first.told == "Ada Writer"
    for name in ("ada writer", "ada@mail.example.org", "Ada Writer <ada@mail.example.org>"):
        assert first.include(name)
    assert not first.include("Cy Chief")
    assert last_author(project, ["a.md", "b.md"]).told == "Cy Chief"
    little.put(project, "a.md", "not committed")
    assert last_author(project, ["a.md"]).told == "Ada Writer and Dee Here"
    assert last_author(project, ["a.md"], "Eve").include("eve")


def test_no_name_is_nobody():
    assert not same_person("", "")
