"""Files of events: JSON or JSON lines, one file or a folder, nothing read twice or left out."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from cardletter.errors import SourceError
from cardletter.feedback.files import Lines, from_files
from cardletter.feedback.ingest import BATCH
from cardletter.feedback.strict import LARGEST


def bodies(batches: Iterable[Lines]) -> list[bytes | str]:
    return [body for batch in batches for body in batch.bodies]


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.json", "a"])
def test_lines_are_events(tmp_path: Path, name: str):
    file = tmp_path / name
    file.write_bytes(b'{"a": 1}\n\n{"a": 2}\r\n{"a": 3}')
    batch = next(from_files(file))
    assert batch.bodies == [b'{"a": 1}', b'{"a": 2}', b'{"a": 3}']
    assert [batch.where(each) for each in range(3)] == [f"{name}:1", f"{name}:3", f"{name}:4"]


def test_a_json_file_over_several_lines_is_one_event(tmp_path: Path):
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"a": {"b": 1}}, indent=1), encoding="utf-8")
    assert [json.loads(body) for body in bodies(from_files(file))] == [{"a": {"b": 1}}]


def test_a_folder_is_read_in_order_and_what_is_no_event_file_is_left(tmp_path: Path):
    for name in ("b.jsonl", "a/z.json", "notes.txt"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f'{{"n": "{name}"}}', encoding="utf-8")
    assert bodies(from_files(tmp_path)) == [b'{"n": "a/z.json"}', b'{"n": "b.jsonl"}']


@pytest.mark.parametrize("count", [1, BATCH - 1, BATCH, BATCH + 1, 2 * BATCH])
def test_batches_hold_so_many_and_no_more(tmp_path: Path, count: int):
    file = tmp_path / "a.jsonl"
    file.write_text("".join(f"{n}\n" for n in range(count)), encoding="utf-8")
    batches = list(from_files(file))
    assert [int(body) for body in bodies(batches)] == list(range(count))
    assert all(len(batch.bodies) == BATCH for batch in batches[:-1])


def test_a_huge_line_is_not_held_and_what_follows_it_is_read(tmp_path: Path):
    file = tmp_path / "a.jsonl"
    with file.open("wb") as lines:
        for _ in range(10):
            lines.write(b"x" * 1_000_000)
        lines.write(b'\n{"a": 1}\n')
    first, second = bodies(from_files(file))
    assert LARGEST < len(first) < LARGEST + 10
    assert second == b'{"a": 1}'


def test_what_is_not_there_is_said(tmp_path: Path):
    with pytest.raises(SourceError, match="There is no file or folder"):
        list(from_files(tmp_path / "none"))
    with pytest.raises(SourceError, match=r"holds no \.json, \.jsonl, \.ndjson files"):
        list(from_files(tmp_path))
