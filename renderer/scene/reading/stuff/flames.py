"""Flames: a white-yellow heart in a warm rim, brightest of all around, pointed upwards."""

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Bytes, Floats, Mask, blurred, grown
from renderer.scene.reading.masks import luma_of
from renderer.scene.reading.pieces import Piece, pieces_of
from renderer.scene.reading.sighting import Sighting

FIERY = ("candle", "torch", "match", "fireplace", "stove", "pumpkin", "cauldron")
NAMED = 0.25  # of the names' probability
MOST = 24
SMALLEST = 6  # pixels
OUTSHINES = 0.25  # of luma, what is around it, at least
LARGEST = 0.25  # share of the picture
DARK = 0.35  # median luma of a picture whose flames nothing names, at most


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
    labels, pieces = pieces_of(_warm(image) & (sighting.people < 0.5) & ~grown(sky, 2))
    fitting = [piece for piece in pieces if SMALLEST <= piece.area <= LARGEST * luma.size]
    by_area = sorted(fitting, key=lambda piece: -piece.area)[:MOST]
    burning = [piece.label for piece in by_area if _burns(*_cut(image, luma, labels, piece), piece, named=named)]
    found = np.isin(labels, burning).astype(np.float32)
    return np.minimum(1, 1.3 * blurred(found, 1)) if burning else nothing


def _warm(image: Bytes) -> Mask:
    """Say where it glows: red at its brightest, green less, blue least; the heart may be all white."""
    red, green, blue = _channels(image)
    glow = (red > 0.8) & (red - blue > 0.3) & (green > 0.25) & (red >= green) & (green > blue)
    return glow | _heart(red, green, blue)


def _channels(image: Bytes) -> tuple[Floats, Floats, Floats]:
    red, green, blue = np.moveaxis(image.astype(np.float32) / np.float32(255), -1, 0)
    return red, green, blue


def _heart(red: Floats, green: Floats, blue: Floats) -> Mask:
    """Film and sensor clip where a flame is hottest: red at the top, green close to it, blue behind."""
    return (red > 0.97) & (green > 0.8) & (blue <= green)


def _rim(red: Floats, green: Floats, blue: Floats) -> Mask:
    return (red - blue > 0.3) & (green < 0.85)


def _cut(image: Bytes, luma: Floats, labels: NDArray[np.int32], piece: Piece) -> tuple[Bytes, Floats, Mask]:
    """Cut out a piece with what lies around it, half as far as it is large."""
    reach = min(25, max(3, round(0.5 * max(piece.width, piece.height))))
    down = slice(max(0, piece.top - reach), piece.top + piece.height + reach)
    across = slice(max(0, piece.left - reach), piece.left + piece.width + reach)
    return image[down, across], luma[down, across], labels[down, across] == piece.label


def _burns(
    image: Bytes,  # [n, m, 3] around the piece
    luma: Floats,  # [n, m]
    mask: Mask,  # [n, m]
    piece: Piece,
    *,
    named: bool,
) -> bool:
    heart, rim = mask & _heart(*_channels(image)), mask & _rim(*_channels(image))
    whole, around = float(mask.sum()), luma[~mask]
    if not 0.08 * whole < heart.sum() < 0.97 * whole or rim.sum() < 0.1 * whole or not len(around):
        return False
    behind = float(np.median(around))
    if float(np.median(luma[mask])) - behind < OUTSHINES:
        return False
    return named or (_pointed(mask, piece) and _deeper(heart, mask & ~heart))


def _pointed(mask: Mask, piece: Piece) -> bool:
    """A flame is taller than wide and ends in a point: its top third is far narrower than its lower half."""
    if piece.height < 1.35 * piece.width or piece.height < 6:
        return False
    widths = mask[mask.any(axis=1)].sum(axis=1)
    third, half = max(1, piece.height // 3), max(1, piece.height // 2)
    return float(widths[:third].mean()) < 0.62 * float(widths[half:].mean())


def _deeper(heart: Mask, rim: Mask) -> bool:
    """Tell whether the heart lies deeper in the flame than the rim does; of a lit thing, one side is bright."""
    whole = np.pad((heart | rim).astype(np.uint8), 1)
    depth = np.asarray(cv2.distanceTransform(whole, cv2.DIST_L2, 3), np.float32)[1:-1, 1:-1]
    return bool(rim.any() and depth[heart].mean() > 1.2 * depth[rim].mean())
