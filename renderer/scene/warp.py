"""Where the nodes of a frame look in the still: backward maps, worked out in numbers that every stage shares."""

import numpy as np
from numpy.typing import NDArray

from renderer.scene.camera import Pose, points_seen
from renderer.scene.lattice import Lattice
from renderer.scene.seen import Seen, look_up

Floats = NDArray[np.float32]

ROUNDS = 2  # of looking up the depth where the last round looked; relief is smooth, so that the second round is exact


def aim(
    pose: Pose,
    offset: Floats,  # [n, m] disparity less the pivot, a small map over the whole still
    x: Floats,  # points of the frame, in half short sides from its centre; they broadcast to [h, w]
    y: Floats,
) -> Seen:
    """Find where a layer is read from. Depth belongs to the still, so a point's offset is that of what it shows.

    That makes the map an equation, `p = map(q, offset(p))`, solved by going round: from where the flat picture would be
    read, to what is seen there.
    """
    seen_x, seen_y = points_seen(pose, x, y, np.float32(0))
    level = look_up(offset, seen_x, seen_y)
    if pose.dolly or pose.slide_x or pose.slide_y:
        for _ in range(ROUNDS):
            seen_x, seen_y = points_seen(pose, x, y, level)
            level = look_up(offset, seen_x, seen_y)
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
    np.multiply(seen.x, np.float32(lattice.half), out=out[..., 0])
    np.multiply(seen.y, np.float32(lattice.half), out=out[..., 1])
    out += np.array([(lattice.width - 1) / 2, (lattice.height - 1) / 2], np.float32)
    return out
