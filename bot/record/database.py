"""One database, SQLite or PostgreSQL: connections to it, and its errors as the record's own.

What else the record has are classes around a `Database`: all of them share one.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.event import listen
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.record.errors import RecordAwayError, RecordError

log = logging.getLogger(__name__)

# PostgreSQL's classes of errors that pass: connection, rolled back, no resources, locked, shutting down.
PASSING = ("08", "40", "53", "55", "57")


class Database:
    """What reads and writes behind one address. Whatever fails in it is raised as `RecordError`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncConnection]:
        """A connection to read by; what is written by it is undone."""
        connection = await self._connected()
        with _own_errors():
            try:
                yield connection
            finally:
                await asyncio.shield(connection.close())

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[AsyncConnection]:
        """A connection to write by: all that is done by it is written at the end, or none where anything fails."""
        async with self.reading() as connection, connection.begin():
            yield connection

    async def migrate(self) -> None:
        """Bring the tables up to date, or make them."""
        from bot.record.migrations import upgrade  # noqa: PLC0415  alembic is needed once

        async with self.writing() as connection:
            await all_or_nothing(connection)
            changed = await connection.run_sync(upgrade)
        if changed and self.engine.dialect.name == "sqlite":
            await self._rewrite()

    async def _rewrite(self) -> None:
        """Write SQLite's file anew: earlier versions left deleted rows readable in its free pages."""
        try:
            async with self.reading() as connection:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                await connection.exec_driver_sql("VACUUM")
        except RecordError as error:  # no room for a second copy, perhaps: the bot can do without
            log.warning("the record cannot be written anew, so rows deleted before may be read in its file: %s", error)

    async def close(self) -> None:
        await self.engine.dispose()

    async def _connected(self) -> AsyncConnection:
        with _own_errors():
            try:
                return await self.engine.connect()
            except OSError as error:  # asyncpg's, where no server listens
                raise RecordAwayError(str(error)) from error


def open_database(address: str) -> Database:
    """Open the database; its tables are brought up to date by `Database.migrate`."""
    with _own_errors():
        engine = create_async_engine(address, pool_pre_ping=not address.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        listen(engine.sync_engine, "connect", _tune_sqlite)
    return Database(engine)


@contextmanager
def _own_errors() -> Generator[None]:
    """Raise what SQLAlchemy raises as the record's own."""
    try:
        yield
    except SQLAlchemyError as error:
        raise (RecordAwayError if _passes(error) else RecordError)(str(error)) from error


def _passes(error: SQLAlchemyError) -> bool:
    """Whether the same may go when it is asked again."""
    if isinstance(error, OperationalError | InterfaceError | PoolTimeoutError):
        return True
    state: object = getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None
    return isinstance(state, str) and state.startswith(PASSING)


def _tune_sqlite(connection: Any, _record: Any) -> None:
    """Write-ahead log: readers never wait for the writer. FULL: what was committed survives a power cut.

    Deleted rows are overwritten with zeros: else a forgotten member's words would stay in the file's free pages.
    """
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


async def wipe(database: Database) -> None:
    """Have what was deleted be gone from SQLite's log of writes as well, which keeps old pages until it begins anew."""
    if database.engine.dialect.name == "sqlite":
        async with database.reading() as connection:
            await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


async def all_or_nothing(connection: AsyncConnection) -> None:
    """Have what follows, tables made and changed too, be undone as a whole where it fails.

    SQLite's driver begins a transaction only before rows are written. In a second process this waits for the first.
    """
    if connection.dialect.name == "sqlite":
        await connection.exec_driver_sql("BEGIN IMMEDIATE")


def insert_new(connection: AsyncConnection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that leaves a row alone that is there already."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()
