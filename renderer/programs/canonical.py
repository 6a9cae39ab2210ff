"""A member's file becomes the canonical still: upright, sRGB, opaque, at most 1920 pixels long, nothing else kept.

Pillow only: this runs in a small child process (`renderer.programs.still`), once per file.
"""

# Pillow's colour profiles are half typed:
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

import warnings
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from itertools import pairwise

from PIL import AvifImagePlugin, Image, ImageCms, ImageFile

from renderer.contract.errors import (
    NotAPictureError,
    TooLongAspectError,
    TooManyBytesError,
    TooManyPixelsError,
    TooSmallError,
    UndecodableError,
    UnstillError,
)
from renderer.contract.shot import FILE_LIMITS, STILL_LIMITS

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF")
PREVIEW_SIDE = 1280
PREVIEW_QUALITY = 88
LIKENESS_SIDE = 16
STUDIO_GREY = (128, 128, 128)  # behind transparency: white would swallow white lettering, black would swallow black

# EXIF orientation to the turn that sets the picture upright.
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """The canonical still, and a smaller picture of it to show."""

    png: bytes
    preview: bytes  # JPEG
    width: int
    height: int
    sha256: str  # of `png`
    likeness: str  # 64 hex digits, nearly the same for another file of the same picture


def canonical(data: bytes) -> Still:
    """Decode a member's file once. Raises an `UnstillError` that says why it cannot be used."""
    if len(data) > FILE_LIMITS["bytes"]:
        raise TooManyBytesError(limit=FILE_LIMITS["bytes"])
    image = _decode(data)
    png = _png(image)
    return Still(
        png=png,
        preview=_preview(image),
        width=image.width,
        height=image.height,
        sha256=sha256(png).hexdigest(),
        likeness=likeness(image),
    )


def likeness(image: Image.Image) -> str:
    """Whether each of 16 x 16 cells is brighter than its left neighbour, as 64 hex digits: a difference hash.

    Another size, format or compression of a picture changes few of the bits; another picture half of them.
    Krawetz, "Kind of Like That", 2013.
    """
    grey = image.convert("L").resize((LIKENESS_SIDE + 1, LIKENESS_SIDE), Image.Resampling.BOX).tobytes()
    rows = [grey[start : start + LIKENESS_SIDE + 1] for start in range(0, len(grey), LIKENESS_SIDE + 1)]
    bits = "".join("01"[right > left] for row in rows for left, right in pairwise(row))
    return f"{int(bits, 2):0{LIKENESS_SIDE**2 // 4}x}"


def _decode(data: bytes) -> Image.Image:
    _distrust()
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(data), formats=FORMATS) as image:
            check_sides(image.width, image.height)
            return _normalise(image)
    except UnstillError:
        raise
    except MemoryError as error:
        raise UndecodableError from error
    except Exception as error:  # decoders meet hostile bytes with every kind of exception there is
        raise NotAPictureError from error


def _distrust() -> None:
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    Image.MAX_IMAGE_PIXELS = None  # `check_sides` has our own limit
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each thread claims address space, which the child process limits


def check_sides(width: int, height: int) -> None:
    """Refuse by the header alone what is too large, too small or too long."""
    short, long = sorted((width, height))
    if width * height > FILE_LIMITS["pixels"]:
        raise TooManyPixelsError(limit=FILE_LIMITS["pixels"])
    if short < STILL_LIMITS["shortest"]:
        raise TooSmallError(limit=STILL_LIMITS["shortest"])
    if long > STILL_LIMITS["aspect"] * short:
        raise TooLongAspectError(limit=STILL_LIMITS["aspect"])


def _normalise(image: Image.Image) -> Image.Image:
    """Decode small, then make plain colours, then finish the size: each step leaves less memory to the next."""
    turn = _turn(image)
    profile = image.info.get("icc_profile")
    width, height = fitted(image.width, image.height, STILL_LIMITS["side"])
    image.draft(None, (2 * width, 2 * height))  # JPEG only: decode at an eighth, quarter or half
    image.load()
    image = _eight_bits(image)
    image = image.reduce(max(1, image.width // (2 * width)))
    image = _srgb(*_opaque(image), profile)
    image = image.resize((width, height), Image.Resampling.LANCZOS)
    return image if turn is None else image.transpose(turn)


def fitted(width: int, height: int, side: int) -> tuple[int, int]:
    """Width and height scaled down to fit a square of `side`; never up."""
    scale = min(1.0, side / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _turn(image: Image.Image) -> Image.Transpose | None:
    try:
        return UPRIGHT.get(image.getexif().get(0x0112, 1))
    except Exception:  # noqa: BLE001  EXIF is a format of its own, and a broken one is no reason to refuse the picture
        return None


def _eight_bits(image: Image.Image) -> Image.Image:
    """The picture in a mode with eight bits per channel and no palette."""
    if image.mode.startswith("I"):  # 16-bit grey
        return image.convert("I").point(lambda value: value * (255 / 65535) + 0.5).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")


def _opaque(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """The colours, and how much of each shows where the picture is not opaque."""
    if image.mode != "RGBA":
        return image, None
    return image.convert("RGB"), image.getchannel("A")


def _srgb(colours: Image.Image, alpha: Image.Image | None, profile: bytes | None) -> Image.Image:
    """Read the colours through their profile, then lay them before the studio's grey."""
    rgb = _through_profile(colours, profile) if profile else colours.convert("RGB")
    if alpha is None:
        return rgb
    backdrop = Image.new("RGB", rgb.size, STUDIO_GREY)
    backdrop.paste(rgb, mask=alpha)
    return backdrop


def _through_profile(colours: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        target = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        converted = ImageCms.profileToProfile(colours, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):  # a broken profile, or one for other colours
        return colours.convert("RGB")
    return converted or colours.convert("RGB")


def _png(image: Image.Image) -> bytes:
    image.info.clear()  # Pillow would write the profile and the comments again
    out = BytesIO()
    image.save(out, "PNG", compress_level=3)  # a third of level 6's time for a few percent more bytes
    return out.getvalue()


def _preview(image: Image.Image) -> bytes:
    out = BytesIO()
    small = image.resize(fitted(image.width, image.height, PREVIEW_SIDE), Image.Resampling.LANCZOS)
    small.save(out, "JPEG", quality=PREVIEW_QUALITY)
    return out.getvalue()
