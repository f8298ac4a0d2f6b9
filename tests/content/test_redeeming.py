"""Redeeming: offers go to those who use them, where enough is known of who does."""

import shutil
from pathlib import Path

import numpy as np
import pytest

import earlier
import little
from cardletter import profiles, segments, sources, workspace
from cardletter.content import read_catalogue
from cardletter.content.audience import draw
from cardletter.content.matching import compose, read_files, read_matter
from cardletter.content.redeeming import Chances, read_chances
from cardletter.profiles import read_spending
from cardletter.workspace import Workspace

OFFERS = [("offers", name) for name in little.OFFERS]
EVERYBODY = [little.member(number) for number in range(little.MEMBERS)]
READERS = EVERYBODY[::2]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the little project as far as segments, with an edition before that all were sent."""
    project = little.unpack(tmp_path_factory.mktemp("redeeming") / "letter")
    desk = workspace.begin(workspace.open_edition(little.EDITION, project))
    for verb in (sources.pull, profiles.build, segments.assign):
        verb(desk)
    earlier.edition(desk, "2026-11", "2026-11-05", {"v": (EVERYBODY, OFFERS)})
    workspace.commit(desk)
    return project


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Workspace:
    project = shutil.copytree(built, tmp_path / "letter")
    return workspace.open_edition(little.EDITION, project)


def chances(desk: Workspace) -> Chances | None:
    edition, items, _ = read_files(desk)
    return read_chances(desk, items, read_spending(desk), edition.date)


def use(desk: Workspace, members: list[str], offer: str, day: str = "2026-11-12") -> None:
    earlier.redeemed(desk, [(member, offer, day) for member in members])


def test_an_offer_is_likelier_to_be_redeemed_by_those_who_use_the_likes_of_it(desk: Workspace):
    use(desk, READERS, "reading-offer")
    use(desk, EVERYBODY[1::2], "pets-offer")
    known = chances(desk)
    assert known is not None
    offers = [item for item in read_catalogue(desk.project)[0] if known.of(item)]
    assert [offer.item_id for offer in offers] == ["pets-offer", "reading-offer"]
    readers = known.spending.members.isin(READERS).astype(np.int64)
    drawn = known.drawn(offers, readers, 2)
    assert drawn[0, 0] > 1.2  # who has a pet, and offers for pets
    assert drawn[0, 1] < 0.8
    assert drawn[1, 1] > 1.2
    assert drawn[-1].mean() == pytest.approx(1)


def test_it_moves_what_letters_offer_and_who_redeemed_one_needs_it_no_more(desk: Workspace):
    use(desk, READERS, "reading-offer")
    use(desk, READERS, "pets-offer")
    edition, items, words = read_files(desk)
    draw(desk, edition)
    matter = read_matter(desk, edition, items, words)
    assert matter.chances is not None
    assert matter.uptake is not None
    sheet = compose(desk, matter).sheet
    column = sheet.column["reading-offer"]
    readers = [row for row, group in enumerate(sheet.groups) if group.segment.likes.get("reading")]
    assert sheet.favour[readers, column].max() < 0.1  # nearly all of them redeemed it


@pytest.mark.parametrize("members", [READERS, []])
def test_of_too_few_redemptions_nothing_is_learned(desk: Workspace, members: list[str]):
    use(desk, members, "reading-offer")
    assert chances(desk) is None


def test_what_was_redeemed_before_the_letter_was_not_redeemed_for_it(desk: Workspace):
    use(desk, EVERYBODY, "reading-offer", day="2026-10-01")
    assert chances(desk) is None
