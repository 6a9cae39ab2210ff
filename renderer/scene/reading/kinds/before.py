"""What stands or flies before a sky: masts, wires, stems, birds."""

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, Mask, shrunk
from renderer.scene.reading.masks import luma_of
from renderer.scene.reading.pieces import pieces_of

WIDTH = 1 / 60  # of the short side: what is wider has been seen
DARK = 0.06  # of luma, by which a thin thing is darker than both its sides
BIRD = 0.25  # the same of a speck: less is a gap in a cloud
WARM = 25  # of 255, by which it is warmer
LONG = 1 / 20  # of the short side


def find_before(
    image: Bytes,  # [h, w, 3]
    sky: Mask,  # [h, w]
) -> Mask:  # [h, w]
    """Find what is thin, and darker than the sky at that height, or warm. Clouds are not.

    Not along the sky's edge: there is always something of what it borders on.
    """
    side = min(sky.shape)
    luma = luma_of(image)
    size = 2 * round(WIDTH * side) + 1
    kernel = np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)
    warmth = cv2.subtract(image[..., 0], image[..., 2])  # 0 where blue
    depth = np.asarray(cv2.morphologyEx(luma, cv2.MORPH_BLACKHAT, kernel), np.float32)
    warm = np.asarray(cv2.morphologyEx(warmth, cv2.MORPH_TOPHAT, kernel)) > WARM
    dark = (depth > DARK) & (luma < _usual(luma, sky) - DARK / 2)
    labels, pieces = pieces_of(shrunk(sky, round(side / 50)) & (dark | warm))
    kept = np.zeros(len(pieces) + 1, np.bool_)
    kept[[piece.label for piece in pieces if max(piece.width, piece.height) > LONG * side]] = True
    kept[labels[depth > BIRD]] = True
    kept[0] = False
    return kept[labels]


def _usual(luma: Floats, sky: Mask) -> Floats:  # [h, 1]
    """Give the sky's luma of each row, the darker of it; 0 where there is no sky."""
    ranked = np.sort(np.where(sky, luma, np.inf).astype(np.float32), axis=1)
    rank = (sky.sum(axis=1, keepdims=True) - 1).clip(0) // 4
    usual = np.take_along_axis(ranked, rank, axis=1)
    return np.where(np.isfinite(usual), usual, 0).astype(np.float32)
