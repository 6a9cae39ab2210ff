"""Pictures at the size of the clip: the one scaling that every engine shares."""

import cv2
import numpy as np

from renderer.contract.shot import clip_size
from renderer.engines.engine import Rgb


def scale_still(still: Rgb, short_side: int) -> Rgb:
    """Return the whole still at its clip's size where `short_side` is asked for: area averaging down, bicubic up."""
    return scale(still, *clip_size(still.shape[0], still.shape[1], short_side))


def scale(picture: Rgb, height: int, width: int) -> Rgb:
    """Return the whole picture with these sides, as a copy: area averaging down, bicubic up."""
    shrinks = height * width < picture.shape[0] * picture.shape[1]
    scaled = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
    return np.ascontiguousarray(scaled, dtype=np.uint8)
