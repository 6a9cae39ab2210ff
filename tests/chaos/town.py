"""A town on the fake Discord: servers, members, and the real processes of bot, workers and Redis."""

import asyncio
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import psutil

from renderer.contract.lineage import animated
from tests.acceptance.bot_process import BotProcess, processes_of
from tests.acceptance.fake_discord import Upload
from tests.pictures import encoded, quarters
from tests.processes import RedisServer, WorkerProcess

SHORT = {"seconds": 2.0, "size": 480}
LONG = {"seconds": 5.0, "size": 1080}  # seconds of work, to be hit in
STILL = Upload("still.png", encoded(quarters(1440, 1080)))
ONLINE = 60.0  # seconds that a bot may take to come online


class Town:
    """Everything there is, and how to start it again."""

    def __init__(
        self, fake, folder: Path, *, servers: int = 2, members: int = 8, workers: int = 2, **environment: str
    ) -> None:
        self.fake = fake
        self.data = folder / "data"
        self._folder = folder
        self._environment = environment
        self.redis = RedisServer(folder)
        self.members = [fake.member(f"member {number}") for number in range(members)]
        users = tuple(member.user for member in self.members)
        self.guilds = [fake.world.guild(f"Server {number}", members=users) for number in range(servers)]
        self.channels = [fake.world.text_channel(guild, "stills") for guild in self.guilds]
        self.bots: list[BotProcess] = []
        self.workers: list[WorkerProcess] = []
        self.asked = []
        for _ in range(workers):
            self.hire()

    # ------------------------------------------------------------------ processes

    @property
    def bot(self) -> BotProcess:
        return self.bots[-1]

    async def start_bot(self) -> None:
        before = len(self.fake.gateway.identified)
        log = self._folder / f"bot-{len(self.bots)}.log"
        self.bots.append(BotProcess(self.fake, self.data, log, self.redis.url, **self._environment))
        await self.fake.until(lambda: len(self.fake.gateway.identified) > before, ONLINE)

    def hire(self) -> None:
        self.workers.append(WorkerProcess(self.redis.url, self._folder / f"worker-{len(self.workers)}.log"))

    def living_workers(self) -> list[WorkerProcess]:
        return [worker for worker in self.workers if worker.process.poll() is None]

    def close(self) -> None:
        for process in (*self.bots, *self.workers):
            process.kill()
        for process in processes_of(self.data):
            process.kill()
        self.redis.kill()

    # ------------------------------------------------------------------ what members do

    async def animate(self, chance: random.Random, **options):
        """Somebody asks for a clip, if the bot is online at all."""
        channel, member = chance.choice(self.channels), chance.choice(self.members)
        long = LONG if chance.random() < 0.3 else {}
        return await self.animate_as(member, channel, **(long | options))

    async def animate_as(self, member, channel, **options):
        asked = await member.slash(channel, "animate", image=STILL, mood="slow and warm", **(SHORT | options))
        self.asked.append(asked)
        return asked

    async def reroll(self, chance: random.Random) -> None:
        """Somebody presses the button under a clip."""
        clips = [said for said in self.messages() if said.buttons and clip_of(said)]
        if clips:
            clip, member = chance.choice(clips), chance.choice(self.members)
            await member.press(clip, "Reroll")

    async def cancel(self, chance: random.Random) -> None:
        """Somebody calls their take off."""
        lines = [said for said in self.messages() if said.buttons and said.buttons[0].get("label") == "Cancel"]
        if lines:
            await chance.choice(self.members).press(chance.choice(lines), "Cancel")

    # ------------------------------------------------------------------ what stands there, and in the record

    def messages(self):
        """Everything that everybody sees, oldest first."""
        channels = list(self.fake.world.channels.values())
        return [said for channel in channels for said in self.fake.messages(channel)]

    def rows(self, columns: str) -> list[tuple]:
        address = f"file:{self.data / 'unstill.db'}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=30)) as record:
            return list(record.execute(f"select {columns} from takes order by asked_at"))

    def unfinished(self) -> int:
        """Takes that something is owed."""
        rows = self.rows("state, status_id")
        return sum(state != "explained" and not (state == "shown" and status is None) for state, status in rows)

    async def settled(self, seconds: float) -> None:
        """Wait until nothing is owed any more, or for so long."""
        async with asyncio.timeout(seconds):
            while self.unfinished() or self.kept_waiting():  # noqa: ASYNC110  another process writes the record
                await asyncio.sleep(0.5)

    def promised(self) -> set[str]:
        """Takes of which a member was told that they are on their way."""
        told = [asked for asked in self.asked if asked.original and "on its way" in asked.original.content]
        return {animated(str(asked.id)) for asked in told}

    def kept_waiting(self) -> set[str]:
        """Takes whose member was acknowledged, and is told nothing yet."""
        waiting = [asked for asked in self.asked if asked.original and asked.original.loading]
        return {animated(str(asked.id)) for asked in waiting}

    def refused(self) -> set[str]:
        """Takes whose member was told at once why there will be none."""
        told = [asked for asked in self.asked if asked.original and not asked.original.loading]
        return {animated(str(asked.id)) for asked in told if "on its way" not in asked.original.content}


def clip_of(said) -> str | None:
    """The take whose clip a message carries."""
    names = [file.filename for file in said.attachments if file.filename.endswith(".mp4")]
    return names[0].removeprefix("SPOILER_").removeprefix("unstill-").removesuffix(".mp4") if names else None


def memory(process: psutil.Process) -> float:
    """MB that a process holds for itself."""
    return process.memory_info().rss / 1e6
