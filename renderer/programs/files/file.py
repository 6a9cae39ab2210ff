"""A member's file, ready for the decoder."""

from dataclasses import dataclass

from renderer.programs.colour.srgb import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What the decoder is handed, and what it need not find out itself."""

    kind: str  # as Pillow calls it
    data: bytes  # what pixels, their colours and their orientation need, and no more
    whole: bool = True  # False: the file ends before its own end, so what cannot be decoded is cut off
    colours: Said = None  # what the file says of them, where Pillow does not; the decoder's profile comes after it
    key: tuple[int, ...] | None = None  # a colour of 16 bits a channel that is transparent
