"""Files that members might attach: honest ones, and what hostile ones look like."""

import io
import struct
import zipfile
import zlib

from hypothesis import strategies as st
from PIL import Image

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


ZEROS = zlib.compress(bytes(50_000_000))  # fifty megabytes in fifty thousand bytes
PLAIN = {kind: encoded(quarters(), kind) for kind in ("PNG", "JPEG", "WEBP", "GIF", "AVIF")}
CORPUS: dict[str, bytes] = {
    **{f"a {kind}": data for kind, data in PLAIN.items()},
    **{f"half a {kind}": data[: len(data) // 2] for kind, data in PLAIN.items()},
    **{f"a {kind} without its end": data[:-20] for kind, data in PLAIN.items()},
    "nothing": b"",
    "one byte": b"\x89",
    "a PNG's first bytes": PLAIN["PNG"][:8],
    "a bomb by its header": png(60_000, 60_000, ZEROS),
    "a bomb within the limit": png(8000, 8000, zlib.compress(bytes(8000 * 24_001))),
    "a header that promises more": png(4000, 3000, zlib.compress(b"\0" * 100)),
    "a header that promises less": png(64, 64, ZEROS),
    "no pixels at all": png(0, 0, b""),
    "one pixel wide": encoded(Image.new("RGB", (1, 5000))),
    "one pixel high": encoded(Image.new("RGB", (5000, 1))),
    "sixteen bits of transparency": png(70, 70, zlib.compress(bytes(70 * 561)), depth=16, kind=6),
    "a palette without colours": png(70, 70, zlib.compress(bytes(70 * 71)), kind=3),
    "a huge profile": png(
        70, 70, zlib.compress(bytes(70 * 211)), chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(20_000_000)))
    ),
    "a huge comment": png(
        70, 70, zlib.compress(bytes(70 * 211)), chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(20_000_000)))
    ),
    "huge EXIF": encoded(quarters(), "JPEG", exif=b"Exif\0\0" + b"MM\0*\0\0\0\x08\xff\xff" + bytes(60_000)),
    "EXIF that points at itself": encoded(
        quarters(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x87i\0\x04\0\0\0\x01\0\0\0\x08\0\0\0\x08"
    ),
    "a moving GIF": moving("GIF"),
    "a moving PNG": moving("PNG"),
    "a moving WebP": moving("WEBP"),
    "a PNG that is also a ZIP": PLAIN["PNG"] + zipped(),
    "a GIF that is also JavaScript": b"GIF89a/*" + PLAIN["GIF"][8:] + b"*/=1;alert(1)",
    "a JPEG with a page in its comment": PLAIN["JPEG"][:2]
    + b"\xff\xfe\0\x20<script>alert(document)</script>"[:34]
    + PLAIN["JPEG"][2:],
    "an SVG": b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
    "a PDF": b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj",
    "an MP4": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
    "a ZIP": zipped(),
    "a page": b"<!doctype html><img src=x onerror=alert(1)>",
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n(/etc/passwd) run",
    "an icon": encoded(quarters(64, 64), "ICO"),
    "a TIFF": encoded(quarters(), "TIFF"),
    "a BMP": encoded(quarters(), "BMP"),
    "zeros": bytes(100_000),
}


@st.composite
def broken(draw) -> bytes:
    """A file of the corpus with some bytes changed, left out or put in."""
    data = bytearray(draw(st.sampled_from(sorted(CORPUS.values(), key=len)[:40])))
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


files = st.one_of(st.sampled_from(sorted(CORPUS.values())), broken(), st.binary(max_size=2000))
