"""Invented cardholders: as many as asked for, the same every time, and with findable interests."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cardletter.sources import synthetic
from cardletter.sources.synthetic import synthesize

MEMBERS, TRANSACTIONS = 3_000, 150_000
FIRST, LAST = pd.Timestamp("2025-11-20"), pd.Timestamp("2026-11-20")
TEXT, DAY, MOMENT = pa.string(), pa.date32(), pa.timestamp("us")

COLUMNS = {
    "transactions/part-0000": {
        "transaction_id": TEXT,
        "member_id": TEXT,
        "occurred_at": MOMENT,
        "amount": pa.float64(),
        "category": TEXT,
        "currency": TEXT,
        "merchant": TEXT,
    },
    "members": {
        **dict.fromkeys(["member_id", "email", "first_name", "locale", "country"], TEXT),
        **dict.fromkeys(["time_zone", "product"], TEXT),
        **dict.fromkeys(["joined_on", "closed_on"], DAY),
        **dict.fromkeys(["closure_reason", "manager_id"], TEXT),
        "born_on": DAY,
    },
    "consents": {
        **dict.fromkeys(["member_id", "purpose", "state"], TEXT),
        "occurred_at": MOMENT,
        **dict.fromkeys(["method", "wording", "source", "jurisdiction"], TEXT),
    },
    "truth": {"member_id": TEXT, "group": TEXT},
}


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


def share_on(transactions: pd.DataFrame, codes: dict[str, int]) -> float:
    return transactions.category.isin(list(codes)).mean()


# Whole and the same every time.


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


def test_ids_count_from_zero_whatever_the_seed(
    members: pd.DataFrame, transactions: pd.DataFrame, consents: pd.DataFrame
):
    assert members.index[0] == "M000000000000"
    assert members.index[-1] == "M000000002999"
    assert members.index.is_unique
    assert transactions.transaction_id.iloc[-1] == "T000000149999"
    assert transactions.transaction_id.is_unique
    assert set(transactions.member_id) == set(members.index)
    assert set(consents.member_id) <= set(members.index)


# In the contract.


@pytest.mark.parametrize("table", COLUMNS)
def test_columns_and_types_are_those_of_the_contract(made: Path, table: str):
    schema = pq.read_schema(made / f"{table}.parquet")
    assert dict(zip(schema.names, schema.types, strict=True)) == COLUMNS[table]


def test_only_the_columns_that_may_be_empty_have_gaps(
    members: pd.DataFrame, transactions: pd.DataFrame, consents: pd.DataFrame
):
    gaps = set(members.columns[members.isna().any()])
    assert gaps == {"first_name", "closed_on", "closure_reason", "manager_id"}
    assert not transactions.isna().any(axis=None)
    assert not consents.isna().any(axis=None)


def test_nothing_looks_like_a_card_number(made: Path):
    tables = [pq.read_table(path) for path in made.rglob("*.parquet")]
    texts = [column for table in tables for column in table.columns if column.type == TEXT]
    words = {word for column in texts for word in column.drop_null().to_pylist()}
    assert len(texts) == 23
    assert not [word for word in words if re.search(r"(\d[ -]?){13}", word)]


def test_addresses_lead_nowhere_and_are_nobody_elses(members: pd.DataFrame):
    assert members.email.str.fullmatch(r"m\d{12}@example\.com").all()
    assert members.email.is_unique


def test_some_names_are_not_ascii_and_some_are_missing(members: pd.DataFrame):
    assert "Zoë" in set(members.first_name)
    assert "美咲" in set(members.first_name)
    assert members.first_name.isna().mean() == pytest.approx(synthetic.NAMELESS, abs=0.015)


def test_locale_and_time_zone_fit_the_country(members: pd.DataFrame):
    found = set(members[["country", "locale", "time_zone"]].itertuples(index=False, name=None))
    assert found == {place[:3] for place in synthetic.PLACES}
    assert set(members.country) == {"US", "GB", "CA", "DE", "FR", "JP"}


# Like people.


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
    assert set(gone.closure_reason) <= set(synthetic.CLOSURES)
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
    amount = transactions.amount
    assert np.allclose(amount * 100, (amount * 100).round())
    assert (amount != 0).all()
    assert (amount < 0).mean() == pytest.approx(synthetic.REFUNDS, abs=0.003)


def test_a_flight_costs_more_than_a_coffee_cake(transactions: pd.DataFrame):
    typical = transactions[transactions.amount > 0].groupby("category").amount.median()
    assert typical["4511"] == pytest.approx(310, rel=0.1)
    assert typical["5462"] == pytest.approx(11, rel=0.1)


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
    acts = consents[consents.purpose == purpose]
    granted, taken = (acts[acts.state == state] for state in ("granted", "withdrawn"))
    assert granted.member_id.is_unique
    assert 1 - len(granted) / MEMBERS == pytest.approx(without, abs=0.03)
    assert len(taken) / len(granted) == pytest.approx(withdrawn, abs=0.015)
    assert len(taken) > 0


def test_what_is_withdrawn_was_granted_before(consents: pd.DataFrame):
    acts = consents.set_index(["member_id", "purpose"])
    granted, taken = (acts[acts.state == state] for state in ("granted", "withdrawn"))
    assert (granted.occurred_at[taken.index] < taken.occurred_at).all()
    assert consents.occurred_at.max() < LAST


def test_each_purpose_has_one_sentence(consents: pd.DataFrame):
    assert len(consents[["purpose", "wording"]].drop_duplicates()) == 4
    assert set(consents.method) == {"web_form", "branch", "phone"}


# Groups that can be found again.


def test_over_nine_in_ten_active_members_are_nearest_to_their_own_group(
    made: Path, transactions: pd.DataFrame
):
    group_of = {code: group for group, (_, own) in synthetic.GROUPS.items() for code in own}
    truth = pd.read_parquet(made / "truth.parquet").set_index("member_id").group
    purchases = transactions.assign(group=transactions.category.map(group_of))
    counts = pd.crosstab(purchases.member_id, purchases.group.fillna("shared"))
    active = counts[counts.sum(axis=1) >= 30].drop(columns="shared")
    assert len(active) > MEMBERS / 3
    assert (active.idxmax(axis=1) == truth[active.index]).mean() > 0.9


def test_every_group_has_members_enough_for_a_segment(made: Path):
    sizes = pd.read_parquet(made / "truth.parquet").group.value_counts()
    assert set(sizes.index) == set(synthetic.GROUPS)
    assert sizes.min() >= 50


def test_no_category_belongs_to_two_groups():
    codes = [code for own in synthetic.OWN for code in own]
    codes += [*synthetic.EVERYDAY, *synthetic.SENSITIVE]
    assert len(codes) == len(set(codes)) == len(synthetic.CODES)


def test_everyday_things_make_half_and_sensitive_ones_three_in_a_hundred(
    transactions: pd.DataFrame,
):
    assert share_on(transactions, synthetic.EVERYDAY) == pytest.approx(0.53, abs=0.01)
    assert share_on(transactions, synthetic.SENSITIVE) == pytest.approx(0.03, abs=0.005)


def test_merchants_tell_nothing_about_the_category(transactions: pd.DataFrame):
    mix = pd.crosstab(transactions.category, transactions.merchant, normalize="index")
    often = transactions.category.value_counts() > 3_000
    even = 1 / len(synthetic.MERCHANTS)
    assert (mix[often.reindex(mix.index)] - even).abs().max(axis=None) < 0.04


# In little memory, and all or nothing.


def test_more_members_than_one_chunk_are_written_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(synthetic, "CHUNK_ROWS", 1_000)
    monkeypatch.setattr(synthetic, "PART_CHUNKS", 3)
    heard: list[tuple[int, int]] = []
    folder = synthesize(
        tmp_path / "s", members=400, transactions=10_000, progress=lambda *told: heard.append(told)
    )
    parts = [pq.ParquetFile(path) for path in sorted(folder.glob("transactions/*"))]
    pieces = [
        part.metadata.row_group(n).num_rows for part in parts for n in range(part.num_row_groups)
    ]
    table = pd.read_parquet(folder / "transactions")
    assert len(parts) == 4
    assert pieces == np.diff([0, *(done for done, _ in heard)]).tolist()
    assert max(pieces) < 1_000 + table.member_id.value_counts().max()
    assert pq.ParquetFile(folder / "members.parquet").num_row_groups == len(pieces)
    assert pq.ParquetFile(folder / "consents.parquet").num_row_groups == len(pieces)
    assert table.transaction_id.is_unique
    assert table.member_id.nunique() == 400
    assert heard[-1] == (10_000, 10_000)


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
