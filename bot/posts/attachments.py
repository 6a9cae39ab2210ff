"""Pictures as Discord keeps them: fetched from its own hosts alone, in bounds of bytes and seconds."""

import asyncio
import logging

import aiohttp
import discord

from bot.errors import RefusedError
from bot.posts.discord_calls import AgainLaterError, certain
from bot.rules.pictures import Picture, is_discords
from renderer.contract.errors import TooManyBytesError
from renderer.contract.shot import FILE_LIMITS

log = logging.getLogger(__name__)

LIMIT = FILE_LIMITS["bytes"]
SECONDS = 20.0  # for all of a picture
CHUNK = 2**16  # bytes


class Attachments:
    """Fetches pictures."""

    def __init__(self, client: discord.Client, seconds: float = SECONDS) -> None:
        self._client = client
        self._seconds = seconds

    async def fetch(self, picture: Picture) -> bytes:
        """A picture's bytes, as many as were announced at most. Nothing is tried twice.

        Raises `RefusedError` where it cannot be had in time and whole (no address but Discord's own is ever read,
        whoever names it), `TooManyBytesError` where nothing was announced and it turns out to be too large.
        """
        if not is_discords(picture.url):
            raise RefusedError("cannot_fetch")
        download = self._download(picture.url, most=min(picture.size or LIMIT, LIMIT))
        try:
            data = await certain(asyncio.wait_for(download, self._seconds))
        except AgainLaterError as error:
            log.info("a picture could not be fetched: %s", type(error.__cause__).__name__)  # its address is signed
            raise RefusedError("cannot_fetch") from error
        if data is None:
            raise TooManyBytesError(limit=LIMIT) if picture.size is None else RefusedError("cannot_fetch")
        return data

    async def _download(self, url: str, *, most: int) -> bytes | None:
        """What stands at an address itself, wherever it would lead on; None where that is more than `most` bytes."""
        async with (
            aiohttp.ClientSession(
                connector=self._client.http.connector,  # the client's own road to Discord
                connector_owner=False,
                auto_decompress=False,  # a few bytes may become very many
                cookie_jar=aiohttp.DummyCookieJar(),
            ) as session,
            session.get(url, allow_redirects=False, headers={"Accept-Encoding": "identity"}) as response,
        ):
            if response.status != 200:  # 403 and 404: the file was deleted, or the address, good for a day, expired
                log.info("a picture could not be fetched: %d", response.status)
                raise RefusedError("cannot_fetch")
            return await _read(response, most)


async def _read(response: aiohttp.ClientResponse, most: int) -> bytes | None:
    """An answer's body; None as soon as it is known to be more than `most` bytes. What is cut short is an error."""
    if (response.content_length or 0) > most:
        return None
    data = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK):
        data += chunk
        if len(data) > most:
            return None
    return bytes(data)
