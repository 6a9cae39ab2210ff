"""Stretches of depth, and how a map of it is cut into them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from renderer.arrays import Floats, Mask, blurred, grown, shrunk
from renderer.scene.fill import spread

MOST = 5
JUMP = 0.06  # between neighbouring pixels or nearly so: what is less is a slope
LEAST_JUMP = 0.004  # share of the picture's pixels that a cut has to run along
CRUMB = 0.004  # share of the picture: a piece of a slab that shows less is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Slab:
    """A stretch of depth, at the small size of the cues."""

    mask: Mask  # [h, w] what it shows of the still; the slabs part the picture among them
    disparity: Floats  # [h, w] 0 = far, 1 = near; smooth, and carried on where the slab is not
    thin: Floats | None = None  # [n, m] stems of it that stand before other slabs, too fine for the mask


def kept_apart(slabs: Sequence[Slab]) -> tuple[Slab, ...]:
    """Let each slab show only what none before it hides; what would be crumbs goes to the slab beside it."""
    masks: list[Mask] = []
    taken = np.zeros_like(slabs[0].mask)
    for slab in reversed(slabs):
        masks.insert(0, _without_crumbs(slab.mask & ~taken))
        taken |= masks[0]
    kept = [(slab, mask) for slab, mask in zip(slabs, masks, strict=True) if mask.any()]
    whole = shared([mask for _, mask in kept], ~taken)
    return tuple(replace(slab, mask=mask) for (slab, _), mask in zip(kept, whole, strict=True))


def shared(masks: Sequence[Mask], open_ground: Mask) -> list[Mask]:
    """Share what no mask holds among them: each carries on smoothly where it ends, as a horizon behind a person."""
    if not open_ground.any():
        return list(masks)
    claims = [spread(mask.astype(np.float32), ~open_ground) for mask in masks]
    owner = np.argmax(claims, axis=0)
    return [mask | (open_ground & (owner == place)) for place, mask in enumerate(masks)]


def _without_crumbs(mask: Mask) -> Mask:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    whole = [place for place in range(1, count) if stats[place, cv2.CC_STAT_AREA] > CRUMB * mask.size]
    return np.isin(labels, whole)


def cut(
    disparity: Floats,  # [h, w]
) -> tuple[Slab, ...]:  # back to front
    """Cut a map where it jumps, so that each slab is smooth inside."""
    levels = _levels(disparity)
    place = np.digitize(disparity, levels)
    masks = [_tidied(place >= level) for level in range(len(levels) + 1)]
    slabs = kept_apart([Slab(mask=mask, disparity=disparity) for mask in masks])
    return tuple(replace(slab, disparity=_carried_on(disparity, slab.mask)) for slab in slabs)


def _levels(disparity: Floats) -> list[float]:
    """Find the disparities that most of the jumps cross, one after the other, the clearest first."""
    low, high = _reach(disparity)
    jumps = high - low > JUMP
    open_jumps = jumps.copy()
    candidates = np.linspace(0.02, 0.98, 97, dtype=np.float32)
    found: list[float] = []
    while len(found) < MOST - 1:
        crossed = [_weight(low, high, open_jumps, level) - _sloped(low, high, jumps, level) for level in candidates]
        best = int(np.argmax(crossed))
        if crossed[best] < LEAST_JUMP:
            break
        found.append(float(candidates[best]))
        open_jumps &= ~_beside((low < found[-1]) & (high >= found[-1]) & open_jumps)  # what is cut jumps no more
    return sorted(found)


def _beside(jumps: Mask) -> Mask:
    """Take in a jump's slopes: seen closely, even the steepest has some."""
    return grown(jumps, 4)


def _reach(disparity: Floats) -> tuple[Floats, Floats]:
    """Give the least and the most around each pixel: a map's jumps are a few pixels wide."""
    around = np.ones((5, 5), np.uint8)
    return np.asarray(cv2.erode(disparity, around), np.float32), np.asarray(cv2.dilate(disparity, around), np.float32)


def _weight(low: Floats, high: Floats, jumps: Mask, level: np.float32) -> float:
    """Sum how surely a level parts the two sides of jumps: a jump parted in its middle counts most."""
    within = np.minimum(high - level, level - low)
    return float(np.where(jumps & (within > 0), np.minimum(1, 2 * within / JUMP), 0).mean())


def _sloped(low: Floats, high: Floats, jumps: Mask, level: np.float32) -> float:
    """Say how much of a level runs along slopes, where a cut parts nothing: half of it counts against the level."""
    return 0.5 * float(((low < level) & (high >= level) & ~jumps).mean())


def _tidied(mask: Mask) -> Mask:
    """Drop specks and close pinholes."""
    kernel = np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3)), np.uint8)
    return np.asarray(cv2.medianBlur(cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, kernel), 5)) > 0


def _carried_on(disparity: Floats, mask: Mask) -> Floats:
    """Smooth what a slab shows, and carry it on around; its rim, where the map is already falling, does not count."""
    inner = shrunk(mask, 2)
    known = inner if inner.any() else mask
    return blurred(spread(disparity, known), mask.shape[0] / 60)
