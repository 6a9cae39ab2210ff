"""What a take costs the bot's event loop, and how long a finished clip waits for its upload."""

import asyncio
import os
import statistics
import time
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from redis import Redis

from renderer.contract.job import Event
from renderer.contract.redis_keys import EVENTS
from tests.acceptance.fake_discord import SEND, FakeDiscord, issue
from tests.acceptance.scene import Scene
from tests.processes import RedisServer, WorkerProcess

TAKES = 12
TICK = os.sysconf("SC_CLK_TCK")


async def bot_figures() -> dict[str, float]:
    """In seconds: `loop_cpu` of the main thread a take, without idle time; `wait` from finish to upload, median."""
    with TemporaryDirectory(prefix="unstill-bench-") as name:
        folder = Path(name)
        redis = RedisServer(folder)
        worker = WorkerProcess(redis.url, folder / "worker.log")
        try:
            async with FakeDiscord(issue(folder)) as fake:
                with closing(Scene(fake, folder, redis.url)) as scene:
                    return await _measure(fake, scene, redis.url)
        finally:
            worker.kill()
            redis.kill()


async def _measure(fake, scene, redis_url) -> dict[str, float]:
    with _finishes(redis_url) as finished:
        await scene.start_bot()
        await scene.animate()  # the first one imports and connects
        await scene.clips(1)
        idle = await _idle_share(scene)
        cpu, began = _loop_cpu(scene), time.monotonic()
        for number in range(TAKES):
            await scene.animate()
            await scene.clips(number + 2)
        spent = _loop_cpu(scene) - cpu - idle * (time.monotonic() - began)
        await scene.stop_bot()
    return {"loop_cpu": spent / TAKES, "wait": statistics.median(_waits(fake, finished))}


@contextmanager
def _finishes(redis_url):
    """When each worker said that it was done, by take."""
    finished: dict[str, float] = {}

    def note(message) -> None:
        event = Event.from_json(message["data"])
        if event.phase is None:
            finished[event.take] = time.monotonic()

    with closing(Redis.from_url(redis_url)) as redis, closing(redis.pubsub(ignore_subscribe_messages=True)) as pubsub:
        pubsub.subscribe(**{EVENTS: note})
        listener = pubsub.run_in_thread(sleep_time=0.05, daemon=True)
        yield finished
        listener.stop()
        listener.join()


async def _idle_share(scene) -> float:
    """The bot's CPU seconds a second while nobody asks for anything."""
    before, began = _loop_cpu(scene), time.monotonic()
    await asyncio.sleep(3)
    return (_loop_cpu(scene) - before) / (time.monotonic() - began)


def _loop_cpu(scene) -> float:
    """CPU seconds of the bot's main thread, which runs its event loop. Linux only."""
    pid = scene.bot.process.pid
    fields = Path(f"/proc/{pid}/task/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def _waits(fake, finished) -> list[float]:
    """Seconds from each worker's finish until Discord had the whole upload."""
    waits = []
    for call in fake.calls_to(SEND):
        for filename, _ in call.files.values():
            take = filename.removeprefix("unstill-").removesuffix(".mp4")
            if take in finished:
                waits.append(call.at - finished[take])
    return waits
