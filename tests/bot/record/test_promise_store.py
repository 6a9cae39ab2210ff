"""Promises in the record: whose are to be kept, and for how long."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.record.dump import read_all
from bot.record.farewells import Farewells
from bot.record.promise_store import LIFE, PromiseStore
from bot.record.store import Store
from bot.record.tables import leases, promises
from bot.rules.pictures import Picture
from bot.rules.promises import TOKEN_SECONDS, Promise, Request

NOW = 1e9
SECRET = "a-token-that-nobody-may-read"
OLD, NEW = f"{LIFE}old", f"{LIFE}new"
PROMISE = Promise(
    id="1",
    token=SECRET,
    application_id=5,
    member_id=7,
    guild_id=1,
    channel_id=2,
    locale="de",
    thinking=True,
    request=Request(picture=Picture(url="https://cdn.discordapp.com/a.png"), words="calm", engine=("bars", "")),
    at=NOW,
    life=OLD,
)


@pytest.fixture
async def kept(database):
    """The promises of a bot that is gone, and one that lives."""
    await live(database, OLD, NOW - 1)
    await live(database, NEW, NOW + 10)
    made = PromiseStore(database)
    await made.add(PROMISE)
    return made


async def live(database, life, until):
    async with database.writing() as connection:
        await connection.execute(leases.insert().values(name=life, holder=life, until=until))


async def test_what_a_bot_that_is_gone_left_behind_is_found_whole(kept):
    assert await kept.left_behind(NOW) == [PROMISE]


async def test_what_a_living_bot_is_at_is_left_to_it(kept):
    await kept.add(replace(PROMISE, id="2", life=NEW))
    await kept.add(replace(PROMISE, life=NEW))  # as in a rolling restart: both had heard of it
    assert await kept.left_behind(NOW) == []


async def test_a_promise_that_is_kept_or_too_old_is_none(kept, database):
    await kept.add(replace(PROMISE, id="2", at=NOW - TOKEN_SECONDS))
    await kept.drop(PROMISE)
    assert await kept.left_behind(NOW) == []
    await kept.sweep(NOW)
    async with database.reading() as connection:
        assert await connection.scalar(sa.select(sa.func.count()).select_from(promises)) == 0


async def test_a_sweep_forgets_lives_that_are_long_over_and_no_other_lease(kept, database):
    store = Store(database)
    await store.hold_lease("backlog", "a bot", 10)
    await kept.sweep(NOW + 4000)
    async with database.reading() as connection:
        assert {*await connection.scalars(sa.select(leases.c.name))} == {"backlog"}


async def test_what_a_later_version_was_asked_is_known_to_be_owed_all_the_same(kept, database):
    async with database.writing() as connection:
        await connection.execute(promises.update().values(request='{"unheard": 1}'))
    assert await kept.left_behind(NOW) == [replace(PROMISE, request=None)]


async def test_a_token_stands_in_no_backup_and_no_error_and_goes_with_its_member(kept, database):
    assert SECRET not in repr(PROMISE)
    assert not [row for row in await read_all(database) if row["table"] == "promises"]
    await Farewells(database).leave(7)
    assert await kept.left_behind(NOW) == []
