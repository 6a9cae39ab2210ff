"""The buttons under a clip. Their state is in the `custom_id` and SQL, so a press works after any restart."""

import re
from typing import TYPE_CHECKING, Self

import discord
from discord import ui

from bot import wording
from bot.answers import answered
from renderer.job import MOOD_LIMIT, Action

if TYPE_CHECKING:
    from bot.client import Unstill

TAKE = r"(?P<take>[0-9a-f]{20})"
CANCEL = "cancel"
PRESSES = "|".join(wording.LABELS)
NUDGE_FORM = re.compile(rf"unstill:nudge-form:{TAKE}")


class TakeButton(ui.DynamicItem[ui.Button[ui.View]], template=rf"unstill:(?P<press>{PRESSES}):{TAKE}"):
    """One button of one take."""

    def __init__(self, press: str, take_id: str) -> None:
        emoji, label = wording.LABELS[press]
        style = discord.ButtonStyle.danger if press == CANCEL else discord.ButtonStyle.secondary
        super().__init__(
            ui.Button(label=label, emoji=emoji, style=style, custom_id=f"unstill:{press}:{take_id}"),
        )
        self.press = press
        self.take_id = take_id

    @classmethod
    async def from_custom_id(  # pyright: ignore[reportIncompatibleMethodOverride]  narrower on purpose
        cls, _interaction: discord.Interaction, _item: ui.Item[ui.View], match: re.Match[str], /
    ) -> Self:
        return cls(match["press"], match["take"])

    async def callback(  # pyright: ignore[reportIncompatibleMethodOverride]  our own client, always
        self, interaction: "discord.Interaction[Unstill]"
    ) -> None:
        async with answered(interaction):
            if self.press == Action.NUDGE:
                await interaction.response.send_modal(nudge_form(self.take_id))
                return
            await interaction.response.defer()
            if self.press == CANCEL:
                await interaction.client.presses.cancel(interaction, self.take_id)
            else:
                await interaction.client.presses.make(interaction, self.take_id, Action(self.press))


def take_buttons(take_id: str) -> ui.View:
    """What may be asked of a finished take."""
    return _row(take_id, [Action.REROLL, Action.SUBTLE, Action.STRONG, Action.NUDGE])


def cancel_button(take_id: str) -> ui.View:
    return _row(take_id, [CANCEL])


def _row(take_id: str, presses: list[str]) -> ui.View:
    view = ui.View(timeout=None)
    for press in presses:
        view.add_item(TakeButton(press, take_id))
    return view


def nudge_form(take_id: str) -> ui.Modal:
    """Ask for words. The answer is handled by its `custom_id` (see `bot.forms`), so it may come after a restart."""
    form = ui.Modal(title=wording.NUDGE_MODAL, custom_id=f"unstill:nudge-form:{take_id}", timeout=900)
    form.add_item(words_field(wording.NUDGE_LABEL, wording.NUDGE_HINT, required=True))
    return form


def words_field(label: str, hint: str, *, required: bool) -> ui.Label[ui.Modal]:
    field: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id="words", placeholder=hint, required=required, max_length=MOOD_LIMIT
    )
    return ui.Label(text=label, component=field)
