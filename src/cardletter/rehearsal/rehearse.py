"""The dress rehearsal: a whole edition, really sent, but to the stand-in and from a copy.

The edition's folder and what the ledger says of permission are copied beside the workspace, sent
from there to a stand-in in a process of its own, and thrown away; nothing of it reaches the ledger.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert, select

from cardletter import delivery, feedback, permission
from cardletter.delivery.account import LARGEST, call_size
from cardletter.delivery.sending import settle
from cardletter.errors import EditionError, PausedError
from cardletter.feedback import Accounts
from cardletter.ledger import Ledger, open_ledger
from cardletter.ledger.schema import (
    ERASURES,
    IMPORTS,
    KEYS,
    PREFERENCES,
    STANDING,
    SUPPRESSIONS,
)
from cardletter.links import KEY
from cardletter.permission import read_receipts
from cardletter.rehearsal.acceptlog import read_log
from cardletter.rehearsal.faults import ENTRY_KINDS, KINDS
from cardletter.templates import PICTURES
from cardletter.workspace import Workspace, begin

NEEDED = (STANDING, SUPPRESSIONS, PREFERENCES, ERASURES, KEYS, IMPORTS)
"""What permission is judged by."""

PRICE = 0.10
"""US dollars for a thousand messages through Amazon SES, without data and extras."""

MOST_PAUSES = 1_000
"""Times that a rehearsal is let go on."""

HANG = 2.0
"""Seconds that a call hangs which nobody answers, so that a rehearsal does not wait for long."""

ROWS = 20_000
ACCEPTED, EVENTS = "accepted.jsonl", "events.jsonl"
MOST_FAULTS = 0.06
"""The largest share of each kind of fault: with all kinds, some calls have to meet none."""


@dataclass(frozen=True)
class Rehearsal:
    """How an edition is rehearsed."""

    rate: float
    """Messages a second that the account may send."""
    faults: float = 0.0
    """Share of calls that meet each kind of fault."""
    paced: bool = False
    """Whether the rate is kept to, rather than only reckoned with."""
    seed: int = 7


@dataclass(frozen=True)
class Rehearsed:
    """What came of a rehearsal."""

    accounts: Accounts
    rehearsal: Rehearsal
    seconds: float
    calls: int
    accepted: int
    twice: int
    """Messages that were taken more than once: none, or something is very wrong."""
    doubtful: int
    """Members in doubt, before what was reported was taken in."""
    pauses: int
    """Times that it paused itself, and was let go on."""
    memory: int
    """Most bytes of the sender, ever."""

    def told(self) -> Iterator[tuple[str, str]]:
        """Give it line by line, as people read it."""
        rate = self.rehearsal.rate
        lasts = timedelta(seconds=round(self.accepted / rate))
        yield "at your rate", f"{lasts}, at {rate:,.0f} messages a second"
        yield "cost", f"{self.accepted / 1000 * PRICE:,.2f} US dollars, at {PRICE:.2f} a thousand"
        yield "calls", f"{self.calls:,}, of {self.accepted / max(self.calls, 1):.1f} messages each"
        yield "taken twice", f"{self.twice:,}"
        settled = self.doubtful - self.accounts.unknown
        yield "in doubt", f"{self.doubtful:,}, of which {settled:,} were settled by events"
        if self.accounts.unknown:
            yield (
                "left in doubt",
                f"{self.accounts.unknown:,}, most likely never sent: see `release`",
            )
        if self.pauses:
            yield "paused itself", f"{self.pauses:,} times, and was let go on"
        here = self.accepted / max(self.seconds, 1e-3)
        yield "here it took", f"{self.seconds:.1f} s, {here:,.0f} messages a second"
        yield "memory", f"{self.memory / 2**20:,.0f} MB"


def rehearse(desk: Workspace, how: Rehearsal) -> Rehearsed:
    """Send an edition to a stand-in and give what came of it.

    Raises:
        EditionError: nothing of it is made yet.
    """
    if not desk.file("assignments.parquet").is_file():
        raise EditionError(f"Edition {desk.edition} is not made yet: `cardletter render` makes it.")
    with tempfile.TemporaryDirectory(prefix="cardletter-rehearsal-") as name:
        room = Path(name)
        copy = _copied(desk, room)
        size = call_size(how.rate, min(desk.settings.ses.batch, LARGEST))
        with _standin(room, how) as url, _through(url, room, how, size):
            began = time.perf_counter()
            copy = delivery.freeze(copy)
            permission.check(copy)
            pauses = _send_until_over(copy)
            seconds = time.perf_counter() - began
            doubtful = feedback.read_accounts(copy).unknown
            if (room / EVENTS).exists():
                feedback.take_in(copy, room / EVENTS)
                settle(copy, read_receipts(copy))
            accounts = feedback.read_accounts(copy)
        log = read_log(room / ACCEPTED)
        return Rehearsed(
            accounts=accounts,
            rehearsal=how,
            seconds=seconds,
            calls=log.posts(),
            accepted=len(log.accepted),
            twice=sum(count > 1 for count in log.copies().values()),
            doubtful=doubtful,
            pauses=pauses,
            memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        )


def _send_until_over(desk: Workspace) -> int:
    """Send, and go on whenever faults have paused the edition, as an operator would.

    Gives how often that was.
    """
    for pauses in range(MOST_PAUSES):
        try:
            delivery.send(desk)
        except PausedError:
            desk.ledger.resume(desk.edition, "rehearsal", "")
        else:
            return pauses
    return MOST_PAUSES  # the accounts say who is still waiting


def _copied(desk: Workspace, room: Path) -> Workspace:
    """Copy an edition's folder, and what the ledger says of permission."""
    root = room / "workspace"
    copy = begin(replace(desk, root=root, folder=root / "editions" / desk.edition))
    kept = shutil.ignore_patterns("outbox")
    shutil.copytree(desk.folder, copy.folder, ignore=kept, dirs_exist_ok=True)
    if (desk.private / KEY).exists():
        shutil.copy(desk.private / KEY, copy.private / KEY)
    for page in copy.folder.glob("variants/*/index.html"):
        text = page.read_text("utf-8")
        page.write_text(text.replace(PICTURES, "https://pictures.example/"), encoding="utf-8")
    _copy_ledger(desk.ledger, open_ledger(root))
    return copy


def _copy_ledger(old: Ledger, new: Ledger) -> None:
    for table in NEEDED:
        with old.engine.connect() as connection:
            rows = connection.execution_options(yield_per=ROWS).execute(select(table))
            for part in rows.mappings().partitions():
                with new.writing() as writing:
                    writing.execute(insert(table), [dict(row) for row in part])


@contextmanager
def _standin(room: Path, how: Rehearsal) -> Iterator[str]:
    shares = dict.fromkeys((*KINDS, *ENTRY_KINDS), how.faults)
    rate = how.rate if how.paced else 1e6
    command = [
        *(sys.executable, "-m", "cardletter.rehearsal.standin", "--forget"),
        *("--seed", str(how.seed), "--log", str(room / ACCEPTED)),
        *(["--events", str(room / EVENTS)] if how.faults else []),
        *("--faults", json.dumps(shares | {"hang_seconds": HANG})),
        *("--account", json.dumps({"max_send_rate": rate})),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@contextmanager
def _through(url: str, room: Path, how: Rehearsal, size: int) -> Iterator[None]:
    """Let the settings say, while the block lasts, that mail goes to the stand-in."""
    said: Mapping[str, str] = {
        "CARDLETTER_TRANSPORT": "ses",
        "CARDLETTER_WORKSPACE": str(room / "workspace"),
        "CARDLETTER_LEDGER_URL": f"sqlite:///{room / 'workspace/ledger.db'}",
        "CARDLETTER_ASSETS_URL": "https://pictures.example",
        "CARDLETTER_SES__ENDPOINT_URL": url,
        "CARDLETTER_SES__CONFIGURATION_SET": "rehearsal",
        "CARDLETTER_SES__BATCH": str(size),  # as at the true rate
        "CARDLETTER_SES__REGION": "eu-west-1",
        "CARDLETTER_APPROVAL__DEMAND": "never",  # nobody gets anything
        "AWS_ACCESS_KEY_ID": "rehearsal",
        "AWS_SECRET_ACCESS_KEY": "rehearsal",
    }
    if how.faults:
        # Such a call is cut off; a machine that is busy itself makes no doubts.
        said = {**said, "CARDLETTER_SES__READ_TIMEOUT": "20", "CARDLETTER_SES__LEASE": "30"}
    before = {name: os.environ.get(name) for name in said}
    os.environ.update(said)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
