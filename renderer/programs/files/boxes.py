"""The boxes of ISO files (ISO/IEC 14496-12 and 23008-12): whether all are there, and what AVIF says of its colours."""

from collections.abc import Iterator

from renderer.programs.colour.spaces import Space, by_cicp
from renderer.programs.files.file import File

MOST_BOXES = 4096
FULL = 4  # bytes of version and flags before a full box's body


def read(kind: str, data: bytes) -> File:
    """An AVIF or HEIF file as it is: the decoder finds its pixels by their place in it."""
    return File(kind=kind, data=data, whole=_is_whole(data), colours=colours(data) if kind == "AVIF" else None)


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and body of each box, as far as the data goes."""
    for at, header, size, name in _places(data):
        yield name, data[at + header : at + size]


def _places(data: bytes) -> Iterator[tuple[int, int, int, bytes]]:
    """Where each box begins, the bytes of its header, all its bytes, and its name."""
    at = 0
    for _ in range(MOST_BOXES):
        if at + 8 > len(data):
            return
        size, header = int.from_bytes(data[at : at + 4], "big"), 8
        if size == 1:
            size, header = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        size = len(data) - at if size == 0 else size
        if size < header:
            return
        yield at, header, size, data[at + 4 : at + 8]
        at += size


def _is_whole(data: bytes) -> bool:
    """Whether no box goes on beyond the file's end, and none that pixels need is missing."""
    places = list(_places(data))
    names = {name for *_, name in places}
    at, _, size, _ = places[-1] if places else (0, 0, len(data) + 1, b"")
    return at + size == len(data) and bool(names & {b"mdat", b"moov", b"idat"} or _inner(data, b"meta", b"idat"))


def _inner(data: bytes, outer: bytes, name: bytes) -> bytes:
    """The body of the first such box within the first such box; empty where there is none."""
    skip = FULL if outer == b"meta" else 0
    return _first(_first(data, outer)[skip:], name)


def _first(data: bytes, name: bytes) -> bytes:
    return next((body for each, body in boxes(data) if each == name), b"")


def colours(data: bytes) -> Space | None:
    """What the picture to show says of its colours by number; None where it says nothing, or has a profile."""
    said = _of_the_picture(_first(data, b"meta")[FULL:]) or _of_the_track(_first(data, b"moov"))
    profile = any(each[:4] in {b"prof", b"rICC"} for each in said)
    numbers = next((each[4:11] for each in said if each[:4] == b"nclx" and len(each) >= 11), b"")
    if not numbers:
        return None
    space = by_cicp(int.from_bytes(numbers[:2], "big"), int.from_bytes(numbers[2:4], "big"))
    return space if space and (space.is_hdr or not profile) else None  # a profile for HDR is an ordinary display's


def _of_the_picture(meta: bytes) -> list[bytes]:
    """The `colr` boxes of the primary picture."""
    primary = _first(meta, b"pitm")
    item = int.from_bytes(primary[FULL:], "big")
    shared = _first(meta, b"iprp")
    properties = list(boxes(_first(shared, b"ipco")))
    wanted = _associated(_first(shared, b"ipma"), item)
    return [properties[at - 1][1] for at in wanted if 0 < at <= len(properties) and properties[at - 1][0] == b"colr"]


def _associated(ipma: bytes, item: int) -> list[int]:
    """The numbers (from 1) of an item's properties."""
    wide_item, wide_index = bool(ipma[:1] and ipma[0]), bool(ipma[3:4] and ipma[3] & 1)
    at, step = FULL + 4, 2 if wide_index else 1
    for _ in range(min(int.from_bytes(ipma[FULL : FULL + 4], "big"), MOST_BOXES)):
        width = 4 if wide_item else 2
        number, count = int.from_bytes(ipma[at : at + width], "big"), int.from_bytes(ipma[at + width : at + width + 1])
        at += width + 1
        if number == item:
            found = (int.from_bytes(ipma[start : start + step], "big") for start in range(at, at + count * step, step))
            return [each & (0x7FFF if wide_index else 0x7F) for each in found]
        at += count * step
    return []


def _of_the_track(moov: bytes) -> list[bytes]:
    """The first colours that a moving picture's track names, where there is no still picture that does."""
    at = moov.find(b"colrnclx")
    return [moov[at + 4 : at + 15]] if at >= 0 else []
