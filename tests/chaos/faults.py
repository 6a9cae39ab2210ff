"""The faults: each happens once when it is called, and has healed when it returns or soon after."""

import asyncio
import random
import resource
import signal
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress

import psutil
from redis import Redis, RedisError

from tests.acceptance.fake_discord import EDIT, SEND, errors
from tests.acceptance.fake_discord.world import THREAD
from tests.chaos.town import Town, clip_of

DELETE = "DELETE /channels/{channel_id}/messages/{message_id}"
HISTORY = "GET /channels/{channel_id}/messages"
DISK_FULL_AT = 4096  # bytes beyond which the bot may write no file

Fault = Callable[[Town, random.Random], Awaitable[None]]


async def kill_bot(town: Town, _chance: random.Random) -> None:
    """kill -9, and another in its place."""
    town.bot.kill()
    await town.start_bot()


async def stop_bot(town: Town, _chance: random.Random) -> None:
    """SIGTERM, and another in its place."""
    await asyncio.to_thread(town.bot.stop)
    await town.start_bot()


async def roll_bot(town: Town, _chance: random.Random) -> None:
    """A rolling restart: the new one is there before the old one is told to go."""
    old = town.bot
    await town.start_bot()
    await asyncio.to_thread(old.stop)


async def freeze_bot(town: Town, chance: random.Random) -> None:
    """SIGSTOP, and on it goes."""
    town.bot.process.send_signal(signal.SIGSTOP)
    await asyncio.sleep(chance.uniform(1, 4))
    town.bot.process.send_signal(signal.SIGCONT)


async def kill_worker(town: Town, chance: random.Random) -> None:
    chance.choice(town.living_workers()).kill()
    town.hire()


async def stop_worker(town: Town, chance: random.Random) -> None:
    """SIGTERM: it finishes its take."""
    chance.choice(town.living_workers()).process.terminate()
    town.hire()


async def freeze_worker(town: Town, chance: random.Random) -> None:
    """SIGSTOP for longer than its sign of life lasts: its take goes to another, and then it wakes."""
    worker = chance.choice(town.living_workers())
    worker.process.send_signal(signal.SIGSTOP)
    await asyncio.sleep(chance.choice((2, 14)))
    with suppress(ProcessLookupError):
        worker.process.send_signal(signal.SIGCONT)


async def kill_redis(town: Town, chance: random.Random) -> None:
    """kill -9; it comes back empty."""
    await asyncio.to_thread(town.redis.kill)
    await asyncio.sleep(chance.uniform(0, 3))
    await asyncio.to_thread(town.redis.start)


async def flush_redis(town: Town, _chance: random.Random) -> None:
    with Redis.from_url(town.redis.url) as redis, suppress(RedisError):
        redis.flushall()


async def fill_redis(town: Town, _chance: random.Random) -> None:
    """No memory for a while: noeviction refuses every write."""
    with Redis.from_url(town.redis.url) as redis, suppress(RedisError):
        redis.config_set("maxmemory", 1)
        await asyncio.sleep(3)
        redis.config_set("maxmemory", 0)


async def fill_disk(town: Town, _chance: random.Random) -> None:
    """No file of the bot's may grow: clips and the record cannot be written."""
    with suppress(psutil.NoSuchProcess):
        bot = psutil.Process(town.bot.process.pid)
        bot.rlimit(resource.RLIMIT_FSIZE, (DISK_FULL_AT, resource.RLIM_INFINITY))
        await asyncio.sleep(3)
        bot.rlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


async def lock_sql(town: Town, chance: random.Random) -> None:
    """Somebody else writes, for longer than the bot waits."""
    with closing(sqlite3.connect(town.data / "unstill.db", timeout=20, isolation_level=None)) as record:
        record.execute("begin immediate")
        await asyncio.sleep(chance.choice((1, 6)))
        record.execute("rollback")


async def drop_gateway(town: Town, chance: random.Random) -> None:
    """A close frame, a cut cable, or a session that cannot be resumed."""
    gateway = town.fake.gateway
    match chance.randrange(3):
        case 0:
            await gateway.drop(4000)
        case 1:
            gateway.vanish()
        case _:
            gateway.vanish()
            gateway.forget()


def _in_thread(call) -> bool:
    return call.number("channel_id") in _THREADS


def _is_clip(call) -> bool:
    return any(name.endswith(".mp4") for name, _ in call.files.values())


_THREADS: set[int] = set()


async def limit_sends(town: Town, chance: random.Random) -> None:
    """429."""
    town.fake.mishaps.limit(chance.choice((SEND, EDIT)), chance.uniform(0.5, 3), times=3)


async def break_discord(town: Town, chance: random.Random) -> None:
    """500 and 502, before the call took effect or after it."""
    route = chance.choice((SEND, SEND, EDIT, DELETE, HISTORY))
    town.fake.mishaps.fail(route, chance.choice((500, 502)), done=chance.random() < 0.5, times=chance.choice((1, 2, 6)))


async def cut_calls(town: Town, chance: random.Random) -> None:
    """The call takes effect, its answer is lost."""
    town.fake.mishaps.cut(chance.choice((SEND, SEND, EDIT)), times=chance.choice((1, 2)))


async def refuse_size(town: Town, chance: random.Random) -> None:
    """40005, once or until the bot gives up."""
    town.fake.mishaps.refuse(SEND, errors.too_large(), times=chance.choice((1, 2)), when=_is_clip)


async def refuse_thread(town: Town, _chance: random.Random) -> None:
    """50013: the bot may no longer write in a thread."""
    _THREADS.update(channel.id for channel in town.fake.world.channels.values() if channel.kind == THREAD)
    town.fake.mishaps.refuse(SEND, errors.missing_permissions(), when=_in_thread)


async def refuse_files(town: Town, _chance: random.Random) -> None:
    """50013 on a clip, in its thread and in the channel: words may still be said."""
    town.fake.mishaps.refuse(SEND, errors.missing_permissions(), times=2, when=_is_clip)


async def lock_threads(town: Town, _chance: random.Random) -> None:
    """160005: somebody locks a thread."""
    _THREADS.update(channel.id for channel in town.fake.world.channels.values() if channel.kind == THREAD)
    town.fake.mishaps.refuse(SEND, errors.thread_locked(), when=_in_thread)


async def archive_threads(town: Town, _chance: random.Random) -> None:
    """50083: an archived thread takes no edits."""
    for channel in town.fake.world.channels.values():
        if channel.kind == THREAD:
            channel.archived = True


async def lose_messages(town: Town, chance: random.Random) -> None:
    """10008: somebody deletes status lines."""
    lines = [said for said in town.messages() if said.content.startswith("⏳") and not clip_of(said)]
    for said in chance.sample(lines, min(2, len(lines))):
        said.deleted = True


FAULTS: dict[str, Fault] = {
    "bot kill -9": kill_bot,
    "bot SIGTERM": stop_bot,
    "bot rolling restart": roll_bot,
    "bot SIGSTOP": freeze_bot,
    "worker kill -9": kill_worker,
    "worker SIGTERM": stop_worker,
    "worker SIGSTOP": freeze_worker,
    "redis kill -9, back empty": kill_redis,
    "redis flushed": flush_redis,
    "redis full": fill_redis,
    "disk full": fill_disk,
    "SQL locked": lock_sql,
    "gateway dropped": drop_gateway,
    "Discord 429": limit_sends,
    "Discord 500/502": break_discord,
    "Discord connection cut": cut_calls,
    "Discord 40005": refuse_size,
    "Discord 50013": refuse_thread,
    "Discord 50013, clips alone": refuse_files,
    "Discord 160005": lock_threads,
    "Discord 50083": archive_threads,
    "Discord 10008": lose_messages,
}
