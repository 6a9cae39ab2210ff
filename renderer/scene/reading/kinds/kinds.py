"""Where the kinds are that may move."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from renderer.arrays import Floats
from renderer.scene.reading.masks import brought_to

KINDS = ("other", "sky", "water", "plants")  # what every place of a still is one of
PARTS = ("clouds", "stems")  # of the sky, and of the plants
MASKS = ("sky", "clouds", "water", "plants", "stems")  # of `Kinds`


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """Soft masks in [0, 1], all [h, w] of one size over the whole still: what was seen, before anything is kept still.

    No place is more than one of sky, water and plants. Clouds are of the sky, stems of the plants.
    """

    sky: Floats
    clouds: Floats
    water: Floats
    plants: Floats
    stems: Floats  # of the plants, what is thin and before sky or water
    # Of sky, water and plants: the mean chance of what was outlined; 1 where it was told.
    sureness: Mapping[str, float] = field(default_factory=dict[str, float])

    def sized(self, shape: tuple[int, ...]) -> "Kinds":
        """Give the same at another size [h, w]."""
        return replace(self, **{name: brought_to(getattr(self, name), shape) for name in MASKS})


def none_of(
    shape: tuple[int, int],
) -> Kinds:
    """See no kind anywhere: of a drawing."""
    nothing = np.zeros(shape, np.float32)
    return Kinds(sky=nothing, clouds=nothing, water=nothing, plants=nothing, stems=nothing)
