"""Rain: thin streaks as long as a shutter makes them, in gusts."""

import numpy as np

from renderer.arrays import Floats
from renderer.contract.direction import Reading
from renderer.scene.air.airlight import lit
from renderer.scene.air.nearby import Nearby
from renderer.scene.air.splat import Streaks
from renderer.scene.air.swarm import swarm
from renderer.scene.air.volume import Visible, Volume
from renderer.scene.motion.clock import swing
from renderer.scene.seen import Seen, look_up
from renderer.scene.state import State

MOST = 1000
SHUTTER = 1 / 38  # seconds, of a film camera
SLOW, FAST = 2.6, 8.5  # half short sides a second, far and near
UNLIT = 0.62  # of a drop's light, missing at night away from lamps
REFRACTED = 0.3  # a drop shows the sky, upside down: the more the darker what is behind it


class Rain:
    """The drops of one picture."""

    def __init__(self, volume: Volume, rng: np.random.Generator, reading: Reading | None, nearby: Nearby) -> None:
        self._volume, self._nearby = volume, nearby
        depth = rng.uniform(0, 1, MOST) ** 1.4
        fall = SLOW + (FAST - SLOW) * depth * rng.uniform(0.9, 1.1, MOST)
        self._slope = float(rng.choice((-1, 1)) * rng.uniform(0.05, 0.17)) + rng.normal(0, 0.008, MOST)
        self._drops = swarm(rng, depth, (fall * self._slope, fall), volume.span, volume.reach)
        self._tall = fall * SHUTTER
        self._glint = rng.uniform(0.55, 1.0, MOST)
        self._colour = lit(reading, 150, 236, 0.35)

    def draw(self, out: Floats, gap: int, seen: Seen, state: State) -> None:
        there = self._volume.visible(self._drops, gap, seen, state, state.air.rain)
        fine = self._volume.fine
        across = (0.42 + 0.95 * there.depth**2) * fine
        # A line thinner than a pixel is a fainter line.
        thin = np.minimum(1, across / 0.75)
        gust = 0.8 + 0.2 * np.sin(2.2 * there.x / self._volume.lattice.half + 2.5 * swing(state.clock, 0.23))
        near = 1 - 0.6 * np.clip(there.depth - 0.55, 0, 1) / 0.45  # out of focus
        faint = 0.85 * there.strength * thin * gust * near * self._glint[there.which].astype(np.float32)
        lamps = self._lamps(seen, there)
        faint *= 1 - UNLIT * self._nearby.dark * (1 - lamps)
        streaks = self._streaks(there, across, faint.astype(np.float32))
        self._volume.canvas.streaks(out, streaks, self._colour, opacity=1 - REFRACTED)

    def _lamps(self, seen: Seen, there: Visible) -> Floats:  # [n] in [0, 1]
        """Say how far each drop is in the light of a lamp at night."""
        if self._nearby.glow is None:
            return np.zeros_like(there.x)
        light = look_up(self._nearby.glow.max(axis=-1), seen.x, seen.y)
        return np.minimum(1, self._volume.read(light, there) / np.float32(110))

    def _streaks(self, there: Visible, across: Floats, faint: Floats) -> Streaks:
        return Streaks(
            x=there.x,
            y=there.y,
            tall=np.maximum(5, self._tall[there.which] * there.unit).astype(np.float32),
            slope=self._slope[there.which].astype(np.float32),
            across=np.maximum(across, 0.75).astype(np.float32),
            alpha=faint,
        )
