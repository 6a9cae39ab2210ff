"""Commands in members' languages: Discord shows each member their own."""

from typing import Any

from discord import Locale, app_commands

from bot.language.fluent import ENGLISH, language

AnyCommand = app_commands.Command[Any, ..., Any] | app_commands.ContextMenu | app_commands.Group


def words(name: str) -> app_commands.locale_str:
    """The message `name` for a command's name or description: English here, other languages by the `Translator`."""
    return app_commands.locale_str(language(ENGLISH).say(name), message=name)


class Translator(app_commands.Translator):
    """Looks messages up by their names."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002  discord.py's signature
    ) -> str | None:
        name = string.extras.get("message")
        own = language(locale.value)
        return own.say(name) if name and own.code != ENGLISH else None
