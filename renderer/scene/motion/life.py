"""What moves by itself in a layer: where, and how far from its place in the still, at any time.

Everything is a sum of swings `sin(rate time + phase) - sin(phase)` whose phase differs from place to place, so that
waves travel. Taken apart into `cos(phase) sin(rate time) + sin(phase) (cos(rate time) - 1)` a swing is two fixed fields
and two numbers a frame; at the still both numbers are 0. Clouds, which go somewhere and do not come back, drift in two
copies that start anew by turns, each while the other is in view.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from renderer.arrays import Floats
from renderer.contract.direction import Life
from renderer.scene.motion.clock import Clock, swing, swung, travel
from renderer.scene.motion.pacing import smooth

COPIES = 2  # of what drifts
LAP = 8.0  # seconds for which a copy of the clouds drifts before it starts anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """One swing, each place with its own phase and reach. Fields are [h, w, 2], x and y, in half short sides."""

    kind: str  # the field of `Life` that says how much of it there is
    rate: float  # swings a second
    ahead: Floats  # reach times the phase's cosine
    aside: Floats  # reach times the phase's sine


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """One of the copies of what flows: how far it has come, and how much of it shows."""

    seconds: float  # since it was in its place in the still; below 0 before it gets there
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Living:
    """All that moves by itself in one layer. Fields cover the whole still at one small size."""

    waves: tuple[Wave, ...] = ()
    stream: Floats | None = None  # [h, w, 2] half short sides a second, where clouds drift

    def swayed(self, life: Life, clock: Clock) -> Floats | None:  # [h, w, 2] half short sides
        """Say where each place is read from, less the place itself. None: nothing moves."""
        total: Floats | None = None
        for wave in self.waves:
            amount = getattr(life, wave.kind)
            if not amount:
                continue
            total = np.zeros_like(wave.ahead) if total is None else total
            cv2.scaleAdd(wave.ahead, amount * swing(clock, wave.rate), total, dst=total)
            cv2.scaleAdd(wave.aside, amount * swung(clock, wave.rate, np.pi / 2), total, dst=total)
        return total


def drifts(clock: Clock, lap: float = LAP) -> tuple[Drift, ...]:
    """Say how far the copies have come: each fades in, passes its place in the still in full view, and fades out.

    At the still there is one, in its place. In a loop a lap is as long as fits in whole numbers.
    """
    turns = travel(clock, 1 / lap, 1.0)
    seconds = lap if not clock.period else clock.period / max(1, round(clock.period / lap))
    found: list[Drift] = []
    for copy in range(COPIES):
        phase = (turns + copy / COPIES + 0.5) % 1 - 0.5
        share = smooth(1 - 2 * abs(phase))
        if share > 0:
            found.append(Drift(seconds=seconds * phase, share=share))
    return tuple(found)
