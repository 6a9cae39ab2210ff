"""Canonical stills: a member's bytes are decoded in a child process that may die, and kept on disk by their hash.

The child is the program `renderer.programs.still`: the file on its standard input; on its output one line of JSON
(sizes and hash, or an error's code and data), then the still as PNG and a preview as JPEG.
"""

import asyncio
import json
import logging
import os
from dataclasses import dataclass
from pathlib import Path
from threading import get_ident

from bot.errors import RefusedError
from bot.media.child_program import ChildError, run_child
from renderer.contract.errors import ERRORS, UndecodableError

log = logging.getLogger(__name__)

SECONDS = 20.0  # a 64-megapixel picture takes 1 to 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """A canonical still on disk."""

    sha256: str
    width: int
    height: int
    likeness: str  # what another file of the same picture shares with it


class Stills:
    """The folder of canonical stills."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path_of(self, sha256: str) -> Path:
        """Where a still lies, or would lie."""
        return self._folder / f"{sha256}.png"

    async def take_in(self, data: bytes) -> Still:
        """Make the canonical still of a member's file and keep it. Raises an `UnstillError` that says what is wrong."""
        return await asyncio.to_thread(self._take_in, data)

    async def read(self, sha256: str) -> bytes | None:
        """PNG bytes; None where the still is no longer kept."""
        return await asyncio.to_thread(read_file, self.path_of(sha256))

    async def preview(self, sha256: str) -> bytes | None:
        """JPEG bytes, for people to see."""
        return await asyncio.to_thread(read_file, self._preview_of(sha256))

    async def has(self, sha256: str) -> bool:
        return await asyncio.to_thread(self.path_of(sha256).is_file)

    async def delete(self, sha256: str) -> None:
        """Take a still and its preview from the disk, with what a killed bot had begun to write of them."""
        await asyncio.to_thread(delete_all, self._folder, sha256)

    def _take_in(self, data: bytes) -> Still:
        header, png, preview = _decode(data)
        still = Still(
            sha256=str(header["sha256"]),
            width=int(header["width"]),
            height=int(header["height"]),
            likeness=str(header["likeness"]),
        )
        try:
            write_whole(self._preview_of(still.sha256), preview)
            write_whole(self.path_of(still.sha256), png)
        except OSError as error:
            log.warning("a still cannot be written: %s", error)
            raise RefusedError("disk_full") from error
        return still

    def _preview_of(self, sha256: str) -> Path:
        return self._folder / f"{sha256}.jpg"


def read_file(path: Path) -> bytes | None:
    """A file's bytes; None where there is no such file. Blocks: call it in a thread."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def delete_all(folder: Path, name: str) -> None:
    """Delete the files of this name, whatever their suffix. Blocks: call it in a thread."""
    for path in folder.glob(f"{name}.*"):
        path.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, even after a power cut.

    Two threads may well write the same file, which goes by its content: each has its own part.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}-{get_ident()}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _decode(data: bytes) -> tuple[dict[str, str | int], bytes, bytes]:
    """Run the child: header, PNG, preview."""
    try:
        answer = run_child("renderer.programs.still", data, SECONDS)
    except ChildError as error:
        raise UndecodableError from error
    line, _, body = answer.partition(b"\n")
    header = json.loads(line)
    if "error" in header:
        raise ERRORS[header["error"]](**header["data"])
    return header, body[: header["png"]], body[header["png"] :]
