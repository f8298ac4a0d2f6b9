"""What members ask for themselves wins over what was inferred, in every letter and fallback."""

from pathlib import Path

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cardletter import (
    content,
    delivery,
    feedback,
    permission,
    profiles,
    segments,
    sources,
    templates,
    workspace,
)
from cardletter.profiles import read_interests
from cardletter.receipts import read_receipt
from cardletter.workspace import Workspace

MEMBERS = [f"M{number:012d}" for number in range(40)]


def matched(project: Path) -> Workspace:
    desk = workspace.begin(workspace.open_edition("2026-12", project))
    for verb in (sources.pull, profiles.build, segments.assign, content.match):
        verb(desk)
    return desk


def shown(desk: Workspace) -> dict[str, set[str]]:
    """Give the interests of all items that each member is shown."""
    items = {item.item_id: item for item in content.read_catalogue(desk.project)[0]}
    picks = pd.read_parquet(desk.file("selections.parquet"))
    of_variant = {
        str(variant): {i for name in group["item_id"] for i in items[str(name)].interests}
        for variant, group in picks.groupby("variant_id")
    }
    assigned = pd.read_parquet(desk.file("assignments.parquet")).dropna(subset="variant_id")
    return dict(zip(assigned["member_id"], assigned["variant_id"].map(of_variant), strict=True))


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_declared_never_is_never_shown(project: Path, data: st.DataObject):
    interests = sorted(read_interests(project)[0].interests)
    ledger = workspace.open_edition("2026-12", project).ledger
    nevers = {
        member: data.draw(st.sets(st.sampled_from(interests), min_size=1, max_size=12))
        for member in MEMBERS
    }
    for member, never in nevers.items():
        said = {f"interest:{name}": "never" if name in never else "" for name in interests}
        ledger.declare(member, said, "test")
    letters = shown(matched(project))
    for member, never in nevers.items():
        assert not letters[member] & never


def test_never_to_everything_is_no_letter_and_a_receipt_that_says_so(project: Path):
    for twin in (project / "content").glob("*/*.*-*.md"):
        twin.unlink()
    for file in (project / "content" / "articles").glob("*.md"):
        if "interests: []" in file.read_text("utf-8"):
            file.unlink()
    for file in (project / "content" / "offers").glob("*.md"):
        if "interests: []" in file.read_text("utf-8"):
            file.unlink()
    edition = project / "content" / "editions" / "2026-12.yaml"
    edition.write_text(edition.read_text("utf-8").split("fixed:")[0], "utf-8")
    interests = read_interests(project)[0].interests
    desk = workspace.open_edition("2026-12", project)
    desk.ledger.declare(MEMBERS[3], {f"interest:{name}": "never" for name in interests}, "test")
    desk = matched(project)
    for verb in (templates.render, templates.lint, templates.hang):
        verb(desk)
    desk = delivery.freeze(desk)
    for verb in (permission.check, delivery.send, feedback.report):
        verb(desk)
    receipts = pd.read_parquet(desk.file("receipts.parquet")).set_index("member_id")
    assert receipts.loc[MEMBERS[3], "outcome"] == "refused"
    feedback.read_accounts(desk).add_up()
    assert "refused" in next(iter(read_receipt(desk, MEMBERS[3])))


def test_more_leads_and_less_waits(project: Path):
    desk = workspace.open_edition("2026-12", project)
    for member in MEMBERS:
        desk.ledger.declare(member, {"interest:theatre": "more", "interest:pets": "less"}, "test")
    desk = matched(project)
    picks = pd.read_parquet(desk.file("selections.parquet"))
    assigned = pd.read_parquet(desk.file("assignments.parquet")).set_index("member_id")
    for member in MEMBERS:
        own = picks[picks["variant_id"] == assigned.loc[member, "variant_id"]]
        hero = own[own["slot"] == "hero"].iloc[0]
        assert hero["reason"] == "Because you asked for more about theatre & concerts."
        assert not own["reason"].str.contains("looking after their pets").any()


def test_the_last_word_counts_and_an_empty_one_takes_it_back(project: Path):
    desk = workspace.open_edition("2026-12", project)
    desk.ledger.declare(MEMBERS[0], {"interest:theatre": "more"}, "test")
    desk.ledger.declare(MEMBERS[0], {"interest:theatre": ""}, "test")
    desk.ledger.declare(MEMBERS[1], {"interest:pets": "more"}, "test")
    desk.ledger.declare(MEMBERS[1], {"interest:pets": "never"}, "test")
    wishes = pd.read_parquet(matched(project).file("assignments.parquet")).set_index("member_id")
    assert wishes.loc[MEMBERS[0], "wishes"] == ""
    assert wishes.loc[MEMBERS[1], "wishes"] == "!pets"
