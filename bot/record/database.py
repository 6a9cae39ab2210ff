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

from bot.coalescing import let_end
from bot.record.errors import RecordAwayError, RecordError, RecordFullError
from bot.rules.clocks import SKEW

log = logging.getLogger(__name__)

FULL = "database or disk is full"  # SQLite's word for it
POSTGRES_FULL = "53100"
# PostgreSQL's classes of errors that pass: connection, rolled back, no resources, locked, shutting down.
PASSING = ("08", "40", "53", "55", "57")
LOCKED = 5.0  # seconds that SQLite waits for who else writes
CLOSING = LOCKED + 3.0  # seconds that what is under way may take to its end


class Database:
    """What reads and writes behind one address. Whatever fails in it is raised as `RecordError`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self._failing: set[str] = set()  # what cannot be done just now, of which the log has told
        self._under_way: set[asyncio.Future[None]] = set()  # one for each connection, done once it is closed

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncConnection]:
        """A connection to read by; what is written by it is undone."""
        with self._told("read"):
            async with self._opened() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[AsyncConnection]:
        """A connection to write by: all that is done by it is written at the end, or none where anything fails."""
        with self._told("written"):
            async with self._opened() as connection, connection.begin():
                yield connection

    @contextmanager
    def _told(self, done: str) -> Generator[None]:
        """Say in the log when the record can no longer be read, or written, and when it can again: once each."""
        try:
            yield
        except RecordAwayError as error:
            if done not in self._failing:
                self._failing.add(done)
                log.warning("the record cannot be %s: %s", done, error)
            raise
        if done in self._failing:
            self._failing.discard(done)
            log.info("the record can be %s again", done)

    @asynccontextmanager
    async def _opened(self) -> AsyncGenerator[AsyncConnection]:
        use = asyncio.get_running_loop().create_future()
        self._under_way.add(use)
        use.add_done_callback(self._under_way.discard)
        try:
            connection = await self._connected()
        except BaseException:
            use.set_result(None)
            raise
        try:
            with _own_errors():
                yield connection
        finally:
            closing = asyncio.ensure_future(connection.close())
            closing.add_done_callback(lambda _: use.set_result(None))
            with _own_errors():
                await asyncio.shield(closing)  # which goes on, and counts, where this is cut off once more

    def give_up(self, dbapi_connection: Any) -> None:
        """Have SQLite's driver close a connection that was cut off, once its thread is free, which `close` waits for.

        SQLAlchemy's own way waits for that in a task, which hangs for ever where it is cut off as well.
        """
        ended = dbapi_connection.driver_connection.stop()
        if ended is not None:
            self._under_way.add(ended)
            ended.add_done_callback(self._under_way.discard)

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
        """Close all connections, once what is under way, or was cut off and holds SQLite's thread, has ended."""
        await let_end(self._under_way, CLOSING)
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
        # What is written are members' words, and tokens: no error names them.
        engine = create_async_engine(address, pool_pre_ping=not address.startswith("sqlite"), hide_parameters=True)
    database = Database(engine)
    if engine.dialect.name == "sqlite":
        listen(engine.sync_engine, "connect", _tune_sqlite)
        engine.dialect.do_terminate = database.give_up
    return database


@contextmanager
def _own_errors() -> Generator[None]:
    """Raise what SQLAlchemy raises as the record's own."""
    try:
        yield
    except SQLAlchemyError as error:
        raise _kind_of(error)(str(error)) from error


def _kind_of(error: SQLAlchemyError) -> type[RecordError]:
    if isinstance(error, DBAPIError) and (FULL in str(error.orig) or _sqlstate(error) == POSTGRES_FULL):
        return RecordFullError
    return RecordAwayError if _passes(error) else RecordError


def _passes(error: SQLAlchemyError) -> bool:
    """Whether the same may go when it is asked again."""
    if isinstance(error, OperationalError | InterfaceError | PoolTimeoutError):
        return True
    return isinstance(error, DBAPIError) and _sqlstate(error).startswith(PASSING)


def _sqlstate(error: DBAPIError) -> str:
    """PostgreSQL's code of an error; empty where there is none."""
    state: object = getattr(error.orig, "sqlstate", None)
    return state if isinstance(state, str) else ""


def _tune_sqlite(connection: Any, _record: Any) -> None:
    """Write-ahead log: readers never wait for the writer. FULL: what was committed survives a power cut.

    Deleted rows are overwritten with zeros: else a forgotten member's words would stay in the file's free pages.
    """
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={LOCKED * 1000:.0f}", "secure_delete=ON"):
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


def happened(at: sa.ColumnElement[float], since: float, now: float) -> sa.ColumnElement[bool]:
    """Whether something has happened since then. What lies ahead of now, by a clock that was wrong, has not."""
    return at.between(since, now + SKEW)


def write_over(connection: AsyncConnection, table: sa.Table, **row: Any) -> sqlite.Insert | postgresql.Insert:
    """An insert that takes the place of a row that is there already, told twice or by two bots at once."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    keys = [column.name for column in table.primary_key]
    rest = {name: value for name, value in row.items() if name not in keys}
    return insert(table).values(row).on_conflict_do_update(index_elements=keys, set_=rest)


def insert_new(connection: AsyncConnection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that leaves a row alone that is there already."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()
