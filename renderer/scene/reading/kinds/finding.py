"""Sky, clouds, water and plants of a still, from what the head of `renderer.sight.kinds` said of its places."""

from collections.abc import Collection

import numpy as np

from renderer.arrays import Bytes, Floats, Mask, blurred
from renderer.scene.reading.kinds.chances import PLANTS, SKY, WATER, summed_to_one, weighed
from renderer.scene.reading.kinds.kinds import KINDS, Kinds
from renderer.scene.reading.kinds.outlines import find_plants, find_sky, find_water, settled
from renderer.scene.reading.kinds.palette import recoloured
from renderer.scene.reading.sighting import Sighting

SHORT_SIDE = 360  # of the image that the kinds are outlined in
STEPS = (1.0, 2.0, 3.0, 4.0)  # by which a told kind's odds rise, as powers of e, until there is enough of it
ENOUGH = 0.08  # of the picture


def find_kinds(
    image: Bytes,  # [h, w, 3] of about `SHORT_SIDE`
    chances: Floats,  # [y, x, kinds]
    sighting: Sighting,
    told: Collection[str] = (),
    denied: Collection[str] = (),
) -> Kinds:
    """Outline the kinds. What a member told is looked for harder, and what they denied is not there."""
    start = weighed(chances, image, sighting, told)
    start[..., [KINDS.index(kind) for kind in denied]] = 0
    ...
