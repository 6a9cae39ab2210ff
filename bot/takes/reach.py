"""Who may reach a take: nobody from another server, and nobody who cannot see where it belongs."""

from typing import Any

import discord

from bot.errors import RefusedError
from bot.rules.takes import Record


async def reachable(interaction: "discord.Interaction[Any]", record: Record) -> None:
    """Raise `RefusedError` where a take is not this member's to see."""
    if not reaches(record, interaction.guild, interaction.channel_id, interaction.user):
        raise RefusedError("elsewhere")


def reaches(
    record: Record,
    guild: discord.Guild | None,
    channel_id: int | None,
    user: discord.User | discord.Member | None,
) -> bool:
    """Whether a take is of this conversation, or of one on this server that the user sees."""
    if record.guild_id != (guild.id if guild else None):
        return False
    if channel_id is not None and channel_id in {record.place_id, record.channel_id}:
        return True
    return guild is not None and isinstance(user, discord.Member) and _sees(user, guild, record)


def _sees(member: discord.Member, guild: discord.Guild, record: Record) -> bool:
    """Whether a member may see a take's channel. A private thread is for those who are in it."""
    places = [guild.get_channel_or_thread(place_id) for place_id in (record.place_id, record.channel_id) if place_id]
    if any(isinstance(place, discord.Thread) and place.is_private() for place in places):
        return False
    channel = next((place for place in places if isinstance(place, discord.abc.GuildChannel)), None)
    parent = next((place.parent for place in places if isinstance(place, discord.Thread)), None)
    seen = channel or parent
    return seen is not None and seen.permissions_for(member).view_channel
