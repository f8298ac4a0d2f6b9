"""The accounts: candidates are the sum of their outcomes at every moment, or it is said aloud."""

from collections import Counter

import pandas as pd
import pytest

import little
from cardletter import delivery, permission, workspace
from cardletter.errors import AccountsError, EditionError
from cardletter.feedback import Accounts, read_accounts
from cardletter.permission import REASONS
from cardletter.workspace import Workspace
from claims import claimed, claims

ALLOWED = len(little.ALLOWED)
REFUSED = Counter(filter(None, map(little.outcome, range(little.MEMBERS))))


def claim(desk: Workspace, *members: str) -> None:
    rows = [
        {"member_id": m, "message_id": f"id-{m}", "variant_id": "v1", "consent_id": 1}
        for m in members
    ]
    assert claimed(desk.ledger, desk.edition, rows) == set(members)


def withdraw(desk: Workspace, member: str) -> None:
    row = little.act(member, "withdrawn", "2025-05-01") | {"jurisdiction": "", "evidence": ""}
    desk.ledger.record_consents(
        [pd.DataFrame([row]).assign(occurred_at=pd.Timestamp("2025-05-01"))]
    )


def whole(accounts: Accounts) -> int:
    refused = sum(accounts.refused.values())
    return accounts.sent + accounts.unknown + accounts.waiting + accounts.held + refused


def test_before_sending_everybody_allowed_is_waiting(desk: Workspace):
    accounts = read_accounts(desk)
    assert (accounts.candidates, accounts.sent, accounts.unknown) == (little.MEMBERS, 0, 0)
    assert (accounts.waiting, accounts.refused) == (ALLOWED, REFUSED)
    with pytest.raises(AccountsError, match=f"{ALLOWED} still waiting"):
        accounts.add_up()


def test_after_sending_nobody_is_waiting_and_the_accounts_add_up(desk: Workspace):
    delivery.send(desk)
    accounts = read_accounts(desk)
    assert (accounts.sent, accounts.waiting, accounts.refused) == (ALLOWED, 0, REFUSED)
    accounts.add_up()


def test_a_claim_of_which_nothing_was_heard_is_unknown(desk: Workspace):
    claim(desk, *little.ALLOWED[:3])
    accounts = read_accounts(desk)
    assert (accounts.unknown, accounts.waiting) == (3, ALLOWED - 3)
    assert whole(accounts) == little.MEMBERS


def test_an_open_claim_of_somebody_who_withdrew_stays_unknown_and_nobody_waits(desk: Workspace):
    row = {"member_id": little.ALLOWED[0], "message_id": "x", "variant_id": "v", "consent_id": 1}
    (open_claim,) = claims(desk.ledger, desk.edition, [row])
    desk.ledger.doubt(open_claim, "timeout")
    withdraw(desk, little.ALLOWED[0])
    permission.check(desk)
    delivery.send(desk)
    accounts = read_accounts(desk)
    assert (accounts.sent, accounts.unknown, accounts.waiting) == (ALLOWED - 1, 1, 0)
    assert accounts.refused == REFUSED
    accounts.add_up()
    assert not accounts.finished


def test_who_had_it_and_then_withdrew_is_counted_once(desk: Workspace):
    delivery.send(desk)
    withdraw(desk, little.ALLOWED[0])
    permission.check(desk)
    accounts = read_accounts(desk)
    assert (accounts.sent, accounts.waiting, accounts.refused) == (ALLOWED, 0, REFUSED)
    accounts.add_up()


def test_an_edition_that_was_never_made_has_no_accounts(desk: Workspace):
    other = workspace.open_edition("2027-01", desk.project)
    with pytest.raises(EditionError, match="Make it with `cardletter run 2027-01`"):
        read_accounts(other)


def test_an_edition_that_was_not_judged_has_no_accounts(desk: Workspace):
    desk.file("receipts.parquet").unlink()
    with pytest.raises(EditionError, match=r"2026-12 is not sent yet: `cardletter run 2026-12`"):
        read_accounts(desk)


@pytest.mark.parametrize(
    ("accounts", "right"),
    [
        (Accounts(10, 10, 0, 0), True),
        (Accounts(10, 4, 1, 0, refused={"no_address": 2, "suppressed": 3}), True),
        (Accounts(0, 0, 0, 0), True),
        (Accounts(10, 9, 0, 0), False),
        (Accounts(10, 9, 0, 1), False),
        (Accounts(10, 11, 0, 0), False),
        (Accounts(10, 9, 1, 0, refused={"no_address": 1}), False),
    ],
)
def test_accounts_add_up_where_nobody_is_missing_and_nobody_too_many(
    accounts: Accounts, *, right: bool
):
    if right:
        accounts.add_up()
        return
    with pytest.raises(AccountsError, match=r"do not add up.*Run the edition again to finish it"):
        accounts.add_up()


def test_accounts_that_do_not_add_up_say_every_number():
    accounts = Accounts(1_234_567, 1_000_000, 12, 5, refused={"no_address": 1_000})
    with pytest.raises(AccountsError) as said:
        accounts.add_up()
    for number in ("1,234,567", "1,000,000 sent", "1,000 refused", "12 unknown", "5 still waiting"):
        assert number in str(said.value)


def test_the_table_has_the_reasons_in_words_and_in_their_order():
    refused = {name: place for place, name in enumerate(reversed(REASONS), start=1)}
    table = Accounts(500, 7, 0, 0, refused=refused).table()
    assert table[:2] == [
        {"outcome": "candidates", "members": 500},
        {"outcome": "sent", "members": 7},
    ]
    assert [line["outcome"] for line in table[2:]] == [f"refused: {r}" for r in REASONS.values()]
    assert [line["members"] for line in table[2:]] == list(range(len(REASONS), 0, -1))


def test_the_table_tells_of_open_ends_only_where_there_are_some():
    outcomes = [line["outcome"] for line in Accounts(5, 5, 0, 0).table()]
    assert outcomes == ["candidates", "sent"]
    outcomes = [line["outcome"] for line in Accounts(5, 3, 1, 1).table()]
    assert outcomes == ["candidates", "sent", "unknown", "waiting"]
