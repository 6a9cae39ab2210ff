"""Where layers show something, small: what lets a stage leave out what nobody sees."""

from dataclasses import dataclass

import cv2
import numpy as np

from renderer.arrays import Floats, Mask
from renderer.scene.focus import WIDEST
from renderer.scene.layers import Layer

SHORT_SIDE = 180
NOTHING = 0.1  # of 255 levels: less cannot be seen, nor be told in a byte
SOLID = 0.9995
BLUR = 3.5  # of a blur's sigma: how far what it spreads can be seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Small maps over the whole still, in [0, 1].

    Both have three channels: how opaque the layer is, 1 wherever it, or a pixel nearby, shows anything, and 1 only
    where it and what is nearby hide everything behind.
    """

    alpha: Floats  # [h, w]
    sharp: Floats  # [h, w, 3]
    racked: Floats  # [h, w, 3] of the layer out of focus, however far
    whole: bool  # it hides everything behind, everywhere


def cover(layer: Layer) -> Cover:
    """Shrink a layer's outline, keeping on the safe side of it: a single pixel counts."""
    opaque = np.asarray(cv2.extractChannel(layer.colour, 3), np.float32)
    alpha = small(opaque)
    bound = np.full(4, NOTHING) / (1, 1, 1, 255)
    empty = cv2.inRange(layer.colour, -bound, bound)  # 255 where it is
    shows = small(np.asarray(empty, np.float32)) < 254.9
    hides = small((opaque > SOLID).astype(np.float32)) > 0.9999
    blur = int(np.ceil(BLUR * WIDEST * min(alpha.shape) / 2))
    return Cover(
        alpha=alpha,
        sharp=_widened(alpha, shows, hides, 1),
        racked=_widened(alpha, shows, hides, 1 + blur),
        whole=bool(hides.all()),
    )


def _widened(alpha: Floats, shows: Mask, hides: Mask, reach: int) -> Floats:
    """Count as shown what is so far from what shows, and as hidden only what is so far from what does not hide."""
    around = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    shown = cv2.dilate(shows.astype(np.float32), around)
    hidden = cv2.erode(hides.astype(np.float32), around)
    return np.asarray(cv2.merge([alpha, shown, hidden]), np.float32)


def small(values: Floats, short_side: int = SHORT_SIDE) -> Floats:
    """Shrink a map over the whole still, averaging."""
    height, width = values.shape[:2]
    scale = min(1.0, short_side / min(height, width))
    size = (max(2, round(width * scale)), max(2, round(height * scale)))
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.float32)
