"""The colours that things in the air take on: they are lit by what lights the picture."""

import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Floats
from renderer.contract.direction import Reading

LUMA = np.array((0.299, 0.587, 0.114))
OVERCAST = (198.0, 206.0, 216.0)  # the light of a picture of which nothing is known


def lit(reading: Reading | None, darkest: float, brightest: float, colourful: float) -> Floats:  # [3], 0 to 255
    """Give the colour of a white thing in the picture's light, between two lumas as the picture is dark or bright."""
    tint = np.array(OVERCAST) if reading is None else _light_of(reading)
    brightness = 0.5 if reading is None else reading.brightness
    tint = tint / max(1.0, float(tint @ LUMA))
    tint = 1 + colourful * (tint - 1)
    level = darkest + (brightest - darkest) * min(1.0, brightness / 0.7)
    return np.clip(tint * level, 0, 255).astype(np.float32)


def reddish(reading: Reading | None, fallback: tuple[float, float, float]) -> Floats:  # [3]
    """Take the picture's own rose or red for blossoms, lightened; else the fallback."""
    found = [] if reading is None else [_rgb(colour) for colour in reading.palette]
    rosy = [
        colour for colour in found if colour[0] > 1.35 * colour[1] and colour[2] > 0.5 * colour[1] and colour[0] > 90
    ]
    if not rosy:
        return np.array(fallback, np.float32)
    best = max(rosy, key=lambda colour: float(colour[0] - colour[1]))
    return (0.45 * best * (235 / best[0]) + 0.55 * np.array(fallback)).astype(np.float32)


def _light_of(reading: Reading) -> NDArray[np.float64]:
    """Take the palette's lightest colours for the light."""
    colours = sorted((_rgb(colour) for colour in reading.palette), key=lambda colour: -float(colour @ LUMA))
    if not colours:
        return np.array(OVERCAST)
    return np.mean(colours[:2], axis=0) * 0.5 + np.array(OVERCAST) * 0.5


def _rgb(colour: str) -> NDArray[np.float64]:
    return np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)], np.float64)
