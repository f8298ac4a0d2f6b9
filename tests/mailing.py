"""Letters for transports: one variant, members with names of all kinds, and an SES that takes them.

Nothing here is sent to Amazon: every transport asks a stand-in, or whatever URL it is given.
"""

import contextlib
import functools
import json
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSPreparedRequest

from cardletter.delivery.message import Letter, Recipient
from cardletter.delivery.ses import Ses
from cardletter.delivery.transports import Batch
from cardletter.ledger import now
from cardletter.rehearsal.standin import Standin
from cardletter.settings import Ses as Settings
from cardletter.templates import Rendered
from posting import CREDENTIALS

EDITION, SENDER = "2026-12", "The Larkfield Letter <letter@larkfield.example>"
SUBJECT = 'Tea & cake: <good> things for "Renée"'
PAGE = (
    "<html><body><p>{{greeting}}</p><p>Tea &amp; cake.</p>"
    '<a href="{{preferences_url}}">Choose</a> <a href="{{unsubscribe_url}}">Leave</a>'
    "</body></html>"
)
WORDS = "{{greeting}}\n\nTea & cake.\n\nChoose: {{preferences_url}}\nLeave: {{unsubscribe_url}}\n"
LETTER = Letter("v1", Rendered(SUBJECT, PAGE, WORDS), SENDER, Path("nowhere"))
NAMES = ("Zoë", "Ann & Bo <x>", "O'Brien", "美咲", 'Say "hi"', "Ada")
ONE_CLICK = "List-Unsubscribe=One-Click"
Client = Any


def address(number: int) -> str:
    return f"reader{number}@mail.larkfield.example"


def recipient(number: int = 0, **more: Any) -> Recipient:  # noqa: ANN401 - any part of it
    """Give a recipient that is right in everything; `more` replaces parts, or fields by name."""
    fields = {
        "greeting": f"Dear {NAMES[number % len(NAMES)]} no. {number},",
        "unsubscribe_url": f"https://larkfield.example/unsubscribe/u{number}.Token_1-x",
        "preferences_url": f"https://larkfield.example/preferences/p{number}.Token_1-x",
    }
    own = {
        "edition": EDITION,
        "member_id": f"m{number}",
        "message_id": f"id{number}",
        "address": address(number),
    }
    fields |= {name: more.pop(name) for name in list(more) if name in fields}
    return Recipient(**(own | {"fields": fields} | more))


def recipients(count: int) -> list[Recipient]:
    return [recipient(number) for number in range(count)]


def batch(
    to: Sequence[Recipient],
    letter: Letter = LETTER,
    *,
    tracked: bool = False,
    until: datetime | None = None,
    leave: Callable[[], None] = lambda: None,
) -> Batch:
    return Batch(letter, to, tracked, until or now() + timedelta(seconds=60), leave)


def settings(url: str, **more: float | str) -> Settings:
    quick = {"connect_timeout": 1.0, "read_timeout": 0.4, "connections": 1}
    own = {"region": "eu-west-1", "configuration_set": "letters", "endpoint_url": url}
    return Settings.model_validate(own | quick | more)


make_session = boto3.Session


@functools.cache
def session(region_name: str | None = None) -> boto3.Session:
    """Give a real session, made once: it reads the whole service model."""
    return make_session(region_name=region_name)


@contextlib.contextmanager
def opened(
    url: str, *, sender: str = SENDER, letters: Sequence[Letter] = (LETTER,), **more: float | str
) -> Iterator[Ses]:
    """Open the transport for some URL, its letters proved; its connections are closed after."""
    with pytest.MonkeyPatch.context() as patched:
        for name, value in CREDENTIALS.items():
            patched.setenv(name, value)
        patched.setattr(boto3, "Session", session)
        made = Ses(settings(url, **more), sender)
        try:
            for letter in letters:
                made.prove(letter, recipient())
            yield made
        finally:
            made.client.close()


Overheard = list[dict[str, Any]]


def overhear(ses: Ses) -> Overheard:
    """Give the list that the bodies of all further requests are put into."""
    bodies: Overheard = []

    def heard(request: AWSPreparedRequest, **_: object) -> None:
        if request.body:
            bodies.append(json.loads(request.body))

    # First of all: what stops a request after this would not be heard otherwise.
    ses.client.meta.events.register_first("before-send.sesv2", heard)
    return bodies


def mails(standin: Standin) -> dict[str, dict[str, Any]]:
    """Give the mails that were sent, by address; nobody has two."""
    found = {mail["to"][0]: mail for mail in standin.mails}
    assert len(found) == len(standin.mails)
    return found


def headers(mail: Mapping[str, Any]) -> dict[str, str]:
    return {name.lower(): value for name, value in mail["headers"].items()}


def eventually(true: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait until something is true; a test that waits in vain fails."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.02)


def spaced(text: str) -> str:
    """Give a text with its white space made one: line ends are the transport's own."""
    return re.sub(r"\s+", " ", text).strip()
