"""Colours of any kind to sRGB."""

# Pillow's colour profiles are half typed:
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportAttributeAccessIssue=false

import struct
from io import BytesIO

from PIL import Image, ImageChops, ImageCms

from renderer.programs.colour.dynamic_range import dimming
from renderer.programs.colour.profiles import named_space, profile_of
from renderer.programs.colour.spaces import SRGB, Curve, Space

Said = Space | bytes | None  # a space, an ICC profile, or nothing

MODES = {"RGB": {"RGB"}, "GRAY": {"L"}, "CMYK": {"CMYK"}}  # a profile's channels to the modes that have them
ROUNDING = 3  # levels


def to_srgb(colours: Image.Image, said: Said) -> Image.Image:
    """An opaque picture (L, RGB, CMYK or LAB) as RGB in sRGB. Words about other channels are not heard."""
    if colours.mode == "LAB":
        return _converted(colours, ImageCms.createProfile("LAB"))
    if isinstance(said, bytes):
        space = named_space(said)
        said = space if space and space.is_hdr else said
    if said is None or said == SRGB or (isinstance(said, Space) and colours.mode == "CMYK"):
        return colours.convert("RGB")
    return _through_profile(colours, said) if isinstance(said, bytes) else _from_space(colours.convert("RGB"), said)


def _from_space(rgb: Image.Image, space: Space) -> Image.Image:
    if space.is_hdr:
        brightest = max(high for _, high in rgb.getextrema())  # type: ignore[misc]
        rgb = rgb.filter(dimming(space, brightest / 255))
        space = Space(primaries=space.primaries, curve=Curve.SRGB)
    if not space.full:
        rgb = rgb.point([min(255, max(0, round((number - 16) * 255 / 219))) for number in range(256)] * 3)
    try:
        profile = profile_of(space)
    except (ArithmeticError, ValueError, struct.error):  # chromaticities that no lights have
        return rgb
    return _through_profile(rgb, profile)


def _through_profile(colours: Image.Image, profile: bytes) -> Image.Image:
    """A grey picture is read through a profile for RGB as R = G = B, and through one for grey in whatever mode."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):  # a broken profile
        return colours.convert("RGB")
    channels: str = source.profile.xcolor_space.strip()
    if channels == "RGB" and colours.mode == "L":
        colours = colours.convert("RGB")
    elif channels == "GRAY" and colours.mode == "RGB" and _is_grey(colours):
        colours = colours.convert("L")
    return _converted(colours, source) if colours.mode in MODES.get(channels, ()) else colours.convert("RGB")


def _is_grey(rgb: Image.Image) -> bool:
    """Whether no pixel has a colour that an encoder did not make by rounding."""
    red, green, blue = rgb.split()
    apart = ImageChops.lighter(ImageChops.difference(green, red), ImageChops.difference(green, blue))
    return not any(apart.histogram()[ROUNDING + 1 :])


def _converted(colours: Image.Image, source: object) -> Image.Image:
    target = ImageCms.createProfile("sRGB")
    try:
        converted = ImageCms.profileToProfile(colours, source, target, outputMode="RGB")  # type: ignore[arg-type]
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):  # no profile of colours at all
        return colours.convert("RGB")
    return converted or colours.convert("RGB")
