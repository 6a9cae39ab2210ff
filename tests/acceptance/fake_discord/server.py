"""The fake itself: one TLS port on this machine for REST, gateway and CDN."""

import asyncio
import inspect
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import aiohttp
from aiohttp import web

from tests.acceptance.fake_discord import cdn
from tests.acceptance.fake_discord.application import ApplicationRoutes
from tests.acceptance.fake_discord.calls import REQUEST_BYTES, Call
from tests.acceptance.fake_discord.channels import ChannelRoutes
from tests.acceptance.fake_discord.gateway import Gateway
from tests.acceptance.fake_discord.interactions import InteractionRoutes
from tests.acceptance.fake_discord.limits import Mishaps, Rules
from tests.acceptance.fake_discord.members import Member
from tests.acceptance.fake_discord.network import loopback_connector
from tests.acceptance.fake_discord.rest import Rest
from tests.acceptance.fake_discord.spec import Spec
from tests.acceptance.fake_discord.tls import Certificates
from tests.acceptance.fake_discord.world import Channel, Guild, Message, User, World


class FakeDiscord:
    """Use as `async with`; everything a test looks at is an attribute."""

    token = "a-token-of-the-fake"

    def __init__(self, certificates: Certificates, *, spec: Spec | None = None, rules: Rules | None = None) -> None:
        self._certificates = certificates
        self.spec, self.rules = spec, rules or Rules()
        self.world = World()
        self.mishaps = Mishaps()
        self.calls: list[Call] = []
        self.violations: list[str] = []  # what Discord would not have taken, or this fake answered wrongly
        self.gateway = Gateway(self)
        self.application = ApplicationRoutes(self)
        self.interactions = InteractionRoutes(self)
        table = self.application.table | ChannelRoutes(self).table | self.interactions.table
        self._rest = Rest(self, table)
        self._news = asyncio.Event()

    async def __aenter__(self):
        app = web.Application(client_max_size=REQUEST_BYTES)
        self._rest.add_routes(app.router)
        for folder in ("attachments", "ephemeral-attachments"):
            app.router.add_get(f"/{folder}/{{tail:.*}}", self._serve_file)
        app.router.add_get("/", self.gateway.serve)
        self._runner = web.AppRunner(app, shutdown_timeout=1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=self._certificates.for_server()).start()
        return self

    async def __aexit__(self, *_) -> None:
        await self.gateway.drop(1001)
        await self._runner.cleanup()

    @property
    def port(self) -> int:
        return self._runner.addresses[0][1]

    @property
    def authority(self) -> Path:
        return self._certificates.authority

    def connector(self) -> aiohttp.TCPConnector:
        """The door through which a client in this process comes in."""
        return loopback_connector(self.port, self.authority)

    # ------------------------------------------------------------------ the world

    def member(self, name: str) -> Member:
        return Member(self, self.world.user(name))

    async def join(self, guild: Guild) -> None:
        """The bot is added to a guild while it runs."""
        await self.gateway.joined(guild)

    async def post(self, channel: Channel, author: User, **said) -> Message:
        """Put a message into a channel and tell the gateway; it opens an archived thread."""
        opened = channel.archived
        message = self.world.message(channel, author, **said)
        if opened and not channel.archived:
            await self.gateway.thread("THREAD_UPDATE", channel)
        await self.gateway.message("MESSAGE_CREATE", message)
        self.changed()
        return message

    async def react(self, message: Message, who: User, emoji: str) -> None:
        users = message.reactions.setdefault(emoji, [])
        if who not in users:
            users.append(who)
            await self.gateway.reaction("MESSAGE_REACTION_ADD", message, who, emoji)

    async def unreact(self, message: Message, who: User, emoji: str) -> None:
        users = message.reactions.get(emoji, [])
        if who in users:
            users.remove(who)
            await self.gateway.reaction("MESSAGE_REACTION_REMOVE", message, who, emoji)
        if not users:
            message.reactions.pop(emoji, None)

    # ------------------------------------------------------------------ looking on

    def changed(self) -> None:
        """Wake those who wait in `until`."""
        self._news.set()

    async def until(self, check: Callable, seconds: float = 30.0):
        """What `check` says once it says something."""
        try:
            async with asyncio.timeout(seconds):
                while not (found := check()):
                    await self._next_news()
        except TimeoutError:
            recent = "\n".join(f"  {call.status} {call.route}" for call in self.calls[-12:])
            raise AssertionError(f"in vain for {seconds} s: {inspect.getsource(check).strip()}\n{recent}") from None
        return found

    async def _next_news(self) -> None:
        """Something happened here, or it is time to look anyway: the bot may have changed by itself."""
        self._news.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), 0.2)

    async def download(self, url: str) -> bytes:
        """A file as anybody gets it from the CDN."""
        async with aiohttp.ClientSession(connector=self.connector()) as session, session.get(url) as response:
            response.raise_for_status()
            return await response.read()

    def calls_to(self, route: str) -> list[Call]:
        return [call for call in self.calls if call.route == route]

    def messages(self, channel: Channel) -> list[Message]:
        """What everybody sees in a channel, oldest first."""
        return [each for each in channel.messages.values() if not each.deleted and not each.ephemeral]

    async def _serve_file(self, request: web.Request) -> web.Response:
        return await cdn.serve(self, request)
