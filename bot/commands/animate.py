"""`/animate` and *Animate this*: a member's picture and words become a take."""

from typing import Literal

import discord
from discord import app_commands

from bot.commands.answers import answered, own_language, promise, show_form, tell_place
from bot.commands.forms import mood_form
from bot.commands.permissions import check_permissions
from bot.commands.translator import AnyCommand, words
from bot.language.fluent import Language
from bot.parts import Asking, Workers
from bot.posts.message_pictures import attached, pictures_on
from bot.rules.pictures import check_size
from bot.rules.promises import Request
from bot.rules.visible import visible
from bot.rules.wishes import checked_words
from bot.takes.asker import Asker
from bot.takes.beginning import Brief
from bot.wording import sentences
from bot.workers.engines import Engines
from renderer.contract.shot import SECONDS

MOST_CHOICES = 25  # Discord's
CHOICE_LENGTH = 100  # Discord's; the folder of a model with a longer name can still be the default


def commands(asking: Asking, workers: Workers) -> list[AnyCommand]:
    """`/animate`, and the menu *Animate this* on messages."""

    @app_commands.command(description=words("command-animate"))
    @app_commands.describe(
        **{name: words(f"command-{name}") for name in ("image", "mood", "seconds", "size", "loop", "engine")}
    )
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def animate(
        interaction: discord.Interaction,
        image: discord.Attachment,
        mood: str = "",
        seconds: app_commands.Range[float, SECONDS[0], SECONDS[1]] = 4.0,
        size: Literal[480, 720, 1080] = 720,
        loop: bool = False,
        engine: str = "",
    ) -> None:
        async with answered(interaction):
            picture = attached(image)
            check_size(picture)
            chosen = workers.engines.chosen(engine, own_language(interaction))
            brief = Brief(mood=checked_words(mood), seconds=seconds, size=size, loop=loop, engine=chosen)
            check_permissions(interaction)
            request = Request(
                picture=picture,
                words=brief.mood,
                seconds=brief.seconds,
                size=brief.size,
                loop=brief.loop,
                engine=brief.engine,
            )
            await promise(interaction, asking.promises, request, thinking=True)
            await tell_place(
                interaction, await asking.animations.begin(Asker.of_interaction(interaction), [picture], brief)
            )

    @animate.autocomplete("engine")
    async def suggest_engines(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return suggestions(workers.engines, typed, own_language(interaction))

    @app_commands.context_menu(name=words("menu-animate-this"))
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def animate_this(interaction: discord.Interaction, message: discord.Message) -> None:
        async with answered(interaction):
            check_permissions(interaction)
            await asking.animations.offer(Asker.of_interaction(interaction), pictures_on(message))
            await show_form(interaction, mood_form(str(interaction.id), own_language(interaction)))

    return [animate, animate_this]


def suggestions(engines: Engines, typed: str, language: Language) -> list[app_commands.Choice[str]]:
    """The engines whose label holds what has been typed so far, from memory: Discord waits 3 s, Redis may be away."""
    rows = [(sentences.engine(language, *each), kind) for kind, each in engines.choices().items()]
    fitting = [
        app_commands.Choice(name=visible(label), value=kind)
        for label, kind in rows
        if typed.strip().casefold() in label.casefold() and max(len(label), len(kind)) <= CHOICE_LENGTH
    ]
    return fitting[:MOST_CHOICES]
