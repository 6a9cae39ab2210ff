"""What stands in Discord for a take before its clip: the still and its thread, the status line, or why there is none.

Each is posted once, whatever breaks in between: Discord drops a repeated nonce for some minutes, an edit may be
repeated, and after any doubt the conversation is searched.
"""

import asyncio
import io
import logging
from functools import partial
from typing import Any, NamedTuple

import aiohttp
import discord

from bot.posts.controls import CANCEL, bring_back_button, button_id, cancel_button
from bot.posts.discord_calls import NobodyThereError, RejectedError, UneditableError, certain
from bot.posts.places import Places, spoken_of_in, status_place
from bot.rules.takes import HELD_BACK, Footprint, Record
from bot.wording import sentences
from renderer.contract.job import Problem

log = logging.getLogger(__name__)

THREAD_SECONDS = 8.0  # opening a thread may be rate-limited for minutes: then the channel itself will do
ARCHIVE_MINUTES = 7 * 24 * 60


class Said(NamedTuple):
    """Where something was said."""

    place_id: int | None  # the conversation; the opener is counted to it
    message_id: int


class Posts:
    """Opens conversations, and says how a take stands."""

    def __init__(self, places: Places) -> None:
        self._places = places

    async def opener(self, record: Record, preview: bytes, *, again: bool) -> discord.Message:
        """Show the still and who asked, in the channel where it was asked. `again`: it may be there already."""
        channel = self._places.place(record.channel_id, record.guild_id)
        if again and (found := await self._places.find(channel, _still_name(record), record)):
            return found
        file = _still_file(record, preview, covered=record.covered)
        opening = channel.send(_opening(record), file=file, nonce=f"o{record.id}", suppress_embeds=True)
        return await certain(opening)

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
        button, nonce = cancel_button(record), f"s{record.id}"
        return (await certain(place.send(text, view=button, nonce=nonce, silent=True, suppress_embeds=True))).id

    async def edit_status(self, record: Record, text: str) -> None:
        if record.status_id is not None:
            message = self._places.of(record).get_partial_message(record.status_id)
            await certain(message.edit(content=text))

    async def clear_status(self, record: Footprint) -> None:
        """Take the status line down; one that is gone already is well. Where the opener served for it, that stays."""
        if isinstance(record, Record) and _is_opener(record):
            await self._change_opener(record, content=_opening(record), view=None)
            return
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
        """Take the still down, and the member's words from the thread that is called by them, if there is one."""
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
                await self._places.awake(record, lambda: thread.edit(name=name), thread_id)
        except NobodyThereError:
            log.info("thread %d was gone already", thread_id)

    async def lost_opener(self, record: Footprint) -> int | None:
        """The message with the still, where its receipt was lost; a thread that was opened from it has its id, too."""
        channel = self._places.place(record.channel_id, record.guild_id)
        found = await self._places.find(channel, _still_name(record), record)
        return found.id if found else None

    async def cover_still(self, record: Record, preview: bytes) -> None:
        """Put the still that opens a conversation behind a cover, as its clip is."""
        await self._change_opener(record, attachments=[_still_file(record, preview, covered=True)])

    async def take_still_down(self, record: Record) -> None:
        """Take the still out of the message that opens a conversation."""
        await self._change_opener(record, attachments=[])

    async def _change_opener(self, record: Record, **changes: Any) -> None:
        """Change the message that opens a conversation, if it still stands. Children have no opener."""
        try:
            await self._edit_opener(record, **changes)
        except NobodyThereError:
            log.info("the still of take %s was gone already", record.id)

    async def _edit_opener(self, record: Record, **changes: Any) -> int:
        """Edit the message that opens a conversation; its id. Raises `NobodyThereError` where there is none."""
        if record.opener_id is None:
            raise NobodyThereError("no opener")
        opener = self._places.place(record.channel_id, record.guild_id).get_partial_message(record.opener_id)
        await certain(opener.edit(**changes))
        return record.opener_id

    async def explain(self, record: Footprint, problem: Problem) -> Said:
        """Say why there is no clip, wherever words may still be said.

        The status line comes first, then a message in the conversation, then one in its channel. What the bot posted
        itself it may edit where it may post nothing more: the message that opens the conversation is the last to try.
        Raises `NobodyThereError` where none will do.
        """
        text = sentences.explanation(record.language, problem.code, problem.data)
        view = bring_back_button(record) if isinstance(record, Record) and problem.code == HELD_BACK else None
        ways = [partial(self._say_in_status, record)]
        ways += [partial(self._say_in, record, place_id) for place_id in spoken_of_in(record)]
        ways += [partial(self._say_in_opener, record)]
        for way in ways:
            try:
                return await way(text, view)
            except (NobodyThereError, RejectedError, UneditableError) as error:
                log.info("why take %s has no clip cannot be said by %s: %s", record.id, way.func.__name__, error)
        raise NobodyThereError("no words may be said anywhere")

    async def _say_in_status(self, record: Footprint, text: str, view: discord.ui.View | None) -> Said:
        if _is_opener(record):
            return await self._say_in_opener(record, text, view)
        status = await self._status_line(record)
        if status is None:
            raise NobodyThereError("no status line")
        await self._places.awake(record, lambda: status.edit(content=text, view=view))
        return Said(place_id=record.place_id, message_id=status.id)

    async def _say_in(self, record: Footprint, place_id: int, text: str, view: discord.ui.View | None) -> Said:
        place, shown = self._places.place(place_id, record.guild_id), view or discord.utils.MISSING
        message = await certain(place.send(text, view=shown, nonce=f"x{record.id}", suppress_embeds=True))
        return Said(place_id=place_id, message_id=message.id)

    async def _say_in_opener(self, record: Footprint, text: str, view: discord.ui.View | None) -> Said:
        if not isinstance(record, Record):
            raise NobodyThereError("what its opener says cannot be read")
        opener_id = await self._edit_opener(record, content=f"{_opening(record)}\n{text}", view=view)
        return Said(place_id=record.place_id, message_id=opener_id)

    async def lost_status(self, record: Record) -> int | None:
        """The status line that stands in a take's conversation by its button."""
        found = await self._places.with_button(record, button_id(CANCEL, record.id))
        return found.id if found else None

    async def _status_line(self, record: Footprint) -> discord.PartialMessage | discord.Message | None:
        """The status line: the one we know of, or one whose receipt was lost."""
        if record.status_id is not None:
            place = self._places.place(status_place(record), record.guild_id)
            return place.get_partial_message(record.status_id)
        return await self._places.with_button(record, button_id(CANCEL, record.id))


def _is_opener(record: Footprint) -> bool:
    """Whether the message that opens the conversation serves as the status line."""
    return record.status_id is not None and record.status_id == record.opener_id


def _opening(record: Record) -> str:
    """What the message says that opens a conversation."""
    return sentences.opener(record.language, f"<@{record.member_id}>", record.take.shot.beat.mood)


def _still_file(record: Record, preview: bytes, *, covered: bool) -> discord.File:
    description = sentences.thread_name(record.language, record.take.shot.beat.mood)
    return discord.File(io.BytesIO(preview), _still_name(record), description=description, spoiler=covered)


def _still_name(record: Footprint) -> str:
    return f"still-{record.id}.jpg"
