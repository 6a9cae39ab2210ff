"""Reactions that came and went while no bot was online: after each start the clips of the last day are looked through.

Discord tells of a reaction when it is made, and never again. What stands there now is compared with what the record
knows, and the rest is put to `Reactions` as if Discord told of it. Discord is asked for one message, and for who
reacted with one emoji, at a time: only for emoji that ask for something, and whose count is not what is known.
"""

import logging
import time
from collections import deque
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import discord

from bot.commands.reactions import Reactions
from bot.posts.discord_calls import NobodyThereError, PostError, certain
from bot.posts.places import Places
from bot.record.house_rules import Houses
from bot.record.reaction_log import ClipMessage, Mark, ReactionLog
from bot.rules.emoji_map import wish_of

log = logging.getLogger(__name__)

PERIOD = timedelta(days=1)
MOST_CLIPS = 200  # messages, the newest
AT_A_TICK = 3  # messages; a tick comes once a second
MOST_MEMBERS = 100  # who reacted with one emoji: what Discord tells in one answer
PATIENCE = 60.0  # seconds until the next try where Discord is away


class MissedReactions:
    """Looks through recent clips, a few at each tick."""

    def __init__(
        self, client: discord.Client, *, known: ReactionLog, places: Places, houses: Houses, reactions: Reactions
    ) -> None:
        self._client = client
        self._known = known
        self._places = places
        self._houses = houses
        self._reactions = reactions
        self._due = False
        self._left: deque[ClipMessage] = deque()
        self._not_before = 0.0

    def look_again(self) -> None:
        """Have all recent clips looked through: from now on Discord tells of what happens, before it may not have."""
        self._due = True

    async def tick(self) -> None:
        """Look at the next few; called by the bot that leads, one run at a time."""
        if time.monotonic() < self._not_before:
            return
        if self._due:
            since = discord.utils.time_snowflake(discord.utils.utcnow() - PERIOD)
            self._left, self._due = deque(await self._known.clips_since(since, MOST_CLIPS)), False
        for _ in range(min(AT_A_TICK, len(self._left))):
            await self._safely(self._left.popleft())

    async def _safely(self, clip: ClipMessage) -> None:
        try:
            await self._look_at(clip)
        except NobodyThereError as error:
            log.info("message %d is not there to be looked at: %s", clip.message_id, error)
        except PostError as error:
            log.info("reactions to message %d are looked for later: %s", clip.message_id, error)
            self._left.append(clip)
            self._not_before = time.monotonic() + PATIENCE

    async def _look_at(self, clip: ClipMessage) -> None:
        """Hear what is new at a message, and what is gone. What is known is read first: else it might be newer.

        Nothing where a member was forgotten since it was posted: their emoji may stand there, and nobody knows it.
        """
        if discord.utils.snowflake_time(clip.message_id).timestamp() <= await self._known.unknown_before():
            return
        known = await self._known.standing(clip.message_id)
        message = await certain(self._places.place(clip.channel_id, clip.guild_id).fetch_message(clip.message_id))
        house = await self._houses.of(clip.guild_id)
        for reaction in message.reactions:
            emoji = str(reaction.emoji)
            before = {mark.member_id for mark in known if mark.emoji == emoji}
            if wish_of(discord.PartialEmoji.from_str(emoji).name, house) and reaction.count != len(before):
                await self._compare(clip, reaction, before)
        shown = {str(reaction.emoji) for reaction in message.reactions}
        await self._gone(clip, [mark for mark in known if mark.emoji not in shown])

    async def _compare(self, clip: ClipMessage, reaction: discord.Reaction, before: set[int]) -> None:
        """Hear of those who reacted with one emoji and were not known to, and of those who no longer do."""
        emoji, now = str(reaction.emoji), await certain(_members(reaction))
        for user in now:
            if user.id not in before and not user.bot:
                await self._come(clip, emoji, user)
        if reaction.count <= MOST_MEMBERS:  # else there are others of whom Discord did not tell
            left = before - {user.id for user in now}
            marks = [Mark(message_id=clip.message_id, emoji=emoji, member_id=member_id) for member_id in left]
            await self._gone(clip, marks)

    async def _come(self, clip: ClipMessage, emoji: str, user: discord.User | discord.Member) -> None:
        event = _event(clip, emoji, user.id)
        guild = self._client.get_guild(clip.guild_id) if clip.guild_id else None
        if guild is not None:
            try:
                event.member = await certain(guild.fetch_member(user.id))  # with roles and rights
            except NobodyThereError:
                return  # has left the server
        await self._reactions.found(event)

    async def _gone(self, clip: ClipMessage, marks: Iterable[Mark]) -> None:
        for mark in marks:
            await self._reactions.removed(_event(clip, mark.emoji, mark.member_id))


async def _members(reaction: discord.Reaction) -> list[discord.User | discord.Member]:
    return [user async for user in reaction.users(limit=MOST_MEMBERS)]


def _event(clip: ClipMessage, emoji: str, member_id: int) -> discord.RawReactionActionEvent:
    """What Discord would have told."""
    told: Any = {  # as discord.py reads it: its own type for it cannot be imported
        "user_id": member_id,
        "channel_id": clip.channel_id,
        "message_id": clip.message_id,
        "type": 0,
        **({"guild_id": clip.guild_id} if clip.guild_id else {}),
    }
    partial = discord.PartialEmoji.from_str(emoji)
    return discord.RawReactionActionEvent(told, partial, "REACTION_ADD")
