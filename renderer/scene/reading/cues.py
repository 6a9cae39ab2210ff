"""What a photograph tells about near and far without a model: sky, sharpness, haze.

All cues are read at a small size; what they say is later refined at the edges of the full picture.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, Mask, blurred
from renderer.scene.reading.masks import luma_of

SHORT_SIDE = 200  # of the picture the cues are read in; below this grabCut loses heads, above it costs a second


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """All at the small size."""

    image: Bytes  # [H, W, 3]
    sky: Mask  # [H, W]
    haze: Floats  # [H, W], 0 to 1
    sharpness: Floats  # [H, W], 0 to 1


def read_cues(image: Bytes, sky: Mask) -> Cues:
    """Read all cues of an image of the size of the maps."""
    return Cues(image=image, sky=sky, haze=read_haze(image), sharpness=read_sharpness(image))


def plain_cues(image: Bytes) -> Cues:
    """Give the cues of a drawing, which has neither sky, haze nor focus."""
    none = np.zeros(image.shape[:2], np.float32)
    return Cues(image=image, sky=none > 0, haze=none, sharpness=none)


def sized(still: Bytes, short_side: int) -> Bytes:
    """Give the still with its short side as long as that."""
    scale = short_side / min(still.shape[:2])
    height, width = (max(2, round(side * scale)) for side in still.shape[:2])
    return np.asarray(cv2.resize(still, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def small(still: Bytes) -> Bytes:
    """Give the still at the size of the maps."""
    return sized(still, SHORT_SIDE)


def read_sharpness(image: Bytes) -> Floats:
    """Say how crisp the detail is around each pixel; plain surfaces take it from their neighbourhood."""
    luma = luma_of(image)
    fine = np.abs(luma - blurred(luma, 1.0))
    coarse = np.abs(blurred(luma, 1.0) - blurred(luma, 3.0))
    spread = image.shape[0] / 25
    ratio = blurred(fine, spread) / (blurred(coarse, spread) + 0.004)
    energy = blurred(fine, spread)
    score = (
        ratio
        / max(float(np.percentile(ratio, 98)), 1e-4)
        * np.sqrt(energy / max(float(np.percentile(energy, 98)), 1e-4))
    )
    return np.clip(score, 0, 1).astype(np.float32)


def read_haze(image: Bytes) -> Floats:
    """Read the dark channel: in clear air every neighbourhood holds something dark."""
    darkest = cv2.erode(image.min(axis=2), np.ones((9, 9), np.uint8))
    return np.clip(blurred(np.asarray(darkest, np.float32) / 255, image.shape[0] / 40), 0, 1).astype(np.float32)
