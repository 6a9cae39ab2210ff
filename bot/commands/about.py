"""`/queue`, `/help`, `/about`, and the word of welcome."""

from importlib.metadata import version

import discord
from discord import app_commands

from bot.commands.answers import answered, defer, own_language, tell
from bot.commands.translator import AnyCommand, words
from bot.language.fluent import language
from bot.parts import Workers
from bot.wording import sentences

NEEDED = (
    "view_channel",
    "send_messages",
    "attach_files",
    "read_message_history",
    "create_public_threads",
    "send_messages_in_threads",
)


def commands(workers: Workers) -> list[AnyCommand]:
    """`/queue`, `/help` and `/about`."""

    @app_commands.command(description=words("command-queue"))
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def queue(interaction: discord.Interaction) -> None:
        async with answered(interaction):
            await defer(interaction, thinking=True)
            mine, everyone = await workers.backlog.places(interaction.user.id)
            await tell(interaction, sentences.queue(own_language(interaction), mine, everyone))

    @app_commands.command(name="help", description=words("command-help"))
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def help_(interaction: discord.Interaction) -> None:
        async with answered(interaction):
            await tell(interaction, sentences.help_text(own_language(interaction)))

    @app_commands.command(description=words("command-about"))
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def about(interaction: discord.Interaction) -> None:
        async with answered(interaction):
            own = own_language(interaction)
            await tell(interaction, sentences.about(own, version("unstill"), workers.engines.labels(own)))

    return [queue, help_, about]


async def welcome(guild: discord.Guild) -> None:
    """Say hello where a new server is likely to read it; where nothing may be said, say nothing."""
    channel = _lobby(guild)
    if channel is not None:
        granted = channel.permissions_for(guild.me)
        missing = [name for name in NEEDED if not getattr(granted, name)]
        text = sentences.welcome(language(str(guild.preferred_locale)), missing)
        await channel.send(text, suppress_embeds=True)


def _lobby(guild: discord.Guild) -> discord.TextChannel | None:
    """The system channel, else the first text channel that the bot may write in."""
    candidates = [guild.system_channel, *guild.text_channels]
    for channel in candidates:
        if channel is not None:
            granted = channel.permissions_for(guild.me)
            if granted.view_channel and granted.send_messages:
                return channel
    return None
