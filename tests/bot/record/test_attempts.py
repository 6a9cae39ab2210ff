"""Tries and likenesses, kept in the record."""

import time

from bot.record.attempts import Attempts
from bot.record.likenesses import Likenesses


async def test_a_members_tries_are_counted_since_a_moment(database):
    attempts, began = Attempts(database), time.time()
    for press in ("1", "2", "2"):
        tries = await attempts.add(press, 7, since=began - 1)
    assert tries.made == 2
    assert began <= tries.oldest <= time.time()
    assert (await attempts.add("3", 8, since=began - 1)).made == 1
    assert (await attempts.add("4", 7, since=time.time() + 1)).made == 0


async def test_a_try_ahead_of_now_does_not_count(database, monkeypatch):
    """Made by a clock that has gone back since: it would count for as long as that."""
    attempts, now = Attempts(database), time.time()
    monkeypatch.setattr("bot.record.attempts.time.time", lambda: now + 3600)
    await attempts.add("1", 7, since=now)
    monkeypatch.setattr("bot.record.attempts.time.time", lambda: now)
    assert (await attempts.add("2", 7, since=now - 60)).made == 1


async def test_old_tries_are_forgotten(database):
    attempts = Attempts(database)
    await attempts.add("1", 7, since=0)
    await attempts.forget_before(time.time() - 60)
    assert (await attempts.add("2", 7, since=0)).made == 2
    await attempts.forget_before(time.time() + 60)
    assert (await attempts.add("3", 7, since=0)).made == 1


async def test_a_likeness_stays_as_it_was_first_written(database):
    likenesses = Likenesses(database)
    assert await likenesses.of("a" * 64) == ""
    await likenesses.remember("a" * 64, "like this")
    await likenesses.remember("a" * 64, "like that")
    assert await likenesses.of("a" * 64) == "like this"
