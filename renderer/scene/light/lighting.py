"""The light on a picture: what it is at a moment, worked out on a lattice from what the picture is known to show."""

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Bytes, Floats
from renderer.contract.direction import Reading
from renderer.scene.lattice import Lattice
from renderer.scene.light import flicker, passing
from renderer.scene.light.developing import Developer, Light
from renderer.scene.light.glow import Glow
from renderer.scene.light.lamplight import Lamplight
from renderer.scene.light.look import Look
from renderer.scene.motion.matter import Matter
from renderer.scene.seen import Seen, look_up
from renderer.scene.state import State

# What a setting of 1 means: shares of light, per channel where they are three.
CANDLE = (0.0, 0.09, 0.32)  # taken away by warmth
MOON = (0.30, 0.12, 0.0)  # and by its opposite
DUSK = 0.32  # taken by a brightness of -1 beside what its curve takes: a bright sky goes dark as well
NIGHT = (0.26, 0.13, 0.0)  # and by a night made of a day, besides
FULL_NIGHT = 0.35  # of darkness times cold: what "night" asks for
DAYLIGHT = (0.2, 0.4)  # mean luma of a picture in which it is night, or day
DARK_CORNER = 0.55  # taken from the farthest corner by a vignette
SHADE = (0.40, 0.365, 0.315)  # by a cloud's shadow: sky light is left, and that is blue
SUNLIT = 0.25  # of a cloud's shadow falls on the sky
BEAM = (0.30, 0.26, 0.17)  # added by a beam
BEAM_IN_AIR = (0.060, 0.050, 0.034)  # of white: what the air itself scatters of it
UNREST = (0.10, 0.125, 0.16)  # a flame's: its dips are red
OUT = (0.42, 0.36, 0.30)  # a tube's drop-out
HUM = 0.012

# What skin is spared of a grade.
SPARED_TINT = 0.62
SPARED_BRIGHTNESS = 0.16
SPARED_NIGHT = 0.3


class Lighting:
    """The light on one picture, for frames of a lattice."""

    def __init__(self, reading: Reading, matter: Matter, lattice: Lattice) -> None:
        self._side, self._sky = reading.light_from, matter.sky
        dark, bright = DAYLIGHT
        self._day = float(np.clip((reading.brightness - dark) / (bright - dark), 0, 1))
        self._skin = matter.skin if matter.skin.any() else None
        self._glow, self._lamps = Glow(reading, matter), Lamplight(reading, matter)
        self._corner = _corner_shade(lattice)
        self._developer = Developer(lattice)

    def shine(
        self,
        frame: Floats,  # [H, W, 4] premultiplied, whole; RGB to 255
        seen: Seen,
        state: State,
    ) -> Bytes:  # [H, W, 3], new
        """Show a frame in the light of the state. Neutral, it comes out rounded and otherwise as it is."""
        skin = None if self._skin is None else look_up(self._skin, seen.x, seen.y)
        night = self._day * _night(state.look)
        gain = self._gain(seen, state, skin, night)
        light = Light(gain=gain, added=self._added(frame, seen, state), skin=skin, night=night)
        return self._developer.develop(frame, light, state)

    def _gain(self, seen: Seen, state: State, skin: Floats | None, night: float) -> Floats:  # [3, h, w]
        """Multiply together what takes light away or gives more of it."""
        look = state.look
        gain = np.empty((3, *seen.x.shape), np.float32)
        gain[:] = _planes(_tint(look) * (1 - night * np.array(NIGHT)) * _unsteady(state))
        if skin is not None:
            _spare(gain, look, skin, night)
        if look.vignette:
            gain *= 1 - np.float32(DARK_CORNER * look.vignette) * self._corner
        if look.sweep:
            gain *= 1 + passing.beam(seen, self._side, state.passing) * _planes(look.sweep * np.array(BEAM))
        if look.shadow:
            ground = 1 - np.float32(1 - SUNLIT) * look_up(self._sky, seen.x, seen.y)
            shaded = ground * passing.cloud(seen, self._side, state.passing)
            gain *= 1 - shaded * _planes(look.shadow * np.array(SHADE))
        unrest = self._lamps.unrest(seen, state.clock) if state.life.flicker else None
        if unrest is not None:
            gain *= 1 + unrest * _planes(state.life.flicker * self._lamps.colour)
        return gain

    def _added(self, frame: Floats, seen: Seen, state: State) -> Floats | None:  # [3, h, w] of white
        """Add up what light lies over the picture."""
        look, added = state.look, None
        if look.glow:
            added = np.float32(look.glow) * np.stack(cv2.split(self._glow.spilled(frame, seen)))
        if look.sweep and 0 < state.passing < 1:
            veil = passing.beam(seen, self._side, state.passing) * _planes(look.sweep * np.array(BEAM_IN_AIR))
            added = veil if added is None else added + veil
        return added


def _tint(look: Look) -> NDArray[np.float64]:  # [3]
    """Take light away from what is not the tint, so that nothing clips; and from all at dusk."""
    tint = 1 - abs(look.warmth) * np.array(CANDLE if look.warmth > 0 else MOON)
    return tint * (1 - DUSK * max(0.0, -look.brightness))


def _night(look: Look) -> float:
    """Say how far a day is to be shown as a night: what is both darker and colder is moonlit."""
    return min(1.0, max(0.0, -look.brightness) * max(0.0, -look.warmth) / FULL_NIGHT)


def _unsteady(state: State) -> NDArray[np.float64]:  # [3]
    """Say what a flame and a faulty tube, out of view, make of the light."""
    look, clock = state.look, state.clock
    light = np.ones(3)
    if look.candle:
        light *= 1 + look.candle * flicker.flame(clock, phase=0.4) * np.array(UNREST)
    if look.neon:
        light *= 1 - look.neon * (flicker.drop_out(clock) * np.array(OUT) + HUM * flicker.buzz(clock))
    return light


def _spare(gain: Floats, look: Look, skin: Floats, night: float) -> None:
    """Hold a tint back where there is skin, and lift or lower it against the picture's brightness."""
    gain += np.float32(SPARED_TINT) * skin * (gain.mean(axis=0) - gain)
    gain *= 1 + np.float32(SPARED_NIGHT * night - SPARED_BRIGHTNESS * look.brightness) * skin


def _planes(values: NDArray[np.float64]) -> Floats:  # [3, 1, 1]
    return values.astype(np.float32)[:, None, None]


def _corner_shade(lattice: Lattice) -> Floats:  # [h, w], 0 in the middle to 1 in the corners
    y = lattice.y * lattice.half / (lattice.height / 2)
    x = lattice.x * lattice.half / (lattice.width / 2)
    shade = np.clip((np.sqrt((x * x + y * y) / 2) - 0.35) / 0.65, 0, 1)
    return (shade * shade * (3 - 2 * shade)).astype(np.float32)
