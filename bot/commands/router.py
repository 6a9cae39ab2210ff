"""Presses and answers to forms, by `custom_id` alone: nothing is kept in memory, so they work after any restart."""

import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import discord

from bot.commands.answers import answered
from bot.commands.guarded import may_enter
from bot.posts.places import custom_ids
from bot.takes.gate import Gate

log = logging.getLogger(__name__)

Handler = Callable[[discord.Interaction, re.Match[str]], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Who answers the presses, or the forms, whose whole `custom_id` fits a pattern.

    A `custom_id` is what the member's client sends and may be forged: the handler decides by record and rights. Of a
    press it is known that the `custom_id` stands on the message that was pressed.
    """

    pattern: re.Pattern[str]
    handler: Handler
    form: bool = False  # a form was sent; else a button or a menu was pressed
    unguarded: bool = False  # members who are shut out may do it, too


class Router:
    """The table of all routes."""

    def __init__(self, routes: Sequence[Route], gate: Gate) -> None:
        self._routes = routes
        self._gate = gate

    async def answer(self, interaction: discord.Interaction) -> None:
        """Answer a press or a form of ours; leave any other interaction alone."""
        found = self._find(interaction)
        if found is None:
            return
        route, match = found
        if route.unguarded or await may_enter(self._gate, interaction):
            async with answered(interaction):
                await route.handler(interaction, match)

    def _find(self, interaction: discord.Interaction) -> tuple[Route, re.Match[str]] | None:
        form = interaction.type is discord.InteractionType.modal_submit
        custom_id = str((interaction.data or {}).get("custom_id", ""))
        if not form and not _stands_there(interaction, custom_id):
            return None
        for route in self._routes:
            if route.form is form and (match := route.pattern.fullmatch(custom_id)):
                return route, match
        log.info("nobody here answers %r", custom_id)
        return None


def _stands_there(interaction: discord.Interaction, custom_id: str) -> bool:
    """Whether a button or menu was pressed that the message really has."""
    message = interaction.message
    if interaction.type is not discord.InteractionType.component or message is None:
        return False
    return custom_id in custom_ids(message.components)
