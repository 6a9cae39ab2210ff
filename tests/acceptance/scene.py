"""A place where processes die: a server on the fake Discord, a Redis, and bots and workers to start and to kill."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing

from redis import Redis

from renderer.contract.redis_keys import alive_key, result_key
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

    async def stop_bot(self) -> int:
        """End the bot in peace; its exit status."""
        return await asyncio.to_thread(self.bot.stop)

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
        await self.fake.until(lambda: len(self.threads) > known, PATIENCE)
        return self.threads[-1]

    @property
    def threads(self):
        return [said.thread for said in self.fake.messages(self.channel) if said.thread]

    async def clips(self, count: int):
        """All clips, once there are `count`."""
        await self.fake.until(lambda: len(self.shown) == count, PATIENCE)
        return self.shown

    @property
    def shown(self):
        """Every message that carries a clip."""
        said = [each for place in (self.channel, *self.threads) for each in self.fake.messages(place)]
        return [each for each in said if any(file.filename.endswith(".mp4") for file in each.attachments)]

    def said_in(self, thread) -> list[str]:
        """What the bot says in a thread that is no clip: status lines, explanations."""
        own = [said for said in self.fake.messages(thread) if said.author is self.fake.world.bot]
        return [said.content for said in own if said.content and not said.attachments]

    # ------------------------------------------------------------------ behind the curtain

    @property
    def takes(self) -> list[str]:
        return self._record("id")

    @property
    def states(self) -> list[str]:
        return self._record("state")

    @property
    def losses(self) -> int:
        """Workers that died under takes, by the record's count."""
        return sum(self._record("losses"))

    @property
    def promises(self) -> list[str]:
        """Interactions that were acknowledged and not answered."""
        return self._rows("select id from promises")

    def _record(self, column: str) -> list:
        """What SQL says of each take."""
        return self._rows(f"select {column} from takes order by asked_at")

    def _rows(self, query: str) -> list:
        with closing(sqlite3.connect(f"file:{self.data / 'unstill.db'}?mode=ro", uri=True)) as record:
            return [value for (value,) in record.execute(query)]

    async def rendering(self, attempt: int = 1) -> str:
        """Wait until a worker has some take's attempt in hand; its job id."""
        pattern = alive_key(f"*-{attempt}")
        (key, *_) = await self.fake.until(lambda: self.redis.keys(pattern), PATIENCE)
        return key.decode().rpartition(":")[2]

    def unfinished(self, job_id: str) -> bool:
        """Whether an attempt has no result yet, so that what happens now happens in the middle of it."""
        return not self.redis.exists(result_key(job_id))
