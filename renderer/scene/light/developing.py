"""From light on a composed frame to bytes: exposed, coloured, bent by a curve and grained, a band of rows at a time.

A band fits into the processor's cache, and so do all its in-between forms: whole frames would go through memory ten
times, and take that much room.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Bytes, Floats
from renderer.scene.lattice import Lattice
from renderer.scene.light import tone
from renderer.scene.light.grain import Grain
from renderer.scene.light.look import Look
from renderer.scene.state import State

Counts = NDArray[np.uint16]

NODES = 18  # of the lattice in a band, from top to bottom

VIVID = 0.6  # more colour, at a saturation of 1
SPARED_COLOUR = 0.5  # of a change skin is spared; less the greyer it gets: a face in colour on grey is a trick


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """What falls on each node of a lattice, by channel."""

    gain: Floats  # [3, h, w] how much of the still's own
    added: Floats | None  # [3, h, w] over it, in shares of white; it is screened, so that white stays white
    skin: Floats | None  # [h, w] in [0, 1] where there is skin
    night: float = 0.0  # how far a day is shown as a night

    @property
    def plain(self) -> bool:
        """Tell whether it is the still's own light."""
        return self.added is None and not self.night and bool((self.gain == 1).all())

    @property
    def swell(self) -> float:
        """Say how far beyond white a white may come. What is screened stays below."""
        return max(0.0, float(self.gain.max()) - 1)


class Developer:
    """Makes frames of one lattice into bytes. Buffers are made once."""

    def __init__(self, lattice: Lattice) -> None:
        self._lattice = lattice
        self._grain = Grain(lattice.height, lattice.width)
        height, width = NODES * lattice.step, lattice.width
        whole = ((NODES + 2) * lattice.step, lattice.shape[1] * lattice.step)
        self._large = np.empty((2, *whole, 4), np.float32)
        self._exposed = np.empty((height, width, 4), np.float32)
        self._light = np.empty((height, width, 4), np.uint16)
        self._colour, self._grey = np.empty((2, height, width, 3), np.uint16)

    def develop(
        self,
        frame: Floats,  # [H, W, 4] premultiplied, whole; RGB to 255
        light: Light,
        state: State,
    ) -> Bytes:  # [H, W, 3], new
        """Show a frame in a light."""
        if light.plain and _untouched(state.look):
            return _rounded(frame)
        steps = _steps(light)
        values = tone.curve(state.look, light.swell, light.night)
        grain = state.look.grain
        table = tone.to_shades(values) if grain else tone.to_bytes(values)
        noise = self._grain.piece(state) if grain else None
        out = np.empty((self._lattice.height, self._lattice.width, 3), np.uint8)
        for top in range(0, self._lattice.height, NODES * self._lattice.step):
            rows = slice(top, min(top + NODES * self._lattice.step, self._lattice.height))
            self._expose(frame[rows], steps, rows)
            self._saturate(state.look.saturation, light.skin, rows)
            colour = self._colour[: rows.stop - rows.start]
            if noise is None:
                cv2.LUT(colour, table, dst=out[rows])
                continue
            shades = self._grey[: rows.stop - rows.start]
            cv2.LUT(colour, table, dst=shades)
            self._grain.add(shades, noise[rows], grain)
            cv2.LUT(shades, tone.from_shades(), dst=out[rows])
        return out

    def _expose(self, frame: Floats, steps: list[Floats], rows: slice) -> None:
        """Count the light of each pixel, in steps."""
        count = rows.stop - rows.start
        light, gain = self._light[:count], self._enlarged(steps[0], rows, self._large[0])
        if len(steps) == 1:
            cv2.multiply(frame, gain, dst=light, dtype=cv2.CV_16U)
        else:
            exposed = cv2.multiply(frame, gain, dst=self._exposed[:count])
            cv2.add(exposed, self._enlarged(steps[1], rows, self._large[1]), dst=light, dtype=cv2.CV_16U)
        cv2.cvtColor(light, cv2.COLOR_RGBA2RGB, dst=self._colour[:count])

    def _saturate(self, amount: float, skin: Floats | None, rows: slice) -> None:
        """Pull colours away from their grey, or towards it; skin half as far."""
        if not amount:
            return
        more = VIVID * amount if amount > 0 else amount
        count = rows.stop - rows.start
        colour, grey = self._colour[:count], self._grey[:count]
        cv2.cvtColor(cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB, dst=grey)
        spared = None if skin is None else self._spared(colour, grey, more, skin, rows)
        cv2.addWeighted(colour, 1 + more, grey, -more, 0, dst=colour)
        if spared is not None:
            columns, drawn = spared
            colour[:, columns] = drawn

    def _spared(
        self, colour: Counts, grey: Counts, more: float, skin: Floats, rows: slice
    ) -> tuple[slice, Counts] | None:
        """Give the columns of the band with skin in them, their colours drawn as far as skin bears."""
        columns = self._columns_with(skin[self._nodes(rows)])
        if columns is None:
            return None
        share = self._enlarged(skin, rows, None)[:, columns, None]
        strength = 1 + np.float32(more) * (1 - np.float32(SPARED_COLOUR * min(1.0, 1 + more)) * share)
        middle = grey[:, columns].astype(np.float32)
        drawn = middle + (colour[:, columns] - middle) * strength
        return columns, np.rint(np.clip(drawn, 0, 65535)).astype(np.uint16)

    def _columns_with(self, skin: Floats) -> slice | None:
        """Say which pixel columns the nodes with skin have a part in."""
        found = np.flatnonzero((skin > 0.02).any(axis=0))
        if not found.size:
            return None
        step = self._lattice.step
        left, right = (int(found[0]) - 2) * step, (int(found[-1]) + 1) * step
        return slice(max(0, left), max(1, min(self._lattice.width, right)))

    def _nodes(self, rows: slice) -> slice:
        """Say which nodes have a part in a band: one more on either side."""
        step = self._lattice.step
        return slice(rows.start // step, -(-rows.stop // step) + 2)

    def _enlarged(self, values: Floats, rows: slice, out: Floats | None) -> Floats:
        """Enlarge to a band as `Lattice.enlarged` does to the frame."""
        step, part = self._lattice.step, values[self._nodes(rows)]
        height, width = part.shape[0] * step, part.shape[1] * step
        into = None if out is None else out[:height]
        large = cv2.resize(part, (width, height), dst=into, interpolation=cv2.INTER_LINEAR)
        count = rows.stop - rows.start
        return np.asarray(large, np.float32)[step : step + count, step : step + self._lattice.width]


def _untouched(look: Look) -> bool:
    """Tell whether neither a curve nor the grain nor more or less colour is asked for."""
    return not (look.warmth or look.brightness or look.contrast or look.grain or look.saturation)


def _rounded(frame: Floats) -> Bytes:  # [H, W, 3]
    """Turn a frame into bytes as it is."""
    height, width = frame.shape[:2]
    out, band = np.empty((height, width, 3), np.uint8), 48
    for top in range(0, height, band):
        colour = cv2.cvtColor(frame[top : top + band], cv2.COLOR_RGBA2RGB)
        cv2.convertScaleAbs(colour, dst=out[top : top + band])
    return out


def _steps(light: Light) -> list[Floats]:  # [h, w, 4] each
    """Turn a light into factors of steps, and into steps to add. An idle fourth channel rides along in the vectors."""
    if light.added is None:
        return [_four(light.gain * np.float32(tone.STEPS))]
    kept = light.gain * (1 - light.added)
    return [_four(kept * np.float32(tone.STEPS)), _four(light.added * np.float32(255 * tone.STEPS))]


def _four(planes: Floats) -> Floats:
    return np.asarray(cv2.merge([*planes, planes[0]]), np.float32)
