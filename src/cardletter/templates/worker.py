"""Workers: the processes that set letters, kept warm, and started again when one dies."""

import atexit
import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from typing import Any

from cardletter.typesetting.wire import Message, packed, receive, send


class DiedError(Exception):
    """The process died of a letter."""


class Worker:
    """One process that sets letters; at most one letter at a time."""

    def __init__(self) -> None:
        """Have no process yet."""
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def ask(self, header: dict[str, Any], context: Mapping[str, Any]) -> None:
        """Hand a letter over.

        Raises:
            DiedError: the process is gone.
        """
        pipe = self._running().stdin
        assert pipe is not None
        try:
            send(pipe, header, packed(context))
        except BrokenPipeError:
            raise DiedError(self._end()) from None

    def answer(self) -> Message:
        """Wait for the letter.

        Raises:
            DiedError: the process died of it.
        """
        assert self.process is not None
        assert self.process.stdout is not None
        told = receive(self.process.stdout)
        if told is None:
            raise DiedError(self._end())
        return told

    def _running(self) -> subprocess.Popen[bytes]:
        """Give the process; a new one where the last died between two letters."""
        process = self.process if self._owner == os.getpid() else None
        if process is not None and process.poll() is not None:
            self._end()
            process = None
        return process or self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        """Start a process that inherits nothing: no settings, keys or addresses from here."""
        places = [path for path in sys.path if path]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cardletter.typesetting"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={"PYTHONPATH": os.pathsep.join(places), "PYTHONUTF8": "1"},
            cwd="/",
        )
        self._owner = os.getpid()
        assert self.process.stdout is not None
        if receive(self.process.stdout) is None:
            raise RuntimeError("the process that sets letters does not start: " + self._end())
        return self.process

    def _end(self) -> str:
        """See the process off, and say what it died of."""
        process, self.process = self.process, None
        assert process is not None
        code = process.wait()
        for pipe in (process.stdin, process.stdout):
            # What it was not sent to the end nobody reads any more.
            with contextlib.suppress(BrokenPipeError):
                pipe.close()  # type: ignore[union-attr]
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"

    def close(self) -> None:
        """End the process, if it is ours."""
        if self.process is not None and self._owner == os.getpid():
            self.process.kill()
            self._end()


WORKERS = [Worker() for _ in range(min(2, os.cpu_count() or 1))]
"""As many as work side by side; whoever prints letters shares them, so that they stay warm."""


def free_worker() -> Worker | None:
    """Give a worker that is ours until its lock is released; None where all have work."""
    return next((worker for worker in WORKERS if worker.lock.acquire(blocking=False)), None)


def next_worker() -> Worker:
    """Wait for a worker; whoever holds one already may wait for ever, as others do the same."""
    while True:
        if worker := free_worker():
            return worker
        if WORKERS[0].lock.acquire(timeout=0.05):
            return WORKERS[0]


@atexit.register
def _close() -> None:
    for worker in WORKERS:
        worker.close()
