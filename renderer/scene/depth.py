"""Near and far from the cues: a ground that rises to the horizon, and a subject that stands on it.

Piecewise smooth on purpose: texture printed into the depth would swim when the camera moves.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.scene.cues import Cues
from renderer.scene.masks import Mask

Floats = NDArray[np.float32]

LEAST = 0.25  # confidence where nothing but the height in the picture speaks


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth:
    """Disparity at the small size of the cues, 0 = far, 1 = near."""

    far: Floats  # [H, W] the ground and what is behind, everywhere
    near: Floats | None  # [H, W] the subject, and smoothly on around it
    pivot: float  # stays put when the camera slides
    horizon: float | None  # y, share of the height
    confidence: float


def order(cues: Cues) -> Depth:
    """Order the picture by depth."""
    horizon = find_horizon(cues.sky)
    far = ground_disparity(cues, horizon)
    mask = cues.subject.mask if cues.subject else None
    near = None if mask is None else subject_disparity(mask, far)
    subject_level = float(far.mean()) if near is None or mask is None else float(near[mask].mean())
    return Depth(
        far=far,
        near=near,
        pivot=0.5 * subject_level + 0.5 * float(far.mean()),
        horizon=horizon,
        confidence=_confidence(cues, horizon),
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
    return _smooth(np.where(cues.sky, 0, disparity), height / 12)


def subject_disparity(mask: Mask, ground: Floats) -> Floats:
    """Stand the subject on the ground where it touches it, a little rounded."""
    height = mask.shape[0]
    rows = np.nonzero(mask)[0]
    foot = min(height - 1, int(np.percentile(rows, 97)))
    at_foot = float(ground[max(0, foot - 2) : foot + 1].mean())
    level = np.clip(max(at_foot, float(ground[mask].mean()) + 0.2), 0.3, 0.95)
    rounding = _smooth(mask, height / 14)
    near = level - 0.08 + 0.12 * rounding
    if foot < 0.96 * height:
        near = ground + _above(foot, foot - int(rows.min()), height) * (near - ground)
    return near.astype(np.float32)


def _above(foot: int, tall: int, height: int) -> Floats:  # [H, 1], 0 at the foot to 1
    """Root the subject: towards its foot it is where the ground is, so that a stem does not part from its root."""
    y = np.arange(height, dtype=np.float32)[:, None]
    share = np.clip((foot + 1 - y) / (0.3 * tall + 1), 0, 1)
    return (share * share * (3 - 2 * share)).astype(np.float32)


def _confidence(cues: Cues, horizon: float | None) -> float:
    clarity = cues.subject.clarity if cues.subject else 0.0
    return min(1.0, LEAST + 0.5 * clarity + (0.3 if horizon is not None else 0.0))


def _smooth(values: NDArray[np.generic], sigma: float) -> Floats:
    return np.asarray(cv2.GaussianBlur(values.astype(np.float32), (0, 0), sigma), np.float32)
