"""What becomes of pictures that a safety model flags: the operator's word, or a server's stricter one."""

import discord

from bot.record.house_rules import Houses
from bot.rules.flagging import Flagged, policy_for, stricter
from bot.rules.takes import Record
from renderer.contract.job import Policy


class Safety:
    """The policy of each take's own channel."""

    def __init__(self, client: discord.Client, houses: Houses, usual: Flagged) -> None:
        self._client = client
        self._houses = houses
        self._usual = usual

    async def of(self, record: Record) -> Policy:
        """What the worker shall do with this take's pictures."""
        return policy_for(await self.flagged(record.guild_id), restricted_channel=self.is_restricted(record.channel_id))

    async def flagged(self, guild_id: int | None) -> Flagged:
        """What is so on a server, or in private."""
        return stricter(self._usual, (await self._houses.of(guild_id)).flagged)

    def is_restricted(self, channel_id: int) -> bool:
        """Whether Discord shows a channel to adults only. What it is not known of counts as open to all."""
        channel = self._client.get_channel(channel_id)
        return bool(getattr(channel, "is_nsfw", lambda: False)())
