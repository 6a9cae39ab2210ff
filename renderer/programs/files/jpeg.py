"""JPEG (ITU-T T.81): its segments. Application data that is no part of the picture is dropped; an end is put on.

How much of a picture is lost when its file ends early is asked of the decoder: it decodes the file twice, with nothing
and with noise after the last byte. What depends on the missing bytes differs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha512
from io import BytesIO

from PIL import Image, ImageChops

from renderer.programs.files.file import File

SOI, EOI, SOS, COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
STANDALONE = {0x01, *range(0xD0, 0xD8)}
APPLICATION = range(0xE0, 0xF0)
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
KEPT = {0xE0: b"", 0xE1: b"Exif\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}  # JFIF, orientation, colours, CMYK or not
AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
END = b"\xff\xd9"
NOISE = (b"".join(sha512(bytes((index,))).digest() for index in range(16))).replace(b"\xff", b"") + END
LOST = 1 / 12  # of the pixels: as much as may be a plain strip at the foot


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    marker: int
    body: bytes  # behind the length
    written: bytes  # with its marker, its length and, for a scan, its data
    whole: bool = True


@dataclass(slots=True, kw_only=True)
class Scans:
    """Which coefficients of which component have been sent to their last bit."""

    components: frozenset[int] = frozenset()
    tall: int = 8  # rows of a block of all components
    sent: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])
    last_refines: bool = False  # the last scan brings the last bit of what is there already: nobody misses its end

    def note(self, segment: Segment) -> None:
        if segment.marker in FRAMES and len(segment.body) >= 6:
            each = [segment.body[at : at + 3] for at in range(6, 6 + 3 * segment.body[5], 3)]
            self.components = frozenset(part[0] for part in each if len(part) == 3)
            self.tall = 8 * max((part[1] & 15 for part in each if len(part) == 3), default=1)
        elif segment.marker == SOS and segment.body:
            count = segment.body[0]
            names, tail = segment.body[1 : 1 + 2 * count : 2], segment.body[1 + 2 * count :]
            if len(tail) == 3 and not tail[2] & 15:
                self.sent |= {(name, at) for name in names for at in range(tail[0], min(tail[1], 63) + 1)}
            self.last_refines = len(tail) == 3 and tail[2] >> 4 > 0

    @property
    def are_all_there(self) -> bool:
        return bool(self.components) and {(name, at) for name in self.components for at in range(64)} <= self.sent


def read(data: bytes) -> File:
    """The picture's own segments up to its end, which is put on where it is missing: then the file is not whole."""
    segments = list(_segments(data))
    kept = b"\xff\xd8" + b"".join(segment.written for segment in segments if _is_kept(segment))
    if segments and segments[-1].marker == EOI:
        return File(kind="JPEG", data=kept)
    return File(kind="JPEG", data=kept.rstrip(b"\xff") + END, whole=False)


def is_enough(file: File) -> bool:
    """Whether a file that was not whole holds its picture but for a strip. Raises what Pillow raises."""
    *segments, _ = _segments(file.data)
    scans = Scans()
    for segment in segments:
        scans.note(segment)
    ends_in_a_scan = bool(segments) and segments[-1].marker == SOS and scans.are_all_there
    return ends_in_a_scan and (scans.last_refines or lost(file.data.removesuffix(END), scans.tall) <= LOST)


def _segments(data: bytes) -> Iterator[Segment]:
    at = 2
    while (at := data.find(b"\xff", at)) >= 0:
        while data[at + 1 : at + 2] == b"\xff":
            at += 1
        marker = data[at + 1] if at + 1 < len(data) else 0
        if marker == EOI:
            yield Segment(marker=EOI, body=b"", written=END)
            return
        if marker in STANDALONE or marker in {0, SOI}:
            at += 2
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + max(length, 2)
        body, whole = data[at + 4 : end], end <= len(data)
        if marker == SOS and whole:
            found = AFTER_SCAN.search(data, end)
            end = found.start() if found else len(data)
        yield Segment(marker=marker if whole else 0, body=body, written=data[at:end], whole=whole)
        at = end


def _is_kept(segment: Segment) -> bool:
    if not segment.whole or segment.marker == COMMENT:
        return False
    if segment.marker in APPLICATION:
        return segment.marker in KEPT and segment.body.startswith(KEPT[segment.marker])
    return True


def lost(data: bytes, tall: int) -> float:
    """The share of a picture's pixels that need bytes which its file has no more; `tall` is the rows of a block.

    Of a picture that comes in several scans it is the share of the last one. Raises what Pillow raises.
    """
    shown, otherwise = (_grey(data + tail) for tail in (END, NOISE))
    differs = ImageChops.difference(shown, otherwise)
    box = differs.getbbox()
    if box is None:
        return 0.0
    width, height = shown.size
    top = box[1] // tall * tall
    row = differs.crop((0, top, width, min(top + tall, height))).getbbox() or (0,)
    return max(0.0, height - top - tall * row[0] / width) / height


def _grey(data: bytes) -> Image.Image:
    """Light alone, which is quick and small."""
    with Image.open(BytesIO(data), formats=("JPEG",)) as image:
        image.draft("L", None)
        image.load()
        return image.copy() if image.mode == "L" else image.convert("RGB").convert("L")
