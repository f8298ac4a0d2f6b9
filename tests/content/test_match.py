"""The stage: every segment's letter filled, equal letters shared, every member with a variant."""

import datetime as dt
import json
from pathlib import Path

import pandas as pd
import pytest

from cardletter.content import Variant, match, read_variants
from cardletter.errors import EditionError, FilesError
from cardletter.segments import GENERIC
from cardletter.workspace import Workspace
from pieces import ARTICLE, EDITION, OFFER, catalogue, piece
from tiny import EDITION as NAME
from tiny import begin, put, tiny

SEGMENTS = {
    "s001": {"phrase": "eating out", "size": 4, "looked_at": 4, "likes": {"dining": 4}},
    "s002": {"phrase": "books", "size": 3, "looked_at": 3, "likes": {"reading": 3}},
    GENERIC: {"phrase": "", "size": 2, "looked_at": 7, "likes": {"dining": 4, "reading": 3}},
}
OF = {
    "s001": [f"a{number:02d}" for number in range(24)],
    "s002": [f"e{number:02d}" for number in range(21)],
    GENERIC: ["h", "i"],
}
CONTENT = {
    "articles/eat.md": piece("Read a short menu", "dining"),
    "articles/eat-well.md": piece("Sit by the kitchen", "dining"),
    "articles/read.md": piece("Keep a reading log", "reading"),
    "articles/how.md": piece("How we choose"),
    "offers/meal.md": piece("Two for one", "dining", text=OFFER),
    "offers/book.md": piece("A book", "reading", "eligibility: {countries: [GB]}\n", text=OFFER),
    f"editions/{NAME}.yaml": EDITION,
}
MEMBERS = pd.DataFrame(
    {
        "member_id": [member for members in OF.values() for member in members],
        "email": "x@mail.example",
        "country": ["US"] * 24 + ["GB"] * 21 + ["GB", None],
    }
)


@pytest.fixture
def desk(tmp_path: Path) -> Workspace:
    catalogue(tiny(tmp_path, {"members.parquet": MEMBERS}), CONTENT)
    desk = begin(tmp_path)
    segments(desk, SEGMENTS)
    spent(desk, {"dining": OF["s001"], "reading": OF["s002"]})
    return desk


def spent(desk: Workspace, on: dict[str, list[str]]) -> None:
    """Let members have bought of an interest in the newest week, and of nothing else."""
    rows = sorted((member, interest) for interest, members in on.items() for member in members)
    table = pd.DataFrame(rows, columns=["member_id", "interest"])
    table = table.assign(cents=900, purchases=3, last_on=dt.date(2026, 11, 1), days=3)
    table["weeks"] = pd.Series([1] * len(table), dtype="uint64")
    table = table.assign(window_0=900, window_1=0, window_2=0)
    table.to_parquet(desk.private / "profiles.parquet", index=False)
    told = {"as_of": "2026-11-02", "window_days": 56}
    (desk.private / "profiles.json").write_text(json.dumps(told))
    put(desk.project / "segments/clustering.yaml", "k_min: 20\n")


def segments(desk: Workspace, said: dict[str, dict], wishes: dict[str, str] | None = None) -> None:
    each = [{"segment_id": key, "name": key, "traits": [], **more} for key, more in said.items()]
    desk.write_json("segments.json", each)
    rows = [(member, key) for key, members in OF.items() for member in members]
    table = pd.DataFrame(rows, columns=["member_id", "segment_id"])
    table["wishes"] = [(wishes or {}).get(member, "") for member in table["member_id"]]
    table.to_parquet(desk.file("assignments.parquet"), index=False)


def shown(desk: Workspace) -> dict[str, list[str]]:
    """Give what each variant shows, slot by slot."""
    picks = pd.read_parquet(desk.file("selections.parquet"))
    return {
        name: picks.loc[picks["variant_id"] == variant.variant_id, "item_id"].tolist()
        for name, variant in named(desk).items()
    }


def named(desk: Workspace) -> dict[str, Variant]:
    """Give the variants by name: segment, product, country, wishes, as far as there are any."""
    return {
        " ".join(filter(None, [each.segment_id, each.product, each.country, each.wishes])): each
        for each in read_variants(desk)
    }


def test_every_segment_is_shown_what_it_likes_and_the_generic_one_everybodys_favourites(
    desk: Workspace,
):
    assert match(desk) == {"variants": 4, "items": 6, "shown": 6}
    # Briefs find no article left; the book is for GB, and so tells its members from the others.
    assert shown(desk) == {
        "s001": ["eat", "eat-well", "how", "read", "meal"],
        "s002 GB": ["read", "how", "eat", "eat-well", "book", "meal"],
        GENERIC: ["eat", "read", "eat-well", "how", "meal"],
        f"{GENERIC} GB": ["eat", "read", "eat-well", "how", "book", "meal"],
    }


def test_a_variant_says_whose_it_is_and_how_many_they_are(desk: Workspace):
    match(desk)
    told = [(each.segment_id, each.country, each.members) for each in read_variants(desk)]
    assert told == [("s001", "", 24), ("s002", "GB", 21), (GENERIC, "", 1), (GENERIC, "GB", 1)]


def test_every_pick_has_its_place_score_and_reason(desk: Workspace):
    match(desk)
    picks = pd.read_parquet(desk.file("selections.parquet"))
    assert list(picks) == ["variant_id", "slot", "place", "item_id", "score", "reason"]
    assert not picks.isna().any(axis=None)
    assert set(picks["reason"]) == {
        "For every reader of this letter.",
        "Most members like you enjoy eating out.",
        "Most members like you enjoy books.",
        "For a change: dining out.",
        "For a change: books.",
        "Many of our members enjoy eating out.",
        "Many of our members enjoy books.",
    }


def test_every_member_has_the_variant_of_their_segment(desk: Workspace):
    match(desk)
    ids = {name: each.variant_id for name, each in named(desk).items()}
    assigned = pd.read_parquet(desk.file("assignments.parquet"))
    drawn = ["in_audience", "held_out", "arm"]
    assert list(assigned) == ["member_id", "segment_id", "wishes", "variant_id", *drawn]
    assert assigned["member_id"].tolist() == MEMBERS["member_id"].tolist()
    theirs = ["s001"] * 24 + ["s002 GB"] * 21 + [f"{GENERIC} GB", GENERIC]
    assert assigned["variant_id"].tolist() == [ids[name] for name in theirs]


def test_segments_whose_letters_are_the_same_share_a_variant(desk: Workspace):
    alike = {**SEGMENTS, "s002": SEGMENTS["s001"] | {"size": 3}}
    put(desk.project / "content/offers/book.md", CONTENT["offers/meal.md"])
    segments(desk, alike)
    spent(desk, {"dining": OF["s001"] + OF["s002"]})
    assert match(desk)["variants"] == 2
    assert {name: each.members for name, each in named(desk).items()} == {"s001": 45, GENERIC: 2}


def test_segments_that_are_called_otherwise_in_the_letter_share_none(desk: Workspace):
    other = SEGMENTS["s001"] | {"phrase": "a good table"}
    put(desk.project / "content/offers/book.md", CONTENT["offers/meal.md"])
    segments(desk, {**SEGMENTS, "s002": other})
    assert match(desk)["variants"] == 3


def test_the_same_files_give_the_same_variants(desk: Workspace):
    match(desk)
    names = ("selections.parquet", "variants.json", "assignments.parquet")
    before = [desk.file(name).read_bytes() for name in names]
    segments(desk, SEGMENTS)
    match(desk)
    assert [desk.file(name).read_bytes() for name in names] == before


def test_an_offer_of_some_countries_goes_to_nobody_whose_country_is_not_known(desk: Workspace):
    put(desk.project / "data/members.parquet", MEMBERS.drop(columns="country"))
    match(desk)
    assert not [group for group, items in shown(desk).items() if "book" in items]


@pytest.mark.parametrize(("known", "told"), [("plus", True), ("classic", False), (None, False)])
def test_an_offer_of_some_products_goes_to_their_holders_alone(
    desk: Workspace, known: str | None, told: bool
):
    rules = "eligibility: {products: [plus]}\n"
    put(desk.project / "content/offers/book.md", piece("A book", "reading", rules, text=OFFER))
    put(desk.project / "data/members.parquet", MEMBERS.assign(product=known))
    match(desk)
    assert ["book" in items for items in shown(desk).values()] == [told] * 3
    assert {each.product for each in read_variants(desk)} == {"plus" if told else ""}


def test_members_with_wishes_have_a_variant_of_their_own(desk: Workspace):
    segments(desk, SEGMENTS, {"a00": "!dining", "a01": "!dining", "e00": "+dining"})
    assert match(desk)["variants"] == 6
    variants = {name: each.variant_id for name, each in named(desk).items()}
    assigned = pd.read_parquet(desk.file("assignments.parquet")).set_index("member_id")
    own = assigned["variant_id"]
    assert own["a00"] == own["a01"] == variants["s001 !dining"] != own["a02"] == variants["s001"]
    assert own["e00"] == variants["s001 GB +dining"]
    assert shown(desk)["s001 !dining"] == ["how", "read"]
    assert shown(desk)["s001 GB +dining"][0] == "eat"


@pytest.mark.parametrize("dates", ["until: 2026-12-02", "from: 2026-12-04\nuntil: 2027-03-31"])
def test_an_edition_with_nothing_to_show_is_refused(desk: Workspace, dates: str):
    for file in (desk.project / "content").glob("*/*.md"):
        text = file.read_text(encoding="utf-8")
        put(file, text.replace("from: 2026-11-01\nuntil: 2027-03-31", dates))
    with pytest.raises(
        EditionError, match="Nothing in content/ may be shown to everybody on 2026-12-03"
    ):
        match(desk)
    assert not (desk.folder / "selections.parquet").exists()


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("articles/eat.md", ARTICLE.replace("[reading]", "[eating]"), "articles/eat.md:3: "),
        (f"editions/{NAME}.yaml", EDITION.replace("hero", "heros"), f"editions/{NAME}.yaml:4: "),
    ],
)
def test_mistakes_in_the_files_stop_the_work(desk: Workspace, file: str, text: str, told: str):
    put(desk.project / "content" / file, text)
    with pytest.raises(FilesError, match=f"content/{told}"):
        match(desk)
    assert not (desk.folder / "variants.json").exists()


def test_a_missing_edition_stops_the_work(desk: Workspace):
    (desk.project / f"content/editions/{NAME}.yaml").unlink()
    with pytest.raises(EditionError, match=f"There is no edition {NAME}"):
        match(desk)
