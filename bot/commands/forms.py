"""Forms that ask for words, and their answers, by `custom_id` alone: discord.py forgets its forms at a restart."""

import re
from typing import TYPE_CHECKING, cast

import discord
from discord import ui

from bot.commands.answers import answered, tell_way
from bot.commands.guarded import may_enter
from bot.errors import RefusedError
from bot.language.fluent import Language
from bot.posts.controls import TAKE, WORDED
from bot.rules.wishes import Wish, checked_words
from bot.takes.asker import Asker
from renderer.contract.shot import MOOD_LIMIT, Action

if TYPE_CHECKING:
    from bot.client import Unstill

WORDS_FORM = re.compile(rf"unstill:(?P<action>{'|'.join(sorted(WORDED))})-form:{TAKE}")
MOOD_FORM = re.compile(r"unstill:mood-form:(?P<offer>[0-9]{1,20})")


async def answer_form(interaction: "discord.Interaction[Unstill]") -> None:
    """Handle a form of ours; leave any other interaction alone."""
    if interaction.type is not discord.InteractionType.modal_submit or not await may_enter(interaction):
        return
    data = dict(interaction.data or {})
    custom_id, words = str(data.get("custom_id", "")), _field(data, "words")
    async with answered(interaction):
        if match := WORDS_FORM.fullmatch(custom_id):
            await interaction.response.defer()
            await _ask(interaction, match["take"], Action(match["action"]), words)
        elif match := MOOD_FORM.fullmatch(custom_id):
            await interaction.response.defer(ephemeral=True, thinking=True)
            await interaction.client.animations.take_up(interaction, match["offer"], words)


async def _ask(interaction: "discord.Interaction[Unstill]", take_id: str, action: Action, words: str) -> None:
    """Nudge a take in words, or go on from it, with words or without."""
    presses = interaction.client.presses
    record = await presses.take(interaction, take_id)
    words = checked_words(words)
    if action is Action.NUDGE and not words:
        raise RefusedError("nothing_said")
    await presses.ask(Asker.of_interaction(interaction), record, Wish(action=action, words=words))
    await tell_way(interaction, record)


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


def mood_form(offer_id: str, language: Language) -> ui.Modal:
    """Ask for the mood. The answer is handled by its `custom_id` (see `answer_form`)."""
    form = ui.Modal(title=language.say("form-mood-title"), custom_id=f"unstill:mood-form:{offer_id}", timeout=900)
    form.add_item(words_field(language.say("form-mood-label"), language.say("form-mood-hint"), required=False))
    return form


def words_form(action: Action, take_id: str, language: Language) -> ui.Modal:
    """Ask for words. The answer is handled by its `custom_id` (see `answer_form`), so it may come after a restart."""
    title = language.say(f"form-{action}-title")
    form = ui.Modal(title=title, custom_id=f"unstill:{action}-form:{take_id}", timeout=900)
    field = words_field(
        language.say(f"form-{action}-label"), language.say(f"form-{action}-hint"), required=action is Action.NUDGE
    )
    form.add_item(field)
    return form


def words_field(label: str, hint: str, *, required: bool) -> ui.Label[ui.Modal]:
    field: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id="words", placeholder=hint, required=required, max_length=MOOD_LIMIT
    )
    return ui.Label(text=label, component=field)
