"""Commands and buttons that ask the gate first."""

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.answers import own_language, tell
from bot.errors import RefusedError
from bot.wording import problem

if TYPE_CHECKING:
    from bot.client import Unstill


class GuardedTree(app_commands.CommandTree["Unstill"]):
    """All commands and menus."""

    async def interaction_check(self, interaction: "discord.Interaction[Unstill]", /) -> bool:
        return await may_enter(interaction)


class Guarded:
    """Before `ui.DynamicItem` among the bases of a button or menu."""

    async def interaction_check(self, interaction: "discord.Interaction[Any]", /) -> bool:
        return await may_enter(interaction)


async def may_enter(interaction: "discord.Interaction[Unstill]") -> bool:
    """Whether this member may ask for anything here; if not, they are told so."""
    if interaction.type is discord.InteractionType.autocomplete:
        return True
    try:
        await interaction.client.gate.let_in(interaction.user.id, interaction.guild_id)
    except RefusedError as error:
        await tell(interaction, problem(own_language(interaction), error.code, error.data))
        return False
    return True
