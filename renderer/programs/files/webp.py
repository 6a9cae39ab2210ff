"""WebP: the chunks of its RIFF file. What is no part of the picture is dropped, and frames that are cut off."""

import struct
from collections.abc import Iterator

from renderer.programs.files.file import File

PIXELS = (b"VP8 ", b"VP8L", b"ANMF")
KEPT = (*PIXELS, b"VP8X", b"ALPH", b"ANIM", b"ICCP", b"EXIF")
HAS_XMP = 0x04  # in VP8X


def read(data: bytes) -> File:
    """A picture is whole if its first frame is; frames after it may be missing, and what comes after all frames."""
    chunks = list(_chunks(data))
    body = b"".join(_written(name, body) for name, body, whole in chunks if name in KEPT and whole)
    whole = any(name in PIXELS and whole for name, _, whole in chunks)
    return File(kind="WEBP", data=b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body, whole=whole)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bool]]:
    """Name, body, and whether the file does not end within it."""
    end = 8 + int.from_bytes(data[4:8], "little")
    end = min(end, len(data))
    at = 12
    while at + 8 <= end:
        name, length = struct.unpack("<4sI", data[at : at + 8])
        body = data[at + 8 : min(at + 8 + length, end)]
        yield name, body, len(body) == length
        at += 8 + length + length % 2


def _written(name: bytes, body: bytes) -> bytes:
    if name == b"VP8X" and body:
        body = bytes((body[0] & ~HAS_XMP,)) + body[1:]
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
