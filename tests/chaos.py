"""Kill tests: senders die, sleep and race, the stand-in misbehaves, members say no; then count.

A world is one edition for some hundred members and its own ledger. Senders are real processes that
run the real post against the real stand-in; they are killed at every named point and at random
moments until all is sent. What the stand-in accepted, by its own log, is the truth.

`python tests/chaos.py --kills 10000` prints the figures; `make chaos` does that.
"""

import argparse
import contextlib
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import text

import posting
from cardletter import crashpoints
from cardletter.content import read_variants
from cardletter.crashpoints import POINTS
from cardletter.delivery.people import People
from cardletter.delivery.planning import begin
from cardletter.delivery.post import Post
from cardletter.delivery.sending import _send_all
from cardletter.delivery.ses import Ses
from cardletter.errors import PausedError
from cardletter.feedback.inbox import take_in
from cardletter.ledger import Ledger, Planned, now
from cardletter.rehearsal import Log, read_log
from cardletter.settings import load
from cardletter.workspace import Workspace

MEMBERS, SIZE = 160, 2
LEASE = 0.9
CONNECTIONS = (1, 2, 4)
MET = tuple(point for point in POINTS if "planning" not in point and "settling" not in point)
"""The points that a sender comes to whose plan is made."""

FAULTS = {
    **dict.fromkeys(("throttle", "unavailable", "reset_before", "reset", "half", "torn"), 0.01),
    **dict.fromkeys(("error_500", "error_503", "empty", "no_ids", "fewer", "hang"), 0.01),
    **dict.fromkeys(("transient", "account_throttled"), 0.01),
    "hang_seconds": 0.6,
}
"""A seventh of all calls meets one."""

OUTCOMES = {"no_email": 0.02, "full": 0.02, "complained": 0.02}
PATH = {"doubled": 0.2, "disordered": 0.2}
OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND datname = current_database()
"""
SETTINGS = {
    "CONNECT_TIMEOUT": "0.4",
    "READ_TIMEOUT": "0.4",
    "LEASE": str(LEASE),
    "RELEASE_AFTER": "0",
    "BATCH": str(SIZE),
}


class BrokenError(Exception):
    """A promise was broken: which, in which world."""


@dataclass
class Figures:
    """What was done and found, over all worlds."""

    worlds: int = 0
    kills: int = 0
    naps: int = 0
    cuts: int = 0
    """Senders cut off from the database."""
    points: Counter[str] = field(default_factory=Counter)
    accepted: int = 0
    calls: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    unknown: int = 0
    settled: int = 0
    released: int = 0
    withdrawn: int = 0
    twice: int = 0
    lost: int = 0
    late: int = 0
    seconds: float = 0.0

    def told(self) -> Iterator[str]:
        """Give them line by line."""
        yield f"{self.worlds:,} editions of {MEMBERS} members, {self.seconds:,.0f} s"
        yield f"{self.kills:,} senders killed, {self.naps:,} put to sleep past their lease"
        if self.cuts:
            yield f"{self.cuts:,} cut off from the database"
        yield "killed at: " + ", ".join(f"{name} {n:,}" for name, n in sorted(self.points.items()))
        yield "faults met: " + ", ".join(f"{name} {n:,}" for name, n in sorted(self.faults.items()))
        yield f"{self.calls:,} calls, {self.accepted:,} messages accepted"
        yield f"{self.unknown:,} in doubt; {self.settled:,} settled by events"
        yield f"{self.released:,} released, {self.withdrawn:,} withdrawals while sending"
        yield f"accepted twice: {self.twice}; lost: {self.lost}; sent after a no: {self.late}"


@dataclass
class House:
    """What all worlds share: the project, and a stand-in in a process of its own."""

    project: Path
    room: Path
    url: str
    transports: dict[int, Ses] = field(default_factory=dict)
    """By connections: made before any sender is begun, and used by none but senders."""
    ledgers: str = ""
    """A PostgreSQL database that worlds share; empty: a SQLite file each."""

    @property
    def log(self) -> Path:
        """The accept log."""
        return self.room / "accepted.jsonl"

    @property
    def events(self) -> Path:
        """The events."""
        return self.room / "events.jsonl"


@contextlib.contextmanager
def open_house(project: Path, room: Path, *, seed: int, ledgers: str = "") -> Iterator[House]:
    """Start the stand-in, and let the project's mail go there."""
    house = House(project, room, "", ledgers=ledgers)
    command = [
        *(sys.executable, "-m", "cardletter.rehearsal.standin", "--forget", "--seed", str(seed)),
        *("--log", str(house.log), "--events", str(house.events)),
        *("--faults", json.dumps(FAULTS), "--outcomes", json.dumps(OUTCOMES)),
        *("--path", json.dumps(PATH)),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        house.url = process.stdout.readline().strip()
        before = dict(os.environ)
        os.environ.update(posting.environment(house.url, **SETTINGS))
        settings = load(project)
        for count in CONNECTIONS:
            # The stand-in itself cuts off what hangs: a busy machine makes no doubts of its own.
            own = settings.ses.model_copy(update={"connections": count, "read_timeout": 30.0})
            house.transports[count] = Ses(own, settings.sender)
        try:
            yield house
        finally:
            os.environ.clear()
            os.environ.update(before)
            process.terminate()


class World:
    """One edition, and all that befalls it; everything follows from the seed but the timing."""

    def __init__(self, house: House, seed: int, figures: Figures, size: int = SIZE) -> None:
        """Plan the edition for everybody, in calls of a size."""
        self.house, self.seed, self.figures = house, seed, figures
        self.chance = random.Random(seed)  # noqa: S311 - not secrets
        self.edition = f"w{seed}"
        os.environ["CARDLETTER_LEDGER_URL"] = self.url
        made = posting.open_desk(house.project)
        variants = sorted(variant.variant_id for variant in read_variants(made))
        self.desk: Workspace = replace(made, edition=self.edition)
        self.members = [f"{self.edition}-{number}" for number in range(MEMBERS)]
        self.no: dict[str, Any] = {}
        """Who withdrew -> when that was committed."""
        self.begun = house.log.stat().st_size if house.log.exists() else 0
        self.told = house.events.stat().st_size if house.events.exists() else 0
        frame = pd.DataFrame({"member_id": self.members})
        frame["email"], frame["first_name"] = frame["member_id"] + "@mail.example.org", "Ada"
        self.people = People(frame)
        self._plan(variants, size)

    @property
    def url(self) -> str:
        """The ledger's."""
        return self.house.ledgers or f"sqlite:///{self.house.room / f'{self.edition}.db'}"

    def _plan(self, variants: Sequence[str], size: int) -> None:
        with self.ledger() as ledger:
            yes = pd.DataFrame({"member_id": self.members}).assign(
                purpose="newsletter", state="granted", occurred_at=pd.Timestamp("2025-01-01")
            )
            yes = yes.assign(method="web_form", wording="Yes.", source="", evidence="")
            ledger.record_consents([yes.assign(jurisdiction="GB")])
            ledger.plan(self.edition, "plan", "ses", not_after=now() + timedelta(days=1))
            planned = (
                Planned(
                    *(member, hashlib.sha256(member.encode()).hexdigest()[:24]),
                    *(variants[number % len(variants)], 1),
                    *(self.desk.links.address_key(f"{member}@mail.example.org"), True, False),
                )
                for number, member in enumerate(self.members)
            )
            ledger.plan_sends(self.edition, planned, size)

    @contextlib.contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """Open the ledger in this process; nothing of it is open when a sender is begun."""
        ledger = Ledger(self.url)
        try:
            yield ledger
        finally:
            ledger.engine.dispose()

    def live(self, kills: int) -> None:
        """Kill senders until so many died, then let the last ones finish; hold the promise."""
        for _ in range(kills):
            if self._left() == 0:
                break
            self.chance.choice((self._at_some_point, self._at_some_point, self._at_any_moment))()
            if self.chance.random() < 0.3:
                self._say_no()
            if self.chance.random() < 0.03:
                self._nap()
            if self.chance.random() < 0.1:
                self._race()
            if self.house.ledgers and self.chance.random() < 0.1:
                self._cut()
        self._finish()
        self._hold()

    def die_at(self, point: str, hit: int) -> bool:
        """Kill one sender at a point, if it comes there so often; then hold the promise."""
        before = self.figures.kills
        self._at_a_point(point, hit)
        self._finish()
        self._hold()
        return self.figures.kills > before

    def live_through(self, disaster: Callable[[], None], times: int) -> None:
        """Let a disaster happen while a sender is at work, so many times; hold the promise."""
        for _ in range(times):
            had, child = self._log().posts(), self._sender()
            while self._log().posts() < had + 3:
                time.sleep(0.02)
            disaster()
            os.waitpid(child, 0)
        self._finish()
        self._hold()

    # What befalls senders

    def _at_some_point(self) -> None:
        self._at_a_point(self.chance.choice(MET), self.chance.randint(1, 2))

    def _at_a_point(self, point: str, hit: int) -> None:
        child = self._sender(f"{point}:{hit}")
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            self.figures.kills += 1
            self.figures.points[point] += 1

    def _at_any_moment(self) -> None:
        child = self._sender()
        time.sleep(self.chance.uniform(0.0, 0.06))
        self._kill(child)

    def _race(self) -> None:
        """Let two to four senders run at once; kill them one after the other."""
        children = [self._sender() for _ in range(self.chance.randint(2, 4))]
        for child in children:
            time.sleep(self.chance.uniform(0.0, 0.05))
            self._kill(child)

    def _nap(self) -> None:
        """Put a sender to sleep until its lease is over and another has gone on; then wake it."""
        child = self._sender()
        time.sleep(self.chance.uniform(0.02, 0.08))
        os.kill(child, signal.SIGSTOP)
        _, status = os.waitpid(child, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            return  # it had done already
        other = self._sender()
        time.sleep(LEASE)
        # It may have fallen asleep while it wrote: then nobody can write until it wakes.
        settler = self._forked(self._expire)
        settled = self._ended(settler, seconds=2)
        os.kill(child, signal.SIGCONT)
        if not settled:
            os.waitpid(settler, 0)
        self._kill(other)
        time.sleep(self.chance.uniform(0.0, 0.1))
        self._kill(child)
        self.figures.naps += 1

    def _ended(self, child: int, *, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if os.waitpid(child, os.WNOHANG)[0]:
                return True
            time.sleep(0.02)
        return False

    def _say_no(self) -> None:
        member = self.chance.choice(self.members)
        if member in self.no:
            return
        with self.ledger() as ledger:
            row = {"member_id": member, "purpose": "newsletter", "state": "withdrawn"}
            row |= {"occurred_at": pd.Timestamp("2025-06-01"), "method": "web_form", "wording": ""}
            row |= {"source": "chaos", "jurisdiction": "", "evidence": ""}
            ledger.record_consents([pd.DataFrame([row])])
        self.no[member] = now()
        self.figures.withdrawn += 1

    def _kill(self, child: int) -> None:
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            self.figures.kills += 1
            self.figures.points["any moment"] += 1

    def _cut(self) -> None:
        """Cut a sender off from the database, as its restart does."""
        child = self._sender()
        time.sleep(self.chance.uniform(0.02, 0.1))
        with self.ledger() as ledger, ledger.engine.connect() as connection:
            connection.execute(text(OTHERS))
        os.waitpid(child, 0)
        self.figures.cuts += 1

    def _expire(self) -> None:
        with self.ledger() as ledger:
            ledger.expire(self.edition, repeatable=False)

    def _sender(self, crash: str = "") -> int:
        """Begin a sender in a process of its own; give its id."""
        transport = self.house.transports[self.chance.choice(CONNECTIONS)]
        return self._forked(lambda: self._send(transport), crash)

    def _forked(self, work: Callable[[], None], crash: str = "") -> int:
        child = os.fork()
        if child:
            return child
        code = 1
        try:
            crashpoints.arm(crash)
            work()
            code = 0
        except PausedError:
            code = 0
        except Exception:  # noqa: BLE001 - a child must not go on as its parent
            traceback.print_exc()
        finally:
            os._exit(code)

    def _send(self, transport: Ses) -> None:
        post = Post(self.desk, transport, self.people, threading.Event())
        post.epoch = begin(self.desk)
        _send_all(post, MEMBERS)

    # What must hold

    def _left(self) -> int:
        with self.ledger() as ledger:
            known = ledger.edition(self.edition) or {}
            if known["paused"]:  # five doubts in a row: an operator looks, and lets it go on
                ledger.resume(self.edition, "chaos", "")
            return ledger.next_size(self.edition)

    def _finish(self) -> None:
        """Let senders finish that nobody kills."""
        deadline = time.monotonic() + 240
        while self._left() or self._on_their_way():
            if time.monotonic() > deadline:
                with self.ledger() as ledger:
                    left = [ledger.calls(self.edition), ledger.edition(self.edition)]
                raise BrokenError(f"world {self.seed} does not come to an end: {left}")
            os.waitpid(self._sender(), 0)

    def _on_their_way(self) -> bool:
        with self.ledger() as ledger:
            return ledger.leased(self.edition) is not None

    def _log(self) -> Log:
        """Give what the stand-in says of this world alone."""
        part = self.house.room / f"{self.edition}.jsonl"
        with self.house.log.open("rb") as log:
            log.seek(self.begun)
            part.write_bytes(log.read())
        found = read_log(part)
        part.unlink()
        return found

    def _hold(self) -> None:
        log = self._log()
        accepted = {each.message: each for each in log.accepted}
        with self.ledger() as ledger:
            sends = ledger.sends(self.edition)
            self._each_once(log)
            self._nobody_lost(sends, set(accepted))
            self._no_is_no(sends, set(accepted))
            doubts = set(sends.loc[sends["state"] == "unknown", "message_id"])
            self._doubts_are_real(ledger, log)
        self._settle(doubts, set(accepted))
        self._release()
        self.figures.worlds += 1
        self.figures.accepted += len(self._log().accepted)
        self.figures.calls += log.posts()
        self.figures.unknown += len(doubts)
        self.figures.faults.update(call.fault for call in log.calls if call.fault)

    def _each_once(self, log: Log) -> None:
        twice = [message for message, copies in log.copies().items() if copies > 1]
        self.figures.twice += len(twice)
        self._promise(not twice, f"{len(twice)} members were sent two")

    def _nobody_lost(self, sends: pd.DataFrame, accepted: set[str]) -> None:
        self._promise(len(sends) == MEMBERS, "members are missing in the ledger")
        states = dict(zip(sends["message_id"], sends["state"], strict=True))
        self._promise(
            set(states.values()) <= {"sent", "unknown", "refused"},
            f"states are left open: {Counter(states.values())}",
        )
        lost = [m for m, state in states.items() if state == "sent" and m not in accepted]
        wrong = [m for m in accepted if states[m] not in ("sent", "unknown")]
        self.figures.lost += len(lost)
        self._promise(not lost, f"{len(lost)} members are said to be sent to who were not")
        self._promise(not wrong, f"{len(wrong)} were accepted and are not accounted for")

    def _no_is_no(self, sends: pd.DataFrame, accepted: set[str]) -> None:
        """See that nobody's call was claimed after their no was committed."""
        rows = sends.set_index("member_id")
        late = [
            member
            for member, moment in self.no.items()
            if rows.loc[member, "message_id"] in accepted
            and pd.Timestamp(rows.loc[member, "claimed_at"]) > pd.Timestamp(moment)
        ]
        self.figures.late += len(late)
        self._promise(not late, f"{len(late)} were sent to after they said no")

    def _doubts_are_real(self, ledger: Ledger, log: Log) -> None:
        """See that no call is in doubt without a death, or an answer that says nothing."""
        calls = ledger.calls(self.edition)
        unknown = {row["code"]: row["calls"] for row in calls if row["state"] == "unknown"}
        unanswered = sum(count for code, count in unknown.items() if code != "sender_died")
        vague = sum(bool(call.fault) and call.fault not in CLEAR for call in log.calls)
        self._promise(
            unanswered <= vague, f"{unanswered} calls are in doubt, {vague} answers were vague"
        )

    def _settle(self, doubts: set[str], accepted: set[str]) -> None:
        """Take in all events, in whatever order they came: the accepted are known then."""
        told = self.house.room / f"{self.edition}-events.jsonl"
        posting.hurry(self.house.url)
        with self.house.events.open("rb") as events:
            events.seek(self.told)
            told.write_bytes(events.read())
        take_in(self.desk, told)
        self.desk.ledger.engine.dispose()  # senders are begun after this
        told.unlink()
        with self.ledger() as ledger:
            sends = ledger.sends(self.edition)
        unknown = set(sends.loc[sends["state"] == "unknown", "message_id"])
        self.figures.settled += len(doubts) - len(unknown)
        self._promise(unknown == doubts - accepted, "events have not settled the doubts")
        sent = set(sends.loc[sends["state"] == "sent", "message_id"])
        self._promise(sent == accepted, "the ledger and the accept log differ")

    def _release(self) -> None:
        """Release what is left in doubt: then everybody has had one, or said no."""
        with self.ledger() as ledger:
            moment = now() + timedelta(seconds=1)
            self.figures.released += ledger.release(self.edition, "chaos", "", ended_before=moment)
        posting.calm(self.house.url)
        self._finish()
        posting.upset(self.house.url, FAULTS)
        log = self._log()
        self._each_once(log)
        with self.ledger() as ledger:
            states = ledger.sends(self.edition)["state"].value_counts().to_dict()
            barred = ledger.suppressed() | set(self.no)
        self._promise(
            states.get("sent", 0) + states.get("refused", 0) == MEMBERS,
            f"after the release some are open: {states}",
        )
        had = {each.message for each in log.accepted}
        self._promise(
            len(had) == states["sent"] and MEMBERS - len(had) <= len(barred),
            "somebody who may get it has had none",
        )

    def _promise(self, kept: bool, what: str) -> None:
        if not kept:
            raise BrokenError(f"world {self.seed}: {what}")


CLEAR = ("throttle", "transient", "account_throttled", "failed", "paused", "suspended")
"""Faults of which the sender hears clearly what was not taken."""


def run(house: House, *, kills: int, seed: int, figures: Figures | None = None) -> Figures:
    """Live through worlds until so many senders were killed.

    Raises:
        BrokenError: a promise was broken.
    """
    figures = figures or Figures()
    began, number = time.monotonic(), 0
    while figures.kills < kills:
        World(house, seed + number, figures).live(200)
        number += 1
    figures.seconds = time.monotonic() - began
    return figures


def main() -> None:
    """Kill so many senders, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="cardletter-chaos-") as name:
        room = Path(name)
        project = posting.make(room / "letter")
        with open_house(project, room, seed=asked.seed) as house:
            figures = run(house, kills=asked.kills, seed=asked.seed)
    print("\n".join(figures.told()))


if __name__ == "__main__":
    main()
