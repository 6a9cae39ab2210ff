"""The stage for processors: each layer is read once a frame, by OpenCV, at memory speed."""

from math import prod
from typing import NamedTuple

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats
from renderer.scene.air.weather import Air
from renderer.scene.composing import Aim, Order
from renderer.scene.focus import Copies
from renderer.scene.lattice import Window
from renderer.scene.motion.life import COPIES
from renderer.scene.scenery import Scenery
from renderer.scene.state import State

# Takes a premultiplied pixel to what it leaves uncovered, four times over.
UNCOVERED = np.array([[0, 0, 0, -1, 1]] * 4, np.float32)


class Read(NamedTuple):
    """An aim with its map at the frame's size."""

    aim: Aim
    maps: Floats  # [h, w, 2] of the aim's window

    def within(self, window: Window) -> Floats:
        """Give a part of the map."""
        (rows, columns), (top, left) = window.pixels, (pixels.start for pixels in self.aim.window.pixels)
        return self.maps[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]


class OpenCvStage:
    """Buffers are made once: fresh ones of this size cost more than the arithmetic."""

    def __init__(self, scenery: Scenery) -> None:
        height, width = scenery.lattice.height, scenery.lattice.width
        self._scenery = scenery
        self._whole = np.zeros((height, width, 4), np.float32)
        self._near, self._other, self._third = (np.empty(height * width * 4, np.float32) for _ in range(3))
        self._maps = [scenery.lattice.buffer(2) for _ in range(COPIES)]

    def frame(self, state: State, air: Air) -> Bytes:
        composed = self._scenery.composer.compose(state)
        copies = self._scenery.lens.copies(state)
        for gap, (colours, order) in enumerate(zip(copies, composed.orders, strict=True)):
            if order is not None:
                self._lay(colours, order)
            # Where nothing is laid yet, this draws over the frame before; a solid patch will cover both.
            air.fill(self._whole, gap, composed.seen, state)
        return self._scenery.lighting.shine(self._whole, composed.seen, state)

    def _lay(self, copies: Copies, order: Order) -> None:
        """Lay a layer over what is there, patch by patch; a solid one is read straight into the frame."""
        reads = [self._prepared(aim, maps) for aim, maps in zip(order.aims, self._maps, strict=False)]
        for patch in order.patches:
            part = self._whole[patch.window.pixels]
            near = part if patch.solid else _shaped(self._near, part.shape)
            self._read_all(near, copies, reads if patch.drifting else reads[:1], patch.window)
            if not patch.solid:
                uncovered = cv2.transform(near, UNCOVERED, dst=_shaped(self._other, part.shape))
                cv2.multiply(part, uncovered, dst=part)
                cv2.add(part, near, dst=part)

    def _prepared(self, aim: Aim, out: Floats) -> Read:
        return Read(aim, self._scenery.lattice.enlarged_in(aim.places, aim.window, out))

    def _read_all(self, out: Floats, copies: Copies, reads: list[Read], window: Window) -> None:
        """Read a patch of a layer, each read blended in after the one before."""
        _read_one(out, copies, reads[0].within(window), self._other)
        for read in reads[1:]:
            drifted = _shaped(self._third, out.shape)
            _read_one(drifted, copies, read.within(window), self._other)
            cv2.addWeighted(out, 1 - read.aim.share, drifted, read.aim.share, 0, dst=out)


def _read_one(out: Floats, copies: Copies, maps: Floats, room: Floats) -> None:
    """Read as sharp as the copies' shares make it."""
    first, total = copies[0]
    _remap(first, maps, out)
    for colour, share in copies[1:]:
        total += share
        other = _shaped(room, out.shape)
        _remap(colour, maps, other)
        cv2.addWeighted(out, 1 - share / total, other, share / total, 0, dst=out)


def _remap(colour: Floats, maps: Floats, out: Floats) -> None:
    """Read where the maps say, between pixels linearly; outside the picture the border repeats."""
    # Maps hold x and y. OpenCV's stubs know of no missing second map, and it takes an empty array for one.
    second: Floats = None  # pyright: ignore[reportAssignmentType]
    cv2.remap(colour, maps, second, cv2.INTER_LINEAR, dst=out, borderMode=cv2.BORDER_REPLICATE)


def _shaped(buffer: Floats, shape: tuple[int, ...]) -> Floats:
    """Use the beginning of a buffer as an array without gaps."""
    return buffer[: prod(shape)].reshape(shape)
