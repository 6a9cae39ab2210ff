"""Film grain: a noise that is another in every frame, and the same in the same frame."""

import hashlib
import struct

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.scene.light import tone
from renderer.scene.motion.clock import Clock
from renderer.scene.state import State

Counts = NDArray[np.uint16]

STRENGTH = 7.0  # levels of a midtone that a full grain spreads by
COLOURED = 0.35  # how far each channel goes its own way
MARGIN = 192  # pixels, within which each frame takes its piece of the noise
TILE = 512  # pixels
SEED = 20
_MIDDLE = 32768
_UNIT = 6000  # of the stored noise, for one standard deviation


class Grain:
    """The noise for frames of `height, width`, made once."""

    def __init__(self, height: int, width: int) -> None:
        self._size = (height, width)
        self._noise = _noise(height + MARGIN, width + MARGIN, size=min(height, width) / 720)

    def piece(self, state: State) -> Counts:  # [H, W, 3]
        """Choose the noise of the state's time."""
        height, width = self._size
        y, x = _corner(state)
        return self._noise[y : y + height, x : x + width]

    def add(self, shades: Counts, piece: Counts, amount: float) -> None:
        """Lay noise over rows of a frame, on the scale of `tone.to_shades`."""
        scale = amount * STRENGTH * tone.shades_per_level() / _UNIT
        cv2.addWeighted(shades, 1, piece, scale, -scale * _MIDDLE, dst=shades)


def _noise(height: int, width: int, size: float) -> Counts:  # [height, width, 3]
    """Draw grains about a pixel wide at 720 lines, in a tile that repeats without a seam."""
    rng = np.random.default_rng(SEED)
    common = rng.standard_normal((TILE, TILE, 1), np.float32)
    own = rng.standard_normal((TILE, TILE, 3), np.float32)
    mixed = np.pad(common + np.float32(COLOURED) * own, ((8, 8), (8, 8), (0, 0)), mode="wrap")
    soft = np.asarray(cv2.GaussianBlur(mixed, (0, 0), max(0.35, 0.62 * size)), np.float32)[8:-8, 8:-8]
    tile = np.clip(_MIDDLE + _UNIT * soft / soft.std(), 0, 65535).astype(np.uint16)
    repeats = (-(-height // TILE), -(-width // TILE), 1)
    return np.ascontiguousarray(np.tile(tile, repeats)[:height, :width])


def _corner(state: State) -> tuple[int, int]:
    """Choose the piece by the time alone, so that a frame has its grain however it is reached."""
    digest = hashlib.blake2b(_moment(state.clock, state.passing), digest_size=8).digest()
    return digest[0] % MARGIN, digest[1] % MARGIN


def _moment(clock: Clock, passing: float) -> bytes:
    around = clock.around % clock.period if clock.period else 0.0
    return struct.pack("3q", *(round(1e5 * time) for time in (clock.story, around, passing % 1.0)))
