"""Small tools for masks and blurs."""

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, Mask


def filled(mask: Bytes | Mask) -> Mask:
    """Fill what a mask encloses."""
    padded = np.pad(mask.astype(np.uint8), 1)
    outside = padded.copy()
    cv2.floodFill(outside, np.zeros((padded.shape[0] + 2, padded.shape[1] + 2), np.uint8), (0, 0), 2)
    return (outside != 2)[1:-1, 1:-1]


def closed(mask: Bytes, radius: int) -> Bytes:
    kernel = np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1)), np.uint8)
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel), np.uint8)


def luma_of(image: Bytes) -> Floats:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.float32) / np.float32(255)


def edges(luma: Floats) -> Floats:
    return np.hypot(
        cv2.Sobel(luma, cv2.CV_32F, 1, 0, scale=0.25), cv2.Sobel(luma, cv2.CV_32F, 0, 1, scale=0.25)
    ).astype(np.float32)


def brought_to(values: Floats, shape: tuple[int, ...]) -> Floats:  # [h, w]
    """Bring a map to another size."""
    smaller = cv2.INTER_AREA if shape[0] < values.shape[0] else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(values, (shape[1], shape[0]), interpolation=smaller), np.float32)
