"""Disasters while sending: a full disk, a held ledger, a clock that jumps; all get one, no more."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

import little
import posting
from cardletter import delivery
from cardletter.delivery import post, ses
from cardletter.errors import BusyError
from cardletter.feedback import read_accounts, take_in
from cardletter.ledger import calls, claims, database
from cardletter.ledger.holders import told_of_holders
from cardletter.rehearsal.standin import Standin
from cardletter.workspace import Workspace

ALLOWED = len(little.ALLOWED)


@pytest.fixture
def standin(tmp_path: Path) -> Iterator[Standin]:
    with Standin(events_to=tmp_path / "events.jsonl") as standin:
        yield standin


@pytest.fixture
def desk(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, standin: Standin
) -> Iterator[Workspace]:
    project = posting.copy(posting.frozen(tmp_path_factory), tmp_path / "letter")
    with pytest.MonkeyPatch.context() as patched:
        for name, value in posting.environment(standin.url, batch="4").items():
            patched.setenv(name, value)
        desk = posting.open_desk(project)
        yield desk
        desk.ledger.engine.dispose()


def settled(desk: Workspace, standin: Standin, tmp_path: Path) -> None:
    """Finish the edition, and see that everybody was sent to exactly once."""
    delivery.send(desk)
    standin.hurry()
    take_in(desk, tmp_path / "events.jsonl")
    delivery.release(desk, "ada", "the disaster is over")
    delivery.send(desk)
    accounts = read_accounts(desk)
    accounts.add_up()
    assert (accounts.sent, accounts.unknown) == (ALLOWED, 0)
    assert set(standin.log.copies().values()) == {1}
    assert len(standin.log.accepted) == ALLOWED


def test_when_the_disk_is_full_sending_stops_and_goes_on_when_there_is_room(
    desk: Workspace, standin: Standin, tmp_path: Path
):
    def fill_up(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        """Let nothing more be written, once five calls were made."""
        if standin.log.posts() >= 5 and statement.split(maxsplit=1)[0] in (
            "INSERT",
            "UPDATE",
            "DELETE",
        ):
            raise OperationalError(statement, {}, Exception("database or disk is full"))

    engine = desk.ledger.engine
    event.listen(engine, "before_cursor_execute", fill_up)
    try:
        with pytest.raises(OperationalError, match="disk is full"):
            delivery.send(desk)
    finally:
        event.remove(engine, "before_cursor_execute", fill_up)
    assert len(standin.log.accepted) == 20
    settled(desk, standin, tmp_path)


def test_a_write_that_the_disk_itself_refuses_stops_sending_until_there_is_room(
    desk: Workspace, standin: Standin, tmp_path: Path
):
    written, most = [], resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill_up(point: str) -> None:
        """Let no file grow beyond what the ledger's log has now, once five calls were made."""
        if point == "before_answer" and standin.log.posts() == 5 and not written:
            log = Path(desk.ledger.url.removeprefix("sqlite:///") + "-wal")
            written.append(log.stat().st_size)
            resource.setrlimit(resource.RLIMIT_FSIZE, (written[0], most[1]))

    try:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(post, "crashpoint", fill_up)
            with pytest.raises(OperationalError, match="disk"):
                delivery.send(desk)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)
    assert len(standin.log.accepted) == 20
    settled(desk, standin, tmp_path)


HOLDER = """
import os, signal, sqlite3, sys
ledger = sqlite3.connect(sys.argv[1], isolation_level=None)
ledger.execute("BEGIN IMMEDIATE")
print("writing", flush=True)
os.kill(os.getpid(), signal.SIGSTOP)
"""


def test_a_process_that_fell_asleep_while_it_wrote_is_named_and_nothing_is_lost(
    desk: Workspace, standin: Standin, tmp_path: Path
):
    file = desk.ledger.url.removeprefix("sqlite:///")
    holders = []

    def fall_asleep(point: str) -> None:
        """Let another process hold the ledger, once five calls were made and not yet recorded."""
        if point == "before_answer" and standin.log.posts() == 5 and not holders:
            command = [sys.executable, "-c", HOLDER, file]
            holders.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
            assert holders[0].stdout.readline() == "writing\n"

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(database, "PATIENCE", 0.3)
        patched.setattr(post, "crashpoint", fall_asleep)
        with pytest.raises(BusyError, match=r"nothing is lost") as busy:
            delivery.send(desk)
    (holder,) = holders
    assert f"Process {holder.pid} has it open and is stopped" in str(busy.value)
    assert f"kill -CONT {holder.pid}" in str(busy.value)
    assert len(standin.log.accepted) == 20
    holder.kill()
    holder.communicate()
    settled(desk, standin, tmp_path)


def test_who_holds_the_ledger_is_told_whether_asleep_or_at_work(tmp_path: Path):
    file = tmp_path / "ledger.db"
    assert "No process of yours has it open" in told_of_holders(file)
    awake = HOLDER.replace("os.kill(os.getpid(), signal.SIGSTOP)", "sys.stdin.read()")
    command = [sys.executable, "-c", awake, str(file)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as process:
        assert process.stdout
        process.stdout.readline()
        assert f"open in process {process.pid}: wait" in told_of_holders(file)
        process.communicate("")


@pytest.mark.parametrize("jump", [timedelta(minutes=10), timedelta(minutes=-10)])
def test_a_clock_that_jumps_makes_nobody_get_two(
    desk: Workspace, standin: Standin, tmp_path: Path, jump: timedelta
):
    now = calls.now

    def jumping() -> datetime:
        return now() + jump if standin.log.posts() >= 5 else now()

    with pytest.MonkeyPatch.context() as patched:
        for room in (calls, claims, ses):  # one machine has one clock
            patched.setattr(room, "now", jumping)
        delivery.send(desk)
    assert set(standin.log.copies().values()) == {1}
    settled(desk, standin, tmp_path)
