"""`/animate` and *Animate this*: a member's picture and words become a take."""

from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands

from bot.commands.answers import answered, own_language
from bot.commands.permissions import check_permissions
from bot.commands.translator import words
from bot.media.stills import check_payload
from bot.rules.wishes import checked_words
from renderer.contract.shot import SECONDS

if TYPE_CHECKING:
    from bot.client import Unstill


@app_commands.command(description=words("command-animate"))
@app_commands.describe(
    **{name: words(f"command-{name}") for name in ("image", "mood", "seconds", "size", "loop", "engine")}
)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
async def animate(
    interaction: "discord.Interaction[Unstill]",
    image: discord.Attachment,
    mood: str = "",
    seconds: app_commands.Range[float, SECONDS[0], SECONDS[1]] = 4.0,
    size: Literal[480, 720, 1080] = 720,
    loop: bool = False,
    engine: str = "",
) -> None:
    async with answered(interaction):
        check_payload(image.filename, image.content_type, image.size)
        mood = checked_words(mood)
        chosen = interaction.client.engines.chosen(engine, own_language(interaction))
        check_permissions(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        animations = interaction.client.animations
        await animations.begin(interaction, image.url, mood=mood, seconds=seconds, size=size, loop=loop, engine=chosen)


@animate.autocomplete("engine")
async def suggest_engines(interaction: "discord.Interaction[Unstill]", typed: str) -> list[app_commands.Choice[str]]:
    """Answer from memory: Discord waits 3 s, Redis may be away for longer."""
    return interaction.client.engines.suggestions(typed, own_language(interaction))


@app_commands.context_menu(name=words("menu-animate-this"))
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
async def animate_this(interaction: "discord.Interaction[Unstill]", message: discord.Message) -> None:
    async with answered(interaction):
        check_permissions(interaction)
        await interaction.client.animations.offer(interaction, message)
