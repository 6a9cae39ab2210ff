"""The drift of light and colour, as a graded photograph drifts: neutral leaves every pixel as it is."""

from dataclasses import dataclass, fields

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]

# What a setting of 1 means.
CANDLE = (0.0, 0.09, 0.32)  # share of red, green and blue taken away
MOON = (0.30, 0.12, 0.0)
LIFT = 0.16  # of the midtones, for the light that a tint takes
GAMMA = 1.7  # of brightness: a curve and not a factor, so that highlights roll off and black stays black
HARD = 0.45  # of the S-curve's weight
DARK_CORNER = 0.55  # share of light a full vignette takes from the farthest corner
LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Light and colour at one moment; all 0 is the still's own. Ranges as in `direction.Light` and `Grade`."""

    warmth: float = 0.0
    brightness: float = 0.0
    saturation: float = 0.0
    contrast: float = 0.0
    vignette: float = 0.0
    grain: float = 0.0
    glow: float = 0.0
    candle: float = 0.0
    neon: float = 0.0
    sweep: float = 0.0
    shadow: float = 0.0


NEUTRAL = Look()
_NAMES = tuple(field.name for field in fields(Look))


def mix(first: Look, second: Look, share: float) -> Look:
    """Go `share` of the way from the first look to the second. The ends come out exactly."""
    if share in {0.0, 1.0}:
        return second if share else first
    return Look(**{name: (1 - share) * getattr(first, name) + share * getattr(second, name) for name in _NAMES})


def tone_table(look: Look) -> Bytes:  # [256, 1, 3]
    """Give each channel's new value for each old one: brightness, contrast, warmth."""
    value = np.linspace(0, 1, 256, dtype=np.float64)
    value = value ** (GAMMA**-look.brightness)
    curve = value * value * (3 - 2 * value) if look.contrast > 0 else np.full_like(value, 0.5)
    weight = HARD * abs(look.contrast)
    value = (1 - weight) * value + weight * curve
    value = value ** (1 / (1 + LIFT * abs(look.warmth)))
    table = value[:, None] * _tint(look.warmth)
    return np.rint(255 * np.clip(table, 0, 1)).astype(np.uint8)[:, None]


def _tint(warmth: float) -> NDArray[np.float64]:  # [3]
    """Take light away from what is not the tint, so that nothing clips."""
    return 1 - abs(warmth) * np.array(CANDLE if warmth > 0 else MOON)


def saturation_matrix(look: Look) -> Floats:  # [3, 4] premultiplied RGBA to RGB
    """Pull colours away from their grey, or towards it."""
    strength = 1 + (0.6 if look.saturation > 0 else 1.0) * look.saturation
    grey = np.tile(LUMA, (3, 1))
    colour = strength * np.eye(3, dtype=np.float32) + (1 - strength) * grey
    return np.hstack([colour, np.zeros((3, 1))]).astype(np.float32)


def corner_shade(height: int, width: int) -> Floats:  # [H, W, 3], 0 in the middle to 1 in the corners
    """Say where a vignette darkens, per channel so that it multiplies a picture as it lies."""
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    distance = np.sqrt((x * x + y * y) / 2)
    shade = np.clip((distance - 0.35) / 0.65, 0, 1)
    shade = shade * shade * (3 - 2 * shade)
    return np.repeat(shade[..., None], 3, axis=2).astype(np.float32)


def grade(
    frame: Floats,  # [H, W, 4] premultiplied, whole
    look: Look,
    shade: Floats,  # of `corner_shade`
    scratch: tuple[Floats, Floats],  # [H, W, 3] each
) -> Bytes:  # [H, W, 3], new
    """Turn a frame into bytes in its new light."""
    colour, factor = scratch
    if look.saturation:
        cv2.transform(frame, saturation_matrix(look), dst=colour)
    else:
        cv2.cvtColor(frame, cv2.COLOR_RGBA2RGB, dst=colour)
    cv2.addWeighted(shade, -DARK_CORNER * look.vignette, shade, 0, 1, dst=factor)
    graded = cv2.multiply(colour, factor, dtype=cv2.CV_8U)
    if look.warmth or look.brightness or look.contrast:
        graded = cv2.LUT(graded, tone_table(look))
    return np.asarray(graded, dtype=np.uint8)
