"""What the bot itself has said of a member or of takes that go, found in a conversation, on record or not."""

import logging
import re
from collections.abc import Collection

import discord

from bot.posts.discord_calls import AgainLaterError, NobodyThereError, UneditableError, certain
from bot.posts.places import COVERED, Places, custom_ids, may_stand_in
from bot.rules.takes import Footprint

log = logging.getLogger(__name__)

STORY = "story.png"  # the picture of a whole family, posted where it was asked for
TAKE_ID = re.compile(r"[0-9a-f]{20}")


class Traces:
    """Looks through what was said."""

    def __init__(self, places: Places) -> None:
        self._places = places

    async def look_through(self, of: Footprint, member_id: int, going: Collection[str] = ()) -> None:
        """Take down what shows takes that go where a take may be shown; nothing else there names the member any more.

        In a thread that began with a still that goes, all that the bot said goes. In the channel it is looked for
        among the first messages after the take was asked for.
        """
        for place_id in may_stand_in(of):
            whole = place_id != of.channel_id and of.parent is None and of.id in going
            async for message in self._places.said_in(of, place_id):
                if whole or _shows(message, going):
                    await self._places.drop(of, message.id, place_id)
                else:
                    await self._unname(of, place_id, message, member_id)

    async def unname(self, of: Footprint, channel_id: int, message_id: int, member_id: int) -> None:
        """Have a message no longer name a member. One that cannot be read goes."""
        try:
            message = await certain(self._places.place(channel_id, of.guild_id).fetch_message(message_id))
        except NobodyThereError:
            await self._places.drop(of, message_id, channel_id)
        else:
            await self._unname(of, channel_id, message, member_id)

    async def _unname(self, of: Footprint, place_id: int, message: discord.Message, member_id: int) -> None:
        mention = f"<@{member_id}>"
        if mention not in message.content:
            return
        text = message.content.replace(mention, of.language.say("forgotten-member"))
        try:
            await self._places.awake(of, lambda: message.edit(content=text), place_id)
        except UneditableError as error:  # Discord takes a few edits an hour of old messages
            raise AgainLaterError(str(error)) from error
        except NobodyThereError:
            log.info("message %d was gone already", message.id)


def _shows(message: discord.Message, going: Collection[str]) -> bool:
    """Whether a message shows one of the takes, in its files or by its buttons, or the family they were in."""
    if not going:
        return False
    names = [file.filename.removeprefix(COVERED) for file in message.attachments]
    said = [*names, *filter(None, custom_ids(message.components))]
    return STORY in names or any(take_id in going for each in said for take_id in TAKE_ID.findall(each))
