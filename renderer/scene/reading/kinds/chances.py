"""How likely each place is of each kind, once what the head said is held against the picture and what else was seen.

The head knows texture and colour, and little of the whole: to it a white wall is a sky, and a hazy mountain, too.
"""

from collections.abc import Collection

import cv2
import numpy as np

from renderer.arrays import Bytes, Floats, blurred
from renderer.scene.reading.kinds.kinds import KINDS
from renderer.scene.reading.masks import luma_of
from renderer.scene.reading.sighting import Sighting
from renderer.scene.reading.words import ANIMALS, INDOORS, INSTEAD_OF_PLANTS

FAINTEST = 1e-3  # of a chance: what seems impossible may be told
SKY, WATER, PLANTS = (KINDS.index(kind) for kind in ("sky", "water", "plants"))
INSIDE = 0.35  # of the names' probability
BEING = 0.4
PORTRAIT = 0.2  # share of the picture that people with faces take
CALM = 0.009  # of luma: fine detail that any camera adds to a sky
RESTLESS = 3.5  # times the sky's usual detail: what has more is no sky
# What is left of the chances of sky, water and plants.
GATES = {
    "inside": (0.05, 0.2, 1.0),
    "being": (0.2, 0.2, 0.8),
    "portrait": (0.15, 0.15, 1.0),
    "thing": (1.0, 1.0, 0.2),
}
BODY = 0.95  # of a chance, that a person or an animal takes


def weighed(
    chances: Floats,  # [y, x, kinds] what the head said
    image: Bytes,  # [h, w, 3]
    sighting: Sighting,
    told: Collection[str] = (),  # kinds that a member named: nothing else seen speaks against them
) -> Floats:  # [h, w, kinds], of sum 1
    """Enlarge the head's chances to an image, and weigh them: a sky is smooth, and where what may be is gated."""
    height, width = image.shape[:2]
    large = np.asarray(cv2.resize(chances, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    large = np.clip(large, FAINTEST, 1)
    large[..., SKY] *= _smoothness(image, large[..., SKY])
    for gate, shut in zip(GATES.values(), _gates(sighting), strict=True):
        for kind, left in zip((SKY, WATER, PLANTS), gate, strict=True):
            if shut and KINDS[kind] not in told:
                large[..., kind] *= left
    bodies = cv2.resize(_bodies(sighting), (width, height), interpolation=cv2.INTER_LINEAR)
    large[..., SKY:] *= (1 - BODY * np.asarray(bodies, np.float32))[..., None]
    return summed_to_one(large)


def summed_to_one(chances: Floats) -> Floats:
    return (chances / chances.sum(axis=-1, keepdims=True)).astype(np.float32)


def _gates(sighting: Sighting) -> tuple[bool, bool, bool, bool]:
    """Say which of `GATES` are shut."""
    portrait = bool(sighting.faces) and float(sighting.people.mean()) > PORTRAIT
    thing = sighting.says(*INSTEAD_OF_PLANTS) > BEING
    return sighting.says(*INDOORS) > INSIDE, _shows_animal(sighting), portrait, thing


def _shows_animal(sighting: Sighting) -> bool:
    return sighting.says(*ANIMALS) > BEING


def _bodies(sighting: Sighting) -> Floats:  # [h, w], 0 to 1
    """Say where people are, and about where the animal is that the picture is of: fur looks like grass."""
    return np.maximum(sighting.people, sighting.attention) if _shows_animal(sighting) else sighting.people


def _smoothness(image: Bytes, sky: Floats) -> Floats:  # [h, w], 0 to 1
    """Say how far each place is as smooth as the sky at the top is: a hazy mountain has more to see."""
    height = image.shape[0]
    luma = luma_of(image)
    detail = blurred(np.abs(luma - blurred(luma, 1.3)), height / 90)
    top = detail[: height // 4][sky[: height // 4] > 0.6]
    usual = float(np.median(top)) if len(top) > 50 else CALM / RESTLESS
    return np.clip(1.6 - detail / max(CALM, RESTLESS * usual), 0.05, 1).astype(np.float32)
