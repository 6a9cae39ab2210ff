"""Flames: a white-yellow heart in a warm rim, brightest of all around, pointed upwards."""

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, Mask, blurred
from renderer.scene.reading.masks import luma_of
from renderer.scene.reading.pieces import Piece, pieces_of
from renderer.scene.reading.sighting import Sighting

FIERY = ("candle", "torch", "match", "fireplace", "stove", "pumpkin", "cauldron")
NAMED = 0.25  # of the names' probability
MOST = 24
LARGEST = 0.25  # share of the picture
DARK = 0.35  # median luma around a flame that nothing names, at most


def find_flames(
    image: Bytes,  # [h, w, 3]
    sighting: Sighting,
    sky: Mask,  # [h, w]
) -> Floats:  # [h, w], 0 to 1
    """Find flames. Without a name for them, only those in the dark whose heart and point leave no doubt.

    A sunset burns in the sky, and a lamp shade, leaves, gold and a red shirt have no white heart in a warm rim.
    """
    named = sighting.says(*FIERY) > NAMED
    nothing = np.zeros(sky.shape, np.float32)
    luma = luma_of(image)
    if np.median(luma) > (0.55 if named else DARK):
        return nothing
    warm = _warm(image)
    bodies = (warm > 0.5) & (sighting.people < 0.5) & ~_near(sky)
    labels, pieces = pieces_of(bodies)
    by_area = sorted(pieces, key=lambda piece: -piece.area)[:MOST]
    burning = [piece.label for piece in by_area if _burns(image, luma, labels == piece.label, piece, named=named)]
    found = np.isin(labels, burning).astype(np.float32)
    return np.minimum(1, 1.3 * blurred(found, 1)) if burning else nothing


def _warm(image: Bytes) -> Floats:
    """Say where it glows: red at its brightest, green less, blue least; the heart may be all white."""
    red, green, blue = (image[..., channel].astype(np.float32) / np.float32(255) for channel in range(3))
    rim = (red > 0.8) & (red - blue > 0.3) & (green > 0.25) & (red >= green) & (green > blue)
    return (rim | _heart(red, green, blue)).astype(np.float32)


def _heart(red: Floats, green: Floats, blue: Floats) -> Mask:
    """Film and sensor clip where a flame is hottest: red at the top, green close to it, blue behind."""
    return (red > 0.97) & (green > 0.8) & (blue <= green)


def _burns(image: Bytes, luma: Floats, mask: Mask, piece: Piece, *, named: bool) -> bool:
    if piece.area < 6 or piece.area > LARGEST * mask.size:
        return False
    red, green, blue = (image[mask, channel].astype(np.float32) / np.float32(255) for channel in range(3))
    heart = float(_heart(red, green, blue).mean())
    rim = float(((red - blue > 0.3) & (green < 0.85)).mean())
    around = _ring(mask, piece)
    outshines = float(np.median(luma[mask])) - float(np.median(luma[around])) if around.any() else 0.0
    if not 0.08 < heart < 0.97 or rim < 0.1 or outshines < 0.25:
        return False
    dark = float(np.median(luma[around])) < DARK
    return named or (dark and _pointed(mask, piece) and _heart_within(image, mask))


def _ring(mask: Mask, piece: Piece) -> Mask:
    reach = max(3, round(0.5 * max(piece.width, piece.height)))
    side = 2 * min(reach, 25) + 1
    return (np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((side, side), np.uint8))) > 0) & ~mask


def _pointed(mask: Mask, piece: Piece) -> bool:
    """A flame is taller than wide and ends in a point: its top third is far narrower than its lower half."""
    if piece.height < 1.35 * piece.width or piece.height < 6:
        return False
    widths = mask[piece.top : piece.top + piece.height].sum(axis=1)
    third, half = max(1, piece.height // 3), max(1, piece.height // 2)
    return float(widths[:third].mean()) < 0.62 * float(widths[half:].mean())


def _heart_within(image: Bytes, mask: Mask) -> bool:
    """The heart lies deeper in the flame than the rim does; of a lit thing, one side is bright."""
    depth = cv2.distanceTransform(np.pad(mask.astype(np.uint8), 1), cv2.DIST_L2, 3)[1:-1, 1:-1]
    red, green, blue = (image[..., channel].astype(np.float32) / np.float32(255) for channel in range(3))
    heart = mask & _heart(red, green, blue)
    rim = mask & ~heart
    return bool(heart.any() and rim.any() and depth[heart].mean() > 1.2 * depth[rim].mean())


def _near(sky: Mask) -> Mask:
    return np.asarray(cv2.dilate(sky.astype(np.uint8), np.ones((5, 5), np.uint8))) > 0
