"""What tests say to the stand-in for SES: clients, requests, and a stand-in in its own process."""

import contextlib
import json
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from cardletter.rehearsal import EventPath, Outcomes
from cardletter.rehearsal.standin import Standin

Client = Any  # boto3 makes its clients as it runs
Json = Any
Event = dict[str, Any]
SENDER = "The Larkfield Letter <letter@larkfield.example>"
SET = "letters"
PAGE = '<p>Dear {{name}}</p><a href="https://larkfield.example/{{ path }}">More</a>'
WORDS = "Dear {{name}}, more at https://larkfield.example/{{ path }}"
NO_TRACKING = {"OpenTrackingEnabled": "DISABLED", "ClickTrackingEnabled": "DISABLED"}


def client(
    url: str,
    service: str = "sesv2",
    *,
    read_timeout: float = 5,
    attempts: int = 1,
    checked: bool = True,
) -> Client:
    """Give a real client that repeats nothing by itself; close it in the end.

    Unchecked, it sends even what botocore would refuse by itself.
    """
    return boto3.client(
        service,
        endpoint_url=url,
        region_name="eu-west-1",
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="nothing",  # noqa: S106 - it opens nothing
        config=Config(
            retries={"mode": "standard", "total_max_attempts": attempts},
            connect_timeout=3,
            read_timeout=read_timeout,
            parameter_validation=checked,
            ignore_configured_endpoint_urls=True,
        ),
    )


@contextlib.contextmanager
def connected(url: str, service: str = "sesv2", **more: float) -> Iterator[Client]:
    made = client(url, service, **more)
    try:
        yield made
    finally:
        made.close()


def addresses(count: int, first: int = 0) -> list[str]:
    return [f"member{number}@example.com" for number in range(first, first + count)]


def entry(address: str, **data: str) -> dict[str, Any]:
    name = re.sub("[^A-Za-z0-9_-]", "_", address.partition("@")[0])
    return {
        "Destination": {"ToAddresses": [address]},
        "ReplacementTags": [{"Name": "message", "Value": name}],
        "ReplacementHeaders": [
            {"Name": "List-Unsubscribe", "Value": f"<https://larkfield.example/u/{name}>"}
        ],
        "ReplacementEmailContent": {
            "ReplacementTemplate": {"ReplacementTemplateData": json.dumps({"name": name} | data)}
        },
    }


def bulk(to: Sequence[str], edition: str = "2026-12", **more: object) -> dict[str, Any]:
    """Give a SendBulkEmail request, right in everything; `more` replaces members."""
    return {
        "FromEmailAddress": SENDER,
        "ConfigurationSetName": SET,
        "DefaultEmailTags": [{"Name": "edition", "Value": edition}],
        "DefaultContent": {
            "Template": {
                "TemplateContent": {
                    "Subject": "December for {{name}}",
                    "Html": PAGE,
                    "Text": WORDS,
                },
                "TemplateData": json.dumps({"path": "december"}),
                "Headers": [
                    {"Name": "List-Unsubscribe-Post", "Value": "List-Unsubscribe=One-Click"}
                ],
            }
        },
        "BulkEmailEntries": [entry(address) for address in to],
    } | more


def simple(to: str, **more: object) -> dict[str, Any]:
    """Give a SendEmail request with simple content."""
    body = {"Html": {"Data": "<p>Hello</p>"}, "Text": {"Data": "Hello"}}
    return {
        "FromEmailAddress": SENDER,
        "ConfigurationSetName": SET,
        "Destination": {"ToAddresses": [to]},
        "Content": {"Simple": {"Subject": {"Data": "Hello"}, "Body": body}},
        "EmailTags": [{"Name": "edition", "Value": "2026-12"}],
    } | more


def told(
    outcomes: Outcomes,
    to: list[str],
    path: EventPath | None = None,
    *,
    suppressed: dict[str, str] | None = None,
    seed: int = 7,
    **more: object,
) -> list[Event]:
    """Give the events of one call."""
    found: list[Event] = []
    standin = Standin(seed=seed, outcomes=outcomes, path=path or EventPath(), on_event=found.append)
    standin.account.suppressed = suppressed or {}
    with standin, connected(standin.url) as ses:
        ses.send_bulk_email(**bulk(to, **more))
        standin.hurry()
    return found


def kinds(events: list[Event]) -> list[str]:
    return [event["eventType"] for event in events]


def about(event: Event) -> tuple[str, str]:
    return event["mail"]["destination"][0], event["eventType"]


@contextlib.contextmanager
def process(*options: str | Path, module: str = "standin") -> Iterator[tuple[str, Any]]:
    """Start a stand-in in its own process; give its URL and the process. Stops by SIGTERM."""
    command = [sys.executable, "-m", f"cardletter.rehearsal.{module}", *map(str, options)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as made:
        assert made.stdout is not None
        try:
            yield made.stdout.readline().strip(), made
        finally:
            made.send_signal(signal.SIGTERM)
            made.wait(10)


def ask(url: str, what: str, say: object = None) -> Json:
    """Read behind the control door; or say something to it, when there is something to say."""
    body = None if say is None else json.dumps(say).encode()
    with urllib.request.urlopen(f"{url}/_standin/{what}", body, timeout=5) as answer:  # noqa: S310
        return json.load(answer)
