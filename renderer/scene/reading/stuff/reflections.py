"""What still water mirrors: the shapes above its shore, upside down below it."""

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Bytes, Floats, Mask, blurred
from renderer.scene.reading.masks import luma_of
from renderer.scene.reading.pieces import pieces_of

LIKE = (0.35, 0.75)  # correlation of shapes: none below the first, sure from the second on
FLAT = 0.012  # of luma, the least spread of shapes: what has none, mirrors nothing
LEAST_SHARE = 0.01  # of the picture, that a mirror image covers
STRETCHES = (1.0, 0.85)  # how tall a mirror image is: seen from above, foreshortened
SHIFTS = (-1.5, 0.0, 1.5)  # pixels that the shore may lie off


def find_reflections(
    image: Bytes,  # [h, w, 3]
    water: Floats,  # [h, w], 0 to 1
) -> Floats:  # [h, w], 0 to 1
    """Find where water mirrors what stands above its far shore.

    Each column of water is folded up about its shore; where the shapes above and below agree, by their correlation in
    a window of water, it is a mirror. Glow, gradients and level lines are taken out first: they are alike above and
    below any shore.
    """
    if not 0.02 < (water > 0.5).mean() < 0.98:
        return np.zeros_like(water)
    height, width = water.shape
    sides = (max(2, width // 2), max(2, height // 2))  # half as fine is fine enough, and four times as quick
    wet = np.asarray(cv2.resize(water, sides, interpolation=cv2.INTER_AREA), np.float32) > 0.5
    luma = np.asarray(cv2.resize(luma_of(image), sides, interpolation=cv2.INTER_AREA), np.float32)
    shore = _shores(wet)
    sure = np.clip((_likeness(luma, wet, shore) - LIKE[0]) / (LIKE[1] - LIKE[0]), 0, 1) * _reached(shore, luma.shape)
    smooth = blurred(sure * _large(sure > 0.2), min(height, width) / 160)
    return (cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR) * water).astype(np.float32)


def _large(mask: Mask) -> Mask:
    """Leave out crumbs: any two textures agree somewhere."""
    labels, pieces = pieces_of(mask)
    return np.isin(labels, [piece.label for piece in pieces if piece.area > LEAST_SHARE * mask.size])


def _likeness(luma: Floats, wet: Mask, shore: NDArray[np.float32]) -> Floats:
    """Say how well each place of the water agrees with the best of its mirror images."""
    reach, water = min(luma.shape) / 22, wet.astype(np.float32)
    below, above = _shapes(luma, water), _shapes(luma, 1 - water)
    seen = np.maximum(blurred(water, reach), 1e-3)
    best = np.full(luma.shape, -1, np.float32)
    for stretch in STRETCHES:
        for shift in SHIFTS:
            image = _folded(above, shore + np.float32(shift), stretch)
            own, other, both = (
                blurred(water * product, reach) / seen for product in (below**2, image**2, below * image)
            )
            alike = both / np.maximum(np.sqrt(own * other), 1e-6)
            best = np.maximum(best, np.where(np.minimum(own, other) > FLAT**2, alike, -1))
    return best


def _shapes(luma: Floats, inside: Floats) -> Floats:
    """Leave what stands out from left to right, at the size of trees and houses; what is outside lends nothing."""
    side = min(luma.shape)
    shapes = _mean(luma, inside, side / 100, side / 100) - _mean(luma, inside, side / 14, side / 14)
    return np.asarray((shapes - _mean(shapes, inside, side / 6, 0.3)) * inside, np.float32)


def _mean(values: Floats, inside: Floats, across: float, down: float) -> Floats:
    """Blur what is inside with itself alone."""
    sums = cv2.GaussianBlur(values * inside, (0, 0), max(across, 0.3), sigmaY=max(down, 0.3))
    weights = cv2.GaussianBlur(inside, (0, 0), max(across, 0.3), sigmaY=max(down, 0.3))
    return (np.asarray(sums) / np.maximum(np.asarray(weights), 1e-3)).astype(np.float32)


def _shores(wet: Mask) -> NDArray[np.float32]:  # [w] the row where each column's water begins, smoothed
    """Find the far shore column by column; where a column has no water, its neighbours say."""
    columns = np.flatnonzero(wet.any(axis=0))
    tops = np.argmax(wet[:, columns], axis=0)
    everywhere = np.arange(wet.shape[1], dtype=np.float32)
    rows = np.asarray(np.interp(everywhere, columns, tops), np.float32)
    return blurred(np.asarray(cv2.medianBlur(rows[None], 5), np.float32), 2)[0]


def _folded(shapes: Floats, shore: NDArray[np.float32], stretch: float) -> Floats:
    """Read each place from as far above the shore as it lies below it."""
    height, width = shapes.shape
    y = np.arange(height, dtype=np.float32)[:, None]
    from_y = shore[None] - (y - shore[None]) / np.float32(stretch) - 1
    from_x = np.broadcast_to(np.arange(width, dtype=np.float32)[None], shapes.shape)
    return np.asarray(
        cv2.remap(shapes, from_x, from_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0), np.float32
    )


def _reached(shore: NDArray[np.float32], shape: tuple[int, int]) -> Floats:
    """Leave out what lies farther below the shore than there is picture above it."""
    y = np.arange(shape[0], dtype=np.float32)[:, None]
    return ((y > shore[None]) & (y < 2 * shore[None])).astype(np.float32)
