"""What stands in Discord for a take before its clip: the still and its thread, the status line, or why there is none.

Each is posted once, whatever breaks in between: Discord drops a repeated nonce for some minutes, an edit may be
repeated, and after any doubt the conversation is searched.
"""

import asyncio
import io
import logging

import aiohttp
import discord

from bot.posts.controls import CANCEL, button_id, cancel_button
from bot.posts.discord_calls import NobodyThereError, certain
from bot.posts.places import Places
from bot.rules.takes import Footprint, Record
from bot.wording import sentences
from renderer.contract.job import Problem

log = logging.getLogger(__name__)

THREAD_SECONDS = 8.0  # opening a thread may be rate-limited for minutes: then the channel itself will do
ARCHIVE_MINUTES = 7 * 24 * 60


class Posts:
    """Opens conversations, and says how a take stands."""

    def __init__(self, places: Places) -> None:
        self._places = places

    async def opener(self, record: Record, preview: bytes, *, again: bool) -> discord.Message:
        """Show the still and who asked, in the channel where it was asked. `again`: it may be there already."""
        channel = self._places.place(record.channel_id, record.guild_id)
        if again and (found := await self._places.find(channel, _still_name(record), record)):
            return found
        text = sentences.opener(record.language, f"<@{record.member_id}>", record.take.shot.beat.mood)
        return await certain(channel.send(text, file=_still_file(record, preview), nonce=f"o{record.id}"))

    async def thread(self, record: Record, opener: discord.Message) -> int:
        """Open the conversation and return where it goes on: the new thread, or the channel where there can be none."""
        if record.guild_id is None or not await self._places.may_have_threads(record.channel_id):
            return record.channel_id
        name = sentences.thread_name(record.language, record.take.shot.beat.mood)
        try:
            async with asyncio.timeout(THREAD_SECONDS):
                return (await opener.create_thread(name=name, auto_archive_duration=ARCHIVE_MINUTES)).id
        except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, TimeoutError, ValueError) as error:
            log.info("Discord did not say that the thread of take %s is open: %s", record.id, error)
        return opener.id if await self._exists(opener.id) else record.channel_id

    async def _exists(self, thread_id: int) -> bool:
        """Whether a thread is there after all: an earlier try may have opened it. A thread has its message's id."""
        try:
            await self._places.fetch(thread_id)
        except NobodyThereError:
            return False
        return True

    async def status(self, record: Record, text: str, *, again: bool) -> int:
        """Post the status line. `again`: it may be there already."""
        if again and (found := await self._status_line(record)):
            return found.id
        place = self._places.of(record)
        message = await certain(place.send(text, view=cancel_button(record), nonce=f"s{record.id}", silent=True))
        return message.id

    async def edit_status(self, record: Record, text: str) -> None:
        if record.status_id is not None:
            message = self._places.of(record).get_partial_message(record.status_id)
            await certain(message.edit(content=text))

    async def clear_status(self, record: Footprint) -> None:
        """Take the status line down; one that is gone already is well."""
        status = await self._status_line(record)
        if status is None:
            return
        try:
            await self._places.awake(record, status.delete)
        except NobodyThereError:
            log.info("the status line of take %s was gone already", record.id)

    async def retract(self, record: Footprint, message_id: int) -> None:
        """Take down what was said for a take that has gone meanwhile."""
        await self._places.drop(record, message_id)

    async def retract_opening(self, record: Footprint, opener_id: int, place_id: int) -> None:
        """Take the still down, and the member's words from the thread that is called by them."""
        await self._places.drop(record, opener_id, record.channel_id)
        if place_id != record.channel_id:
            await self._rename_thread(record, place_id)
            word_id = await self._places.word_of_thread(record, place_id)
            if word_id is not None:
                await self._places.drop(record, word_id, record.channel_id)

    async def _rename_thread(self, record: Footprint, thread_id: int) -> None:
        """Have a thread no longer be called by its mood, which is a member's words."""
        name = record.language.say("thread-forgotten")
        try:
            thread = await self._places.fetch(thread_id)
            if isinstance(thread, discord.Thread) and thread.name != name:
                await self._places.awake(record, lambda: thread.edit(name=name))
        except NobodyThereError:
            log.info("thread %d was gone already", thread_id)

    async def lost_opener(self, record: Footprint) -> int | None:
        """The message with the still, where its receipt was lost; a thread that was opened from it has its id, too."""
        channel = self._places.place(record.channel_id, record.guild_id)
        found = await self._places.find(channel, _still_name(record), record)
        return found.id if found else None

    async def cover_still(self, record: Record, preview: bytes) -> None:
        """Put the still that opens a conversation behind a cover, as its clip is."""
        await self._change_opener(record, [_still_file(record, preview, covered=True)])

    async def take_still_down(self, record: Record) -> None:
        """Take the still out of the message that opens a conversation."""
        await self._change_opener(record, [])

    async def _change_opener(self, record: Record, files: list[discord.File]) -> None:
        """Let the opener have these files instead of its own. Children have no opener."""
        if record.opener_id is None:
            return
        opener = self._places.place(record.channel_id, record.guild_id).get_partial_message(record.opener_id)
        try:
            await certain(opener.edit(attachments=files))
        except NobodyThereError:
            log.info("the still of take %s was gone already", record.id)

    async def explain(self, record: Footprint, problem: Problem) -> int:
        """Say why there is no clip: in the status line, or as a message where there is none; which says so."""
        text = sentences.explanation(record.language, problem.code, problem.data)
        status = await self._status_line(record)
        if status is not None:
            try:
                await self._places.awake(record, lambda: status.edit(content=text, view=None))
            except NobodyThereError:
                log.info("the status line of take %s is gone; saying it anew", record.id)
            else:
                return status.id
        return (await certain(self._places.of(record).send(text, nonce=f"x{record.id}"))).id

    async def lost_status(self, record: Record) -> int | None:
        """The status line that stands in a take's conversation by its button."""
        found = await self._places.with_button(record, button_id(CANCEL, record.id))
        return found.id if found else None

    async def _status_line(self, record: Footprint) -> discord.PartialMessage | discord.Message | None:
        """The status line: the one we know of, or one whose receipt was lost."""
        if record.status_id is not None:
            return self._places.of(record).get_partial_message(record.status_id)
        return await self._places.with_button(record, button_id(CANCEL, record.id))


def _still_file(record: Record, preview: bytes, *, covered: bool = False) -> discord.File:
    description = sentences.thread_name(record.language, record.take.shot.beat.mood)
    return discord.File(io.BytesIO(preview), _still_name(record), description=description, spoiler=covered)


def _still_name(record: Footprint) -> str:
    return f"still-{record.id}.jpg"
