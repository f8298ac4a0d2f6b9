"""The outbox: one file a message, whole or not at all, that nobody but its owner may read."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from cardletter.delivery.message import Letter, Recipient
from cardletter.delivery.transports import Outbox
from cardletter.templates import Rendered

LETTER = Letter(
    "v1", Rendered("Hi", "<p>{{greeting}}</p>", "{{greeting}}"), "a@b.example", Path("nowhere")
)


def to(number: int, address: str = "ada@example.com") -> Recipient:
    links = {"unsubscribe_url": "https://x.example/u", "preferences_url": "https://x.example/p"}
    fields = {"greeting": f"Dear {number},", **links}
    return Recipient(f"m{number}", f"id{number}", address, fields)


@pytest.fixture
def no_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def test_a_message_is_a_file_named_by_its_id(tmp_path: Path):
    Outbox(tmp_path / "outbox").take(LETTER, [to(1), to(2)])
    files = sorted((tmp_path / "outbox").iterdir())
    assert [file.name for file in files] == ["id1.eml", "id2.eml"]
    assert b"Dear 2," in files[1].read_bytes()


def test_only_its_owner_may_read_the_outbox(tmp_path: Path, no_umask: None):
    Outbox(tmp_path / "outbox")
    assert stat.S_IMODE((tmp_path / "outbox").stat().st_mode) == 0o700


def test_the_same_message_taken_twice_is_one_file(tmp_path: Path):
    for _ in range(2):
        Outbox(tmp_path / "outbox").take(LETTER, [to(1)])
    assert [file.name for file in (tmp_path / "outbox").iterdir()] == ["id1.eml"]
    assert Outbox.repeatable


def test_a_message_that_cannot_be_written_leaves_no_half_of_itself(tmp_path: Path):
    outbox = Outbox(tmp_path / "outbox")
    with pytest.raises(ValueError, match="To holds something"):
        outbox.take(LETTER, [to(1), to(2, "bo@example.com\r\nBcc: cy@example.com"), to(3)])
    assert [file.name for file in (tmp_path / "outbox").iterdir()] == ["id1.eml"]


def test_half_a_file_that_a_dead_run_left_is_replaced(tmp_path: Path):
    outbox = Outbox(tmp_path / "outbox")
    (tmp_path / "outbox/id1.part").write_bytes(b"From: half a")
    outbox.take(LETTER, [to(1)])
    files = list((tmp_path / "outbox").iterdir())
    assert [file.name for file in files] == ["id1.eml"]
    assert b"half a" not in files[0].read_bytes()


def test_taking_for_nobody_writes_nothing(tmp_path: Path):
    Outbox(tmp_path / "outbox").take(LETTER, [])
    assert list((tmp_path / "outbox").iterdir()) == []
