"""The post: brings events to their sinks, late, twice, out of order or never."""

import asyncio
import heapq
import itertools
import json
import random
import time
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path

from cardletter.rehearsal.fates import EventPath
from cardletter.rehearsal.fields import Json

Sink = Callable[[Json, str], None]
"""Takes an event, and the id under which SNS passes it on."""


class Post:
    """Holds events until they are due."""

    def __init__(self, path: EventPath, sinks: list[Sink]) -> None:
        """Bring events to some sinks."""
        self.path, self.sinks = path, sinks
        self.waiting: list[tuple[float, float, int, Json, str]] = []
        self.number = itertools.count()
        self.sent = self.lost = 0
        self.timer: asyncio.TimerHandle | None = None

    def post(self, events: Iterable[Json], drawn: random.Random) -> None:
        """Take events; whatever is due at once arrives at once."""
        now = time.monotonic()
        for event in events:
            if drawn.random() < self.path.lost:
                self.lost += 1
                continue
            first = _id(drawn)
            self._wait(now, event, first, drawn)
            if drawn.random() < self.path.doubled:
                for _ in range(drawn.randint(1, max(1, self.path.most_copies - 1))):
                    # The queue repeats a notification, or SES repeats itself in a new one.
                    again = first if drawn.random() < 0.5 else _id(drawn)  # noqa: PLR2004
                    self._wait(now, event, again, drawn)

    def deliver(self, now: float | None = None) -> None:
        """Bring what is due, and see to the rest when its time has come."""
        until = time.monotonic() if now is None else now
        while self.waiting and self.waiting[0][0] <= until:
            *_, event, sns_id = heapq.heappop(self.waiting)
            self.sent += 1
            for sink in self.sinks:
                sink(event, sns_id)
        self._come_again()

    def hurry(self) -> None:
        """Bring everything now."""
        self.deliver(float("inf"))

    def _wait(self, now: float, event: Json, sns_id: str, drawn: random.Random) -> None:
        due, behind = now + drawn.uniform(*self.path.delay), 0.0
        if drawn.random() < self.path.disordered:
            due, behind = due + drawn.uniform(0, self.path.disorder), drawn.random()
        heapq.heappush(self.waiting, (due, behind, next(self.number), event, sns_id))

    def _come_again(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None
        if self.waiting:
            loop = asyncio.get_running_loop()
            seconds = max(0.0, self.waiting[0][0] - time.monotonic())
            self.timer = loop.call_later(seconds, self.deliver)


class Folder:
    """Writes one JSON file an event, whole or not at all."""

    def __init__(self, folder: Path) -> None:
        """Use a folder, made when missing."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.number = folder, itertools.count(1)

    def __call__(self, event: Json, sns_id: str) -> None:
        """Write an event."""
        name = f"{next(self.number):08d}-{event['eventType'].replace(' ', '')}-{sns_id[:8]}.json"
        part = self.folder / (name + ".part")
        part.write_text(json.dumps(event), encoding="utf-8")
        part.rename(self.folder / name)


class Lines:
    """Appends one line of JSON an event."""

    def __init__(self, file: Path) -> None:
        """Open a file for appending."""
        self.file = file.open("a", encoding="utf-8")

    def __call__(self, event: Json, _sns_id: str) -> None:
        """Write an event."""
        self.file.write(json.dumps(event) + "\n")
        self.file.flush()

    def close(self) -> None:
        """Close the file."""
        self.file.close()


def _id(drawn: random.Random) -> str:
    return str(uuid.UUID(int=drawn.getrandbits(128)))
