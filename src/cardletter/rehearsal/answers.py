"""Answers: what the server says, and in which manner it fails to say it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from cardletter.rehearsal.fields import Json
from cardletter.rehearsal.refusals import RefusedError

PLAIN, HANG, RESET, HALF, TORN = "answered", "hung", "reset", "half", "torn"


@dataclass
class Request:
    """What the server was asked."""

    method: str
    path: str
    """Without the query, not decoded."""
    query: str
    headers: Mapping[str, str]
    """By names in lower case."""
    body: bytes


@dataclass
class Answer:
    """What is answered, and how."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    manner: str = PLAIN
    wait: float = 0.0
    """Seconds before answering, or of hanging."""


def said(value: Json, status: int = 200) -> Answer:
    """Answer with JSON."""
    return Answer(status, json.dumps(value).encode())


def refused(error: RefusedError) -> Answer:
    """Answer with an error, as the REST-JSON protocol has it."""
    answer = said({"message": error.message}, error.status)
    answer.headers["x-amzn-ErrorType"] = error.code
    return answer
