"""Forms that ask for words, and their answers, which come by `custom_id` alone (see `bot.commands.router`)."""

import re
from typing import cast

import discord
from discord import ui

from bot.commands.answers import promise, tell_place, tell_way
from bot.commands.router import Route
from bot.errors import RefusedError
from bot.language.fluent import Language
from bot.parts import Asking
from bot.posts.controls import TAKE, WORDED
from bot.rules.promises import Request
from bot.rules.wishes import Wish, checked_words
from bot.takes.asker import Asker
from renderer.contract.shot import MOOD_LIMIT, Action

WORDS_FORM = re.compile(rf"unstill:(?P<action>{'|'.join(sorted(WORDED))})-form:{TAKE}")
MOOD_FORM = re.compile(r"unstill:mood-form:(?P<offer>[0-9]{1,20})")


def routes(asking: Asking) -> list[Route]:
    """The answers to both forms."""

    async def say_words(interaction: discord.Interaction, match: re.Match[str]) -> None:
        """Nudge a take in words, or go on from it, with words or without."""
        asker, action = Asker.of_interaction(interaction), Action(match["action"])
        words = checked_words(_field(interaction.data, "words"))
        if action is Action.NUDGE and not words:
            raise RefusedError("nothing_said")
        await promise(interaction, asking.promises, Request(take=match["take"], action=action, words=words))
        record = await asking.presses.find(asker, match["take"])
        await asking.presses.ask(asker, record, Wish(action=action, words=words))
        await tell_way(interaction, record)

    async def say_mood(interaction: discord.Interaction, match: re.Match[str]) -> None:
        """Begin the take of an offered picture."""
        mood = checked_words(_field(interaction.data, "words"))
        await promise(interaction, asking.promises, Request(offer=match["offer"], words=mood), thinking=True)
        place_id = await asking.animations.take_up(Asker.of_interaction(interaction), match["offer"], mood)
        await tell_place(interaction, place_id)

    return [
        Route(pattern=WORDS_FORM, handler=say_words, form=True),
        Route(pattern=MOOD_FORM, handler=say_mood, form=True),
    ]


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
    """Ask for the mood of an offered picture."""
    field = _words_field(language.say("form-mood-label"), language.say("form-mood-hint"), required=False)
    return _form(language.say("form-mood-title"), f"unstill:mood-form:{offer_id}", field)


def words_form(action: Action, take_id: str, language: Language) -> ui.Modal:
    """Ask for the words of a nudge, or of what comes after or came before."""
    label, hint = language.say(f"form-{action}-label"), language.say(f"form-{action}-hint")
    field = _words_field(label, hint, required=action is Action.NUDGE)
    return _form(language.say(f"form-{action}-title"), f"unstill:{action}-form:{take_id}", field)


def _form(title: str, custom_id: str, field: ui.Label[ui.Modal]) -> ui.Modal:
    """A form that is finished before it is sent: else discord.py would keep it to call it back."""
    form = ui.Modal(title=title, custom_id=custom_id)
    form.add_item(field)
    form.stop()
    return form


def _words_field(label: str, hint: str, *, required: bool) -> ui.Label[ui.Modal]:
    field: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id="words", placeholder=hint, required=required, max_length=MOOD_LIMIT
    )
    return ui.Label(text=label, component=field)
