"""A profile is what a member spends by interest: only for those who said yes, only what may be."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cardletter import profiles, sources
from cardletter.errors import FilesError
from cardletter.workspace import Workspace
from tiny import CONSENTS, INTERESTS, begin, put, tiny

HEAD = "member_id,occurred_at,amount,category\n"
ACTS = CONSENTS.split("\n")[0] + "\n"
PURCHASES = [
    "a,2026-01-05,10.10,5812",
    "a,2026-03-05T23:59:59,20.20,5814",
    "a,2026-02-01,-5.05,5812",
    "a,2026-01-01,7.00,COOK BOOKS",
    "b,2026-04-01,0.10,5942",
    "b,2026-04-01,0.20,5942",
    "b,2026-04-02,-9.99,5942",
    "c,2026-05-01,50,5812",
]
COLUMNS = ["member_id", "interest", "cents", "purchases", "last_on"]
EXPECTED = [
    ("a", "dining", 2525, 2, dt.date(2026, 3, 5)),
    ("a", "reading", 700, 1, dt.date(2026, 1, 1)),
    ("b", "reading", -969, 2, dt.date(2026, 4, 2)),
]
SAID = [
    "a,profiling,granted,2026-01-01,web_form,Yes",
    "b,profiling,granted,2026-01-01,web_form,Yes",
]


def project(folder: Path, purchases: list[str], said: list[str], members: str = "abc") -> Path:
    people = "".join(f"{name},{name}@mail.example\n" for name in members)
    tables = {
        "transactions.csv": HEAD + "\n".join(purchases) + "\n",
        "members.csv": "member_id,email\n" + people,
        "consents.csv": ACTS + "\n".join(said) + "\n",
    }
    return tiny(folder, tables)


def build(folder: Path) -> Workspace:
    desk = begin(folder)
    sources.pull(desk)
    profiles.build(desk)
    return desk


def read(desk: Workspace) -> list[tuple]:
    table = pd.read_parquet(desk.private / profiles.PROFILES)
    table["last_on"] = pd.to_datetime(table["last_on"]).dt.date
    return list(table[COLUMNS].itertuples(index=False, name=None))


def test_spending_is_summed_by_member_and_interest_with_refunds_netted(tmp_path: Path):
    desk = begin(project(tmp_path, PURCHASES, SAID))
    sources.pull(desk)
    assert profiles.build(desk) == {"members": 3, "profiled": 2, "features": 3}
    assert read(desk) == EXPECTED


def test_cents_are_exact_where_sums_of_fractions_are_not(tmp_path: Path):
    desk = build(project(tmp_path, ["a,2026-01-05,0.10,5812"] * 1_003, SAID))
    assert read(desk) == [("a", "dining", 10_030, 1_003, dt.date(2026, 1, 5))]


YES, LATER = "profiling,granted,2026-01-01,web_form,Yes", "profiling,withdrawn,2026-02-01,web,No"
WORDS = {  # member -> what they said, in any order; only capitals said yes last
    "silent": [],
    "letter-only": ["newsletter,granted,2026-01-01,web_form,Yes"],
    "no": ["profiling,withdrawn,2026-01-01,web,No"],
    "yes-then-no": [LATER, YES],
    "yes-and-no-at-once": [YES, "profiling,withdrawn,2026-01-01,web,No"],
    "YES": [YES],
    "NO-THEN-YES": [YES, "profiling,withdrawn,2025-02-01,web,No"],
    "YES-BUT-NO-LETTER": [YES, "newsletter,withdrawn,2026-02-01,web,No"],
    "SPENDS-NOTHING": [YES],
}


def test_only_members_whose_last_word_on_profiling_is_yes_have_rows(tmp_path: Path):
    said = [f"{member},{word}" for member, words in WORDS.items() for word in words]
    spend = [f"{member},2026-01-05,10.10,5812" for member in WORDS if member != "SPENDS-NOTHING"]
    folder = project(tmp_path, spend, [*said, f"stranger,{YES}"])
    people = "".join(f"{name},{name}@mail.example\n" for name in WORDS)
    put(folder / "data/members.csv", "member_id,email\n" + people)
    desk = build(folder)
    yes = sorted(member for member in WORDS if member.isupper())
    assert [row[0] for row in read(desk)] == [each for each in yes if each != "SPENDS-NOTHING"]
    members = pd.read_parquet(desk.private / profiles.MEMBERS)
    assert members["member_id"].tolist() == sorted(WORDS)
    assert members.loc[members["profiled"], "member_id"].tolist() == yes


def test_where_nobody_said_yes_there_are_no_rows_and_everybody_is_a_member(tmp_path: Path):
    desk = build(project(tmp_path, PURCHASES, []))
    assert read(desk) == []
    members = pd.read_parquet(desk.private / profiles.MEMBERS)
    assert members["member_id"].tolist() == ["a", "b", "c"]
    assert not members["profiled"].any()


def test_a_withdrawal_that_comes_later_empties_the_profile(tmp_path: Path):
    build(project(tmp_path, PURCHASES, SAID))
    later = [*SAID, "a,profiling,withdrawn,2026-06-01,web,No"]
    assert read(build(project(tmp_path, PURCHASES, later))) == EXPECTED[2:]


def test_nobody_who_is_set_aside_has_a_profile_and_nobody_without_address_is_lost(tmp_path: Path):
    folder = project(tmp_path, PURCHASES, SAID)
    put(folder / "data/members.csv", "member_id,email\na,1@mail.example\na,2@mail.example\nb,\n")
    put(folder / "pyproject.toml", "[tool.cardletter]\nsources.set_aside_limit = 1\n")
    desk = build(folder)
    assert read(desk) == EXPECTED[2:]
    assert pd.read_parquet(desk.private / profiles.MEMBERS)["member_id"].tolist() == ["b"]


def test_the_numbers_are_the_same_whatever_the_order_of_the_rows_and_files(tmp_path: Path):
    mixed = PURCHASES[3:] + PURCHASES[2::-1]
    once = build(project(tmp_path / "once", PURCHASES, SAID))
    folder = project(tmp_path / "parts", mixed, SAID[::-1], members="cba")
    (folder / "data/transactions.csv").unlink()
    for part in range(3):
        text = HEAD + "\n".join(mixed[part::3]) + "\n"
        put(folder / f"data/transactions/{part}.csv", text)
    parts = build(folder)
    for name in (profiles.PROFILES, profiles.MEMBERS):
        assert (parts.private / name).read_bytes() == (once.private / name).read_bytes()


def test_purchases_are_counted_by_what_the_list_says_and_unknown_ones_fail_nothing(
    tmp_path: Path,
):
    more = ["a,2026-01-01,1,7995", "a,2026-01-01,1,4900", "a,2026-01-01,1,9999", "c,2026-01-01,1,?"]
    desk = build(project(tmp_path, PURCHASES + more, SAID))
    assert read(desk) == EXPECTED
    assert desk.read_json("categories.json") == {
        "interest": 8,
        "sensitive": 1,
        "uninformative": 1,
        "unknown": 2,
    }


LEFT_OUT = st.sampled_from(["7995", "4900", "9999", "58115", "cook books", "dining", "'"])
EXTRA = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.dates(dt.date(2020, 1, 1), dt.date(2026, 6, 1)),
        st.integers(-(10**7), 10**7),
        LEFT_OUT,
    ),
    max_size=40,
)


@pytest.fixture(scope="module")
def pulled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, bytes]:
    desk = build(project(tmp_path_factory.mktemp("left") / "out", PURCHASES, SAID))
    return desk, (desk.private / profiles.PROFILES).read_bytes()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EXTRA)
def test_no_number_of_sensitive_or_unknown_purchases_changes_a_feature(
    pulled: tuple[Workspace, bytes], extra: list[tuple]
):
    desk, before = pulled
    more = [f"{who},{day},{cents / 100:.2f},{kind}" for who, day, cents, kind in extra]
    mixed = PURCHASES[4:] + more + PURCHASES[3::-1]
    put(desk.project / "data/transactions.csv", HEAD + "\n".join(mixed) + "\n")
    profiles.build(desk)
    assert (desk.private / profiles.PROFILES).read_bytes() == before


def test_the_private_folder_is_its_owners_alone(tmp_path: Path):
    desk = build(project(tmp_path, PURCHASES, SAID))
    assert desk.private.stat().st_mode & 0o777 == 0o700
    assert sorted(file.name for file in desk.folder.iterdir()) == [
        *("categories.json", "sources.json", "stages.json")
    ]


def test_mistakes_in_the_list_stop_the_work_before_anything_is_summed(tmp_path: Path):
    folder = project(tmp_path, PURCHASES, SAID)
    put(folder / "segments/interests.yaml", INTERESTS.replace('"5942"', "5942"))
    desk = begin(folder)
    sources.pull(desk)
    with pytest.raises(FilesError, match=r"segments/interests.yaml:9: a category is not text"):
        profiles.build(desk)
    assert not (desk.private / profiles.PROFILES).exists()
    assert not (desk.folder / "categories.json").exists()
