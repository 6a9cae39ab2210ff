"""Curves: how exposed light becomes the values of a picture, and the scale on which film grain is even.

Light is counted in sixteenths of a level, up to four times white, so that a curve is one table and nothing that swells
beyond white is cut off before the curve has rolled it off.
"""

from functools import cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Bytes, Floats
from renderer.scene.light.look import Look

Counts = NDArray[np.uint16]
Kind = TypeVar("Kind", np.uint8, np.uint16)

STEPS = 16.0  # of light to a level of 1/255
_REACH = 1024 * 16  # steps a curve is drawn for; OpenCV's table has 65536 in any case
_SHADES = 60000  # steps of the grain's scale, with room around them for the grain itself
_FOOT = (65535 - _SHADES) // 2

# What a setting of 1 means.
GAMMA = 1.7  # of brightness: a curve and not a factor, so that highlights roll off and black stays black
HARD = 0.45  # of the S-curve's weight
FADED = 0.6  # of white: what faded tones draw together at; a print's blacks fade sooner than its whites
MOONLIT = 0.48  # of white, that night takes; of what is darker ever less: it is the sky that must go dark
LIFT = 0.16  # of the midtones, for the light that a tint takes
SHOULDER = 0.3  # of the scale below white, where light that swells bends away from white


def curve(look: Look, swell: float, night: float = 0.0) -> Floats:  # [_REACH] in [0, 1]
    """Give the value of each step of light, where light swells by up to `swell` (0 = not at all, 1 = to the double).

    `night` = 0 to 1 is how far a day is shown as a night, beside what its brightness does.
    """
    value = _rolled_off(np.arange(_REACH, dtype=np.float32) / np.float32(255 * STEPS), SHOULDER * min(1.0, swell))
    power = GAMMA**-look.brightness / (1 + LIFT * abs(look.warmth))
    if power != 1:
        value = value**power
    if look.contrast:
        bent = value * value * (3 - 2 * value) if look.contrast > 0 else np.full_like(value, FADED)
        value = value + np.float32(HARD * abs(look.contrast)) * (bent - value)
    if night:
        value = value * (1 - np.float32(MOONLIT * night) * value)
    return value.astype(np.float32)


def _rolled_off(light: Floats, shoulder: float) -> Floats:
    """Bend what comes near white, and cut what is above it where nothing swells."""
    if shoulder < 1e-4:
        return np.minimum(light, 1)
    knee = 1 - shoulder
    bent = 1 - np.float32(shoulder) * np.exp(-np.maximum(light - knee, 0) / np.float32(shoulder))
    return np.where(light < knee, light, bent).astype(np.float32)


def to_bytes(values: Floats) -> Bytes:  # [65536]
    """Make a table from steps of light to bytes."""
    return _table(np.rint(values * 255).astype(np.uint8))


def to_shades(values: Floats) -> Counts:  # [65536]
    """Make a table from steps of light to the grain's scale."""
    places, shades = _grain_scale()
    return _table((np.interp(values, places, shades) + 0.5).astype(np.uint16))


@cache
def from_shades() -> Bytes:  # [65536]
    """Make the table from the grain's scale to bytes."""
    places, shades = _grain_scale()
    return np.rint(np.interp(np.arange(65536), shades, places) * 255).astype(np.uint8)


def shades_per_level() -> float:
    """Say how far a level of a midtone reaches on the grain's scale."""
    places, shades = _grain_scale()
    return float(np.interp(0.5 + 1 / 255, places, shades) - np.interp(0.5, places, shades))


@cache
def _grain_scale() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Stretch values so that even noise on the new scale is strongest in the midtones, a third of that in black."""
    places = np.linspace(0, 1, 2049)
    width = 1 / (0.35 + 0.65 * 4 * places * (1 - places))
    reach = np.concatenate([[0], np.cumsum((width[1:] + width[:-1]) / 2)])
    return places, _FOOT + _SHADES * reach / reach[-1]


def _table(known: NDArray[Kind]) -> NDArray[Kind]:
    whole = np.full(65536, known[-1], known.dtype)
    whole[: known.size] = known
    return whole
