"""Holders: which processes have the ledger's file open, when one of them lets nobody write."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

ASLEEP = (psutil.STATUS_STOPPED, psutil.STATUS_TRACING_STOP)


def told_of_holders(file: Path) -> str:
    """Say in a sentence which other processes have a file open, and what to do about them."""
    found = list(_holders(str(file.resolve())))
    names = ", ".join(str(process.pid) for process in found)
    if asleep := [process.pid for process in found if process.status() in ASLEEP]:
        pid = asleep[0]
        return (
            f"Process {pid} has it open and is stopped: let it go on with `kill -CONT {pid}`, or "
            f"end it with `kill -9 {pid}`."
        )
    if found:
        return f"It is open in process {names}: wait until that is done, or end it."
    return "No process of yours has it open: look on whoever else uses this machine or disk."


def _holders(path: str) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        with suppress(psutil.Error):  # it has ended, or is somebody else's
            opened = any(each.path == path for each in process.open_files())
            if opened and process.pid != os.getpid():
                yield process
