"""`/forget me` and `/export`: what a member may have, and have removed."""

import io
import re

import discord
from discord import app_commands, ui

from bot.commands.answers import answered, defer, own_language, tell
from bot.commands.router import Route
from bot.commands.translator import AnyCommand, words
from bot.errors import RefusedError
from bot.parts import Privacy
from bot.posts.controls import view_of
from bot.posts.discord_calls import PostError
from bot.takes.asker import Asker

SURE = re.compile(r"unstill:forget:(?P<member>[0-9]{1,20})")


def commands(privacy: Privacy) -> list[AnyCommand]:
    """`/forget me` and `/export`."""
    forget = app_commands.Group(
        name="forget",
        description=words("command-forget"),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )

    @forget.command(description=words("command-forget-me"))
    async def me(interaction: discord.Interaction) -> None:
        async with answered(interaction):
            await defer(interaction, thinking=True)
            theirs, own = await privacy.forgetting.belongings(interaction.user.id), own_language(interaction)
            others = sum(each.member_id != interaction.user.id for each in theirs.takes)
            text = own.say(
                "forget-sure",
                takes=len(theirs.takes),
                stills=len(theirs.stills),
                votes=theirs.votes,
                others=own.say("forget-others", count=others) if others else "",
            )
            await tell(interaction, text, view_of(forget_button(interaction.user.id, own.say("label-forget"))))

    @app_commands.command(description=words("command-export"))
    @app_commands.describe(part=words("command-export-part"))
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def export(interaction: discord.Interaction, part: app_commands.Range[int, 1, 1000] = 1) -> None:
        async with answered(interaction):
            await defer(interaction, thinking=True)
            packed = await privacy.exporting.part(Asker.of_interaction(interaction), part)
            own = own_language(interaction)
            more = own.say("export-more", next=packed.number + 1) if packed.number < packed.of else ""
            text = own.say("export-done", part=packed.number, of=packed.of, more=more)
            file = discord.File(io.BytesIO(packed.data), f"unstill-{interaction.user.id}-{packed.number}.zip")
            await interaction.edit_original_response(content=text, attachments=[file])

    return [forget, export]


def routes(privacy: Privacy) -> list[Route]:
    """The answer *yes*, which members who are shut out may give, too."""

    async def sure(interaction: discord.Interaction, match: re.Match[str]) -> None:
        await defer(interaction)
        member_id, own = int(match["member"]), own_language(interaction)
        if member_id != interaction.user.id:
            raise RefusedError("not_you")
        try:
            gone = await privacy.forgetting.grant(member_id)
        except PostError:
            await interaction.edit_original_response(content=own.say("forget-later"), view=None)
            return
        text = own.say("forgotten", stills=gone.stills, clips=gone.clips, votes=gone.votes)
        await interaction.edit_original_response(content=text, view=None)

    return [Route(pattern=SURE, handler=sure, unguarded=True)]


def forget_button(member_id: int, label: str) -> ui.Button[ui.View]:
    """The button that says *yes*."""
    return ui.Button(label=label, style=discord.ButtonStyle.danger, custom_id=f"unstill:forget:{member_id}")
