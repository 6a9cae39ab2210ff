"""Requests to Discord: what can go wrong, as few errors that say what may be done about it."""

from collections.abc import Awaitable
from typing import TypeVar

import aiohttp
import discord

TOO_LARGE, EDITED_TOO_OFTEN, ARCHIVED = 40005, 30046, 50083
LOCKED, WRONG_CHANNEL, NO_TEXT_CHANNEL = 160005, 50024, 50008
UNSURE = (discord.DiscordServerError, discord.RateLimited, aiohttp.ClientError, TimeoutError, OSError)
CLOSED = "Session is closed"  # aiohttp's word for it, once the client has been closed

Answer = TypeVar("Answer")


class PostError(Exception):
    """Discord did not do what was asked."""


class TooLargeError(PostError):
    """Discord refuses the clip for its size."""


class NobodyThereError(PostError):
    """The conversation is gone, or closed to the bot."""


class ArchivedError(NobodyThereError):
    """The thread is archived: it can be woken by a message, unless it is locked."""


class UneditableError(PostError):
    """Discord takes no more edits of this message, which is too old or was edited too often."""


class RejectedError(PostError):
    """Discord will never take this; the fault is ours."""


class AgainLaterError(PostError):
    """Discord is away or busy; what was asked may or may not have happened."""


async def certain(request: Awaitable[Answer]) -> Answer:
    """Await a request to Discord; what can go wrong comes as one of the errors above."""
    try:
        return await request
    except UNSURE as error:
        raise AgainLaterError(str(error)) from error
    except RuntimeError as error:
        if str(error) != CLOSED:
            raise
        raise AgainLaterError("the bot is going offline") from error
    except discord.HTTPException as error:
        if error.code == EDITED_TOO_OFTEN:
            raise UneditableError(str(error)) from error
        if error.status == 429 or error.status >= 500:  # discord.py gave up trying
            raise AgainLaterError(str(error)) from error
        if error.code == TOO_LARGE or error.status == 413:
            raise TooLargeError from error
        if error.code == ARCHIVED:
            raise ArchivedError(str(error)) from error
        if error.status in {403, 404} or error.code in {LOCKED, WRONG_CHANNEL, NO_TEXT_CHANNEL}:
            raise NobodyThereError(str(error)) from error
        raise RejectedError(str(error)) from error
