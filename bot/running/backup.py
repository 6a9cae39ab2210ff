"""`python -m bot backup FILE` and `restore FILE`: the record, stills, clips and the signing key in one archive.

The record is written row by row as JSON, so that a backup of SQLite can be restored into PostgreSQL and back, and into
a later version: it is read at the revision it was written at, then brought up to date. Redis is not part of it: it is
disposable. A backup may be made while the bot runs; it is one moment of the record, and the media of that moment or
later.
"""

import io
import json
import os
import tarfile
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.record.database import all_or_nothing, open_database
from bot.record.errors import RecordError
from bot.record.migrations import upgrade

RECORD = "record.jsonl"
FOLDERS = ("stills", "clips", "signing")
ROWS = 1000  # written at a time
VERSION = "alembic_version"


class BackupError(Exception):
    """A backup cannot be made or restored. The message says why, for the operator."""


async def back_up(address: str, data_dir: Path, file: Path) -> int:
    """Write the archive, readable by its owner alone; return how many takes it has. Raises `BackupError`."""
    if file.exists():  # noqa: ASYNC240  nothing else runs in this program
        raise BackupError(f"{file} exists. Choose another name.")
    database = open_database(address)
    part = file.with_name(f"{file.name}.part")
    try:
        async with _one_moment(database.engine) as connection:
            rows = [row async for row in _rows(connection)]
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            _write(out, rows, data_dir)
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
    except (SQLAlchemyError, RecordError, OSError) as error:
        raise BackupError(f"The backup failed: {error}") from error
    finally:
        part.unlink(missing_ok=True)
        await database.close()
    return sum(row["table"] == "takes" for row in rows)


async def restore(address: str, data_dir: Path, file: Path) -> int:
    """Fill an empty record and data folder from an archive; return how many takes. Raises `BackupError`."""
    database = open_database(address)
    try:
        with tarfile.open(file) as archive:
            rows = _read_rows(archive)
            async with database.writing() as connection:
                await all_or_nothing(connection)
                if await connection.run_sync(lambda sync: bool(sa.inspect(sync).get_table_names())):
                    raise BackupError("The record is not empty: restore into another DATABASE_URL or data folder.")
                await _fill(connection, rows)
                _extract(archive, data_dir)
    except (SQLAlchemyError, RecordError, OSError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{file} cannot be restored: {error}") from error
    finally:
        await database.close()
    return sum(row["table"] == "takes" for row in rows)


@asynccontextmanager
async def _one_moment(engine: AsyncEngine) -> AsyncGenerator[AsyncConnection]:
    """A connection that sees the record as it is now, whatever is written meanwhile."""
    async with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            await connection.execution_options(isolation_level="REPEATABLE READ")
        else:
            await connection.exec_driver_sql("BEGIN")  # its driver begins none for reading
        yield connection


async def _rows(connection: AsyncConnection) -> AsyncGenerator[dict[str, Any]]:
    """The revision, then every row of every table that there is."""
    revision = await connection.scalar(sa.text(f"SELECT version_num FROM {VERSION}"))  # noqa: S608  a constant
    yield {"table": VERSION, "row": {"version_num": revision}}
    tables = await connection.run_sync(_reflected)
    for table in tables:
        for row in (await connection.execute(table.select())).mappings():
            yield {"table": table.name, "row": dict(row)}


def _reflected(connection: sa.Connection) -> list[sa.Table]:
    """The tables as they are in this database, whatever this version's code says."""
    found = sa.MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != VERSION]


def _write(out: Any, rows: Iterable[dict[str, Any]], data_dir: Path) -> None:
    with tarfile.open(fileobj=out, mode="w") as archive:
        record = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()
        header = tarfile.TarInfo(RECORD)
        header.size = len(record)
        header.mode = 0o600
        archive.addfile(header, io.BytesIO(record))
        for folder in FOLDERS:
            for path in sorted((data_dir / folder).glob("*")):
                if path.is_file() and not path.name.endswith(".part"):
                    archive.add(path, f"{folder}/{path.name}")


def _read_rows(archive: tarfile.TarFile) -> list[dict[str, Any]]:
    file = archive.extractfile(RECORD)
    if file is None:
        raise BackupError("This is no backup of Unstill.")
    return [json.loads(line) for line in file]


async def _fill(connection: AsyncConnection, rows: list[dict[str, Any]]) -> None:
    """Make the tables as they were, put the rows in, and bring them up to date."""
    revision = rows[0]["row"]["version_num"]
    await connection.run_sync(upgrade, revision)
    tables = {table.name: table for table in await connection.run_sync(_reflected)}
    by_table: dict[str, list[dict[str, Any]]] = {}
    for each in rows[1:]:
        by_table.setdefault(each["table"], []).append(each["row"])
    for name, those in by_table.items():
        for start in range(0, len(those), ROWS):
            await connection.execute(tables[name].insert(), those[start : start + ROWS])
    await connection.run_sync(upgrade)


def _extract(archive: tarfile.TarFile, data_dir: Path) -> None:
    """Unpack the media. Names that lead elsewhere are refused by `tarfile` itself."""
    inside = tuple(f"{folder}/" for folder in FOLDERS)
    members = [each for each in archive.getmembers() if each.isfile() and each.name.startswith(inside)]
    data_dir.mkdir(parents=True, exist_ok=True)
    archive.extractall(data_dir, members, filter="data")
    signing = data_dir / "signing"
    if signing.is_dir():
        signing.chmod(0o700)
