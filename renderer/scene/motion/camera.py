"""Poses of the camera, and what of the picture they show."""

from dataclasses import dataclass, fields, replace

import numpy as np

from renderer.arrays import Floats


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
NUMBERS = tuple(field.name for field in fields(Pose))


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How far a picture goes, and how near and far its rim is: all that tells whether a pose shows only picture."""

    reach: tuple[float, float]  # half its width and height, in half short sides
    offsets: tuple[float, float]  # the least and the greatest disparity less the pivot along its rim


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


def points_seen(
    pose: Pose,
    x: Floats,  # points of the frame, in half short sides from its centre; they broadcast to [h, w]
    y: Floats,
    offset: Floats | np.float32,  # disparity less the pivot of what each shows
) -> tuple[Floats, Floats]:  # x and y, [h, w] each, in half short sides
    """Say where in the still each point of the frame is read from."""
    flat_x, flat_y = flat_points(pose, x, y)
    across, down = parallax(pose, x, y)
    return np.asarray(flat_x + across * offset, np.float32), np.asarray(flat_y + down * offset, np.float32)


def flat_points(pose: Pose, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Say where each point is read from if it lies at the pivot."""
    seen_x = np.float32(pose.scale) * x + np.float32(pose.shift_x)
    seen_y = np.float32(pose.scale) * y + np.float32(pose.shift_y)
    if pose.roll:
        return np.asarray(seen_x - pose.roll * y, np.float32), np.asarray(seen_y + pose.roll * x, np.float32)
    return seen_x, seen_y


def parallax(pose: Pose, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Say how much farther each point is read for an offset of 1; of the shapes of x and y."""
    dolly = np.float32(pose.dolly)
    return np.float32(pose.slide_x) - dolly * x, np.float32(pose.slide_y) - dolly * y


def overshoot(pose: Pose, room: Room) -> float:
    """Say how far outside the picture the pose looks, as a share of the half side it leaves; below 0 = not at all.

    A map is linear in the place and in the offset, so its corners at both ends of the rim's offsets say all.
    """
    across, down = room.reach
    x = np.array([-across, across], np.float32)[None, :, None]
    y = np.array([-down, down], np.float32)[:, None, None]
    seen_x, seen_y = points_seen(pose, x, y, np.array(room.offsets, np.float32))
    return max(float(np.abs(seen_x).max()) / across, float(np.abs(seen_y).max()) / down) - 1


def contained(pose: Pose, room: Room) -> Pose:
    """Magnify the pose until it shows nothing that lies outside the picture.

    All poses between contained ones are contained, since maps are linear in the pose and the picture is convex.
    """
    for _ in range(4):
        excess = overshoot(pose, room)
        if excess <= 1e-6:
            return pose
        pose = replace(pose, scale=pose.scale - excess)
    return pose
