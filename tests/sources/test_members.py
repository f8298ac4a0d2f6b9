"""Members: what is set aside, kept apart, counted as odd, and what stops a delivery as a whole."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from cardletter import profiles, sources
from cardletter.errors import SourceError
from tiny import CONSENTS, TRANSACTIONS, begin, found, pull, put, rows, tiny

ALL = "sources.set_aside_limit = 1"
NOTHING = ["NULL", "null", "None", "nan", "NaN", "n/a", "N/A", "#N/A", "<NA>", "undefined"]


def members(*lines: str, more: str = "") -> dict[str, Any]:
    return {"members.csv": "\n".join([f"member_id,email{more}", *lines]) + "\n"}


@pytest.mark.parametrize("word", NOTHING)
def test_a_programs_word_for_nothing_is_no_id_and_no_address(tmp_path: Path, word: str):
    project = tiny(
        tmp_path, members(f"{word},a@mail.example", f"m1,{word}", "m2,c@mail.example"), ALL
    )
    told = found(project, "members")
    assert told["reasons"] == {"null_member_id": 1, "null_address": 1}
    assert told["where"]["null_address"] == ["members.csv row 2"]
    assert told["set_aside"] == 1
    kept = rows(project, "members").set_index("member_id")["email"]
    assert kept.index.tolist() == ["m1", "m2"]
    assert pd.isna(kept["m1"])


@pytest.mark.parametrize("name", ["Nullmann", "Nan Tucket", "none@mail.example"])
def test_a_name_that_only_has_such_a_word_in_it_is_somebodys(tmp_path: Path, name: str):
    project = tiny(tmp_path, members(f"{name},{name}"))
    assert rows(project, "members")["email"].tolist() == [name]


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("transactions", TRANSACTIONS + "NULL,2026-11-01,1,5812\n"),
        ("consents", CONSENTS + "nan,newsletter,granted,2026-01-01,web_form,Yes\n"),
    ],
)
def test_nobody_by_the_name_of_null_buys_or_says_anything(tmp_path: Path, table: str, text: str):
    project = tiny(tmp_path, {f"{table}.csv": text}, ALL)
    assert found(project, table)["reasons"] == {"null_member_id": 1}


def test_whoever_is_born_in_the_future_is_set_aside(tmp_path: Path):
    lines = ["m1,a@mail.example,2199-01-01", "m2,b@mail.example,1999-01-01", "m3,c@mail.example,"]
    told = found(tiny(tmp_path, members(*lines, more=",born_on"), ALL), "members")
    assert told["where"] == {"future_birth": ["members.csv row 1"]}


FLAGS = {
    "true": True,
    "TRUE": True,
    "yes": True,
    "1": True,
    "Y": True,
    "": False,
    "no": False,
    "0": False,
}


@pytest.mark.parametrize(("said", "apart"), FLAGS.items())
@pytest.mark.parametrize("column", ["employee", "test"])
def test_employees_and_tests_are_known(tmp_path: Path, column: str, said: str, apart: bool):
    project = tiny(tmp_path, members(f"m1,a@mail.example,{said}", more=f",{column}"))
    assert rows(project, "members")["apart"].tolist() == [apart]


def test_a_flag_of_parquet_may_be_a_true_boolean(tmp_path: Path):
    table = pd.DataFrame({"member_id": ["m1", "m2"], "email": "a@mail.example"})
    table = table.assign(employee=[True, False], test=[False, None])
    project = tiny(tmp_path, {"members.parquet": table})
    kept = rows(project, "members").set_index("member_id")["apart"]
    assert kept.to_dict() == {"m1": True, "m2": False}


def test_the_spending_of_a_test_member_is_not_looked_at(tmp_path: Path):
    lines = ["00123,a@mail.example,yes", "00124,b@mail.example,"]
    desk = begin(tiny(tmp_path, members(*lines, more=",test")))
    sources.pull(desk)
    assert profiles.build(desk)["profiled"] == 0
    put(tmp_path / "data/members.csv", members(*lines, more=",other")["members.csv"])
    assert profiles.build(desk)["profiled"] == 1


def test_without_such_a_column_nobody_is_kept_apart(tmp_path: Path):
    assert not rows(tiny(tmp_path), "members")["apart"].any()


ODD = {
    "role_address": ["info@mail.example", "Postmaster@mail.example"],
    "example_address": ["ada@example.com", "bo@mail.EXAMPLE.org"],
    "gmail_variant": ["a.da@gmail.com", "ada+cards@googlemail.com"],
    "mixed_script_domain": ["ada@p\u0430ypal.com", "bo@xn--pypal-4ve.com"],
}
PLAIN = [
    "informed@mail.example",
    "ada@notexample.com",
    "bo@example.com.br",
    "a.da@mail.example",
    "ada@mail.example",
    "cy@gmail.com",
    "cy@münchen.example",
    "cy@東京タワー.jp",
    "cy@xn--.example",
    "cy@пример.рф",
]


def warnings(folder: Path, addresses: list[str]) -> dict[str, int]:
    lines = [f"m{number},{address}" for number, address in enumerate(addresses)]
    found: dict[str, int] = pull(tiny(folder, members(*lines)))["members"]["warnings"]
    return found


@pytest.mark.parametrize(("kind", "addresses"), ODD.items(), ids=ODD)
def test_an_odd_address_is_counted_and_nothing_else(
    tmp_path: Path, kind: str, addresses: list[str]
):
    assert warnings(tmp_path, [*addresses, *PLAIN]) == {kind: 2}
    assert len(rows(tmp_path, "members")) == 2 + len(PLAIN)


def test_plain_addresses_are_not_odd_and_none_at_all_neither(tmp_path: Path):
    assert warnings(tmp_path / "plain", PLAIN) == {}
    assert warnings(tmp_path / "none", [""]) == {}


def test_one_mailbox_written_twice_in_the_same_way_is_no_variant(tmp_path: Path):
    assert warnings(tmp_path, ["ada@gmail.com", "ADA@gmail.com"]) == {}


def test_the_pull_says_how_many_are_odd(tmp_path: Path):
    assert sources.pull(begin(tiny(tmp_path, members("m1,info@mail.example"))))["warnings"] == 1


FOUR = [f"m{number},m{number}@mail.example" for number in range(4)]


def test_half_of_the_members_gone_stops_the_pull_and_nothing_is_taken_in(tmp_path: Path):
    project = tiny(tmp_path, members(*FOUR))
    pull(project)
    put(tmp_path / "data/members.csv", members(*FOUR[:2])["members.csv"])
    more = CONSENTS + "m1,newsletter,granted,2026-01-01,web_form,Yes\n"
    put(tmp_path / "data/consents.csv", more)
    with pytest.raises(SourceError, match=r"members has 2 rows, and had 4 .* cut short"):
        pull(project)
    assert begin(project).ledger.standing("m1") == {}
    assert begin(project).ledger.imported("members")["rows"] == 4


def test_fewer_members_but_more_than_half_are_taken_in(tmp_path: Path):
    project = tiny(tmp_path, members(*FOUR))
    pull(project)
    put(tmp_path / "data/members.csv", members(*FOUR[:3])["members.csv"])
    assert pull(project)["members"]["rows"] == 3


def test_half_of_them_gone_on_purpose_is_said_once_in_the_manifest(tmp_path: Path):
    project = tiny(tmp_path, members(*FOUR))
    pull(project)
    put(tmp_path / "data/members.csv", members(*FOUR[:2])["members.csv"])
    with pytest.raises(SourceError) as raised:
        pull(project)
    told = str(raised.value)
    name, said = "members.csv.manifest.json", '{"rows": 2, "fewer_than": 4}'
    assert name in told
    assert said in told
    put(tmp_path / "data" / name, said)
    assert pull(project)["members"]["rows"] == 2
    put(tmp_path / "data/members.csv", members(FOUR[0])["members.csv"])
    put(tmp_path / "data" / name, '{"rows": 1, "fewer_than": 4}')
    with pytest.raises(SourceError, match="members has 1 rows, and had 2"):
        pull(project)


RENUMBERED = {
    "the members lost their zeros": ("123", ["transactions.csv row 1", "consents.csv row 1, 2"]),
    "the members won a zero": ("000123", ["transactions.csv row 1", "consents.csv row 1, 2"]),
    "the members became decimals": ("123.0", ["transactions.csv row 1", "consents.csv row 1, 2"]),
}


@pytest.mark.parametrize(("member", "where"), RENUMBERED.values(), ids=RENUMBERED)
def test_ids_written_in_two_ways_stop_the_pull(tmp_path: Path, member: str, where: list[str]):
    project = tiny(tmp_path, members(f"{member},a@mail.example", "00124,b@mail.example"))
    desk = begin(project)
    with pytest.raises(SourceError, match="Ids are written in two ways") as raised:
        sources.pull(desk)
    assert all(place in str(raised.value) for place in where)
    assert member not in str(raised.value).replace("as 00123 and as 123,", "")
    assert desk.ledger.consented("newsletter").empty


def test_ids_that_changed_in_all_tables_since_the_last_import_stop_the_pull(tmp_path: Path):
    pull(tiny(tmp_path))
    for file in (tmp_path / "data").glob("*.csv"):
        put(file, file.read_text(encoding="utf-8").replace("\n00", "\n"))
    with pytest.raises(SourceError, match=r"members\.csv row 1: 1 members whom the ledger knows"):
        pull(tmp_path)


def test_a_former_member_who_is_like_nobody_stops_nothing(tmp_path: Path):
    left = TRANSACTIONS + "00777,2026-11-01,1,5812\n"
    assert pull(tiny(tmp_path, {"transactions.csv": left}))["transactions"]["rows"] == 3


def test_two_members_who_differ_in_zeros_may_both_be(tmp_path: Path):
    lines = ["00123,a@mail.example", "123,b@mail.example", "00124,c@mail.example"]
    assert pull(tiny(tmp_path, members(*lines)))["members"]["rows"] == 3
