"""Commands, presses and forms ask the gate first."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import discord
from discord import app_commands

from bot.commands.answers import own_language, tell
from bot.errors import RefusedError
from bot.takes.gate import Gate
from bot.wording.sentences import problem

log = logging.getLogger(__name__)

PATIENCE = 1.0  # seconds that the record may take: Discord waits 3 s for the first answer


class GuardedTree(app_commands.CommandTree[discord.Client]):
    """All commands and menus; `guard` says of each use whether it may be."""

    def __init__(self, client: discord.Client, guard: Callable[[discord.Interaction], Awaitable[bool]]) -> None:
        super().__init__(client)
        self._guard = guard

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        return await self._guard(interaction)


async def may_enter(gate: Gate, interaction: discord.Interaction) -> bool:
    """Whether this member may ask for anything here; if not, they are told so."""
    if interaction.type is discord.InteractionType.autocomplete:
        return True
    gate.presence.note()
    asking = asyncio.create_task(gate.let_in(interaction.user.id, interaction.guild_id))
    await asyncio.wait({asking}, timeout=PATIENCE)
    if not asking.done():
        asking.add_done_callback(_log_unread)
        return True  # a take is asked about once more on its way into the record
    error = asking.exception()
    if isinstance(error, RefusedError):
        await tell(interaction, problem(own_language(interaction), error.code, error.data))
        return False
    if error is not None:
        _log_unread(asking)
    return True


def _log_unread(asking: asyncio.Task[None]) -> None:
    log.warning("whether a member is shut out could not be read in time: %s", asking.exception() or "too late")
