"""Petals: a few that tumble as they fall, seen now flat, now on edge."""

import cv2
import numpy as np

from renderer.arrays import Floats
from renderer.contract.direction import Reading
from renderer.scene.air.airlight import lit, reddish
from renderer.scene.air.sprites import lay, mips
from renderer.scene.air.swarm import swarm
from renderer.scene.air.volume import Visible, Volume
from renderer.scene.seen import Seen
from renderer.scene.state import State

MOST = 72
SLOW, FAST = 0.2, 0.6  # half short sides a second, far and near
SIDE = 128  # pixels of the drawn sprite
ROSE = (246.0, 196.0, 208.0)  # of cherry blossom
UNDERSIDE = 0.84  # of the light of the upper
EDGEWISE = 0.16  # of the breadth: a petal is bowed
BLURS = (0.0, 0.035, 0.09)  # of the sprite, for what is farther and farther from the focus


class Petals:
    """The petals of one picture."""

    def __init__(self, volume: Volume, rng: np.random.Generator, reading: Reading | None) -> None:
        self._volume = volume
        depth = rng.uniform(0, 1, MOST) ** 1.05
        fall = (SLOW + (FAST - SLOW) * depth) * rng.uniform(0.75, 1.25, MOST)
        wind = float(rng.choice((-1, 1)) * rng.uniform(0.3, 0.7))
        aside = fall * (wind + rng.normal(0, 0.2, MOST))
        self._things = swarm(rng, depth, (aside, fall), volume.span, volume.reach, longest=7.0)
        self._large = rng.uniform(0.75, 1.25, MOST)
        self._slim = rng.uniform(0.62, 0.9, MOST)
        self._turns = rng.integers(1, 4, (2, MOST)) * rng.choice((-1, 1), (2, MOST))
        self._phase = rng.uniform(0, 2 * np.pi, (3, MOST))
        light = lit(reading, 190, 262, 0.15) / np.float32(255)
        colour = (reddish(reading, ROSE) * light).astype(np.float32)
        self._sprites = [mips(_petal(colour, blur)) for blur in BLURS]

    def draw(self, out: Floats, gap: int, seen: Seen, state: State) -> None:
        there = self._volume.visible(self._things, gap, seen, state, state.air.petals)
        for index in np.argsort(there.depth, kind="stable"):  # far ones first
            self._lay(out, there, int(index))

    def _lay(self, out: Floats, there: Visible, index: int) -> None:
        which, depth, unit = there.which[index], float(there.depth[index]), float(there.unit[index])
        life = 2 * np.pi * float(there.share[index])
        spin, tumble, sway = self._phase[:, which]
        turn = spin + 0.5 * self._turns[0, which] * life
        flip = np.cos(tumble + self._turns[1, which] * life)
        # It slips to the side on which it is not held up, as it tumbles.
        aside = (0.03 + 0.05 * depth) * np.sin(sway + self._turns[1, which] * life) * unit
        long = (0.026 + 0.06 * depth**1.4) * self._large[which] * unit
        broad = long * self._slim[which] * max(EDGEWISE, abs(flip))
        axes = (
            (float(np.cos(turn) * long), float(np.sin(turn) * long)),
            (float(-np.sin(turn) * broad), float(np.cos(turn) * broad)),
        )
        blur = 2 if depth > 0.85 else 1 if depth > 0.66 else 0
        shade = (1.0 if flip > 0 else UNDERSIDE) * (0.82 + 0.18 * abs(flip))
        alpha = float(there.strength[index]) * (0.95 - 0.3 * max(0.0, depth - 0.6) / 0.4)
        place = (float(there.x[index] + aside), float(there.y[index]))
        lay(out, self._sprites[blur], place, axes, (shade * alpha, alpha))


def _petal(colour: Floats, blur: float) -> Floats:  # [SIDE, SIDE, 4] premultiplied
    """Draw one from above: broad at the notched tip, narrow at the foot, paler to the rim, bowed in the light."""
    y, x = (np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) - (SIDE - 1) / 2) / (SIDE / 2)
    along = np.clip((x + 0.72) / 1.44, 0, 1)  # 0 = foot, 1 = tip
    half = 0.66 * np.maximum(np.sin(np.pi * along**0.72), 0) ** 0.75
    notch = 0.16 * np.exp(-((y / 0.13) ** 2))
    inside = np.minimum((half - np.abs(y)) / 0.05, (0.72 - notch - x) / 0.05)
    alpha = np.clip(inside + 0.5, 0, 1) * (np.abs(x) < 0.75) * 0.96
    bowed = 0.9 + 0.12 * np.cos(2.2 * y + 0.5) + 0.05 * (along - 0.5)
    vein = 1 - 0.05 * np.exp(-((y / 0.03) ** 2)) * (1 - along)
    foot = (1 - along[..., None]) ** 2 * np.array((0.03, 0.2, 0.14), np.float32)  # darker and redder
    rgb = np.clip(colour * (bowed * vein)[..., None] * (1 - foot), 0, 255)
    whole = np.concatenate([rgb * alpha[..., None], alpha[..., None]], axis=-1).astype(np.float32)
    return whole if not blur else np.asarray(cv2.GaussianBlur(whole, (0, 0), blur * SIDE), np.float32)
