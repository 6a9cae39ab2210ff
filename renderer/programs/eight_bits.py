"""Any mode of Pillow's to one with eight bits a channel, no palette, and transparency as a channel."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

from collections.abc import Sequence
from functools import reduce
from io import BytesIO

from PIL import Image, ImageChops

from renderer.programs.files.file import File

GREY = {"1", "L", "LA", "La"}
PLAIN = {"L", "RGB", "CMYK", "LAB"}
DEEP = 65_536  # levels of sixteen bits


def eight_bits(image: Image.Image, file: File) -> Image.Image:
    """L, LA, RGB, RGBA, CMYK or LAB. `image` is the file's, loaded."""
    key = file.key
    if image.mode.startswith("I"):
        return _deep_grey(image, key)
    if image.mode == "F":  # TIFF of floats: 0 to 1
        return image.point(lambda value: value * 255 + 0.5).convert("L")
    if key and len(key) == 3 and image.mode == "RGB":
        return _keyed(image, file, key)
    if image.has_transparency_data:
        return image.convert("LA" if image.mode in GREY else "RGBA")
    if image.mode in PLAIN:
        return image
    return image.convert("L" if image.mode in GREY else "RGB")


def _deep_grey(image: Image.Image, key: tuple[int, ...] | None) -> Image.Image:
    deep = image.convert("I")
    grey = deep.point([(value * 255 + 32_767) // 65_535 for value in range(DEEP)], "L")
    if not key or len(key) != 1:
        return grey
    grey.putalpha(deep.point([255 * (value != key[0]) for value in range(DEEP)], "L"))
    return grey


def _keyed(upper: Image.Image, file: File, key: tuple[int, ...]) -> Image.Image:
    """The upper eight bits of sixteen, transparent where both halves are the key's."""
    same = _same(_lower_bits(file), [part & 255 for part in key])  # first, so that one picture is in memory at a time
    same = ImageChops.darker(same, _same(upper, [part >> 8 for part in key]))
    upper.putalpha(ImageChops.invert(same))
    return upper


def _same(image: Image.Image, colour: Sequence[int]) -> Image.Image:
    """White where the picture has this colour, black elsewhere."""
    each = (
        image.getchannel(at).point([255 * (value == wanted) for value in range(256)])
        for at, wanted in enumerate(colour)
    )
    return reduce(ImageChops.darker, each)


def _lower_bits(file: File) -> Image.Image:
    """A PNG's lower eight bits of sixteen: Pillow keeps the upper ones, and reads the others as if they came first."""
    with Image.open(BytesIO(file.data), formats=(file.kind,)) as image:
        image.tile = [tile._replace(args="RGB;16L") for tile in image.tile]
        image.load()
        return image
