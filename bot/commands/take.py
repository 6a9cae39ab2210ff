"""`/take`: the controls of an old clip, and its conversation woken: from an archived thread no press may reach us."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.commands.answers import answered
from bot.commands.translator import words

if TYPE_CHECKING:
    from bot.client import Unstill


@app_commands.command(description=words("command-take"))
@app_commands.describe(link=words("command-take-link"))
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
async def take(interaction: "discord.Interaction[Unstill]", link: app_commands.Range[str, 1, 200]) -> None:
    async with answered(interaction):
        await interaction.response.defer(ephemeral=True, thinking=True)
        revival = interaction.client.revival
        record = await revival.find(interaction, link)
        await revival.answer(interaction, await revival.wake(record, interaction.user.id))
