"""The plan: an edition may be made anew until its first message, and not from then on."""

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import little
from cardletter import delivery, permission, workspace
from cardletter.delivery import begun, discard, finished, still_open
from cardletter.errors import FrozenError
from cardletter.workspace import Workspace
from claims import claimed


def hashes(desk: Workspace) -> dict[str, str]:
    found: dict[str, str] = desk.read_json("plan.json")["hashes"]
    return found


def files(folder: Path) -> dict[str, bytes]:
    found = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def again(desk: Workspace) -> Workspace:
    """Freeze the edition anew, as it was prepared before."""
    folder = workspace.begin(desk).folder
    shutil.copytree(desk.folder, folder, dirs_exist_ok=True)
    return delivery.freeze(replace(desk, folder=folder))


def claim(desk: Workspace, *members: str) -> set[str]:
    rows = [
        {"member_id": m, "message_id": f"id-{m}", "variant_id": "v1", "consent_id": 1}
        for m in members
    ]
    return claimed(desk.ledger, desk.edition, rows)


def test_the_plan_counts_candidates_and_variants(desk: Workspace):
    plan = desk.read_json("plan.json")
    assert (plan["edition"], plan["candidates"], plan["variants"]) == ("2026-12", 120, 3)
    assert set(plan["hashes"]) >= {
        "content", "templates", "segments", "settings", "audience", "rendered",
    }  # fmt: skip


def test_the_ledger_knows_the_plan_by_its_hash(desk: Workspace):
    known = desk.ledger.edition(desk.edition)
    assert known
    assert known["plan"] == hashlib.sha256(desk.file("plan.json").read_bytes()).hexdigest()
    assert known["transport"] == "outbox"


def test_freezing_puts_the_folder_in_its_place(desk: Workspace):
    assert desk.folder.is_dir()
    assert [folder.name for folder in desk.folder.parent.iterdir()] == [desk.edition]


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        ("content/articles/a-good-lead.md", {"content"}),
        ("templates/blocks/hero.mjml", {"templates"}),
        ("segments/names.yaml", {"segments"}),
        ("pyproject.toml", {"settings"}),
        ("data/members.csv", set()),
    ],
)
def test_a_change_in_a_file_shows_in_the_hash_of_its_folder(
    desk: Workspace, path: str, changed: set[str]
):
    before = hashes(desk)
    file = desk.project / path
    file.write_text(file.read_text(encoding="utf-8") + "\n# a word more\n", encoding="utf-8")
    after = hashes(again(desk))
    assert {name for name in before if before[name] != after[name]} == changed


def test_a_letter_that_looks_different_shows_in_the_hash_of_what_was_rendered(desk: Workspace):
    before = hashes(desk)
    name = next(iter(desk.file("variants").rglob("text.txt"))).relative_to(desk.folder).as_posix()
    desk.write(name, "Something else.\n")
    after = hashes(again(desk))
    assert {name for name in before if before[name] != after[name]} == {"rendered"}


def test_an_audience_that_changes_shows_in_its_hash(desk: Workspace):
    before = hashes(desk)
    candidates = pd.read_parquet(desk.file("assignments.parquet"))
    candidates[1:].to_parquet(desk.file("assignments.parquet"), index=False)
    after = hashes(again(desk))
    assert {name for name in before if before[name] != after[name]} == {"audience"}


def test_a_picture_of_another_name_is_a_change(desk: Workspace):
    before = hashes(desk)
    pictures = desk.project / "content/pictures"
    (pictures / "a.png").write_bytes((pictures / "logo.png").read_bytes())
    named_a = hashes(again(desk))["content"]
    (pictures / "a.png").rename(pictures / "b.png")
    named_b = hashes(again(desk))["content"]
    assert len({before["content"], named_a, named_b}) == 3


def test_an_edition_is_open_until_its_first_message(desk: Workspace):
    assert not begun(desk)
    assert still_open(desk) is desk
    assert claim(desk, little.ALLOWED[0])
    assert begun(desk)
    assert not finished(desk)
    with pytest.raises(FrozenError) as frozen:
        still_open(desk)
    for words in ("Edition 2026-12", "content/editions/", "cardletter run 2026-12 --restart"):
        assert words in str(frozen.value)


def test_an_edition_is_finished_when_the_ledger_says_so(desk: Workspace):
    desk.ledger.finish(desk.edition)
    assert finished(desk)


def test_an_edition_that_was_never_made_is_open(desk: Workspace):
    other = workspace.open_edition("2027-01", desk.project)
    assert not begun(other)
    assert not finished(other)
    assert still_open(other) is other


def test_discarding_throws_away_the_edition_and_nothing_else(desk: Workspace):
    delivery.send(desk)
    other = [
        {"member_id": little.ALLOWED[0], "message_id": "x", "variant_id": "v", "consent_id": 1}
    ]
    claimed(desk.ledger, "2027-01", other)
    consents = desk.ledger.consented("newsletter")
    discard(desk)
    assert not desk.folder.exists()
    assert desk.ledger.edition(desk.edition) is None
    assert desk.ledger.sends(desk.edition).empty
    assert len(desk.ledger.sends("2027-01")) == 1
    pd.testing.assert_frame_equal(desk.ledger.consented("newsletter"), consents)


def test_a_discarded_edition_is_made_and_sent_anew(desk: Workspace):
    delivery.send(desk)
    discard(desk)
    anew = little.freeze(desk.project)
    assert delivery.send(anew)["sent"] == len(little.ALLOWED)
    assert len(list(anew.file("outbox").iterdir())) == len(little.ALLOWED)


def test_discarding_what_was_never_made_is_no_error(desk: Workspace):
    discard(workspace.open_edition("2027-01", desk.project))
    assert desk.folder.is_dir()


def test_what_left_the_house_cannot_be_discarded(desk: Workspace):
    delivery.send(desk)
    desk.ledger.plan(desk.edition, "plan", "ses")
    before, sends = files(desk.folder), desk.ledger.sends(desk.edition)
    with pytest.raises(FrozenError, match="was sent by ses: make a new edition"):
        discard(desk)
    assert files(desk.folder) == before
    pd.testing.assert_frame_equal(desk.ledger.sends(desk.edition), sends)


def test_making_an_edition_anew_before_its_first_message_replaces_it(desk: Workspace):
    desk.write("left-over.txt", "of the first time")
    anew = little.freeze(desk.project)
    assert anew.folder == desk.folder
    assert not desk.file("left-over.txt").exists()
    assert permission.check(anew)["allowed"] == len(little.ALLOWED)
