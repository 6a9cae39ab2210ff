"""Every kind of picture comes out upright, in sRGB and opaque; what is none is refused."""

import json
import struct
import subprocess
import sys
import zlib
from hashlib import sha256
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageCms, PngImagePlugin

from renderer.contract.errors import (
    NotAPictureError,
    TooLongAspectError,
    TooManyBytesError,
    TooManyPixelsError,
    TooSmallError,
    UnstillError,
)
from renderer.contract.shot import FILE_LIMITS, STILL_BYTES
from renderer.programs.canonical import STUDIO_GREY, canonical
from tests.pictures import BLUE, GREEN, RED, WHITE, encoded, noise, quarters

QUARTERS = [RED, GREEN, BLUE, WHITE]
BRIGHT = 120
LOSSY = 12  # what strong chroma loses in JPEG, WebP and AVIF at their default qualities


def colours(still):
    """The colour in the middle of each quarter: above left and right, below left and right."""
    image = Image.open(BytesIO(still.png))
    width, height = image.size
    return [image.getpixel((x * width // 4, y * height // 4)) for y in (1, 3) for x in (1, 3)]


def assert_near(found, wanted, tolerance):
    assert np.abs(np.subtract(found, wanted)).max() <= tolerance, (found, wanted)


@pytest.mark.parametrize(
    ("kind", "tolerance"),
    [("PNG", 0), ("JPEG", LOSSY), ("WEBP", LOSSY), ("GIF", 0), ("AVIF", LOSSY), ("TIFF", 0), ("BMP", 0)],
)
def test_each_format_keeps_its_colours(kind, tolerance):
    still = canonical(encoded(quarters(), kind))
    assert_near(colours(still), QUARTERS, tolerance)
    assert (still.width, still.height) == (320, 240)


def test_the_still_is_named_by_its_bytes_and_the_same_each_time():
    data = encoded(quarters())
    still = canonical(data)
    assert still == canonical(data)
    assert still.sha256 == sha256(still.png).hexdigest()


def test_a_still_is_its_own_still():
    still = canonical(encoded(quarters(), "JPEG"))
    assert canonical(still.png).sha256 == still.sha256


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_every_orientation_comes_out_upright(orientation, kind):
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the `Transpose` that a camera held like this has made
    stored = quarters() if orientation == 1 else quarters().transpose(Image.Transpose(undo[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    still = canonical(encoded(stored, kind, exif=exif))
    assert (still.width, still.height) == (320, 240)
    assert_near(colours(still), QUARTERS, LOSSY)


@pytest.mark.parametrize("exif", [b"Exif\x00\x00garbage", b"Exif\x00\x00MM\x00*\xff\xff\xff\xff"])
def test_a_broken_exif_is_no_reason_to_refuse(exif):
    assert_near(colours(canonical(encoded(quarters(), "JPEG", exif=exif))), QUARTERS, LOSSY)


def test_an_orientation_that_does_not_exist_is_upright():
    exif = Image.Exif()
    exif[0x0112] = 77
    assert_near(colours(canonical(encoded(quarters(), "JPEG", exif=exif))), QUARTERS, LOSSY)


def test_cmyk():
    """Pillow writes CMYK as Adobe does, inverted."""
    assert_near(colours(canonical(encoded(quarters().convert("CMYK"), "JPEG"))), QUARTERS, LOSSY)


def test_cmyk_that_is_not_inverted():
    data = encoded(quarters().convert("CMYK"), "JPEG")
    marker = data.index(b"\xff\xee")  # without Adobe's marker the numbers are taken as they are
    length = struct.unpack(">H", data[marker + 2 : marker + 4])[0]
    plain = data[:marker] + data[marker + 2 + length :]
    with Image.open(BytesIO(plain)) as image:
        wanted = image.convert("RGB").getpixel((80, 60))
    assert_near(colours(canonical(plain))[0], wanted, LOSSY)


@pytest.mark.parametrize("level", [0, 255, 256, 20_000, 65_535])
def test_sixteen_bit_grey_is_scaled_and_not_clipped(level):
    grey = Image.fromarray(np.full((100, 120), level, np.uint16))
    assert_near(colours(canonical(encoded(grey))), [(level / 257,) * 3] * 4, 1)


def test_sixteen_bit_colour_is_scaled_and_not_clipped():
    rows = np.array(quarters().resize((80, 64)), np.uint16).astype(">u2") * 257
    lines = b"".join(b"\0" + row.tobytes() for row in rows.astype(">u2"))
    assert_near(colours(canonical(png(80, 64, depth=16, kind=2, data=lines))), QUARTERS, 1)


def png(width, height, *, depth, kind, data):
    """A PNG by hand: what Pillow does not write."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def test_one_bit():
    image = quarters().convert("1", dither=Image.Dither.NONE)
    assert colours(canonical(encoded(image)))[3] == (255, 255, 255)
    assert colours(canonical(encoded(image)))[2] == (0, 0, 0)


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_palettes(kind):
    assert_near(colours(canonical(encoded(quarters().quantize(8), kind))), QUARTERS, 2)


def with_a_hole(mode):
    """The red quarter is transparent."""
    image = quarters().convert("RGBA")
    image.paste((*RED, 0), (0, 0, 160, 120))
    return image.convert(mode)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_alpha_shows_the_studios_grey(kind):
    found = colours(canonical(encoded(with_a_hole("RGBA"), kind)))
    assert_near(found, [STUDIO_GREY, GREEN, BLUE, WHITE], LOSSY)


def test_half_alpha_shows_half_of_each():
    image = Image.new("RGBA", (100, 100), (*WHITE, 128))
    assert_near(colours(canonical(encoded(image))), [tuple((c + 128) / 2 for c in WHITE)] * 4, 1)


def test_grey_with_alpha():
    found = colours(canonical(encoded(with_a_hole("LA"))))
    assert found[0] == STUDIO_GREY
    assert_near(found[3], WHITE, 1)


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_a_transparent_colour_of_a_palette(kind):
    image = quarters().quantize(8)
    red = image.getpixel((10, 10))
    found = colours(canonical(encoded(image, kind, transparency=red)))
    assert_near(found, [STUDIO_GREY, GREEN, BLUE, WHITE], 2)


def test_a_transparent_colour_without_a_palette():
    found = colours(canonical(encoded(quarters(), transparency=RED)))
    assert_near(found, [STUDIO_GREY, GREEN, BLUE, WHITE], 0)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_the_first_frame_of_a_moving_picture(kind):
    frames = [Image.new("RGB", (100, 80), colour) for colour in (RED, GREEN, BLUE)]
    data = encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=50)
    assert_near(colours(canonical(data)), [RED] * 4, LOSSY)


def swapped_profile():
    """A display profile whose red and blue primaries stand in each other's place."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(profile)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF"])
def test_colours_are_read_through_their_profile(kind):
    found = colours(canonical(encoded(quarters(), kind, icc_profile=swapped_profile())))
    assert found[0][2] > BRIGHT > found[0][0]  # red was said to be blue
    assert found[2][0] > BRIGHT > found[2][2]


def test_a_profile_and_alpha_together():
    found = colours(canonical(encoded(with_a_hole("RGBA"), icc_profile=swapped_profile())))
    assert found[0] == STUDIO_GREY
    assert found[2][0] > BRIGHT


@pytest.mark.parametrize("profile", [b"garbage", swapped_profile()[:200], b"\0" * 5000])
def test_a_broken_profile_is_no_reason_to_refuse(profile):
    assert_near(colours(canonical(encoded(quarters(), icc_profile=profile))), QUARTERS, 0)


def test_a_profile_for_other_colours_is_not_used():
    assert_near(
        colours(canonical(encoded(quarters().convert("CMYK"), "JPEG", icc_profile=swapped_profile()))), QUARTERS, LOSSY
    )


def test_nothing_but_pixels_is_kept():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "where I live")
    exif = Image.Exif()
    exif[0x010E] = "where I live"
    still = canonical(encoded(quarters(), pnginfo=notes, exif=exif, icc_profile=swapped_profile(), dpi=(72, 72)))
    for data in (still.png, still.preview):
        with Image.open(BytesIO(data)) as image:
            assert {"Comment", "exif", "icc_profile", "dpi"}.isdisjoint(image.info)
        assert b"where I live" not in data


@pytest.mark.parametrize(
    ("size", "wanted"),
    [((4000, 3000), (1920, 1440)), ((500, 2000), (480, 1920)), ((1920, 1080), (1920, 1080)), ((64, 64), (64, 64))],
)
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_long_picture_is_made_smaller_and_a_small_one_is_left(size, wanted, kind):
    still = canonical(encoded(quarters(*size), kind))
    assert (still.width, still.height) == wanted
    assert_near(colours(still), QUARTERS, LOSSY)


def test_the_preview_is_a_smaller_jpeg():
    still = canonical(encoded(quarters(1900, 1000)))
    with Image.open(BytesIO(still.preview)) as image:
        assert (image.format, image.size) == ("JPEG", (1280, 674))
        assert_near(image.getpixel((10, 10)), RED, LOSSY)


def test_the_largest_still_that_cannot_be_compressed_stays_below_the_contracts_limit():
    assert len(canonical(encoded(Image.merge("RGB", [noise(1920, 1920).getchannel(0)] * 3), "JPEG")).png) < STILL_BYTES


# What is refused.


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"just words, no picture",
        b"<!doctype html><svg>",
        b"BM" + bytes(60),
        b"RIFF\0\0\0\0WAVEfmt ",
        b"\0\0\0\x14ftypM4A \0\0\0\0mp42",
        encoded(quarters(), "PPM"),
    ],
    ids=["empty", "text", "page", "bm", "wave", "sound", "ppm"],
)
def test_what_is_nothing_we_know_is_refused(data):
    with pytest.raises(NotAPictureError):
        canonical(data)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "AVIF", "TIFF", "BMP"])
def test_broken_bytes_give_a_picture_or_a_refusal(kind):
    whole = encoded(quarters(), kind)
    for position in range(0, len(whole), max(1, len(whole) // 60)):
        broken = whole[:position] + bytes([whole[position] ^ 0xFF]) + whole[position + 1 :]
        try:
            assert canonical(broken).png
        except UnstillError:
            continue


@pytest.mark.parametrize(("width", "height"), [(63, 100), (100, 63)])
def test_too_small(width, height):
    with pytest.raises(TooSmallError):
        canonical(encoded(quarters(width, height)))


def test_four_to_one_is_as_long_as_a_picture_may_be():
    assert canonical(encoded(quarters(400, 100))).width == 400
    for size in ((401, 100), (100, 500)):
        with pytest.raises(TooLongAspectError):
            canonical(encoded(quarters(*size)))


def test_a_bomb_is_refused_by_its_header():
    bomb = png(30_000, 30_000, depth=8, kind=2, data=b"\0" * 1000)
    with pytest.raises(TooManyPixelsError):
        canonical(bomb)


def test_too_many_bytes():
    with pytest.raises(TooManyBytesError):
        canonical(encoded(quarters()) + b"\0" * FILE_LIMITS["bytes"])


# The program.


def run(data, program="renderer.programs.still"):
    return subprocess.run([sys.executable, "-m", program], input=data, capture_output=True, check=False)


@pytest.mark.parametrize("program", ["renderer.programs.still", "renderer.still"])
def test_the_program_answers_with_a_line_and_the_pictures(program):
    """By its own name and by the door it had before."""
    data = encoded(quarters(), "JPEG")
    ended = run(data, program)
    line, _, rest = ended.stdout.partition(b"\n")
    header, wanted = json.loads(line), canonical(data)
    assert header == {
        "width": 320,
        "height": 240,
        "sha256": wanted.sha256,
        "likeness": wanted.likeness,
        "png": len(wanted.png),
        "preview": len(wanted.preview),
    }
    assert rest == wanted.png + wanted.preview
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_the_program_answers_with_a_code():
    ended = run(encoded(quarters(60, 60)))
    assert json.loads(ended.stdout) == {"error": "too_small", "data": {"limit": 64}}
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_the_program_reads_no_more_than_it_may():
    assert json.loads(run(b"\0" * (FILE_LIMITS["bytes"] + 100)).stdout)["error"] == "too_many_bytes"


@pytest.mark.parametrize(
    "deed",
    [
        "__import__('mmap').mmap(-1, 2**31)",
        "open('written', 'w', 1).write('x\\n')",
        "assert not 0 < resource.getrlimit(resource.RLIMIT_CPU)[1] < 30",
    ],
    ids=["memory", "files", "time"],
)
def test_the_program_limits_itself(deed, tmp_path):
    def attempt(first):
        script = f"import resource\nfrom renderer.programs.still import limit_this_process\n{first}\n{deed}"
        return subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, check=False).returncode

    assert attempt("") == 0
    assert attempt("limit_this_process()") != 0


def test_the_largest_picture_passes_the_programs_limits():
    big = Image.new("RGBA", (8000, 8000), (*RED, 255))
    header = json.loads(run(encoded(big, compress_level=1)).stdout.partition(b"\n")[0])
    assert (header["width"], header["height"]) == (1920, 1920)
