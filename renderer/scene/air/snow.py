"""Snow: flakes that sway as they fall, the near ones large and out of focus."""

import numpy as np

from renderer.arrays import Floats, Mask
from renderer.contract.direction import Reading
from renderer.scene.air.airlight import lit
from renderer.scene.air.nearby import Nearby
from renderer.scene.air.splat import Specks
from renderer.scene.air.swarm import swarm
from renderer.scene.air.volume import Visible, Volume
from renderer.scene.seen import Seen
from renderer.scene.state import State

MOST = 1100
SOON = 0.75  # power of the amount: half of it is already a snowfall
SHUTTER = 1 / 48  # seconds
SLOW, FAST = 0.16, 0.95  # half short sides a second, far and near
BLURRED = 0.76  # of the depth: what is nearer is out of focus


class Snow:
    """The flakes of one picture."""

    def __init__(self, volume: Volume, rng: np.random.Generator, reading: Reading | None, nearby: Nearby) -> None:
        self._volume, self._nearby = volume, nearby
        depth = rng.uniform(0, 1, MOST) ** 1.5
        fall = (SLOW + (FAST - SLOW) * depth) * rng.uniform(0.75, 1.25, MOST)
        wind = float(rng.choice((-1, 1)) * rng.uniform(0.12, 0.4))
        aside = fall * (wind + rng.normal(0, 0.12, MOST))
        self._flakes = swarm(rng, depth, (aside, fall), volume.span, volume.reach)
        self._speed = fall
        self._large = rng.lognormal(0, 0.28, MOST)
        self._sway = (rng.uniform(0, 2 * np.pi, MOST), rng.integers(1, 4, MOST), rng.uniform(0.3, 1.0, MOST))
        self._colour = lit(reading, 176, 253, 0.2)

    def draw(self, out: Floats, gap: int, seen: Seen, state: State) -> None:
        there = self._volume.visible(self._flakes, gap, seen, state, state.air.snow**SOON)
        near = there.depth > BLURRED
        for group, disc in ((~near, False), (near, True)):
            self._volume.canvas.specks(out, self._specks(there, group, disc=disc), self._colour)

    def _specks(self, there: Visible, group: Mask, *, disc: bool) -> Specks:
        which, unit, depth = there.which[group], there.unit[group], there.depth[group]
        phase, swings, wide = (part[which] for part in self._sway)
        turns = 2 * np.pi * swings * there.share[group] + phase
        aside = (0.012 + 0.06 * depth) * wide * np.sin(turns) * unit
        blur = np.clip(depth - BLURRED, 0, 1) / (1 - BLURRED)
        across = (0.0027 + 0.0074 * depth + 0.024 * blur**1.5) * self._large[which] * unit
        # Smaller than a pixel is fainter; spread by the lens is, too.
        faint = np.minimum(1, across / 0.8) ** 2 * (0.74 + 0.22 * depth) * (1 - 0.66 * np.sqrt(blur))
        drawn = np.maximum(across, 0.8)
        return Specks(
            x=(there.x[group] + aside).astype(np.float32),
            y=there.y[group],
            along=(drawn + self._speed[which] * SHUTTER / 3 * unit).astype(np.float32),
            across=drawn.astype(np.float32),
            alpha=(there.strength[group] * faint).astype(np.float32),
            disc=disc,
        )
