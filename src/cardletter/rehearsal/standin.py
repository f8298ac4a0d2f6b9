"""The stand-in: Amazon SES on loopback, in a thread of a test or in a process of its own.

`python -m cardletter.rehearsal.standin --port 0 --seed 7 --faults reset=0.01,hang=0.01 --log FILE`
prints its URL, and serves until SIGTERM.
"""

import argparse
import asyncio
import signal
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from cardletter.rehearsal.acceptlog import Accepted, LogBook
from cardletter.rehearsal.account import Account
from cardletter.rehearsal.answers import Answer, Request, refused
from cardletter.rehearsal.control import DOOR, controlled
from cardletter.rehearsal.events import Story
from cardletter.rehearsal.fates import EventPath, Outcomes, chance, fate
from cardletter.rehearsal.faults import Chooser, Fault, Faults
from cardletter.rehearsal.fields import Json, made, settings
from cardletter.rehearsal.mail import Mail
from cardletter.rehearsal.post import Folder, Lines, Post, Sink
from cardletter.rehearsal.refusals import RefusedError
from cardletter.rehearsal.sends import Desk
from cardletter.rehearsal.server import Server, Thread
from cardletter.rehearsal.ses import Ses
from cardletter.rehearsal.sqs import TARGET, Sqs


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
    events_to: Path | None = None
    """A folder, for one file an event; or a file that ends in .jsonl, for one line an event."""
    on_event: Callable[[Json], None] | None = None
    """Is called in the server's thread."""
    queue: bool = False
    """Whether events go to the queue at `queue_url`, wrapped as SNS does unless `raw`."""
    raw: bool = False
    keep_mails: bool = False
    remember: bool = True
    """Whether the log is kept in memory too: off for millions of messages."""

    def __post_init__(self) -> None:
        """Set up the desk; nothing is served yet."""
        self.log = LogBook(self.log_file, remember=self.remember)
        self.chooser = Chooser(self.faults, self.seed)
        self.desk = Desk(self.account, self.log, self.seed, keep_mails=self.keep_mails)
        self.ses = Ses(self.desk, self.chooser)
        self.server = Server(self.asked, self.port)
        self.sqs = Sqs(self.account, raw=self.raw)
        self.post = Post(self.path, self._sinks())
        if self.post.sinks:
            self.desk.on_accepted = self._tell
        self.told: Counter[str] = Counter()
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

    @property
    def queue_url(self) -> str:
        """Give the URL of the queue of events."""
        self.sqs.base = self.url
        return self.sqs.url()

    def emit(self, *events: Json) -> None:
        """Send out events of one's own; they travel as all others."""
        drawn = chance(self.seed, "emitted", self.post.sent)

        def posted() -> None:
            self.post.post(events, drawn)
            self.post.deliver()

        self.server.within(posted)

    def hurry(self) -> None:
        """Bring all events that are still on their way."""
        self.server.within(self.post.hurry)

    def counts(self) -> Json:
        """Count calls by operation, error and fault, accepted messages by fate, and events."""
        events = {"sent": self.post.sent, "lost": self.post.lost, "due": len(self.post.waiting)}
        return {**self.log.counts, "events": events}

    async def asked(self, request: Request) -> Answer:
        """Answer a request, at whichever door it is."""
        if request.path.startswith(DOOR):
            return controlled(self, request)
        try:
            if request.headers.get("x-amz-target", "").startswith(TARGET):
                self.sqs.base = self.url
                return await self.sqs.answer(request)
            return self.ses.answer(request)
        except Exception as error:  # noqa: BLE001 - it must not pass for a fault that was asked for
            self.broken.append(error)
            return refused(RefusedError("StandinBroken", repr(error)))

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
        for sink in self.post.sinks:
            if isinstance(sink, Lines):
                sink.close()
        if self.broken:
            raise ExceptionGroup("the stand-in broke down", self.broken)

    def _sinks(self) -> list[Sink]:
        sinks: list[Sink] = []
        if self.events_to is not None:
            one_file = self.events_to.suffix == ".jsonl"
            sinks.append(Lines(self.events_to) if one_file else Folder(self.events_to))
        if self.on_event is not None:
            called = self.on_event
            sinks.append(lambda event, _: called(event))
        if self.queue:
            sinks.append(self.sqs.put)
        return sinks

    def _tell(self, pairs: Sequence[tuple[Mail, Accepted]]) -> None:
        """Decide what becomes of messages, each by itself: the order of calls changes nothing."""
        for mail, accepted in pairs:
            if mail.configuration_set:
                key = f"{accepted.edition}/{accepted.message}/{accepted.address}"
                self.told[key] += 1
                drawn = chance(self.seed, key, self.told[key])
                story = Story(mail, accepted, self.account)
                self.post.post(fate(story, self.outcomes, drawn), drawn)
        self.post.deliver()

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
        events_to=asked.events,
        queue=asked.queue,
        raw=asked.raw,
        remember=not asked.forget,
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m cardletter.rehearsal.standin")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    for name in ("account", "faults", "outcomes", "path"):
        parser.add_argument(f"--{name}", type=settings, default={}, help="name=value,... or JSON")
    parser.add_argument("--log", type=Path, help="file to append the accept log to")
    parser.add_argument("--events", type=Path, help="folder, or .jsonl file, for events")
    for name in ("queue", "raw", "keep-mails", "forget"):
        parser.add_argument(f"--{name}", action="store_true")
    return parser


if __name__ == "__main__":
    main()
