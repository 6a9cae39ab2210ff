"""HEIC files by hand: HEVC from PyAV in the boxes of ISO/IEC 23008-12. No package that we may use writes them."""

import struct

import av
import numpy as np
from PIL import Image

PARAMETERS = (32, 33, 34)  # VPS, SPS, PPS
PRIMARY, OTHER = 1, 2


def box(name: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + name + body


def full(name: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    return box(name, struct.pack(">I", version << 24 | flags), *parts)


def heic(
    image: Image.Image,
    *,
    cicp: tuple[int, int] = (1, 13),
    profile: bytes | None = None,
    turns: int = 0,
    mirrored: bool = False,
    exif: bytes | None = None,
    other: Image.Image | None = None,
) -> bytes:
    """One picture: its colours by number and by profile, quarter turns to the left, EXIF, and a picture before it."""
    items = [(OTHER, b"hvc1", *encoded_hevc(other))] if other else []
    items.append((PRIMARY, b"hvc1", *encoded_hevc(image)))
    extents = [(number, sample) for number, _, sample, _ in items]
    names = [(number, kind) for number, kind, *_ in items]
    if exif:
        extents.append((3, b"\0\0\0\6Exif\0\0" + exif))
        names.append((3, b"Exif"))
    colours = [box(b"colr", b"nclx", struct.pack(">HHHB", *cicp, 6, 0x80))]
    colours += [box(b"colr", b"prof", profile)] if profile else []
    properties, associated = [], []
    for number, _, _, configuration in items:
        shown = other if number == OTHER else image
        own = [configuration, full(b"ispe", struct.pack(">II", *shown.size)), *colours]
        if number == PRIMARY:
            own += [box(b"irot", bytes((turns,)))] if turns else []
            own += [box(b"imir", b"\1")] if mirrored else []
        indices = range(len(properties) + 1, len(properties) + 1 + len(own))
        properties += own
        associated.append((number, indices))
    ipma = b"".join(struct.pack(">HB", number, len(each)) + bytes(each) for number, each in associated)
    infos = [full(b"infe", struct.pack(">HH", number, 0), kind, b"\0", version=2) for number, kind in names]
    refers = full(b"iref", box(b"cdsc", struct.pack(">HHH", 3, 1, PRIMARY))) if exif else b""

    def meta(start: int) -> bytes:
        places, at = b"", start
        for number, sample in extents:
            places += struct.pack(">HHHII", number, 0, 1, at, len(sample))
            at += len(sample)
        return full(
            b"meta",
            full(b"hdlr", bytes(4), b"pict", bytes(13)),
            full(b"pitm", struct.pack(">H", PRIMARY)),
            full(b"iloc", struct.pack(">BBH", 0x44, 0, len(extents)), places),
            full(b"iinf", struct.pack(">H", len(infos)), *infos),
            refers,
            box(b"iprp", box(b"ipco", *properties), full(b"ipma", struct.pack(">I", len(associated)), ipma)),
        )

    head = box(b"ftyp", b"heic", bytes(4), b"mif1heic")
    start = len(head) + len(meta(0)) + 8
    return head + meta(start) + box(b"mdat", *(sample for _, sample in extents))


def encoded_hevc(image: Image.Image) -> tuple[bytes, bytes]:
    """A picture's sample and its `hvcC` box. Sides are even."""
    planes = np.stack([np.asarray(plane) for plane in image.convert("YCbCr").split()])
    frame = av.VideoFrame.from_ndarray(planes, format="yuv444p")
    codec = av.CodecContext.create("libx265", "w")
    codec.width, codec.height, codec.pix_fmt, codec.time_base = image.width, image.height, "yuv444p", 1
    codec.options = {"x265-params": "keyint=1:info=0:log-level=none:qp=12:pools=none:frame-threads=1"}
    stream = b"".join(bytes(packet) for packet in (*codec.encode(frame), *codec.encode(None)))
    units = [unit.strip(b"\0") for unit in stream.split(b"\0\0\1") if unit.strip(b"\0")]
    kind = {unit: unit[0] >> 1 & 63 for unit in units}
    arrays = [unit for unit in units if kind[unit] in PARAMETERS]
    sample = b"".join(struct.pack(">I", len(unit)) + unit for unit in units if kind[unit] < 32)
    configuration = (
        bytes((1, 4)) + bytes(10) + bytes((93, 0xF0, 0, 0xFC, 0xFC | 3, 0xF8, 0xF8, 0, 0, 0x0F, len(arrays)))
    )
    for unit in arrays:
        configuration += bytes((0x80 | kind[unit],)) + struct.pack(">HH", 1, len(unit)) + unit
    return sample, box(b"hvcC", configuration)
