"""How much a pose asks of the still: what it stretches, and what it shows that the still does not hold."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.scene.camera import Pose, points_seen
from renderer.scene.layers import Floats, Layers

STRETCHED = 0.5  # one pixel of the still spread over more than two of the frame
SHORT_SIDE = 180  # shares need no more pixels than this


@dataclass(frozen=True, slots=True, kw_only=True)
class Strain:
    """Shares of the frame."""

    stretch: float
    hole: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """The layers' geometry, small."""

    far: Floats  # [h, w] disparity less the pivot
    near: Floats | None
    alpha: Floats | None  # [h, w]

    @property
    def offsets(self) -> tuple[Floats, ...]:
        return (self.far,) if self.near is None else (self.far, self.near)


def sketch(layers: Layers) -> Sketch:
    """Shrink what the measures need."""
    if layers.near is None:
        return Sketch(far=_small(layers.far.offset), near=None, alpha=None)
    alpha = np.ascontiguousarray(layers.near.colour[..., 3])
    return Sketch(far=_small(layers.far.offset), near=_small(layers.near.offset), alpha=_small(alpha))


def measure(pose: Pose, geometry: Sketch) -> Strain:
    """Measure one pose. The still's own pose has none."""
    far_x, far_y = points_seen(pose, geometry.far)
    stretched, missing = _stretched(far_x, far_y), _outside(far_x, far_y)
    if geometry.near is None or geometry.alpha is None:
        return Strain(stretch=float(stretched.mean()), hole=float(missing.mean()))
    near_x, near_y = points_seen(pose, geometry.near)
    covered = _look_up(geometry.alpha, near_x, near_y) >= 0.5
    hidden = _look_up(geometry.alpha, far_x, far_y) >= 0.5
    stretched = np.where(covered, _stretched(near_x, near_y), stretched)
    missing = np.where(covered, _outside(near_x, near_y), missing | hidden)
    return Strain(stretch=float(stretched.mean()), hole=float(missing.mean()))


def _stretched(seen_x: Floats, seen_y: Floats) -> NDArray[np.bool_]:
    """Tell where the map's smaller singular value says that a pixel was drawn out."""
    unit = 2 / min(seen_x.shape)
    xx, xy = np.gradient(seen_x, unit, axis=1), np.gradient(seen_x, unit, axis=0)
    yx, yy = np.gradient(seen_y, unit, axis=1), np.gradient(seen_y, unit, axis=0)
    total = xx**2 + xy**2 + yx**2 + yy**2
    area = xx * yy - xy * yx
    smallest = (total - np.sqrt(np.maximum(total**2 - 4 * area**2, 0))) / 2
    return (np.sqrt(np.maximum(smallest, 0)) < STRETCHED) | (area < 0)


def _outside(seen_x: Floats, seen_y: Floats) -> NDArray[np.bool_]:
    """Tell what lies outside the picture by more than a pixel of a frame."""
    height, width = seen_x.shape
    slack = 2 / 720
    half = min(height, width)
    return (np.abs(seen_x) > width / half + slack) | (np.abs(seen_y) > height / half + slack)


def _look_up(values: Floats, seen_x: Floats, seen_y: Floats) -> Floats:
    height, width = values.shape
    half = min(height, width) / 2
    map_x, map_y = seen_x * half + (width - 1) / 2, seen_y * half + (height - 1) / 2
    return np.asarray(cv2.remap(values, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)


def _small(values: Floats) -> Floats:
    height, width = values.shape
    scale = min(1.0, SHORT_SIDE / min(height, width))
    size = (max(2, round(width * scale)), max(2, round(height * scale)))
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.float32)
