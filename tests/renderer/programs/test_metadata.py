"""A whole picture is taken whatever else its file holds: profiles, workflows, comments, wrong checksums, XMP."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from renderer.programs.canonical import canonical
from tests.chunks import chunk, with_chunks
from tests.pictures import encoded, quarters
from tests.renderer.programs.stills import QUARTERS, assert_near, shown

LOSSY = 12
PNG, JPEG = encoded(quarters()), encoded(quarters(), "JPEG")
WORKFLOW = b'{"nodes": [' + b'{"type": "KSampler"}, ' * 80_000 + b"0]}"
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
TURNED = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/></rdf:RDF></x:xmpmeta>'
)


def longer(profile):
    """A display's profile of more than a mebibyte."""
    body = profile + bytes(1_300_000)
    return struct.pack(">I", len(body)) + body[4:]


CHUNKS = {
    "a long iCCP": [chunk(b"iCCP", b"display\0\0" + zlib.compress(longer(SRGB)))],
    "zTXt": [chunk(b"zTXt", b"workflow\0\0" + zlib.compress(WORKFLOW))],
    "iTXt": [chunk(b"iTXt", b"workflow\0\1\0\0\0" + zlib.compress(WORKFLOW))],
    "a long tEXt": [chunk(b"tEXt", b"workflow\0" + WORKFLOW)],
    "3000 tEXt": [chunk(b"tEXt", b"a\0b")] * 3000,
    "tEXt, wrong checksum": [chunk(b"tEXt", b"Software\0x", checksum=1)],
    "pHYs, wrong checksum": [chunk(b"pHYs", struct.pack(">IIB", 2835, 2835, 1), checksum=1)],
    "iTXt, wrong checksum": [chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x/>", checksum=1)],
    "iCCP, wrong checksum": [chunk(b"iCCP", b"x\0\0" + zlib.compress(SRGB[:200]), checksum=1)],
    "gAMA, wrong checksum": [chunk(b"gAMA", struct.pack(">I", 100_000), checksum=1)],
    "cICP, wrong checksum": [chunk(b"cICP", bytes((9, 16, 0, 1)), checksum=1)],
    "tRNS, wrong checksum": [chunk(b"tRNS", bytes(6), checksum=1)],
    "tIME that is none": [chunk(b"tIME", b"no time")],
    "iCCP that is none": [chunk(b"iCCP", b"no profile")],
}


@pytest.mark.parametrize("chunks", CHUNKS.values(), ids=CHUNKS)
def test_what_is_no_part_of_a_pngs_picture_is_no_reason_to_refuse_it(chunks):
    assert_near(shown(with_chunks(PNG, *chunks)), QUARTERS, 2)
    assert_near(shown(PNG[:-12] + b"".join(chunks) + PNG[-12:]), QUARTERS, 2)  # behind the pixels


def segment(marker, body):
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


@pytest.mark.parametrize("marker", [0xE0, 0xE1, 0xE2, 0xE5, 0xED, 0xEE, 0xFE])
def test_a_jpeg_may_hold_megabytes_of_anything(marker):
    assert_near(shown(JPEG[:2] + segment(marker, bytes(65_000)) * 30 + JPEG[2:]), QUARTERS, LOSSY)


def test_a_webp_whose_header_says_more_than_there_is_is_whole_if_its_picture_is():
    webp = encoded(quarters(), "WEBP", xmp=TURNED)
    for data in (webp[:-40], webp[:4] + struct.pack("<I", len(webp) + 999) + webp[8:]):
        assert_near(shown(data), QUARTERS, LOSSY)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF", "TIFF"])
def test_orientation_in_xmp_alone_turns_nothing(kind):
    """Discord and browsers show the picture as it is stored."""
    if kind == "PNG":
        data = with_chunks(PNG, chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + TURNED))
    else:
        data = encoded(quarters(), kind, **({"tiffinfo": {700: TURNED}} if kind == "TIFF" else {"xmp": TURNED}))
    with Image.open(BytesIO(data)) as image:
        assert image.getexif().get(0x0112) == 6  # Pillow would turn it
    still = canonical(data)
    assert (still.width, still.height) == (320, 240)


def test_a_real_profile_of_more_than_a_mebibyte_is_used():
    swapped = bytearray(SRGB)
    red, blue = swapped.index(b"rXYZ"), swapped.index(b"bXYZ")
    swapped[red : red + 4], swapped[blue : blue + 4] = b"bXYZ", b"rXYZ"
    found = shown(with_chunks(PNG, chunk(b"iCCP", b"x\0\0" + zlib.compress(longer(bytes(swapped))))))
    assert found[0][2] > 120 > found[0][0]  # red was said to be blue
