"""The little project, ready to be sent through SES: to the stand-in, never to Amazon's own."""

import functools
import json
import shutil
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

import pytest

import little
from cardletter import workspace
from cardletter.rehearsal import Faults
from cardletter.rehearsal.standin import Standin
from cardletter.workspace import Workspace

EXTRA = """
approval.demand = "never"
assets_url = "https://larkfield.example/pictures"
transport = "ses"

[tool.cardletter.ses]
region = "eu-west-1"
configuration_set = "letters"
"""
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "nothing",
    "AWS_EC2_METADATA_DISABLED": "true",
}
QUICK = {
    "CARDLETTER_SES__CONNECT_TIMEOUT": "1",
    "CARDLETTER_SES__READ_TIMEOUT": "1",
    "CARDLETTER_SES__LEASE": "2.5",
    "CARDLETTER_SES__RELEASE_AFTER": "0",
    "CARDLETTER_SES__CONNECTIONS": "1",
}


def frozen(factory: pytest.TempPathFactory) -> Path:
    """Give the project with its edition frozen for SES, made once; tests use copies of it."""
    return make(factory.getbasetemp() / "posted")


@functools.cache
def make(folder: Path) -> Path:
    little.unpack(folder)
    file = folder / "pyproject.toml"
    file.write_text(with_ses(file.read_text("utf-8")), encoding="utf-8")
    little.freeze(folder)
    return folder


def with_ses(settings: str) -> str:
    return settings.replace('transport = "outbox"\n', "") + EXTRA


def copy(project: Path, to: Path) -> Path:
    return shutil.copytree(project, to)


def environment(url: str, **more: str) -> dict[str, str]:
    """Give the variables with which a project is sent to a stand-in."""
    own = {f"CARDLETTER_SES__{name.upper()}": value for name, value in more.items()}
    return {**CREDENTIALS, **QUICK, "CARDLETTER_SES__ENDPOINT_URL": url, **own}


@contextmanager
def sent_to(
    standin: Standin, patched: pytest.MonkeyPatch, **more: str
) -> Iterator[Mapping[str, str]]:
    """Let what is sent inside the block go to a stand-in."""
    values = environment(standin.url, **more)
    with patched.context() as context:
        for name, value in values.items():
            context.setenv(name, value)
        yield values


def open_desk(project: Path) -> Workspace:
    return workspace.open_edition(little.EDITION, project)


def say(url: str, what: str, body: object) -> None:
    """Say something to a stand-in by its control door."""
    told = json.dumps(body).encode()
    with urllib.request.urlopen(f"{url}/_standin/{what}", told, timeout=10):  # noqa: S310
        pass


def hurry(url: str) -> None:
    """Bring all events that are on their way."""
    say(url, "hurry", {})


def calm(url: str) -> None:
    """Let nothing go wrong any more."""
    quiet = [each.name for each in fields(Faults)]
    say(url, "faults", {name: (0.0, 0.0) if name == "latency" else 0.0 for name in quiet})


def upset(url: str, faults: Mapping[str, object]) -> None:
    """Let things go wrong again."""
    say(url, "faults", faults)
