"""Demands that clash: each is told where it stands in the edition, all at once."""

from pathlib import Path

import pandas as pd
import pytest

from cardletter.content import match, read_edition
from cardletter.content.demands import clashes
from cardletter.errors import FilesError, Finding
from cardletter.segments import GENERIC
from cardletter.workspace import Workspace
from pieces import EDITION, OFFER, catalogue, piece
from sheets import group, item, sheet
from tiny import EDITION as NAME
from tiny import begin, put, tiny

PATH = f"content/editions/{NAME}.yaml"
SLOTS = "date: 2026-12-03\nsubject: A letter\nslots: {hero: 1, stories: 1, briefs: 1, offers: 1}\n"
ITEMS = [
    item("a", "garden"),
    item("b", "garden", exclusive_with=["c"]),
    item("c", "pets"),
    item("o", "pets", kind="offer", until="2026-12-31", eligibility={"countries": ["GB"]}),
]


def told(folder: Path, text: str) -> list[tuple[int, str]]:
    """Give line and message of what clashes in an edition."""
    desk = begin(catalogue(tiny(folder), {f"editions/{NAME}.yaml": SLOTS + text}))
    edition, _ = read_edition(desk.project, NAME, ITEMS)
    assert edition is not None
    found: list[Finding] = clashes(desk, sheet(ITEMS, edition, [group()]))
    assert {each.path for each in found} <= {PATH}
    assert all(each.hint for each in found)
    return [(each.line, each.message) for each in found]


BEFORE = "what is fixed or demanded before it"
NOBODY = "members without product and country"
CLASHES = {
    "nothing asked": ("", []),
    "what can be had": ("demands: {every: [a]}\n", []),
    "items that exclude each other": (
        "demands:\n  every:\n  - c\nfixed: {stories: [b]}\n",
        [(6, "every letter must show b and c, which exclude each other")],
    ),
    "more than a section holds": (
        "fixed: {briefs: [a]}\ndemands:\n  every:\n  - c\n",
        [
            (7, f"every letter must show c, but {BEFORE} takes all places of briefs: 1"),
        ],
    ),
    "a kind that nobody wrote": (
        "demands:\n  every: [coach]\n",
        [(5, "every letter must show one of kind coach, and there is none that day")],
    ),
    "a kind that some may not see": (
        "demands:\n  every: [offer]\n",
        [
            (5, f"every letter must show one of kind offer, but there is none for {NOBODY}"),
        ],
    ),
    "more of an interest than a letter may hold": (
        "fixed: {hero: [a], stories: [b]}\ndemands:\n  per_interest: 1\n",
        [(6, "2 of garden are in every letter, and per_interest is 1")],
    ),
}


@pytest.mark.parametrize(("text", "clashing"), CLASHES.values(), ids=CLASHES)
def test_what_cannot_be_had_together_is_told_at_its_line(
    tmp_path: Path, text: str, clashing: list[tuple[int, str]]
):
    assert told(tmp_path, text) == clashing


def test_all_that_clashes_is_told_at_once(tmp_path: Path):
    text = "fixed: {stories: [b]}\ndemands:\n  every: [coach, c]\n  per_interest: 1\n"
    lines = [line for line, _ in told(tmp_path, text)]
    assert lines == [6, 6]


def stopped(folder: Path, files: dict[str, str]) -> str:
    """Run the stage on files it must refuse; give what it says."""
    desk = begin(catalogue(tiny(folder), files))
    with pytest.raises(FilesError) as raised:
        match(desk)
    assert not _made(desk)
    return str(raised.value)


def _made(desk: Workspace) -> bool:
    return desk.file("selections.parquet").exists() or desk.file("variants.json").exists()


def test_an_empty_catalogue_stops_the_stage(tmp_path: Path):
    said = stopped(tmp_path, {f"editions/{NAME}.yaml": EDITION})
    assert "content/articles:1: the catalogue is empty" in said


def test_an_edition_without_slots_stops_the_stage(tmp_path: Path):
    none = "slots: {hero: 0, stories: 0, briefs: 0, offers: 0}\n"
    text = EDITION.partition("slots")[0] + none
    files = {"articles/a.md": piece("A title", "reading"), f"editions/{NAME}.yaml": text}
    assert f"{PATH}:3: the edition has no slots" in stopped(tmp_path, files)


def test_demands_that_clash_stop_the_stage_with_their_lines(tmp_path: Path):
    apart = "exclusive_with: [b]\n"
    files = {
        "articles/a.md": piece("A title", "reading", apart),
        "articles/b.md": piece("Another title", "reading"),
        f"editions/{NAME}.yaml": EDITION + "demands:\n  every:\n  - a\n  - b\n  - coach\n",
    }
    desk = begin(catalogue(tiny(tmp_path), files))
    _segmented(desk)
    with pytest.raises(FilesError) as raised:
        match(desk)
    said = str(raised.value)
    assert f"{PATH}:9: every letter must show a and b, which exclude each other" in said
    assert f"{PATH}:10: every letter must show one of kind coach" in said
    assert not _made(desk)


def test_a_budget_of_nothing_is_no_clash(tmp_path: Path):
    files = {
        "articles/a.md": piece("A title", "reading"),
        "offers/o.md": piece("An offer", "reading", "budget: {impressions: 0}\n", text=OFFER),
        f"editions/{NAME}.yaml": EDITION,
    }
    desk = begin(catalogue(tiny(tmp_path), files))
    _segmented(desk)
    assert match(desk)["shown"] == 1


def _segmented(desk: Workspace) -> None:
    """Let both members be in everybody's segment, and nothing be known of them."""
    each = {"segment_id": GENERIC, "name": "Everyone", "phrase": "", "traits": []}
    desk.write_json("segments.json", [each | {"size": 2, "looked_at": 0, "likes": {}}])
    table = pd.DataFrame({"member_id": ["00123", "00124"], "segment_id": GENERIC, "wishes": ""})
    table.to_parquet(desk.file("assignments.parquet"), index=False)
    columns = ["cents", "purchases", "days", "window_0", "window_1", "window_2"]
    none = pd.DataFrame({name: pd.Series(dtype="int64") for name in columns})
    none.insert(0, "member_id", pd.Series(dtype="str"))
    none.insert(1, "interest", pd.Series(dtype="str"))
    none["last_on"] = pd.Series(dtype="datetime64[s]")
    none["weeks"] = pd.Series(dtype="uint64")
    none.to_parquet(desk.private / "profiles.parquet", index=False)
    put(desk.private / "profiles.json", '{"as_of": "2026-11-02", "window_days": 56}')
