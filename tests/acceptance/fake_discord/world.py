"""What Discord remembers: users, guilds, channels, threads, messages and their files."""

import io
import mimetypes
import re
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

import discord
from PIL import Image

EPOCH_MS = 1_420_070_400_000
TEXT, DM, THREAD = 0, 1, 11
PLAIN, THREAD_STARTER, REPLY, COMMAND_REPLY = 0, 21, 19, 20
HAS_THREAD, EPHEMERAL, LOADING, V2 = 1 << 5, 1 << 6, 1 << 7, 1 << 15


@dataclass(eq=False, kw_only=True)
class User:
    id: int
    name: str
    bot: bool = False


@dataclass(eq=False, kw_only=True)
class Guild:
    id: int
    name: str
    owner: User
    permissions: int  # of everybody, the bot included
    members: list[User]
    channels: list["Channel"] = field(default_factory=list)


@dataclass(eq=False, kw_only=True)
class Channel:
    """A guild's text channel, a thread or a direct conversation."""

    id: int
    kind: int
    name: str = ""
    guild: Guild | None = None
    denied: int = 0  # permissions nobody has here
    nsfw: bool = False
    recipient: User | None = None
    parent: Self | None = None
    owner: User | None = None
    auto_archive: int = 4320
    archived: bool = False
    locked: bool = False
    messages: dict[int, "Message"] = field(default_factory=dict)

    @property
    def permissions(self) -> int:
        if self.guild is None:
            return discord.Permissions.all().value
        denied = self.parent.denied if self.parent else self.denied
        return self.guild.permissions & ~denied

    def allows(self, permission: str) -> bool:
        return getattr(discord.Permissions(self.permissions), permission)


@dataclass(eq=False, kw_only=True)
class Attachment:
    id: int
    filename: str
    data: bytes
    url: str
    description: str | None = None
    ephemeral: bool = False

    @property
    def content_type(self) -> str | None:
        return mimetypes.guess_type(self.filename)[0]

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height where Discord would tell them of a picture."""
        if not (self.content_type or "").startswith("image/"):
            return None
        try:
            return Image.open(io.BytesIO(self.data)).size
        except (OSError, Image.DecompressionBombError):
            return None  # Discord, too, goes by the name and shows no size


@dataclass(eq=False, kw_only=True)
class Message:
    id: int
    channel: Channel
    author: User
    type: int = PLAIN
    content: str = ""
    flags: int = 0
    attachments: list[Attachment] = field(default_factory=list)
    components: list[dict] = field(default_factory=list)
    embeds: list[dict] = field(default_factory=list)
    mentions: list[User] = field(default_factory=list)
    mentions_everyone: bool = False
    reactions: dict[str, list[User]] = field(default_factory=dict)
    nonce: str | int | None = None
    replies_to: Self | None = None
    thread: Channel | None = None
    interaction: dict | None = None  # interaction_metadata
    edited: datetime | None = None
    deleted: bool = False
    edits: int = 0

    @property
    def created(self) -> datetime:
        return datetime.fromtimestamp(((self.id >> 22) + EPOCH_MS) / 1000, UTC)

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        return bool(self.flags & LOADING)

    @property
    def buttons(self) -> list[dict]:
        return [part for part in walk(self.components) if part["type"] == 2]


class World:
    """Everything there is, by id."""

    def __init__(self) -> None:
        self._last_id = 0
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.files: dict[str, Attachment] = {}  # by URL without its query
        self.bot = self.user("unstill", bot=True)
        self.owner = self.user("operator")

    def snowflake(self) -> int:
        """An id that tells the time, as Discord's do, and is never used twice."""
        now = int(time.time() * 1000) - EPOCH_MS
        self._last_id = max(self._last_id + 1, now << 22)
        return self._last_id

    def user(self, name: str, *, bot: bool = False) -> User:
        return self._keep(self.users, User(id=self.snowflake(), name=name, bot=bot))

    def guild(self, name: str, *, members: tuple[User, ...] = (), without: str = "") -> Guild:
        """A guild with the bot in it; `without` names permissions that nobody has."""
        allowed = discord.Permissions.all()
        allowed.update(administrator=False, **dict.fromkeys(without.split(), False))
        return self._keep(
            self.guilds,
            Guild(
                id=self.snowflake(),
                name=name,
                owner=self.owner,
                permissions=allowed.value,
                members=[self.bot, *members],
            ),
        )

    def text_channel(self, guild: Guild, name: str, *, without: str = "", nsfw: bool = False) -> Channel:
        denied = discord.Permissions(**dict.fromkeys(without.split(), True)).value
        channel = Channel(id=self.snowflake(), kind=TEXT, name=name, guild=guild, denied=denied, nsfw=nsfw)
        guild.channels.append(channel)
        return self._keep(self.channels, channel)

    def dm(self, user: User) -> Channel:
        """The bot's conversation with this user, the same each time."""
        known = next((c for c in self.channels.values() if c.recipient is user), None)
        return known or self._keep(self.channels, Channel(id=self.snowflake(), kind=DM, recipient=user))

    def thread(self, message: Message, name: str, *, auto_archive: int) -> Channel:
        """A thread has the id of the message it starts from."""
        parent = message.channel
        thread = Channel(
            id=message.id,
            kind=THREAD,
            name=name,
            guild=parent.guild,
            parent=parent,
            owner=self.bot,
            auto_archive=auto_archive,
        )
        message.thread, message.flags = thread, message.flags | HAS_THREAD
        return self._keep(self.channels, thread)

    def attachment(
        self, place: int, filename: str, data: bytes, description: str | None = None, *, ephemeral: bool = False
    ) -> Attachment:
        """Store a file under a signed URL of the CDN."""
        file_id = self.snowflake()
        filename = re.sub(r"[^\w.\-]", "_", filename)
        kind = "ephemeral-attachments" if ephemeral else "attachments"
        path = f"https://cdn.discordapp.com/{kind}/{place}/{file_id}/{filename}"
        expiry = int(time.time()) + 24 * 3600
        attachment = Attachment(
            id=file_id,
            filename=filename,
            data=data,
            url=f"{path}?ex={expiry:x}&is={expiry - 24 * 3600:x}&hm={file_id:064x}&",
            description=description,
            ephemeral=ephemeral,
        )
        self.files[path] = attachment
        return attachment

    def message(self, channel: Channel, author: User, **said) -> Message:
        """A message in a channel; sending un-archives a thread."""
        message = Message(id=self.snowflake(), channel=channel, author=author, **said)
        channel.messages[message.id] = message
        if not message.ephemeral:
            channel.archived = False
        return message

    @staticmethod
    def _keep(shelf: dict, thing):
        shelf[thing.id] = thing
        return thing


def walk(components: list[dict]):
    """Every component, the nested ones too."""
    for part in components:
        yield part
        yield from walk(part.get("components", []))
        yield from walk([part[name] for name in ("accessory", "component") if part.get(name)])
