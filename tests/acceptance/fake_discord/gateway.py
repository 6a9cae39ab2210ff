"""The gateway: hello, identify, heartbeats, events in order, resume with replay."""

import asyncio
import json
import secrets
import zlib
from dataclasses import dataclass, field

import discord
from aiohttp import WSMsgType, web

from tests.acceptance.fake_discord import payloads
from tests.acceptance.fake_discord.world import THREAD, Channel, Message, User

RESUME_URL = "wss://gateway-us-east1-b.discord.gg"
PRIVILEGED = discord.Intents(members=True, presences=True, message_content=True).value
DISPATCH, HEARTBEAT, IDENTIFY, RESUME, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 0, 1, 2, 6, 9, 10, 11
AUTHENTICATION_FAILED, INVALID_INTENTS_ASKED, UNKNOWN_ERROR, NOT_AUTHENTICATED = 4004, 4014, 4000, 4003


class Line:
    """One websocket; every frame goes through one zlib stream."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        self._request, self._socket = request, socket
        self._stream = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None
        self.lock = asyncio.Lock()  # frames leave in the order they were squeezed

    async def send(self, *frames: dict) -> None:
        async with self.lock:
            for frame in frames:
                await self._send(json.dumps(frame))

    async def _send(self, text: str) -> None:
        if self._stream is None:
            await self._socket.send_str(text)
        else:
            data = self._stream.compress(text.encode()) + self._stream.flush(zlib.Z_SYNC_FLUSH)
            await self._socket.send_bytes(data)

    async def close(self, code: int) -> None:
        await self._socket.close(code=code)

    def vanish(self) -> None:
        """The cable is cut: no close frame."""
        self._request.transport.abort()

    def __aiter__(self):
        return aiter(self._socket)


@dataclass(eq=False, kw_only=True)
class Session:
    """What survives a lost connection."""

    id: str
    intents: int
    sent: list[dict] = field(default_factory=list)  # every event so far, for replay
    line: Line | None = None

    async def send(self, event: str, data: dict) -> None:
        frame = {"op": DISPATCH, "t": event, "s": len(self.sent) + 1, "d": data}
        self.sent.append(frame)
        if self.line is not None:
            await self._try(frame)

    async def _try(self, frame: dict) -> None:
        try:
            await self.line.send(frame)
        except ConnectionError:
            self.line = None  # the frame waits in `sent` for the resume


class Gateway:
    def __init__(self, fake) -> None:
        self._fake = fake
        self._sessions: dict[str, Session] = {}
        self.heartbeat_ms = 41_250
        self.identified: list[dict] = []
        self.resumed: list[dict] = []
        self.heartbeats = 0

    @property
    def online(self) -> bool:
        return any(session.line for session in self._sessions.values())

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(autoping=True)
        await socket.prepare(request)
        line = Line(request, socket)
        session: Session | None = None
        try:
            await line.send({"op": HELLO, "d": {"heartbeat_interval": self.heartbeat_ms}})
            async for message in line:
                if message.type is WSMsgType.TEXT:
                    session = await self._hear(line, json.loads(message.data), session)
        except ConnectionError:
            pass  # the client is gone; its session waits for a resume
        finally:
            if session is not None and session.line is line:
                session.line = None
            self._fake.changed()
        return socket

    async def _hear(self, line: Line, frame: dict, session: Session | None) -> Session | None:
        """One frame from the client."""
        match frame["op"]:
            case 1:
                self.heartbeats += 1
                await line.send({"op": HEARTBEAT_ACK})
            case 2:
                session = await self._identify(line, frame["d"])
            case 6:
                session = await self._resume(line, frame["d"])
            case 3 | 4:
                pass  # presence, member chunks: nothing to do here
            case _:
                await line.close(4001)
        self._fake.changed()
        return session

    async def _identify(self, line: Line, asked: dict) -> Session | None:
        self.identified.append(asked)
        if asked["token"] != self._fake.token:
            await line.close(AUTHENTICATION_FAILED)
            return None
        if asked["intents"] & PRIVILEGED:
            await line.close(INVALID_INTENTS_ASKED)
            return None
        session = Session(id=secrets.token_hex(16), intents=asked["intents"], line=line)
        self._sessions[session.id] = session
        await self._ready(session)
        return session

    async def _ready(self, session: Session) -> None:
        world = self._fake.world
        await session.send(
            "READY",
            {
                "v": 10,
                "user": payloads.user(world.bot) | {"mfa_enabled": False, "verified": True, "email": None},
                "guilds": [{"id": str(number), "unavailable": True} for number in world.guilds],
                "session_id": session.id,
                "session_type": "normal",
                "resume_gateway_url": RESUME_URL,
                "application": {"id": str(world.bot.id), "flags": 0},
                "private_channels": [],
                "shard": [0, 1],
            },
        )
        if session.intents & discord.Intents(guilds=True).value:
            for guild in world.guilds.values():
                await session.send("GUILD_CREATE", self._guild_create(guild, joining=False))

    async def _resume(self, line: Line, asked: dict) -> Session | None:
        session = self._sessions.get(asked["session_id"])
        if session is None or asked["token"] != self._fake.token or not 0 <= asked["seq"] <= len(session.sent):
            await line.send({"op": INVALID_SESSION, "d": False})
            return None
        self.resumed.append(asked)
        missed = session.sent[asked["seq"] :]
        session.line = line
        await line.send(*missed)
        await session.send("RESUMED", {"_trace": []})
        return session

    async def drop(self, code: int = UNKNOWN_ERROR) -> None:
        """Close every connection with a close frame; the sessions can be resumed."""
        for line in self._hang_up():
            await line.close(code)

    def vanish(self) -> None:
        """Cut every connection without a word."""
        for line in self._hang_up():
            line.vanish()

    def forget(self) -> None:
        """No session can be resumed any more."""
        self._sessions = {secrets.token_hex(16): session for session in self._sessions.values() if session.line}

    def _hang_up(self) -> list[Line]:
        lines = [session.line for session in self._sessions.values() if session.line]
        for session in self._sessions.values():
            session.line = None
        return lines

    async def emit(self, event: str, data: dict, intent: str = "") -> None:
        """An event to every session that asked for such."""
        needed = getattr(discord.Intents, intent).flag if intent else 0
        for session in list(self._sessions.values()):
            if not needed or session.intents & needed:
                await session.send(event, data)

    async def joined(self, guild) -> None:
        await self.emit("GUILD_CREATE", self._guild_create(guild, joining=True), "guilds")

    async def message(self, event: str, said: Message) -> None:
        """MESSAGE_CREATE or MESSAGE_UPDATE; what others say is blank without the privileged intent."""
        if said.ephemeral:
            return
        data = payloads.message_event(said)
        if not self._may_read(said):
            data |= {"content": "", "attachments": [], "embeds": [], "components": []}
        await self.emit(event, data, _intent(said.channel, "messages"))

    async def message_gone(self, said: Message) -> None:
        data = {"id": str(said.id), "channel_id": str(said.channel.id)} | payloads.guild_id(said.channel)
        await self.emit("MESSAGE_DELETE", data, _intent(said.channel, "messages"))

    async def reaction(self, event: str, said: Message, who: User, emoji: str) -> None:
        data = {
            "user_id": str(who.id),
            "channel_id": str(said.channel.id),
            "message_id": str(said.id),
            "message_author_id": str(said.author.id),
            "emoji": {"id": None, "name": emoji},
            "burst": False,
            "type": 0,
        } | payloads.guild_id(said.channel)
        if said.channel.guild:
            data["member"] = payloads.full_member(who)
        await self.emit(event, data, _intent(said.channel, "reactions"))

    async def thread(self, event: str, thread: Channel, **extra) -> None:
        await self.emit(event, payloads.channel(thread) | extra, "guilds")

    def _guild_create(self, guild, *, joining: bool) -> dict:
        threads = [
            channel
            for channel in self._fake.world.channels.values()
            if channel.kind == THREAD and channel.guild is guild and not channel.archived
        ]
        return payloads.guild_create(guild, threads, joining=joining)

    def _may_read(self, said: Message) -> bool:
        bot = self._fake.world.bot
        return said.author is bot or said.channel.guild is None or bot in said.mentions


def _intent(channel: Channel, what: str) -> str:
    return f"{'guild' if channel.guild else 'dm'}_{what}"
