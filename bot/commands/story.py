"""`/story`: the family of a take as a tree, and the reel that is cut from what was kept."""

import io
import re
from typing import Any, cast

import discord
from discord import app_commands, ui

from bot.commands.answers import answered, defer, own_language, tell_way, tell_where
from bot.commands.router import Route
from bot.commands.translator import AnyCommand, words
from bot.community.storytelling import FITTING
from bot.language.fluent import Language
from bot.parts import Asking, Play
from bot.posts.controls import TAKE, view_of
from bot.posts.places import jump_link
from bot.posts.traces import STORY
from bot.rules.family import Place
from bot.rules.takes import Fate
from bot.takes.asker import Asker
from bot.wording.fitting import fitting
from renderer.contract.shot import Join

CUT = re.compile(rf"unstill:reel:{TAKE}")
JOINED = re.compile(rf"unstill:reel-joins:{TAKE}")
LINKS = 1900  # characters of all links, under a title


def commands(play: Play) -> list[AnyCommand]:
    """`/story`."""

    @app_commands.command(description=words("command-story"))
    @app_commands.describe(take=words("command-story-take"))
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def story(interaction: discord.Interaction, take: str = "") -> None:
        async with answered(interaction):
            record = await play.stories.find(Asker.of_interaction(interaction), take)
            here = interaction.channel_id == record.place_id
            await defer(interaction, thinking=True, private=not here)
            language = record.language if here else own_language(interaction)
            places, picture = await play.stories.tree(record, language)
            file = discord.File(
                io.BytesIO(picture),
                STORY,
                description=language.say("story-alt", count=len(places)),
                spoiler=any(place.record.covered for place in places),
            )
            await interaction.edit_original_response(
                content=links(language, places), attachments=[file], view=reel_view(record.id, language)
            )
            if await play.stories.is_outdated(places):
                await interaction.delete_original_response()

    return [story]


def routes(asking: Asking, play: Play) -> list[Route]:
    """**Cut the reel**, and the menu of how its takes are joined: choosing has it cut so."""

    async def cut(interaction: discord.Interaction, match: re.Match[str]) -> None:
        """Have the reel made, and say where it comes, or is already."""
        await defer(interaction)
        asker = Asker.of_interaction(interaction)
        record = await asking.presses.find(asker, match["take"])
        made = await play.stories.cut(asker, record, _chosen_join(interaction))
        if made.new:
            await tell_way(interaction, record)
        else:
            await tell_where(interaction, made.record)

    return [Route(pattern=CUT, handler=cut), Route(pattern=JOINED, handler=cut)]


def _chosen_join(interaction: discord.Interaction) -> Join | None:
    """What was chosen in the menu; None for what fits best, and for a button, which has no choices."""
    data = cast("dict[str, Any]", interaction.data or {})
    chosen = next(iter(data.get("values") or ()), FITTING)
    return next((join for join in Join if join == chosen), None)


def links(language: Language, places: list[Place]) -> str:
    """Jump links to all takes, as many as fit; the kept ones are marked."""
    rows: list[str] = []
    for place in sorted(places, key=lambda place: place.number):
        link = jump_link(place.record)
        named = f"{place.number} {language.say(f'action-{place.record.take.action}')}"
        mark = {Fate.KEPT: " ⭐", Fate.TOSSED: " 🗑️", Fate.UNDECIDED: ""}[place.record.fate]
        rows.append(f"[{named}]({link}){mark}" if link else f"{named}{mark}")
    return f"{language.say('story-title', count=len(places))}\n{fitting(rows, LINKS, ' · ')}"


def reel_view(take_id: str, language: Language) -> ui.View:
    """The button and the menu under a story."""
    cut: ui.Button[ui.View] = ui.Button(
        label=language.say("label-reel"),
        emoji="🎬",
        style=discord.ButtonStyle.primary,
        custom_id=f"unstill:reel:{take_id}",
    )
    joins: ui.Select[ui.View] = ui.Select(
        placeholder=language.say("label-joins"),
        options=[
            discord.SelectOption(label=language.say(f"join-{join}"), value=join)
            for join in (FITTING, *(each.value for each in Join))
        ],
        custom_id=f"unstill:reel-joins:{take_id}",
    )
    return view_of(cut, joins)
