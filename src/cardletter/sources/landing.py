"""Landing: the folder that rows of a database or a bucket stay in while a run needs them.

Its owner alone may read it. It is gone when the run ends; what a killed run leaves behind is thrown
away by the next one. A lock tells whether a folder is still somebody's: it ends with its process,
and no number of a process can be mistaken for another's.
"""

import fcntl
import os
import shutil
import tempfile
import weakref
from pathlib import Path

PREFIX, LOCK = "cardletter-landed-", "lock"


def landing(owner: object) -> Path:
    """Make a folder that lasts as long as its owner; throw away what nobody owns any more."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{LOCK}"):
        _clear(left)
    room = Path(tempfile.mkdtemp(prefix=PREFIX))
    held = _held(room)
    weakref.finalize(owner, _leave, room, held)
    rows = room / "rows"
    rows.mkdir(mode=0o700)
    return rows


def _held(room: Path) -> int:
    """Hold a folder's lock: taken under another name, so that it is never seen free."""
    part = room / f".{LOCK}"
    held = os.open(part, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(held, fcntl.LOCK_EX)
    part.rename(room / LOCK)
    return held


def _leave(room: Path, held: int) -> None:
    shutil.rmtree(room, ignore_errors=True)
    os.close(held)


def _clear(lock: Path) -> None:
    """Throw a folder of ours away if nobody holds its lock."""
    try:
        if lock.parent.is_symlink() or lock.parent.stat().st_uid != os.getuid():
            return
        found = os.open(lock, os.O_RDWR | os.O_NOFOLLOW)
    except OSError:  # gone meanwhile
        return
    try:
        fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    else:
        shutil.rmtree(lock.parent, ignore_errors=True)
    finally:
        os.close(found)
