"""The whole record row by row: out of one database, into another of either kind, at this revision or an earlier one.

Rows say their table and their values. The first one says the revision that the tables had.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.record.database import Database, all_or_nothing
from bot.record.errors import RecordError
from bot.record.migrations import is_known, upgrade

ROWS = 1000  # written at a time
VERSION = "alembic_version"
PASSING = {"promises"}  # tables whose rows are tokens, good for minutes: they go into no file

Row = dict[str, Any]


class NotEmptyError(RecordError):
    """There are tables already where a record was to be filled."""


async def read_all(database: Database) -> list[Row]:
    """The record as it is at one moment, whatever is written meanwhile."""
    async with database.reading() as connection:
        if connection.dialect.name == "postgresql":
            await connection.execution_options(isolation_level="REPEATABLE READ")
        else:
            await connection.exec_driver_sql("BEGIN")  # its driver begins none for reading
        return [row async for row in _rows(connection)]


def count_of_takes(rows: Sequence[Row]) -> int:
    return sum(row["table"] == "takes" for row in rows)


@asynccontextmanager
async def filled(database: Database, rows: Sequence[Row]) -> AsyncGenerator[None]:
    """Fill an empty record, and bring it up to date; it is written when the block ends well, as a whole or not at all.

    Raises `NotEmptyError`, and `RecordError` for the record of a later version.
    """
    async with database.writing() as connection:
        await all_or_nothing(connection)
        if await connection.run_sync(lambda sync: bool(sa.inspect(sync).get_table_names())):
            raise NotEmptyError("there are tables already")
        await _fill(connection, rows)
        yield


async def _rows(connection: AsyncConnection) -> AsyncGenerator[Row]:
    """The revision, then every row of every table that there is, but for what is good for minutes."""
    revision = await connection.scalar(sa.text(f"SELECT version_num FROM {VERSION}"))  # noqa: S608  a constant
    yield {"table": VERSION, "row": {"version_num": revision}}
    for table in await connection.run_sync(_reflected):
        if table.name in PASSING:
            continue
        for row in (await connection.execute(table.select())).mappings():
            yield {"table": table.name, "row": dict(row)}


async def _fill(connection: AsyncConnection, rows: Sequence[Row]) -> None:
    """Make the tables as they were, put the rows in, and bring them up to date."""
    revision = rows[0]["row"]["version_num"]
    if not is_known(revision):
        raise RecordError(f"it is at revision {revision} of a later version")
    await connection.run_sync(upgrade, revision)
    tables = {table.name: table for table in await connection.run_sync(_reflected)}
    by_table: dict[str, list[Row]] = {}
    for each in rows[1:]:
        by_table.setdefault(each["table"], []).append(each["row"])
    for name, those in by_table.items():
        for start in range(0, len(those), ROWS):
            await connection.execute(tables[name].insert(), those[start : start + ROWS])
    await connection.run_sync(upgrade)


def _reflected(connection: sa.Connection) -> list[sa.Table]:
    """The tables as they are in this database, whatever this version's code says."""
    found = sa.MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != VERSION]
