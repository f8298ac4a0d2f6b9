"""The ledger: the latest act counts, nothing is taken in twice, and nobody is claimed twice."""

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardletter.ledger import Ledger
from claims import claimed, claims, planned
from databases import BOTH, an_empty_ledger, server  # noqa: F401 - a fixture

EDITION = "2026-12"
COLUMNS = ["member_id", "state", "occurred_at", "purpose", "source"]
FIXED = {"method": "web_form", "wording": "Yes.", "jurisdiction": "GB", "evidence": ""}
Row = tuple[str, ...]


@pytest.fixture(params=BOTH)
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    yield from an_empty_ledger(request, tmp_path)


@pytest.fixture(scope="module", params=BOTH)
def shared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ledger]:
    """One ledger for many examples, each of which has members of its own."""
    yield from an_empty_ledger(request, tmp_path_factory.mktemp("shared"))


def acts(*rows: Row) -> pd.DataFrame:
    """Rows of member, state, time, and if need be purpose and source."""
    filled = [(*row, *("newsletter", "application")[len(row) - 3 :]) for row in rows]
    frame = pd.DataFrame(filled, columns=COLUMNS).assign(**FIXED)
    return frame.assign(occurred_at=pd.to_datetime(frame["occurred_at"], format="ISO8601"))


def states(ledger: Ledger, purpose: str = "newsletter") -> dict[str, str]:
    found = ledger.consented(purpose)
    return dict(zip(found["member_id"], found["state"], strict=True))


def rows(*members: str) -> list[dict[str, Any]]:
    return [
        {"member_id": m, "message_id": f"id-{m}", "variant_id": "v1", "consent_id": 1}
        for m in members
    ]


def allow(ledger: Ledger, *members: str) -> None:
    ledger.record_consents([acts(*((m, "granted", "2025-01-01T09:00:00") for m in members))])


def kept(ledger: Ledger) -> dict[str, str]:
    found = ledger.sends(EDITION)
    return dict(zip(found["member_id"], found["state"], strict=True))


@pytest.mark.parametrize("order", [0, 1], ids=["grant first", "withdrawal first"])
@pytest.mark.parametrize("grant", ["10:00:00", "10:00:00.900"])
def test_of_one_second_the_withdrawal_wins(ledger: Ledger, order: int, grant: str):
    yes = ("ada", "granted", f"2025-01-01T{grant}")
    no = ("ada", "withdrawn", "2025-01-01T10:00:00.100")
    both = [yes, no] if order == 0 else [no, yes]
    ledger.record_consents([acts(*both)])
    assert states(ledger) == {"ada": "withdrawn"}
    assert claimed(ledger, EDITION, rows("ada")) == set()


def test_a_grant_of_a_later_second_counts(ledger: Ledger):
    ledger.record_consents([acts(("ada", "withdrawn", "2025-01-01T10:00:00.999"))])
    ledger.record_consents([acts(("ada", "granted", "2025-01-01T10:00:01.000"))])
    assert states(ledger) == {"ada": "granted"}


@pytest.mark.parametrize(("new", "old"), [("withdrawn", "granted"), ("granted", "withdrawn")])
def test_an_older_act_that_is_delivered_late_overturns_nothing(ledger: Ledger, new: str, old: str):
    ledger.record_consents([acts(("ada", new, "2025-03-01T10:00:00"))])
    ledger.record_consents([acts(("ada", old, "2025-02-01T10:00:00"))])
    assert states(ledger) == {"ada": new}


def test_purposes_do_not_speak_for_one_another(ledger: Ledger):
    ledger.record_consents(
        [
            acts(
                ("ada", "granted", "2025-01-01", "newsletter"),
                ("ada", "withdrawn", "2025-02-01", "profiling"),
                ("bo", "granted", "2025-01-01", "profiling"),
            )
        ]
    )
    assert states(ledger) == {"ada": "granted"}
    assert states(ledger, "profiling") == {"ada": "withdrawn", "bo": "granted"}
    assert states(ledger, "tracking") == {}
    assert claimed(ledger, EDITION, rows("ada", "bo")) == {"ada"}


def test_the_same_import_twice_adds_nothing(ledger: Ledger):
    frame = acts(("ada", "granted", "2025-01-01"), ("ada", "withdrawn", "2025-02-01"))
    assert ledger.record_consents([frame]) == 2
    before = ledger.consented("newsletter")
    assert ledger.record_consents([frame]) == 0
    assert ledger.record_consents([frame[::-1], frame]) == 0
    pd.testing.assert_frame_equal(ledger.consented("newsletter"), before)
    assert len(ledger.history("ada")) == 2


def test_an_import_tells_how_many_acts_were_new(ledger: Ledger):
    first = acts(("ada", "granted", "2025-01-01"))
    assert ledger.record_consents([first]) == 1
    longer = acts(("ada", "granted", "2025-01-01"), ("bo", "granted", "2025-01-01"))
    assert ledger.record_consents([longer]) == 1
    assert ledger.record_consents([]) == 0
    assert ledger.record_consents([longer[:0]]) == 0


NUMBER = itertools.count()
SAID = st.tuples(
    st.sampled_from(["granted", "withdrawn"]),
    st.integers(0, 3),
    st.sampled_from(["", ".000001", ".5"]),
    st.sampled_from(["application", "preference_centre"]),
)


@settings(max_examples=40, deadline=None)
@given(said=st.lists(SAID, min_size=1, max_size=8, unique=True), data=st.data())
def test_acts_in_any_order_and_any_parcels_come_to_the_same(
    shared: Ledger, said: list[tuple[str, int, str, str]], data: st.DataObject
):
    delivered = data.draw(st.permutations(said + said[:2]))
    cut = data.draw(st.integers(0, len(delivered)))
    member = f"m{next(NUMBER)}"
    for parcel in (delivered[:cut], delivered[cut:]):
        told = [
            (member, state, f"2025-01-01T10:00:0{second}{part}", "newsletter", source)
            for state, second, part, source in parcel
        ]
        shared.record_consents([acts(*told)] if told else [])
    last = max(second for _, second, _, _ in said)
    of_that_second = {state for state, second, _, _ in said if second == last}
    wanted = "withdrawn" if "withdrawn" in of_that_second else "granted"
    assert states(shared)[member] == wanted
    assert claimed(shared, "any", rows(member)) == ({member} if wanted == "granted" else set())


def test_a_claim_is_made_for_those_who_said_yes_and_only_for_them(ledger: Ledger):
    allow(ledger, "ada", "bo")
    ledger.record_consents([acts(("cy", "withdrawn", "2025-01-01"))])
    assert claimed(ledger, EDITION, rows("ada", "bo", "cy", "dee")) == {"ada", "bo"}
    assert kept(ledger) == {"ada": "calling", "bo": "calling", "cy": "refused", "dee": "refused"}


def test_who_withdrew_between_check_and_claim_is_not_claimed(ledger: Ledger):
    allow(ledger, "ada", "bo")
    checked = set(ledger.consented("newsletter").query("state == 'granted'")["member_id"])
    ledger.record_consents([acts(("ada", "withdrawn", "2025-01-01T09:00:01"))])
    assert checked == {"ada", "bo"}
    assert claimed(ledger, EDITION, rows(*checked)) == {"bo"}
    assert kept(ledger) == {"ada": "refused", "bo": "calling"}


def test_who_was_suppressed_between_check_and_claim_is_not_claimed(ledger: Ledger):
    allow(ledger, "ada", "bo")
    ledger.suppress(["ada"], "complained")
    assert ledger.suppressed() == {"ada"}
    assert claimed(ledger, EDITION, rows("ada", "bo")) == {"bo"}


def test_suppressing_nobody_is_no_error_and_suppressing_twice_neither(ledger: Ledger):
    ledger.suppress([], "bounced")
    assert ledger.suppressed() == set()
    ledger.suppress(["ada"], "bounced")
    ledger.suppress(["ada"], "complained")
    assert ledger.suppressed() == {"ada"}


def test_a_second_claim_gets_nobody(ledger: Ledger):
    allow(ledger, "ada", "bo")
    assert claimed(ledger, EDITION, rows("ada")) == {"ada"}
    assert claimed(ledger, EDITION, rows("ada", "bo")) == {"bo"}
    assert claimed(ledger, EDITION, rows("ada", "bo")) == set()
    assert claimed(ledger, "2027-01", rows("ada")) == {"ada"}


def test_claims_of_a_sender_that_died_are_planned_again_where_that_harms_nobody(ledger: Ledger):
    allow(ledger, "ada", "bo", "cy")
    first, _second = claims(ledger, EDITION, rows("ada", "bo"), size=1)
    ledger.done(first, ["x"], {})
    epoch = ledger.begin_sending(EDITION)
    assert ledger.expire(EDITION, repeatable=True) == 0  # its lease lasts yet
    assert ledger.expire(EDITION, repeatable=True, others_than=epoch) == 1
    assert claimed(ledger, EDITION, rows("ada", "bo", "cy")) == {"bo", "cy"}
    assert kept(ledger) == {"ada": "sent", "bo": "calling", "cy": "calling"}


def test_nobody_is_claimed_again_who_withdrew_or_was_suppressed_since(ledger: Ledger):
    allow(ledger, "ada", "bo", "cy")
    claims(ledger, EDITION, rows("ada", "bo", "cy"))
    ledger.record_consents([acts(("ada", "withdrawn", "2025-02-01"))])
    ledger.suppress(["bo"], "complained")
    ledger.expire(EDITION, repeatable=True, others_than=0)
    assert claimed(ledger, EDITION, []) == {"cy"}


def test_who_was_planned_keeps_the_first_message_id(ledger: Ledger):
    allow(ledger, "ada")
    claimed(ledger, EDITION, rows("ada"))
    claimed(ledger, EDITION, [row | {"message_id": "other"} for row in rows("ada")])
    assert ledger.sends(EDITION)["message_id"].tolist() == ["id-ada"]


def test_claiming_nobody_is_no_error(ledger: Ledger):
    assert claimed(ledger, EDITION, []) == set()
    assert kept(ledger) == {}


def test_sent_is_said_of_the_edition_that_was_sent(ledger: Ledger):
    allow(ledger, "ada")
    claims(ledger, EDITION, rows("ada"))
    (other,) = claims(ledger, "2027-01", rows("ada"))
    ledger.done(other, ["x"], {})
    assert kept(ledger) == {"ada": "calling"}


def test_a_plan_is_replaced_finished_and_forgotten(ledger: Ledger):
    assert ledger.edition(EDITION) is None
    ledger.plan(EDITION, "first", "outbox")
    ledger.plan(EDITION, "second", "outbox")
    known = ledger.edition(EDITION)
    assert known
    assert (known["plan"], known["transport"], known["finished_at"]) == ("second", "outbox", None)
    ledger.finish(EDITION)
    finished = ledger.edition(EDITION)
    assert finished
    assert finished["finished_at"] is not None
    allow(ledger, "ada")
    claimed(ledger, EDITION, rows("ada"))
    ledger.forget_edition(EDITION)
    assert ledger.edition(EDITION) is None
    assert kept(ledger) == {}
    assert states(ledger) == {"ada": "granted"}


def test_what_was_written_is_there_when_the_ledger_is_opened_again(ledger: Ledger):
    allow(ledger, "ada")
    claimed(ledger, EDITION, rows("ada"))
    again = Ledger(ledger.url)
    assert states(again) == {"ada": "granted"}
    assert kept(again) == {"ada": "calling"}
    again.engine.dispose()


CLAIMERS = """
import json, os, sys, time
from datetime import timedelta
from pathlib import Path
from cardletter.ledger import Ledger
root, names = Path(sys.argv[1]), ["one", "two"]
child = os.fork()
me, other = names if child else names[::-1]
ledger, got = Ledger(sys.argv[2]), []
ledger.engine
epoch = ledger.begin_sending("2026-12")
for start in range(60):  # in every round both want the next ten, at the same time
    (root / f"{me}-{start}").touch()
    while not (root / f"{other}-{start}").exists():
        time.sleep(0.0002)
    claim = ledger.claim("2026-12", epoch, timedelta(seconds=30))
    if claim != "nothing":
        ledger.done(claim, [me] * len(claim.members), {})
        got += [member for member, _ in claim.members]
(root / me).write_text(json.dumps(got))
if child:
    sys.exit(os.waitpid(child, 0)[1])
"""


def test_two_processes_that_claim_at_once_never_both_get_a_member(ledger: Ledger, tmp_path: Path):
    members = [f"m{number:03d}" for number in range(600)]
    allow(ledger, *members)
    ledger.plan(EDITION, "plan", "outbox")
    ledger.plan_sends(EDITION, map(planned, rows(*members)), size=10)
    command = [sys.executable, "-c", CLAIMERS, tmp_path, ledger.url]
    subprocess.run(command, check=True, timeout=120)
    one, two = (json.loads((tmp_path / name).read_text()) for name in ("one", "two"))
    assert one
    assert two
    assert not set(one) & set(two)
    assert sorted(one + two) == members
    assert set(kept(ledger).values()) == {"sent"}
