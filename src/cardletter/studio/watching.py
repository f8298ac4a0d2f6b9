"""Watching: whoever has the studio open is told what changed, within milliseconds."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from watchfiles import Change, awatch

FOLDERS = ("content", "segments", "templates")
SETTLED, STEP = 30, 10
"""Milliseconds in which changes are told together, and between two looks."""
ALIVE = 15
"""Seconds of silence after which a word is said, so that a page that is gone is noticed."""


class Newsroom:
    """Tells what happened to all who listen."""

    def __init__(self) -> None:
        """Begin with nobody listening."""
        self.listeners: set[asyncio.Queue[str]] = set()

    def tell(self, kind: str, **about: Any) -> None:  # noqa: ANN401 - any JSON
        """Tell everybody one thing, as a server-sent event."""
        event = f"event: {kind}\ndata: {json.dumps(about)}\n\n"
        for queue in self.listeners:
            queue.put_nowait(event)

    async def listen(self) -> AsyncIterator[str]:
        """Give events as they come, for as long as somebody listens."""
        queue: asyncio.Queue[str] = asyncio.Queue()
        self.listeners.add(queue)
        try:
            yield "event: open\ndata: {}\n\n"
            while True:
                try:
                    yield await asyncio.wait_for(queue.get(), ALIVE)
                except TimeoutError:
                    yield ": still here\n\n"
        finally:
            self.listeners.discard(queue)


async def watch(project: Path, news: Newsroom, stop: asyncio.Event) -> None:
    """Tell of every change of the files that people write, until it is enough."""
    folders = [project / name for name in FOLDERS if (project / name).is_dir()]
    found = awatch(
        *folders,
        project / "pyproject.toml",
        watch_filter=lambda _change, path: _told(path),
        debounce=SETTLED,
        step=STEP,
        stop_event=stop,
    )
    async for changes in found:
        news.tell("changed", paths=sorted({_path(project, each) for each in changes}))


def _told(path: str) -> bool:
    """Leave out what editors write beside a file while they save it."""
    name = Path(path).name
    return not (
        name.startswith((".", "#", "4913")) or name.endswith(("~", ".swp", ".tmp", ".part"))
    )


def _path(project: Path, change: tuple[Change, str]) -> str:
    return Path(change[1]).relative_to(project).as_posix()
