"""A place where processes die: a server on the fake Discord, a Redis, and bots and workers to start and to kill."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing

from redis import Redis

from renderer.job import alive_key, result_key
from tests.acceptance.bot_process import BotProcess, processes_of
from tests.acceptance.fake_discord import Upload
from tests.pictures import encoded, quarters

SHORT = {"seconds": 2.0, "size": 480}
LONG = {"seconds": 5.0, "size": 1080}  # seconds of work
PATIENCE = 60.0  # seconds; generous, for busy machines
STILL = Upload("still.png", encoded(quarters()))


class Scene:
    """One text channel, one member, and one bot at a time, each life of it on the same data folder."""

    def __init__(self, fake, folder, redis_url: str, *, embedded: bool = False) -> None:
        self.fake = fake
        self.data = folder / "data"
        self.ada = fake.member("ada")
        self.channel = fake.world.text_channel(fake.world.guild("Home", members=(self.ada.user,)), "square")
        self.bots: list[BotProcess] = []
        self.redis = Redis.from_url(redis_url)
        self._redis_url = "" if embedded else redis_url
        self._folder = folder

    # ------------------------------------------------------------------ the bot

    @property
    def bot(self) -> BotProcess:
        return self.bots[-1]

    async def start_bot(self) -> None:
        """Start the bot and wait until it is online."""
        before = len(self.fake.gateway.identified)
        log = self._folder / f"bot-{len(self.bots)}.log"
        self.bots.append(BotProcess(self.fake, self.data, log, self._redis_url))
        await self.fake.until(lambda: len(self.fake.gateway.identified) > before, PATIENCE)

    async def stop_bot(self) -> None:
        assert await asyncio.to_thread(self.bot.stop) == 0

    async def replace_bot(self) -> None:
        """Start another in place of a killed one, whose lease is over."""
        with closing(sqlite3.connect(self.data / "unstill.db")) as record, record:
            record.execute("delete from leases")  # which would end in some seconds
        await self.start_bot()

    def kill_bot_after(self, route: str, when: Callable) -> asyncio.Event:
        """Kill the bot the moment such a call has taken effect: it never sees the answer."""
        table = self.fake._rest._table
        takes_effect, killed = table[route], asyncio.Event()

        async def handle(call):
            answer = await takes_effect(call)
            if when(call) and not killed.is_set():
                self.bot.kill()
                killed.set()
            return answer

        table[route] = handle
        return killed

    def close(self) -> None:
        """Leave nothing behind, whatever the test has left."""
        for bot in self.bots:
            bot.kill()
        for process in processes_of(self.data):
            process.kill()
        self.redis.close()

    # ------------------------------------------------------------------ what members do and see

    async def animate(self, mood: str = "slow and warm", **options):
        """Ask for a clip; its thread, once it is open."""
        known = len(self.threads)
        await self.ada.slash(self.channel, "animate", image=STILL, mood=mood, **(SHORT | options))
        return await self.fake.until(lambda: self.threads[known:], PATIENCE)

    @property
    def threads(self):
        return [said.thread for said in self.fake.messages(self.channel) if said.thread]

    async def clips(self, count: int):
        """All clips, in the order they were asked for, once there are `count`."""
        found = await self.fake.until(lambda: len(shown := self._clips()) == count and shown, PATIENCE)
        return sorted(found, key=lambda said: said.id)

    def _clips(self):
        places = [self.channel, *self.threads]
        said = [each for place in places for each in self.fake.messages(place)]
        return [each for each in said if any(file.filename.endswith(".mp4") for file in each.attachments)]

    def said_in(self, thread) -> list[str]:
        """What the bot says in a thread that is no clip: status lines, explanations."""
        own = [said for said in self.fake.messages(thread) if said.author is self.fake.world.bot]
        return [said.content for said in own if said.content and not said.attachments]

    async def every_take_shown_once(self, count: int) -> None:
        """Wait until nothing is owed any more, end the bot, and find each clip once and no status line left."""
        await self.fake.until(lambda: [state for _, state in self.takes()] == ["shown"] * count, PATIENCE)
        await self.fake.until(lambda: not self.status_lines(), PATIENCE)
        await self.stop_bot()
        files = Counter(file.filename for said in self._clips() for file in said.attachments)
        assert files == {f"unstill-{take}.mp4": 1 for take, _ in self.takes()}
        assert len(self.threads) == len(self.fake.messages(self.channel))  # an opener each, and each with its thread
        assert not [line for thread in self.threads for line in self.said_in(thread)]
        assert not [bot.log for bot in self.bots if "Traceback" in bot.log]

    def status_lines(self) -> list[str]:
        return [line for thread in self.threads for line in self.said_in(thread)]

    # ------------------------------------------------------------------ behind the curtain

    def takes(self) -> list[tuple[str, str]]:
        """Each take's id and state, as the record has them."""
        with closing(sqlite3.connect(f"file:{self.data / 'unstill.db'}?mode=ro", uri=True)) as record:
            return record.execute("select id, state from takes order by asked_at").fetchall()

    def losses(self) -> int:
        """Workers that died under takes, by the record's count."""
        with closing(sqlite3.connect(f"file:{self.data / 'unstill.db'}?mode=ro", uri=True)) as record:
            return record.execute("select sum(losses) from takes").fetchone()[0]

    async def rendering(self, attempt: int = 1) -> str:
        """Wait until a worker has some take's attempt in hand; its job id."""
        pattern = alive_key(f"*-{attempt}")
        (key, *_) = await self.fake.until(lambda: self.redis.keys(pattern), PATIENCE)
        return key.decode().rpartition(":")[2]

    def unfinished(self, job_id: str) -> bool:
        """Whether an attempt has no result yet, so that what happens now happens in the middle of it."""
        return not self.redis.exists(result_key(job_id))
