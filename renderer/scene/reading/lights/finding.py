"""All lights of a still, each once."""

from renderer.arrays import Bytes, Mask
from renderer.contract.direction import Lamp
from renderer.scene.reading.cues import sized
from renderer.scene.reading.kinds.kinds import Kinds
from renderer.scene.reading.lights.company import SHORT_SIDE, find_by_company
from renderer.scene.reading.lights.lamps import find_lamps
from renderer.scene.reading.sighting import Sighting

MOST = 40  # each is relit, frame by frame


def find_lights(
    still: Bytes,  # [H, W, 3]
    image: Bytes,  # [h, w, 3] the same, small
    dull: Mask,  # [h, w]
    kinds: Kinds,
    sighting: Sighting,
    *,
    told: bool = False,
) -> tuple[Lamp, ...]:
    """Find lamps in the dark, and lights that their company tells, the largest first."""
    found = list(find_lamps(image, dull, sighting, told=told))
    for lamp in find_by_company(sized(still, SHORT_SIDE), kinds, sighting, told=told):
        if not any(_same(lamp, other, still.shape[0] / still.shape[1]) for other in found):
            found.append(lamp)
    return tuple(sorted(found, key=lambda lamp: -lamp.size)[:MOST])


def _same(lamp: Lamp, other: Lamp, aspect: float) -> bool:
    away = ((lamp.x - other.x) ** 2 + ((lamp.y - other.y) * aspect) ** 2) ** 0.5
    return away < 0.6 * max(lamp.size, other.size)
