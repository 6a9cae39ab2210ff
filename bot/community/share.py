"""Share: a kept clip goes to the channel that its server chose, once."""

import discord

from bot.coalescing import Turns
from bot.errors import RefusedError
from bot.media.clips import Clips
from bot.posts.clip_posts import ClipPosts
from bot.posts.discord_calls import NobodyThereError, TooLargeError
from bot.posts.places import link_to
from bot.posts.renewals import Renewals
from bot.record.house_rules import Houses
from bot.record.store import Store
from bot.rules.flagging import Flagged
from bot.rules.takes import Fate, Record
from bot.takes.asker import Asker
from bot.takes.safety import Safety
from bot.wording import sentences

NEEDED = ("view_channel", "send_messages", "attach_files")


class Share:
    """Posts kept clips where a server wants to see them."""

    def __init__(
        self, *, store: Store, houses: Houses, clips: Clips, clip_posts: ClipPosts, renewals: Renewals, safety: Safety
    ) -> None:
        self._safety = safety
        self._store = store
        self._houses = houses
        self._clips = clips
        self._clip_posts = clip_posts
        self._renewals = renewals
        self._turns = Turns[str]()  # a clip is shared by one hand at a time

    async def share(self, asker: Asker, record: Record) -> str:
        """Post the clip; the sentence for whoever pressed. Raises `RefusedError` where that cannot be."""
        channel = await self._channel(asker, record)
        clip = await self._clips.read(record.id)
        if clip is None:
            raise RefusedError("clip_gone")
        async with self._turns.of(record.id):
            earlier = await self._store.copy_in(record.id, channel.id)
            if earlier is None:
                earlier = await self._post(record, channel, clip)
                if not await self._store.write_copy(earlier, record.id, channel.id):
                    await self._clip_posts.retract(record, earlier, channel.id)
                    raise RefusedError("take_gone")
        return asker.language.say("share-done", link=link_to(record.guild_id, channel.id, earlier))

    async def _post(self, record: Record, channel: discord.abc.GuildChannel, clip: bytes) -> int:
        card = await self._renewals.card_of(record)
        restricted = await self._safety.flagged(record.guild_id) is Flagged.RESTRICTED
        if card.flagged and restricted and not self._safety.is_restricted(channel.id):
            raise RefusedError("not_for_everyone")
        try:
            return await self._clip_posts.share(card, channel.id, clip)
        except TooLargeError as error:
            raise RefusedError("too_large_to_share") from error
        except NobodyThereError as error:
            raise RefusedError("gallery_gone") from error

    async def _channel(self, asker: Asker, record: Record) -> discord.abc.GuildChannel:
        """Where kept clips go on this server, if this one may."""
        house = await self._houses.of(record.guild_id)
        if not asker.may(house.keep, record):
            raise RefusedError("may_not_keep")
        if record.fate is not Fate.KEPT:
            raise RefusedError("not_kept")
        if house.gallery is None or asker.guild is None:
            raise RefusedError("no_gallery")
        channel = asker.guild.get_channel(house.gallery)
        if channel is None:
            raise RefusedError("gallery_gone")
        granted = channel.permissions_for(asker.guild.me)
        missing = [name for name in NEEDED if not getattr(granted, name)]
        if missing:
            raise RefusedError("missing_permissions", missing=sentences.permissions(asker.language, missing))
        return channel
