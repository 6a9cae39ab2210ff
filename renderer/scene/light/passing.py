"""What passes over the picture once in a beat: a beam of light, the shadow of a cloud."""

import numpy as np

from renderer.arrays import Floats
from renderer.contract.direction import Side
from renderer.scene.seen import Seen

SLANT = 0.35  # a beam leans
RELIEF = 0.3  # what is near is reached sooner: the light runs over the depth, not over a wall
BEAM = 0.75  # its half width, as a share of the picture's half way across
CLOUD = 1.5

# For each side the light comes from: the way across the picture, x and y, and what it leans by.
ACROSS = {
    Side.LEFT: (1.0, 0.0, SLANT),
    Side.RIGHT: (-1.0, 0.0, -SLANT),
    Side.ABOVE: (0.0, 1.0, SLANT),
    Side.BELOW: (0.0, -1.0, SLANT),
}


def beam(seen: Seen, side: Side | None, passing: float) -> Floats:  # [h, w] in [0, 1]
    """Say how much light a beam throws on each node; none at either end of the passing."""
    return _hump(_progress(seen, side, passing, BEAM) / BEAM)


def cloud(seen: Seen, side: Side | None, passing: float) -> Floats:  # [h, w] in [0, 1]
    """Say how deep each node lies in the shadow of a cloud, whose edges are ragged."""
    ragged = 0.12 * np.sin(2.3 * seen.y + 1.1) + 0.07 * np.sin(5.1 * seen.y - 2.0 * seen.x)
    return _hump((_progress(seen, side, passing, CLOUD + 0.2) + ragged.astype(np.float32)) / CLOUD)


def _progress(seen: Seen, side: Side | None, passing: float, width: float) -> Floats:
    """Say how far each node is ahead of the middle of what passes, in half ways across."""
    right, down, lean = ACROSS[side or Side.LEFT]
    reach = float(abs(right) * np.abs(seen.x).max() + abs(down) * np.abs(seen.y).max())
    along = right * seen.x + down * seen.y
    aside = lean * (seen.y if right else seen.x)
    place = (along + aside - np.float32(RELIEF) * seen.offset) / np.float32(reach)
    # At the ends all nodes are beyond its width, however far the lean and the depth put them.
    outside = max(float(place.max()), -float(place.min()), 1.0) + width
    return (place - np.float32(outside * (2 * passing - 1))).astype(np.float32)


def _hump(place: Floats) -> Floats:
    """Swell from 0 at -1 to 1 in the middle and back to 0 at 1."""
    inside = np.clip(1 - place * place, 0, 1)
    return (inside * inside).astype(np.float32)
