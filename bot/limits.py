"""How large a clip may be where it is going."""

import discord

from bot.settings import Settings

EVERYWHERE = 10 * 2**20  # what Discord takes in private messages and from every server


def upload_limit(settings: Settings, guild: discord.Guild | None) -> int:
    """Bytes: the operator's limit, else the server's own."""
    if settings.upload_limit is not None:
        return settings.upload_limit
    return guild.filesize_limit if guild is not None else EVERYWHERE


def smaller_limit(clip_bytes: int) -> int:
    """What to try next when Discord refused a clip of this size."""
    return EVERYWHERE - 2**16 if clip_bytes > EVERYWHERE else max(64 * 1024, round(clip_bytes * 0.6))
