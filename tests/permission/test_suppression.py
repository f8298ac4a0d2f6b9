"""Suppression: members and addresses that are not mailed, and of addresses only their hashes."""

from pathlib import Path

import pandas as pd
import pytest

import little
from cardletter import permission
from cardletter.errors import MemberError, SourceError
from cardletter.ledger import Act
from cardletter.permission import read_receipts
from cardletter.permission.suppression import (
    suppress_address,
    suppress_addresses,
    suppress_member,
    suppress_members,
)
from cardletter.workspace import Workspace
from crm import erase
from tiny import PEOPLE, begin, put, tiny


@pytest.fixture
def desk(tmp_path: Path) -> Workspace:
    return begin(tiny(tmp_path / "letter"))


def listed(desk: Workspace, text: str | bytes, name: str = "list.txt") -> Path:
    return put(desk.project / name, text)


def kept(desk: Workspace) -> bytes:
    """Give all bytes of the workspace."""
    return b"".join(file.read_bytes() for file in desk.root.rglob("*") if file.is_file())


@pytest.mark.parametrize("reason", ["manual", "imported", "hard_bounce", "complaint"])
def test_a_member_is_suppressed_for_a_reason_once(desk: Workspace, reason: str):
    assert suppress_member(desk, "00123", reason).new == 1
    assert suppress_member(desk, "00123", reason).new == 0
    assert [each["reason"] for each in desk.ledger.suppressions("00123")] == [reason]


def test_nobody_is_suppressed_by_an_id_that_is_nobodys(desk: Workspace):
    with pytest.raises(MemberError, match="Nobody has this id"):
        suppress_member(desk, "123", "manual")
    assert desk.ledger.suppressed() == set()


@pytest.mark.parametrize(
    ("reason", "wanted"),
    [("complaint", "withdrawn"), ("hard_bounce", "granted"), ("manual", "granted")],
    ids=["C36 a complaint is a no", "C37 a bounce is none", "by hand neither"],
)
def test_a_complaint_is_a_withdrawal_and_a_bounce_is_none(
    desk: Workspace, reason: str, wanted: str
):
    yes = {"state": "granted", "method": "phone", "wording": "May we?"}
    desk.ledger.act(*(Act("00123", purpose, **yes) for purpose in ("newsletter", "survey")))
    suppress_member(desk, "00123", reason)
    suppress_member(desk, "00123", reason)
    assert desk.ledger.standing("00123") == {"newsletter": wanted, "survey": "granted"}
    assert len(desk.ledger.history("00123")) == (3 if wanted == "withdrawn" else 2)


def test_a_complaint_of_somebody_who_never_said_yes_is_no_act(desk: Workspace):
    suppress_member(desk, "00124", "complaint")
    assert desk.ledger.history("00124") == []


def test_of_an_address_only_its_keyed_hash_is_kept_whatever_its_case(desk: Workspace):
    assert suppress_address(desk, " Ada.Lovelace@Mail.Example ", "manual").new == 1
    assert suppress_address(desk, "ada.lovelace@mail.example", "manual").new == 0
    assert desk.ledger.suppressed_keys() == {desk.links.address_key("ada.lovelace@mail.example")}
    assert b"lovelace" not in kept(desk).lower()


@pytest.mark.parametrize("text", ["00123", "ada@", "ada@mail.example, bo@mail.example", ""])
def test_what_is_no_address_is_not_taken_for_one(desk: Workspace, text: str):
    with pytest.raises(MemberError, match="no address that could be mailed"):
        suppress_address(desk, text, "manual")


LISTS = {
    "one a line": ("list.txt", "00123\n00124\n"),
    "with a header": ("list.txt", "member_id\n00123\n00124\n"),
    "Windows, spaces, empty lines": ("list.txt", "\ufeffMember ID\r\n\r\n 00123 \r\n00124\r\n"),
    "a CSV": ("list.csv", 'member_id,why\n"00123",moved\n00124,"a, b"\n'),
    "a CSV without a header": ("list.csv", "00123,2026-01-01\n00124,2026-01-02\n"),
    "some twice": ("list.txt", "00123\n00124\n00123\n"),
}


@pytest.mark.parametrize(("name", "text"), LISTS.values(), ids=LISTS)
def test_a_list_of_members_is_read_as_people_write_it(desk: Workspace, name: str, text: str):
    told = suppress_members(desk, listed(desk, text, name), "imported")
    assert (told.new, told.unknown, told.erased) == (2, 0, 0)
    assert desk.ledger.suppressed() == {"00123", "00124"}
    assert suppress_members(desk, listed(desk, text, name), "imported").new == 0


def test_a_list_may_name_some_who_are_no_members_now_but_not_only_such(desk: Workspace):
    told = suppress_members(desk, listed(desk, "00123\n00999\n"), "imported")
    assert (told.told, told.new, told.unknown) == (2, 2, 1)
    with pytest.raises(SourceError, match="names nobody of the members table"):
        suppress_members(desk, listed(desk, "123\n124\n"), "imported")


def test_of_an_erased_member_in_a_list_nothing_is_kept(desk: Workspace):
    erase(desk, "00124")
    told = suppress_members(desk, listed(desk, "00123\n00124\n"), "imported")
    assert (told.new, told.erased) == (1, 1)
    assert desk.ledger.holdings("00124") == {}


def test_a_list_of_addresses_is_kept_as_hashes_and_what_is_none_is_named(tmp_path: Path):
    desk = begin(tiny(tmp_path / "letter", settings="sources.set_aside_limit = 0.5"))
    text = "email\nAda.Lovelace@mail.example\nnot an address\nbo@exämple.com\n"
    told = suppress_addresses(desk, listed(desk, text), "imported")
    assert (told.told, told.new, list(told.set_aside)) == (3, 2, ["row 3"])
    keys = {desk.links.address_key(each) for each in ("ada.lovelace@mail.example",)}
    keys |= {desk.links.address_key("bo@xn--exmple-cua.com")}
    assert desk.ledger.suppressed_keys() == keys
    assert b"lovelace" not in kept(desk).lower()


BAD = {
    "addresses for members": (suppress_members, "00123\nada.lovelace@mail.example\n", "row 2"),
    "members for addresses": (suppress_addresses, "member_id\n00123\n00124\n", "row 2, 3: no addr"),
    "nothing": (suppress_members, "", "list.txt is empty"),
    "only a header": (suppress_addresses, "email\n\n", "list.txt is empty"),
    "UTF-16": (suppress_members, "00123\n".encode("utf-16"), "save it as UTF-8"),
}


@pytest.mark.parametrize(("do", "text", "message"), BAD.values(), ids=BAD)
def test_a_bad_list_is_refused_with_row_and_remedy_and_nothing_is_suppressed(
    desk: Workspace, do: object, text: str | bytes, message: str
):
    assert callable(do)
    with pytest.raises(SourceError) as raised:
        do(desk, listed(desk, text), "imported")
    assert message in str(raised.value)
    assert not [value for value in PEOPLE if value in str(raised.value)]
    assert desk.ledger.suppressed() == desk.ledger.suppressed_keys() == set()


def test_a_list_that_is_not_there_is_refused(desk: Workspace):
    with pytest.raises(SourceError, match="There is no file"):
        suppress_members(desk, desk.project / "none.txt", "manual")


def test_who_is_suppressed_by_id_or_by_address_is_refused_by_the_gate(tmp_path: Path):
    desk = little.freeze(little.unpack(tmp_path / "letter"))
    first, second, third = little.ALLOWED[:3]
    suppress_member(desk, first, "manual")
    suppress_address(desk, little.email(int(second[1:])).upper(), "hard_bounce")
    permission.check(desk)
    reasons = pd.Series(read_receipts(desk).set_index("member_id")["reason"])
    assert [reasons[each] for each in (first, second, third)] == ["suppressed", "suppressed", ""]
