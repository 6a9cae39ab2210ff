"""The lamps in view flicker, each by itself, and their light with them on what is around."""

import cv2
import numpy as np

from renderer.arrays import Floats
from renderer.contract.direction import Lamp, Reading
from renderer.scene.light.flicker import flame
from renderer.scene.motion.clock import Clock
from renderer.scene.motion.matter import Matter
from renderer.scene.seen import Seen, look_up

DEPTH = 0.3  # of a flicker of 1, at the lamp
MOST = 8  # lamps that go their own way; the rest are small
SIDE = 96  # short side of the maps


class Lamplight:
    """The lamps of one picture, and where the light of each falls in the still."""

    def __init__(self, reading: Reading, matter: Matter) -> None:
        mask = _small(matter.lamps)
        lamps = reading.lamps[:MOST] if mask.any() else ()
        self._falls = [_falls(lamp, mask) for lamp in lamps] or ([mask] if mask.any() else [])
        warmth = [lamp.warmth for lamp in lamps]
        mean = float(np.mean(warmth)) if warmth else 0.6
        self.colour = np.array((1 + 0.15 * mean, 1, 1 - 0.35 * mean))  # how much each channel takes part

    def unrest(self, seen: Seen, clock: Clock) -> Floats | None:  # [h, w], about -DEPTH to DEPTH
        """Say by what share the light on each node is up or down; None where no lamp is in view."""
        if not self._falls:
            return None
        total = np.zeros_like(self._falls[0])
        for index, falls in enumerate(self._falls):
            total += np.float32(DEPTH * flame(clock, phase=0.9 + 2.4 * index)) * falls
        return look_up(total, seen.x, seen.y)


def _small(mask: Floats) -> Floats:
    height, width = mask.shape
    scale = min(1.0, SIDE / min(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_AREA), np.float32)


def _falls(lamp: Lamp, mask: Floats) -> Floats:  # [h, w] in [0, 1]
    """Draw the lamp itself and the pool of its light, which sinks with the square of the distance."""
    height, width = mask.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    away = np.hypot(x - lamp.x * (width - 1), y - lamp.y * (height - 1)) / np.float32(width)
    own = np.clip(2 - away / max(0.01, lamp.size), 0, 1) * mask
    reach = lamp.size / 2 + 0.06
    pool = 0.7 / (1 + (away / reach) ** 2) - 0.03
    return np.clip(np.maximum(own, pool), 0, 1).astype(np.float32)
