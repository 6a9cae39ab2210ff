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
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.record.database import open_database
from bot.record.dump import NotEmptyError, count_of_takes, filled, read_all
from bot.record.errors import RecordError
from bot.running.permissions import close_to_others

RECORD = "record.jsonl"
FOLDERS = ("stills", "clips", "signing")


class BackupError(Exception):
    """A backup cannot be made or restored. The message says why, for the operator."""


async def back_up(address: str, data_dir: Path, file: Path) -> int:
    """Write the archive, readable by its owner alone; return how many takes it has. Raises `BackupError`."""
    if file.exists():  # noqa: ASYNC240  nothing else runs in this program
        raise BackupError(f"{file} exists. Choose another name.")
    database = open_database(address)
    part = file.with_name(f"{file.name}.part")
    try:
        rows = await read_all(database)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            _write(out, rows, data_dir)
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
    except (RecordError, OSError) as error:
        raise BackupError(f"The backup failed: {error}") from error
    finally:
        part.unlink(missing_ok=True)
        await database.close()
    return count_of_takes(rows)


async def restore(address: str, data_dir: Path, file: Path) -> int:
    """Fill an empty record and data folder from an archive; return how many takes. Raises `BackupError`."""
    database = open_database(address)
    try:
        with tarfile.open(file) as archive:
            rows = _read_rows(archive)
            async with filled(database, rows):
                _extract(archive, data_dir)
    except NotEmptyError as error:
        raise BackupError("The record is not empty: restore into another DATABASE_URL or data folder.") from error
    except (RecordError, OSError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{file} cannot be restored: {error}") from error
    finally:
        await database.close()
    return count_of_takes(rows)


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


def _extract(archive: tarfile.TarFile, data_dir: Path) -> None:
    """Unpack the media. Names that lead elsewhere are refused by `tarfile` itself."""
    inside = tuple(f"{folder}/" for folder in FOLDERS)
    members = [each for each in archive.getmembers() if each.isfile() and each.name.startswith(inside)]
    for each in members:
        each.mode = 0o600
    close_to_others(data_dir)
    archive.extractall(data_dir, members, filter="data")
    close_to_others(data_dir)
