"""Answers to forms, by `custom_id` alone: discord.py forgets its own forms at a restart, members do not."""

import re
from typing import TYPE_CHECKING, cast

import discord

from bot.answers import answered
from bot.buttons import NUDGE_FORM
from renderer.job import Action

if TYPE_CHECKING:
    from bot.client import Unstill

MOOD_FORM = re.compile(r"unstill:mood-form:(?P<offer>[0-9]{1,20})")


async def answer_form(interaction: "discord.Interaction[Unstill]") -> None:
    """Handle a form of ours; leave any other interaction alone."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return
    data = dict(interaction.data or {})
    custom_id, words = str(data.get("custom_id", "")), _field(data, "words")
    async with answered(interaction):
        if match := NUDGE_FORM.fullmatch(custom_id):
            await interaction.response.defer()
            await interaction.client.presses.make(interaction, match["take"], Action.NUDGE, words)
        elif match := MOOD_FORM.fullmatch(custom_id):
            await interaction.response.defer(ephemeral=True, thinking=True)
            await interaction.client.animations.take_up(interaction, match["offer"], words)


def _field(data: object, name: str) -> str:
    """The value of the text field `name`, wherever the form's layout put it."""
    if isinstance(data, dict):
        part = cast("dict[str, object]", data)
        value = part.get("value")
        if part.get("custom_id") == name and isinstance(value, str):
            return value
        return _field([*part.values()], name)
    if isinstance(data, list):
        return next((found for part in cast("list[object]", data) if (found := _field(part, name))), "")
    return ""
