"""How alike two pictures are, and how sharp one is."""

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats


def psnr(one: Bytes, other: Bytes) -> float:
    """Give the peak signal-to-noise ratio in dB; 100 for equal pictures."""
    error = float(np.mean((one.astype(np.float32) - other.astype(np.float32)) ** 2))
    return min(100.0, 10 * float(np.log10(255**2 / max(error, 1e-6))))


def ssim(one: Bytes, other: Bytes) -> float:
    """Give the structural similarity of two pictures' greys (Wang et al. 2004): 1 for equal ones."""
    a, b = grey(one).astype(np.float32), grey(other).astype(np.float32)
    mean_a, mean_b = _around(a), _around(b)
    spread_a, spread_b = _around(a * a) - mean_a**2, _around(b * b) - mean_b**2
    shared = _around(a * b) - mean_a * mean_b
    steady, bright = (0.03 * 255) ** 2, (0.01 * 255) ** 2
    likeness = (2 * mean_a * mean_b + bright) * (2 * shared + steady)
    return float(np.mean(likeness / ((mean_a**2 + mean_b**2 + bright) * (spread_a + spread_b + steady))))


def grey(frame: Bytes) -> Bytes:
    """Give the luma, in grey levels."""
    return np.asarray(cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY), np.uint8)


def difference(one: Bytes, other: Bytes) -> float:
    """Give the mean absolute difference, in grey levels."""
    return float(np.mean(cv2.absdiff(one, other)))


def sharpness(luma: Bytes) -> float:
    """Give the spread of the second derivative, in grey levels."""
    _, spread = cv2.meanStdDev(cv2.Laplacian(luma, cv2.CV_16S))
    return float(np.asarray(spread)[0, 0])


def _around(values: Floats) -> Floats:
    return np.asarray(cv2.GaussianBlur(values, (11, 11), 1.5), np.float32)
