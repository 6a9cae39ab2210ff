"""Bokeh: lights so far out of focus that they are discs, soft and slow."""

import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Floats
from renderer.contract.direction import Reading
from renderer.scene.air.nearby import Nearby
from renderer.scene.air.sprites import lay, mips
from renderer.scene.air.swarm import swarm
from renderer.scene.air.volume import Visible, Volume
from renderer.scene.seen import Seen, look_up
from renderer.scene.state import State

MOST = 84
DEEPEST = 0.4  # 0 = far, 1 = near
DRIFT = 0.03  # half short sides a second
SIDE = 128  # pixels of a drawn disc
FEWER = 0.55  # of them are left out where all of the picture is dark and none is held back
LEAST = 0.03  # of a disc's strength: less is not drawn
LIGHT = 112.0  # levels a disc adds, at its strongest
ON_BRIGHT = 0.04  # of a disc's strength, where the picture is bright
COVERED = 0.55  # of as much of what is behind
WARM = ((255, 205, 140), (255, 178, 100), (255, 226, 190), (250, 150, 96))


class Bokeh:
    """The discs of one picture."""

    def __init__(self, volume: Volume, rng: np.random.Generator, reading: Reading | None, nearby: Nearby) -> None:
        self._volume, self._nearby = volume, nearby
        # Far ones would only show before the sky, where it is bright.
        depth = rng.uniform(DEEPEST, 1, MOST)
        drift = DRIFT * (0.5 + depth)
        speed = (drift * rng.normal(0, 1.6, MOST), drift * rng.normal(-0.5, 1, MOST))
        self._discs = swarm(rng, depth, speed, volume.span, volume.reach, longest=7.0)
        self._large = rng.uniform(0.07, 0.15, MOST)
        self._bright = rng.uniform(0.45, 1.0, MOST)
        self._pulse = (rng.integers(1, 3, MOST), rng.uniform(0, 2 * np.pi, MOST))
        self._wanted = 1 - FEWER * float(np.clip((0.5 - float(nearby.bright.mean())) / 0.3, 0, 1))
        colours = _colours(reading)
        self._kind = rng.integers(0, len(colours), MOST)
        self._sprites = [mips(_disc(colour)) for colour in colours]

    def draw(self, out: Floats, gap: int, seen: Seen, state: State) -> None:
        there = self._volume.visible(self._discs, gap, seen, state, state.air.bokeh * self._wanted)
        # On what is bright a light does not show, and would only make it paler.
        bright = self._volume.read(look_up(self._nearby.bright, seen.x, seen.y), there)
        held = 1 - (1 - ON_BRIGHT) * np.clip((bright - 0.4) / 0.4, 0, 1)
        for index in range(there.which.size):
            self._lay(out, there, index, float(held[index]))

    def _lay(self, out: Floats, there: Visible, index: int, held: float) -> None:
        which = there.which[index]
        times, phase = (part[which] for part in self._pulse)
        pulse = 0.75 + 0.25 * np.sin(2 * np.pi * times * there.share[index] + phase)
        radius = float(self._large[which] * (0.7 + 0.6 * there.depth[index]) * there.unit[index])
        strength = float(there.strength[index] * self._bright[which] * pulse) * held
        if strength < LEAST:
            return
        place = (float(there.x[index]), float(there.y[index]))
        lay(out, self._sprites[self._kind[which]], place, ((radius, 0.0), (0.0, radius)), (strength, strength))


def _colours(reading: Reading | None) -> list[tuple[float, float, float]]:
    """Mix warm lights with the picture's own colours, made bright."""
    own = [] if reading is None else [_rgb(colour) for colour in reading.palette[:2]]
    bright = [colour * (255 / max(60.0, float(colour.max()))) for colour in own]
    lean = [0.6 * np.array(WARM[0]) + 0.4 * colour for colour in bright]
    return [*WARM, *(tuple(np.minimum(colour, 255).tolist()) for colour in lean)]


def _rgb(colour: str) -> NDArray[np.float64]:
    return np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)], np.float64)


def _disc(colour: tuple[float, float, float]) -> Floats:  # [SIDE, SIDE, 4] premultiplied
    """Draw a disc with a soft rim that is a little brighter than its middle, as lenses draw it.

    It covers some of what it adds to, so that on a bright sky it does not burn out.
    """
    y, x = (np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) - (SIDE - 1) / 2) / (SIDE / 2)
    away = np.hypot(x, y)
    disc = np.clip((0.95 - away) / 0.13, 0, 1)
    disc = disc * disc * (3 - 2 * disc) * (0.72 + 0.28 * np.clip(away / 0.85, 0, 1) ** 4)
    light = disc[..., None] * np.array(colour, np.float32) * np.float32(LIGHT / 255)
    return np.concatenate([light, disc[..., None] * np.float32(COVERED * LIGHT / 255)], axis=-1).astype(np.float32)
