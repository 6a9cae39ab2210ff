"""Frames and sound that are none: numbers that are not finite, and frames of one colour out of nowhere.

A network that overflows, weights that are damaged and a kernel that errs give such numbers; cast to 8 bits they would
be black frames, and silence. Darkness that is meant stays: of a still that shows next to nothing, of a picture that
fades out or in, of a frame or two that lightning whitens. Silence is a sound like any other.
"""

from collections.abc import Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Floats
from renderer.contract.errors import BrokenFramesError, BrokenSoundError
from renderer.engines.engine import Rgb

ONE_COLOUR = 1 / 255  # between the lightest and the darkest pixel: what 8 bits cannot tell apart
PLAIN = 0.02  # contrast of a picture that shows next to nothing
FADED = 0.5  # of the given picture's contrast, beside a frame of one colour: it came there by and by
FLASH = 2  # frames of one colour between others


def check_frames(
    pixels: Floats,  # [T, H, W, 3] in [0, 1], as they were made
    given: Sequence[Rgb],  # frames that the model was given
) -> None:
    """Raise `BrokenFramesError` where these are no frames of a clip that was made from what was given."""
    lightest, darkest = pixels.max(axis=(1, 2)), pixels.min(axis=(1, 2))  # [T, 3]; not finite where one pixel is not
    if not (np.isfinite(lightest).all() and np.isfinite(darkest).all()):
        raise BrokenFramesError
    one_colour = (lightest - darkest).max(axis=1) < ONE_COLOUR
    shown = min((contrast(frame.astype(np.float32)) for frame in given), default=0.0) / 255
    if one_colour.any() and shown >= PLAIN and _out_of_nowhere(pixels, one_colour, FADED * shown):
        raise BrokenFramesError


def check_sound(samples: Floats) -> None:
    """Raise `BrokenSoundError` where these are no sound."""
    if not np.isfinite(samples).all():
        raise BrokenSoundError


def contrast(frame: Floats) -> float:
    """The standard deviation of a frame's strongest channel."""
    return float(frame.std(axis=(0, 1)).max())


def _out_of_nowhere(pixels: Floats, one_colour: NDArray[np.bool_], faded: float) -> bool:
    """Tell whether frames of one colour stand beside nothing but such as show much, or beside none at all."""
    runs = [list(run) for alike, run in groupby(range(len(pixels)), key=lambda at: bool(one_colour[at])) if alike]
    for run in runs:
        beside = [at for at in (run[0] - 1, run[-1] + 1) if 0 <= at < len(pixels)]
        flash = len(beside) == 2 and len(run) <= FLASH
        if not flash and all(contrast(pixels[at]) > faded for at in beside):
            return True
    return False
