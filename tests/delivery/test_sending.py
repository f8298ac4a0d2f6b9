"""Sending: every member gets exactly one message, whatever breaks and however often it is run."""

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pandas as pd
import pytest

import little
from cardletter import delivery, feedback, permission
from cardletter.delivery import transports
from cardletter.delivery.transports import Answer, Batch, Outbox
from cardletter.feedback import read_accounts
from cardletter.permission.receipts import RECEIPTS
from cardletter.workspace import Workspace

ALLOWED = len(little.ALLOWED)
REFUSED = Counter(filter(None, map(little.outcome, range(little.MEMBERS))))


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transports, "FILES", 25)


def messages(desk: Workspace) -> list[EmailMessage]:
    found = []
    for file in sorted(desk.file("outbox").glob("*.eml")):
        message = message_from_bytes(file.read_bytes(), policy=SMTP)
        assert isinstance(message, EmailMessage)
        found.append(message)
    return found


def addressed(desk: Workspace) -> list[str]:
    return sorted(str(message["To"]) for message in messages(desk))


def address(member: str) -> str:
    return little.email(int(member[1:]))


def receipts(desk: Workspace) -> pd.DataFrame:
    return pd.read_parquet(desk.file(RECEIPTS)).set_index("member_id")


def withdraw(desk: Workspace, member: str) -> None:
    row = little.act(member, "withdrawn", "2025-05-01") | {"jurisdiction": "", "evidence": ""}
    desk.ledger.record_consents(
        [pd.DataFrame([row]).assign(occurred_at=pd.Timestamp("2025-05-01"))]
    )


def resume(desk: Workspace) -> None:
    """Do what the flow does with an edition that was begun."""
    permission.check(desk)
    delivery.send(desk)
    feedback.report(desk)


def add_up(desk: Workspace) -> bool:
    accounts = read_accounts(desk)
    refused = sum(accounts.refused.values())
    parts = accounts.sent + accounts.unknown + accounts.waiting + refused
    return accounts.candidates == parts == little.MEMBERS


class Power:
    """Fails the outbox after so many messages, as a full disk or a dead machine would."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
        self.left, take = after, Outbox.take

        def failing(outbox: Outbox, batch: Batch) -> list[Answer]:
            for recipient in batch.recipients:
                if self.left == 0:
                    raise OSError("the disk is full")
                self.left -= 1
                take(outbox, replace(batch, recipients=[recipient]))
            return [Answer("sent", each.message_id) for each in batch.recipients]

        monkeypatch.setattr(Outbox, "take", failing)


def test_everybody_who_may_get_it_gets_one_message_and_nobody_else(desk: Workspace):
    assert delivery.send(desk) == {"sent": ALLOWED, "had_it_already": 0}
    assert addressed(desk) == sorted(map(address, little.ALLOWED))
    settled = receipts(desk)
    assert settled["outcome"].value_counts().to_dict() == {
        "sent": ALLOWED,
        "refused": little.MEMBERS - ALLOWED,
    }
    assert {m: settled.loc[m, "reason"] for m in settled.index} == {
        little.member(n): little.outcome(n) for n in range(little.MEMBERS)
    }
    accounts = read_accounts(desk)
    assert (accounts.sent, accounts.refused, accounts.waiting) == (ALLOWED, REFUSED, 0)
    accounts.add_up()


def test_each_gets_the_variant_of_their_segment(desk: Workspace):
    delivery.send(desk)
    sends = desk.ledger.sends(desk.edition).set_index("member_id")
    plan = pd.read_parquet(desk.file("assignments.parquet")).set_index("member_id")
    assert (sends["variant_id"] == plan.loc[sends.index, "variant_id"]).all()
    assert sends["variant_id"].nunique() == 3
    for message in messages(desk):
        member = str(message["To"]).split("@")[0].replace("Reader.", "m")
        assert sends.loc[member, "variant_id"] in str(message["Content-Type"])


def test_sending_again_sends_nothing(desk: Workspace):
    delivery.send(desk)
    files = {file: file.stat().st_mtime_ns for file in desk.file("outbox").iterdir()}
    assert delivery.send(desk) == {"sent": 0, "had_it_already": 0}
    permission.check(desk)
    assert delivery.send(desk) == {"sent": 0, "had_it_already": ALLOWED}
    assert {file: file.stat().st_mtime_ns for file in desk.file("outbox").iterdir()} == files
    read_accounts(desk).add_up()


@pytest.mark.parametrize("after", [0, 25, 60, ALLOWED - 1])
def test_after_a_crash_the_same_command_finishes_what_was_begun(
    desk: Workspace, monkeypatch: pytest.MonkeyPatch, after: int
):
    with monkeypatch.context() as patched:
        Power(patched, after)
        with pytest.raises(OSError, match="the disk is full"):
            delivery.send(desk)
    assert len(messages(desk)) == after
    assert add_up(desk)
    assert read_accounts(desk).waiting > 0
    first = {file.name: file.read_bytes() for file in desk.file("outbox").glob("*.eml")}
    resume(desk)
    assert addressed(desk) == sorted(map(address, little.ALLOWED))
    assert set(first) <= {file.name for file in desk.file("outbox").iterdir()}
    accounts = read_accounts(desk)
    assert (accounts.sent, accounts.unknown, accounts.refused) == (ALLOWED, 0, REFUSED)
    assert delivery.finished(desk)


def test_crash_upon_crash_and_changes_of_mind_between_them_lose_nobody(
    desk: Workspace, monkeypatch: pytest.MonkeyPatch
):
    for after in (30, 0, 20):
        with monkeypatch.context() as patched:
            Power(patched, after)
            permission.check(desk)
            with pytest.raises(OSError, match="the disk is full"):
                delivery.send(desk)
        assert add_up(desk)
        sent = desk.ledger.sends(desk.edition).query("state == 'sent'")["member_id"]
        withdraw(desk, sent.iloc[0])  # who had it and says no now has had it all the same
        assert add_up(desk)
    planned = sorted(desk.ledger.sends(desk.edition).query("state == 'planned'")["member_id"])
    # Files of a call that was cut short may be written already: no one of those.
    waiting = next(member for member in planned if address(member) not in addressed(desk))
    withdraw(desk, waiting)
    resume(desk)
    assert address(waiting) not in addressed(desk)
    assert Counter(addressed(desk)).most_common(1)[0][1] == 1
    assert add_up(desk)
    accounts = read_accounts(desk)
    assert (accounts.waiting, accounts.sent) == (0, ALLOWED - 1)


KILLED = """
import os, signal, sys
from cardletter import delivery, workspace
from dataclasses import replace
from cardletter.delivery import transports
from cardletter.delivery.transports import Outbox
transports.FILES, take, done = 25, Outbox.take, 0

def dying(outbox, batch):
    global done
    for recipient in batch.recipients:
        if done == 37:
            os.kill(os.getpid(), signal.SIGKILL)
        answers = take(outbox, replace(batch, recipients=[recipient]))
        done += 1
    return answers * len(batch.recipients)

Outbox.take = dying
delivery.send(workspace.open_edition("2026-12", sys.argv[1]))
"""


def test_a_run_that_is_killed_is_finished_by_the_next(desk: Workspace):
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, desk.project], check=False, env=environment, timeout=120
    )
    assert killed.returncode == -signal.SIGKILL
    assert len(messages(desk)) == 37
    assert add_up(desk)
    resume(desk)
    assert addressed(desk) == sorted(map(address, little.ALLOWED))
    assert {file.suffix for file in desk.file("outbox").iterdir()} == {".eml"}
    accounts = read_accounts(desk)
    assert (accounts.sent, accounts.unknown, accounts.refused) == (ALLOWED, 0, REFUSED)
    accounts.add_up()


@pytest.mark.parametrize("how", ["withdrawn", "suppressed"])
def test_a_no_between_check_and_send_is_heard(desk: Workspace, how: str):
    member = little.ALLOWED[3]
    if how == "withdrawn":
        withdraw(desk, member)
    else:
        desk.ledger.suppress([member], "complained")
    assert delivery.send(desk) == {"sent": ALLOWED - 1, "had_it_already": 0}
    assert address(member) not in addressed(desk)
    receipt = receipts(desk).loc[member]
    assert (receipt["outcome"], receipt["reason"]) == ("refused", "withdrawn_before_send")
    accounts = read_accounts(desk)
    assert accounts.refused["withdrawn_before_send"] == 1
    accounts.add_up()


def test_an_address_that_went_bad_since_the_check_gets_nothing(desk: Workspace):
    member = little.ALLOWED[0]
    change(desk, address(member), "nobody, at all")
    assert delivery.send(desk)["sent"] == ALLOWED - 1
    assert receipts(desk).loc[member, "reason"] == "bad_address"
    assert read_accounts(desk).rejected == {"bad_address": 1}
    read_accounts(desk).add_up()


def change(desk: Workspace, old: str, new: str) -> None:
    file = desk.project / "data/members.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    quoted = f'"{new}"' if "," in new else new
    file.write_text(text.replace(old, quoted), encoding="utf-8")


def test_a_domain_in_other_letters_is_written_in_its_ascii_form(desk: Workspace):
    change(desk, address(little.ALLOWED[0]), "ada@exämple.com")
    permission.check(desk)
    assert delivery.send(desk)["sent"] == ALLOWED
    assert "ada@xn--exmple-cua.com" in addressed(desk)


def test_one_address_that_cannot_be_mailed_holds_up_nobody(desk: Workspace):
    change(desk, address(little.ALLOWED[0]), "\u017fam@example.com")
    permission.check(desk)
    assert delivery.send(desk)["sent"] == ALLOWED - 1
    assert receipts(desk).loc[little.ALLOWED[0], "reason"] == "bad_address"


def test_the_outbox_is_for_its_owner_only(desk: Workspace):
    delivery.send(desk)
    assert desk.file("outbox").stat().st_mode & 0o777 == 0o700


def everything(message: EmailMessage) -> str:
    """Give all that a message says: its headers, and its parts decoded."""
    bodies = [message.get_body((kind,)) for kind in ("plain", "html")]
    return "\n".join(
        [*map(str, message.values()), *(each.get_content() for each in bodies if each)]
    )


def test_nobodys_mail_holds_anything_of_anybody_else(desk: Workspace):
    file = desk.project / "data/members.csv"
    letters = "abcdefghij"
    names = {m: "Q" + "".join(letters[int(digit)] for digit in m[1:]) for m in little.ALLOWED}
    rows = ["member_id,email,first_name"]
    rows += [f"{m},{address(m)},{names.get(m, 'Nobody')}" for m in little.ALLOWED[:50]]
    file.write_text("\n".join([*rows, ""]), encoding="utf-8")
    permission.check(desk)
    assert delivery.send(desk)["sent"] == 50
    said = {str(message["To"]): everything(message) for message in messages(desk)}
    door = re.compile(r"/(?:unsubscribe|preferences)/([\w.-]+)")
    links = {to: set(door.findall(text)) for to, text in said.items()}
    for one in little.ALLOWED[:50]:
        own = said[address(one)]
        assert f"Dear {names[one]}," in own
        assert len(links[address(one)]) == 2
        for other in little.ALLOWED[:50]:
            if other != one:
                assert names[other] not in own
                assert address(other) not in own
                assert not links[address(other)] & links[address(one)]
