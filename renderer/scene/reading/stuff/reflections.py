"""What still water mirrors: the shapes above its shore, upside down below it."""

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Bytes, Floats, Mask, blurred
from renderer.scene.reading.masks import luma_of

LIKE = (0.35, 0.75)  # correlation of shapes: none below the first, sure from the second on
FLAT = 0.012  # of luma, the least spread of shapes: what has none, mirrors nothing
STRETCHES = (1.0, 0.85)  # how tall a mirror image is: seen from above, foreshortened
SHIFTS = 3  # pixels that the shore may lie off


def find_reflections(
    image: Bytes,  # [h, w, 3]
    water: Floats,  # [h, w], 0 to 1
) -> Floats:  # [h, w], 0 to 1
    """Find where water mirrors what stands above its far shore.

    Each column of water is folded up about its shore; where the shapes above and below agree, by their correlation in
    a window, it is a mirror. Glow and gradients are taken out first: they are alike above and below any hill.
    """
    wet = water > 0.5
    if wet.mean() < 0.02 or wet.all():
        return np.zeros_like(water)
    shore = _shores(wet)
    height = image.shape[0]
    luma = luma_of(image)
    shapes = blurred(luma, height / 100) - blurred(luma, height / 14)
    best = np.full(water.shape, -1, np.float32)
    for stretch in STRETCHES:
        for shift in range(-SHIFTS, SHIFTS + 1, SHIFTS):
            best = np.maximum(best, _alike(shapes, _folded(shapes, shore + shift, stretch), height / 22))
    sure = np.clip((best - LIKE[0]) / (LIKE[1] - LIKE[0]), 0, 1) * _reached(shore, water.shape)
    return (blurred(sure, height / 80) * water).astype(np.float32)


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


def _alike(shapes: Floats, folded: Floats, reach: float) -> Floats:
    """Correlate two pictures around each place; none where either has no shapes."""
    product = blurred(shapes * folded, reach)
    own, other = (np.sqrt(blurred(part * part, reach)) for part in (shapes, folded))
    alike = product / np.maximum(own * other, 1e-6)
    return np.where(np.minimum(own, other) > FLAT, alike, -1).astype(np.float32)


def _reached(shore: NDArray[np.float32], shape: tuple[int, int]) -> Floats:
    """Leave out what lies farther below the shore than there is picture above it."""
    y = np.arange(shape[0], dtype=np.float32)[:, None]
    return ((y > shore[None]) & (y < 2 * shore[None])).astype(np.float32)
