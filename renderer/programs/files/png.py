"""PNG (third edition): its chunks. Those that are no part of the picture are dropped, broken ones with them."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from renderer.programs.colour.spaces import BT709, SRGB, Curve, Primaries, Space, by_cicp
from renderer.programs.colour.srgb import Said
from renderer.programs.files.file import File

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOVING = (b"acTL", b"fcTL", b"fdAT")
COLOURS = (b"cICP", b"iCCP", b"sRGB", b"gAMA", b"cHRM")  # read here
KEPT = (*MOVING, b"tRNS", b"eXIf")  # beside the critical ones
PROFILE_BYTES = 8 * 2**20  # a display's measured profile has one or two MiB
GREY, RGB = 0, 2  # colour types
USUAL_POWER = 2.2
NEAR = 0.05  # of the usual power: as much as encoders are off who mean sRGB (libpng's threshold)
POWERS = (0.2, 6.0)  # beyond them nothing is shown as it was meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    name: bytes
    body: bytes
    good: bool  # its checksum is right
    whole: bool  # the file does not end within it

    @property
    def is_critical(self) -> bool:
        return self.name[:1].isupper()

    def written(self) -> bytes:
        check = zlib.crc32(self.name + self.body)
        return struct.pack(">I", len(self.body)) + self.name + self.body + struct.pack(">I", check)


def read(data: bytes) -> File:
    """The picture's own chunks, each with a right checksum. Pixels that end early are left for the decoder to miss."""
    chunks = list(_chunks(data))
    own = {chunk.name: chunk.body for chunk in chunks if chunk.good and not chunk.is_critical}
    header = next((chunk.body for chunk in chunks if chunk.name == b"IHDR" and len(chunk.body) == 13), bytes(13))
    depth, colour = header[8], header[9]
    key = _key(own.get(b"tRNS", b"")) if depth == 16 and colour in {GREY, RGB} else None
    still = not all(chunk.good for chunk in chunks if chunk.name in MOVING and chunk.whole)
    dropped = {*(MOVING if still else ()), *((b"tRNS",) if key else ()), b"IEND"}
    kept = [chunk for chunk in chunks if _is_kept(chunk) and chunk.name not in dropped]
    end = Chunk(name=b"IEND", body=b"", good=True, whole=True)
    return File(
        kind="PNG",
        data=SIGNATURE + b"".join(_in_eight_bits(chunk, depth, colour).written() for chunk in (*kept, end)),
        whole=any(chunk.name == b"IEND" for chunk in chunks),
        colours=colours(own),
        key=key,
    )


def _chunks(data: bytes) -> Iterator[Chunk]:
    """Up to the end of the picture or of the file."""
    at = len(SIGNATURE)
    while len(data) >= at + 8:
        length, name = struct.unpack(">I4s", data[at : at + 8])
        body, check = data[at + 8 : at + 8 + length], data[at + 8 + length : at + 12 + length]
        whole = len(check) == 4
        good = whole and zlib.crc32(name + body) == int.from_bytes(check, "big")
        yield Chunk(name=name, body=body, good=good, whole=whole)
        if name == b"IEND":
            return
        at += 12 + length


def _is_kept(chunk: Chunk) -> bool:
    """A wrong checksum of a critical chunk is forgiven for pixels alone, as Pillow does: their own sum tells."""
    if chunk.name == b"IDAT":
        return True
    return chunk.good and (chunk.is_critical or chunk.name in KEPT)


def _key(body: bytes) -> tuple[int, ...] | None:
    return struct.unpack(f">{len(body) // 2}H", body) if len(body) in {2, 6} else None


def _in_eight_bits(chunk: Chunk, depth: int, colour: int) -> Chunk:
    """A transparent grey of 2 or 4 bits as Pillow looks for it: among greys that it has made 8 bits of."""
    if chunk.name != b"tRNS" or colour != GREY or depth not in {2, 4} or len(chunk.body) != 2:
        return chunk
    most = 2**depth - 1
    grey = (chunk.body[1] & most) * 255 // most
    return Chunk(name=b"tRNS", body=bytes((0, grey)), good=True, whole=True)


def colours(own: dict[bytes, bytes]) -> Said:
    """By rank, as PNG has it: cICP, then a profile, then sRGB, then gamma and chromaticities."""
    said = own.get(b"cICP", b"")
    space = by_cicp(said[0], said[1], full=bool(said[3])) if len(said) == 4 and said[2] == 0 else None
    profile = _profile(own.get(b"iCCP", b""))
    if space or profile:
        return space or profile
    return None if b"sRGB" in own else _measured(own.get(b"gAMA", b""), own.get(b"cHRM", b""))


def _profile(body: bytes) -> bytes | None:
    """Unpacked as far as a profile goes; None for one that is broken or huge."""
    _, _, packed = body.partition(b"\0")
    inflate = zlib.decompressobj()
    try:
        profile = inflate.decompress(packed[1:], PROFILE_BYTES)
    except zlib.error:
        return None
    return profile if inflate.eof and profile else None


def _measured(gamma: bytes, chromaticities: bytes) -> Space | None:
    primaries = _primaries(chromaticities) or BT709
    space = Space(primaries=primaries, curve=_power(gamma))
    return None if space == SRGB else space


def _power(body: bytes) -> Curve | float:
    """What makes light of a number; sRGB's curve where it is nearly that one, or none that is meant."""
    said = int.from_bytes(body, "big") if len(body) == 4 else 0
    power = 100_000 / said if said else USUAL_POWER
    usual = abs(power / USUAL_POWER - 1) < NEAR
    return Curve.SRGB if usual or not POWERS[0] <= power <= POWERS[1] else power


def _primaries(body: bytes) -> Primaries | None:
    """None for sRGB's own and for what is broken."""
    if len(body) != 32:
        return None
    white_x, white_y, *lights = (number / 100_000 for number in struct.unpack(">8I", body))
    red, green, blue = zip(lights[::2], lights[1::2], strict=True)
    said = Primaries(red=red, green=green, blue=blue, white=(white_x, white_y))
    return None if _alike(said, BT709) or not all(0 < y < 1 for _, y in _points(said)) else said


def _alike(one: Primaries, other: Primaries) -> bool:
    pairs = zip(_points(one), _points(other), strict=True)
    return all(abs(a - b) < 0.001 for here, there in pairs for a, b in zip(here, there, strict=True))


def _points(primaries: Primaries) -> tuple[tuple[float, float], ...]:
    return primaries.red, primaries.green, primaries.blue, primaries.white
