"""The still taken apart: what is near, cut out with soft edges, and what is far, painted on behind it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.scene.fill import fill_hole

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A picture at its own smooth depth."""

    colour: Floats  # [H, W, 4] premultiplied RGBA; RGB to 255, alpha to 1
    offset: Floats  # [H, W] disparity less the pivot


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """Near over far is the still, exactly."""

    far: Layer
    near: Layer | None


def take_apart(
    still: Bytes,  # [H, W, 3]
    alpha: Floats | None,  # [H, W] how much of each pixel is near
    far: Floats,  # [H, W] disparity less the pivot
    near: Floats | None,
) -> Layers:
    """Split the still at its near edges and paint the far side on behind them."""
    image = still.astype(np.float32)
    if alpha is None or near is None:
        return Layers(far=Layer(colour=_opaque(image), offset=far), near=None)
    behind = paint_behind(image, alpha)
    share = alpha[..., None]
    # What the far layer does not explain belongs to the near one: so the two give the still back.
    cut = np.concatenate([image - (1 - share) * behind, share], axis=-1)
    return Layers(
        far=Layer(colour=_opaque(behind), offset=far), near=Layer(colour=np.ascontiguousarray(cut), offset=near)
    )


def paint_behind(image: Floats, alpha: Floats) -> Floats:
    """Paint the far side on where the near one hides it, keeping clear of the mixed pixels of its edge."""
    reach = 1 + min(alpha.shape) // 180
    near = (alpha > 0.01).astype(np.uint8)
    hole = np.asarray(cv2.dilate(near, np.ones((3, 3), np.uint8), iterations=reach)) > 0
    painted = fill_hole(image, hole)
    return np.where(near[..., None] > 0, painted, image)


def soft_edge(
    mask: NDArray[np.bool_],  # [h, w] small
    still: Bytes,  # [H, W, 3]
) -> Floats:  # [H, W], 0 to 1
    """Bring a small mask to the size of the still, its edge drawn along the still's own.

    A guided filter does it, and only in a band along the edge: away from it the mask stands as it is.
    """
    height, width = still.shape[:2]
    radius = max(2, round(height / mask.shape[0] * 1.5))
    coarse = np.asarray(
        cv2.resize(mask.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR), np.float32
    )
    guide = still.astype(np.float32) / 255
    edge = np.mean([_guided(guide[..., channel], coarse, 2 * radius) for channel in range(3)], axis=0)
    inside = _box(coarse, radius)
    band = np.clip(4 * np.minimum(inside, 1 - inside), 0, 1)
    alpha = band * edge + (1 - band) * (coarse > 0.5)
    return np.clip((alpha - 0.15) / 0.7, 0, 1).astype(np.float32)


def _guided(guide: Floats, values: Floats, radius: int) -> Floats:
    """Fit the values to the guide, line by line in each neighbourhood (He et al. 2013)."""
    mean_guide, mean_values = _box(guide, radius), _box(values, radius)
    spread = _box(guide * guide, radius) - mean_guide * mean_guide
    slope = (_box(guide * values, radius) - mean_guide * mean_values) / (spread + 1e-3)
    level = mean_values - slope * mean_guide
    return (_box(slope, radius) * guide + _box(level, radius)).astype(np.float32)


def _box(values: Floats, radius: int) -> Floats:
    return np.asarray(cv2.blur(values, (2 * radius + 1, 2 * radius + 1)), np.float32)


def _opaque(image: Floats) -> Floats:
    height, width = image.shape[:2]
    return np.concatenate([image, np.ones((height, width, 1), np.float32)], axis=-1).astype(np.float32)
