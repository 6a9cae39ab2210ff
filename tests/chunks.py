"""PNG files by hand: what Pillow does not write."""

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(name: bytes, body: bytes, *, checksum: int | None = None) -> bytes:
    right = zlib.crc32(name + body)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", right if checksum is None else checksum)


def with_chunks(png: bytes, *chunks: bytes) -> bytes:
    """The file with these behind its header."""
    return png[:33] + b"".join(chunks) + png[33:]


def png(width: int, height: int, *chunks: bytes, depth: int = 8, colour: int = 2, row: bytes) -> bytes:
    """A picture whose rows are all `row`."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    data = zlib.compress((b"\0" + row) * height)
    return SIGNATURE + header + b"".join(chunks) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
