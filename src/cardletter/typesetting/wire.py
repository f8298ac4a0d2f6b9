"""The wire between who prints letters and the process that sets them: JSON, and parts of text.

Nothing that is sent is ever run: a process that a template has taken over could say what it will.
"""

import json
from typing import IO, Any

import orjson

LARGEST = 50_000_000
Message = tuple[dict[str, Any], list[bytes]]

PLAIN = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME


def packed(content: object, *, ordered: bool = False) -> bytes:
    """Write plain data as JSON; what JSON has no word for as text. `ordered`: keys by name."""
    try:
        return orjson.dumps(content, str, PLAIN | (orjson.OPT_SORT_KEYS if ordered else 0))
    except TypeError:  # a number too large for it, say
        text = json.dumps(content, sort_keys=ordered, default=str, ensure_ascii=False)
        return text.encode()


def unpacked(content: bytes) -> dict[str, Any]:
    """Read what `packed` wrote."""
    try:
        read: dict[str, Any] = orjson.loads(content)
    except orjson.JSONDecodeError:  # NaN, say
        read = json.loads(content)
    return read


def send(stream: IO[bytes], header: dict[str, Any], *parts: bytes) -> None:
    """Write a message."""
    head = json.dumps({**header, "parts": [len(part) for part in parts]}).encode()
    stream.write(b"".join([len(head).to_bytes(8, "big"), head, *parts]))
    stream.flush()


def receive(stream: IO[bytes]) -> Message | None:
    """Read a message; None where the other end is gone."""
    length = stream.read(8)
    if len(length) < 8:  # noqa: PLR2004 - the length's own
        return None
    head = _read(stream, int.from_bytes(length, "big"))
    if head is None:
        return None
    header: dict[str, Any] = json.loads(head)
    parts = [_read(stream, size) for size in header.pop("parts")]
    return None if None in parts else (header, [part for part in parts if part is not None])


def _read(stream: IO[bytes], size: int) -> bytes | None:
    if size > LARGEST:
        return None
    read = stream.read(size)
    return read if len(read) == size else None
