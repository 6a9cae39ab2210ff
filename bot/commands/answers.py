"""Answering an interaction, whatever happens: the one place where a member learns what was wrong.

The first answer has to be there within 3 s: what comes before it is cut off in time, and the member told to press
again. Discord may answer with an error although the answer stands: then it counts, and what was asked for goes on.
"""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from functools import partial

import aiohttp
import discord
from discord import InteractionResponseType as Kind
from discord import ui

from bot.community.promises import Promises
from bot.language.fluent import Language, language
from bot.posts.discord_calls import AgainLaterError, PostError, certain
from bot.posts.places import jump_link
from bot.record.errors import RecordAwayError, RecordFullError
from bot.rules.promises import Promise, Request
from bot.rules.takes import Record
from bot.wording import sentences
from renderer.contract.errors import UnstillError

log = logging.getLogger(__name__)

ALREADY_ANSWERED = 40060
TOO_LATE = 10062
REPEATS = 2  # of an answer whose line was cut
PROMPT = 1.2  # seconds until the first answer is on its way; `bot.commands.guarded` may have taken some before
WRITTEN = 0.6  # seconds that writing down what is asked may take before: the record may have many to write

_prompt: ContextVar["_Prompt | None"] = ContextVar("prompt", default=None)  # of what is not answered yet
_promised: ContextVar[list[Callable[[], Awaitable[None]]] | None] = ContextVar("promised", default=None)
_broken: ContextVar[list[int] | None] = ContextVar("broken", default=None)  # tries of an answer that may have gone well


@asynccontextmanager
async def answered(interaction: discord.Interaction) -> AsyncGenerator[None]:
    """Turn an error into one private sentence, also where the first answer would come too late.

    What was promised is kept then, whichever way (see `promise`), unless Discord could not be reached with the words.
    """
    promised: list[Callable[[], Awaitable[None]]] = []
    token = _promised.set(promised)
    try:
        async with _promptly(interaction):
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
        code = "disk_full" if isinstance(error, RecordFullError) else "busy"
        await tell(interaction, sentences.problem(own_language(interaction), code, {}))
    except Exception:
        log.exception("interaction %s failed", interaction.id)
        await tell(interaction, sentences.problem(own_language(interaction), "unexpected", {}))
    finally:
        _promised.reset(token)
    for keep in promised:
        await keep()


async def promise(
    interaction: discord.Interaction, promises: Promises, request: Request, *, thinking: bool = False
) -> None:
    """Acknowledge an interaction for what is asked, which is written down before, or right after where that takes long.

    Should this bot be killed before the member is answered, another one does it and answers. What is written down goes
    when they were answered, at the end of `answered`.
    """
    made = Promise(
        id=str(interaction.id),
        token=interaction.token,
        application_id=interaction.application_id,
        member_id=interaction.user.id,
        guild_id=interaction.guild_id,
        channel_id=interaction.channel_id,
        locale=str(interaction.locale),
        thinking=thinking,
        request=request,
        at=time.time(),
    )
    if (promised := _promised.get()) is not None:
        promised.append(lambda: promises.kept(made))
    writing = asyncio.create_task(promises.make(made))
    await asyncio.wait([writing], timeout=WRITTEN)
    await defer(interaction, thinking=thinking)
    await writing


class _Prompt:
    """Sees to it that an interaction is answered in time: what is done for it before that is cut off otherwise.

    The member is told at once. What was cut off may need longer to let go: a database that is locked is waited for.
    """

    def __init__(self, interaction: discord.Interaction) -> None:
        self.late = False
        self._interaction = interaction
        self._work = asyncio.current_task()
        self._watch = asyncio.create_task(self._tell_in_time())

    def lift(self) -> None:
        """The answer is on its way."""
        if not self.late:
            self._watch.cancel()

    async def end(self) -> None:
        self.lift()
        await asyncio.wait([self._watch])

    async def _tell_in_time(self) -> None:
        await asyncio.sleep(PROMPT)
        self.late = True
        if self._work is not None:
            self._work.cancel()
        log.warning("interaction %s is answered before its time: the record is too slow", self._interaction.id)
        await tell(self._interaction, sentences.problem(own_language(self._interaction), "busy", {}))


@asynccontextmanager
async def _promptly(interaction: discord.Interaction) -> AsyncGenerator[None]:
    """Have what is done here cut off where it takes too long before the first answer."""
    prompt = _Prompt(interaction)
    token = _prompt.set(prompt)
    try:
        yield
    except asyncio.CancelledError:
        work = asyncio.current_task()
        if not prompt.late or work is None or work.uncancel():
            raise
    finally:
        _prompt.reset(token)
        await prompt.end()


async def defer(interaction: discord.Interaction, *, thinking: bool = False, private: bool = True) -> None:
    """Acknowledge an interaction, whose answer comes later; `thinking`: as a message of its own, which says so."""
    kind = Kind.deferred_channel_message if thinking else Kind.deferred_message_update
    response = interaction.response
    await _first(interaction, kind, lambda: response.defer(ephemeral=thinking and private, thinking=thinking))


async def show_form(interaction: discord.Interaction, form: ui.Modal) -> None:
    """Answer with a form."""
    await _first(interaction, Kind.modal, lambda: interaction.response.send_modal(form))


async def _first(interaction: discord.Interaction, kind: Kind, answer: Callable[[], Awaitable[object]]) -> None:
    """Give the first answer, which may take its time from here on.

    Where Discord's servers break at it, or the line, it is tried again; that it was given before is success then. Else
    another bot on this token gave it, which raises as discord.py does.
    """
    if (prompt := _prompt.get()) is not None:
        prompt.lift()
    broken: list[int] = []
    token = _broken.set(broken)
    try:
        await _repeated(answer, broken)
    except discord.HTTPException as error:
        if error.code != ALREADY_ANSWERED or not broken:
            raise
        log.info("the answer to interaction %s stands, although Discord said otherwise", interaction.id)
        interaction.response._response_type = kind  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  no public way
    finally:
        _broken.reset(token)


async def _repeated(answer: Callable[[], Awaitable[object]], broken: list[int]) -> None:
    """Try again where the line was cut; discord.py itself repeats what servers broke at (see `watch_answers`)."""
    for _ in range(REPEATS):
        try:
            await answer()
        except (aiohttp.ClientError, TimeoutError, OSError):
            broken.append(0)
        else:
            return
    await answer()


def watch_answers() -> aiohttp.TraceConfig:
    """What has discord.py's connection tell of answers at which Discord's servers broke, before it repeats them."""

    async def ended(_session: object, _context: object, request: aiohttp.TraceRequestEndParams) -> None:
        broken = _broken.get()
        if broken is not None and request.response.status >= 500:
            broken.append(request.response.status)

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(ended)
    return trace


def own_language(interaction: discord.Interaction) -> Language:
    """What the member at the other end reads."""
    return language(str(interaction.locale))


async def tell(interaction: discord.Interaction, text: str, view: discord.ui.View | None = None) -> None:
    """Say something privately, as the first answer or as a later one."""
    shown = view or discord.utils.MISSING
    try:
        if not interaction.response.is_done():
            say = partial(interaction.response.send_message, text, ephemeral=True, view=shown, suppress_embeds=True)
            await certain(_first(interaction, Kind.channel_message, say))
        elif interaction.response.type is Kind.deferred_channel_message:
            await certain(interaction.edit_original_response(content=text, view=shown))
        else:
            await certain(interaction.followup.send(text, ephemeral=True, view=shown, suppress_embeds=True))
    except PostError as error:
        log.warning("interaction %s could not be answered in words: %s", interaction.id, error)
        if isinstance(error, AgainLaterError) and (promised := _promised.get()) is not None:
            promised.clear()  # what is promised still stands: the bot that comes after this one tells them


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
