"""A coarse lattice over a frame, on which maps and light are worked out before they are enlarged.

Every map here is smooth, so that a node every few pixels says all. Nodes reach one step beyond the frame's edges, so
that enlarging never has to guess.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from renderer.arrays import Floats

SHORT_SIDE = 120  # nodes on the short side, about


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A part of the lattice, and the pixels that lie between its nodes. Both ends half open."""

    nodes: tuple[slice, slice]  # rows, columns
    pixels: tuple[slice, slice]


class Lattice:
    """The nodes of a frame of `height, width`, made once."""

    def __init__(self, height: int, width: int) -> None:
        self.height, self.width = height, width
        self.step = max(1, round(min(height, width) / SHORT_SIDE))  # pixels between nodes
        self.half = min(height, width) / 2  # the unit of length, in pixels
        self.y = _nodes(height, self.step, self.half)[:, None]  # [h, 1] half short sides from the centre
        self.x = _nodes(width, self.step, self.half)[None]  # [1, w]
        self.shape = (self.y.shape[0], self.x.shape[1])

    def enlarged(
        self,
        values: Floats,  # [h, w] or [h, w, C]
    ) -> Floats:  # [H, W] or [H, W, C], a view
        """Enlarge linearly to the frame. What is linear in the place comes out exactly, up to the edges.

        The clear form of `enlarged_in`, which the stage uses.
        """
        height, width = self.shape
        whole = (width * self.step, height * self.step)
        large = cv2.resize(values, whole, interpolation=cv2.INTER_LINEAR)
        rows, columns = slice(self.step, self.step + self.height), slice(self.step, self.step + self.width)
        return np.asarray(large, np.float32)[rows, columns]

    def buffer(self, *channels: int) -> Floats:
        """Make room for `enlarged_in`."""
        height, width = self.shape
        return np.empty((height * self.step, width * self.step, *channels), np.float32)

    def enlarged_in(
        self,
        values: Floats,  # [h, w, C]
        window: Window,
        out: Floats,  # as `buffer` makes it; its first elements are used, without gaps
    ) -> Floats:  # [rows, columns, C] of the window's pixels, a view
        """Enlarge a window of the lattice as `enlarged` does the whole."""
        part = values[window.nodes]
        height, width, channels = part.shape
        size = (width * self.step, height * self.step)
        room = out.reshape(-1)[: size[0] * size[1] * channels].reshape(size[1], size[0], channels)
        cv2.resize(part, size, dst=room, interpolation=cv2.INTER_LINEAR)
        top, left = ((nodes.start - 1) * self.step for nodes in window.nodes)
        rows, columns = window.pixels
        return room[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]


def _nodes(side: int, step: int, half: float) -> Floats:
    count = -(-side // step) + 2
    pixels = np.arange(count) * step + (step - 1) / 2 - step
    return ((pixels - (side - 1) / 2) / half).astype(np.float32)
