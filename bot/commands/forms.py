"""Forms that ask for words, or what was read wrongly, and their answers.

Those come by `custom_id` alone (see `bot.commands.router`).
"""

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
from bot.rules.takes import Record
from bot.rules.wishes import Wish, checked_words
from bot.takes.asker import Asker
from bot.wording.readings import choices, chosen
from renderer.contract.corrections import plainly
from renderer.contract.shot import MOOD_LIMIT, Action

WORDS_FORM = re.compile(rf"unstill:(?P<action>{'|'.join(sorted(WORDED))})-form:{TAKE}")
CORRECTION_FORM = re.compile(rf"unstill:correct-form:{TAKE}")
MOOD_FORM = re.compile(r"unstill:mood-form:(?P<offer>[0-9]{1,20})")


def routes(asking: Asking) -> list[Route]:
    """The answers to all forms."""

    async def play_on(interaction: discord.Interaction, take_id: str, action: Action, words: str) -> None:
        """Have a take go on, as was promised before."""
        asker = Asker.of_interaction(interaction)
        await promise(interaction, asking.promises, Request(take=take_id, action=action, words=words))
        record = await asking.presses.find(asker, take_id)
        await asking.presses.ask(asker, record, Wish(action=action, words=words))
        await tell_way(interaction, record)

    async def say_words(interaction: discord.Interaction, match: re.Match[str]) -> None:
        """Nudge a take in words, or go on from it, with words or without."""
        action, words = Action(match["action"]), checked_words(_field(interaction.data, "words"))
        if action is Action.NUDGE and not words:
            raise RefusedError("nothing_said")
        await play_on(interaction, match["take"], action, words)

    async def say_mood(interaction: discord.Interaction, match: re.Match[str]) -> None:
        """Begin the take of an offered picture."""
        mood = checked_words(_field(interaction.data, "words"))
        await promise(interaction, asking.promises, Request(offer=match["offer"], words=mood), thinking=True)
        place_id = await asking.animations.take_up(Asker.of_interaction(interaction), match["offer"], mood)
        await tell_place(interaction, place_id)

    async def correct(interaction: discord.Interaction, match: re.Match[str]) -> None:
        """Nudge a take in the plain words for what was chosen: that it is there, or is not."""
        words = plainly(chosen(_values(interaction.data, "corrections")))
        if not words:
            raise RefusedError("nothing_said")
        await play_on(interaction, match["take"], Action.NUDGE, words)

    return [
        Route(pattern=WORDS_FORM, handler=say_words, form=True),
        Route(pattern=CORRECTION_FORM, handler=correct, form=True),
        Route(pattern=MOOD_FORM, handler=say_mood, form=True),
    ]


def _field(data: object, name: str) -> str:
    """The value of the text field `name`."""
    value = _part(data, name).get("value")
    return value if isinstance(value, str) else ""


def _values(data: object, name: str) -> list[str]:
    """What was chosen from the menu `name`."""
    values = _part(data, name).get("values")
    return [each for each in cast("list[object]", values) if isinstance(each, str)] if isinstance(values, list) else []


def _part(data: object, name: str) -> dict[str, object]:
    """The field or menu `name`, wherever the form's layout put it; an empty one where it is not there."""
    empty: dict[str, object] = {}
    if isinstance(data, dict):
        part = cast("dict[str, object]", data)
        return part if part.get("custom_id") == name else _part([*part.values()], name)
    if isinstance(data, list):
        found = (_part(each, name) for each in cast("list[object]", data))
        return next((part for part in found if part), empty)
    return empty


def mood_form(offer_id: str, language: Language) -> ui.Modal:
    """Ask for the mood of an offered picture."""
    field = _words_field(language.say("form-mood-label"), language.say("form-mood-hint"), required=False)
    return _form(language.say("form-mood-title"), f"unstill:mood-form:{offer_id}", field)


def words_form(action: Action, take_id: str, language: Language) -> ui.Modal:
    """Ask for the words of a nudge, or of what comes after or came before."""
    label, hint = language.say(f"form-{action}-label"), language.say(f"form-{action}-hint")
    field = _words_field(label, hint, required=action is Action.NUDGE)
    return _form(language.say(f"form-{action}-title"), f"unstill:{action}-form:{take_id}", field)


def correction_form(record: Record, language: Language) -> ui.Modal:
    """Offer the opposites of what was read in a take's still. Raises `RefusedError` where nothing was."""
    if record.take.shot.scenes:
        raise RefusedError("reel_is_done")
    if record.report is None:
        raise RefusedError("take_gone")
    options = [
        discord.SelectOption(label=each.label, value=each.value, description=each.description)
        for each in choices(language, record.report.picture)
    ]
    menu: ui.Select[ui.Modal] = ui.Select(
        custom_id="corrections",
        placeholder=language.say("form-correct-hint"),
        max_values=len(options),
        options=options,
    )
    field = ui.Label[ui.Modal](text=language.say("form-correct-label"), component=menu)
    return _form(language.say("form-correct-title"), f"unstill:correct-form:{record.id}", field)


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
