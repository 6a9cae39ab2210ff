"""The sun in the sky."""

import numpy as np

from renderer.arrays import Bytes, Floats, Mask, blurred, grown
from renderer.scene.reading.masks import luma_of
from renderer.scene.reading.pieces import pieces_of


def find_sun(image: Bytes, sky: Mask) -> tuple[float, float] | None:
    """Find the sun in the sky, as (x, y) shares: a small white heart, and a glow that falls off all around."""
    if not sky.any():
        return None
    height, width = sky.shape
    luma = luma_of(image)
    reached = grown(sky, 4)  # a low sun eats into the land's edge
    soft = blurred(np.where(reached, luma, 0), height / 60)
    y, x = (int(place) for place in np.unravel_index(int(np.argmax(soft)), soft.shape))
    down, across = np.arange(height, dtype=np.float32)[:, None] - y, np.arange(width, dtype=np.float32)[None] - x
    away = np.hypot(down, across) / height
    shining = _round((image.min(axis=2) > 246) & reached, x, y)
    ring = luma[sky & (away > 0.06) & (away < 0.11)]
    smooth = len(ring) > 8 and float(ring.std()) < 0.09  # a cloud ends somewhere
    if not shining or not smooth or not all(_falls_off(luma, sky & side, away) for side in (across < 0, across > 0)):
        return None
    return float((x + 0.5) / width), float((y + 0.5) / height)


def _round(white: Mask, x: int, y: int) -> bool:
    """Tell the sun's disc from a white cloud: all of the white around the place is small and about as wide as high."""
    labels, pieces = pieces_of(white)
    if not labels[y, x]:
        return False
    disc = pieces[int(labels[y, x]) - 1]
    wide, high = disc.width, disc.height
    small = disc.area < 0.03 * white.size
    return small and max(wide, high) < 1.7 * min(wide, high) and disc.area > 0.5 * wide * high


def _falls_off(luma: Floats, sky: Mask, away: Floats) -> bool:
    """Tell a glow from a cloud: it sinks ring by ring."""
    rings = [luma[sky & (away > near) & (away <= near + 0.08)] for near in (0.03, 0.15, 0.3)]
    if min(map(len, rings)) < 8:
        return False
    near, middle, far = (float(ring.mean()) for ring in rings)
    return near > middle + 0.03 and middle > far + 0.03
