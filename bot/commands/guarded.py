"""Commands, presses and forms ask the gate first."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import discord
from discord import AppCommandOptionType as Option
from discord import app_commands

from bot.commands.answers import answered, own_language, tell
from bot.errors import RefusedError
from bot.takes.gate import Gate
from bot.wording.sentences import problem

log = logging.getLogger(__name__)

PLAIN = {Option.integer: int, Option.number: int | float, Option.string: str, Option.boolean: bool}  # in JSON
PATIENCE = 0.8  # seconds that the record may take: Discord waits 3 s for the first answer, see `answers.PROMPT`


class GuardedTree(app_commands.CommandTree[discord.Client]):
    """All commands and menus; `guard` says of each use whether it may be."""

    def __init__(self, client: discord.Client, guard: Callable[[discord.Interaction], Awaitable[bool]]) -> None:
        super().__init__(client)
        self._guard = guard

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        if not all_offered(interaction):
            await tell(interaction, problem(own_language(interaction), "no_such_choice", {}))
            return False
        return await self._guard(interaction)

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError, /) -> None:
        """Say what came of a command that never began."""
        if interaction.type is discord.InteractionType.autocomplete:
            return
        async with answered(interaction):
            if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
                log.warning("a command of another version was sent: %s", error)
                raise RefusedError("commands_changed")
            raise error


def all_offered(interaction: discord.Interaction) -> bool:
    """Whether all values of a command are such as Discord offers: discord.py takes what it is sent."""
    command = interaction.command
    if interaction.type is discord.InteractionType.autocomplete or not isinstance(command, app_commands.Command):
        return True
    parameters = {each.display_name: each for each in command.parameters}
    return all(is_offered(parameters[name], value) for name, value in interaction.namespace if name in parameters)


def is_offered(parameter: app_commands.Parameter, value: object) -> bool:
    """Whether a value is of its parameter's type, within its bounds, and one of its choices where it has any."""
    if not isinstance(value, PLAIN.get(parameter.type, object)):
        return False
    if isinstance(value, bool) and parameter.type is not Option.boolean:
        return False
    if parameter.choices and value not in [each.value for each in parameter.choices]:
        return False
    size = len(value) if isinstance(value, str) else value
    if not isinstance(size, int | float):
        return True
    low, high = parameter.min_value, parameter.max_value
    return (low is None or size >= low) and (high is None or size <= high)


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
