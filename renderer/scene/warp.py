"""Where the nodes of a frame look in the still: backward maps, worked out in numbers that every stage shares."""

import cv2
import numpy as np

from renderer.arrays import Floats
from renderer.scene.lattice import Lattice
from renderer.scene.motion.camera import Pose, flat_points, parallax
from renderer.scene.seen import Seen, look_up

ROUNDS = 2  # of looking up the depth where the last round looked; relief is smooth, so that two are enough


def aim(
    pose: Pose,
    offset: Floats,  # [n, m] disparity less the pivot, a small map over the whole still
    x: Floats,  # points of the frame, in half short sides from its centre: a row
    y: Floats,  # a column
) -> Seen:
    """Find where a layer is read from. Depth belongs to the still, so a point's offset is that of what it shows.

    That makes the map an equation, `p = map(q, offset(p))`, solved by going round: from where the flat picture would be
    read, to what is seen there.
    """
    shape = (y.shape[0], x.shape[1])
    flat_x, flat_y = flat_points(pose, x, y)
    across, down = parallax(pose, x, y)
    seen_x, seen_y = np.broadcast_to(flat_x, shape), np.broadcast_to(flat_y, shape)
    level = look_up(offset, seen_x, seen_y)
    for last in range(ROUNDS if across.any() or down.any() else 0):
        level = look_up(offset, seen_x, seen_y) if last else level
        seen_x, seen_y = level * across, level * down
        seen_x += flat_x
        seen_y += flat_y
    return Seen(x=seen_x, y=seen_y, offset=level)


def displaced(
    seen: Seen,
    moved: Floats,  # [h, w, 2] x and y, half short sides
) -> Seen:
    """Read elsewhere: what moves by itself takes its depth along."""
    return Seen(x=seen.x + moved[..., 0], y=seen.y + moved[..., 1], offset=seen.offset)


def in_pixels(
    seen: Seen,
    lattice: Lattice,
    out: Floats,  # [h, w, 2]
) -> Floats:  # [h, w, 2] x and y, `out`
    """Turn places in the still into its pixels."""
    x = seen.x * np.float32(lattice.half) + np.float32((lattice.width - 1) / 2)
    y = seen.y * np.float32(lattice.half) + np.float32((lattice.height - 1) / 2)
    return np.asarray(cv2.merge([x, y], out), np.float32)
