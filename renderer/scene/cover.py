"""Where layers show something, small: what lets a stage leave out what nobody sees."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.scene.layers import Layer

Floats = NDArray[np.float32]

SHORT_SIDE = 180
NOTHING = 0.3  # of 255 levels: less cannot be seen
SOLID = 0.999


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """All [h, w], over the whole still, in [0, 1]."""

    alpha: Floats  # how opaque the layer is
    any: Floats  # 1 wherever it, or a pixel nearby, shows anything
    all: Floats  # 1 only where it and what is nearby hide everything behind


def cover(layer: Layer) -> Cover:
    """Shrink a layer's outline, keeping on the safe side of it."""
    alpha = small(np.ascontiguousarray(layer.colour[..., 3]))
    strength = small(np.abs(layer.colour)).max(axis=-1)
    around = np.ones((3, 3), np.uint8)
    shows = ((strength > NOTHING) | (alpha > NOTHING / 255)).astype(np.float32)
    hides = (alpha > SOLID).astype(np.float32)
    return Cover(
        alpha=alpha,
        any=np.asarray(cv2.dilate(shows, around), np.float32),
        all=np.asarray(cv2.erode(hides, around), np.float32),
    )


def small(values: Floats, short_side: int = SHORT_SIDE) -> Floats:
    """Shrink a map over the whole still, averaging."""
    height, width = values.shape[:2]
    scale = min(1.0, short_side / min(height, width))
    size = (max(2, round(width * scale)), max(2, round(height * scale)))
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.float32)
