"""The bloom around lights: what is bright in the frame spills over its surroundings, most of all lamps and the sun."""

import cv2
import numpy as np

from renderer.arrays import Floats
from renderer.contract.direction import Reading
from renderer.scene.motion.matter import Matter
from renderer.scene.seen import Seen, look_up

FULL = 0.9  # of the spilled light, at a glow of 1
ANYTHING = 0.42  # share of what is bright but no lamp: a soft lens
# Spread as a share of the short side, and weight: a tight core, a halo, a veil.
SPREADS = ((0.018, 0.5), (0.06, 0.55), (0.17, 0.6))


class Glow:
    """The lights of one picture."""

    def __init__(self, reading: Reading, matter: Matter) -> None:
        self._lights = np.maximum(matter.lamps, _sun(reading, matter.lamps.shape))
        self._threshold = np.float32(min(215.0, 255 * (0.45 + 0.45 * reading.brightness)))

    def spilled(
        self,
        frame: Floats,  # [H, W, 4] premultiplied, whole
        seen: Seen,
    ) -> Floats:  # [h, w, 3] in [0, 1] of white
        """Say what light falls on each node besides its own, at a glow of 1."""
        height, width = seen.x.shape
        size = (width // 2, height // 2)
        small = _small(frame, size)
        lights = cv2.resize(look_up(self._lights, seen.x, seen.y), size, interpolation=cv2.INTER_LINEAR)
        luma = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.float32)
        over = np.clip((luma - self._threshold) / (255 - self._threshold), 0, 1)
        weight = over * (np.float32(ANYTHING) + np.float32(1 - ANYTHING) * lights)
        spread = _spread((small * (weight / 255)[..., None]).astype(np.float32))
        large = cv2.resize(spread, (width, height), interpolation=cv2.INTER_LINEAR)
        return np.minimum(np.float32(FULL) * np.asarray(large, np.float32), np.float32(0.8))


def _small(frame: Floats, size: tuple[int, int]) -> Floats:  # [h, w, 3]
    """Shrink so that small lights do not twinkle as they move; by halves first, which is several times as fast."""
    while frame.shape[0] >= 2 * size[1] and frame.shape[1] >= 2 * size[0]:
        half = (frame.shape[1] // 2, frame.shape[0] // 2)
        frame = np.asarray(cv2.resize(frame, half, interpolation=cv2.INTER_AREA), np.float32)
    return np.asarray(
        cv2.cvtColor(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGBA2RGB), np.float32
    )


def _spread(light: Floats) -> Floats:
    total = np.zeros_like(light)
    side = min(light.shape[:2])
    for share, weight in SPREADS:
        total += np.float32(weight) * _blurred(light, share * side)
    return total


def _blurred(light: Floats, sigma: float) -> Floats:
    """Blur at a size where it takes a few pixels only."""
    factor = max(1, int(sigma / 2))
    height, width = light.shape[:2]
    small = cv2.resize(light, (max(1, width // factor), max(1, height // factor)), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), sigma / factor, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.resize(soft, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)


def _sun(reading: Reading, shape: tuple[int, ...]) -> Floats:
    """Mark the sun where it is in view, with a soft rim."""
    height, width = shape
    if reading.sun is None:
        return np.zeros((height, width), np.float32)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    across = np.hypot(x - reading.sun[0] * (width - 1), y - reading.sun[1] * (height - 1)) / min(height, width)
    return np.clip(1.5 - across / 0.08, 0, 1).astype(np.float32)
