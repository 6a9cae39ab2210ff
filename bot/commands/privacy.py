"""`/forget me` and `/export`: what a member may have, and have removed."""

import io
import re
from typing import TYPE_CHECKING, Self

import discord
from discord import app_commands, ui

from bot.commands.answers import answered, own_language, tell
from bot.commands.translator import words
from bot.errors import RefusedError
from bot.posts.discord_calls import PostError
from bot.posts.places import upload_limit
from bot.record.belongings import belongings

if TYPE_CHECKING:
    from bot.client import Unstill

forget = app_commands.Group(
    name="forget",
    description=words("command-forget"),
    allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
    allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
)


@forget.command(description=words("command-forget-me"))
async def me(interaction: "discord.Interaction[Unstill]") -> None:
    async with answered(interaction):
        await interaction.response.defer(ephemeral=True, thinking=True)
        theirs = await belongings(interaction.client.store, interaction.user.id)
        own = own_language(interaction)
        others = sum(each.member_id != interaction.user.id for each in theirs.takes)
        text = own.say(
            "forget-sure",
            takes=len(theirs.takes),
            stills=len(theirs.stills),
            votes=theirs.votes,
            others=own.say("forget-others", count=others) if others else "",
        )
        view = ui.View(timeout=None)
        view.add_item(ForgetButton(interaction.user.id, own.say("label-forget")))
        await tell(interaction, text, view)


class ForgetButton(ui.DynamicItem[ui.Button[ui.View]], template=r"unstill:forget:(?P<member>\d{1,20})"):
    """The answer *yes*. Members who are shut out may press it, too."""

    def __init__(self, member_id: int, label: str = "") -> None:
        style = discord.ButtonStyle.danger
        super().__init__(ui.Button(label=label, style=style, custom_id=f"unstill:forget:{member_id}"))
        self.member_id = member_id

    @classmethod
    async def from_custom_id(  # pyright: ignore[reportIncompatibleMethodOverride]  narrower on purpose
        cls, _interaction: discord.Interaction, _item: ui.Item[ui.View], match: re.Match[str], /
    ) -> Self:
        return cls(int(match["member"]))

    async def callback(  # pyright: ignore[reportIncompatibleMethodOverride]  our own client, always
        self, interaction: "discord.Interaction[Unstill]"
    ) -> None:
        async with answered(interaction):
            await interaction.response.defer()
            if self.member_id != interaction.user.id:
                raise RefusedError("not_you")
            forgetting, own = interaction.client.forgetting, own_language(interaction)
            await forgetting.ask(self.member_id)
            try:
                gone = await forgetting.forget(self.member_id)
            except PostError:
                await interaction.edit_original_response(content=own.say("forget-later"), view=None)
                return
            text = own.say("forgotten", stills=gone.stills, clips=gone.clips, votes=gone.votes)
            await interaction.edit_original_response(content=text, view=None)


@app_commands.command(description=words("command-export"))
@app_commands.describe(part=words("command-export-part"))
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
async def export(interaction: "discord.Interaction[Unstill]", part: app_commands.Range[int, 1, 1000] = 1) -> None:
    async with answered(interaction):
        await interaction.response.defer(ephemeral=True, thinking=True)
        limit = upload_limit(interaction.client.settings, interaction.guild)
        packed = await interaction.client.exporting.part(interaction.user.id, part, limit)
        own = own_language(interaction)
        more = own.say("export-more", next=packed.number + 1) if packed.number < packed.of else ""
        text = own.say("export-done", part=packed.number, of=packed.of, more=more)
        file = discord.File(io.BytesIO(packed.data), f"unstill-{interaction.user.id}-{packed.number}.zip")
        await interaction.edit_original_response(content=text, attachments=[file])
