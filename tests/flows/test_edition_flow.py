"""The whole way, by the real command and a real Prefect: spending in, messages in the outbox."""

import os
import shutil
import subprocess
import sys
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pandas as pd
import pytest

from cardletter import workspace
from cardletter.settings import load
from cardletter.sources import Warehouse
from traces import traces, words_of

EDITION = "2026-12"


def cardletter(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a user does, with a Prefect home of its own."""
    command = [str(Path(sys.executable).with_name("cardletter")), *words]
    env = os.environ | {"PREFECT_HOME": str(home), "COLUMNS": "160"}
    return subprocess.run(
        command, capture_output=True, text=True, env=env, timeout=300, check=False
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("prefect")


@pytest.fixture(scope="module")
def letter(made_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(made_project, tmp_path_factory.mktemp("flow") / "letter")


@pytest.fixture(scope="module")
def ran(letter: Path, home: Path) -> subprocess.CompletedProcess[str]:
    done = cardletter("run", EDITION, "--project", str(letter), home=home)
    assert done.returncode == 0, done.stderr[-3000:]
    return done


@pytest.fixture(scope="module")
def receipts(ran: subprocess.CompletedProcess[str], letter: Path) -> pd.DataFrame:
    return pd.read_parquet(edition_folder(letter) / "receipts.parquet")


def edition_folder(project: Path) -> Path:
    return workspace.open_edition(EDITION, project).folder


def test_every_candidate_is_sent_or_refused_for_a_reason(receipts: pd.DataFrame, letter: Path):
    members = Warehouse(load(letter)).raw("members").count().execute()
    assert len(receipts) == members
    assert set(receipts["outcome"]) == {"sent", "refused"}
    assert receipts.loc[receipts["outcome"] == "refused", "reason"].ne("").all()


def test_the_outbox_holds_one_valid_message_for_each_member_sent_to(
    receipts: pd.DataFrame, letter: Path
):
    files = list((edition_folder(letter) / "outbox").glob("*"))
    messages = [message_from_bytes(file.read_bytes(), policy=SMTP) for file in files]
    assert len(messages) == int((receipts["outcome"] == "sent").sum()) > 0
    assert len({message["To"] for message in messages}) == len(messages)
    for message in messages:
        assert not message.defects
        assert message.get_body(("html",)) is not None
        assert message.get_body(("plain",)) is not None
        assert message["List-Unsubscribe"].startswith("<https://")
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_only_members_whose_last_word_was_yes_are_sent_to(receipts: pd.DataFrame, letter: Path):
    acts = pd.read_parquet(letter / "data" / "consents.parquet").sort_values(
        "occurred_at", kind="stable"
    )
    last = acts[acts["purpose"] == "newsletter"].groupby("member_id")["state"].last()
    yes = set(last.index[last == "granted"])
    assert set(receipts.loc[receipts["outcome"] == "sent", "member_id"]) <= yes


def test_a_second_run_sends_nothing_and_says_so(
    ran: subprocess.CompletedProcess[str], letter: Path, home: Path
):
    outbox = edition_folder(letter) / "outbox"
    before = {file.name: file.stat().st_mtime_ns for file in outbox.iterdir()}
    again = cardletter("run", EDITION, "--project", str(letter), home=home)
    assert again.returncode == 0, again.stderr[-3000:]
    assert "nothing was sent again" in again.stdout
    assert {file.name: file.stat().st_mtime_ns for file in outbox.iterdir()} == before


def test_status_prints_the_accounts_and_why_prints_a_receipt(
    receipts: pd.DataFrame, letter: Path, home: Path
):
    where = ("--project", str(letter))
    status = cardletter("status", EDITION, *where, home=home)
    assert status.returncode == 0
    assert f"{int((receipts['outcome'] == 'sent').sum()):,}" in status.stdout
    refused = receipts[receipts["outcome"] == "refused"].iloc[0]
    why = cardletter("why", EDITION, refused["member_id"], *where, home=home)
    assert why.returncode == 0
    assert why.stdout.startswith("refused")


def test_status_fails_where_the_accounts_do_not_add_up(
    ran: subprocess.CompletedProcess[str], letter: Path, tmp_path: Path, home: Path
):
    project = shutil.copytree(letter, tmp_path / "letter")
    file = edition_folder(project) / "receipts.parquet"
    receipts = pd.read_parquet(file)
    refused = receipts.index[receipts["outcome"] == "refused"]
    receipts.drop(refused[:3]).to_parquet(file)
    status = cardletter("status", EDITION, "--project", str(project), home=home)
    assert status.returncode == 1
    assert "do not add up" in status.stderr


def test_prefect_and_the_terminal_hold_nothing_personal(
    ran: subprocess.CompletedProcess[str], letter: Path, home: Path
):
    members = pd.read_parquet(letter / "data" / "members.parquet")
    told = (ran.stdout + ran.stderr).encode()
    kept = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
    for secret in members["email"].head(200):
        assert secret.encode() not in told
        assert secret.encode() not in kept
    for member in members["member_id"].head(200):
        assert member.encode() not in kept


def test_who_is_erased_is_gone_from_the_project_and_from_prefect(
    receipts: pd.DataFrame, letter: Path, tmp_path: Path, home: Path
):
    project = shutil.copytree(letter, tmp_path / "letter")
    sent = set(receipts.loc[receipts["outcome"] == "sent", "member_id"])
    members = pd.read_parquet(project / "data" / "members.parquet")
    member = members[members["member_id"].isin(sent)].iloc[0]
    words = words_of(project, EDITION, member["member_id"], member["email"])
    assert traces(words, project) >= {"ledger.db", "receipts.parquet", "profiles.parquet"}
    where = ("--project", str(project))
    done = cardletter("permission", "erase", member["member_id"], "--yes", *where, home=home)
    assert done.returncode == 0, done.stderr
    assert traces(words, project, home) == set()
    assert not [word for word in words if word.decode() in done.stdout + done.stderr]
    again = cardletter("run", EDITION, *where, home=home)
    assert again.returncode == 1
    told = " ".join(again.stderr.split())
    assert "Members who were erased are delivered again: members.parquet row" in told
    assert traces(words, project, home) == set()
