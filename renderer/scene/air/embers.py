"""Embers: sparks that rise and swirl, twinkle, cool and go out."""

import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Floats
from renderer.scene.air.splat import Specks
from renderer.scene.air.swarm import swarm
from renderer.scene.air.volume import Visible, Volume
from renderer.scene.seen import Seen
from renderer.scene.state import State

Wide = NDArray[np.float64]

MOST = 190
SLOW, FAST = 0.16, 0.62  # half short sides a second, far and near
SHUTTER = 1 / 48
# From the core outwards: colour, breadth, strength. Light is added, so that the core burns out to yellow white.
RINGS = (
    (np.array((255, 214, 140), np.float32), 1.0, 0.95),
    (np.array((255, 108, 24), np.float32), 2.7, 0.42),
)


class Embers:
    """The sparks of one picture."""

    def __init__(self, volume: Volume, rng: np.random.Generator) -> None:
        self._volume = volume
        depth = rng.uniform(0, 1, MOST) ** 1.5
        rise = (SLOW + (FAST - SLOW) * depth) * rng.uniform(0.6, 1.4, MOST)
        aside = rise * (float(rng.uniform(-0.35, 0.35)) + rng.normal(0, 0.3, MOST))
        self._sparks = swarm(rng, depth, (aside, -rise), volume.span, volume.reach, longest=3.6)
        self._speed = (aside, -rise)
        self._large = rng.lognormal(-0.1, 0.38, MOST)
        self._swirl = rng.uniform(0, 2 * np.pi, (4, MOST))
        self._restless = rng.integers(5, 12, MOST)

    def draw(self, out: Floats, gap: int, seen: Seen, state: State) -> None:
        there = self._volume.visible(self._sparks, gap, seen, state, state.air.embers)
        for colour, broad, strong in RINGS:
            self._volume.canvas.specks(out, self._ring(there, broad, strong), colour, opacity=0.25)

    def _ring(self, there: Visible, broad: float, strong: float) -> Specks:
        which = there.which
        (x, y), (along_x, along_y) = self._swirled(which, there.share)
        speed_x, speed_y = self._speed[0][which] + along_x, self._speed[1][which] + along_y
        blur = np.clip(there.depth - 0.75, 0, 1) / 0.25
        radius = (0.0016 + 0.0028 * there.depth + 0.008 * blur) * self._large[which] * there.unit
        drawn = np.maximum(radius, 0.75) * broad
        faint = np.minimum(1, radius / 0.75) ** 1.5 * strong * (1 - 0.75 * blur)
        return Specks(
            x=(there.x + x * there.unit).astype(np.float32),
            y=(there.y + y * there.unit).astype(np.float32),
            along=(drawn + np.hypot(speed_x, speed_y) * SHUTTER / 2 * there.unit).astype(np.float32),
            across=drawn.astype(np.float32),
            turn=np.arctan2(speed_y, speed_x).astype(np.float32),
            alpha=(faint * there.strength * self._heat(which, there.share)).astype(np.float32),
        )

    def _swirled(self, which: NDArray[np.intp], share: Floats) -> tuple[tuple[Wide, Wide], tuple[Wide, Wide]]:
        """Give how far the air's turbulence has carried each, and about how fast it does."""
        first, second, third, fourth = self._swirl[:, which]
        wide = 0.05 * (0.3 + share)
        x = wide * (np.sin(9 * share + first) + 0.5 * np.sin(23 * share + second))
        y = 0.6 * wide * (np.sin(8 * share + third) + 0.5 * np.sin(19 * share + fourth))
        fast_x = wide / 3 * (9 * np.cos(9 * share + first) + 11 * np.cos(23 * share + second))
        fast_y = 0.2 * wide * (8 * np.cos(8 * share + third) + 9 * np.cos(19 * share + fourth))
        return (x, y), (fast_x, fast_y)

    def _heat(self, which: NDArray[np.intp], share: Floats) -> Wide:
        """Twinkle, and cool towards the end."""
        twinkle = np.sin(2 * np.pi * self._restless[which] * share + self._swirl[0, which])
        return (0.7 + 0.3 * twinkle) * (1 - 0.6 * share * share)
