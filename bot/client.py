"""The bot as Discord knows it: events in, one tick out. What becomes of both is the services' (`bot.wiring`)."""

import asyncio
import logging
import os
from contextlib import AsyncExitStack
from contextvars import Context, copy_context
from enum import StrEnum
from functools import partial
from hashlib import sha256
from json import dumps
from typing import Any, cast

import aiohttp
import discord
from discord import app_commands
from discord.ext import tasks

from bot.coalescing import Coalesced
from bot.commands.about import welcome
from bot.commands.answers import watch_answers
from bot.commands.guarded import GuardedTree, may_enter
from bot.commands.router import Router
from bot.commands.translator import AnyCommand, Translator
from bot.record.database import open_database
from bot.record.errors import RecordAwayError
from bot.running.embedded import Embedded
from bot.running.permissions import close_to_others
from bot.settings import Settings
from bot.wiring import Parts, Services, build, commands, routes
from bot.workers.news import News
from bot.workers.renders import Renders

log = logging.getLogger(__name__)

ALIVE = "alive"  # a file in the data folder, touched at every tick: for health checks
CLOSING = 2.0  # seconds that a duty may take to its end when the bot goes offline
NEWS = "news of the workers"
LONGEST_RATE_LIMIT = 30.0  # seconds discord.py may sleep on a 429 before it raises; its own minimum


def create_bot(settings: Settings, *, connector: aiohttp.BaseConnector | None = None) -> "Unstill":
    """Make the bot, which opens nothing before it logs in. `connector` is discord.py's: a test can be Discord."""
    return Unstill(settings, connector=connector)


def intents() -> discord.Intents:
    """Guilds, reactions, and messages for the replies among them; none is privileged.

    Discord shows a bot the words of messages that ping it and of private ones; of others it shows none.
    """
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True, guild_reactions=True, dm_reactions=True)


class Duty(StrEnum):
    """What is to be done once a second."""

    TAKES = "takes"
    JAMS = "jams"
    FORGETTING = "forgetting"
    MEDIA = "media"
    PROMISES = "promises"
    REACTIONS = "reactions"


class Unstill(discord.Client):
    """One bot process. Its services are there from `setup_hook` on, which comes before any event."""

    services: Services
    router: Router

    def __init__(self, settings: Settings, *, connector: aiohttp.BaseConnector | None) -> None:
        super().__init__(
            intents=intents(),
            connector=connector,
            allowed_mentions=discord.AllowedMentions.none(),
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            max_ratelimit_timeout=LONGEST_RATE_LIMIT,
            http_trace=watch_answers(),
        )
        self.settings = settings
        self.tree = GuardedTree(self, self._may_enter)
        self._speaking = AsyncExitStack()  # what speaks to Discord or has news for it: closed before the connection
        self._standing = AsyncExitStack()  # what that stands on: closed after it
        self._duties = Coalesced("a duty", self._do)
        self._hearing = Coalesced("hearing the workers", self._hear)

    async def setup_hook(self) -> None:
        """Open the record, reach Redis, make the services, tell Discord the commands, begin to tick."""
        await asyncio.to_thread(close_to_others, self.settings.data_dir)
        renders = Renders(await self._redis_url())
        self._speaking.push_async_callback(asyncio.to_thread, renders.close)
        database = open_database(self.settings.database)
        self._standing.push_async_callback(database.close)
        await database.migrate()
        self.services = build(self, self.settings, database=database, renders=renders)
        own = self.services
        for last_first in (own.promises, own.renewals, own.jams, own.backlog, own.health):
            self._speaking.push_async_callback(last_first.close)
        parts = Parts(self.services)
        self.router = Router(routes(parts), self.services.gate)
        for command in commands(parts):
            self.tree.add_command(cast("app_commands.ContextMenu", command))  # stands for the many types of commands
        await self.tree.set_translator(Translator())
        await self._sync_commands()
        self._news = News(partial(self._wake, asyncio.get_running_loop(), copy_context()))
        renders.listen(self._news.put)
        if self.settings.metrics_port is not None:
            await self.services.health.open(self.settings.metrics_host, self.settings.metrics_port)
        self._tick.start()

    async def _redis_url(self) -> str:
        """Where Redis is: the operator's, or one of our own with a worker at it."""
        if self.settings.redis_url is not None:
            return self.settings.redis_url.get_secret_value()
        ours = {
            "UNSTILL_ENGINE": self.settings.engine,
            "UNSTILL_MODEL": self.settings.model,
            "UNSTILL_LOG": self.settings.log,
            "UNSTILL_LOG_STYLE": self.settings.log_style,
        }
        environment = {**os.environ, **ours}
        embedded = Embedded(self.settings.data_dir, environment=environment, megabytes=self.settings.redis_mb)
        self._standing.push_async_callback(asyncio.to_thread, embedded.stop)
        url = await asyncio.to_thread(embedded.start)
        self._look_after.start(embedded)
        return url

    async def _sync_commands(self) -> None:
        """Tell Discord the commands when they have changed: creating them is limited to 200 a day."""
        told = [await self._as_told(command) for command in self.tree.get_commands()]
        fingerprint = sha256(dumps([self.application_id, told], sort_keys=True).encode()).hexdigest()
        if await self.services.store.note("commands") != fingerprint:
            await self.tree.sync()
            await self.services.store.write_note("commands", fingerprint)
            log.info("told Discord the commands")

    async def _as_told(self, command: AnyCommand) -> dict[str, Any]:
        """A command as Discord is told of it, in all languages."""
        translator = self.tree.translator
        return await command.get_translated_payload(self.tree, translator) if translator else command.to_dict(self.tree)

    async def _may_enter(self, interaction: discord.Interaction) -> bool:
        return await may_enter(self.services.gate, interaction)

    def _wake(self, loop: asyncio.AbstractEventLoop, context: Context) -> None:
        """Have the event loop told, from the listening thread, that there is news: once, however much comes meanwhile.

        Nobody waits on a socket for it, and it runs in the client's own context, which a test may give its own clock.
        """
        if not loop.is_closed():
            loop.call_soon_threadsafe(self._hearing.ask, NEWS, context=context)

    async def _hear(self, _news: str) -> None:
        for event in self._news.take():
            if self._tick.is_running():
                await self.services.backlog.hear(event)

    async def on_ready(self) -> None:
        """A session with Discord begins anew, at the start or because the last one could not be resumed."""
        self.services.missed_reactions.look_again()

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        await self.router.answer(interaction)

    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        await self.services.reactions.added(event)

    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        await self.services.reactions.removed(event)

    async def on_message(self, message: discord.Message) -> None:
        await self.services.replies.heard(message)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        if guild.id in self.settings.blocked_servers:
            log.info("leaving server %d, which is blocked", guild.id)
            await guild.leave()
            return
        await welcome(guild)

    @tasks.loop(seconds=1)
    async def _tick(self) -> None:
        """Have every duty done once, each by itself: one that raises or takes its time holds up no other."""
        for duty in Duty:
            self._duties.ask(duty)

    async def _do(self, duty: Duty) -> None:
        """One duty. While the record is away, which the record itself says, there is nothing to be done."""
        try:
            await self._see_to(duty)
        except RecordAwayError as error:
            log.debug("%s have to wait for the record: %s", duty, error)

    async def _see_to(self, duty: Duty) -> None:
        """From the beginning: each duty compares everything anew."""
        services, leads = self.services, self.services.backlog.leads
        match duty:
            case Duty.TAKES:
                await services.backlog.tick()
                if services.backlog.goes_round:
                    services.health.tick()
                    await asyncio.to_thread((self.settings.data_dir / ALIVE).touch)
            case Duty.JAMS if leads:
                services.gate.presence.note()
                await services.jams.tick()
            case Duty.FORGETTING if leads:
                await services.forgetting.tick()
            case Duty.MEDIA:
                await services.media.tick(leads=leads)
            case Duty.PROMISES:
                services.gate.presence.note()
                await services.promises.tick(leads=leads)
            case Duty.REACTIONS if leads:
                services.gate.presence.note()
                await services.missed_reactions.tick()
            case _:
                pass

    @_tick.before_loop
    async def _when_ready(self) -> None:
        await self.wait_until_ready()

    @tasks.loop(seconds=1)
    async def _look_after(self, embedded: Embedded) -> None:
        """Restart what died of the embedded Redis and worker."""
        await asyncio.to_thread(embedded.ensure)

    async def close(self) -> None:
        """Let what is under way be told, leave Discord, close what it all stood on; also after half a `setup_hook`."""
        if self.is_closed():
            return
        self._tick.cancel()
        self._look_after.cancel()
        async with AsyncExitStack() as rest:  # the last first; what fails is raised when all is closed
            rest.push_async_callback(self._standing.aclose)
            rest.push_async_callback(super().close)
            rest.push_async_callback(self._speaking.aclose)
            await self._duties.close(CLOSING)
            await self._hearing.close(CLOSING)
