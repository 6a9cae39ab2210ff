"""The one way into a member's file: known by its first bytes, read as its kind is."""

from collections.abc import Callable

from renderer.contract.errors import NotAPictureError, UnsupportedFormatError
from renderer.programs.files import boxes, endings, jpeg, png, webp
from renderer.programs.files.file import File
from renderer.programs.files.kinds import DECODED, kind_of

READERS: dict[str, Callable[[bytes], File]] = {
    "PNG": png.read,
    "JPEG": jpeg.read,
    "WEBP": webp.read,
    "GIF": endings.read_gif,
    "BMP": endings.read_bmp,
    "TIFF": endings.read_tiff,
    "AVIF": lambda data: boxes.read("AVIF", data),
    "HEIF": lambda data: boxes.read("HEIF", data),
}


def read_file(data: bytes) -> File:
    """The file as the decoder should see it.

    Raises `NotAPictureError` for what is nothing we know, `UnsupportedFormatError` for what we know and do not decode,
    and whatever broken bytes make of their reader.
    """
    kind = kind_of(data)
    if kind is None:
        raise NotAPictureError
    file = READERS[kind](data) if kind in DECODED else File(kind=kind, data=data)
    if file.kind not in DECODED:
        raise UnsupportedFormatError(format=file.kind)
    return file
