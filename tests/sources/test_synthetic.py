"""Invented cardholders: as many as asked for, the same every time, and with findable interests."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from cardletter.sources import synthetic
from cardletter.sources.synthetic import synthesize

MEMBERS, TRANSACTIONS = 3_000, 150_000
FIRST, LAST = pd.Timestamp("2025-11-20"), pd.Timestamp("2026-11-20")
COLUMNS = {
    "transactions/part-0000": "transaction_id member_id occurred_at amount category currency "
    "merchant",
    "members": "member_id email first_name locale country time_zone product joined_on closed_on "
    "closure_reason manager_id born_on",
    "consents": "member_id purpose state occurred_at method wording source jurisdiction",
    "truth": "member_id group",
}
NOT_TEXT = {"occurred_at": "timestamp[us]", "amount": "double"}
NOT_TEXT |= dict.fromkeys(["joined_on", "closed_on", "born_on"], "date32[day]")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "synthetic"
    return synthesize(folder, members=MEMBERS, transactions=TRANSACTIONS)


@pytest.fixture(scope="module")
def transactions(made: Path) -> pd.DataFrame:
    return pd.read_parquet(made / "transactions")


@pytest.fixture(scope="module")
def members(made: Path) -> pd.DataFrame:
    return pd.read_parquet(made / "members.parquet").set_index("member_id")


@pytest.fixture(scope="module")
def consents(made: Path) -> pd.DataFrame:
    return pd.read_parquet(made / "consents.parquet")


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_exactly_the_transactions_asked_for_go_round_all_members(transactions: pd.DataFrame):
    counts = transactions.member_id.value_counts()
    assert len(transactions) == TRANSACTIONS
    assert len(counts) == MEMBERS
    assert counts.min() >= synthetic.FEWEST


@pytest.mark.parametrize(("members", "transactions"), [(1, 1), (7, 7), (7, 20), (1, 1_000)])
def test_small_numbers_are_exact_too(tmp_path: Path, members: int, transactions: int):
    folder = synthesize(tmp_path / "s", members=members, transactions=transactions)
    assert pq.read_table(folder / "transactions").num_rows == transactions
    assert pq.read_table(folder / "members.parquet").num_rows == members
    assert pq.read_table(folder / "truth.parquet").num_rows == members


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path):
    # Several times: stray memory in a file shows in some runs only.
    made = [
        files(synthesize(tmp_path / str(time), members=200, transactions=5_000, seed=3))
        for time in range(6)
    ]
    assert sorted(made[0]) == sorted(f"{table}.parquet" for table in COLUMNS)
    assert all(again == made[0] for again in made[1:])


def test_another_seed_gives_other_people(tmp_path: Path):
    one = files(synthesize(tmp_path / "one", members=200, transactions=5_000, seed=1))
    two = files(synthesize(tmp_path / "two", members=200, transactions=5_000, seed=2))
    assert one.keys() == two.keys()
    assert all(one[name] != two[name] for name in one)


@pytest.mark.parametrize("table", COLUMNS)
def test_columns_and_types_are_those_of_the_contract(made: Path, table: str):
    schema = pq.read_schema(made / f"{table}.parquet")
    assert schema.names == COLUMNS[table].split()
    assert [str(kind) for kind in schema.types] == [NOT_TEXT.get(n, "string") for n in schema.names]


def test_only_the_columns_that_may_be_empty_have_gaps(
    members: pd.DataFrame, transactions: pd.DataFrame, consents: pd.DataFrame
):
    gaps = set(members.columns[members.isna().any()])
    assert gaps == {"first_name", "closed_on", "closure_reason", "manager_id"}
    assert not transactions.isna().any(axis=None)
    assert not consents.isna().any(axis=None)


def test_ids_count_from_zero_whatever_the_seed(members: pd.DataFrame, transactions: pd.DataFrame):
    assert members.index[[0, -1]].tolist() == ["M000000000000", "M000000002999"]
    assert transactions.transaction_id.iloc[-1] == "T000000149999"
    assert members.index.is_unique
    assert transactions.transaction_id.is_unique
    assert set(transactions.member_id) == set(members.index)


def test_nothing_looks_like_a_card_number(made: Path):
    tables = [pq.read_table(path) for path in made.rglob("*.parquet")]
    texts = [column for table in tables for column in table.columns if column.type == "string"]
    words = {word for column in texts for word in column.drop_null().to_pylist()}
    assert len(words) > TRANSACTIONS
    assert not [word for word in words if re.search(r"(\d[ -]?){13}", word)]


def test_names_locales_and_time_zones_fit_the_country(members: pd.DataFrame):
    found = set(members[["country", "locale", "time_zone"]].itertuples(index=False, name=None))
    assert found == {place[:3] for place in synthetic.PLACES}
    assert set(members.country) == {"US", "GB", "CA", "DE", "FR", "JP"}
    assert set(members.first_name[members.country == "JP"].dropna()) >= {"美咲", "健太"}
    assert "Zoë" in set(members.first_name)


def test_every_address_is_one_members_and_leads_nowhere(members: pd.DataFrame):
    assert members.email.str.fullmatch(r"m\d{12}@example\.com").all()
    assert members.email.is_unique


def test_purchases_fall_in_the_year_before_the_last_day(transactions: pd.DataFrame):
    assert transactions.occurred_at.min() >= FIRST
    assert transactions.occurred_at.max() < LAST
    assert transactions.occurred_at.dt.to_period("M").nunique() == 13


def test_some_members_fall_silent_and_most_do_not(transactions: pd.DataFrame):
    quiet = LAST - transactions.groupby("member_id").occurred_at.max()
    assert 0.05 < (quiet > pd.Timedelta(days=60)).mean() < 0.25
    assert (quiet < pd.Timedelta(days=30)).mean() > 0.6


def test_leavers_tell_why_and_stop_buying(members: pd.DataFrame, transactions: pd.DataFrame):
    gone = members[members.closed_on.notna()]
    last = transactions.groupby("member_id").occurred_at.max()[gone.index]
    assert len(gone) / MEMBERS == pytest.approx(synthetic.LEAVERS, abs=0.01)
    assert set(gone.closure_reason) == {"moved", "fees", "lost", "service", "competitor"}
    assert members.closure_reason.notna().equals(members.closed_on.notna())
    assert (last < pd.to_datetime(gone.closed_on)).all()


def test_nobody_buys_before_joining_or_joins_before_eighteen(
    members: pd.DataFrame, transactions: pd.DataFrame
):
    joined = pd.to_datetime(members.joined_on)
    first = transactions.groupby("member_id").occurred_at.min()
    assert (first >= joined.reindex(first.index)).all()
    assert (joined - pd.to_datetime(members.born_on)).min() >= pd.Timedelta(days=18 * 365)


def test_amounts_are_whole_cents_and_a_few_are_refunds(transactions: pd.DataFrame):
    cents = transactions.amount * 100
    typical = transactions[cents > 0].groupby("category").amount.median()
    assert np.allclose(cents, cents.round())
    assert (cents != 0).all()
    assert (cents < 0).mean() == pytest.approx(synthetic.REFUNDS, abs=0.003)
    assert typical[["4511", "5462"]].tolist() == pytest.approx([310, 11], rel=0.1)


@pytest.mark.parametrize(
    ("purpose", "without", "withdrawn"),
    [
        ("newsletter", 1 / 6, 0.05),
        ("profiling", 0.10, 0.03),
        ("tracking", 0.08, 0.02),
        ("survey", 0.30, 0.01),
    ],
)
def test_consents_are_given_and_taken_back_at_the_planned_rates(
    consents: pd.DataFrame, purpose: str, without: float, withdrawn: float
):
    acts = consents[consents.purpose == purpose].set_index("member_id")
    granted, taken = (acts[acts.state == state] for state in ("granted", "withdrawn"))
    assert granted.index.is_unique
    assert 1 - len(granted) / MEMBERS == pytest.approx(without, abs=0.03)
    assert len(taken) / len(granted) == pytest.approx(withdrawn, abs=0.0075)
    assert (granted.occurred_at[taken.index] < taken.occurred_at).all()
    assert acts.occurred_at.max() < LAST
    assert len(set(acts.wording)) == 1
    assert set(acts.method) == {"web_form", "branch", "phone"}


def test_over_nine_in_ten_active_members_are_nearest_to_their_own_group(
    made: Path, transactions: pd.DataFrame
):
    group_of = {code: group for group, (_, own) in synthetic.GROUPS.items() for code in own}
    truth = pd.read_parquet(made / "truth.parquet").set_index("member_id").group
    purchases = transactions.assign(group=transactions.category.map(group_of).fillna("shared"))
    counts = pd.crosstab(purchases.member_id, purchases.group)
    active = counts[counts.sum(axis=1) >= 30].drop(columns="shared")
    assert len(active) > MEMBERS / 3
    assert (active.idxmax(axis=1) == truth[active.index]).mean() > 0.9
    assert truth.value_counts().min() >= 50
    assert set(truth) == set(synthetic.GROUPS)


def test_everyday_things_make_half_and_sensitive_ones_three_in_a_hundred(
    transactions: pd.DataFrame,
):
    everyday = transactions.category.isin(list(synthetic.EVERYDAY)).mean()
    sensitive = transactions.category.isin(list(synthetic.SENSITIVE)).mean()
    assert [everyday, sensitive] == pytest.approx([0.53, 0.03], abs=0.005)


def test_merchants_tell_nothing_about_the_category(transactions: pd.DataFrame):
    often = transactions.groupby("category").filter(lambda rows: len(rows) > 3_000)
    mix = pd.crosstab(often.category, often.merchant, normalize="index")
    assert (mix - 1 / len(synthetic.MERCHANTS)).abs().max(axis=None) < 0.04


def test_more_members_than_one_chunk_are_written_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(synthetic, "CHUNK_ROWS", 1_000)
    monkeypatch.setattr(synthetic, "PART_CHUNKS", 3)
    heard = [(0, 0)]
    folder = synthesize(
        tmp_path / "s", members=400, transactions=10_000, progress=lambda *told: heard.append(told)
    )
    parts = [pq.ParquetFile(path).metadata for path in sorted(folder.glob("transactions/*"))]
    pieces = [part.row_group(n).num_rows for part in parts for n in range(part.num_row_groups)]
    table = pd.read_parquet(folder / "transactions")
    assert len(parts) == 4
    assert pieces == np.diff([done for done, _ in heard]).tolist()
    assert max(pieces) < 1_000 + table.member_id.value_counts().max()
    for name in ("members", "consents", "truth"):
        assert pq.ParquetFile(folder / f"{name}.parquet").num_row_groups == len(pieces)
    assert table.transaction_id.is_unique
    assert heard[-1] == (len(table), 10_000)


@pytest.mark.parametrize(
    ("numbers", "remedy"),
    [
        ({"members": 0}, "ask for at least 1"),
        ({"members": 50, "transactions": 49}, "ask for 50 or more"),
    ],
)
def test_numbers_that_make_no_sense_are_refused_with_a_remedy(
    tmp_path: Path, numbers: dict[str, int], remedy: str
):
    with pytest.raises(ValueError, match=remedy):
        synthesize(tmp_path / "s", **numbers)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_refused_and_left_alone(tmp_path: Path):
    kept = tmp_path / "kept.txt"
    kept.write_text("mine")
    for place in (tmp_path, kept):
        with pytest.raises(ValueError, match="name a new one"):
            synthesize(place, members=5, transactions=50)
    assert files(tmp_path) == {"kept.txt": b"mine"}


def test_an_empty_folder_is_filled(tmp_path: Path):
    assert synthesize(tmp_path, members=5, transactions=50) == tmp_path
    assert "members.parquet" in files(tmp_path)


def test_a_broken_run_leaves_nothing_behind(tmp_path: Path):
    def stumble(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        synthesize(tmp_path / "s", members=5, transactions=50, progress=stumble)
    assert list(tmp_path.iterdir()) == []
