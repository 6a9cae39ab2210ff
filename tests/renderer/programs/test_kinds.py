"""What is no picture we decode is called by its name, so that a member knows what to do."""

import pytest
from PIL import Image, ImageCms

from renderer.contract.errors import UnsupportedFormatError
from renderer.programs.canonical import canonical
from tests.heic import heic
from tests.pictures import encoded, quarters
from tests.renderer.programs.stills import QUARTERS, assert_near, shown

LOSSY = 12


def ftyp(own, *others):
    return (16 + 4 * len(others)).to_bytes(4, "big") + b"ftyp" + own + bytes(4) + b"".join(others) + bytes(40)


NAMED = {
    "JPEG XL": [b"\xff\x0a" + bytes(40), b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(40)],
    "JPEG 2000": [encoded(quarters(), "JPEG2000"), encoded(quarters(), "JPEG2000", no_jp2=True)],
    "SVG": [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a --><svg>"],
    "PDF": [b"%PDF-1.7"],
    "PSD": [b"8BPS\0\1"],
    "ICO": [encoded(quarters(64, 64), "ICO")],
    "video": [
        ftyp(b"isom", b"mp42"),
        ftyp(b"qt  "),
        b"\0\0\0\x08wide\0\0\0\0mdat",
        b"\x1aE\xdf\xa3webm",
        b"RIFF\0\0\0\0AVI LIST",
    ],
    "raw": [
        ftyp(b"crx ", b"isom"),
        b"II*\0\x10\0\0\0CR\2\0" + bytes(40),
        b"FUJIFILMCCD-RAW 0201",
        encoded(quarters(), "TIFF", tiffinfo={50706: b"\1\4\0\0"}),
        encoded(quarters(), "TIFF", tiffinfo={254: 1}),  # a small picture before the real one
    ],
}


@pytest.mark.parametrize(("name", "data"), [(name, data) for name, files in NAMED.items() for data in files])
def test_a_kind_that_is_not_decoded_is_named(name, data):
    with pytest.raises(UnsupportedFormatError) as raised:
        canonical(data)
    assert raised.value.data == {"format": name}


def test_a_phones_picture_opens():
    assert_near(shown(heic(quarters())), QUARTERS, LOSSY)


@pytest.mark.parametrize("turns", [1, 3])
def test_a_phones_picture_is_turned_once(turns):
    """Its own turn (`irot`) is what counts; EXIF says it again, for old programs."""
    exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\3\0\0\0\1\0" + bytes(((8 if turns == 1 else 6),)) + bytes(6)
    stored = quarters(240, 320).rotate(-90 * turns, expand=True)
    for data in (heic(stored, turns=turns), heic(stored, turns=turns, exif=exif)):
        still = canonical(data)
        assert (still.width, still.height) == (240, 320)
        assert_near(shown(data), QUARTERS, LOSSY)


def test_exif_alone_turns_no_heic():
    exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\3\0\0\0\1\0\6" + bytes(6)
    assert_near(shown(heic(quarters(), exif=exif)), QUARTERS, LOSSY)


def test_a_mirrored_heic():
    red, green, blue, white = QUARTERS
    assert_near(shown(heic(quarters(), mirrored=True)), [green, red, white, blue], LOSSY)


def test_of_several_pictures_in_a_heic_the_primary_one_is_shown():
    assert_near(shown(heic(quarters(), other=quarters(64, 64).rotate(180))), QUARTERS, LOSSY)


def modes():
    grey = quarters().convert("L")
    yield "grey of sixteen bits", grey.convert("I").point(lambda value: value * 257).convert("I;16"), grey
    yield "light from 0 to 1", grey.convert("F").point(lambda value: value / 255 + 0.0), grey
    yield "palette", quarters().quantize(8), quarters()
    yield "one bit", grey.convert("1", dither=Image.Dither.NONE), grey.point(lambda value: 255 * (value > 127))
    for mode in ("L", "LA", "RGBA", "CMYK"):
        yield mode, quarters().convert(mode), grey if mode in {"L", "LA"} else quarters()


@pytest.mark.parametrize(("image", "wanted"), [pytest.param(image, wanted, id=name) for name, image, wanted in modes()])
def test_tiff_in_many_modes(image, wanted):
    assert_near(shown(encoded(image, "TIFF")), shown(encoded(wanted)), 2)


def test_tiff_in_lab():
    srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    image = ImageCms.profileToProfile(quarters(), srgb, lab, outputMode="LAB")
    assert_near(shown(encoded(image, "TIFF")), QUARTERS, 8)  # eight bits of LAB
