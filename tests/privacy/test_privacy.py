"""What is known of one member stays with that member: proved by trying."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from cardletter import (
    content,
    delivery,
    feedback,
    permission,
    profiles,
    segments,
    sources,
    starter,
    templates,
    workspace,
)
from cardletter.sources import synthesize
from cardletter.workspace import Workspace

VERBS: tuple[Callable[[Workspace], object], ...] = (
    *(sources.pull, profiles.build, segments.assign, content.match),
    *(templates.render, templates.lint, templates.hang),
)
MEMBER = "M000000000042"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = starter.unpack(tmp_path_factory.mktemp("privacy") / "letter")
    synthesize(folder / "data", members=900, transactions=45_000, seed=11)
    clustering = folder / "segments" / "clustering.yaml"
    clustering.write_text(
        clustering.read_text("utf-8").replace("segments: auto  ", "segments: 8  "), "utf-8"
    )
    acts = pd.read_parquet(folder / "data" / "consents.parquet")
    mine = acts["member_id"] == MEMBER
    yes = (
        acts[~mine]
        .iloc[:3]
        .assign(
            member_id=MEMBER,
            purpose=["newsletter", "profiling", "tracking"],
            state="granted",
            method="web_form",
            jurisdiction="US",
        )
    )
    pd.concat([acts[~mine], yes]).to_parquet(folder / "data" / "consents.parquet", index=False)
    return folder


def copied(source: Path, to: Path) -> Path:
    return shutil.copytree(source, to / "letter")


def prepared(project: Path) -> Workspace:
    desk = workspace.begin(workspace.open_edition("2026-12", project))
    for verb in VERBS:
        verb(desk)
    return desk


def purchases(project: Path) -> tuple[Path, pd.DataFrame]:
    file = next((project / "data" / "transactions").glob("*.parquet"))
    return file, pd.read_parquet(file)


def add(project: Path, rows: pd.DataFrame) -> None:
    file, spent = purchases(project)
    pd.concat([spent, rows.astype(spent.dtypes.to_dict())]).to_parquet(file, index=False)


def more(project: Path, count: int, **columns: object) -> pd.DataFrame:
    """Give purchases like one of the member's, with some columns of their own."""
    _file, spent = purchases(project)
    mine = spent[spent["member_id"] == MEMBER].head(1)
    rows = pd.concat([mine] * count, ignore_index=True).assign(**columns)
    return rows.assign(transaction_id=[f"X{n:09d}" for n in range(count)])


def said(desk: Workspace) -> dict[str, bytes]:
    """Give every page that was rendered, by variant."""
    folder = desk.file("variants", "x").parent
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def variant_of(desk: Workspace, member: str) -> tuple[str, list[str]]:
    """Give a member's segment, and the items of the member's variant."""
    assigned = pd.read_parquet(desk.file("assignments.parquet")).set_index("member_id")
    picks = pd.read_parquet(desk.file("selections.parquet"))
    own = picks[picks["variant_id"] == assigned.loc[member, "variant_id"]]
    names = {s.segment_id: s.name for s in segments.read_segments(desk)}
    return names[str(assigned.loc[member, "segment_id"])], own["item_id"].tolist()


def test_a_members_own_merchant_city_and_amount_are_in_nothing_that_is_made(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    project = copied(source, tmp_path)
    canary = {"merchant": "Zanzibarro Quillfeather of Ombersley-on-Wey", "amount": 7431.97}
    add(project, more(project, 1, **canary, category="5995"))
    desk = delivery.freeze(prepared(project))
    for verb in (permission.check, delivery.send, feedback.report):
        verb(desk)
    told = capsys.readouterr()
    for file in [*desk.folder.rglob("*"), *desk.root.glob("ledger.db*")]:
        if file.is_file():
            text = readable(file)
            for word in ("Zanzibarro", "Ombersley", "7431.97", "7,431.97", "$7431"):
                assert word not in text, file.name
    assert "Zanzibarro" not in told.out + told.err


def readable(file: Path) -> str:
    if file.suffix == ".parquet":
        return pd.read_parquet(file).to_csv()
    return file.read_bytes().decode("utf-8", errors="replace")


@pytest.mark.parametrize("category", ["8011", "8661", "7995"], ids=["clinic", "church", "casino"])
def test_500_sensitive_purchases_change_neither_segment_nor_letter(
    source: Path, tmp_path: Path, category: str
):
    before, after = copied(source, tmp_path / "a"), copied(source, tmp_path / "b")
    add(after, more(after, 500, category=category, amount=250.0))
    one, two = prepared(before), prepared(after)
    assert variant_of(one, MEMBER) == variant_of(two, MEMBER)
    assert said(one) == said(two)


def test_a_merchant_is_shown_by_the_catalogue_alone_so_removing_members_changes_none(
    source: Path, tmp_path: Path
):
    whole, fewer = copied(source, tmp_path / "a"), copied(source, tmp_path / "b")
    k_min = segments.read_clustering(whole)[0].k_min
    gone = [f"M{number:012d}" for number in range(100, 100 + k_min - 1)]
    for name in ("members", "consents"):
        file = fewer / "data" / f"{name}.parquet"
        table = pd.read_parquet(file)
        table[~table["member_id"].isin(gone)].to_parquet(file, index=False)
    known = {item.merchant for item in content.read_catalogue(whole)[0] if item.merchant}
    spent_at = set(purchases(whole)[1]["merchant"].dropna())
    assert not known & spent_at
    for desk in (prepared(whole), prepared(fewer)):
        text = b"".join(said(desk).values()).decode()
        assert not [merchant for merchant in spent_at if merchant in text]


def test_a_variant_is_the_same_bytes_with_and_without_one_member(source: Path, tmp_path: Path):
    """Rendering sees counts of a segment, never the member: the same picks give the same page."""
    project = copied(source, tmp_path)
    desk = prepared(project)
    picks = pd.read_parquet(desk.file("selections.parquet"))
    pages = said(desk)
    assigned = pd.read_parquet(desk.file("assignments.parquet"))
    assigned[assigned["member_id"] != MEMBER].to_parquet(desk.file("assignments.parquet"))
    (desk.private / "profiles.parquet").unlink()
    (desk.private / "members.parquet").unlink()
    shutil.rmtree(project / "data")
    templates.render(desk)
    assert said(desk) == pages
    assert pd.read_parquet(desk.file("selections.parquet")).equals(picks)


def test_nobodys_segment_is_smaller_than_k_min(source: Path, tmp_path: Path):
    desk = prepared(copied(source, tmp_path))
    k_min = segments.read_clustering(desk.project)[0].k_min
    assigned = pd.read_parquet(desk.file("assignments.parquet"))["segment_id"].value_counts()
    assert (assigned.drop(segments.GENERIC) >= k_min).all()
    assert len(assigned) > 2


def test_without_profiling_consent_spending_changes_nothing_for_anybody(
    source: Path, tmp_path: Path
):
    before, after = copied(source, tmp_path / "a"), copied(source, tmp_path / "b")
    for project in (before, after):
        file = project / "data" / "consents.parquet"
        acts = pd.read_parquet(file)
        silent = ~((acts["member_id"] == MEMBER) & (acts["purpose"] == "profiling"))
        acts[silent].to_parquet(file, index=False)
    add(after, more(after, 400, category="5995", amount=900.0))
    one, two = prepared(before), prepared(after)
    assert variant_of(one, MEMBER)[0] == "Everyone"
    assert said(one) == said(two)


def test_what_third_parties_see_of_a_mail_tells_no_interest(source: Path, tmp_path: Path):
    project = copied(source, tmp_path)
    desk = delivery.freeze(prepared(project))
    for verb in (permission.check, delivery.send):
        verb(desk)
    words = [interest.lower() for s in segments.read_segments(desk) for interest in s.likes]
    for file in sorted(desk.file("outbox").glob("*.eml"))[:50]:
        head = file.read_bytes().split(b"\r\n\r\n")[0].decode().lower()
        subject = json.dumps(head.split("subject:")[1].splitlines()[0])
        links = [line for line in head.splitlines() if line.startswith("list-unsubscribe:")]
        assert not [word for word in words if word in subject or word in links[0].rsplit("/", 1)[0]]
        told = [line for line in head.splitlines() if not line.startswith(("list-unsub", "to:"))]
        assert not [line for line in told if MEMBER.lower() in line]  # their address says who
