"""The dress rehearsal: a whole edition against the stand-in, and nothing of it is kept."""

import pytest

import little
from cardletter.rehearsal.faults import ENTRY_KINDS, KINDS
from cardletter.rehearsal.rehearse import MOST_FAULTS, Rehearsal, rehearse
from cardletter.workspace import Workspace, open_edition

ALLOWED = len(little.ALLOWED)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return open_edition(little.EDITION, little.frozen(tmp_path_factory))


def test_with_all_kinds_of_faults_the_accounts_add_up_and_nobody_gets_two(desk: Workspace):
    found = rehearse(desk, Rehearsal(rate=4, faults=0.05))
    found.accounts.add_up()
    accounts = found.accounts
    assert sum(accounts.refused.values()) == little.MEMBERS - ALLOWED
    assert accounts.sent + accounts.unknown + sum(accounts.rejected.values()) == ALLOWED
    assert accounts.waiting == 0
    assert found.twice == 0
    assert found.doubtful > accounts.unknown
    assert accounts.sent <= found.accepted
    assert found.calls >= ALLOWED / 4
    assert found.pauses
    told = dict(found.told())
    assert told["taken twice"] == "0"
    assert told["in doubt"].startswith(f"{found.doubtful}, of which ")


def test_a_rehearsal_leaves_nothing_behind(desk: Workspace):
    files = {file: file.read_bytes() for file in desk.folder.rglob("*") if file.is_file()}
    found = rehearse(desk, Rehearsal(rate=150))
    assert (found.accounts.sent, found.accounts.unknown, found.doubtful) == (ALLOWED, 0, 0)
    assert found.accepted == ALLOWED
    assert desk.ledger.sends(desk.edition).empty
    assert not desk.ledger.begun(desk.edition)
    assert {file: file.read_bytes() for file in desk.folder.rglob("*") if file.is_file()} == files


def test_a_share_that_may_be_asked_for_leaves_calls_that_meet_no_fault():
    assert MOST_FAULTS * len(KINDS) <= 0.9
    assert MOST_FAULTS * len(ENTRY_KINDS) <= 0.5
