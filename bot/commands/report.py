"""Members report clips; moderators read of it in a channel of their own, and settle it there."""

import re
from typing import TYPE_CHECKING, Self

import discord
from discord import ui

from bot.commands.answers import answered
from bot.commands.guarded import Guarded
from bot.errors import RefusedError
from bot.posts.controls import TAKE
from bot.posts.report_posts import DISMISS, EMOJI
from bot.rules.takes import Record
from bot.takes.asker import Asker

if TYPE_CHECKING:
    from bot.client import Unstill


class ReportButton(
    Guarded, ui.DynamicItem[ui.Button[ui.View]], template=rf"unstill:report-(?P<deed>{'|'.join(EMOJI)}):{TAKE}"
):
    """What a moderator may do about a reported clip."""

    def __init__(self, deed: str, take_id: str, label: str = "") -> None:
        style = discord.ButtonStyle.secondary if deed == DISMISS else discord.ButtonStyle.danger
        custom_id = f"unstill:report-{deed}:{take_id}"
        super().__init__(ui.Button(label=label, emoji=EMOJI[deed], style=style, custom_id=custom_id))
        self.deed = deed
        self.take_id = take_id

    @classmethod
    async def from_custom_id(  # pyright: ignore[reportIncompatibleMethodOverride]  narrower on purpose
        cls, _interaction: discord.Interaction, _item: ui.Item[ui.View], match: re.Match[str], /
    ) -> Self:
        return cls(match["deed"], match["take"])

    async def callback(  # pyright: ignore[reportIncompatibleMethodOverride]  our own client, always
        self, interaction: "discord.Interaction[Unstill]"
    ) -> None:
        async with answered(interaction):
            await interaction.response.defer()
            record = await interaction.client.store.get(self.take_id)
            if record is None:
                raise RefusedError("take_gone")
            if record.guild_id != interaction.guild_id:
                raise RefusedError("elsewhere")
            said = await interaction.client.reports.settle(Asker.of_interaction(interaction), record, self.deed)
            before = interaction.message.content if interaction.message else ""
            await interaction.edit_original_response(content=f"{before}\n{said}", view=None)


def report_view(record: Record) -> ui.View:
    view = ui.View(timeout=None)
    for deed in EMOJI:
        view.add_item(ReportButton(deed, record.id, record.language.say(f"report-{deed}")))
    return view
