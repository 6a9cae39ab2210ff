"""What the bot must be allowed where a command is given; without it the command is refused."""

import discord

from bot.commands.answers import own_language
from bot.errors import RefusedError
from bot.wording import sentences


def check_permissions(interaction: discord.Interaction) -> None:
    """Refuse at once where the bot could not post."""
    if interaction.guild_id is None:
        return
    channel = interaction.channel
    if isinstance(channel, discord.ForumChannel | discord.CategoryChannel) or channel is None:
        raise RefusedError("not_here")
    send = "send_messages_in_threads" if isinstance(channel, discord.Thread) else "send_messages"
    needed = ("view_channel", send, "attach_files")
    missing = [name for name in needed if not getattr(interaction.app_permissions, name)]
    if missing:
        raise RefusedError("missing_permissions", missing=sentences.permissions(own_language(interaction), missing))
