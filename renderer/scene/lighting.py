"""From a composed frame to the bytes of a film frame: exposure, light that moves, colour, grain."""

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.direction import Reading
from renderer.scene import flicker, passing, tone
from renderer.scene.glow import Glow
from renderer.scene.grain import Grain
from renderer.scene.lamplight import Lamps
from renderer.scene.lattice import Lattice
from renderer.scene.light import Look
from renderer.scene.matter import Matter
from renderer.scene.seen import Seen, look_up
from renderer.scene.state import State

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Counts = NDArray[np.uint16]

# What a setting of 1 means: shares of light, per channel where they are three.
CANDLE = (0.0, 0.09, 0.32)  # taken away by warmth
MOON = (0.30, 0.12, 0.0)  # and by its opposite
VIVID = 0.6  # more colour
DARK_CORNER = 0.55  # taken from the farthest corner by a vignette
SHADE = np.array((0.40, 0.365, 0.315), np.float32)  # by a cloud's shadow: sky light is left, and that is blue
BEAM = np.array((0.30, 0.26, 0.17), np.float32)  # added by a beam
BEAM_IN_AIR = np.array((0.060, 0.050, 0.034), np.float32)  # of white: what the air itself scatters of it
UNREST = (0.10, 0.125, 0.16)  # a flame's: its dips are red
OUT = (0.42, 0.36, 0.30)  # a tube's drop-out
HUM = 0.012

# What skin is spared of a grade.
SPARED_TINT = 0.62
SPARED_COLOUR = 0.5  # less the greyer the picture gets: a face in colour on grey is a trick
SPARED_DARK = 0.16


class Lighting:
    """The light on one picture. Buffers are made once: fresh ones of this size cost more than the arithmetic."""

    def __init__(self, reading: Reading, matter: Matter, lattice: Lattice) -> None:
        self._side, self._lattice = reading.light_from, lattice
        self._skin = matter.skin if matter.skin.any() else None
        self._sky = matter.sky
        self._glow, self._lamps = Glow(reading, matter), Lamps(reading, matter)
        self._grain = Grain(lattice.height, lattice.width)
        self._corner = _corner_shade(lattice)
        self._gain, self._added = lattice.buffer(4), lattice.buffer(4)
        height, width = lattice.height, lattice.width
        self._exposed = np.empty((height, width, 4), np.float32)
        self._light = np.empty((height, width, 4), np.uint16)
        self._colour, self._grey = np.empty((2, height, width, 3), np.uint16)

    def shine(
        self,
        frame: Floats,  # [H, W, 4] premultiplied, whole; RGB to 255
        seen: Seen,
        state: State,
    ) -> Bytes:  # [H, W, 3], new
        """Show a frame in the light of the state. Neutral, it comes out rounded and otherwise as it is."""
        skin = None if self._skin is None else look_up(self._skin, seen.x, seen.y)
        gain = self._gains(seen, state, skin)
        added = self._additions(frame, seen, state)
        swell = max(0.0, float(gain.max()) - 1) + (0.0 if added is None else float(added.max()))
        self._expose(frame, gain, added)
        colour = cv2.cvtColor(self._light, cv2.COLOR_RGBA2RGB, dst=self._colour)
        self._saturate(state.look.saturation, skin)
        values = tone.curve(state.look, swell)
        if not state.look.grain:
            return np.asarray(cv2.LUT(colour, tone.to_bytes(values)), np.uint8)
        shades = np.asarray(cv2.LUT(colour, tone.to_shades(values), dst=self._grey), np.uint16)
        self._grain.add_to(shades, state.look.grain, state)
        return np.asarray(cv2.LUT(shades, tone.from_shades()), np.uint8)

    def _gains(self, seen: Seen, state: State, skin: Floats | None) -> Floats:  # [h, w, 3]
        """Multiply together what takes light away or gives more of it."""
        look = state.look
        gain = np.empty((*self._lattice.shape, 3), np.float32)
        gain[:] = _tint(look) * _unsteady(state)
        if skin is not None:
            gain += (np.float32(SPARED_TINT) * skin)[..., None] * (gain.mean(axis=-1, keepdims=True) - gain)
            gain *= 1 - np.float32(SPARED_DARK * look.brightness) * skin[..., None]
        if look.vignette:
            gain *= (1 - np.float32(DARK_CORNER * look.vignette) * self._corner)[..., None]
        self._pass_over(gain, seen, state)
        unrest = self._lamps.unrest(seen, state.clock) if state.life.flicker else None
        if unrest is not None:
            gain += gain * (unrest[..., None] * (np.float32(state.life.flicker) * _lamp_colour(self._lamps.warmth)))
        return gain

    def _pass_over(self, gain: Floats, seen: Seen, state: State) -> None:
        look = state.look
        if look.sweep:
            gain *= 1 + (look.sweep * passing.beam(seen, self._side, state.passing))[..., None] * BEAM
        if look.shadow:
            ground = 1 - np.float32(0.75) * look_up(self._sky, seen.x, seen.y)
            depth = look.shadow * ground * passing.cloud(seen, self._side, state.passing)
            gain *= 1 - depth[..., None] * SHADE

    def _additions(self, frame: Floats, seen: Seen, state: State) -> Floats | None:  # [h, w, 3] of white
        """Add up what light lies over the picture."""
        look, added = state.look, None
        if look.glow:
            added = np.float32(look.glow) * self._glow.spilled(frame, seen)
        if look.sweep and 0 < state.passing < 1:
            veil = (look.sweep * passing.beam(seen, self._side, state.passing))[..., None] * BEAM_IN_AIR
            added = veil if added is None else added + veil
        return added

    def _expose(self, frame: Floats, gain: Floats, added: Floats | None) -> None:
        """Count the light of each pixel, in steps; what is added is screened, so that white stays white."""
        if added is None:
            whole = self._lattice.enlarged(_four(gain * np.float32(tone.STEPS)), self._gain)
            cv2.multiply(frame, whole, dst=self._light, dtype=cv2.CV_16U)
            return
        whole = self._lattice.enlarged(_four(gain * (1 - added) * np.float32(tone.STEPS)), self._gain)
        over = self._lattice.enlarged(_four(added * np.float32(255 * tone.STEPS)), self._added)
        cv2.multiply(frame, whole, dst=self._exposed)
        cv2.add(self._exposed, over, dst=self._light, dtype=cv2.CV_16U)

    def _saturate(self, amount: float, skin: Floats | None) -> None:
        """Pull colours away from their grey, or towards it; skin half as far."""
        if not amount:
            return
        more = VIVID * amount if amount > 0 else amount
        cv2.cvtColor(cv2.cvtColor(self._colour, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB, dst=self._grey)
        spared = None if skin is None else self._spared(more, skin)
        cv2.addWeighted(self._colour, 1 + more, self._grey, -more, 0, dst=self._colour)
        if spared is not None:
            place, colour = spared
            self._colour[place] = colour

    def _spared(self, more: float, skin: Floats) -> tuple[tuple[slice, slice], Counts] | None:
        """Give the part of the frame with skin in it, its colours drawn as far as skin bears."""
        nodes = _extent(skin > 0.02)
        if nodes is None:
            return None
        place = _pixels(nodes, self._lattice)
        share = self._lattice.enlarged(skin)[place]
        spared = SPARED_COLOUR * min(1.0, 1 + more)
        strength = 1 + np.float32(more) * (1 - np.float32(spared) * share)
        grey = self._grey[place].astype(np.float32)
        drawn = grey + (self._colour[place] - grey) * strength[..., None]
        return place, np.rint(np.clip(drawn, 0, 65535)).astype(np.uint16)


def _tint(look: Look) -> Floats:  # [3]
    """Take light away from what is not the tint, so that nothing clips."""
    return (1 - abs(look.warmth) * np.array(CANDLE if look.warmth > 0 else MOON)).astype(np.float32)


def _unsteady(state: State) -> Floats:  # [3]
    """Say what a flame and a faulty tube, out of view, make of the light."""
    look, clock = state.look, state.clock
    light = np.ones(3)
    if look.candle:
        light *= 1 + look.candle * flicker.flame(clock, phase=0.4) * np.array(UNREST)
    if look.neon:
        light *= 1 - look.neon * (flicker.drop_out(clock) * np.array(OUT) + HUM * flicker.buzz(clock))
    return light.astype(np.float32)


def _lamp_colour(warmth: float) -> Floats:  # [3]
    """Say how much each channel takes part in a lamp's flicker."""
    return np.array((1 + 0.15 * warmth, 1, 1 - 0.35 * warmth), np.float32)


def _corner_shade(lattice: Lattice) -> Floats:  # [h, w], 0 in the middle to 1 in the corners
    y = lattice.y * lattice.half / (lattice.height / 2)
    x = lattice.x * lattice.half / (lattice.width / 2)
    shade = np.clip((np.sqrt((x * x + y * y) / 2) - 0.35) / 0.65, 0, 1)
    return (shade * shade * (3 - 2 * shade)).astype(np.float32)


def _four(values: Floats) -> Floats:  # [h, w, 4]
    """Give three channels an idle fourth: four ride OpenCV's vectors."""
    return np.asarray(cv2.cvtColor(values, cv2.COLOR_RGB2RGBA), np.float32)


def _extent(mask: NDArray[np.bool_]) -> tuple[slice, slice] | None:
    """Frame what is marked."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return None
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def _pixels(nodes: tuple[slice, slice], lattice: Lattice) -> tuple[slice, slice]:
    """Say which pixels of the frame the nodes have a part in."""
    bounds = (lattice.height, lattice.width)
    rows, columns = (
        slice(max(0, (part.start - 2) * lattice.step), max(0, min(bound, (part.stop + 1) * lattice.step)))
        for part, bound in zip(nodes, bounds, strict=True)
    )
    return rows, columns
