"""`/story`: the family of a take as a tree, and the reel that is cut from what was kept."""

import io
import re
from typing import TYPE_CHECKING, Self

import discord
from discord import app_commands, ui

from bot.commands.answers import answered, own_language, tell_way
from bot.commands.guarded import Guarded
from bot.commands.translator import words
from bot.community.storytelling import FITTING
from bot.language.fluent import Language
from bot.posts.controls import TAKE
from bot.posts.places import jump_link
from bot.rules.family import Place
from bot.rules.takes import Fate
from bot.takes.asker import Asker
from renderer.contract.shot import Join

if TYPE_CHECKING:
    from bot.client import Unstill

REEL = "reel"
LINKS = 1900  # characters; Discord allows 2000


@app_commands.command(description=words("command-story"))
@app_commands.describe(take=words("command-story-take"))
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
async def story(interaction: "discord.Interaction[Unstill]", take: str = "") -> None:
    async with answered(interaction):
        stories = interaction.client.stories
        record = await stories.find(interaction, take)
        here = interaction.channel_id == record.place_id
        await interaction.response.defer(ephemeral=not here, thinking=True)
        language = record.language if here else own_language(interaction)
        places, picture = await stories.tree(record, language)
        file = discord.File(io.BytesIO(picture), "story.png", description=language.say("story-alt", count=len(places)))
        await interaction.edit_original_response(
            content=links(language, places), attachments=[file], view=reel_view(record.id, language)
        )


def links(language: Language, places: list[Place]) -> str:
    """Jump links to all takes, as many as fit; the kept ones are marked."""
    rows = [language.say("story-title", count=len(places))]
    for place in sorted(places, key=lambda place: place.number):
        link = jump_link(place.record)
        named = f"{place.number} {language.say(f'action-{place.record.take.action}')}"
        mark = {Fate.KEPT: " ⭐", Fate.TOSSED: " 🗑️", Fate.UNDECIDED: ""}[place.record.fate]
        row = f"[{named}]({link}){mark}" if link else f"{named}{mark}"
        if sum(len(each) + 3 for each in rows) + len(row) > LINKS:
            break
        rows.append(row)
    return f"{rows[0]}\n{' · '.join(rows[1:])}"


def reel_view(take_id: str, language: Language) -> ui.View:
    view = ui.View(timeout=None)
    view.add_item(ReelButton(take_id, language.say("label-reel")))
    choices = [
        discord.SelectOption(label=language.say(f"join-{join}"), value=join)
        for join in (FITTING, *(each.value for each in Join))
    ]
    view.add_item(JoinSelect(take_id, language.say("label-joins"), choices))
    return view


async def cut(interaction: "discord.Interaction[Unstill]", take_id: str, join: Join | None) -> None:
    """Have the reel made, and say where it comes."""
    async with answered(interaction):
        await interaction.response.defer()
        record = await interaction.client.presses.take(interaction, take_id)
        await interaction.client.stories.cut(Asker.of_interaction(interaction), record, join)
        await tell_way(interaction, record)


class ReelButton(Guarded, ui.DynamicItem[ui.Button[ui.View]], template=rf"unstill:{REEL}:{TAKE}"):
    """**Cut the reel**."""

    def __init__(self, take_id: str, label: str = "") -> None:
        style = discord.ButtonStyle.primary
        super().__init__(ui.Button(label=label, emoji="🎬", style=style, custom_id=f"unstill:{REEL}:{take_id}"))
        self.take_id = take_id

    @classmethod
    async def from_custom_id(  # pyright: ignore[reportIncompatibleMethodOverride]  narrower on purpose
        cls, _interaction: discord.Interaction, _item: ui.Item[ui.View], match: re.Match[str], /
    ) -> Self:
        return cls(match["take"])

    async def callback(  # pyright: ignore[reportIncompatibleMethodOverride]  our own client, always
        self, interaction: "discord.Interaction[Unstill]"
    ) -> None:
        await cut(interaction, self.take_id, None)


class JoinSelect(Guarded, ui.DynamicItem[ui.Select[ui.View]], template=rf"unstill:{REEL}-joins:{TAKE}"):
    """How the reel's takes are joined; choosing has it cut so."""

    def __init__(self, take_id: str, label: str = "", options: list[discord.SelectOption] | None = None) -> None:
        menu: ui.Select[ui.View] = ui.Select(
            placeholder=label,
            options=options or [discord.SelectOption(label=FITTING)],
            custom_id=f"unstill:{REEL}-joins:{take_id}",
        )
        super().__init__(menu)
        self.take_id = take_id

    @classmethod
    async def from_custom_id(  # pyright: ignore[reportIncompatibleMethodOverride]  narrower on purpose
        cls, _interaction: discord.Interaction, _item: ui.Item[ui.View], match: re.Match[str], /
    ) -> Self:
        return cls(match["take"])

    async def callback(  # pyright: ignore[reportIncompatibleMethodOverride]  our own client, always
        self, interaction: "discord.Interaction[Unstill]"
    ) -> None:
        (chosen,) = self.item.values or [FITTING]
        await cut(interaction, self.take_id, Join(chosen) if chosen in set(Join) else None)
