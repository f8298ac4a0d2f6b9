"""Stopping: a sender that is asked to stop finishes the calls on their way, and begins no other."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def stopping() -> Iterator[threading.Event]:
    """Give an event that is set when the process is asked to end (SIGTERM, Ctrl-C).

    Only the main thread hears signals; elsewhere nothing sets it.
    """
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {each: signal.signal(each, lambda *_: stop.set()) for each in SIGNALS}
    try:
        yield stop
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
