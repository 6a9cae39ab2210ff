"""Answering an interaction, whatever happens: the one place where a member learns what was wrong."""

import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import discord

from bot.language.fluent import Language, language
from bot.posts.discord_calls import PostError, certain
from bot.posts.places import jump_link
from bot.record.errors import RecordAwayError
from bot.rules.takes import Record
from bot.wording import sentences
from renderer.contract.errors import UnstillError

log = logging.getLogger(__name__)

ALREADY_ANSWERED = 40060
TOO_LATE = 10062


@asynccontextmanager
async def answered(interaction: discord.Interaction) -> AsyncGenerator[None]:
    """Turn an error into one private sentence."""
    try:
        yield
    except UnstillError as error:
        await tell(interaction, sentences.problem(own_language(interaction), error.code, error.data))
    except discord.HTTPException as error:
        if error.code not in {ALREADY_ANSWERED, TOO_LATE}:
            log.exception("interaction %s failed", interaction.id)
            await tell(interaction, sentences.problem(own_language(interaction), "unexpected", {}))
            return
        # Another bot on the same token answered first, as in a rolling restart; or Discord took us for dead.
        log.warning("interaction %s could not be answered: %s", interaction.id, error)
    except RecordAwayError as error:
        log.warning("interaction %s could not be written down: %s", interaction.id, error)
        await tell(interaction, sentences.problem(own_language(interaction), "busy", {}))
    except Exception:
        log.exception("interaction %s failed", interaction.id)
        await tell(interaction, sentences.problem(own_language(interaction), "unexpected", {}))


def own_language(interaction: discord.Interaction) -> Language:
    """What the member at the other end reads."""
    return language(str(interaction.locale))


async def tell(interaction: discord.Interaction, text: str, view: discord.ui.View | None = None) -> None:
    """Say something privately, as the first answer or as a later one."""
    shown = view or discord.utils.MISSING
    try:
        if not interaction.response.is_done():
            await certain(interaction.response.send_message(text, ephemeral=True, view=shown, suppress_embeds=True))
        elif interaction.response.type is discord.InteractionResponseType.deferred_channel_message:
            await certain(interaction.edit_original_response(content=text, view=shown))
        else:
            await certain(interaction.followup.send(text, ephemeral=True, view=shown, suppress_embeds=True))
    except PostError as error:
        log.warning("interaction %s could not be answered in words: %s", interaction.id, error)


async def tell_way(interaction: discord.Interaction, record: Record) -> None:
    """Say where it goes on, to who pressed elsewhere: in the conversation itself its status line says so."""
    if record.place_id is not None and record.place_id != interaction.channel_id:
        await tell_place(interaction, record.place_id)


async def tell_where(interaction: discord.Interaction, record: Record) -> None:
    """Say where a take is that was asked for before: its clip, or the conversation where it will come."""
    if link := jump_link(record):
        await tell(interaction, own_language(interaction).say("made-already", link=link))
    else:
        await tell_place(interaction, record.place_id or record.channel_id)


async def tell_place(interaction: discord.Interaction, place_id: int) -> None:
    """Say that a take is on its way, and in which channel or thread."""
    await tell(interaction, own_language(interaction).say("on-its-way-to", place=f"<#{place_id}>"))
