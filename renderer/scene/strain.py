"""How much a pose asks of the picture: what is stretched, and what was painted because the still does not hold it.

Exact, from the warp's own maps, and small: shares of a frame need few pixels.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from renderer.arrays import Floats, Mask
from renderer.scene.cover import small
from renderer.scene.layers import Layer
from renderer.scene.motion.camera import Pose, Room
from renderer.scene.seen import Seen, look_up
from renderer.scene.warp import aim

STRETCHED = 0.5  # one pixel of the still spread over more than two of the frame
SHORT_SIDE = 96
ROUNDED = 1.001  # what is shown and what is hidden make 1 at the still, but for rounding


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
    """Measure one pose. The still's own pose has none.

    Edges are soft, so that shares grow evenly with the move. A place is painted as far as the frame shows more of a
    layer there than the still does.
    """
    x, y = geometry.points
    stretch, hole, open_still = (np.zeros(geometry.shape, np.float32) for _ in range(3))
    open_still += 1  # how much of each point no nearer layer has covered
    for index in reversed(range(len(geometry.alphas))):
        seen = aim(pose, geometry.offsets[index], x, y)
        shown = open_still * look_up(geometry.alphas[index], seen.x, seen.y)
        open_still -= shown
        hidden = np.maximum.reduce(
            [look_up(alpha, seen.x, seen.y) for alpha in geometry.alphas[index + 1 :]] or [np.zeros_like(shown)]
        )
        hidden = np.where(_outside(seen, geometry), 1, hidden)
        hole += np.maximum(shown + hidden - ROUNDED, 0)
        stretch += shown * _stretched(seen)
    return Strain(stretch=float(stretch.mean()), hole=float(hole.mean()))


def frontmost(geometry: Sketch) -> Floats:  # [h, w]
    """Give the offset of what the still itself shows at each point."""
    front = geometry.offsets[0]
    for offset, alpha in zip(geometry.offsets[1:], geometry.alphas[1:], strict=True):
        front = np.where(alpha >= 0.5, offset, front)
    return front.astype(np.float32)


def _stretched(seen: Seen) -> Mask:
    """Tell where the map's smaller singular value says that a pixel was drawn out."""
    unit = 2 / min(seen.x.shape)
    xx, xy = np.gradient(seen.x, unit, axis=1), np.gradient(seen.x, unit, axis=0)
    yx, yy = np.gradient(seen.y, unit, axis=1), np.gradient(seen.y, unit, axis=0)
    total = xx**2 + xy**2 + yx**2 + yy**2
    area = xx * yy - xy * yx
    smallest = (total - np.sqrt(np.maximum(total**2 - 4 * area**2, 0))) / 2
    return (np.sqrt(np.maximum(smallest, 0)) < STRETCHED) | (area < 0)


def _outside(seen: Seen, geometry: Sketch) -> Mask:
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
