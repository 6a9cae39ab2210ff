"""Who may reach a take: nobody from another server, and nobody who cannot see where it belongs."""

import discord

from bot.errors import RefusedError
from bot.rules.takes import Footprint
from bot.takes.asker import Asker


def check_reach(asker: Asker, record: Footprint) -> None:
    """Raise `RefusedError` where a take is not this member's to see."""
    if not reaches(asker, record):
        raise RefusedError("elsewhere")


def reaches(asker: Asker, record: Footprint) -> bool:
    """Whether a take is of the conversation where a member asks, or of one on this server that they see."""
    if record.guild_id != asker.guild_id:
        return False
    if asker.channel_id is not None and asker.channel_id in {record.place_id, record.channel_id}:
        return True
    return asker.guild is not None and isinstance(asker.user, discord.Member) and _sees(asker.user, asker.guild, record)


def _sees(member: discord.Member, guild: discord.Guild, record: Footprint) -> bool:
    """Whether a member may see a take's channel. A private thread is for those who are in it."""
    places = [guild.get_channel_or_thread(place_id) for place_id in (record.place_id, record.channel_id) if place_id]
    if any(isinstance(place, discord.Thread) and place.is_private() for place in places):
        return False
    channel = next((place for place in places if isinstance(place, discord.abc.GuildChannel)), None)
    parent = next((place.parent for place in places if isinstance(place, discord.Thread)), None)
    seen = channel or parent
    return seen is not None and seen.permissions_for(member).view_channel
