"""Where the sea begins below a sky that seems to go on: the sea mirrors the sky, and to a network it is one."""

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, Mask, blurred
from renderer.scene.reading.masks import luma_of

DROP = 0.035  # of luma, from the sky to the sea
REACH = 1 / 60  # of the height, over which it drops
LEAST = 0.03  # of the picture: a smaller sea is haze
LEVEL = 0.6  # of the width along which it drops
ALIKE = 0.5  # of the width in which it drops most at about that row


def part_sea(
    image: Bytes,  # [h, w, 3]
    sky: Mask,  # [h, w]
) -> tuple[Mask, Mask]:  # sky, sea
    """End a sky at the sea's horizon: dead level, from side to side, and darker below. Clouds are not as level."""
    drop = _drop(image, sky)
    row = int(np.argmax(np.median(drop, axis=1)))
    near = max(2, round(REACH * len(sky) / 2))
    most = np.abs(np.argmax(drop, axis=0) - row) <= near
    sea = sky & (np.arange(len(sky), dtype=np.float32)[:, None] >= row)
    is_level = (drop[row] > DROP).mean() > LEVEL and most.mean() > ALIKE
    if not is_level or sea.mean() < LEAST:
        return sky, np.zeros_like(sky)
    return sky & ~sea, sea


def _drop(image: Bytes, sky: Mask) -> Floats:  # [h, w]
    """Say how much darker it gets from above each place to below it, within the sky; not in the top sixth."""
    height = len(sky)
    half = max(2, round(REACH * height / 2))
    luma = blurred(luma_of(image), height / 200)
    drop = np.zeros(sky.shape, np.float32)
    drop[half:-half] = luma[: -2 * half] - luma[2 * half :]
    tall = np.ones((4 * half + 1, 1), np.uint8)
    inside = np.asarray(cv2.erode(sky.astype(np.uint8), tall, borderType=cv2.BORDER_REPLICATE)) > 0
    drop[~inside] = 0
    drop[: height // 6] = 0
    return drop
