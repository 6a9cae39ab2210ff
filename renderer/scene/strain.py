"""How much a pose asks of the picture: what is stretched, and what was painted because the still does not hold it.

Exact, from the warp's own maps, and small: shares of a frame need few pixels.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.scene.camera import Pose, Room
from renderer.scene.cover import small
from renderer.scene.layers import Layer
from renderer.scene.seen import Seen, look_up
from renderer.scene.warp import aim

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

STRETCHED = 0.5  # one pixel of the still spread over more than two of the frame
SHORT_SIDE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Strain:
    """Shares of the frame."""

    stretch: float
    hole: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """The layers' geometry, small, back to front: [h, w] each."""

    offsets: tuple[Floats, ...]  # disparity less the pivot
    alphas: tuple[Floats, ...]
    room: Room

    @property
    def shape(self) -> tuple[int, int]:
        return self.alphas[0].shape[0], self.alphas[0].shape[1]

    @property
    def points(self) -> tuple[Floats, Floats]:
        """Spread points over the frame, to its very edges: x as a row, y as a column, in half short sides."""
        height, width = self.shape
        across, down = self.room.reach
        x = np.linspace(-across, across, width, dtype=np.float32)[None]
        y = np.linspace(-down, down, height, dtype=np.float32)[:, None]
        return x, y


def sketch(layers: tuple[Layer, ...]) -> Sketch:
    """Shrink what the measures need."""
    alphas = tuple(small(np.ascontiguousarray(layer.colour[..., 3]), SHORT_SIDE) for layer in layers)
    height, width = alphas[0].shape
    offsets = tuple(_resized(layer.offset, height, width) for layer in layers)
    full_height, full_width = layers[0].colour.shape[:2]
    half = min(full_height, full_width) / 2
    room = Room(reach=((full_width - 1) / 2 / half, (full_height - 1) / 2 / half), offsets=_rim(offsets, alphas))
    return Sketch(offsets=offsets, alphas=alphas, room=room)


def measure(pose: Pose, geometry: Sketch) -> Strain:
    """Measure one pose. The still's own pose has none."""
    x, y = geometry.points
    stretched = missing = np.zeros(geometry.shape, np.bool_)
    for index, (offset, alpha) in enumerate(zip(geometry.offsets, geometry.alphas, strict=True)):
        seen = aim(pose, offset, x, y)
        covered = look_up(alpha, seen.x, seen.y) >= 0.5
        hidden = _outside(seen, geometry)
        for nearer in geometry.alphas[index + 1 :]:
            hidden |= look_up(nearer, seen.x, seen.y) >= 0.5  # painted: the still shows what is in front of it
        stretched = np.where(covered, _stretched(seen), stretched)
        missing = np.where(covered, hidden, missing)
    return Strain(stretch=float(stretched.mean()), hole=float(missing.mean()))


def frontmost(geometry: Sketch) -> Floats:  # [h, w]
    """Give the offset of what the still itself shows at each point."""
    front = geometry.offsets[0]
    for offset, alpha in zip(geometry.offsets[1:], geometry.alphas[1:], strict=True):
        front = np.where(alpha >= 0.5, offset, front)
    return front.astype(np.float32)


def _stretched(seen: Seen) -> Flags:
    """Tell where the map's smaller singular value says that a pixel was drawn out."""
    unit = 2 / min(seen.x.shape)
    xx, xy = np.gradient(seen.x, unit, axis=1), np.gradient(seen.x, unit, axis=0)
    yx, yy = np.gradient(seen.y, unit, axis=1), np.gradient(seen.y, unit, axis=0)
    total = xx**2 + xy**2 + yx**2 + yy**2
    area = xx * yy - xy * yx
    smallest = (total - np.sqrt(np.maximum(total**2 - 4 * area**2, 0))) / 2
    return (np.sqrt(np.maximum(smallest, 0)) < STRETCHED) | (area < 0)


def _outside(seen: Seen, geometry: Sketch) -> Flags:
    """Tell what lies outside the picture by more than a pixel of a frame."""
    slack = 2 / 720
    across, down = geometry.room.reach
    return (np.abs(seen.x) > across + slack) | (np.abs(seen.y) > down + slack)


def _rim(offsets: tuple[Floats, ...], alphas: tuple[Floats, ...]) -> tuple[float, float]:
    """Find the least and the greatest offset that a layer shows along the picture's rim."""
    shown = [_border(offset)[_border(alpha) > 0.02] for offset, alpha in zip(offsets, alphas, strict=True)]
    values = np.concatenate(shown)
    return float(values.min()), float(values.max())


def _border(values: Floats) -> Floats:
    return np.concatenate([values[0], values[-1], values[:, 0], values[:, -1]])


def _resized(values: Floats, height: int, width: int) -> Floats:
    return np.asarray(cv2.resize(values, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
