"""Finished clips on disk, each with its poster: the one frame that stands for it."""

import asyncio
from pathlib import Path

from bot.media.stills import delete_all, read_file, write_whole


def clip_name(take_id: str) -> str:
    """What a take's clip is called wherever it leaves this machine: in Discord, in an export, in its credentials."""
    return f"unstill-{take_id}.mp4"


class Clips:
    """The folder of clips and posters, by the take's id."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path_of(self, take_id: str) -> Path:
        """Where a take's clip lies, or would lie."""
        return self._folder / f"{take_id}.mp4"

    async def keep(self, take_id: str, clip: bytes, poster: bytes = b"") -> None:
        """Write a clip (MP4), and its poster (JPEG) where there is one. Raises `OSError`."""
        await asyncio.to_thread(write_whole, self.path_of(take_id), clip)
        if poster:
            await asyncio.to_thread(write_whole, self._poster_of(take_id), poster)

    async def read(self, take_id: str) -> bytes | None:
        """A take's clip; None where it is no longer kept."""
        return await asyncio.to_thread(read_file, self.path_of(take_id))

    async def has(self, take_id: str) -> bool:
        return await asyncio.to_thread(self.path_of(take_id).is_file)

    async def poster(self, take_id: str) -> bytes | None:
        """The poster of a take's clip, as JPEG; None where there is none."""
        return await asyncio.to_thread(read_file, self._poster_of(take_id))

    async def delete(self, take_id: str) -> None:
        """Take a clip and its poster from the disk, with what a killed bot had begun to write of them."""
        await asyncio.to_thread(delete_all, self._folder, take_id)

    def _poster_of(self, take_id: str) -> Path:
        return self._folder / f"{take_id}.jpg"
