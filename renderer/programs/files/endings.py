"""Whether GIF, TIFF and BMP files go on to their own end. They are handed to the decoder as they are."""

import struct

from renderer.programs.files.file import File
from renderer.programs.files.kinds import RAW

EXTENSION, IMAGE, TRAILER = 0x21, 0x2C, 0x3B
OFFSETS, COUNTS = (273, 324), (279, 325)  # TIFF: strips, tiles
REDUCED, DNG = 254, 50706
MOST = 65536  # strips or tiles looked at
SIZES = {3: ("H", 2), 4: ("I", 4)}  # TIFF: SHORT, LONG


def read_gif(data: bytes) -> File:
    return File(kind="GIF", data=data, whole=_ends(data))


def read_bmp(data: bytes) -> File:
    return File(kind="BMP", data=data, whole=int.from_bytes(data[2:6], "little") <= len(data))


def read_tiff(data: bytes) -> File:
    """A camera's raw file is a TIFF with a small picture before the real one: `raw` is its kind."""
    tags = _tags(data)
    if tags is None:
        return File(kind="TIFF", data=data, whole=data[2:3] in b"+" or data[3:4] in b"+")
    is_raw = data[8:10] == b"CR" or DNG in tags or tags.get(REDUCED, [0])[0] & 1
    offsets, counts = ([number for tag in kind for number in tags.get(tag, [])] for kind in (OFFSETS, COUNTS))
    whole = all(start + count <= len(data) for start, count in zip(offsets, counts, strict=False))
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


def _tags(data: bytes) -> dict[int, list[int]] | None:
    """The numbers of a TIFF's first directory; None where it lies beyond the file's end (or the file is a BigTIFF)."""
    order = "<" if data.startswith(b"II") else ">"
    if len(data) < 8 or b"+" in data[2:4]:
        return None
    (start,) = struct.unpack(f"{order}I", data[4:8])
    if start + 2 > len(data):
        return None
    (count,) = struct.unpack(f"{order}H", data[start : start + 2])
    if start + 2 + 12 * count > len(data):
        return None
    entries = (data[at : at + 12] for at in range(start + 2, start + 2 + 12 * count, 12))
    return dict(_numbers(data, entry, order) for entry in entries)


def _numbers(data: bytes, entry: bytes, order: str) -> tuple[int, list[int]]:
    tag, kind, count = struct.unpack(f"{order}HHI", entry[:8])
    letter, size = SIZES.get(kind, ("B", 1))
    count = min(count, MOST)
    (there,) = struct.unpack(f"{order}I", entry[8:])
    body = entry[8:] if count * size <= 4 else data[there : there + count * size]
    usable = min(count, len(body) // size)
    return tag, list(struct.unpack(f"{order}{usable}{letter}", body[: usable * size])) or [0]
