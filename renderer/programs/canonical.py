"""A member's file becomes the canonical still: upright, sRGB, opaque, at most 1920 pixels long, nothing else kept.

Pillow only: this runs in a small child process (`renderer.programs.still`), once per file.
"""

# Pillow's colour profiles are half typed:
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

import warnings
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from io import BytesIO
from itertools import pairwise

from PIL import AvifImagePlugin, Image, ImageFile

from renderer.contract.errors import (
    CutOffError,
    NotAPictureError,
    TooLongAspectError,
    TooManyBytesError,
    TooManyPixelsError,
    TooSmallError,
    UndecodableError,
    UnstillError,
)
from renderer.contract.shot import FILE_LIMITS, STILL_LIMITS
from renderer.programs.colour.spaces import by_cicp
from renderer.programs.colour.srgb import Said, to_srgb
from renderer.programs.eight_bits import eight_bits
from renderer.programs.files import jpeg
from renderer.programs.files.file import File
from renderer.programs.files.reader import read_file
from renderer.programs.frames import number_to_show

TURNED_BY_THEIR_DECODER = {"TIFF", "HEIF"}
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
    file = None
    try:
        file = read_file(data)
        with warnings.catch_warnings(action="ignore"):
            return _decoded(file)
    except UnstillError:
        raise
    except MemoryError as error:
        raise UndecodableError from error
    except Exception as error:  # decoders meet hostile bytes with every kind of exception there is
        raise _what_is_wrong(file) from error


def _decoded(file: File) -> Image.Image:
    with _opened(file) as image:
        check_sides(image.width, image.height)
        number = number_to_show(image)
        if number == image.tell():
            return _normalise(image, file)
    with _opened(file) as image:  # anew: one whose later frames are broken does not find back
        image.seek(number)
        return _normalise(image, file)


def _distrust() -> None:
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    Image.MAX_IMAGE_PIXELS = None  # `check_sides` has our own limit
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each thread claims address space, which the child process limits


def _opened(file: File) -> ImageFile.ImageFile:
    if file.kind == "HEIF":
        pi_heif = import_module("pi_heif")  # one more library, which no other kind of file may meet
        pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    return Image.open(BytesIO(file.data), formats=(file.kind,))


def _what_is_wrong(file: File | None) -> UnstillError:
    return NotAPictureError() if file is None or file.whole else CutOffError()


def check_sides(width: int, height: int) -> None:
    """Refuse by the header alone what is too large, too small or too long."""
    short, long = sorted((width, height))
    if width * height > FILE_LIMITS["pixels"]:
        raise TooManyPixelsError(limit=FILE_LIMITS["pixels"])
    if short < STILL_LIMITS["shortest"]:
        raise TooSmallError(limit=STILL_LIMITS["shortest"])
    if long > STILL_LIMITS["aspect"] * short:
        raise TooLongAspectError(limit=STILL_LIMITS["aspect"])


def _normalise(image: ImageFile.ImageFile, file: File) -> Image.Image:
    """Decode small, then make plain colours, then finish the size: each step leaves less memory to the next."""
    if file.kind == "JPEG" and not file.whole and not jpeg.is_enough(file):  # its decoder makes a picture of any piece
        raise CutOffError
    turn = _turn(image, file)
    said = colours_of(image, file)
    width, height = fitted(image.width, image.height, STILL_LIMITS["side"])
    image.draft(None, (2 * width, 2 * height))  # JPEG only: decode at an eighth, quarter or half
    image.load()
    plain = eight_bits(image, file)
    plain = plain.reduce(max(1, plain.width // (2 * width)))
    plain = _before_grey(*_opaque(plain), said)
    plain = plain.resize((width, height), Image.Resampling.LANCZOS)
    return plain if turn is None else plain.transpose(turn)


def fitted(width: int, height: int, side: int) -> tuple[int, int]:
    """Width and height scaled down to fit a square of `side`; never up."""
    scale = min(1.0, side / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _turn(image: Image.Image, file: File) -> Image.Transpose | None:
    """The turn that EXIF asks for. What XMP asks for is not done where pictures are shown, so not here either."""
    for name in ("xmp", "XML:com.adobe.xmp"):
        image.info.pop(name, None)
    if file.kind in TURNED_BY_THEIR_DECODER:
        return None
    try:
        return UPRIGHT.get(image.getexif().get(0x0112, 1))
    except Exception:  # noqa: BLE001  EXIF is a format of its own, and a broken one is no reason to refuse the picture
        return None


def colours_of(image: Image.Image, file: File) -> Said:
    """What the file says of its colours: what its reader found, else what its decoder did."""
    profile = image.info.get("icc_profile")
    if file.kind != "HEIF":
        return file.colours or profile
    numbers: dict[str, int] = image.info.get("nclx_profile") or {}
    space = by_cicp(numbers.get("color_primaries", 2), numbers.get("transfer_characteristics", 2))
    return space if space and (space.is_hdr or not profile) else profile


def _opaque(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """The colours, and how much of each shows where the picture is not opaque."""
    if image.mode not in {"RGBA", "LA"}:
        return image, None
    return image.convert("RGB" if image.mode == "RGBA" else "L"), image.getchannel("A")


def _before_grey(colours: Image.Image, alpha: Image.Image | None, said: Said) -> Image.Image:
    """Read the colours as the file says they are meant, then lay them before the studio's grey."""
    rgb = to_srgb(colours, said)
    if alpha is None:
        return rgb
    backdrop = Image.new("RGB", rgb.size, STUDIO_GREY)
    backdrop.paste(rgb, mask=alpha)
    return backdrop


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
