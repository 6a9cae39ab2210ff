"""The buttons by which moderators settle a report. What they read stands in `bot.posts.report_posts`."""

import re

import discord

from bot.commands.answers import defer
from bot.commands.router import Route
from bot.parts import Verdicts
from bot.posts.report_posts import SETTLED
from bot.takes.asker import Asker


def routes(verdicts: Verdicts) -> list[Route]:
    """What a moderator may do about a reported clip; the report says from then on what was done."""

    async def settle(interaction: discord.Interaction, match: re.Match[str]) -> None:
        await defer(interaction)
        asker = Asker.of_interaction(interaction)
        record = await verdicts.reports.find(asker, match["take"])
        said = await verdicts.reports.settle(asker, record, match["deed"])
        before = interaction.message.content if interaction.message else ""
        await interaction.edit_original_response(content=f"{before}\n{said}", view=None)

    return [Route(pattern=SETTLED, handler=settle)]
