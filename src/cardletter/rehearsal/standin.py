"""The stand-in: Amazon SES on loopback, in a thread of a test or in a process of its own.

`python -m cardletter.rehearsal.standin --port 0 --seed 7 --faults reset=0.01,hang=0.01 --log FILE`
prints its URL, and serves until SIGTERM.
"""

import argparse
import asyncio
import json
import signal
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from cardletter.rehearsal.acceptlog import LogBook
from cardletter.rehearsal.account import Account
from cardletter.rehearsal.answers import Answer, Request
from cardletter.rehearsal.control import DOOR, controlled
from cardletter.rehearsal.fates import EventPath, Outcomes
from cardletter.rehearsal.faults import Chooser, Fault, Faults
from cardletter.rehearsal.fields import Json, made
from cardletter.rehearsal.sends import Desk
from cardletter.rehearsal.server import Server, Thread
from cardletter.rehearsal.ses import SENDS, Ses


@dataclass(kw_only=True)
class Standin:
    """A stand-in for SES; `with Standin(...) as standin` serves it at `standin.url`."""

    port: int = 0
    seed: int = 0
    account: Account = field(default_factory=Account)
    faults: Faults = field(default_factory=Faults)
    outcomes: Outcomes = field(default_factory=Outcomes)
    path: EventPath = field(default_factory=EventPath)
    log_file: Path | None = None
    keep_mails: bool = False

    def __post_init__(self) -> None:
        """Set up the desk; nothing is served yet."""
        self.log = LogBook(self.log_file)
        self.chooser = Chooser(self.faults, self.seed)
        self.desk = Desk(self.account, self.log, self.seed, keep_mails=self.keep_mails)
        self.ses = Ses(self.desk, self.chooser)
        self.server = Server(self.asked, self.port)
        self.thread: Thread | None = None
        self.broken: list[Exception] = []

    @property
    def url(self) -> str:
        """Give the endpoint_url for clients."""
        return self.server.url

    @property
    def mails(self) -> list[Json]:
        """Give the mails that were sent, when they are kept."""
        return self.desk.mails

    def script(self, *faults: Fault | str) -> None:
        """Say what the next sends meet, one each; "" is nothing. After these, it is by chance."""
        self.chooser.script.extend(
            fault if isinstance(fault, Fault) else Fault(fault) for fault in faults
        )

    def emit(self, *events: Json) -> None:
        """Send out events of one's own."""

    def counts(self) -> Json:
        """Count the sending calls, the accepted messages, and the calls by error and by fault."""
        calls = [call for call in self.log.calls if call.operation in SENDS]
        return {
            "posts": len(calls),
            "accepted": len(self.log.accepted),
            "errors": Counter(call.error for call in calls if call.error),
            "faults": Counter(call.fault for call in calls if call.fault),
        }

    async def asked(self, request: Request) -> Answer:
        """Answer a request, at whichever door it is."""
        if request.path.startswith(DOOR):
            return controlled(self, request)
        try:
            return self.ses.answer(request)
        except Exception as error:
            # A fault that nobody asked for must not pass for one of the scripted ones.
            self.broken.append(error)
            raise

    def start(self) -> Self:
        """Serve in a thread."""
        self.thread = Thread(self.server)
        return self

    def stop(self) -> None:
        """Stop serving, and close the files.

        Raises:
            ExceptionGroup: the stand-in itself broke down while it answered.
        """
        if self.thread is not None:
            self.thread.stop()
            self.thread = None
        self.log.close()
        if self.broken:
            raise ExceptionGroup("the stand-in broke down", self.broken)

    def __enter__(self) -> Self:
        """Serve."""
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop serving."""
        self.stop()


def main(words: Sequence[str] | None = None) -> None:
    """Serve in this process until SIGTERM or SIGINT."""
    asked = _parser().parse_args(words)
    standin = Standin(
        port=asked.port,
        seed=asked.seed,
        account=made(Account, asked.account),
        faults=made(Faults, asked.faults),
        outcomes=made(Outcomes, asked.outcomes),
        path=made(EventPath, asked.path),
        log_file=asked.log,
        keep_mails=asked.keep_mails,
    )
    asyncio.run(_serve(standin))
    standin.stop()


async def _serve(standin: Standin) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, standin.server.enough.set)

    def ready() -> None:
        sys.stdout.write(standin.url + "\n")
        sys.stdout.flush()

    await standin.server.run(ready)


def settings(words: str) -> Mapping[str, object]:
    """Read name=value pairs with commas between, or JSON; values are read as JSON if they are.

    Raises:
        ValueError: they are neither.
    """
    if words.startswith("{"):
        return dict(json.loads(words))
    return {
        name: json.loads(value) for name, value in (each.split("=") for each in words.split(","))
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m cardletter.rehearsal.standin")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    for name in ("account", "faults", "outcomes", "path"):
        parser.add_argument(f"--{name}", type=settings, default={}, help="name=value,... or JSON")
    parser.add_argument("--log", type=Path, help="file to append the accept log to")
    parser.add_argument("--keep-mails", action="store_true")
    return parser


if __name__ == "__main__":
    main()
