"""`/take`: the controls of an old clip, and its conversation woken: from an archived thread no press may reach us."""

import io

import discord
from discord import app_commands

from bot.commands.answers import answered, defer, own_language
from bot.commands.translator import AnyCommand, words
from bot.parts import Album
from bot.posts.clip_posts import card_text
from bot.posts.controls import bring_back_button, clip_view
from bot.rules.clip_card import ClipCard
from bot.rules.takes import Fate
from bot.takes.asker import Asker
from bot.wording import sentences


def commands(album: Album) -> list[AnyCommand]:
    """`/take`."""

    @app_commands.command(description=words("command-take"))
    @app_commands.describe(link=words("command-take-link"))
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def take(interaction: discord.Interaction, link: app_commands.Range[str, 1, 200]) -> None:
        async with answered(interaction):
            await defer(interaction, thinking=True)
            asker = Asker.of_interaction(interaction)
            record = await album.revival.find(asker, link)
            card = await album.revival.wake(record)
            await _hand_over(interaction, card, await album.revival.poster(card.record))

    return [take]


async def _hand_over(interaction: discord.Interaction, card: ClipCard, poster: bytes | None) -> None:
    """Show a clip's poster and controls privately."""
    record = card.record
    if record.fate is Fate.TOSSED:
        text = sentences.tossed(own_language(interaction), record.fate_by)
        await interaction.edit_original_response(content=text, view=bring_back_button(record))
        return
    files = [discord.File(io.BytesIO(poster), "poster.jpg", spoiler=card.covered)] if poster else []
    await interaction.edit_original_response(
        content=card_text(card, home=True), attachments=files, view=clip_view(card)
    )
