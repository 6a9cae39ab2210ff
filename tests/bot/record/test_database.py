"""What goes wrong with a database, told apart: what passes by itself, and what does not."""

import asyncio
import sqlite3
from contextlib import asynccontextmanager, closing

import pytest

from bot.record.database import open_database
from bot.record.errors import RecordAwayError, RecordError, RecordFullError
from bot.settings import Settings


async def ask(database, *statements):
    """Execute one after the other; the answer to the last."""
    async with database.writing() as connection:
        for statement in statements:
            answer = await connection.exec_driver_sql(statement)
        return answer.scalar() if answer.returns_rows else None


async def test_a_record_that_is_being_written_elsewhere_is_busy(tmp_path):
    address = Settings(data_dir=tmp_path, database_url=None).database
    one, other = open_database(address), open_database(address)
    await one.migrate()
    async with one.writing() as connection:
        await connection.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(RecordAwayError, match="locked"):
            await ask(other, "PRAGMA busy_timeout=10", "BEGIN IMMEDIATE")
    for each in (one, other):
        await each.close()


async def test_a_record_without_room_is_full_which_the_log_says_once_and_without_what_was_written(tmp_path, caplog):
    caplog.set_level("INFO")
    database = open_database(Settings(data_dir=tmp_path, database_url=None).database)
    await database.migrate()
    write = "INSERT INTO notes (name, value) VALUES (hex(randomblob(16)), hex(zeroblob(99999)) || 'a secret')"
    for _ in range(3):
        with pytest.raises(RecordFullError, match="full"):
            await ask(database, "PRAGMA max_page_count=1", write)
    assert await ask(database, "PRAGMA max_page_count=100000", "SELECT 1") == 1
    told = [each.getMessage() for each in caplog.records if each.name == "bot.record.database"]
    assert [each.partition(":")[0] for each in told] == [
        "the record cannot be written",
        "the record can be written again",
    ]
    await database.close()


@pytest.mark.parametrize("server", ["127.0.0.1:1", "nowhere.invalid"])
async def test_a_database_that_cannot_be_reached_is_away(server):
    database = open_database(f"postgresql+asyncpg://user:password@{server}/unstill")
    with pytest.raises(RecordAwayError):
        await database.migrate()
    await database.close()


async def test_a_connection_that_was_cut_is_away(postgres):
    database = open_database(postgres)
    with pytest.raises(RecordAwayError):
        await ask(database, "SELECT pg_terminate_backend(pg_backend_pid())", "SELECT 1")
    assert await ask(database, "SELECT 1") == 1
    await database.close()


async def test_what_the_tables_do_not_allow_does_not_pass(database):
    with pytest.raises(RecordError) as raised:
        await ask(database, "INSERT INTO notes (name) VALUES ('a')")
    assert not isinstance(raised.value, RecordAwayError)


def test_an_address_that_says_nothing_is_an_error_of_the_record():
    with pytest.raises(RecordError):
        open_database("no address")


async def test_where_anything_fails_nothing_is_written(database, store):
    with pytest.raises(RecordError):
        await ask(
            database, "INSERT INTO notes (name, value) VALUES ('a', 'b')", "INSERT INTO notes (name) VALUES ('c')"
        )
    assert await store.note("a") is None


@asynccontextmanager
async def held_up(folder):
    """A write that waits for a lock, and `close`: it closes the record, and lifts the lock a little later."""
    database = open_database(Settings(data_dir=folder, database_url=None).database)
    await database.migrate()
    with closing(sqlite3.connect(folder / "unstill.db", isolation_level=None)) as elsewhere:
        elsewhere.execute("BEGIN IMMEDIATE")

        async def close():
            asyncio.get_running_loop().call_later(0.3, elsewhere.execute, "ROLLBACK")
            await database.close()

        writing = asyncio.create_task(ask(database, "INSERT INTO notes (name, value) VALUES ('one', 'two')"))
        await asyncio.sleep(0.1)
        yield writing, close


async def test_a_record_closes_once_what_was_cut_off_has_come_to_its_end(tmp_path):
    """Else it would be cut off once more when the process ends, and SQLite's driver wait for its thread for ever."""
    async with held_up(tmp_path) as (writing, close):
        writing.cancel()
        await close()
    assert asyncio.all_tasks() == {asyncio.current_task()}
    assert writing.cancelled()


async def test_a_record_waits_for_a_connection_that_still_closes_however_often_it_was_cut_off(tmp_path):
    """Whoever used it is gone by then, and what is cut off in the middle of closing is what hangs."""
    async with held_up(tmp_path) as (writing, close):
        while not writing.done():
            writing.cancel()
            await asyncio.sleep(0)
        await close()
    assert asyncio.all_tasks() == {asyncio.current_task()}
