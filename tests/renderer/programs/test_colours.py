"""Whatever space a file says its numbers are in, its scene comes out in sRGB."""

import struct
import zlib
from functools import cache

import numpy as np
import pytest
from PIL import Image

from renderer.programs.canonical import STUDIO_GREY
from renderer.programs.colour.dynamic_range import hlg_scene, pq_nits, shoulder
from renderer.programs.colour.profiles import profile_of
from renderer.programs.colour.spaces import BT709, PRIMARIES, Curve, Primaries, Space, apply, inverse, light_to_xyz
from tests.chunks import chunk, png, with_chunks
from tests.heic import heic
from tests.pictures import encoded, quarters
from tests.renderer.programs.stills import QUARTERS, assert_near, shown

EXACT = 3  # 8 bits, and as many in between
LOSSY = 14
COARSE = 40  # eight bits of PQ or HLG in YCbCr leave no more of a strong colour
SDR, PQ, HLG = 13, 16, 18
HALF = [(128, 128, 128)] * 4  # what 55 is in linear light


def linear(image):
    numbers = np.asarray(image, float) / 255
    return np.where(numbers <= 0.04045, numbers / 12.92, ((numbers + 0.055) / 1.055) ** 2.4)


def in_lights(image, primaries):
    """The scene's linear light by other primaries."""
    matrix = np.array(inverse(light_to_xyz(PRIMARIES[primaries]))) @ np.array(light_to_xyz(BT709))
    return np.clip(linear(image) @ matrix.T, 0, 1)


@cache
def steps(curve):
    numbers = np.linspace(0, 1, 20_001)
    return numbers, [curve(number) for number in numbers]


def by_table(light, curve):
    """Numbers whose light this is: the inverse of a growing curve."""
    numbers, lights = steps(curve)
    return np.interp(light, lights, numbers)


def told(primaries, transfer, *, white=203.0, image=None):
    """The four quarters as a file says them by number; white is so many nits where it is HDR."""
    light = in_lights(image or quarters(), primaries)
    if transfer == PQ:
        numbers = by_table(light * white, pq_nits)
    elif transfer == HLG:  # as a display of 1,000 nits shows it
        shown_light = light * white / 1000
        bright = shown_light @ np.array(light_to_xyz(PRIMARIES[primaries])[1])
        numbers = by_table(shown_light * np.maximum(bright, 1e-9)[..., None] ** (-0.2 / 1.2), hlg_scene)
    elif transfer == 8:
        numbers = light
    else:
        numbers = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return Image.fromarray((np.clip(numbers, 0, 1) * 255 + 0.5).astype(np.uint8))


def as_png(image, primaries, transfer, *, full=1):
    return with_chunks(encoded(image), chunk(b"cICP", bytes((primaries, transfer, 0, full))))


def as_avif(image, primaries, transfer, **options):
    data = bytearray(encoded(image, "AVIF", quality=95, subsampling="4:4:4", **options))
    at = data.index(b"nclx")
    data[at + 4 : at + 8] = struct.pack(">HH", primaries, transfer)
    return bytes(data)


SAID = [(9, PQ), (9, HLG), (12, PQ), (1, PQ), (12, SDR), (9, SDR), (9, 14), (1, 8)]


@pytest.mark.parametrize(("primaries", "transfer"), SAID)
def test_a_png_that_names_its_colours_by_number(primaries, transfer):
    tolerance = 8 if transfer in {PQ, HLG, 8} else EXACT  # eight bits of these are coarse
    assert_near(shown(as_png(told(primaries, transfer), primaries, transfer)), QUARTERS, tolerance)


@pytest.mark.parametrize(("primaries", "transfer"), SAID[:6])
@pytest.mark.parametrize("alpha", [False, True])
def test_an_avif_that_names_its_colours_by_number(primaries, transfer, alpha):
    image = told(primaries, transfer)
    image = image.convert("RGBA") if alpha else image
    assert_near(shown(as_avif(image, primaries, transfer)), QUARTERS, COARSE if transfer in {PQ, HLG} else LOSSY)


def test_a_moving_avif_that_names_its_colours_by_number():
    image = told(12, SDR)
    data = as_avif(image, 12, SDR, save_all=True, append_images=[image.rotate(180)])
    assert_near(shown(data), QUARTERS, LOSSY)


@pytest.mark.parametrize(("primaries", "transfer"), [(9, PQ), (9, HLG), (12, SDR)])
def test_a_heic_that_names_its_colours_by_number(primaries, transfer):
    found = shown(heic(told(primaries, transfer), cicp=(primaries, transfer)))
    assert_near(found, QUARTERS, COARSE if transfer in {PQ, HLG} else LOSSY)


def test_light_brighter_than_paper_dims_white_a_little_and_the_rest_not_at_all():
    image = quarters()
    scene = np.asarray(told(9, PQ, image=image)).copy()
    scene[:20, :20] = round(by_table(4000.0, pq_nits) * 255)  # a lamp
    red, green, blue, white = shown(as_png(Image.fromarray(scene), 9, PQ))
    assert_near([red, green, blue], QUARTERS[:3], 12)
    assert min(white) > 200
    assert max(white) - min(white) <= 6  # and it has no tint


def test_the_shoulder_rises_to_the_peak_and_changes_nothing_where_nothing_is_too_bright():
    for peak in (1.0, 2.0, 49.0):
        steps = [shoulder(light * peak / 100, peak) for light in range(101)]
        assert steps == sorted(steps)
        assert steps[-1] == pytest.approx(1)
    assert [shoulder(light / 10, 1.0) for light in range(11)] == pytest.approx([light / 10 for light in range(11)])


def test_narrow_range_is_stretched():
    numbers = np.asarray(told(12, SDR), float) * 219 / 255 + 16
    assert_near(shown(as_png(Image.fromarray(numbers.round().astype(np.uint8)), 12, SDR, full=0)), QUARTERS, EXACT)


def profile(curve=1.0, primaries=BT709):
    return profile_of(Space(primaries=primaries, curve=curve))


def iccp(data):
    return chunk(b"iCCP", b"x\0\0" + zlib.compress(data))


GAMMA_ONE, SRGB_CHUNK = chunk(b"gAMA", struct.pack(">I", 100_000)), chunk(b"sRGB", b"\0")
CICP_SRGB = chunk(b"cICP", bytes((1, SDR, 0, 1)))
UNKNOWN = chunk(b"cICP", bytes((99, SDR, 0, 1)))


@pytest.mark.parametrize(
    ("chunks", "is_linear"),
    [
        ([GAMMA_ONE], True),
        ([GAMMA_ONE, SRGB_CHUNK], False),
        ([GAMMA_ONE, iccp(profile(Curve.SRGB))], False),
        ([GAMMA_ONE, CICP_SRGB], False),
        ([iccp(profile()), CICP_SRGB], False),
        ([iccp(profile()), SRGB_CHUNK], True),
        ([iccp(profile()), UNKNOWN], True),
        ([GAMMA_ONE, UNKNOWN], True),
        ([chunk(b"gAMA", bytes(4))], False),
        ([chunk(b"gAMA", struct.pack(">I", 45_455))], False),
        ([chunk(b"gAMA", b"\0")], False),
        ([chunk(b"cHRM", bytes(32))], False),
        ([chunk(b"cHRM", struct.pack(">8I", *(31_270, 32_900) * 4))], False),  # no light has such a colour
    ],
)
def test_what_a_png_says_of_its_colours_has_its_rank(chunks, is_linear):
    image = Image.new("RGB", (80, 80), (55, 55, 55))
    assert_near(shown(with_chunks(encoded(image), *chunks)), HALF if is_linear else [(55, 55, 55)] * 4, 1)


ADOBE = Primaries(red=(0.64, 0.33), green=(0.21, 0.71), blue=(0.15, 0.06))
ADOBES = struct.pack(">8I", 31_270, 32_900, 64_000, 33_000, 21_000, 71_000, 15_000, 6_000)


def test_chromaticities_are_used():
    found = shown(with_chunks(encoded(Image.new("RGB", (80, 80), (144, 190, 90))), chunk(b"cHRM", ADOBES)))
    through = shown(encoded(Image.new("RGB", (80, 80), (144, 190, 90)), icc_profile=profile(Curve.SRGB, ADOBE)))
    assert_near(found, through, 1)
    assert found[0][0] < 130  # the green is farther from red than in sRGB


def grey_profile():
    """A profile of one channel, in linear light."""
    tags = {b"wtpt": b"XYZ \0\0\0\0" + struct.pack(">iii", 63190, 65536, 54061), b"kTRC": b"curv\0\0\0\0\0\0\0\0"}
    table, body = struct.pack(">I", len(tags)), b""
    for name, value in tags.items():
        table, body = table + name + struct.pack(">II", 128 + 28 + len(body), len(value)), body + value
    head = bytearray(profile()[:128])
    head[:4], head[16:20] = struct.pack(">I", 128 + len(table) + len(body)), b"GRAY"
    return bytes(head) + table + body


GREY_ROW = struct.pack(">H", 55 * 257)
GREY = Image.new("L", (80, 80), 55)
THROUGH_GREY = {
    "L": encoded(GREY, icc_profile=grey_profile()),
    "LA": encoded(GREY.convert("LA"), icc_profile=grey_profile()),
    "tRNS": with_chunks(encoded(GREY), iccp(grey_profile()), chunk(b"tRNS", b"\0\7")),
    "16 bits": png(80, 80, iccp(grey_profile()), depth=16, colour=0, row=GREY_ROW * 80),
    "16 bits with tRNS": png(
        80, 80, iccp(grey_profile()), chunk(b"tRNS", b"\0\7"), depth=16, colour=0, row=GREY_ROW * 80
    ),
    "16 bits with alpha": png(80, 80, iccp(grey_profile()), depth=16, colour=4, row=(GREY_ROW + b"\xff\xff") * 80),
    "WebP": encoded(GREY.convert("RGB"), "WEBP", lossless=True, icc_profile=grey_profile()),
    "AVIF": encoded(GREY, "AVIF", quality=95, icc_profile=grey_profile()),
    "TIFF": encoded(GREY, "TIFF", icc_profile=grey_profile()),
    "JPEG through RGB": encoded(GREY, "JPEG", quality=95, icc_profile=profile()),
    "LA through RGB": encoded(GREY.convert("LA"), icc_profile=profile()),
    "palette through RGB": encoded(GREY.convert("RGB").quantize(4), icc_profile=profile()),
    "gAMA": with_chunks(encoded(GREY), GAMMA_ONE),
    "gAMA with alpha": with_chunks(encoded(GREY.convert("LA")), GAMMA_ONE),
}


@pytest.mark.parametrize("data", THROUGH_GREY.values(), ids=THROUGH_GREY)
def test_grey_is_read_through_its_profile_however_it_is_stored(data):
    assert_near(shown(data), HALF, 5)


@pytest.mark.parametrize("mode", ["RGB", "CMYK"])
def test_a_profile_for_channels_that_a_picture_has_not_is_not_used(mode):
    data = encoded(quarters().convert(mode), "TIFF", icc_profile=grey_profile())
    assert_near(shown(data), QUARTERS, 2)


DEEP = struct.pack(">HHH", 1234, 5678, 9999)
NEAR = struct.pack(">HHH", 1234, 5678, 9998)


def halves(left, right, *chunks, depth, colour):
    return png(80, 80, *chunks, depth=depth, colour=colour, row=left + right)


@pytest.mark.parametrize(
    ("data", "right"),
    [
        (halves(DEEP * 40, NEAR * 40, chunk(b"tRNS", DEEP), depth=16, colour=2), (4, 22, 39)),
        (halves(b"\4\xd2" * 40, b"\4\xd3" * 40, chunk(b"tRNS", b"\4\xd2"), depth=16, colour=0), (5, 5, 5)),
        (halves(b"\x55" * 10, b"\xaa" * 10, chunk(b"tRNS", b"\0\1"), depth=2, colour=0), (170, 170, 170)),
        (halves(b"\x55" * 20, b"\xaa" * 20, chunk(b"tRNS", b"\0\5"), depth=4, colour=0), (170, 170, 170)),
        (halves(b"\0" * 5, b"\xff" * 5, chunk(b"tRNS", b"\0\0"), depth=1, colour=0), (255, 255, 255)),
        (halves(b"\7" * 40, b"\x08" * 40, chunk(b"tRNS", b"\0\7"), depth=8, colour=0), (8, 8, 8)),
    ],
    ids=["16 bits of RGB", "16 of grey", "2 of grey", "4 of grey", "1 of grey", "8 of grey"],
)
def test_the_one_transparent_colour_is_no_other(data, right):
    found = shown(data)
    assert found[0] == found[2] == STUDIO_GREY
    assert_near([found[1], found[3]], [right] * 2, 1)


def test_a_profile_may_name_an_hdr_space():
    """As some programs write PQ into JPEG: a profile whose curves are an ordinary display's, and a tag."""
    body = bytearray(profile(Curve.SRGB))
    at = body.index(b"wtpt")
    tag = b"cicp\0\0\0\0" + bytes((9, PQ, 0, 1))
    body[at : at + 12] = b"cicp" + struct.pack(">II", len(body), len(tag))
    body += tag
    body[:4] = struct.pack(">I", len(body))
    assert_near(shown(encoded(told(9, PQ), icc_profile=bytes(body))), QUARTERS, 8)


def test_a_matrix_and_its_inverse():
    matrix = light_to_xyz(BT709)
    assert apply(inverse(matrix), apply(matrix, (0.2, 0.3, 0.4))) == pytest.approx((0.2, 0.3, 0.4))
