"""The post: a whole edition sent to the stand-in, whatever it answers, once to each member."""

import contextlib
import itertools
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import boto3
import pandas as pd
import pytest
from sqlalchemy import func, select, update

import little
import posting
from cardletter import delivery, permission
from cardletter.delivery import post, remedies, sending
from cardletter.delivery.ses import Ses
from cardletter.delivery.transports import Batch, NotTakenError
from cardletter.errors import NotReadyError, PausedError
from cardletter.feedback import read_accounts
from cardletter.ledger import Act, Claim, Ledger, now
from cardletter.ledger.schema import CALLS, EDITIONS, PACE
from cardletter.permission.receipts import RECEIPTS
from cardletter.rehearsal.acceptlog import Accepted
from cardletter.rehearsal.faults import Fault
from cardletter.rehearsal.mail import Mail
from cardletter.rehearsal.refusals import RefusedError
from cardletter.rehearsal.standin import Standin
from cardletter.workspace import Workspace
from mailing import eventually, session

ALLOWED, EDITION = len(little.ALLOWED), little.EDITION
Environment = Mapping[str, str]
PATIENT = {"connect_timeout": "20", "read_timeout": "60", "lease": "120"}
"""A machine that is busy with other work makes no doubts of its own."""


@pytest.fixture
def standin() -> Iterator[Standin]:
    with Standin(seed=7, keep_mails=True) as made:
        yield made


@pytest.fixture
def environment(standin: Standin, monkeypatch: pytest.MonkeyPatch) -> Iterator[Environment]:
    """Send to the stand-in, in calls of ten, one after the other; none fails by haste."""
    monkeypatch.setattr(boto3, "Session", session)
    with posting.sent_to(standin, monkeypatch, batch="10", **PATIENT) as values:
        yield values


@pytest.fixture
def desk(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, environment: Environment
) -> Workspace:
    project = shutil.copytree(posting.frozen(tmp_path_factory), tmp_path / "letter")
    return posting.open_desk(project)


def states(desk: Workspace) -> dict[str, int]:
    found = Counter[str]()
    for row in desk.ledger.counts(EDITION):
        found[row["state"]] += row["members"]
    return dict(found)


def members(desk: Workspace, state: str) -> set[str]:
    sends = desk.ledger.sends(EDITION)
    return set(sends.loc[sends["state"] == state, "member_id"])


def first(desk: Workspace, calls: int) -> int:
    """Count the members of the first calls: how many that are hangs on the names of variants."""
    query = select(func.sum(CALLS.c.members).label("members")).where(CALLS.c.call <= calls)
    (row,) = desk.ledger.rows(query)
    return int(row["members"])


def receipts(desk: Workspace) -> pd.DataFrame:
    return pd.read_parquet(desk.file(RECEIPTS)).set_index("member_id")


def member_of(address: str) -> str:
    return "m" + address[len("Reader.") :][:3]


def address(member: str) -> str:
    return little.email(int(member[1:]))


def got(standin: Standin) -> Counter[str]:
    """Count what each member was sent."""
    return Counter(member_of(one.address) for one in standin.log.accepted)


def once(standin: Standin, who: Iterable[str] = little.ALLOWED) -> bool:
    return got(standin) == Counter(who)


def again(desk: Workspace) -> dict[str, int]:
    """Do what the next run does."""
    permission.check(desk)
    return delivery.send(desk)


def add_up(desk: Workspace) -> None:
    accounts = read_accounts(desk)
    parts = accounts.sent + accounts.unknown + accounts.waiting + sum(accounts.refused.values())
    assert parts + sum(accounts.rejected.values()) == accounts.candidates == little.MEMBERS


def at(patched: pytest.MonkeyPatch, point: str, act: Callable[[], object], hit: int = 1) -> None:
    """Do something when a sender comes to a crash point, the first time or a later one."""
    hits = 0

    def passed(name: str) -> None:
        nonlocal hits
        hits += name == point
        if name == point and hits == hit:
            act()

    for module in (post, sending):
        patched.setattr(module, "crashpoint", passed)


def overhear(standin: Standin, act: Callable[[list[Mail]], object]) -> None:
    """Do something in the stand-in, with the mails that it is about to answer for."""

    def heard(pairs: Iterable[tuple[Mail, Accepted]]) -> None:
        act([mail for mail, _ in pairs])

    standin.desk.on_accepted = heard


def said(desk: Workspace, member: str, purpose: str, state: str) -> None:
    desk.ledger.act(Act(member, purpose, state, "web_form", "Yes."))


def tell(desk: Workspace, message_id: str, kind: str = "delivered") -> None:
    row = {"event_key": f"{kind}{message_id}", "edition": EDITION, "message_id": message_id}
    row |= {"kind": kind, "occurred_at": now(), "recorded_at": now()}
    with desk.ledger.taking_in() as book:
        book.record([row])


def told(desk: Workspace) -> bool:
    """Say whether the account was told to be slower."""
    (row,) = desk.ledger.rows(select(PACE))
    return len(json.loads(row["grants"])["told"]) > 0


def message_ids(desk: Workspace) -> dict[str, str]:
    sends = desk.ledger.sends(EDITION)
    return dict(zip(sends["member_id"], sends["message_id"], strict=True))


def release(desk: Workspace) -> int:
    return desk.ledger.release(EDITION, "Ada", "asked SES", ended_before=now() + timedelta(1))


def resume(desk: Workspace) -> None:
    desk.ledger.resume(EDITION, "Ada", "mended")


def test_everybody_allowed_gets_one_message(desk: Workspace, standin: Standin):
    assert delivery.send(desk) == {"sent": ALLOWED, "had_it_already": 0}
    assert once(standin)
    assert states(desk) == {"sent": ALLOWED}
    assert set(receipts(desk).loc[little.ALLOWED, "outcome"]) == {"sent"}
    assert again(desk) == {"sent": 0, "had_it_already": ALLOWED}
    assert once(standin)
    add_up(desk)


def test_what_is_sent_is_of_one_variant_a_call_and_of_the_size_that_was_set(
    desk: Workspace, standin: Standin
):
    delivery.send(desk)
    sends = desk.ledger.sends(EDITION)
    assert len(sends[["call", "variant_id"]].drop_duplicates()) == sends["call"].nunique()
    assert max(call.accepted for call in standin.log.calls) == 10
    assert standin.log.posts() == sends["call"].nunique()
    by_message = sends.set_index("message_id")["member_id"].to_dict()
    assert {member_of(one.address) for one in standin.log.accepted} == set(by_message.values())
    for one in standin.log.accepted:
        assert by_message[one.message] == member_of(one.address)
        assert one.edition == EDITION


def test_an_edition_goes_out_as_fast_as_the_account_may_and_no_faster(
    desk: Workspace, standin: Standin, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CARDLETTER_SES__CONNECTIONS", "3")
    standin.account.max_send_rate = 60.0
    assert delivery.send(desk)["sent"] == ALLOWED
    assert once(standin)
    assert standin.log.most_in_a_second() <= 60
    clocks = [one.clock for one in standin.log.accepted]
    assert max(clocks) - min(clocks) > 1.0


# Clear noes


def test_throttling_slows_the_post_down_and_nothing_is_lost(desk: Workspace, standin: Standin):
    standin.script("", "throttle", "throttle", "", "throttle")
    assert delivery.send(desk)["sent"] == ALLOWED
    assert once(standin)
    assert told(desk)
    assert standin.log.counts["errors"] == {"TooManyRequestsException": 3}
    made = sum(call.accepted > 0 for call in standin.log.calls)
    assert standin.log.posts() == made + 3
    add_up(desk)


@pytest.mark.parametrize("status", ["TRANSIENT_FAILURE", "ACCOUNT_THROTTLED"])
def test_entries_that_were_not_taken_get_their_message_later_and_once(
    desk: Workspace, standin: Standin, status: str
):
    standin.script(Fault(entries={0: status, 3: status}), Fault(entries={9: status}))
    assert delivery.send(desk)["sent"] == ALLOWED
    assert once(standin)
    assert told(desk) == (status == "ACCOUNT_THROTTLED")
    add_up(desk)


def test_a_message_that_ses_rejects_ends_rejected_with_its_code(desk: Workspace, standin: Standin):
    refused = little.ALLOWED[5]
    standin.account.rejected = {address(refused)}
    assert delivery.send(desk)["sent"] == ALLOWED - 1
    assert once(standin, set(little.ALLOWED) - {refused})
    receipt = receipts(desk).loc[refused]
    assert (receipt["outcome"], receipt["reason"]) == ("rejected", "MESSAGE_REJECTED")
    assert again(desk)["sent"] == 0
    add_up(desk)


def test_an_address_that_ses_cannot_mail_is_rejected_here_and_the_others_go(
    desk: Workspace, standin: Standin, monkeypatch: pytest.MonkeyPatch
):
    one = little.ALLOWED[7]
    of = post.People.of

    def broken(people: post.People, asked: list[str]) -> list[Any]:
        found = of(people, asked)
        return [
            ("a@b\r\nBcc: c@d.example", name) if member == one and name else person
            for member, person in zip(asked, found, strict=True)
            for name in [(person and person[1]) or "x"]
        ]

    monkeypatch.setattr(post.People, "of", broken)
    assert delivery.send(desk)["sent"] == ALLOWED - 1
    assert one not in got(standin)
    assert receipts(desk).loc[one, "reason"] == "bad_address"


def test_three_calls_refused_whole_pause_the_edition(
    desk: Workspace, standin: Standin, monkeypatch: pytest.MonkeyPatch
):
    def refuse(_mail: Mail) -> None:
        raise RefusedError("MessageRejected", "Message rejected.")

    with monkeypatch.context() as refusing:
        refusing.setattr(standin.desk, "see_mail", refuse)
        with pytest.raises(PausedError, match="3 calls in a row were refused: MessageRejected"):
            delivery.send(desk)
    assert standin.log.posts() == 3
    assert states(desk) == {"rejected": first(desk, 3), "planned": ALLOWED - first(desk, 3)}
    resume(desk)
    assert again(desk)["sent"] == ALLOWED - first(desk, 3)
    assert not members(desk, "rejected") & set(got(standin))
    add_up(desk)


def test_a_sender_who_is_not_verified_any_more_pauses_the_edition_and_loses_nobody(
    desk: Workspace, standin: Standin, monkeypatch: pytest.MonkeyPatch
):
    def forget() -> None:
        standin.account.identities = {"another.example"}

    with monkeypatch.context() as patched:
        at(patched, "before_call", forget, hit=3)
        with pytest.raises(PausedError, match=r"SES has not verified letter@larkfield\.example"):
            delivery.send(desk)
    assert standin.log.posts() == 3
    assert states(desk) == {"sent": first(desk, 2), "planned": ALLOWED - first(desk, 2)}
    standin.account.identities = {"larkfield.example"}
    resume(desk)
    assert again(desk)["sent"] == ALLOWED - first(desk, 2)
    assert once(standin)


def test_a_quota_that_is_used_up_is_waited_for(
    desk: Workspace, standin: Standin, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(remedies, "QUOTA_ASKED", 0.05)
    standin.account.max_24_hour_send = 25.0
    with in_thread(desk) as line:
        eventually(lambda: standin.log.posts("GetAccount") > 3)
        assert len(standin.log.accepted) == 25
        standin.account.max_24_hour_send = 60.0
        eventually(lambda: len(standin.log.accepted) == 60)
        eventually(lambda: desk.ledger.leased(EDITION) is None)  # nothing is in doubt meanwhile
        standin.account.max_24_hour_send = -1.0
    assert line.counts == {"sent": ALLOWED, "had_it_already": 0}
    assert once(standin)
    assert standin.log.posts() < 30
    add_up(desk)


@pytest.mark.parametrize(
    ("fault", "words"),
    [("paused", "sending is paused in the SES console"), ("suspended", "SES has suspended")],
)
def test_an_account_that_stops_pauses_the_edition_until_a_person_resumes_it(
    desk: Workspace, standin: Standin, fault: str, words: str
):
    standin.script("", "", fault)
    with pytest.raises(PausedError, match=words):
        delivery.send(desk)
    assert states(desk) == {"sent": first(desk, 2), "planned": ALLOWED - first(desk, 2)}
    for _ in range(2):
        with pytest.raises(PausedError, match=words):
            again(desk)
    assert standin.log.posts() == 3
    resume(desk)
    assert again(desk)["sent"] == ALLOWED - first(desk, 2)
    assert once(standin)
    assert [order["order"] for order in desk.ledger.orders(EDITION)] == ["pause", "resume"]
    add_up(desk)


def test_a_configuration_set_that_is_not_there_pauses_the_edition(
    desk: Workspace, standin: Standin
):
    standin.account.configuration_sets = {"others"}
    with pytest.raises(PausedError, match="does not know the configuration set"):
        delivery.send(desk)
    assert states(desk) == {"planned": ALLOWED}
    assert standin.log.accepted == []


def test_an_entry_that_says_the_account_is_paused_pauses_the_edition(
    desk: Workspace, standin: Standin
):
    standin.script(Fault(entries=dict.fromkeys(range(5), "ACCOUNT_SENDING_PAUSED")))
    with pytest.raises(PausedError, match="SES says ACCOUNT_SENDING_PAUSED"):
        delivery.send(desk)
    assert states(desk) == {"sent": first(desk, 1) - 5, "planned": ALLOWED - first(desk, 1) + 5}
    resume(desk)
    again(desk)
    assert once(standin)


def test_a_pool_of_addresses_that_is_not_there_pauses_the_edition(
    desk: Workspace, standin: Standin
):
    standin.script(Fault(entries={2: "INVALID_SENDING_POOL_NAME"}))
    with pytest.raises(PausedError, match="SES says INVALID_SENDING_POOL_NAME"):
        delivery.send(desk)
    assert standin.log.posts() == 1


def test_entries_that_are_never_taken_pause_the_edition_in_the_end(
    desk: Workspace, standin: Standin, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(remedies, "WAITS", 3)
    standin.script(*[Fault(entries=dict.fromkeys(range(10), "TRANSIENT_FAILURE"))] * 50)
    with pytest.raises(PausedError, match="took nothing of 3 calls in a row: TRANSIENT_FAILURE"):
        delivery.send(desk)
    assert standin.log.posts() == 3
    assert states(desk) == {"planned": ALLOWED}
    standin.chooser.script.clear()
    resume(desk)
    again(desk)
    assert once(standin)
    add_up(desk)


def failing(patched: pytest.MonkeyPatch, *errors: Exception) -> None:
    """Let the first calls fail before they are made, one after the other."""
    take, left = Ses.take, list(errors)

    def fails(ses: Ses, batch: Batch) -> list[Any]:
        if left:
            raise left.pop(0)
        return take(ses, batch)

    patched.setattr(Ses, "take", fails)


def test_an_ses_that_cannot_be_reached_for_a_moment_is_asked_again(
    desk: Workspace, standin: Standin, monkeypatch: pytest.MonkeyPatch
):
    failing(monkeypatch, *[NotTakenError("wait", "EndpointConnectionError")] * 2)
    assert delivery.send(desk)["sent"] == ALLOWED
    assert once(standin)


def test_an_ses_that_cannot_be_reached_at_all_pauses_the_edition(
    desk: Workspace, standin: Standin, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(remedies, "WAITS", 2)
    failing(monkeypatch, *[NotTakenError("wait", "EndpointConnectionError")] * 9)
    with pytest.raises(PausedError, match="could not be reached 2 times"):
        delivery.send(desk)
    assert states(desk) == {"planned": ALLOWED}


# Doubts


def test_what_is_in_doubt_is_never_sent_again_by_itself(desk: Workspace, standin: Standin):
    standin.script("reset", "", "reset_before", "half", "empty")
    counts = delivery.send(desk)
    unknown = members(desk, "unknown")
    assert counts == {"sent": ALLOWED - len(unknown), "had_it_already": 0, "in_doubt": len(unknown)}
    doubtful = [call for call in standin.log.calls if call.fault]
    assert len(doubtful) == 4
    assert len(unknown) == sum(call.entries for call in doubtful)
    lost = unknown - set(got(standin))
    assert len(lost) == doubtful[1].entries  # of the call that was reset before it was read
    before = standin.log.posts()
    for _ in range(2):
        sent = ALLOWED - len(unknown)
        assert again(desk) == {"sent": 0, "had_it_already": sent, "in_doubt": len(unknown)}
    assert standin.log.posts() == before
    assert members(desk, "unknown") == unknown
    assert once(standin, set(little.ALLOWED) - lost)
    assert set(receipts(desk).loc[sorted(unknown), "outcome"]) == {"unknown"}
    add_up(desk)


def test_five_doubts_in_a_row_pause_the_edition(desk: Workspace, standin: Standin):
    standin.script(*["error_503"] * 9)
    with pytest.raises(PausedError, match="5 calls in a row got no answer"):
        delivery.send(desk)
    assert standin.log.posts() == 5
    asked = sum(call.entries for call in standin.log.calls)
    assert 40 < asked < ALLOWED
    assert states(desk) == {"unknown": asked, "planned": ALLOWED - asked}
    add_up(desk)


def test_doubts_with_an_answer_between_them_pause_nothing(desk: Workspace, standin: Standin):
    standin.script(*["error_503"] * 4, "", *["error_503"] * 2)
    delivery.send(desk)
    asked = sum(call.entries for call in standin.log.calls if call.fault)
    assert asked > 50
    assert states(desk) == {"unknown": asked, "sent": ALLOWED - asked}


def test_an_event_that_carries_our_tag_settles_a_doubt(desk: Workspace, standin: Standin):
    standin.script("", "reset")
    delivery.send(desk)
    unknown = sorted(members(desk, "unknown"))
    ids = message_ids(desk)
    tell(desk, ids[unknown[0]])
    tell(desk, ids[unknown[1]], "rejected")
    assert members(desk, "unknown") == set(unknown[2:])
    assert members(desk, "rejected") == {unknown[1]}
    again(desk)
    settled = receipts(desk)
    assert settled.loc[unknown[0], "outcome"] == "sent"
    assert settled.loc[unknown[1], "outcome"] == "rejected"
    assert settled.loc[unknown[1], "reason"] == "not_sent_by_provider"
    assert max(got(standin).values()) == 1


def test_a_person_may_release_doubts_and_only_those_are_sent_again(
    desk: Workspace, standin: Standin
):
    standin.script("", "reset_before", "", "reset_before")
    delivery.send(desk)
    unknown = sorted(members(desk, "unknown"))
    assert len(unknown) > 10  # both calls' members: of which variant each is, hangs on hashes
    ids = message_ids(desk)
    tell(desk, ids[unknown[0]])  # before it is released
    assert release(desk) == len(unknown) - 1
    tell(desk, ids[unknown[1]])  # after it is released, before it is sent
    assert again(desk)["sent"] >= len(unknown) - 2
    assert once(standin, set(little.ALLOWED) - set(unknown[:2]))
    assert states(desk) == {"sent": ALLOWED}
    assert release(desk) == 0
    assert again(desk)["sent"] == 0
    add_up(desk)


def test_who_says_no_after_the_release_is_not_sent_to(desk: Workspace, standin: Standin):
    standin.script("reset_before")
    delivery.send(desk)
    one = min(members(desk, "unknown"))
    release(desk)
    said(desk, one, "newsletter", "withdrawn")
    delivery.send(desk)
    assert once(standin, set(little.ALLOWED) - {one})


def test_a_fault_of_our_own_leaves_the_call_in_doubt_and_is_not_hidden(
    desk: Workspace, standin: Standin, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as patched:
        failing(patched, RuntimeError("a fault"))
        with pytest.raises(RuntimeError, match="a fault"):
            delivery.send(desk)
    assert len(members(desk, "unknown")) == first(desk, 1)
    assert again(desk)["sent"] == ALLOWED - first(desk, 1)
    add_up(desk)


def test_a_call_that_a_dead_sender_holds_ends_in_doubt(
    desk: Workspace, standin: Standin, monkeypatch: pytest.MonkeyPatch
):
    dead: list[Claim | str] = []

    def claims() -> None:
        epoch = desk.ledger.begin_sending(EDITION)
        dead.append(desk.ledger.claim(EDITION, epoch, timedelta(seconds=0.8)))

    at(monkeypatch, "after_planning", claims)
    assert delivery.send(desk)["sent"] == ALLOWED - first(desk, 1)
    (claim,) = dead
    assert isinstance(claim, Claim)
    theirs = {member for member, _ in claim.members}
    assert members(desk, "unknown") == theirs
    assert once(standin, set(little.ALLOWED) - theirs)


# Permission, read again


def test_a_no_between_the_plan_and_the_call_is_heard(
    desk: Workspace, standin: Standin, monkeypatch: pytest.MonkeyPatch
):
    no, bounced = little.ALLOWED[3], little.ALLOWED[60]

    def change() -> None:
        said(desk, no, "newsletter", "withdrawn")
        desk.ledger.suppress([bounced], "hard_bounce")

    at(monkeypatch, "after_planning", change)
    assert delivery.send(desk)["sent"] == ALLOWED - 2
    assert once(standin, set(little.ALLOWED) - {no, bounced})
    settled = receipts(desk)
    for member in (no, bounced):
        assert settled.loc[member, "reason"] == "withdrawn_before_send"
    add_up(desk)


def test_a_no_while_other_calls_are_made_is_heard(
    desk: Workspace, standin: Standin, monkeypatch: pytest.MonkeyPatch
):
    last: list[str] = []

    def change() -> None:
        sends = desk.ledger.sends(EDITION)
        last.append(sends.iloc[-1]["member_id"])
        said(desk, last[0], "newsletter", "withdrawn")

    at(monkeypatch, "after_call", change, hit=2)
    assert delivery.send(desk)["sent"] == ALLOWED - 1
    assert once(standin, set(little.ALLOWED) - {last[0]})


def test_who_no_longer_wants_to_be_followed_goes_into_a_call_that_is_not(
    desk: Workspace, standin: Standin, monkeypatch: pytest.MonkeyPatch
):
    followed, shy = little.ALLOWED[:30], little.ALLOWED[4]
    for member in followed:
        said(desk, member, "tracking", "granted")
    at(monkeypatch, "after_planning", lambda: said(desk, shy, "tracking", "withdrawn"))
    tracked: dict[str, bool] = {}

    def hear(mails: list[Mail]) -> None:
        assert len({mail.opens for mail in mails}) == 1
        tracked.update({member_of(mail.to[0]): mail.opens for mail in mails})
        assert all(mail.opens is mail.clicks for mail in mails)

    overhear(standin, hear)
    assert delivery.send(desk)["sent"] == ALLOWED
    assert once(standin)
    assert {member for member, yes in tracked.items() if yes} == set(followed) - {shy}


# Windows, pauses, ends


def test_an_edition_whose_time_is_over_is_not_sent(desk: Workspace, standin: Standin):
    with desk.ledger.writing() as connection:
        connection.execute(update(EDITIONS).values(not_after=now() - timedelta(seconds=1)))
    assert delivery.send(desk)["sent"] == 0
    assert standin.log.posts() == 0
    settled = receipts(desk).loc[little.ALLOWED]
    assert set(settled["outcome"]) == {"refused"}
    assert set(settled["reason"]) == {"window_closed"}
    add_up(desk)


def test_a_time_that_ends_while_an_edition_is_sent_stops_it(
    desk: Workspace, standin: Standin, monkeypatch: pytest.MonkeyPatch
):
    def close() -> None:
        with desk.ledger.writing() as connection:
            connection.execute(update(EDITIONS).values(not_after=now()))

    at(monkeypatch, "after_call", close, hit=2)
    assert delivery.send(desk)["sent"] == first(desk, 2)
    assert standin.log.posts() == 2
    assert states(desk) == {"sent": first(desk, 2), "refused": ALLOWED - first(desk, 2)}
    add_up(desk)


def test_a_pause_stops_the_post_within_a_call(
    desk: Workspace, standin: Standin, monkeypatch: pytest.MonkeyPatch
):
    def pause() -> None:
        desk.ledger.pause(EDITION, "Ada", "there is a mistake in it")

    at(monkeypatch, "before_call", pause, hit=3)
    with pytest.raises(PausedError, match="there is a mistake in it"):
        delivery.send(desk)
    assert standin.log.posts() == 3
    assert states(desk) == {"sent": first(desk, 3), "planned": ALLOWED - first(desk, 3)}
    resume(desk)
    assert again(desk)["sent"] == ALLOWED - first(desk, 3)
    assert once(standin)
    add_up(desk)


SENDS = """
import sys
from cardletter import delivery, workspace
from cardletter.errors import PausedError
try:
    print(delivery.send(workspace.open_edition("2026-12", sys.argv[1])))
except PausedError as error:
    sys.exit(str(error))
"""


def sender(desk: Workspace) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", SENDS, str(desk.project)]
    more = {"OMP_NUM_THREADS": "1"}
    return subprocess.Popen(
        command,
        env={**os.environ, **more},
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_process_that_is_told_to_end_finishes_its_call_and_the_next_run_the_rest(
    desk: Workspace, standin: Standin
):
    standin.chooser.faults.latency = (0.2, 0.2)
    heard = itertools.count(1)

    def end(_mails: list[Mail]) -> None:
        """Tell the sender while it waits for the answer of its third call."""
        if next(heard) == 3:
            process.send_signal(signal.SIGTERM)

    overhear(standin, end)
    with sender(desk) as process:
        _, words = process.communicate(timeout=300)
    assert process.returncode == 1
    assert "Stopped. `cardletter send 2026-12` goes on where it is." in words
    sent = members(desk, "sent")
    assert set(got(standin)) == sent
    assert first(desk, 3) <= len(sent) < ALLOWED
    assert states(desk) == {"sent": len(sent), "planned": ALLOWED - len(sent)}
    standin.chooser.faults.latency = (0.0, 0.0)
    assert again(desk)["sent"] == ALLOWED - len(sent)
    assert once(standin)
    add_up(desk)


def test_two_senders_share_the_work_and_nobody_gets_two(
    desk: Workspace, standin: Standin, monkeypatch: pytest.MonkeyPatch
):
    standin.chooser.faults.latency = (0.05, 0.1)
    both, came = threading.Barrier(2), set[int]()

    def meet(point: str) -> None:
        """Let neither claim a call before the other can."""
        if point == "before_claim" and threading.get_ident() not in came:
            came.add(threading.get_ident())
            both.wait(60)

    with monkeypatch.context() as patched:
        patched.setattr(post, "crashpoint", meet)
        with in_thread(desk) as one, in_thread(posting.open_desk(desk.project)) as other:
            pass
    assert once(standin)
    assert states(desk) == {"sent": ALLOWED}
    senders = Counter(row["epoch"] for row in desk.ledger.rows(CALLS.select()))
    assert len(senders) == 2
    assert one.counts["sent"] + other.counts["sent"] >= ALLOWED
    again(desk)
    assert once(standin)
    add_up(desk)


class InThread(threading.Thread):
    """Sends an edition; what came of it is there when it has ended."""

    def __init__(self, desk: Workspace) -> None:
        super().__init__()
        self.desk, self.counts, self.error = desk, {}, None

    def run(self) -> None:
        try:
            self.counts = delivery.send(self.desk)
        except Exception as error:  # noqa: BLE001 - the test looks at it
            self.error = error


@contextlib.contextmanager
def in_thread(desk: Workspace) -> Iterator[InThread]:
    line = InThread(desk)
    line.start()
    try:
        yield line
    finally:
        line.join(60)
        assert not line.is_alive()
        assert line.error is None


# Ledgers that were put back


def copied(ledger: Ledger, to: Path) -> Path:
    file = ledger.url.removeprefix("sqlite:///")
    with (
        contextlib.closing(sqlite3.connect(file)) as old,
        contextlib.closing(sqlite3.connect(to)) as new,
    ):
        old.backup(new)
    return to


def put_back(desk: Workspace, backup: Path) -> None:
    desk.ledger.engine.dispose()
    file = Path(desk.ledger.url.removeprefix("sqlite:///"))
    for each in file.parent.glob(file.name + "*"):
        each.unlink()
    shutil.copy(backup, file)


def test_a_ledger_that_was_put_back_from_an_older_copy_sends_nothing(
    desk: Workspace, standin: Standin, tmp_path: Path
):
    backup = copied(desk.ledger, tmp_path / "backup.db")
    delivery.send(desk)
    put_back(desk, backup)
    posts = standin.log.posts()
    for _ in range(3):  # and not when it is tried again, either
        with pytest.raises(NotReadyError, match="put back from a backup"):
            again(desk)
    assert standin.log.posts() == posts
    assert once(standin)


def test_a_ledger_that_was_put_back_in_the_middle_of_sending_sends_nothing(
    desk: Workspace, standin: Standin, tmp_path: Path
):
    standin.script("", "", "paused")
    with pytest.raises(PausedError):
        delivery.send(desk)
    backup = copied(desk.ledger, tmp_path / "backup.db")
    resume(desk)
    again(desk)
    assert once(standin)
    put_back(desk, backup)
    resume(desk)
    for _ in range(3):
        with pytest.raises(NotReadyError, match="put back from a backup"):
            again(desk)
    assert once(standin)
