"""Poses of the camera, and what of the picture they show."""

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """Where the camera stands. The default shows the whole still; `conventions.md` has the formula."""

    scale: float = 1.0  # below 1 magnifies
    dolly: float = 0.0  # above 0 moves in: near things grow more than far ones
    shift_x: float = 0.0  # looks right: the whole picture goes left
    shift_y: float = 0.0
    slide_x: float = 0.0  # steps right: near things go left, far ones right
    slide_y: float = 0.0
    roll: float = 0.0  # radians, small


WHOLE = Pose()


def mix(first: Pose, second: Pose, share: float) -> Pose:
    """Go `share` of the way from the first pose to the second. The ends come out exactly."""
    if share in {0.0, 1.0}:
        return second if share else first
    return Pose(**{name: (1 - share) * getattr(first, name) + share * getattr(second, name) for name in NUMBERS})


def add(pose: Pose, other: Pose, share: float = 1.0) -> Pose:
    """Add `share` of another pose's departure from the whole picture."""
    if share == 0:
        return pose
    return Pose(
        **{name: getattr(pose, name) + share * (getattr(other, name) - getattr(WHOLE, name)) for name in NUMBERS}
    )


def without_parallax(pose: Pose, kept: float) -> Pose:
    """Keep only a share of what moves near and far apart."""
    return replace(pose, dolly=kept * pose.dolly, slide_x=kept * pose.slide_x, slide_y=kept * pose.slide_y)


NUMBERS = tuple(field.name for field in fields(Pose))


def points_seen(
    pose: Pose,
    offset: Floats,  # [H, W] disparity less the pivot
) -> tuple[Floats, Floats]:  # x and y, [H, W] each, in half short sides
    """Say where in the still each pixel of the frame is read from: the clear form of `warp.backward_map`."""
    y, x = unit_grid(*offset.shape)
    zoom = np.float32(pose.scale) - np.float32(pose.dolly) * offset
    seen_x = zoom * x + pose.shift_x + pose.slide_x * offset - pose.roll * y
    seen_y = zoom * y + pose.shift_y + pose.slide_y * offset + pose.roll * x
    return seen_x.astype(np.float32), seen_y.astype(np.float32)


def unit_grid(height: int, width: int) -> tuple[Floats, Floats]:
    """Give the pixels' y as a column and x as a row, in half short sides from the centre."""
    half = min(height, width) / 2
    rows = (np.arange(height, dtype=np.float32) - (height - 1) / 2) / half
    columns = (np.arange(width, dtype=np.float32) - (width - 1) / 2) / half
    return rows[:, None].astype(np.float32), columns[None, :].astype(np.float32)


def overshoot(pose: Pose, offset: Floats) -> float:
    """Say how far outside the picture the pose looks, as a share of the half side it leaves."""
    y, x = unit_grid(*offset.shape)
    edge_y, edge_x = -float(y[0, 0]), -float(x[0, 0])
    seen_x, seen_y = points_seen(pose, offset)
    return max(float(np.abs(seen_x).max()) / edge_x, float(np.abs(seen_y).max()) / edge_y) - 1


def contained(pose: Pose, offsets: tuple[Floats, ...]) -> Pose:
    """Magnify the pose until no layer shows what lies outside the picture.

    All poses between contained ones are contained, since maps are linear in the pose and the picture is convex.
    """
    for _ in range(4):
        excess = max(overshoot(pose, offset) for offset in offsets)
        if excess <= 1e-6:
            return pose
        pose = replace(pose, scale=pose.scale - excess)
    return pose
