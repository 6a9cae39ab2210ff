"""Commands and buttons that ask the gate first."""

import asyncio
import logging
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.commands.answers import own_language, tell
from bot.errors import RefusedError
from bot.wording.sentences import problem

if TYPE_CHECKING:
    from bot.client import Unstill

log = logging.getLogger(__name__)

PATIENCE = 1.0  # seconds that the record may take: Discord waits 3 s for the first answer


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
    asking = asyncio.create_task(interaction.client.gate.let_in(interaction.user.id, interaction.guild_id))
    await asyncio.wait({asking}, timeout=PATIENCE)
    if not asking.done():
        asking.add_done_callback(_unheard)
        return True  # a take is asked about once more on its way into the record
    error = asking.exception()
    if isinstance(error, RefusedError):
        await tell(interaction, problem(own_language(interaction), error.code, error.data))
        return False
    if error is not None:
        _unheard(asking)
    return True


def _unheard(asking: asyncio.Task[None]) -> None:
    log.warning("whether a member is shut out could not be read in time: %s", asking.exception() or "too late")
