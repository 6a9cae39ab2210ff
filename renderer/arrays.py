"""The arrays that pixels and masks come in, and what many do to them."""

import cv2
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]


def blurred(values: NDArray[np.floating], sigma: float) -> Floats:
    return np.asarray(cv2.GaussianBlur(np.asarray(values, np.float32), (0, 0), max(sigma, 0.3)), np.float32)


def grown(mask: Mask, reach: int) -> Mask:
    """Grow a mask by so many pixels to all sides, in squares."""
    return np.asarray(cv2.dilate(mask.astype(np.uint8), _square(reach))) > 0


def shrunk(mask: Mask, reach: int) -> Mask:
    """Shrink a mask by so many pixels from all sides, but not from the picture's edges."""
    return np.asarray(cv2.erode(mask.astype(np.uint8), _square(reach))) > 0


def _square(reach: int) -> Bytes:
    return np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
