"""The outbox: one file a message, whole or not at all, that nobody but its owner may read."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from cardletter.delivery.message import Letter, Recipient
from cardletter.delivery.transports import Batch, Outbox
from cardletter.templates import Rendered

LETTER = Letter(
    "v1", Rendered("Hi", "<p>{{greeting}}</p>", "{{greeting}}"), "a@b.example", Path("nowhere")
)


def to(number: int, address: str = "ada@example.com") -> Recipient:
    links = {"unsubscribe_url": "https://x.example/u", "preferences_url": "https://x.example/p"}
    fields = {"greeting": f"Dear {number},", **links}
    return Recipient("2026-12", f"m{number}", f"id{number}", address, fields)


def batch(*recipients: Recipient) -> Batch:
    return Batch(LETTER, recipients, tracked=False, until=datetime(2099, 1, 1))  # noqa: DTZ001 - the ledger's clock


@pytest.fixture
def no_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def test_a_message_is_a_file_named_by_its_id(tmp_path: Path):
    Outbox(tmp_path / "outbox").take(batch(to(1), to(2)))
    files = sorted((tmp_path / "outbox").iterdir())
    assert [file.name for file in files] == ["id1.eml", "id2.eml"]
    assert b"Dear 2," in files[1].read_bytes()


def test_only_its_owner_may_read_the_outbox(tmp_path: Path, no_umask: None):
    Outbox(tmp_path / "outbox")
    assert stat.S_IMODE((tmp_path / "outbox").stat().st_mode) == 0o700


def test_the_same_message_taken_twice_is_one_file(tmp_path: Path):
    for _ in range(2):
        Outbox(tmp_path / "outbox").take(batch(to(1)))
    assert [file.name for file in (tmp_path / "outbox").iterdir()] == ["id1.eml"]
    assert Outbox.repeatable


def test_a_message_that_cannot_be_written_leaves_no_half_of_itself(tmp_path: Path):
    outbox = Outbox(tmp_path / "outbox")
    with pytest.raises(ValueError, match="To holds something"):
        outbox.take(batch(to(1), to(2, "bo@example.com\r\nBcc: cy@example.com"), to(3)))
    assert [file.name for file in (tmp_path / "outbox").iterdir()] == ["id1.eml"]


def test_half_a_file_that_a_dead_run_left_is_cleared_away_and_a_live_ones_is_not(tmp_path: Path):
    outbox = Outbox(tmp_path / "outbox")
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    live = tmp_path / f"outbox/id2.{os.getpid()}-1.part"
    for part in (live, live.with_name(f"id1.{dead.pid}-1.part"), live.with_name("id1.part")):
        part.write_bytes(b"From: half a")
    assert outbox.ready(1) is None
    assert list((tmp_path / "outbox").iterdir()) == [live]


def test_taking_for_nobody_writes_nothing(tmp_path: Path):
    Outbox(tmp_path / "outbox").take(batch())
    assert list((tmp_path / "outbox").iterdir()) == []
