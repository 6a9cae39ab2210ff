"""Lights in view: the sun, and lamps, flames and lit windows in the dark."""

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, Mask, blurred
from renderer.contract.direction import Lamp
from renderer.scene.reading.masks import luma_of
from renderer.scene.reading.pieces import Piece, pieces_of
from renderer.scene.reading.sighting import Sighting

LIGHTS = ("candle", "lamp", "torch", "match", "fireplace", "spotlight", "stage", "pumpkin", "traffic light", "stove")
MOST = 12
DARK = 0.36  # median luma above which nothing but a named lamp is told from what it shines on
LARGEST = 0.04  # share of the picture


def find_lamps(image: Bytes, dull: Mask, sighting: Sighting) -> tuple[Lamp, ...]:
    """Find compact lights that outshine a dark picture, the largest first.

    What is `dull` is no light, however bright: the sky, gaps in foliage, people.
    """
    luma = luma_of(image)
    if np.median(luma) > (0.55 if sighting.says(*LIGHTS) > 0.3 else DARK):
        return ()
    height, width = luma.shape
    value = image.max(axis=2).astype(np.float32) / np.float32(255)
    around = blurred(value, height / 12)
    shining = (value > 0.82) & (value - around > 0.32) & ~dull
    joined = np.asarray(cv2.dilate(shining.astype(np.uint8), np.ones((3, 3), np.uint8)), np.uint8)
    labels, pieces = pieces_of(joined)
    found = [
        _lamp(image, labels == piece.label)
        for piece in pieces
        if _compact(piece, height * width) and _halo(value, labels == piece.label, labels > 0)
    ]
    return tuple(sorted(found, key=lambda lamp: -lamp.size)[:MOST])


def _compact(piece: Piece, area: int) -> bool:
    wide, high = piece.width, piece.height
    whole = piece.area > 0.35 * wide * high and max(wide, high) < 5 * min(wide, high)
    return whole and 9 <= piece.area <= LARGEST * area


def _halo(value: Floats, lamp: Mask, lamps: Mask) -> bool:
    """A light lights up what is around it; a white thing has a hard edge to the dark."""
    one = np.asarray(cv2.dilate(lamp.astype(np.uint8), np.ones((3, 3)), iterations=1))
    two = np.asarray(cv2.dilate(one, np.ones((3, 3)), iterations=2))
    three = np.asarray(cv2.dilate(two, np.ones((3, 3)), iterations=6))
    near, far = value[(two > 0) & (one == 0) & ~lamps], value[(three > 0) & (two == 0) & ~lamps]
    return bool(len(near) and len(far) and np.median(near) > 1.12 * np.median(far) + 0.01 and value[lamp].max() > 0.97)


def _lamp(image: Bytes, mask: Mask) -> Lamp:
    height, width = mask.shape
    rows, columns = np.nonzero(mask)
    rim = np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((3, 3)), iterations=3)) > 0
    red, _, blue = image[rim].astype(np.float32).mean(axis=0) / 255  # its core is white at any colour
    return Lamp(
        x=float(columns.mean() + 0.5) / width,
        y=float(rows.mean() + 0.5) / height,
        size=float(np.sqrt(mask.sum() * 4 / np.pi) / width),
        warmth=float(np.clip(2.5 * (red - blue) / (red + blue + 0.2), -1, 1)),
    )


def find_sun(image: Bytes, sky: Mask) -> tuple[float, float] | None:
    """Find the sun in the sky, as (x, y) shares: a small white heart, and a glow that falls off all around."""
    if not sky.any():
        return None
    height, width = sky.shape
    luma = luma_of(image)
    soft = blurred(np.where(_reach(sky), luma, 0), height / 60)
    y, x = (int(place) for place in np.unravel_index(int(np.argmax(soft)), soft.shape))
    down, across = np.arange(height, dtype=np.float32)[:, None] - y, np.arange(width, dtype=np.float32)[None] - x
    away = np.hypot(down, across) / height
    shining = _round((image.min(axis=2) > 246) & _reach(sky), x, y)
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


def _reach(sky: Mask) -> Mask:
    """A low sun eats into the land's edge."""
    return np.asarray(cv2.dilate(sky.astype(np.uint8), np.ones((3, 3)), iterations=4)) > 0


def drawn(lamps: tuple[Lamp, ...], shape: tuple[int, int]) -> Floats:  # [h, w], 0 to 1
    """Draw the lamps as a mask, each with a soft rim as wide as itself."""
    height, width = shape
    mask = np.zeros(shape, np.float32)
    y, x = np.mgrid[:height, :width].astype(np.float32)
    for lamp in lamps:
        radius = lamp.size * width / 2
        away = np.hypot(x + 0.5 - lamp.x * width, y + 0.5 - lamp.y * height)
        mask = np.maximum(mask, np.clip(1.5 - away / (2 * radius), 0, 1))
    return mask.astype(np.float32)
