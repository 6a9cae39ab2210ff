"""Backup and restore, and the way from every earlier version of the record."""

import io
import json
import os
import subprocess
import sys
import tarfile
from contextlib import asynccontextmanager

import pytest
import sqlalchemy as sa

from bot.record.database import open_database
from bot.record.migrations import upgrade
from bot.record.store import Store
from bot.record.tables import metadata
from bot.rules.takes import Fate, State
from bot.running.backup import BackupError, back_up, restore
from bot.settings import Settings
from renderer.contract.job import Problem
from tests.bot.record.test_store import record
from tests.bot.running.test_permissions import open_ones
from tests.stage import POSED, opened_stage

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")


async def emptied(address):
    database = open_database(address)
    async with database.writing() as connection:
        found = sa.MetaData()
        await connection.run_sync(found.reflect)
        await connection.run_sync(found.drop_all)
    await database.close()


@asynccontextmanager
async def opened(address):
    """The record of takes at an address, its tables up to date."""
    database = open_database(address)
    await database.migrate()
    yield Store(database)
    await database.close()


@pytest.fixture(params=["sqlite", "postgres"])
async def other(request, tmp_path):
    """A second empty database of each kind."""
    if request.param == "sqlite":
        yield Settings(data_dir=tmp_path / "other", database_url=None).database
        return
    address = request.getfixturevalue("postgres")
    await emptied(address)
    yield address
    await emptied(address)


async def test_what_is_backed_up_comes_back_in_any_database(tmp_path, other):
    (tmp_path / "other").mkdir()
    data, file = tmp_path / "data", tmp_path / "backup.tar"
    for folder, name in (("stills", "a.png"), ("clips", "b.mp4"), ("signing", "key.pem")):
        (data / folder).mkdir(parents=True)
        (data / folder / name).write_bytes(name.encode())
    here = Settings(data_dir=data, database_url=None).database
    rows = [
        record("1", state=State.SHOWN, report=POSED, fate=Fate.KEPT, posting=True, credits=(1, 2), message_id=2**60)
    ]
    rows += [record("2", problem=Problem(code="cancelled", data={"by": "7"}))]
    async with opened(here) as store:
        for each in rows:
            await store.add(each)
            await store.move(each, list(State), report=each.report, problem=each.problem)
    assert await back_up(here, data, file) == 2
    assert file.stat().st_mode & 0o077 == 0
    assert await restore(other, tmp_path / "other", file) == 2
    async with opened(other) as again:
        for each in rows:
            assert await again.get(each.id) == each
    assert (tmp_path / "other" / "clips" / "b.mp4").read_bytes() == b"b.mp4"
    assert open_ones(tmp_path / "other") == []
    with pytest.raises(BackupError, match="not empty"):
        await restore(other, tmp_path / "other", file)
    with pytest.raises(BackupError, match="exists"):
        await back_up(here, data, file)


async def test_buttons_work_after_a_restore_by_the_command_line(settings, tmp_path):
    """A whole life: a clip, a backup while the bot runs, the folder lost, a restore, a press."""
    file = tmp_path / "backup.tar"
    lost = settings.model_copy(update={"data_dir": tmp_path / "lost"})
    async with opened_stage(lost) as stage:
        clip = await stage.first_clip()
        assert run("backup", file, lost) == "backup: 1 takes"
        await stage.env.bot.close()
        found = settings.model_copy(update={"data_dir": tmp_path / "found"})
        (tmp_path / "found").mkdir()
        assert run("restore", file, found) == "restore: 1 takes"
        stage.settings = found
        await stage.restart()
        await stage.bob.click(clip, label="Reroll")
        assert len(await stage.clips(stage.thread, 2)) == 2


def run(deed, file, settings):
    environment = {**os.environ, "UNSTILL_DATA_DIR": str(settings.data_dir), "DATABASE_URL": "", "UNSTILL_LOG": "ERROR"}
    words = [sys.executable, "-m", "bot", deed, str(file)]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False, cwd=file.parent)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


async def test_what_is_no_backup_is_refused_and_nothing_is_written(tmp_path):
    address = Settings(data_dir=tmp_path, database_url=None).database
    garbage = tmp_path / "garbage.tar"
    garbage.write_bytes(b"no tar")
    with pytest.raises(BackupError):
        await restore(address, tmp_path / "data", garbage)
    evil = archived(tmp_path / "evil.tar", "0003", ("stills/../../escaped.png", b"x"))
    with pytest.raises(BackupError, match="cannot be restored"):
        await restore(address, tmp_path / "data", evil)
    assert not list(tmp_path.rglob("escaped.png"))
    good = archived(tmp_path / "good.tar", "0003")
    assert await restore(address, tmp_path / "data", good) == 0  # the record was left empty


def archived(file, revision, *contents):
    """An archive of an empty record at this revision, with these files."""
    rows = json.dumps({"table": "alembic_version", "row": {"version_num": revision}}).encode()
    with tarfile.open(file, "w") as archive:
        for name, content in (("record.jsonl", rows), *contents):
            header = tarfile.TarInfo(name)
            header.size = len(content)
            archive.addfile(header, io.BytesIO(content))
    return file


async def test_a_backup_of_a_later_version_is_refused_with_a_word(tmp_path):
    address = Settings(data_dir=tmp_path, database_url=None).database
    later = archived(tmp_path / "later.tar", "9999", ("stills/a.png", b"x"))
    with pytest.raises(BackupError, match="revision 9999 of a later version"):
        await restore(address, tmp_path / "data", later)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("revision", REVISIONS)
async def test_every_past_revision_comes_up_to_date_with_its_takes(address, revision):
    await emptied(address)
    database = open_database(address)
    async with database.writing() as connection:
        await connection.run_sync(upgrade, revision)
        found = sa.MetaData()
        await connection.run_sync(found.reflect, only=["takes"])
        table = found.tables["takes"]
        await connection.execute(table.insert().values(_old_row(table)))
    await database.migrate()
    (take,) = await Store(database).unfinished()
    assert take.take == record().take
    async with database.reading() as connection:
        now = sa.MetaData()
        await connection.run_sync(now.reflect)
        still = await connection.scalar(sa.select(now.tables["takes"].c.still))
    assert still == record().take.shot.still
    wanted = {table.name: {column.name for column in table.columns} for table in metadata.sorted_tables}
    there = {name: {column.name for column in table.columns} for name, table in now.tables.items()}
    assert wanted == {name: columns for name, columns in there.items() if name != "alembic_version"}
    await database.close()
    await emptied(address)


def _old_row(table):
    """A take as a bot of that time wrote it: only the columns that there were."""
    take = record().take
    values = {
        "id": take.id,
        "root": take.root,
        "parent": None,
        "take": take.to_json(),
        "state": "asked",
        "guild_id": 1,
        "channel_id": 2,
        "member_id": 3,
        "asked_at": 1.0,
        "byte_limit": 10**6,
        "attempt": 0,
        "losses": 0,
        "refusals": 0,
        "posting": False,
        "locale": "en-US",
        "wish": "",
        "credits": "[]",
        "seconds": 4.0,
        "fate": "undecided",
        "still": take.shot.still,
    }
    return {name: value for name, value in values.items() if name in table.columns}
