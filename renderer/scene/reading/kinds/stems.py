"""Stalks, blades and twigs before sky or water: too thin for a network's grid, and the first that a wind bends."""

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, Mask
from renderer.scene.reading.masks import luma_of

WIDTH = 1 / 60  # of the height: what is wider has been seen
DARK = 0.05  # of luma, by which a stem is darker than both its sides
DRY = 25  # of 255, by which it is warmer where it is darker: straw
COLOURED = 20  # of 255, by which it is warmer or greener
MOST = 0.06  # of the picture: more is no stems, but a network of wires, a fence, waves
JOINED = 1 / 90  # of the height: a gap that haze or blur leaves


def find_stems(
    image: Bytes,  # [h, w, 3]
    plants: Mask,  # [h, w]
    within: Mask,  # [h, w] sky and water
) -> Mask:  # [h, w]
    """Find what is thin within sky or water, and hangs together with plants."""
    thin = _thin(image) & within
    if not plants.any() or not thin.any():
        return np.zeros_like(plants)
    gap = 2 * round(JOINED * len(plants)) + 1
    joined = np.asarray(cv2.dilate((thin | plants).astype(np.uint8), np.ones((gap, gap), np.uint8)))
    _, labels = cv2.connectedComponents(joined)
    stems = thin & np.isin(labels, np.setdiff1d(np.unique(labels[plants]), [0]))
    return stems if stems.mean() < MOST else np.zeros_like(stems)


def _thin(image: Bytes) -> Mask:
    """Find what is thin and darker and dry, or warmer or greener, than what is around it."""
    size = 2 * round(WIDTH * image.shape[0]) + 1
    kernel = np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)
    red, green, blue = (image[..., channel].astype(np.float32) for channel in range(3))

    def stands_out(values: Floats) -> Floats:
        return np.asarray(cv2.morphologyEx(values, cv2.MORPH_TOPHAT, kernel), np.float32)

    dark = np.asarray(cv2.morphologyEx(luma_of(image), cv2.MORPH_BLACKHAT, kernel), np.float32) > DARK
    warmer, greener = red - blue, green - blue  # iron before a blue sky is warmer than it, too: not warm by itself
    coloured = [(stands_out(values) > COLOURED) & (values > 0) for values in (warmer, greener)]
    return (dark & (warmer > DRY)) | coloured[0] | coloured[1]
