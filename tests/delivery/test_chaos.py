"""Kill tests, a short run of them: hundreds of senders die, and every promise holds.

`make chaos` is the long run.
"""

import itertools
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import chaos
import databases
import little
import posting
from cardletter import delivery
from cardletter.crashpoints import POINTS
from cardletter.feedback import read_accounts
from cardletter.rehearsal import read_log
from databases import server  # noqa: F401 - a fixture
from standing_in import process

SEND = "import sys; from cardletter.cli import main; sys.argv[1:] = ['send', '2026-12']; main()"


@pytest.fixture
def house(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[chaos.House]:
    project = posting.copy(posting.frozen(tmp_path_factory), tmp_path / "letter")
    with chaos.open_house(project, tmp_path, seed=7) as house:
        yield house


def test_whoever_dies_and_whatever_fails_nobody_gets_two_and_nobody_is_lost(house: chaos.House):
    found = chaos.run(house, kills=150, seed=7)
    assert found.kills >= 150
    assert set(found.points) == {*chaos.MET, "any moment"}
    assert len(found.faults) > 8
    assert (found.twice, found.lost, found.late) == (0, 0, 0)
    assert found.settled > 0


def test_nor_where_the_ledger_is_in_postgresql(
    house: chaos.House,
    server: str,  # noqa: F811 - the fixture
):
    house.ledgers = server
    found = chaos.run(house, kills=60, seed=11)
    assert found.cuts
    assert (found.twice, found.lost, found.late) == (0, 0, 0)


def test_nor_at_any_point_the_first_time_or_any_later_one(
    house: chaos.House, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(chaos, "MEMBERS", 60)
    posting.calm(house.url)
    figures, numbers = chaos.Figures(), itertools.count()
    for point in chaos.MET:
        for hit in itertools.count(1):
            world = chaos.World(house, next(numbers), figures, size=20)
            if not world.die_at(point, hit):  # it is not met so often
                break
    # A call for each of three variants; but the first are claimed with the answer before them.
    often = {point: 1 if point == "before_claim" else 3 for point in chaos.MET}
    assert all(figures.points[point] >= times for point, times in often.items())
    assert (figures.twice, figures.lost, figures.late) == (0, 0, 0)


def test_nor_where_the_database_dies_and_is_started_again_while_they_send(
    house: chaos.House, tmp_path: Path
):
    with databases.running() as postgres:
        house.ledgers = databases.url_of(postgres)
        world = chaos.World(house, 17, chaos.Figures())
        world.live_through(lambda: databases.kill_and_start(postgres), times=3)
    assert (world.figures.twice, world.figures.lost, world.figures.late) == (0, 0, 0)


class Sender:
    """`cardletter send`, the real command, against a stand-in in a process of its own."""

    def __init__(self, project: Path, url: str, **more: str) -> None:
        self.project = project
        own = posting.environment(url, batch="4", lease="2.2", **more)
        self.environment = {**os.environ, **own}

    def start(self, **more: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", SEND],
            cwd=self.project,
            env=self.environment | more,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


SEEN_FROM_OUTSIDE = [*sorted(set(POINTS) - set(chaos.MET)), "after_claim", "after_call"]
"""What the senders above do not come to, and the two that leave a doubt."""


@pytest.mark.parametrize("point", SEEN_FROM_OUTSIDE)
def test_the_real_command_killed_at_any_point_is_finished_by_the_same_command(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, point: str
):
    project = posting.copy(posting.frozen(tmp_path_factory), tmp_path / "letter")
    log = tmp_path / "accepted.jsonl"
    with process("--log", log) as (url, _):
        sender = Sender(project, url)
        first = sender.start(CARDLETTER_CRASH=f"{point}:1")
        first.communicate(timeout=60)
        assert first.returncode == -signal.SIGKILL
        again = sender.start()
        said = again.communicate(timeout=60)
        assert again.returncode == 0, said
        accepted = read_log(log)
        with pytest.MonkeyPatch.context() as patched:
            for name, value in sender.environment.items():
                patched.setenv(name, value)
            accounts = read_accounts(posting.open_desk(project))
    assert set(accepted.copies().values()) == {1}
    assert accounts.sent + accounts.unknown == len(little.ALLOWED)
    assert len(accepted.accepted) >= accounts.sent
    accounts.add_up()


def test_the_real_command_killed_at_random_moments_is_finished_by_the_same_command(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
):
    project = posting.copy(posting.frozen(tmp_path_factory), tmp_path / "letter")
    log, chance = tmp_path / "accepted.jsonl", random.Random(7)  # noqa: S311 - not secrets
    with process("--log", log, "--faults", '{"latency": [0.02, 0.1]}') as (url, _):
        sender = Sender(project, url)
        for _ in range(3):
            had, running = len(taken(log)), sender.start()
            while len(taken(log)) < had + chance.randint(1, 12):
                assert running.poll() is None
                time.sleep(chance.uniform(0, 0.1))
            running.kill()
            running.communicate()
        again = sender.start()
        said = again.communicate(timeout=60)
    assert again.returncode == 0, said
    accounts = read_accounts(posting.open_desk(project))
    accounts.add_up()
    assert set(read_log(log).copies().values()) == {1}
    assert accounts.unknown <= 3 * 4  # a call of four for each that died
    assert accounts.sent + accounts.unknown == len(little.ALLOWED)


def taken(log: Path) -> list[str]:
    """Give what the stand-in has taken so far, from its log."""
    lines = log.read_text().splitlines() if log.exists() else []
    return [line for line in lines if '"accepted"' in line]


def test_asked_to_stop_a_sender_finishes_its_calls_and_the_next_goes_on(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
):
    project = posting.copy(posting.frozen(tmp_path_factory), tmp_path / "letter")
    log = tmp_path / "accepted.jsonl"
    with process("--log", log, "--faults", '{"latency": [0.1, 0.1]}') as (url, _):
        sender = Sender(project, url)
        first = sender.start()
        while len(taken(log)) < 8:
            assert first.poll() is None
            time.sleep(0.02)
        first.send_signal(signal.SIGTERM)
        _, told = first.communicate(timeout=15)
        assert first.returncode == 1
        assert "goes on where it is" in told
        half = len(read_log(log).accepted)
        assert 0 < half < len(little.ALLOWED)
        again = sender.start()
        again.communicate(timeout=60)
        assert again.returncode == 0
    accepted = read_log(log)
    assert set(accepted.copies().values()) == {1}
    assert len(accepted.accepted) == len(little.ALLOWED)
    assert delivery.finished(posting.open_desk(project))
