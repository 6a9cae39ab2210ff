"""Whether GIF, TIFF and BMP files go on to their own end. They are handed to the decoder as they are."""

import struct
from dataclasses import dataclass
from typing import Literal

from renderer.programs.files.file import File
from renderer.programs.files.kinds import RAW

EXTENSION, IMAGE, TRAILER = 0x21, 0x2C, 0x3B
OFFSETS, COUNTS = (273, 324), (279, 325)  # TIFF: strips, tiles
REDUCED, DNG = 254, 50706
MOST = 65536  # strips or tiles looked at
# TIFF: how large a number of a type is, and how `struct` reads it where it counts something.
TYPES = {3: (2, "H"), 4: (4, "I"), 5: (8, ""), 8: (2, ""), 9: (4, ""), 10: (8, ""), 11: (4, ""), 12: (8, "")}
LITTLE: Literal["little"] = "little"
BIG: Literal["big"] = "big"


def read_gif(data: bytes) -> File:
    return File(kind="GIF", data=data, whole=_ends(data))


def read_bmp(data: bytes) -> File:
    return File(kind="BMP", data=data, whole=int.from_bytes(data[2:6], "little") <= len(data))


def read_tiff(data: bytes) -> File:
    """A camera's raw file is a TIFF with a small picture before the real one: `raw` is its kind."""
    if b"+" in data[2:4]:  # a BigTIFF
        return File(kind="TIFF", data=data)
    entries = _directory(data)
    tags = {entry.tag: entry.numbers for entry in entries}
    is_raw = data[8:10] == b"CR" or DNG in tags or any(number & 1 for number in tags.get(REDUCED, ()))
    offsets, counts = ([number for tag in kind for number in tags.get(tag, ())] for kind in (OFFSETS, COUNTS))
    ends = (start + count for start, count in zip(offsets, counts, strict=False))
    whole = bool(entries) and all(entry.end <= len(data) for entry in entries) and max(ends, default=0) <= len(data)
    return File(kind=RAW if is_raw else "TIFF", data=data, whole=whole)


def _ends(gif: bytes) -> bool:
    """Whether a GIF's blocks lead to its trailer."""
    at = 13 + _table(gif[10:11])
    while at < len(gif):
        if gif[at] == TRAILER:
            return True
        if gif[at] == EXTENSION:
            at += 2
        elif gif[at] == IMAGE:
            at += 11 + _table(gif[at + 9 : at + 10])
        else:
            return True  # no block at all: broken, not cut
        while at < len(gif) and gif[at]:
            at += 1 + gif[at]
        at += 1
    return False


def _table(flags: bytes) -> int:
    """The bytes of a table of colours."""
    return 3 * 2 ** ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a TIFF's directory."""

    tag: int
    numbers: tuple[int, ...]  # as many as are there
    end: int  # where its value ends in the file


def _directory(data: bytes) -> list[Entry]:
    """A TIFF's first directory; empty where it lies beyond the file's end."""
    order, ends = ("<", LITTLE) if data.startswith(b"II") else (">", BIG)
    start = int.from_bytes(data[4:8], ends)
    count = int.from_bytes(data[start : start + 2], ends)
    end = start + 2 + 12 * count
    return [_entry(data, at, order) for at in range(start + 2, end, 12)] if end <= len(data) else []


def _entry(data: bytes, at: int, order: str) -> Entry:
    tag, kind, count = struct.unpack(f"{order}HHI", data[at : at + 8])
    size, letter = TYPES.get(kind, (1, "B"))
    start = at + 8 if count * size <= 4 else struct.unpack(f"{order}I", data[at + 8 : at + 12])[0]
    body = data[start : start + min(count, MOST) * size]
    numbers = struct.unpack(f"{order}{len(body) // size}{letter}", body[: len(body) // size * size]) if letter else ()
    return Entry(tag=tag, numbers=numbers, end=start + count * size)
