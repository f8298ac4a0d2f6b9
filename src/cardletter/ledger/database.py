"""The database under the ledger: SQLite by default, PostgreSQL by URL; one code for both."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Dialect, Engine, Table, create_engine, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.types import TypeEngine

from cardletter.errors import BusyError
from cardletter.ledger.holders import told_of_holders
from cardletter.ledger.schema import ERASURES

MemberKey = Callable[[str], str]
"""Gives the keyed hash by which a member would be known as erased."""

TURN = 0.11
PATIENCE = 60
"""Seconds until a writer gives up waiting for another, or is given up itself."""

MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True)
class Database:
    """A database at a URL."""

    url: str

    @cached_property
    def engine(self) -> Engine:
        """Open the database, made or migrated when needed; every commit is on the disk.

        Its errors hide the values of a statement: they may be a person's.
        """
        if self.url.startswith("sqlite:///"):
            Path(self.url.removeprefix("sqlite:///")).parent.mkdir(
                mode=0o700, parents=True, exist_ok=True
            )
            engine = create_engine(
                self.url, connect_args={"timeout": PATIENCE}, hide_parameters=True
            )
            event.listen(engine, "connect", _tune)
            event.listen(engine, "begin", _begin)
            event.listen(engine, "handle_error", _say_who_holds_it)
        else:
            # A process that was put to sleep while it wrote does not hold all others up for ever.
            bound = {"options": f"-c idle_in_transaction_session_timeout={PATIENCE}s"}
            engine = create_engine(
                self.url, pool_pre_ping=True, hide_parameters=True, connect_args=bound
            )
        _migrate(engine)
        return engine

    def writing(self) -> AbstractContextManager[Connection]:
        """Begin a transaction that writes."""
        return self._writer.begin()

    @contextmanager
    def passing(self) -> Iterator[Connection]:
        """Begin a transaction that writes what a power cut may take: it waits for no disk."""
        with self._passing.begin() as connection:
            if self.engine.dialect.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")
            yield connection

    @cached_property
    def _writer(self) -> Engine:
        return self.engine.execution_options(immediate=True)

    @cached_property
    def _passing(self) -> Engine:
        return self.engine.execution_options(immediate=True, synchronous="NORMAL")

    def _alone(self, connection: Connection, member_id: str) -> None:
        """Let nobody else write what this member says until the transaction ends.

        SQLite lets one write at a time anyway.
        """
        if self.engine.dialect.name == "postgresql":
            key = func.hashtextextended(member_id, 0)
            connection.execute(select(func.pg_advisory_xact_lock(key)))

    def _unerased(
        self, connection: Connection, table: Table, rows: pd.DataFrame, member_key: MemberKey
    ) -> pd.DataFrame:
        """Leave out the rows of members who were erased, also of one who is being erased now.

        Whoever else writes to the table is waited for first, and waits until the transaction ends:
        an erasure is either seen here, or finds what is written here. To be asked before anything
        else; SQLite lets one write at a time anyway.
        """
        if self.engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE")
        erased = set(connection.scalars(select(ERASURES.c.member_key)))
        if not erased:
            return rows
        return rows[[member_key(str(member)) not in erased for member in rows["member_id"]]]

    def _in_turn(self, pieces: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        """Give the pieces of something large, and between them others the time to write.

        SQLite has no queue: whoever waits asks again ten times a second, and may always be late.
        """
        for number, piece in enumerate(pieces):
            if number and self.engine.dialect.name == "sqlite":
                time.sleep(TURN)
            if len(piece):
                yield piece

    def compact(self) -> bool:
        """Write the database's files anew, so that what was deleted cannot be read out of them.

        Gives whether that is done; it is not while somebody else reads them. What PostgreSQL keeps
        in its own log and backups is its own affair.
        """
        connection = self.engine.raw_connection()
        try:
            if self.engine.dialect.name == "postgresql":
                connection.driver_connection.autocommit = True  # type: ignore[union-attr]
                connection.cursor().execute("VACUUM")
                return True
            connection.cursor().execute("VACUUM")
            emptied = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
        else:
            return bool(emptied[0] == 0)
        finally:
            connection.invalidate()

    def write_rows(
        self,
        connection: Connection,
        table: Table,
        columns: Mapping[str, Iterable[Any]],
        *,
        known: Literal["fails", "stays"] = "fails",
    ) -> None:
        """Write many rows, told column by column, all columns that may not be empty among them.

        The driver gets them as they are: SQLAlchemy's work for each row is three times what SQLite
        takes to write it.
        """
        dialect = self.engine.dialect
        sign = "?" if dialect.name == "sqlite" else "%s"
        quoted = [dialect.identifier_preparer.quote(name) for name in columns]
        query = (
            f"INSERT INTO {table.name} ({', '.join(quoted)})"  # noqa: S608 - our own names
            f" VALUES ({', '.join(sign for _ in quoted)})"
        )
        query += " ON CONFLICT DO NOTHING" if known == "stays" else ""
        written = (_written(table.c[name].type, dialect, columns[name]) for name in columns)
        if rows := list(zip(*written, strict=True)):
            connection.exec_driver_sql(query, rows)

    def insert(self, table: Table) -> Any:  # noqa: ANN401 - the dialect's own insert
        """Give an insert that knows what to do on conflict, in the database's own dialect."""
        dialect = postgresql if self.engine.dialect.name == "postgresql" else sqlite
        return dialect.insert(table)

    def rows(self, query: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - any select
        """Give the rows of a query, by name."""
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def values(self, query: Any) -> set[Any]:  # noqa: ANN401 - any select
        """Give the values of a query's only column."""
        with self.engine.connect() as connection:
            return set(connection.scalars(query))


def _written(kind: TypeEngine[Any], dialect: Dialect, values: Iterable[Any]) -> Iterable[Any]:
    """Give values as the driver takes them."""
    write = kind.dialect_impl(dialect).bind_processor(dialect)
    return map(write, values) if write else values


def now() -> datetime:
    """Give this moment in UTC, without a zone: the ledger's clock."""
    return datetime.now(UTC).replace(tzinfo=None)


def _migrate(engine: Engine) -> None:
    """Bring the database to the newest revision, where it is not there already."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    newest = ScriptDirectory.from_config(config).get_current_head()
    with engine.connect() as connection:
        if MigrationContext.configure(connection).get_current_revision() == newest:
            return
    with engine.execution_options(immediate=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _tune(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DB-API connection
    connection.isolation_level = None  # transactions begin when we say so, not the driver
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")  # readers never wait
    cursor.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
    cursor.close()


def _say_who_holds_it(context: ExceptionContext) -> None:
    """Say in words that another process held the ledger for longer than anybody waits.

    Raises:
        BusyError: it did.
    """
    error = context.original_exception
    if not isinstance(error, sqlite3.OperationalError) or error.sqlite_errorname != "SQLITE_BUSY":
        return
    assert context.engine is not None
    file = Path(str(context.engine.url.database))
    msg = (
        f"Another process has been writing to the ledger ({file}) for {PATIENCE} seconds and does "
        f"not end. {told_of_holders(file)} Then give the same command again: nothing is lost."
    )
    raise BusyError(msg) from None


def _begin(connection: Connection) -> None:
    """Begin for writing at once where we mean to write: nobody writes between read and write."""
    how = connection.get_execution_options()
    synchronous = how.get("synchronous", "FULL")  # a commit is on the disk
    if connection.info.get("synchronous") != synchronous:
        connection.exec_driver_sql(f"PRAGMA synchronous = {synchronous}")
        connection.info["synchronous"] = synchronous
    connection.exec_driver_sql("BEGIN IMMEDIATE" if how.get("immediate", False) else "BEGIN")
