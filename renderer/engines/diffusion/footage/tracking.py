"""Where what is seen in one frame is seen in another, read at a bounded size for pictures of any.

Flow is [h, w, 2] float32: for each pixel of one frame how far away the other shows the same, x right, y down, in pixels
of the size of reading.
"""

from typing import TypeVar, cast

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats
from renderer.engines.engine import Rgb
from renderer.measures.likeness import grey
from renderer.measures.motion import Flow, places, shrunk

Pixels = TypeVar("Pixels", Bytes, Floats)
SIDE = 288  # pixels of the short side: twice as many take four times as long and read fast motion worse


def tracker() -> Flow:
    """What reads flow here: it is read for each frame, so quickly."""
    return Flow(cv2.DISOPTICAL_FLOW_PRESET_FAST)


def small_luma(frame: Rgb) -> Bytes:
    """Give a frame's luma at the size of reading."""
    return shrunk(grey(frame), SIDE)[0]


def look(image: Bytes | Floats, flow: Floats) -> Floats:
    """Read each pixel of a small image where the flow leads; beyond the edge the border repeats."""
    found = cv2.remap(image, *places(flow), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(found, np.float32)


def moved(frame: Pixels, flow: Floats) -> Pixels:
    """Read each pixel of a whole frame where a small flow leads, keeping it sharp."""
    height, width = frame.shape[:2]
    scale = np.array([width / flow.shape[1], height / flow.shape[0]], np.float32)
    across, down = places(enlarged(flow * scale, height, width))
    return cast("Pixels", cv2.remap(frame, across, down, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE))


def enlarged(values: Floats, height: int, width: int) -> Floats:
    """Scale what was read to the size of a frame; a flow's lengths stay as they are."""
    if values.shape[:2] == (height, width):
        return values
    return np.asarray(cv2.resize(values, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
