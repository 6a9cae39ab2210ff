"""A small world for the bot's own parts: its record is real SQL, Discord and Redis are values in memory.

Every way out of the bot passes a tripwire, before it takes effect and after: there the process may die.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from types import SimpleNamespace

import aiohttp
import discord

from bot.community.fates import Fates
from bot.media.clips import Clips
from bot.media.stills import Stills
from bot.posts import status as status_module
from bot.posts.clip_posts import ClipPosts
from bot.posts.conversations import Posts
from bot.posts.discord_calls import NobodyThereError, certain
from bot.posts.jam_posts import JamPosts
from bot.posts.renewals import Renewals
from bot.posts.side_posts import SidePosts
from bot.posts.status import StatusLines
from bot.posts.traces import Traces
from bot.privacy import forgetting as forgetting_module
from bot.privacy.forgetting import Forgetting
from bot.privacy.unnaming import Unnaming
from bot.record import store as store_module
from bot.record.attempts import Attempts
from bot.record.ballots import Ballots
from bot.record.blocks import Blocks
from bot.record.database import open_database
from bot.record.farewells import Farewells
from bot.record.house_rules import Houses
from bot.record.jam_store import JamStore
from bot.record.likenesses import Likenesses
from bot.record.notice_log import NoticeLog
from bot.record.store import Store
from bot.rules.fleet import Fleet, Roster
from bot.rules.turns import Sighting
from bot.settings import Settings
from bot.takes import admission as admission_module
from bot.takes import backlog as backlog_module
from bot.takes import workshop as workshop_module
from bot.takes.admission import Admission
from bot.takes.backlog import Backlog
from bot.takes.delivery import Delivery
from bot.takes.gate import Gate
from bot.takes.upload_limits import UploadLimits
from bot.takes.workshop import Workshop
from bot.workers.bounded import OversizedError
from bot.workers.renders import RedisAwayError, Survey
from renderer.contract.abilities import ABILITIES, Offer
from renderer.contract.job import Policy, Result
from tests.stage import POSED

NONCE_SECONDS = 180.0
UNKNOWN, FORBIDDEN = 10008, 50013
GUILD, CHANNEL = 1, 2


class Crash(BaseException):
    """The process dies here."""


class Clock:
    """Time that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 1e9

    def monotonic(self) -> float:
        return self.now

    time = monotonic


class Tripwire:
    """Counts every step out of the process; at the chosen one it dies, and takes no further step."""

    def __init__(self) -> None:
        self.left = -1  # steps until it dies; -1: it lives
        self.dead = False

    def step(self) -> None:
        if self.left == 0:
            self.dead = True
        if self.dead:
            raise Crash
        self.left = max(-1, self.left - 1)


@dataclass(eq=False, kw_only=True)
class Said:
    """A message, with the calls that discord.py has for one."""

    world: "World"
    id: int
    channel_id: int
    content: str = ""
    files: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    nonce: str | None = None
    deleted: bool = False

    @property
    def attachments(self):
        return [SimpleNamespace(filename=name) for name in self.files]

    @property
    def components(self):
        return [SimpleNamespace(custom_id=each) for each in self.buttons]

    async def edit(self, **changes) -> None:
        def take_effect():
            self._check()
            self.content = changes.get("content", self.content)
            if "view" in changes:
                self.buttons = custom_ids(changes["view"])
            if "attachments" in changes:
                self.files = tuple(file.filename for file in changes["attachments"])

        await self.world.discord(take_effect, on=self)

    async def delete(self) -> None:
        def take_effect():
            self._check()
            self.deleted = True

        await self.world.discord(take_effect, on=self)

    async def create_thread(self, **_options):
        return await self.world.discord(lambda: self.world.open_thread(self.id))

    def _check(self) -> None:
        if self.deleted:
            raise http(404, 10008)


def mp4(text: str) -> bytes:
    """The boxes of a clip, with a text where its pixels would be."""
    return b"".join(
        (8 + len(body)).to_bytes(4) + kind + body
        for kind, body in ((b"ftyp", b"isom"), (b"moov", b""), (b"mdat", text.encode()))
    )


def custom_ids(view) -> tuple[str, ...]:
    return tuple(part.custom_id for part in view.children) if view else ()


def http(status: int, code: int) -> discord.HTTPException:
    kind = {403: discord.Forbidden, 404: discord.NotFound}.get(status, discord.HTTPException)
    return kind(SimpleNamespace(status=status, reason=""), {"code": code, "message": "no"})


@dataclass(eq=False)
class Place:
    world: "World"
    id: int

    async def send(self, content="", *, file=None, view=None, nonce=None, **_options) -> Said:
        if self.world.held is not None:
            self.world.held.reached.set()
            await self.world.held.released.wait()
        return await self.world.discord(lambda: self.world.post(self.id, content, file, view, nonce))

    def get_partial_message(self, message_id: int) -> Said:
        known = self.world.messages.get(message_id)
        here = known is not None and known.channel_id == self.id
        return known if here else Said(world=self.world, id=message_id, channel_id=self.id, deleted=True)

    async def fetch_message(self, message_id: int) -> Said:
        said = self.get_partial_message(message_id)
        await self.world.discord(said._check, on=said)
        return said


@dataclass(eq=False)
class Held:
    """Messages on their way to Discord: whether there is one, and when they may go on."""

    reached: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(eq=False)
class World:
    """What survives the bot: Discord, Redis, workers, time."""

    clock: Clock = field(default_factory=Clock)
    tripwire: Tripwire = field(default_factory=Tripwire)
    messages: dict[int, Said] = field(default_factory=dict)
    threads: set[int] = field(default_factory=set)
    nonces: dict[str, tuple[float, Said]] = field(default_factory=dict)
    faults: list[tuple[str, BaseException]] = field(default_factory=list)  # "before" or "after", and what is raised
    redis_away: bool = False
    queue: list = field(default_factory=list)  # jobs
    media: set[str] = field(default_factory=set)
    alive: dict = field(default_factory=dict)  # job id -> job
    results: dict[str, Result] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)  # ids of jobs that Redis has heard of
    begun: set[str] = field(default_factory=set)  # of those that a worker took up, as Redis knows
    redis_full: bool = False
    silent: bool = False  # signs of life do not reach Redis
    clips_go: bool = False  # Redis loses clips, and keeps what else it has
    deaths: Counter = field(default_factory=Counter)  # of workers, by take
    ids: int = 100
    no_files: bool = False  # *Attach Files* was taken away
    mute: bool = False  # *Send Messages* was taken away, everywhere
    locked: set[int] = field(default_factory=set)  # threads
    held: "Held | None" = None  # where what is posted is held up on its way
    forbidden: bool = False  # whether the bot was ever told that it may not post

    # ------------------------------------------------------------------ Discord

    async def discord(self, take_effect, *, on: Said | None = None):
        """One request: it may fail before or after it took effect, and the bot may die on either side.

        What is refused is so: an unknown message (`on` which a request is) is gone; only posting can be forbidden.
        """
        self.tripwire.step()
        when, error = self.faults.pop(0) if self.faults else ("", None)
        code = getattr(error, "code", None)
        if (code == UNKNOWN and on is None) or (code == FORBIDDEN and on is not None):
            when = ""
        elif code == UNKNOWN:
            on.deleted = True
        if when == "before":
            self.forbidden = self.forbidden or code == FORBIDDEN
            raise error
        answer = take_effect()
        self.tripwire.step()
        if when == "after":
            raise error
        await asyncio.sleep(0)
        return answer

    def post(self, channel_id, content, file, view, nonce) -> Said:
        if channel_id != CHANNEL and channel_id not in self.threads:
            raise http(404, 10003)
        if channel_id in self.locked:
            raise http(400, 160005)
        if self.mute or (self.no_files and file):
            raise http(403, FORBIDDEN)
        at, before = self.nonces.get(nonce, (-NONCE_SECONDS, None))
        if before is not None and self.clock.now - at < NONCE_SECONDS:
            return before
        self.ids += 1
        files = (file.filename,) if file else ()
        said = Said(
            world=self, id=self.ids, channel_id=channel_id, content=content, files=files, buttons=custom_ids(view)
        )
        said.nonce = nonce
        self.messages[said.id] = said
        if nonce:
            self.nonces[nonce] = (self.clock.now, said)
        return said

    def open_thread(self, message_id: int):
        if message_id in self.threads:
            raise http(400, 160004)
        self.threads.add(message_id)
        return SimpleNamespace(id=message_id)

    def standing(self) -> list[Said]:
        return [said for said in self.messages.values() if not said.deleted]

    # ------------------------------------------------------------------ workers

    def take_job(self) -> None:
        if self.queue and not self.redis_away:
            job = self.queue.pop(0)
            self.alive[job.id] = job
            self.begun.add(job.id)

    def finish(self, problem=None) -> None:
        """The oldest job under way ends well, or with a problem."""
        if self.alive and not self.redis_away and not self.redis_full:
            job_id, job = next(iter(self.alive.items()))
            del self.alive[job_id]
            self.begun.discard(job_id)
            clip = None if problem else sha256(mp4(job_id)).hexdigest()
            report = None if problem else POSED
            self.results[job_id] = Result(take=job.take, attempt=job.attempt, clip=clip, report=report, problem=problem)

    def die(self) -> None:
        """A worker is killed with its job."""
        if self.alive:
            self.deaths[self.alive.pop(next(iter(self.alive))).take] += 1

    def flush(self) -> None:
        self.begun.clear()
        self.queue.clear()
        self.results.clear()
        self.known.clear()
        self.media.clear()


class Renders:
    """The bot's side of Redis, as `bot.workers.renders` has it."""

    def __init__(self, world: World) -> None:
        self._world = world

    def _step(self) -> None:
        self._world.tripwire.step()
        if self._world.redis_away:
            raise RedisAwayError("away")

    def supply(self, media) -> None:
        self._write()
        self._world.media |= set(media)

    def feed(self, job) -> None:
        self._write()
        self._world.queue.append(job)
        self._world.known.add(job.id)
        self._world.tripwire.step()

    def survey(self, kinds):
        self._step()
        queued = {job.id for job in self._world.queue}
        sightings = {
            job_id: Sighting(
                result=self._world.results.get(job_id),
                alive=job_id in self._world.alive and not self._world.silent,
                queued=job_id in queued,
                known=job_id in self._world.known,
                begun=job_id in self._world.begun,
            )
            for job_id in kinds
        }
        fleet = Fleet(offers=(Offer(engine="bars", model="", abilities=ABILITIES["bars"], ready=True),))
        return Survey(sightings, fleet, self._world.redis_full)

    def _write(self) -> None:
        self._step()
        if self._world.redis_full:
            raise RedisAwayError("full")

    def renew(self, _media) -> None:
        self._step()

    def clip(self, digest, most) -> bytes | None:
        self._step()
        found = [job_id for job_id, result in self._world.results.items() if result.clip == digest]
        clip = mp4(found[0]) if found and not self._world.clips_go else None
        if clip is not None and len(clip) > most:
            raise OversizedError
        return clip

    def poster(self, _digest) -> bytes:
        self._step()
        return b""

    def cancel(self, job_id, _kind) -> None:
        self._step()
        self._world.queue[:] = [job for job in self._world.queue if job.id != job_id]

    def forget(self, _result, job_id) -> None:
        self._step()
        self._world.results.pop(job_id, None)
        self._world.tripwire.step()


class Places:
    """Channels and threads, as `bot.posts.places` has them."""

    def __init__(self, world: World) -> None:
        self._world = world

    def place(self, channel_id, _guild_id) -> Place:
        return Place(self._world, channel_id)

    def of(self, record) -> Place:
        return Place(self._world, record.place_id or record.channel_id)

    def lacking(self, _record) -> list[str]:
        return ["send_messages"] * self._world.mute + ["attach_files"] * self._world.no_files

    async def fetch(self, channel_id) -> object:
        self._world.tripwire.step()
        if channel_id not in self._world.threads:
            raise NobodyThereError("gone")
        return object()

    async def may_have_threads(self, _channel_id) -> bool:
        return True

    async def with_button(self, record, custom_id, place_id=None):
        place_id = place_id or record.place_id or record.channel_id
        return self._found(place_id, lambda said: custom_id in said.buttons)

    async def find(self, place, filename, _record):
        return self._found(place.id, lambda said: filename in said.files)

    async def word_of_thread(self, record, thread_id):
        found = self._found(record.channel_id, lambda said: said.content == f"started {thread_id}")
        return found.id if found else None

    async def said_in(self, _record, place_id):
        self._world.tripwire.step()
        for said in self._world.standing():
            if said.channel_id == place_id:
                yield said

    def _found(self, place_id, fits):
        self._world.tripwire.step()
        return next((said for said in self._world.standing() if said.channel_id == place_id and fits(said)), None)

    async def drop(self, record, message_id, channel_id=None):
        try:
            place = self.of(record) if channel_id is None else Place(self._world, channel_id)
            await certain(place.get_partial_message(message_id).delete())
        except NobodyThereError:
            pass

    async def awake(self, _record, request, _place_id=None):
        return await certain(request())


class Life:
    """One life of the bot on a world, a data folder and a record."""

    def __init__(self, world: World, folder, number: int) -> None:
        self.database = open_database(f"sqlite+aiosqlite:///{folder / 'unstill.db'}")
        self.store = Store(self.database)
        self.stills, self.clips = Stills(folder / "stills"), Clips(folder / "clips")
        self.houses, places = Houses(self.database), Places(world)
        settings = Settings(_env_file=None, data_dir=folder)
        posts, clip_posts = Posts(places), ClipPosts(places)
        renewals = Renewals(self.store, Ballots(self.database), self.houses, clip_posts, None)
        self.delivery = Delivery(
            store=self.store,
            stills=self.stills,
            places=places,
            posts=posts,
            clips=self.clips,
            clip_posts=clip_posts,
            limits=UploadLimits(None),
            renewals=renewals,
        )
        self.blocks = Blocks(self.database)
        gate = Gate(settings, self.blocks, Attempts(self.database), Likenesses(self.database))
        self.fates = Fates(
            store=self.store,
            houses=self.houses,
            gate=gate,
            clips=self.clips,
            clip_posts=clip_posts,
            renewals=renewals,
        )
        admission = Admission(self.store, self.houses, gate, SimpleNamespace(check_room=lambda: None))
        self.workshop = Workshop(
            store=self.store,
            stills=self.stills,
            renders=Renders(world),
            clips=self.clips,
            seals=SimpleNamespace(seal=as_it_is),
            roster=Roster(),
            safety=SimpleNamespace(of=allowed),
        )
        side, farewells, jams = (
            SidePosts(places, NoticeLog(self.database)),
            Farewells(self.database),
            JamStore(self.database),
        )
        self.backlog = Backlog(
            store=self.store,
            admission=admission,
            workshop=self.workshop,
            delivery=self.delivery,
            status=StatusLines(posts),
            holder=f"life {number}",
        )
        traces = Traces(places)
        self.forgetting = Forgetting(
            store=self.store,
            farewells=farewells,
            stills=self.stills,
            clips=self.clips,
            workshop=self.workshop,
            backlog=self.backlog,
            presence=gate.presence,
            places=places,
            posts=posts,
            side=side,
            traces=traces,
            unnaming=Unnaming(
                store=self.store,
                farewells=farewells,
                jams=jams,
                backlog=self.backlog,
                jam_posts=JamPosts(side),
                renewals=renewals,
                traces=traces,
            ),
            renewals=renewals,
        )

    async def idle(self) -> None:
        """Wait until no tick or round is under way, and nobody has a take in hand."""
        own, renewals = self.backlog, self.forgetting._renewals
        while busy := [*own._soon._runs.values(), *own._hands.values(), *renewals._soon._runs.values()]:
            await asyncio.gather(*busy, return_exceptions=True)
        while edits := list(self.backlog._status._edits.values()):
            await asyncio.gather(*edits, return_exceptions=True)


async def as_it_is(_record, clip):
    return clip


async def allowed(_record):
    return Policy.REFUSE


def tick_by(clock: Clock, monkeypatch) -> None:
    """Have the parts that wait go by this clock."""
    for module in (backlog_module, workshop_module, status_module, store_module, admission_module, forgetting_module):
        monkeypatch.setattr(module, "time", clock)


UNSURE = aiohttp.ClientConnectionError("cut")
