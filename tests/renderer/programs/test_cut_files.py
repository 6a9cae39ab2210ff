"""A file that ends early: taken where its picture does not need the rest, else said to be cut off."""

import pytest
from PIL import Image

from renderer.contract.errors import CutOffError, TooManyPixelsError
from renderer.programs.canonical import canonical
from tests.heic import heic
from tests.pictures import encoded, noise, quarters
from tests.renderer.programs.stills import QUARTERS, assert_near, shown

LOSSY = 12
NOISE = noise(200, 150)
KINDS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF", "TIFF", "BMP")
WHOLE = {kind: encoded(NOISE, kind) for kind in KINDS}
WHOLE |= {
    "JPEG in scans": encoded(NOISE, "JPEG", progressive=True),
    "TIFF of JPEG": encoded(NOISE, "TIFF", compression="jpeg"),
    "TIFF deflated": encoded(NOISE, "TIFF", compression="tiff_adobe_deflate"),
    "HEIC": heic(quarters(64, 64)),
}


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.7])
def test_half_a_picture_is_said_to_be_cut_off(kind, share):
    with pytest.raises(CutOffError):
        canonical(WHOLE[kind][: int(len(WHOLE[kind]) * share)])


@pytest.mark.parametrize("kind", sorted(set(WHOLE) - {"JPEG in scans"}))  # whose last tenth only refines
def test_nine_tenths_are_not_enough(kind):
    with pytest.raises(CutOffError):
        canonical(WHOLE[kind][: int(len(WHOLE[kind]) * 0.9)])


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": "4:4:4"}, {"optimize": True}])
@pytest.mark.parametrize("missing", [1, 2, 3])
def test_a_jpeg_without_its_last_bytes_opens(options, missing):
    for image in (quarters(), quarters().convert("L"), quarters().convert("CMYK")):
        assert shown(encoded(image, "JPEG", **options)[:-missing]) == shown(encoded(image, "JPEG", **options))


@pytest.mark.parametrize("options", [{}, {"progressive": True}])
def test_a_jpeg_without_its_last_hundredth_opens(options):
    data = encoded(NOISE, "JPEG", **options)
    whole, cut = shown(data), shown(data[: int(len(data) * 0.99)])
    assert_near(cut, whole, 2)


def test_a_jpeg_that_lost_a_scan_of_colour_is_cut_off():
    data = encoded(quarters(), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    first = data.index(b"\xff\xda")
    assert shown(data[: last + 40])  # the last scan brings the last bits of what is there
    with pytest.raises(CutOffError):
        canonical(data[: data.index(b"\xff\xda", first + 2)])  # the first brings the mean of each block


@pytest.mark.parametrize("missing", [1, 5, 12, 13, 16])
def test_a_png_whose_pixels_are_all_there_is_whole(missing):
    assert shown(encoded(quarters())[:-missing]) == QUARTERS


def test_a_gif_without_its_trailer_is_whole():
    assert_near(shown(encoded(quarters(), "GIF")[:-1]), QUARTERS, 2)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.6, 0.95])
def test_a_moving_picture_that_is_cut_in_a_later_frame_has_its_first(kind, share):
    first = quarters(200, 150)
    data = encoded(first, kind, save_all=True, append_images=[NOISE, Image.eval(NOISE, lambda v: 255 - v)], duration=50)
    assert_near(shown(data[: int(len(data) * share)]), QUARTERS, LOSSY)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP", "AVIF", "HEIC"])
def test_a_first_few_bytes_are_a_picture_that_is_cut_off(kind):
    with pytest.raises(CutOffError):
        canonical(WHOLE[kind][:24])


def test_a_cut_bomb_is_refused_by_its_header():
    data = bytearray(encoded(NOISE, "JPEG")[:-2])
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = b"\xff\xff\xff\xff"  # 65,535 by 65,535 pixels
    with pytest.raises(TooManyPixelsError):
        canonical(bytes(data))
