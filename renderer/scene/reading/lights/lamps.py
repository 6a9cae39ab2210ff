"""Lamps, flames and lit windows in the dark, and what is told by its company elsewhere."""

import numpy as np

from renderer.arrays import Bytes, Floats, Mask, blurred, grown
from renderer.contract.direction import Lamp
from renderer.scene.reading.masks import luma_of
from renderer.scene.reading.pieces import Piece, pieces_of
from renderer.scene.reading.sighting import Sighting

LIGHTS = ("candle", "lamp", "torch", "match", "fireplace", "spotlight", "stage", "pumpkin", "traffic light", "stove")
MOST = 12
DARK = 0.36  # median luma above which nothing but a named lamp is told from what it shines on
LARGEST = 0.04  # share of the picture


def find_lamps(
    image: Bytes,  # [h, w, 3]
    dull: Mask,  # [h, w]
    sighting: Sighting,
    *,
    told: bool = False,
) -> tuple[Lamp, ...]:
    """Find compact lights that outshine a dark picture, the largest first.

    What is `dull` is no light, however bright: the sky, gaps in foliage, people. Where a member told that there are
    lights, the picture need not be dark.
    """
    luma = luma_of(image)
    if np.median(luma) > (0.55 if told or sighting.says(*LIGHTS) > 0.3 else DARK):
        return ()
    height, width = luma.shape
    value = image.max(axis=2).astype(np.float32) / np.float32(255)
    around = blurred(value, height / 12)
    shining = (value > 0.82) & (value - around > 0.32) & ~dull
    labels, pieces = pieces_of(grown(shining, 1))
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
    one, two, three = (grown(lamp, reach) for reach in (1, 3, 9))
    near, far = value[two & ~one & ~lamps], value[three & ~two & ~lamps]
    return bool(len(near) and len(far) and np.median(near) > 1.12 * np.median(far) + 0.01 and value[lamp].max() > 0.97)


def _lamp(image: Bytes, mask: Mask) -> Lamp:
    height, width = mask.shape
    rows, columns = np.nonzero(mask)
    rim = grown(mask, 3)
    red, _, blue = image[rim].astype(np.float32).mean(axis=0) / 255  # its core is white at any colour
    return Lamp(
        x=float(columns.mean() + 0.5) / width,
        y=float(rows.mean() + 0.5) / height,
        size=float(np.sqrt(mask.sum() * 4 / np.pi) / width),
        warmth=float(np.clip(2.5 * (red - blue) / (red + blue + 0.2), -1, 1)),
    )


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
