"""What is said beside a clip: how ballots stand, the votes of a jam, a word to somebody that goes again."""

import logging
import time
from typing import Any

import discord

from bot.language.fluent import Language
from bot.posts.controls import EMOJI
from bot.posts.discord_calls import NobodyThereError, PostError, UneditableError, certain
from bot.posts.places import Places, may_stand_in, where_open
from bot.record.notice_log import Notice, NoticeLog
from bot.rules.takes import Footprint, Record
from bot.rules.wishes import words_of
from bot.wording.quoting import quote

log = logging.getLogger(__name__)

NOTICE_SECONDS = 45.0  # enough to read


class SidePosts:
    """Posts, edits and drops messages beside clips."""

    def __init__(self, places: Places, notices: NoticeLog) -> None:
        self._places = places
        self._notices = notices

    async def tally(self, record: Record, wish: str, have: int, need: int, known: int | None) -> int:
        """Say how the ballots for a wish stand, in a message of its own: the known one or a new one."""
        text = tally_text(record.language, wish, have, need)
        place = self._places.of(record)
        if known is not None:
            try:
                await certain(place.get_partial_message(known).edit(content=text))
            except (NobodyThereError, UneditableError) as error:
                log.info("a tally of take %s is posted anew: %s", record.id, error)
            else:
                return known
        return (await certain(place.send(text, silent=True, suppress_embeds=True))).id

    async def beside(
        self, record: Footprint, text: str, view: discord.ui.View | None, *, nonce: str, button: str = ""
    ) -> int:
        """Post a message in a take's conversation, or in its channel where that is closed; the message.

        It is posted once: the nonce, or the button that tells it from others, say so. Raises `NobodyThereError` where
        both are closed.
        """
        shown = view or discord.utils.MISSING

        async def send(place_id: int) -> int:
            if button and (found := await self._places.with_button(record, button, place_id)):
                return found.id
            place = self._places.place(place_id, record.guild_id)
            return (await certain(place.send(text, view=shown, nonce=nonce, suppress_embeds=True))).id

        _, message_id = await where_open(record, send)
        return message_id

    async def unsay(self, record: Footprint, message_id: int) -> None:
        """Take down what was said beside a take, wherever that was."""
        for place_id in may_stand_in(record):
            await self._places.drop(record, message_id, place_id)

    async def standing(self, record: Footprint, button: str) -> int | None:
        """The message beside a take that has this button, in its conversation or its channel."""

        async def find(place_id: int) -> int:
            found = await self._places.with_button(record, button, place_id)
            if found is None:
                raise NobodyThereError("no such message")
            return found.id

        try:
            _, message_id = await where_open(record, find)
        except NobodyThereError:
            return None
        return message_id

    async def edit_beside(self, record: Record, message_id: int, **changes: Any) -> None:
        """Edit a message beside a take, in its conversation or its channel: wherever it was posted."""

        async def edit(place_id: int) -> None:
            message = self._places.place(place_id, record.guild_id).get_partial_message(message_id)
            await self._places.awake(record, lambda: message.edit(**changes), place_id)

        await where_open(record, edit)

    async def drop(self, record: Footprint, message_id: int) -> None:
        """Take a message beside a clip down."""
        await self._places.drop(record, message_id)

    async def notice(self, record: Record, member_id: int, text: str) -> None:
        """Say something to a member beside a clip that goes again, also where the bot does not live so long."""
        text = f"<@{member_id}> {text}"
        place = self._places.of(record)
        said = await certain(place.send(text, silent=True, delete_after=NOTICE_SECONDS, suppress_embeds=True))
        notice = Notice(channel_id=record.place_id or record.channel_id, message_id=said.id)
        await self._notices.add(notice, member_id, time.time() + NOTICE_SECONDS)

    async def drop_left_over(self, now: float) -> None:
        """Take down what should be gone: an earlier life of the bot had no time to, or Discord was away.

        What cannot be taken down now stays on record, and is tried again when this is called again.
        """
        for notice in await self._notices.left_over(now):
            try:
                await self._drop_notice(notice)
            except PostError as error:
                log.info("notice %d is taken down later: %s", notice.message_id, error)

    async def drop_notices_to(self, member_id: int) -> None:
        """Take down what was said to a member and may still stand."""
        for notice in await self._notices.to(member_id):
            await self._drop_notice(notice)

    async def _drop_notice(self, notice: Notice) -> None:
        try:
            await certain(self._places.place(notice.channel_id, None).get_partial_message(notice.message_id).delete())
        except NobodyThereError:
            log.info("notice %d was gone already", notice.message_id)
        await self._notices.drop(notice)

    async def wake(self, record: Record, text: str) -> None:
        """Wake the conversation of a clip with a message, if it sleeps."""
        place_id = record.place_id or record.channel_id
        try:
            channel = await self._places.fetch(place_id)
        except NobodyThereError:
            return
        if isinstance(channel, discord.Thread) and channel.archived:
            await certain(self._places.of(record).send(text, silent=True, suppress_embeds=True))


def tally_text(language: Language, wish: str, have: int, need: int) -> str:
    """How the ballots for a wish stand."""
    action, words = wish.partition(":")[0], words_of(wish)
    label = f"*{quote(words)}*" if words else f"**{language.say(f'label-{action}')}**"
    return language.say("tally", label=f"{EMOJI[action]} {label}", have=have, need=need)
