"""The accept log: what was really taken, whatever the sender heard. Tests hold senders against it.

A line of JSON each, of two kinds: accepted messages, and calls. Both reach the file before anything
is answered, so that whatever a sender heard of can be read.
"""

import json
import threading
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from cardletter.rehearsal.fields import Json

EDITION_TAG = "edition"
MESSAGE_TAGS = ("message", "message_id", "send_id")
COUNTED = ("accepted", "operations", "errors", "faults")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that was taken."""

    at: float
    """Seconds since 1970."""
    clock: float
    """Seconds of the monotonic clock, which all processes of a machine share."""
    call: int
    entry: int
    edition: str
    message: str
    address: str
    recipients: int
    ses_id: str
    subject: str
    """The first 16 digits of the rendered subject's SHA-256."""
    fault: str
    definite: bool
    """Whether the answer that was meant for the client says that this was taken."""
    fate: str = "sent"
    """What SES made of it: sent, suppressed, or unrendered."""
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Call:
    """A request, and what was done with it."""

    number: int
    operation: str
    at: float
    clock: float
    entries: int = 0
    accepted: int = 0
    status: int = 0
    """The HTTP status that was meant to be answered."""
    error: str = ""
    fault: str = ""
    manner: str = ""
    """How it was answered: answered, hung, reset, half or torn."""
    invocation: str = ""
    """What botocore calls amz-sdk-invocation-id: the same when it repeats a call by itself."""


@dataclass
class Log:
    """All that was accepted, and all the calls, in their order."""

    accepted: list[Accepted] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)

    def posts(self, *operations: str) -> int:
        """Count calls, of some operations, or of the two that send."""
        wanted = operations or ("SendBulkEmail", "SendEmail")
        return sum(call.operation in wanted for call in self.calls)

    def copies(self) -> Counter[str]:
        """Count the accepted messages of each message tag, or of each address without one."""
        return Counter(each.message or each.address for each in self.accepted)

    def most_in_a_second(self) -> int:
        """Count the recipients accepted in the busiest second, wherever it begins."""
        return _most((each.clock, each.recipients) for each in self.accepted)

    def most_asked_in_a_second(self) -> int:
        """Count the recipients asked for in the busiest second, those refused included."""
        return _most(sorted((call.clock, call.entries) for call in self.calls))


def _most(times: Iterable[tuple[float, int]]) -> int:
    held = deque[tuple[float, int]]()
    most = now_held = 0
    for now, count in times:
        held.append((now, count))
        now_held += count
        while held[0][0] <= now - 1.0:
            now_held -= held.popleft()[1]
        most = max(most, now_held)
    return most


def plain(row: Accepted | Call) -> Json:
    """Give a line of the log as JSON has it."""
    return {name: getattr(row, name) for name in row.__slots__}


class LogBook(Log):
    """Keeps the log in memory, and appends it to a file where there is one."""

    def __init__(self, file: Path | None = None, *, remember: bool = True) -> None:
        """Open the file for appending; it may hold what an earlier stand-in accepted."""
        super().__init__()
        self.remember = remember
        self.number = 0
        self.counts: dict[str, Counter[str]] = {name: Counter() for name in COUNTED}
        self.file: TextIO | None = None
        if file is not None:
            self.file = file.open("a", encoding="utf-8")
        self.lock = threading.Lock()

    def accept(self, accepted: Sequence[Accepted]) -> None:
        """Write down what is taken."""
        self.counts["accepted"].update(each.fate for each in accepted)
        if self.remember:
            self.accepted.extend(accepted)
        self._write("accepted", accepted)

    def called(self, call: Call) -> None:
        """Write down a call that is about to be answered."""
        for name in COUNTED[1:]:
            if value := getattr(call, name[:-1]):
                self.counts[name][value] += 1
        if self.remember:
            self.calls.append(call)
        self._write("call", [call])

    def next_number(self) -> int:
        """Give the number of the next call."""
        self.number += 1
        return self.number

    def close(self) -> None:
        """Close the file."""
        if self.file is not None:
            self.file.close()

    def _write(self, kind: str, rows: Sequence[Accepted | Call]) -> None:
        if self.file is None or not rows:
            return
        lines = [json.dumps({"kind": kind} | plain(row)) + "\n" for row in rows]
        with self.lock:
            self.file.write("".join(lines))
            self.file.flush()


def read_log(file: Path) -> Log:
    """Read a log; a last line that is cut short is left out, as its answer never left."""
    log = Log()
    for row in _rows(file):
        kind = row.pop("kind")
        if kind == "accepted":
            log.accepted.append(Accepted(**row))
        else:
            log.calls.append(Call(**row))
    return log


def _rows(file: Path) -> Iterator[Json]:
    if not file.exists():
        return
    for line in file.read_text("utf-8").splitlines(keepends=True):
        with suppress(ValueError):
            if line.endswith("\n"):
                yield json.loads(line)
