"""The arrays that pixels and masks come in, and the blur that many need."""

import cv2
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]


def blurred(values: NDArray[np.floating], sigma: float) -> Floats:
    return np.asarray(cv2.GaussianBlur(np.asarray(values, np.float32), (0, 0), max(sigma, 0.3)), np.float32)
