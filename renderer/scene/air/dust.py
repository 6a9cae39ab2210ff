"""Dust: motes that drift and twinkle, brightest in the light that falls in from its side."""

import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Floats, Mask
from renderer.contract.direction import Reading, Side
from renderer.scene.air.airlight import lit
from renderer.scene.air.splat import Specks
from renderer.scene.air.swarm import swarm
from renderer.scene.air.volume import Visible, Volume
from renderer.scene.seen import Seen
from renderer.scene.state import State

Wide = NDArray[np.float64]

MOST = 330
DRIFT = 0.035  # half short sides a second, far; near five times that
BEAM = 0.55  # half the breadth of the light that falls in
BESIDE = 0.3  # of a mote's light, outside the beam
# The beam's way, x and y: down from the side of the light.
FALLS = {
    Side.LEFT: (0.85, 0.53),
    Side.RIGHT: (-0.85, 0.53),
    Side.ABOVE: (0.3, 0.95),
    Side.BELOW: (0.3, -0.95),
}


class Dust:
    """The motes of one picture."""

    def __init__(self, volume: Volume, rng: np.random.Generator, reading: Reading | None) -> None:
        self._volume = volume
        self._side = reading.light_from if reading else None
        depth = rng.uniform(0, 1, MOST) ** 1.2
        fast = DRIFT * (1 + 4 * depth)
        speed = (fast * rng.normal(0.4, 1, MOST), fast * rng.normal(0.25, 1, MOST))
        self._motes = swarm(rng, depth, speed, volume.span, volume.reach, longest=5.5)
        self._large = rng.lognormal(0, 0.4, MOST)
        self._twinkle = (rng.integers(1, 4, MOST), rng.uniform(0, 2 * np.pi, MOST))
        self._colour = lit(reading, 190, 255, 0.5) * np.array((1.0, 0.96, 0.86), np.float32)

    def draw(self, out: Floats, gap: int, seen: Seen, state: State) -> None:
        there = self._volume.visible(self._motes, gap, seen, state, state.air.dust)
        near = there.depth > 0.7
        for group, disc in ((~near, False), (near, True)):
            self._volume.canvas.specks(out, self._specks(there, group, disc=disc), self._colour, opacity=0.3)

    def _specks(self, there: Visible, group: Mask, *, disc: bool) -> Specks:
        which, depth, unit = there.which[group], there.depth[group], there.unit[group]
        times, phase = (part[which] for part in self._twinkle)
        turning = 0.62 + 0.38 * np.sin(2 * np.pi * times * there.share[group] + phase)
        blur = np.clip(depth - 0.55, 0, 1) / 0.45
        radius = (0.002 + 0.0018 * depth + 0.02 * blur**1.6) * self._large[which] * unit
        faint = np.minimum(1, radius / 0.8) ** 2 * (1.0 - 0.78 * np.sqrt(blur))
        drawn = np.maximum(radius, 0.8).astype(np.float32)
        alpha = faint * turning * there.strength[group] * self._in_beam(there.x[group], there.y[group])
        return Specks(
            x=there.x[group],
            y=there.y[group],
            along=drawn,
            across=drawn,
            alpha=alpha.astype(np.float32),
            disc=disc,
        )

    def _in_beam(self, x: Floats, y: Floats) -> Wide:
        """Say how much light falls on each."""
        if self._side is None:
            return np.full(x.size, 0.75)
        lattice = self._volume.lattice
        right, down = FALLS[self._side]
        across = down * (x - lattice.width / 2) / lattice.half - right * (y - lattice.height / 2) / lattice.half
        return BESIDE + (1 - BESIDE) * np.exp(-((across / BEAM) ** 2)).astype(np.float64)
