"""Files that members might attach: honest ones, and what hostile ones look like."""

import io
import struct
import zipfile
import zlib

from hypothesis import strategies as st
from PIL import Image

from tests.heic import heic
from tests.pictures import encoded, hills, quarters


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, data: bytes, *extra: bytes, depth: int = 8, kind: int = 2) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(extra) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def moving(kind: str) -> bytes:
    """Frames of other sizes and many of them."""
    frames = [hills(80, 70, seed) for seed in range(1, 9)]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=20)
    return out.getvalue()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.html", "<script>alert(1)</script>")
    return out.getvalue()


def plain_png(*extra: bytes) -> bytes:
    return png(70, 70, zlib.compress(bytes(70 * 211)), *extra)


def boxed(own: bytes, *others: bytes) -> bytes:
    return struct.pack(">I", 16 + 4 * len(others)) + b"ftyp" + own + bytes(4) + b"".join(others)


def forged_tiff() -> bytes:
    """A directory that counts four thousand million strips, and lies in itself."""
    entry = struct.pack("<HHII", 273, 4, 2**32 - 1, 8)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", 3) + entry * 3 + bytes(4)


ZEROS = zlib.compress(bytes(50_000_000))  # fifty megabytes in fifty thousand bytes
PLAIN = {kind: encoded(quarters(), kind) for kind in ("PNG", "JPEG", "WEBP", "GIF", "AVIF", "TIFF", "BMP")}
PLAIN["HEIC"] = heic(quarters(64, 64))
EMPTY = Image.new("RGBA", (80, 70), (0, 0, 0, 0))

# What becomes of each file: a still, or the code of its refusal.
CORPUS: dict[str, dict[str, bytes]] = {
    "still": {
        **{f"a {kind}": data for kind, data in PLAIN.items()},
        "a JPEG without its end marker": PLAIN["JPEG"][:-2],
        "a PNG without its end": PLAIN["PNG"][:-12],
        "a bomb within the limit": png(8000, 8000, zlib.compress(bytes(8000 * 24_001))),
        "a header that promises less": png(64, 64, ZEROS),
        "sixteen bits of transparency": png(70, 70, zlib.compress(bytes(70 * 561)), depth=16, kind=6),
        "a huge profile": plain_png(chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(20_000_000)))),
        "a huge comment": plain_png(chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(20_000_000)))),
        "a node editor's workflow": plain_png(chunk(b"iTXt", b"workflow\0\0\0\0\0" + b'{"a": 1}' * 250_000)),
        "ten thousand comments": plain_png(*[chunk(b"tEXt", b"a\0b")] * 10_000),
        "a comment with a wrong checksum": plain_png(chunk(b"tEXt", b"a\0b")[:-1] + b"?"),
        "colours by number": plain_png(chunk(b"cICP", bytes((9, 16, 0, 1)))),
        "colours by numbers that mean nothing": plain_png(chunk(b"cICP", b"\xff" * 4), chunk(b"cHRM", bytes(32))),
        "lights that are all one": plain_png(chunk(b"cHRM", struct.pack(">8I", *(31_270, 32_900) * 4))),
        "megabytes of application data": PLAIN["JPEG"][:2]
        + (b"\xff\xed\xff\xff" + bytes(65_533)) * 40
        + PLAIN["JPEG"][2:],
        "huge EXIF": encoded(quarters(), "JPEG", exif=b"Exif\0\0" + b"MM\0*\0\0\0\x08\xff\xff" + bytes(60_000)),
        "EXIF that points at itself": encoded(
            quarters(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x87i\0\x04\0\0\0\x01\0\0\0\x08\0\0\0\x08"
        ),
        "a moving GIF": moving("GIF"),
        "a moving PNG": moving("PNG"),
        "a moving WebP": moving("WEBP"),
        "frames of nothing": encoded(EMPTY, "GIF", save_all=True, append_images=[EMPTY] * 300, duration=20),
        "a PNG that is also a ZIP": PLAIN["PNG"] + zipped(),
        "a JPEG with a page in its comment": PLAIN["JPEG"][:2]
        + b"\xff\xfe\0\x20<script>alert(document)</script>"[:34]
        + PLAIN["JPEG"][2:],
        "a deep HDR picture from a phone": heic(quarters(64, 64), cicp=(9, 16), turns=1),
    },
    "cut_off": {
        **{f"half a {kind}": data[: len(data) // 2] for kind, data in PLAIN.items()},
        **{f"a {kind} without its last bytes": data[:-40] for kind, data in PLAIN.items() if kind != "JPEG"},
        "a PNG's first bytes": PLAIN["PNG"][:8],
        "a box that is longer than its file": boxed(b"avif") + b"\xff\xff\xff\xffmeta",
    },
    "unsupported_format": {
        "an SVG": b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
        "a PDF": b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj",
        "an MP4": boxed(b"mp42", b"mp42", b"isom"),
        "a JPEG XL": b"\xff\x0a" + bytes(100),
        "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n(/etc/passwd) run",
        "an icon": encoded(quarters(64, 64), "ICO"),
        "a camera's raw file": encoded(quarters(), "TIFF", tiffinfo={50706: b"\1\4\0\0"}),
    },
    "not_a_picture": {
        "nothing": b"",
        "one byte": b"\x89",
        "a header that promises more": png(4000, 3000, zlib.compress(b"\0" * 100)),
        "a palette without colours": png(70, 70, zlib.compress(bytes(70 * 71)), kind=3),
        "a ZIP": zipped(),
        "a page": b"<!doctype html><img src=x onerror=alert(1)>",
        "zeros": bytes(100_000),
        "no pixels at all": png(0, 0, b""),
    },
    "too_long_aspect": {
        "a GIF that is also JavaScript": b"GIF89a/*" + PLAIN["GIF"][8:] + b"*/=1;alert(1)",
    },
    "too_many_pixels": {"a bomb by its header": png(60_000, 60_000, ZEROS)},
    "too_small": {
        "one pixel wide": encoded(Image.new("RGB", (1, 5000))),
        "one pixel high": encoded(Image.new("RGB", (5000, 1))),
    },
}
FORGED = [
    forged_tiff(),
    boxed(b"heic", b"mif1"),
    boxed(b"avif", b"avis") + struct.pack(">I", 1) + b"moov" + b"\xff" * 8,
]
FILES = sorted((data for files in CORPUS.values() for data in files.values()), key=len)


@st.composite
def broken(draw) -> bytes:
    """A file of the corpus with some bytes changed, left out or put in."""
    data = bytearray(draw(st.sampled_from([*FORGED, *FILES[:60]])))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        some = draw(st.binary(max_size=12))
        match draw(st.sampled_from(("change", "cut", "put in", "repeat"))):
            case "change":
                data[at : at + len(some)] = some
            case "cut":
                del data[at : at + draw(st.integers(0, 200))]
            case "put in":
                data[at:at] = some
            case _:
                data[at:at] = data[at : at + 200]
    return bytes(data)


files = st.one_of(broken(), st.binary(max_size=2000))

ANCILLARY = (b"tEXt", b"zTXt", b"iTXt", b"tIME", b"pHYs", b"bKGD", b"hIST", b"sPLT", b"sTER", b"vpAg", b"prVt")


@st.composite
def laden(draw) -> tuple[bytes, bytes]:
    """A whole picture, and the same with chunks or segments that are no part of it, as broken as can be."""
    bodies = draw(st.lists(st.binary(max_size=300), min_size=1, max_size=5))
    if draw(st.booleans()):
        names = draw(st.lists(st.sampled_from(ANCILLARY), min_size=len(bodies), max_size=len(bodies)))
        chunks = [chunk(name, body) for name, body in zip(names, bodies, strict=True)]
        some = b"".join(each[:-1] + b"?" if draw(st.booleans()) else each for each in chunks)
        at = draw(st.sampled_from((33, len(PLAIN["PNG"]) - 12)))
        return PLAIN["PNG"], PLAIN["PNG"][:at] + some + PLAIN["PNG"][at:]
    markers = draw(st.lists(st.integers(0xE1, 0xED), min_size=len(bodies), max_size=len(bodies)))
    some = b"".join(
        bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body
        for marker, body in zip(markers, bodies, strict=True)
    )
    return PLAIN["JPEG"], PLAIN["JPEG"][:2] + some + PLAIN["JPEG"][2:]
