"""Mist: a veil that is thicker the farther and the lower one looks, in wisps that drift and change.

What rain and snow bring along of it is in the same veil: a frame is gone through once.
"""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Floats
from renderer.contract.direction import Reading
from renderer.scene.air.airlight import lit
from renderer.scene.air.nearby import Nearby
from renderer.scene.air.volume import Volume
from renderer.scene.motion.camera import Pose
from renderer.scene.motion.clock import Clock, travel
from renderer.scene.seen import Seen, look_up
from renderer.scene.state import State

THICK = 2.4  # optical depth from the lens to the farthest, at an amount of 1
BEFORE_LENS = 0.42  # most that wisps before everything cover
WITH_RAIN, WITH_SNOW = 0.34, 0.62  # rain and snow veil the distance as mist of so much of their amount does
# How bright it is in a picture that is dark, and bright; under a snow cloud a bright sky is a shade darker than flakes.
LEVELS, SNOWY = (26, 246), (30, 178)
COLD = (0.8, 0.95, 1.25)  # of mist at night
THIN = 0.45  # taken from it at night: what is not lit does not show
LEAST = 1 / 400  # of cover: less is not drawn
TILE = (192, 384)  # of the noise, height and width
LAP = (3.2, 6.4)  # what it covers, in half short sides: wisps lie flat
# Drift in half short sides a second, changes a second, size, share: wisps change while they drift.
FLOWS = ((0.075, 0.15, 1.0, 0.62), (0.15, 0.21, 0.43, 0.38))
COARSE = 4  # nodes of the lattice to one of the noise
BAND = 12  # nodes blended at once, while they are in the cache


class Mist:
    """The mist of one picture."""

    def __init__(self, volume: Volume, rng: np.random.Generator, reading: Reading | None, nearby: Nearby) -> None:
        self._volume, self._nearby = volume, nearby
        self._noise = _wisps(rng)
        self._wind = float(rng.choice((-1, 1)))
        lattice = volume.lattice
        cold = 1 + nearby.dark * (np.array(COLD) - 1)
        self._misty, self._snowy = (np.minimum(lit(reading, *levels, 0.5) * cold, 255) for levels in (LEVELS, SNOWY))
        height, width = BAND * lattice.step, lattice.width
        self._tint = np.ones((height, width, 4), np.float32)
        self._rest = np.empty((height, width), np.float32)
        whole = ((BAND + 2) * lattice.step, lattice.shape[1] * lattice.step)
        self._share, self._lamplit = np.empty(whole, np.float32), np.empty((*whole, 4), np.float32)

    def draw(self, out: Floats, gap: int, seen: Seen, state: State) -> None:
        veils: list[Floats] = []
        if gap == self._volume.behind:
            veils.append(self._distance(seen, state, effective(state)))
        if gap == self._volume.before and state.air.mist:
            veils.append(self._wisps_before(seen, state))
        if veils:
            cover = veils[0] if len(veils) == 1 else 1 - (1 - veils[0]) * (1 - veils[1])
            self._blend(out, cover, seen, state)

    def _distance(self, seen: Seen, state: State, amount: float) -> Floats:  # [h, w] what it covers
        span = self._volume.span
        away = np.clip((span.near - seen.offset) / (span.near - span.far), 0, 1)
        # What rain and snow bring along has no wisps, and hangs as high as they do.
        wispy = np.float32(min(1.0, state.air.mist / amount))
        low = 1 - np.float32(0.45) * wispy * (1 - _ramp(seen.y / self._volume.reach[1], -0.5, 0.6))
        thick = np.float32(0.4) + np.float32(1.2 * 0.5)
        if wispy:
            noise = self._drifting(state, (span.far + span.near) / 2)
            thick = thick + np.float32(1.2) * wispy * (noise - np.float32(0.5))
        clear = np.exp(np.float32(-self._strength() * THICK * amount) * away * away * low * thick)
        return np.asarray(1 - clear, np.float32)

    def _strength(self) -> float:
        return 1 - THIN * self._nearby.dark

    def _wisps_before(self, seen: Seen, state: State) -> Floats:
        noise = self._drifting(state, self._volume.span.near)
        low = _ramp(seen.y / self._volume.reach[1], -0.1, 1.0)
        return (np.float32(self._strength() * BEFORE_LENS * state.air.mist) * low * noise).astype(np.float32)

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
        # The noise is so smooth that every fourth node says all.
        whole = (total.shape[1] * COARSE, total.shape[0] * COARSE)
        return np.asarray(cv2.resize(total, whole, interpolation=cv2.INTER_LINEAR), np.float32)[:height, :width]

    def _look(self, pose: Pose, offset: float, size: float, place: tuple[float, float]) -> Floats:
        """Read the noise at every fourth node; it repeats."""
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

    def _blend(self, out: Floats, cover: Floats, seen: Seen, state: State) -> None:
        """Lay the veil's colour over the frame, a band of rows at a time."""
        lattice = self._volume.lattice
        colour = self._colour(state)
        self._tint[:] = (*colour, 1)
        glow = self._nearby.glow
        light = None if glow is None else self._lit(colour, glow, seen)
        for top in range(0, lattice.height, BAND * lattice.step):
            rows = slice(top, min(top + BAND * lattice.step, lattice.height))
            nodes = slice(rows.start // lattice.step, -(-rows.stop // lattice.step) + 2)
            if cover[nodes].max() < LEAST:
                continue
            share = self._enlarged(cover[nodes], rows, self._share)
            tint = self._tint[: rows.stop - rows.start]
            tint = tint if light is None else self._enlarged(light[nodes], rows, self._lamplit)
            rest = np.subtract(np.float32(1), share, out=self._rest[: rows.stop - rows.start])
            cv2.blendLinear(out[rows], tint, rest, share, dst=out[rows])

    def _colour(self, state: State) -> NDArray[np.float64]:  # [3]
        """Mix what is mist with what is snow cloud."""
        snowy, misty = WITH_SNOW * state.air.snow, state.air.mist + WITH_RAIN * state.air.rain
        return (snowy * self._snowy + misty * self._misty) / (snowy + misty)

    def _lit(self, colour: NDArray[np.float64], glow: Floats, seen: Seen) -> Floats:  # [h, w, 4]
        """Add the light of lamps in the dark to the veil's own colour."""
        light = look_up(glow, seen.x, seen.y)
        lit_up = [colour[index] + (1 - colour[index] / 255) * light[..., index] for index in range(3)]
        return np.asarray(cv2.merge([*(part.astype(np.float32) for part in lit_up), np.ones_like(seen.x)]), np.float32)

    def _enlarged(self, values: Floats, rows: slice, out: Floats) -> Floats:
        """Enlarge to a band as `Lattice.enlarged` does to the frame."""
        step = self._volume.lattice.step
        height, width = values.shape[0] * step, values.shape[1] * step
        large = cv2.resize(values, (width, height), dst=out[:height], interpolation=cv2.INTER_LINEAR)
        return np.asarray(large, np.float32)[step : step + rows.stop - rows.start, step : step + self._tint.shape[1]]


def effective(state: State) -> float:
    """Say how much mist there is, with what rain and snow bring along."""
    air = state.air
    return float(np.hypot(air.mist, max(WITH_RAIN * air.rain, WITH_SNOW * air.snow)))


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
