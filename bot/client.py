"""The bot, wired: what `create_bot` returns is all there is, nothing is global."""

import asyncio
import logging
import os
from collections import Counter
from contextvars import Context, copy_context
from functools import partial
from hashlib import sha256
from json import dumps
from typing import Any, cast

import aiohttp
import discord
from discord import app_commands
from discord.ext import tasks

from bot.commands import about, animate, gallery, jam, privacy, story, take
from bot.commands.buttons import TakeButton
from bot.commands.forms import answer_form
from bot.commands.guarded import GuardedTree
from bot.commands.jam_buttons import JamStop, JamVote
from bot.commands.reactions import Reactions
from bot.commands.replies import Replies
from bot.commands.report import ReportButton
from bot.commands.settings import settings
from bot.commands.translator import Translator
from bot.community.fates import Fates
from bot.community.gallery import Gallery
from bot.community.jam_rounds import Jams
from bot.community.presses import Presses
from bot.community.reporting import Reports
from bot.community.revival import Revival
from bot.community.share import Share
from bot.community.storytelling import Stories
from bot.media.sweep import Media
from bot.posts.renewals import Renewals
from bot.privacy.exporting import Exporting
from bot.privacy.forgetting import Forgetting
from bot.record.attempts import Attempts
from bot.record.blocks import Blocks
from bot.record.database import open_database
from bot.record.errors import RecordError
from bot.record.holdings import Holdings
from bot.record.house_rules import Houses
from bot.record.likenesses import Likenesses
from bot.record.reaction_log import ReactionLog
from bot.record.store import Store
from bot.rules.fleet import Roster
from bot.running.embedded import Embedded
from bot.running.health import Health
from bot.running.metrics import Metrics
from bot.settings import Settings
from bot.takes.backlog import Backlog
from bot.takes.beginning import Animations
from bot.takes.gate import Gate
from bot.takes.safety import Safety
from bot.wiring import wire
from bot.workers.engines import Engines
from bot.workers.renders import Renders
from renderer.contract.job import Event

log = logging.getLogger(__name__)

AnyCommand = app_commands.Command[Any, ..., Any] | app_commands.ContextMenu | app_commands.Group

BUTTONS = (
    TakeButton,
    story.ReelButton,
    story.JoinSelect,
    JamVote,
    JamStop,
    gallery.PageButton,
    ReportButton,
    privacy.ForgetButton,
)
ALIVE = "alive"  # a file in the data folder, touched at every tick: for health checks
LONGEST_RATE_LIMIT = 30.0  # seconds discord.py may sleep on a 429 before it raises; its own minimum


def create_bot(settings: Settings, *, connector: aiohttp.BaseConnector | None = None) -> "Unstill":
    """Wire the bot. `connector` goes to `discord.Client`, so that a test can be Discord."""
    return Unstill(settings, connector=connector)


def commands() -> list[app_commands.ContextMenu]:
    """All of them; the cast stands for the many types that slash commands have."""
    return cast(
        "list[app_commands.ContextMenu]",
        [
            animate.animate,
            animate.animate_this,
            jam.jam,
            story.story,
            gallery.gallery,
            take.take,
            settings,
            privacy.forget,
            privacy.export,
            about.queue,
            about.help_,
            about.about,
        ],
    )


def intents() -> discord.Intents:
    """Guilds, reactions, and messages for the replies among them; none is privileged.

    Discord shows a bot the words of messages that ping it and of private ones; of others it shows none.
    """
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True, guild_reactions=True, dm_reactions=True)


class Unstill(discord.Client):
    """One bot process."""

    backlog: Backlog
    animations: Animations
    presses: Presses
    fates: Fates
    reactions: Reactions
    replies: Replies
    renewals: Renewals
    share: Share
    stories: Stories
    jams: Jams
    gallery: Gallery
    revival: Revival
    reports: Reports
    forgetting: Forgetting
    exporting: Exporting

    def __init__(self, settings: Settings, *, connector: aiohttp.BaseConnector | None) -> None:
        super().__init__(
            intents=intents(),
            connector=connector,
            allowed_mentions=discord.AllowedMentions.none(),
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            max_ratelimit_timeout=LONGEST_RATE_LIMIT,
        )
        self.settings = settings
        self.tree = GuardedTree(self)
        for command in commands():
            self.tree.add_command(command)
        self.metrics = Metrics()
        self.health = Health(self.metrics, refresh=self._count, ailments=self._ailments)
        self.database = open_database(settings.database)
        self.store = Store(self.database, self.metrics)
        self.houses = Houses(self.database)
        self.blocks = Blocks(self.database)
        attempts = Attempts(self.database)
        self.gate = Gate(settings, self.blocks, attempts, Likenesses(self.database))
        self.media = Media(
            settings,
            holdings=Holdings(self.database),
            houses=self.houses,
            reactions=ReactionLog(self.database),
            attempts=attempts,
        )
        self.safety = Safety(self, self.houses, settings.safety_policy)
        self.roster = Roster()
        self.engines = Engines(settings, self.roster)
        self._embedded: Embedded | None = None
        self._renders: Renders | None = None

    async def setup_hook(self) -> None:
        self.settings.data_dir.mkdir(parents=True, exist_ok=True)
        renders = Renders(await self._redis_url())
        await self.database.migrate()
        self._renders = renders
        wire(self, renders)
        self.add_dynamic_items(*BUTTONS)
        await self.tree.set_translator(Translator())
        await self._sync_commands()
        renders.listen(partial(self._tell, asyncio.get_running_loop(), copy_context()))
        if self.settings.metrics_port is not None:
            await self.health.open(self.settings.metrics_host, self.settings.metrics_port)
        self._tick.start()
        if self._embedded is not None:
            self._look_after.start()

    async def _redis_url(self) -> str:
        if self.settings.redis_url is not None:
            return self.settings.redis_url.get_secret_value()
        ours = {
            "UNSTILL_ENGINE": self.settings.engine,
            "UNSTILL_MODEL": self.settings.model,
            "UNSTILL_LOG": self.settings.log,
            "UNSTILL_LOG_STYLE": self.settings.log_style,
        }
        environment = {**os.environ, **ours}
        self._embedded = Embedded(self.settings.data_dir, environment=environment, megabytes=self.settings.redis_mb)
        return await asyncio.to_thread(self._embedded.start)

    async def _sync_commands(self) -> None:
        """Tell Discord the commands when they have changed: creating them is limited to 200 a day."""
        commands = [await self._as_told(command) for command in self.tree.get_commands()]
        fingerprint = sha256(dumps([self.application_id, commands], sort_keys=True).encode()).hexdigest()
        if await self.store.note("commands") != fingerprint:
            await self.tree.sync()
            await self.store.write_note("commands", fingerprint)
            log.info("told Discord the commands")

    async def _as_told(self, command: AnyCommand) -> dict[str, Any]:
        """A command as Discord is told of it, in all languages."""
        translator = self.tree.translator
        return await command.get_translated_payload(self.tree, translator) if translator else command.to_dict(self.tree)

    def _tell(self, loop: asyncio.AbstractEventLoop, context: Context, event: Event) -> None:
        """Bring news from the listening thread into the event loop, as an event of the client's.

        Nobody waits on a socket for it, and it runs in the client's own context, which a test may give its own clock.
        """
        if not loop.is_closed():
            loop.call_soon_threadsafe(self.dispatch, "render", event, context=context)

    async def on_render(self, event: Event) -> None:
        if self._tick.is_running():
            await self.backlog.hear(event)

    async def on_interaction(self, interaction: "discord.Interaction[Unstill]") -> None:
        await answer_form(interaction)

    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        await self.reactions.added(event)

    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        await self.reactions.removed(event)

    async def on_message(self, message: discord.Message) -> None:
        await self.replies.heard(message)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        if guild.id in self.settings.blocked_servers:
            log.info("leaving server %d, which is blocked", guild.id)
            await guild.leave()
            return
        await about.welcome(guild)

    @tasks.loop(seconds=1)
    async def _tick(self) -> None:
        try:
            await self.backlog.tick()
            if self.backlog.leads:
                await self.jams.tick()
                await self.forgetting.tick()
            await self.media.tick(leads=self.backlog.leads)
            self.health.tick()
            await asyncio.to_thread((self.settings.data_dir / ALIVE).touch)
        except Exception:  # one bad second must not be the last: the next tick compares everything anew
            log.exception("a tick failed")

    @_tick.before_loop
    async def _when_ready(self) -> None:
        await self.wait_until_ready()

    async def _count(self) -> None:
        """Have the metrics say how things stand."""
        kinds = [offer.kind for offer in self.roster.fleet.offers]
        self.metrics.stand(await self.store.open_by_state(), Counter(kinds))

    async def _ailments(self) -> list[str]:
        """Why members would not be served just now."""
        try:
            await self.store.note("commands")
        except RecordError as error:
            log.warning("SQL does not answer: %s", error)
            return ["SQL does not answer"]
        wrong = [] if self.is_ready() else ["not connected to Discord"]
        return wrong + ([] if self.roster.sees else ["Redis is away"])

    @tasks.loop(seconds=1)
    async def _look_after(self) -> None:
        """Restart what died of the embedded Redis and worker."""
        if self._embedded is not None:
            await asyncio.to_thread(self._embedded.ensure)

    async def close(self) -> None:
        if self.is_closed():
            return
        self._tick.cancel()
        self._look_after.cancel()
        await self.health.close()
        if self._renders is not None:
            await self.renewals.close()
            await self.jams.close()
            await self.backlog.close()
            await asyncio.to_thread(self._renders.close)
        await super().close()
        if self._embedded is not None:
            await asyncio.to_thread(self._embedded.stop)
        await self.database.close()
