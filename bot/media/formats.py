"""Whether bytes are what they are said to be. The bot decodes nothing itself: it looks at headers alone."""

from collections.abc import Iterator

MOST_BOXES = 1000  # of a file, one after the other; ours have some ten
NEEDED = {b"moov", b"mdat"}


def is_mp4(data: bytes) -> bool:
    """Whether these are whole boxes from `ftyp` on, with a movie and its pixels among them."""
    kinds = [*_boxes(data)]
    return kinds[:1] == [b"ftyp"] and set(kinds) >= NEEDED and b"" not in kinds


def is_jpeg(data: bytes) -> bool:
    """Whether these bytes begin and end as a JPEG does."""
    return data.startswith(b"\xff\xd8\xff") and data.endswith(b"\xff\xd9")


def _boxes(data: bytes) -> Iterator[bytes]:
    """The kinds of a file's boxes, in order; an empty one where they do not fit into the file."""
    at = 0
    for _ in range(MOST_BOXES):
        if at == len(data):
            return
        size, kind, header = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8], 8
        if size == 1:  # it does not fit into four bytes
            size, header = int.from_bytes(data[at + 8 : at + 16]), 16
        elif size == 0:  # to the end
            size = len(data) - at
        if size < header or at + size > len(data):
            break
        yield kind
        at += size
    yield b""
