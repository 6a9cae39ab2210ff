"""Near and far: the picture in slabs, each at a smooth depth of its own.

Piecewise smooth on purpose: texture printed into the depth would swim when the camera moves.
"""

from dataclasses import dataclass

import numpy as np

from renderer.direction import Corrections, DepthSource
from renderer.scene.cues import Cues
from renderer.scene.masks import Floats, Mask, blurred
from renderer.scene.sighting import Sighting
from renderer.scene.subject import Subject

LEAST = 0.25  # confidence where nothing but the height in the picture speaks


@dataclass(frozen=True, slots=True, kw_only=True)
class Slab:
    """A stretch of depth, at the small size of the cues."""

    mask: Mask  # [h, w] what it shows of the still; the slabs part the picture among them
    disparity: Floats  # [h, w] 0 = far, 1 = near; smooth, and carried on where the slab is not


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth:
    """The picture in order of depth."""

    slabs: tuple[Slab, ...]  # back to front, at least one
    pivot: float  # the disparity that stays put when the camera slides
    horizon: float | None  # y, share of the height
    confidence: float
    source: DepthSource = DepthSource.CUES


def order(
    cues: Cues,
    sighting: Sighting,
    subject: Subject | None,
    corrections: Corrections,
    disparity: Floats | None = None,
) -> Depth:
    """Order the picture by depth."""
    horizon = find_horizon(cues.sky)
    far = ground_disparity(cues, horizon)
    slabs = [Slab(mask=~cues.sky, disparity=far)]
    if cues.sky.any():
        slabs.insert(0, Slab(mask=cues.sky, disparity=np.zeros_like(far)))
    if subject:
        slabs = [Slab(mask=slab.mask & ~subject.mask, disparity=slab.disparity) for slab in slabs]
        slabs.append(Slab(mask=subject.mask, disparity=subject_disparity(subject.mask, far)))
    level = float(slabs[-1].disparity[slabs[-1].mask].mean()) if subject else float(far.mean())
    return Depth(
        slabs=tuple(slabs),
        pivot=0.5 * level + 0.5 * float(far.mean()),
        horizon=horizon,
        confidence=_confidence(subject, horizon),
    )


def find_horizon(sky: Mask) -> float | None:
    """Take the sky's lower edge, where it is about level."""
    if not sky.any():
        return None
    height = sky.shape[0]
    columns = sky[:, sky[: height // 10].any(axis=0)]
    lowest = height - np.argmax(columns[::-1], axis=0)
    level = np.percentile(lowest, 75) - np.percentile(lowest, 25) < 0.35 * height
    return float(np.median(lowest) / height) if level else None


def ground_disparity(cues: Cues, horizon: float | None) -> Floats:
    """Let the ground come nearer from the horizon down; haze says far. With no horizon, tilt the picture a little."""
    height, width = cues.sky.shape
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    top, bottom = (0.0, 0.95) if horizon is not None else (0.25, 0.75)
    start = 0.9 * horizon if horizon is not None else 0.0
    ramp = top + (bottom - top) * np.clip((y - start) / (1 - start), 0, 1)
    disparity = ramp * (1 - 0.35 * cues.haze) if horizon is not None else np.repeat(ramp, width, axis=1)
    return blurred(np.where(cues.sky, 0, disparity), height / 12)


def subject_disparity(mask: Mask, ground: Floats) -> Floats:
    """Stand the subject on the ground where it touches it, a little rounded."""
    height = mask.shape[0]
    rows = np.nonzero(mask)[0]
    foot = min(height - 1, int(np.percentile(rows, 97)))
    at_foot = float(ground[max(0, foot - 2) : foot + 1].mean())
    level = np.clip(max(at_foot, float(ground[mask].mean()) + 0.2), 0.3, 0.95)
    rounding = blurred(mask.astype(np.float32), height / 14)
    near = level - 0.08 + 0.12 * rounding
    if foot < 0.96 * height:
        near = ground + _above(foot, foot - int(rows.min()), height) * (near - ground)
    return near.astype(np.float32)


def _above(foot: int, tall: int, height: int) -> Floats:  # [H, 1], 0 at the foot to 1
    """Root the subject: towards its foot it is where the ground is, so that a stem does not part from its root."""
    y = np.arange(height, dtype=np.float32)[:, None]
    share = np.clip((foot + 1 - y) / (0.3 * tall + 1), 0, 1)
    return (share * share * (3 - 2 * share)).astype(np.float32)


def _confidence(subject: Subject | None, horizon: float | None) -> float:
    clarity = subject.clarity if subject else 0.0
    return min(1.0, LEAST + 0.5 * clarity + (0.3 if horizon is not None else 0.0))
