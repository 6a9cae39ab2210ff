"""The light that things in the air stand in: how dark the picture is, where it is bright, what its lamps light up."""

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from renderer.arrays import Floats
from renderer.contract.direction import Reading
from renderer.scene.layers import Layer

SIDE = 90  # short side of the maps
NIGHT, DAY = 0.16, 0.36  # mean luma of a picture that is all night, or not at all
LIGHT = (0.34, 0.75)  # luma from which on something is a light in a night, and fully one
SPREADS = ((0.05, 1.6), (0.2, 3.0))  # of its halo in the air, as a share of the short side, and weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearby:
    """Maps over the whole still, for `seen.look_up`."""

    dark: float  # 0 = day, 1 = night
    bright: Floats  # [n, m] luma of the still, in [0, 1]
    glow: Floats | None  # [n, m, 3] light in the air around lamps, to 255; None by day or without any


def surroundings(reading: Reading | None, layers: Iterable[Layer] = ()) -> Nearby:
    """Look at what is in the picture, back to front. Without a picture it is as bright as its reading."""
    level = 0.5 if reading is None else reading.brightness
    dark = float(np.clip((DAY - level) / (DAY - NIGHT), 0, 1))
    small = _small(layers)
    if small is None:
        return Nearby(dark=dark, bright=np.full((2, 2), level, np.float32), glow=None)
    bright = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.float32) / np.float32(255)
    return Nearby(dark=dark, bright=bright, glow=_glow(small, bright, dark))


def _small(layers: Iterable[Layer]) -> Floats | None:  # [n, m, 3]
    """Put the layers together at a small size."""
    whole = None
    for layer in layers:
        height, width = layer.colour.shape[:2]
        scale = min(1.0, SIDE / min(height, width))
        size = (max(2, round(width * scale)), max(2, round(height * scale)))
        near = np.asarray(cv2.resize(layer.colour, size, interpolation=cv2.INTER_AREA), np.float32)
        whole = near if whole is None else np.asarray(near + (1 - near[..., 3:]) * whole, np.float32)
    return None if whole is None else np.ascontiguousarray(whole[..., :3])


def _glow(small: Floats, bright: Floats, dark: float) -> Floats | None:
    """Spread what shines in the dark over the air around it."""
    share = dark * np.clip((bright - LIGHT[0]) / (LIGHT[1] - LIGHT[0]), 0, 1)
    if not share.any():
        return None
    light = (small * share[..., None]).astype(np.float32)
    side = min(bright.shape)
    halos = (np.float32(weight) * cv2.GaussianBlur(light, (0, 0), spread * side) for spread, weight in SPREADS)
    return np.minimum(sum(halos, np.zeros_like(light)), 235).astype(np.float32)
