"""Mist: a veil that is thicker the farther and the lower one looks, in wisps that drift and change."""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.direction import Reading
from renderer.scene.airlight import lit
from renderer.scene.camera import Pose
from renderer.scene.clock import Clock, travel
from renderer.scene.seen import Seen
from renderer.scene.state import State
from renderer.scene.volume import Volume

Floats = NDArray[np.float32]

THICK = 2.4  # optical depth from the lens to the farthest, at an amount of 1
BEFORE_LENS = 0.42  # most that wisps before everything cover
WITH_RAIN, WITH_SNOW = 0.34, 0.24  # rain and snow veil the distance as mist of so much of their amount does
TILE = (192, 384)  # of the noise, height and width
LAP = (3.2, 6.4)  # what it covers, in half short sides: wisps lie flat
# Drift in half short sides a second, changes a second, size, share: wisps change while they drift.
FLOWS = ((0.075, 0.15, 1.0, 0.62), (0.15, 0.21, 0.43, 0.38))
COARSE = 2  # nodes of the lattice to one of the noise
BAND = 64  # rows blended at once, while they are in the cache


class Mist:
    """The mist of one picture. It needs two gaps at most: behind the nearest layer, and before all."""

    def __init__(self, volume: Volume, rng: np.random.Generator, reading: Reading | None) -> None:
        self._volume = volume
        self._noise = _wisps(rng)
        self._wind = float(rng.choice((-1, 1)))
        lattice = volume.lattice
        last = volume.levels.size - 1
        self._behind, self._before = max(0, last - 1), last
        tint = np.append(lit(reading, 108, 244, 0.5), 1).astype(np.float32)
        self._tint = np.ascontiguousarray(np.broadcast_to(tint, (BAND, lattice.width, 4)))
        self._share, self._rest = lattice.buffer(), lattice.buffer()

    def draw(self, out: Floats, gap: int, seen: Seen, state: State) -> None:
        amount = effective(state)
        if gap == self._behind:
            self._blend(out, self._distance(seen, state, amount))
        if gap == self._before and state.air.mist:
            self._blend(out, self._wisps_before(seen, state))

    def _distance(self, seen: Seen, state: State, amount: float) -> Floats:  # [h, w] what it covers
        span = self._volume.span
        away = np.clip((span.near - seen.offset) / (span.near - span.far), 0, 1)
        low = 0.55 + 0.45 * _ramp(seen.y / self._volume.reach[1], -0.5, 0.6)
        # What rain and snow bring along has no wisps.
        wispy = state.air.mist / amount
        noise = np.float32(0.5)
        if wispy:
            noise += np.float32(wispy) * (self._drifting(state, (span.far + span.near) / 2) - noise)
        clear = np.exp(-np.float32(THICK * amount) * away * away * low * (np.float32(0.4) + np.float32(1.2) * noise))
        return (1 - clear).astype(np.float32)

    def _wisps_before(self, seen: Seen, state: State) -> Floats:
        noise = self._drifting(state, self._volume.span.near)
        low = _ramp(seen.y / self._volume.reach[1], -0.1, 1.0)
        return (np.float32(BEFORE_LENS * state.air.mist) * low * noise).astype(np.float32)

    def _drifting(self, state: State, offset: float) -> Floats:  # [h, w] in [0, 1]
        """Look up the wisps, as seen by the camera at a depth.

        Each flow is two that fade into each other, so that none is ever carried far, and a loop need not be a lap long.
        """
        height, width = self._volume.lattice.shape
        total = np.zeros((-(-height // COARSE), -(-width // COARSE)), np.float32)
        for drift, rate, size, share in FLOWS:
            for half in (0.25, 0.75):
                life, gone = _cycle(state.clock, rate, half)
                weight = np.sin(np.pi * gone) ** 2
                shift = self._wind * drift * (gone - 0.5) / rate
                place = (shift + 2.39 * life + 1.7 * half, 1.31 * life + 0.9 * half)
                total += np.float32(share * weight) * self._look(state.pose, offset, size, place)
        # The noise is so smooth that every other node says all.
        whole = (total.shape[1] * COARSE, total.shape[0] * COARSE)
        return np.asarray(cv2.resize(total, whole, interpolation=cv2.INTER_LINEAR), np.float32)[:height, :width]

    def _look(self, pose: Pose, offset: float, size: float, place: tuple[float, float]) -> Floats:
        """Read the noise at every other node; it repeats."""
        lattice = self._volume.lattice
        zoom, step = pose.scale - pose.dolly * offset, COARSE * lattice.step / lattice.half
        left, top = float(lattice.x[0, 0]), float(lattice.y[0, 0])
        x = zoom * left - pose.roll * top + pose.shift_x + pose.slide_x * offset - place[0]
        y = zoom * top + pose.roll * left + pose.shift_y + pose.slide_y * offset - place[1]
        across, down = TILE[1] / (LAP[1] * size), TILE[0] / (LAP[0] * size)
        matrix = np.array(
            (
                (zoom * step * across, -pose.roll * step * across, x * across % TILE[1]),
                (pose.roll * step * down, zoom * step * down, y * down % TILE[0]),
            )
        )
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        height, width = (-(-side // COARSE) for side in lattice.shape)
        read = cv2.warpAffine(self._noise, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_WRAP)
        return np.asarray(read, np.float32)

    def _blend(self, out: Floats, cover: Floats) -> None:
        """Lay the mist's colour over the frame."""
        lattice = self._volume.lattice
        share = lattice.enlarged(cover, self._share)
        rest = lattice.enlarged(1 - cover, self._rest)
        first = int(np.argmax(cover.any(axis=1))) - 2  # node from which on there is any
        for top in range(max(0, first * lattice.step // BAND * BAND), lattice.height, BAND):
            rows = slice(top, min(top + BAND, lattice.height))
            tint = self._tint[: rows.stop - rows.start]
            cv2.blendLinear(out[rows], tint, rest[rows], share[rows], dst=out[rows])


def effective(state: State) -> float:
    """Say how much mist there is, with what rain and snow bring along."""
    air = state.air
    return max(air.mist, WITH_RAIN * air.rain, WITH_SNOW * air.snow)


def _cycle(clock: Clock, rate: float, ahead: float) -> tuple[int, float]:
    """Give the how manieth of a flow's lives it is, and how far gone. A loop is whole lives: at its end the first."""
    still = math.floor(clock.story * rate + ahead)
    gone = travel(clock, rate, 1.0) + ahead
    life = math.floor(gone)
    if clock.period:
        lives = max(1, round(rate * clock.period))
        return still + (life - still) % lives, gone - life
    return life, gone - life


def _wisps(rng: np.random.Generator) -> Floats:  # TILE, in [0, 1]
    """Draw a noise that repeats seamlessly: large shapes strong, small ones weak."""
    height, width = TILE
    y, x = np.fft.fftfreq(height)[:, None] * height, np.fft.rfftfreq(width)[None] * width
    power = 1 / (1.5 + np.hypot(y, x / 1.6)) ** 1.9
    power[0, 0] = 0
    phase = np.exp(2j * np.pi * rng.uniform(0, 1, power.shape))
    noise = np.fft.irfft2(power * phase, s=TILE)
    low, high = np.percentile(noise, (8, 97))
    place = np.clip((noise - low) / (high - low), 0, 1)
    return (place * place * (3 - 2 * place)).astype(np.float32)


def _ramp(values: Floats, low: float, high: float) -> Floats:
    place = np.clip((values - np.float32(low)) / np.float32(high - low), 0, 1)
    return (place * place * (3 - 2 * place)).astype(np.float32)
