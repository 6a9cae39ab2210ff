"""The air of one picture: how deep it is, which gap between layers a thing in it is in, and what of it is seen."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Floats
from renderer.scene.air.splat import Canvas
from renderer.scene.air.swarm import Span, Swarm, faded, framed, lived, nodes_at, places, shown, some, unhidden
from renderer.scene.lattice import Lattice
from renderer.scene.seen import Seen
from renderer.scene.state import State

Wide = NDArray[np.float64]
Whole = NDArray[np.intp]

BEFORE = 0.45  # of offset, from the nearest layer's mean to what is close before the lens
LEAST_DEEP = 0.9  # a flat picture's air has some depth all the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Visible:
    """Those of a swarm that may be seen in a gap; all [n]."""

    which: Whole  # in the swarm
    x: Floats  # pixels
    y: Floats
    unit: Floats  # pixels to half a short side, at its depth
    depth: Floats  # 0 = far, 1 = near
    share: Floats  # of its life
    strength: Floats  # 0 to 1


class Volume:
    """The air between and before layers, for frames of `height, width`."""

    def __init__(self, levels: Sequence[float], height: int, width: int) -> None:
        self.levels = np.maximum.accumulate(np.asarray(levels, np.float64))
        self.before = self.levels.size - 1
        self.behind = max(0, self.before - 1)
        self.lattice, self.canvas = Lattice(height, width), Canvas(height, width)
        self.reach = (width / min(height, width), height / min(height, width))  # half short sides
        far = float(self.levels[0])
        self.span = Span(far=far, near=max(float(self.levels[-1]) + BEFORE, far + LEAST_DEEP))
        self.fine = self.lattice.half / 360  # of a pixel at 720 lines

    def gap_of(self, offset: Wide) -> Whole:
        """Say in which gap a thing is drawn: before all layers, or all but the nearest.

        What is behind farther ones is left out where they are seen, see `unhidden`: such things are small, and every
        gap more means going through them once more.
        """
        return np.where(offset >= self.levels[-1], self.before, self.behind).astype(np.intp)

    def visible(self, things: Swarm, gap: int, seen: Seen, state: State, amount: float) -> Visible:
        """Find those in the gap, where they are and how much of them is to be seen."""
        chosen = np.flatnonzero((self.gap_of(things.offset) == gap) & (shown(things, amount) > 0))
        things = some(things, chosen)
        share, life = lived(things, state.clock)
        x, y, larger = framed(state.pose, *places(things, share, life), things.offset)
        strength = shown(things, amount) * faded(things, share) * unhidden(self.lattice, seen, x, y, things.offset)
        pixel_x = x * self.lattice.half + (self.lattice.width - 1) / 2
        pixel_y = y * self.lattice.half + (self.lattice.height - 1) / 2
        margin = 0.25 * self.lattice.half  # the largest reach beyond their middle
        near_x = np.abs(pixel_x - self.lattice.width / 2) < self.lattice.width / 2 + margin
        near_y = np.abs(pixel_y - self.lattice.height / 2) < self.lattice.height / 2 + margin
        which = np.flatnonzero((strength > 0.01) & near_x & near_y)
        return Visible(
            which=chosen[which],
            x=pixel_x[which].astype(np.float32),
            y=pixel_y[which].astype(np.float32),
            unit=(self.lattice.half * larger[which]).astype(np.float32),
            depth=things.depth[which].astype(np.float32),
            share=share[which].astype(np.float32),
            strength=strength[which].astype(np.float32),
        )

    def read(self, values: Floats, things: Visible) -> Floats:  # [n]
        """Read values of the lattice's nodes, [h, w], where things are."""
        lattice = self.lattice
        x = (things.x - (lattice.width - 1) / 2).astype(np.float64) / lattice.half
        y = (things.y - (lattice.height - 1) / 2).astype(np.float64) / lattice.half
        return values[nodes_at(lattice, x, y)]
