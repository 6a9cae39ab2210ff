"""What was acknowledged is done, whoever dies: a promise is written down before, and goes when its member is answered.

The bot that leads keeps those that others left behind. All that it does for one may have been done before: a take, a
jam and the answer each come of the interaction alone, and are there once.
"""

import logging
import time
from dataclasses import replace

import discord

from bot.community.jam_rounds import Jams
from bot.community.presses import Presses
from bot.posts.discord_calls import AgainLaterError, NobodyThereError, PostError, certain
from bot.posts.late_words import LateWords
from bot.record.errors import RecordAwayError
from bot.record.promise_store import PromiseStore
from bot.record.store import Store
from bot.rules.promises import Promise, Request
from bot.rules.takes import Record, State
from bot.rules.wishes import Wish
from bot.takes.asker import Asker
from bot.takes.beginning import Animations, Brief
from bot.wording.sentences import problem
from renderer.contract.errors import UnstillError
from renderer.contract.lineage import ACTIONS, animated
from renderer.contract.shot import Action

log = logging.getLogger(__name__)

EVERY = 4.0  # seconds between two looks
LIFE_SECONDS = 12.0  # that a bot counts as living after it said so
SWEEP = 60.0


class Promises:
    """Promises of this bot's life, and those that others left behind."""

    def __init__(
        self,
        client: discord.Client,
        *,
        life: str,
        store: Store,
        promises: PromiseStore,
        animations: Animations,
        presses: Presses,
        jams: Jams,
        words: LateWords,
    ) -> None:
        self._client = client
        self._life = life
        self._store = store
        self._promises = promises
        self._animations = animations
        self._presses = presses
        self._jams = jams
        self._words = words
        self._kept: dict[str, Promise] = {}  # that still stand in the record
        self._next = 0.0
        self._next_sweep = 0.0

    async def make(self, promise: Promise) -> None:
        """Write down what is about to be acknowledged."""
        await self._promises.add(replace(promise, life=self._life))

    async def kept(self, promise: Promise) -> None:
        """The member was answered. Where that cannot be written down just now, it is later."""
        own = self._kept[promise.id] = replace(promise, life=self._life)
        try:
            await self._drop(own)
        except RecordAwayError as error:
            log.info("that interaction %s is answered is written down later: %s", own.id, error)

    async def tick(self, *, leads: bool) -> None:
        """Say that this bot lives; the one that leads does what others left behind."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + EVERY
        await self._store.hold_lease(self._life, self._life, LIFE_SECONDS)
        for promise in [*self._kept.values()]:
            await self._drop(promise)
        if leads:
            for promise in await self._promises.left_behind(time.time()):
                await self._keep(promise)
            if now >= self._next_sweep:
                self._next_sweep = now + SWEEP
                await self._promises.sweep(time.time())

    async def close(self) -> None:
        """Another bot may keep what this one leaves."""
        await self._store.drop_lease(self._life, self._life)

    async def _drop(self, promise: Promise) -> None:
        """Write down that a promise is kept."""
        await self._promises.drop(promise)
        self._kept.pop(promise.id, None)

    async def _keep(self, promise: Promise) -> None:
        """Do what was promised and tell the member; what is away just now is tried again, as long as they may be told.

        Where the interaction was never acknowledged, nothing was promised.
        """
        try:
            if await self._words.was_acknowledged(promise):
                log.info("interaction %s was left behind by a bot that is gone; it is taken up", promise.id)
                said = await self._answer(promise)
                if said:
                    await self._words.tell(promise, said)
        except (AgainLaterError, RecordAwayError) as error:
            log.info("interaction %s is taken up again later: %s", promise.id, error)
            return
        except PostError as error:
            log.warning("interaction %s could not be answered in words: %s", promise.id, error)
        await self._promises.drop(promise)

    async def _answer(self, promise: Promise) -> str | None:
        """Do what was promised; what the member is told of it, if anything."""
        asker = Asker.of_promise(promise, *await self._whereabouts(promise))
        if promise.request is None:
            return problem(asker.language, "restarted", {})
        try:
            return await self._done(asker, promise.request)
        except UnstillError as error:
            return problem(asker.language, error.code, error.data)
        except (AgainLaterError, RecordAwayError):
            raise
        except Exception:  # of one promise: its member is told, and the others are to be kept all the same
            log.exception("interaction %s cannot be taken up", promise.id)
            return problem(asker.language, "restarted", {})

    async def _whereabouts(self, promise: Promise) -> tuple[discord.Guild | None, discord.Member | None]:
        """The server where it was asked, and who asked as a member of it, where they still are."""
        guild = self._client.get_guild(promise.guild_id) if promise.guild_id else None
        if guild is None:
            return None, None
        try:
            return guild, await certain(guild.fetch_member(promise.member_id))
        except NobodyThereError:
            return guild, None

    async def _done(self, asker: Asker, request: Request) -> str | None:
        if request.action is not None:
            return await self._play_on(asker, request, request.action)
        begun = await self._store.get(animated(request.offer or asker.press))
        if begun is not None and begun.place_id is None and begun.state is State.EXPLAINED and begun.problem:
            return problem(asker.language, begun.problem.code, begun.problem.data)  # it never opened
        place_id = await self._begin(asker, request) if begun is None else _place(begun)
        return asker.language.say("on-its-way-to", place=f"<#{place_id}>")

    async def _begin(self, asker: Asker, request: Request) -> int:
        """Begin the take of a picture, or the jam; where its conversation goes on."""
        if request.picture is None:
            return await self._animations.take_up(asker, request.offer, request.words)
        if request.terms is not None:
            return await self._jams.begin(asker, request.picture, request.terms)
        brief = Brief(
            mood=request.words,
            seconds=request.seconds,
            size=request.size,
            loop=request.loop,
            engine=request.engine,
        )
        return await self._animations.begin(asker, [request.picture], brief)

    async def _play_on(self, asker: Asker, request: Request, action: Action) -> str | None:
        """Have a take go on, unless that was begun; say where, to who asked elsewhere."""
        record = await self._presses.find(asker, request.take)
        child = ACTIONS[action](record.take, asker.press, request.words)
        if await self._store.get(child.id) is None:
            await self._presses.ask(asker, record, Wish(action=action, words=request.words))
        if _place(record) == asker.channel_id:
            return None
        return asker.language.say("on-its-way-to", place=f"<#{_place(record)}>")


def _place(record: Record) -> int:
    return record.place_id or record.channel_id
