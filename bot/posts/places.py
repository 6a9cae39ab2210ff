"""Where takes stand in Discord: channels and threads, what was posted there, links to it."""

import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import discord

from bot.posts.discord_calls import UNSURE, AgainLaterError, Answer, ArchivedError, NobodyThereError, certain
from bot.rules.clocks import is_ahead
from bot.rules.takes import Footprint, Record

log = logging.getLogger(__name__)

SEARCHED = 500  # messages
NEAR = 100  # messages, of which Discord gives so many at once
COVERED = "SPOILER_"  # discord.py puts it before the name of a file behind a cover, which is how Discord knows
CLOCKS_DIFFER = 60.0  # seconds
SHOWING = ("view_channel", "attach_files")  # permissions that a clip needs, beside that to send


class Places:
    """Channels, threads and private conversations."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    def place(self, channel_id: int, guild_id: int | None) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(channel_id, guild_id=guild_id)

    def of(self, record: Footprint) -> discord.PartialMessageable:
        """The conversation of a take."""
        return self.place(record.place_id or record.channel_id, record.guild_id)

    async def fetch(self, channel_id: int) -> object:
        """A channel or thread as Discord knows it now. Raises `NobodyThereError`."""
        return await certain(self._client.fetch_channel(channel_id))

    async def may_have_threads(self, channel_id: int) -> bool:
        channel = self._client.get_channel(channel_id) or await self.fetch(channel_id)
        return isinstance(channel, discord.TextChannel)

    def lacking(self, record: Footprint) -> list[str]:
        """The permissions that the bot lacks where a take was asked for, of those that a clip needs."""
        channel = self._client.get_channel(record.channel_id)
        if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            return []
        send = "send_messages_in_threads" if isinstance(channel, discord.Thread) else "send_messages"
        granted = channel.permissions_for(channel.guild.me)
        return [name for name in (*SHOWING, send) if not getattr(granted, name)]

    async def with_button(
        self, record: Footprint, custom_id: str, place_id: int | None = None
    ) -> discord.Message | None:
        """Our message in a take's conversation, or another place, that has this button."""
        place = self.of(record) if place_id is None else self.place(place_id, record.guild_id)
        return await self._search(place, record, lambda message: custom_id in custom_ids(message.components))

    async def find(self, place: discord.PartialMessageable, filename: str, record: Footprint) -> discord.Message | None:
        """Our message that carries `filename`, covered or not, if it is there."""
        names = {filename, f"{COVERED}{filename}"}
        return await self._search(
            place, record, lambda message: any(file.filename in names for file in message.attachments)
        )

    async def word_of_thread(self, record: Footprint, thread_id: int) -> int | None:
        """Discord's own message, in the bot's name, that says what a thread of the channel was called."""
        started = discord.Object(thread_id)  # which is the id of the message that it was opened from
        async for message in self._own(self.place(record.channel_id, record.guild_id), limit=NEAR, after=started):
            if message.type is discord.MessageType.thread_created and thread_id in _referred(message):
                return message.id
        return None

    async def said_in(self, record: Footprint, place_id: int) -> AsyncIterator[discord.Message]:
        """What this bot said in a place of a take: all of it in a thread, else after the take was asked for."""
        begun = discord.Object(record.opener_id) if record.opener_id else _at(record.asked_at)
        bounds = {"limit": None} if place_id != record.channel_id else {"limit": SEARCHED, "after": begun}
        async for message in self._own(self.place(place_id, record.guild_id), **bounds):
            if not message.is_system():
                yield message

    async def _own(self, place: discord.PartialMessageable, **bounds: Any) -> AsyncIterator[discord.Message]:
        """The bot's messages among those of a place; none where they may not be read."""
        try:
            async for message in place.history(**bounds):
                if message.author == self._client.user:
                    yield message
        except (discord.Forbidden, discord.NotFound) as error:
            log.info("what was said in %s cannot be looked through: %s", place.id, error)
        except UNSURE as error:
            raise AgainLaterError(str(error)) from error

    async def _search(
        self, place: discord.PartialMessageable, record: Footprint, fits: Callable[[discord.Message], bool]
    ) -> discord.Message | None:
        """Look through what was said since the take was asked for; from now back where that moment cannot be right."""
        after = None if is_ahead(record.asked_at, time.time()) else _at(record.asked_at)
        try:
            async for message in place.history(limit=SEARCHED, after=after):
                if message.author == self._client.user and fits(message):
                    return message
        except discord.Forbidden:
            log.info("may not read the history of %s: the nonce alone guards against a second post", place.id)
        except discord.NotFound as error:
            raise NobodyThereError(str(error)) from error
        except UNSURE as error:
            raise AgainLaterError(str(error)) from error
        return None

    async def awake(
        self, record: Footprint, request: Callable[[], Awaitable[Answer]], place_id: int | None = None
    ) -> Answer:
        """Do what Discord does not do in an archived thread, which a message wakes: a take's own, or another place."""
        place = self.of(record) if place_id is None else self.place(place_id, record.guild_id)
        try:
            return await certain(request())
        except ArchivedError:
            text = record.language.say("waking")
            waking = await certain(place.send(text, silent=True, suppress_embeds=True))
        answer = await certain(request())
        await certain(waking.delete())
        return answer

    async def drop(self, record: Footprint, message_id: int, channel_id: int | None = None) -> None:
        """Take a message of a take's conversation, or of another channel, down; one that is gone already is well."""
        place = self.of(record) if channel_id is None else self.place(channel_id, record.guild_id)
        message = place.get_partial_message(message_id)
        try:
            await self.awake(record, message.delete, channel_id)
        except NobodyThereError:
            log.info("message %s was gone already", message_id)


async def where_open(record: Footprint, post: Callable[[int], Awaitable[Answer]]) -> tuple[int, Answer]:
    """Post, or find or change what was posted, in a take's conversation, or in its channel where that is closed.

    Returns in which of them that was done, and what it gave. Raises `NobodyThereError` where it can be in neither.
    """
    refused = NobodyThereError("no place")
    for place_id in spoken_of_in(record):
        try:
            return place_id, await post(place_id)
        except NobodyThereError as error:
            log.info("it cannot be done for take %s in %d: %s", record.id, place_id, error)
            refused = error
    raise refused


def spoken_of_in(record: Footprint) -> list[int]:
    """Where a take may be shown and spoken of, the best place first: its thread, then the channel it was asked in."""
    return [*dict.fromkeys(each for each in (record.place_id, record.channel_id) if each is not None)]


def may_stand_in(record: Footprint) -> list[int]:
    """Where something may stand that was said of a take: also in its thread, where it went on in the channel.

    A thread has the id of the message that it was opened from; there may be none.
    """
    opened = record.opener_id if record.guild_id is not None else None
    return [*dict.fromkeys([*spoken_of_in(record), *([opened] if opened is not None else [])])]


def status_place(record: Footprint) -> int:
    """Where the status line of a take stands: the message that opens a conversation stands in the channel."""
    if record.status_id is not None and record.status_id == record.opener_id:
        return record.channel_id
    return record.place_id or record.channel_id


def _referred(message: discord.Message) -> set[int | None]:
    """The channel and the message that a system message speaks of."""
    reference = message.reference
    return {reference.channel_id, reference.message_id} if reference else set()


def jump_link(record: Record | None) -> str | None:
    """A link to a take's clip."""
    if record is None or record.message_id is None or record.place_id is None:
        return None
    return link_to(record.guild_id, record.place_id, record.message_id)


def link_to(guild_id: int | None, channel_id: int, message_id: int) -> str:
    return f"https://discord.com/channels/{guild_id or '@me'}/{channel_id}/{message_id}"


def custom_ids(parts: Iterable[object]) -> Iterator[str | None]:
    """The ids of a message's buttons and menus, those in parts of parts too."""
    for part in parts:
        yield getattr(part, "custom_id", None)
        yield from custom_ids(getattr(part, "children", ()))
        if (accessory := getattr(part, "accessory", None)) is not None:
            yield from custom_ids([accessory])


def _at(moment: float) -> discord.Object:
    """The snowflake of a moment, a little before it: clocks differ."""
    return discord.Object(discord.utils.time_snowflake(datetime.fromtimestamp(moment - CLOCKS_DIFFER, UTC)))
