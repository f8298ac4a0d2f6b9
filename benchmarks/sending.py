"""Sending: the whole protocol (claim, permission, call, result) against bare calls of boto3.

Both make the same calls of fifty with the same bodies to an endpoint on loopback that answers at
once. The bare loop is botocore as it comes; the protocol's ledger is on the disk, every commit
synced. Figures are ratios of one run, the median of several turns taken in turn.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import boto3
import pandas as pd
from botocore.config import Config

from cardletter import workspace
from cardletter.delivery.people import People
from cardletter.delivery.post import Post
from cardletter.delivery.ses import Ses
from cardletter.delivery.transports import Batch
from cardletter.ledger import Claim, Ledger, Planned, now
from cardletter.links import keyed_hash
from cardletter.settings import load

PAGE = 66_000
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "nothing"}
SETTINGS = """
[tool.cardletter]
transport = "ses"
assets_url = "https://larkfield.example/pictures"
preferences_url = "https://larkfield.example/preferences"
unsubscribe_url = "https://larkfield.example/unsubscribe"
[tool.cardletter.ses]
region = "eu-west-1"
configuration_set = "letters"
connections = 1
"""


def main() -> None:
    """Print messages a second, a second of CPU, and both as ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=20_000)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--senders", type=int, default=1)
    parser.add_argument("--ledger", default="", help="A database's URL; empty: SQLite.")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, _endpoint() as url:
        os.environ |= CREDENTIALS | {"CARDLETTER_SES__ENDPOINT_URL": url}
        house = House(Path(name), url, asked.members, asked.ledger)
        turns = [(house.bare(), house.protocol(asked.senders)) for _ in range(asked.turns)]
    names = ("bare boto3 loop", f"whole protocol, {asked.senders} sender(s)")
    for column, what in enumerate(names):
        wall = statistics.median(turn[column][0] for turn in turns)
        cpu = statistics.median(turn[column][1] for turn in turns)
        print(
            f"{what:32} {asked.members / wall:>10,.0f} messages a second"
            f" {asked.members / cpu:>10,.0f} a second of CPU"
        )
    for place, what in enumerate(("messages a second", "messages a second of CPU")):
        ratio = statistics.median(turn[0][place] / turn[1][place] for turn in turns)
        print(f"protocol : bare, {what}: {ratio:.2f}")


class House:
    """A project with one letter, and members who said yes."""

    def __init__(self, folder: Path, url: str, members: int, ledger: str) -> None:
        """Make everything that is not measured."""
        (folder / "pyproject.toml").write_text(SETTINGS)
        if ledger:
            os.environ["CARDLETTER_LEDGER_URL"] = ledger
        self.url, self.turn = url, 0
        self.desk = workspace.open_edition("b0", folder)
        self.settings = load(folder)
        self.members = [f"m{number:07d}" for number in range(members)]
        frame = pd.DataFrame({"member_id": self.members}).assign(first_name="Ada")
        frame["email"] = frame["member_id"] + "@mail.example.org"
        self.people = People(frame)
        arms = frame[["member_id"]].assign(arm="")
        arms.to_parquet(self.desk.file("assignments.parquet"))
        fields = "{{greeting}} {{unsubscribe_url}} {{preferences_url}}"
        page = f"<p>{fields}</p>" + "<td>A line of the letter.</td>\n" * (PAGE // 31)
        for name, text in {
            "subject.txt": "A letter",
            "index.html": page,
            "text.txt": fields,
        }.items():
            self.desk.file("variants", "v1", name).write_text(text)
        yes = frame[["member_id"]].assign(purpose="newsletter", state="granted", source="")
        yes = yes.assign(method="web_form", wording="Yes.", jurisdiction="GB", evidence="")
        self.desk.ledger.record_consents([yes.assign(occurred_at=pd.Timestamp("2025-01-01"))])

    def bare(self) -> tuple[float, float]:
        """Give wall and CPU seconds of the bare loop, its bodies made before."""
        post = self.post()
        requests = []
        for claim in self._claims(post):
            recipients, _ = post.addressing.of(claim)
            letter = post.letters.of(claim.variant_id)
            batch = Batch(letter, recipients, tracked=False, until=claim.lease_until)
            requests.append(ses(post).requests.bulk(batch, recipients))
        client = boto3.client(
            "sesv2",
            endpoint_url=self.url,
            region_name="eu-west-1",
            config=Config(retries={"total_max_attempts": 1}),
        )
        client.send_bulk_email(**requests[0])

        def loop() -> None:
            for request in requests:
                client.send_bulk_email(**request)

        return _timed(loop)

    def transport(self, connections: int = 1) -> Ses:
        """Give a transport to the endpoint."""
        own = {"endpoint_url": self.url, "connections": connections}
        return Ses(self.settings.ses.model_copy(update=own), "a@b.example")

    def post(self, size: int = 50, connections: int = 1) -> Post:
        """Plan an edition for everybody, and give what will send it."""
        self.turn += 1
        desk = replace(self.desk, edition=f"b{self.turn}")
        ledger, links = desk.ledger, desk.links
        ledger.plan(desk.edition, "plan", "ses", not_after=now() + timedelta(days=1))
        ledger.plan_sends(
            desk.edition,
            (
                Planned(
                    member,
                    keyed_hash("k", "message", f"{desk.edition}/{member}")[:24],
                    "v1",
                    1,
                    links.address_key(f"{member}@mail.example.org"),
                    marketing=True,
                    tracked=False,
                )
                for member in self.members
            ),
            size,
        )
        post = Post(desk, self.transport(connections), self.people, threading.Event())
        post.letters.of("v1")
        post.epoch = ledger.begin_sending(desk.edition)
        return post

    def _claims(self, post: Post) -> Iterator[Claim]:
        while isinstance(claim := post.ledger.claim(post.edition, post.epoch, post.lease), Claim):
            yield claim

    def protocol(self, senders: int) -> tuple[float, float]:
        """Give wall and CPU seconds of sending it all, by so many processes."""
        post = self.post()
        if senders == 1:
            return _timed(lambda: post.work(len(self.members)))
        post.ledger.engine.dispose()

        def all_of_them() -> None:
            children = []
            for _ in range(senders):
                child = os.fork()
                if not child:
                    own = replace_ledger(post)
                    own.work(len(self.members))
                    os._exit(0)
                children.append(child)
            for child in children:
                os.waitpid(child, 0)

        return _timed(all_of_them)


def ses(post: Post) -> Ses:
    """Give the transport of a post."""
    assert isinstance(post.transport, Ses)
    return post.transport


def replace_ledger(post: Post) -> Post:
    """Give the post of a process of its own: another ledger connection, another number."""
    post.ledger = Ledger(post.ledger.url)
    post.epoch = post.ledger.begin_sending(post.edition)
    return post


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, before = time.perf_counter(), os.times()
    work()
    after = os.times()
    cpu = sum(after[:4]) - sum(before[:4])
    return time.perf_counter() - wall, cpu


@contextmanager
def _endpoint() -> Iterator[str]:
    command = [sys.executable, "-m", "cardletter.rehearsal.quick"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
