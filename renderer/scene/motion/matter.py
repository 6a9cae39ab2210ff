"""What the still is made of, as far as it may move by itself."""

from dataclasses import dataclass, fields

import numpy as np

from renderer.arrays import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Soft masks in [0, 1], all of one small size [h, w] over the whole still. A zero mask where there is none.

    `kept` is already taken out of the others, so that what may move never includes what must not.
    """

    sky: Floats
    clouds: Floats  # of the sky, where it has anything to drift
    water: Floats
    reflections: Floats  # of the water, where it mirrors what stands beyond it
    plants: Floats  # foliage and grass
    hair: Floats
    cloth: Floats  # clothes, flags, curtains
    vapour: Floats  # smoke and steam
    flames: Floats
    bodies: Floats  # people and animals: what breathes
    lamps: Floats  # flames and lights in view, with a soft rim
    skin: Floats  # keeps its colour in any light
    kept: Floats  # faces, lettering, straight lines: must not wobble


def lifeless(
    kept: Floats,  # [h, w]
) -> Matter:
    """Nothing that moves by itself; only what must not wobble."""
    nothing = np.zeros_like(kept)
    return Matter(**{field.name: nothing for field in fields(Matter) if field.name != "kept"}, kept=kept)
