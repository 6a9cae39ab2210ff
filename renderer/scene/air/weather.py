"""What floats in the air between the layers, hidden behind near ones: mist, rain, snow, embers, petals, dust, bokeh."""

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np

from renderer.arrays import Floats
from renderer.contract.direction import Reading
from renderer.scene.air.bokeh import Bokeh
from renderer.scene.air.dust import Dust
from renderer.scene.air.embers import Embers
from renderer.scene.air.mist import Mist, effective
from renderer.scene.air.nearby import surroundings
from renderer.scene.air.petals import Petals
from renderer.scene.air.rain import Rain
from renderer.scene.air.snow import Snow
from renderer.scene.air.volume import Volume
from renderer.scene.layers import Layer
from renderer.scene.seen import Seen
from renderer.scene.state import State


class Kind(Protocol):
    """One kind of weather, in one picture."""

    def draw(self, out: Floats, gap: int, seen: Seen, state: State) -> None:
        """Draw what of it is in a gap, over what is there."""
        ...


class Air:
    """The air of one picture, for frames of `height, width`.

    `levels` are the mean offsets of its layers, back to front; the layers themselves say what light the air is in.
    The seed places everything: the same seed and state give the same air.
    """

    def __init__(
        self,
        levels: Sequence[float],
        height: int,
        width: int,
        seed: int,
        reading: Reading | None = None,
        layers: Iterable[Layer] = (),
    ) -> None:
        volume, nearby = Volume(levels, height, width), surroundings(reading, layers)
        self._gaps = (volume.behind, volume.before)
        rngs = (np.random.default_rng((seed, index)) for index in range(7))
        self._kinds: dict[str, Kind] = {
            "mist": Mist(volume, next(rngs), reading, nearby),
            "bokeh": Bokeh(volume, next(rngs), reading, nearby),
            "dust": Dust(volume, next(rngs), reading),
            "snow": Snow(volume, next(rngs), reading, nearby),
            "rain": Rain(volume, next(rngs), reading, nearby),
            "petals": Petals(volume, next(rngs), reading),
            "embers": Embers(volume, next(rngs)),
        }

    def fill(
        self,
        out: Floats,  # [H, W, 4] premultiplied, contiguous; RGB to 255, alpha to 1
        gap: int,  # 0 = before the farthest layer, the last = before all
        seen: Seen,
        state: State,
    ) -> None:
        """Draw what is in the air of one gap over what is behind it. Where there is nothing, nothing changes."""
        if gap not in self._gaps:
            return
        for name, kind in self._kinds.items():
            if (effective(state) if name == "mist" else getattr(state.air, name)) > 0:
                kind.draw(out, gap, seen, state)
