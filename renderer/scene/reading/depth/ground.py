"""The ground of a picture: where it begins, where it is parted into stretches, and how near each lies."""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.arrays import Bytes, Floats, Mask, blurred
from renderer.scene.reading.depth.parting import parts
from renderer.scene.reading.depth.ridges import Line, find_ridges
from renderer.scene.reading.depth.slabs import Slab
from renderer.scene.reading.depth.stems import SKY, behind_stems, rooted, roots_of
from renderer.scene.reading.kinds.kinds import Kinds
from renderer.scene.reading.masks import brought_to
from renderer.scene.reading.pieces import pieces_of

STEP = 0.12  # from the ground to what is behind its ridge: a ridge drawn wrongly tears by no more
FARTHEST = 0.04  # of a stretch: only the sky is farther
LEVEL = 0.35  # of the height, within which half of an edge lies that is about level
WIDE = 0.4  # of the width: a horizon that shows in fewer columns is none
SURELY = (0.15, 0.1)  # by how much a ridge without a sky has to part near from far, and where it may fail to
STANDING = 0.75  # of the way from what is behind a ridge to what is before it: what is as near stands before it
TALL = 1 / 20  # of the height, that stands up at the least
BODY = 0.01  # of the picture: a smaller water may lie as it likes


def find_horizon(sky: Mask, water: Mask) -> float | None:
    """Take the sky's lower edge, where it is about level, else the far bank of a water below it."""
    lowest = np.where(sky[: len(sky) // 10].any(axis=0), len(sky) - np.argmax(sky[::-1], axis=0), -1)
    level = _level(lowest, len(sky))
    if level is not None or not sky.any():
        return level
    below = water & (np.arange(len(sky))[:, None] > lowest)
    return _level(np.where(below.any(axis=0), np.argmax(below, axis=0), -1), len(sky), WIDE)


def _level(rows: NDArray[np.intp], height: int, least: float = 0.0) -> float | None:
    """Give the usual height of an edge, a row for each column or -1, if it is about level and shows in enough."""
    shown = rows[rows >= 0]
    if shown.size <= least * rows.size or np.subtract(*np.percentile(shown, (75, 25))) >= LEVEL * height:
        return None
    return float(np.median(shown) / height)


def stretches_of(
    image: Bytes,  # [h, w, 3]
    kinds: Kinds,  # of any size
    hidden: Mask,  # [h, w] what stands before the ground: it goes on behind it
    horizon: float | None,
    nearness: Floats | None,  # [n, m] 0 = far, 1 = near
) -> list[Slab]:  # back to front: the sky, then the stretches, of which any may show nothing
    """Part the land below the sky at its ridges; each stretch lies a step behind the next.

    A water lies in one of them. What stands up before a ridge, and stems, belong to the one they are rooted in, and
    are as near as their root.
    """
    there = kinds.sized(hidden.shape)
    sky = there.sky > 0.5
    ridges = [line for line in find_ridges(image, sky, hidden) if _borne_out(line, sky, hidden, nearness)]
    rows = np.arange(len(sky), dtype=np.intp)[:, None]
    levels = np.where(sky, SKY, 0)
    for line in ridges:
        levels += ((rows >= line) | _standing(line, sky, nearness)) & ~sky
    _keep_whole(levels, there.water > 0.5)
    ground, roots = slope(sky.shape, len(ridges), horizon), roots_of(levels, there)
    levels = behind_stems(levels, there.stems)
    stretches = [
        Slab(
            mask=levels == level,
            disparity=np.maximum(FARTHEST, _upright(ground, line) - STEP * (len(ridges) - level)),
            thin=rooted(kinds.stems, roots == level),
        )
        for level, line in enumerate([None, *ridges])
    ]
    return [Slab(mask=levels == SKY, disparity=np.zeros_like(ground)), *stretches]


def _upright(ground: Floats, line: Line | None) -> Floats:
    """Let what stands up above a line be as near as the ground at it."""
    if line is None:
        return ground
    height, width = ground.shape
    at_line = ground[np.clip(line, 0, height - 1), np.arange(width)]
    above = np.arange(height, dtype=np.intp)[:, None] < line
    return blurred(np.where(above, at_line, ground).astype(np.float32), height / 30)


def slope(shape: tuple[int, ...], ridges: int, horizon: float | None) -> Floats:  # [h, w]
    """Let the ground come nearer from the horizon down. With no horizon, tilt the picture a little."""
    height, width = shape
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    top, bottom = (0.06, 0.95) if horizon is not None else (0.25, 0.75)
    start = 0.95 * horizon if horizon is not None else 0.0
    top += STEP * ridges
    ramp = top + (bottom - top) * np.clip((y - start) / (1 - start), 0, 1)
    return blurred(np.repeat(ramp, width, axis=1), height / 30)


def lie_flat(slabs: Sequence[Slab], water: Floats) -> tuple[Slab, ...]:
    """Lay each water on a plane that comes nearer from its far bank down: a lake has no hills."""
    for piece_of_water in _bodies(water > 0.5):
        slabs = [_flattened(slab, piece_of_water & slab.mask, water) for slab in slabs]
    return tuple(slabs)


def _flattened(slab: Slab, body: Mask, water: Floats) -> Slab:
    if body.mean() < BODY:
        return slab
    y = np.broadcast_to(np.linspace(0, 1, len(body), dtype=np.float32)[:, None], body.shape)
    down = y[body] - y[body].mean()
    tilt = max(0.0, float((down * slab.disparity[body]).sum() / max(float((down * down).sum()), 1e-6)))
    plane = float(slab.disparity[body].mean()) + tilt * (y - float(y[body].mean()))
    share = blurred(np.where(body, water, 0).astype(np.float32), len(body) / 40)
    lain = np.clip(slab.disparity + share * (plane - slab.disparity), 0, 1)
    return replace(slab, disparity=lain.astype(np.float32))


def _borne_out(line: Line, sky: Mask, hidden: Mask, nearness: Floats | None) -> bool:
    """Ask the map of nearness whether a line parts near from far. Where there is no sky it has to do so plainly."""
    if nearness is None:
        return bool(sky.any())
    below = np.arange(len(sky), dtype=np.intp)[:, None] >= line
    open_land = ~(sky | hidden)
    return parts(below & open_land, ~below & open_land, nearness, *(() if sky.any() else SURELY))


def _standing(line: Line, sky: Mask, nearness: Floats | None) -> Mask:
    """Find what stands up from before a ridge: above the line, and as near as the ground below it."""
    height, width = sky.shape
    if nearness is None:
        return np.zeros_like(sky)
    seen = brought_to(nearness, sky.shape)
    rows, columns = np.arange(height, dtype=np.intp)[:, None], np.arange(width, dtype=np.intp)
    aside = round(TALL * height)
    above, below = (seen[np.clip(line + step, 0, height - 1), columns] for step in (-aside, aside))
    far, near = float(np.median(above)), float(np.median(below))
    up = (rows < line) & (seen > far + STANDING * (near - far)) & ~sky
    up = np.minimum.accumulate((up | (rows >= line))[::-1], axis=0)[::-1] & (rows < line)
    solid = cv2.morphologyEx(up.astype(np.uint8), cv2.MORPH_OPEN, np.ones((aside, aside), np.uint8))
    return np.asarray(solid) > 0


def _keep_whole(levels: NDArray[np.intp], water: Mask) -> None:
    """Give each water to the one stretch that most of it lies in."""
    for body in _bodies(water & (levels != SKY)):
        levels[body] = np.bincount(levels[body]).argmax()


def _bodies(water: Mask) -> list[Mask]:
    labels, pieces = pieces_of(water)
    return [labels == piece.label for piece in pieces if piece.area > BODY * water.size]
