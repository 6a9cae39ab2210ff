"""`/jam`."""

from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands

from bot.commands.answers import answered
from bot.commands.permissions import check_permissions
from bot.commands.translator import words
from bot.errors import RefusedError
from bot.media.stills import check_payload
from bot.rules.house import may
from bot.rules.jam import MINUTES, ROUNDS, TAKES, Jam, Terms, jam_id
from bot.rules.wishes import checked_words
from renderer.contract import lineage
from renderer.contract.errors import UnstillError
from renderer.contract.shot import SECONDS

if TYPE_CHECKING:
    from bot.client import Unstill


@app_commands.command(description=words("command-jam"))
@app_commands.describe(
    image=words("command-image"),
    mood=words("command-mood"),
    rounds=words("command-jam-rounds"),
    minutes=words("command-jam-minutes"),
    takes=words("command-jam-takes"),
    seconds=words("command-seconds"),
    size=words("command-size"),
)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
async def jam(
    interaction: "discord.Interaction[Unstill]",
    image: discord.Attachment,
    mood: str,
    rounds: app_commands.Range[int, ROUNDS[0], ROUNDS[1]] = 3,
    minutes: app_commands.Range[int, MINUTES[0], MINUTES[1]] = 5,
    takes: app_commands.Range[int, TAKES[0], TAKES[1]] = 3,
    seconds: app_commands.Range[float, SECONDS[0], SECONDS[1]] = 4.0,
    size: Literal[480, 720, 1080] = 720,
) -> None:
    async with answered(interaction):
        check_payload(image.filename, image.content_type, image.size)
        terms = Terms(mood=checked_words(mood), rounds=rounds, minutes=minutes, takes=takes, seconds=seconds, size=size)
        check_permissions(interaction)
        await _check_allowed(interaction, terms)
        await interaction.response.defer(ephemeral=True, thinking=True)
        await _begin(interaction, image.url, terms)


async def _begin(interaction: "discord.Interaction[Unstill]", url: str, terms: Terms) -> None:
    """Write the jam down, then its first take: what stops the one ends the other."""
    host = interaction.user.id
    press = str(interaction.id)
    made = Jam(
        id=jam_id(press),
        guild_id=interaction.guild_id,
        root=lineage.animated(press),
        host_id=host,
        terms=terms,
    )
    await interaction.client.jams.begin(made)
    try:
        await interaction.client.animations.begin(
            interaction, url, mood=terms.mood, seconds=terms.seconds, size=terms.size, wish=f"{made.wish}:1"
        )
    except UnstillError:
        await interaction.client.jams.discard(made)
        raise


async def _check_allowed(interaction: "discord.Interaction[Unstill]", terms: Terms) -> None:
    """Refuse a jam that this member may not begin, or for which the server's day is too short."""
    house = await interaction.client.houses.of(interaction.guild_id)
    moderator = interaction.permissions.manage_messages
    if not may(house.jam, author=False, moderator=moderator):
        raise RefusedError("may_not_jam")
    if terms.total > house.server_seconds:
        raise RefusedError("jam_too_long", limit=house.server_seconds)
