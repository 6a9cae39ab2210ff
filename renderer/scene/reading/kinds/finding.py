"""Sky, clouds, water and plants of a still, from what the head of `renderer.sight.heads` said of its places."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Bytes, Floats, Mask, blurred
from renderer.scene.reading.kinds.chances import PLANTS, SKY, WATER, summed_to_one, weighed
from renderer.scene.reading.kinds.clouds import find_clouds
from renderer.scene.reading.kinds.horizon import part_sea
from renderer.scene.reading.kinds.kinds import KINDS, Kinds
from renderer.scene.reading.kinds.outlines import find_plants, find_sky, find_water, settled
from renderer.scene.reading.kinds.palette import recoloured
from renderer.scene.reading.kinds.stems import find_stems
from renderer.scene.reading.sighting import Sighting

SHORT_SIDE = 360  # of the image that the kinds are outlined in
STEPS = 4  # by which a told kind's odds may rise, each by e
ENOUGH = 0.08  # of the picture: more of a told kind is not looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outlines:
    chances: Floats  # [h, w, kinds]
    masks: dict[str, Mask]  # sky, water, plants
    stems: Mask

    def sureness(self, kind: str) -> float:
        """Give the mean chance of a kind within its outline; 1 where there is none to doubt."""
        mask = self.masks[kind]
        return float(self.chances[..., KINDS.index(kind)][mask].mean()) if mask.any() else 1.0


def find_kinds(
    image: Bytes,  # [h, w, 3] of about `SHORT_SIDE`
    chances: Floats,  # [y, x, kinds]
    sighting: Sighting,
    told: Collection[str] = (),
    denied: Collection[str] = (),
) -> Kinds:
    """Outline the kinds. What a member told is looked for harder, and what they denied is not there."""
    start = weighed(chances, image, sighting, told)
    odds = np.array([0 if kind in denied else 1 for kind in KINDS], np.float32)
    found = _outlined(start, odds, image)
    for _ in range(STEPS):
        lacking = [kind for kind in found.masks if kind in told and found.masks[kind].mean() < ENOUGH]
        if not lacking:
            break
        odds[[KINDS.index(kind) for kind in lacking]] *= np.float32(np.e)
        found = _outlined(start, odds, image)
    softness = image.shape[0] / 300
    return Kinds(
        **{kind: blurred(mask.astype(np.float32), softness) for kind, mask in found.masks.items()},
        stems=blurred(found.stems.astype(np.float32), softness),
        clouds=find_clouds(image, found.masks["sky"]),
        sureness={kind: 1.0 if kind in told else found.sureness(kind) for kind in found.masks},
    )


def _outlined(start: Floats, odds: Floats, image: Bytes) -> _Outlines:
    """Outline the kinds at these odds; what is known of seas and stems has the last word."""
    chances = recoloured(summed_to_one(start * odds), image)
    likeliest = settled(chances, image).argmax(axis=-1)
    sky, sea = part_sea(image, find_sky(chances, likeliest == SKY))
    if odds[WATER]:
        chances, likeliest = _flooded(chances, likeliest, sea)
    water = find_water(chances, likeliest == WATER, sky)
    plants = find_plants(chances, likeliest == PLANTS)
    stems = find_stems(image, plants, sky | water)
    masks = {"sky": sky & ~stems, "water": water & ~stems, "plants": plants | stems}
    return _Outlines(chances=chances, masks=masks, stems=stems & ~plants)


def _flooded(chances: Floats, likeliest: NDArray[np.intp], sea: Mask) -> tuple[Floats, NDArray[np.intp]]:
    """Give the water what chance of a sky there seemed to be below the sea's horizon."""
    flooded = chances.copy()
    flooded[sea, WATER] += flooded[sea, SKY]
    flooded[sea, SKY] = 0
    return flooded, np.where(sea, WATER, likeliest)
