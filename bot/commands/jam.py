"""`/jam`, and the buttons of its votes."""

import re
from typing import Literal

import discord
from discord import app_commands

from bot.commands.answers import answered, defer, promise, tell, tell_place
from bot.commands.permissions import check_permissions
from bot.commands.router import Route
from bot.commands.translator import AnyCommand, words
from bot.parts import Play
from bot.posts.jam_posts import STOPPED, VOTED
from bot.posts.message_pictures import attached
from bot.rules.jam import MINUTES, ROUNDS, TAKES, Terms
from bot.rules.pictures import check_size
from bot.rules.promises import Request
from bot.rules.wishes import checked_words
from bot.takes.asker import Asker
from renderer.contract.shot import SECONDS


def commands(play: Play) -> list[AnyCommand]:
    """`/jam`: rounds of several takes, of which members vote for one that is continued."""

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
        interaction: discord.Interaction,
        image: discord.Attachment,
        mood: str,
        rounds: app_commands.Range[int, ROUNDS[0], ROUNDS[1]] = 3,
        minutes: app_commands.Range[int, MINUTES[0], MINUTES[1]] = 5,
        takes: app_commands.Range[int, TAKES[0], TAKES[1]] = 3,
        seconds: app_commands.Range[float, SECONDS[0], SECONDS[1]] = 4.0,
        size: Literal[480, 720, 1080] = 720,
    ) -> None:
        async with answered(interaction):
            picture = attached(image)
            check_size(picture)
            mood = checked_words(mood)
            terms = Terms(mood=mood, rounds=rounds, minutes=minutes, takes=takes, seconds=seconds, size=size)
            check_permissions(interaction)
            asker = Asker.of_interaction(interaction)
            await play.jams.check_allowed(asker, terms)
            await promise(interaction, play.promises, Request(picture=picture, terms=terms), thinking=True)
            await tell_place(interaction, await play.jams.begin(asker, picture, terms))

    return [jam]


def routes(play: Play) -> list[Route]:
    """A vote for one of a round's takes, and the end before the last round."""

    async def vote(interaction: discord.Interaction, match: re.Match[str]) -> None:
        await defer(interaction)
        asker = Asker.of_interaction(interaction)
        jam = await play.jams.find(asker, match["jam"])
        cast = await play.jams.vote(asker, jam, int(match["number"]), match["take"])
        await tell(interaction, asker.language.say("jam-voted" if cast.stands else "jam-unvoted", number=cast.number))

    async def stop(interaction: discord.Interaction, match: re.Match[str]) -> None:
        await defer(interaction)
        asker = Asker.of_interaction(interaction)
        await play.jams.stop(asker, await play.jams.find(asker, match["jam"]))
        await tell(interaction, asker.language.say("jam-stopping"))

    return [Route(pattern=VOTED, handler=vote), Route(pattern=STOPPED, handler=stop)]
