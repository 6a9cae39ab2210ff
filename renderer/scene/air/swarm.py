"""Many small things in the air: where each is at any time, in closed form, and where a camera sees it.

Each lives again and again: it runs its path, and begins anew somewhere else. A path is as long as the box of air, so
that it begins and ends out of sight, or shorter, and then whoever draws it fades it in and out.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from renderer.scene.lattice import Lattice
from renderer.scene.motion.camera import Pose
from renderer.scene.motion.clock import Clock
from renderer.scene.seen import Seen

Wide = NDArray[np.float64]
Whole = NDArray[np.intp]

MARGIN = 0.8  # of the box of air over the frame, in half short sides: what a camera may come to see
GOLDEN = (0.6180339887, 0.7548776662)  # steps that spread places evenly, x and y
SOFT = 0.16  # of the amount, over which one thing after the other appears
HIDDEN = 0.12  # of offset, over which something goes under behind what is nearer


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """How deep the air is, from the farthest layer to before the nearest, as offsets."""

    far: float
    near: float

    def at(self, depth: Wide) -> Wide:
        """Give the offset at 0 = far to 1 = near."""
        return self.far + depth * (self.near - self.far)


@dataclass(frozen=True, slots=True, kw_only=True)
class Swarm:
    """All [n]; lengths in half short sides, seen from where the still was taken."""

    start: tuple[Wide, Wide]  # x and y in [0, 1] of the box, of the first life
    box: tuple[float, float]  # its width and height
    run: tuple[Wide, Wide]  # the path of a life
    rate: Wide  # lives a second
    phase: Wide  # of a life gone at the still
    depth: Wide  # 0 = far, 1 = near
    offset: Wide  # disparity less the pivot
    threshold: Wide  # the amount at which it appears


def swarm(
    rng: np.random.Generator,
    depth: Wide,  # [n] 0 = far to 1 = near
    speed: tuple[Wide, Wide],  # half short sides a second
    span: Span,
    reach: tuple[float, float],  # of the frame to the side and up, in half short sides
    longest: float = 5.0,  # seconds of a life
) -> Swarm:
    """Spread things over the box. Those that cross it in less than the longest life do."""
    count, box = depth.size, (2 * reach[0] + MARGIN, 2 * reach[1] + MARGIN)
    pace = np.maximum(np.abs(speed[1]), 1e-3)
    life = np.minimum(box[1] / pace, longest * rng.uniform(0.7, 1.0, count))
    return Swarm(
        start=(rng.uniform(0, 1, count), rng.uniform(0, 1, count)),
        box=box,
        run=(speed[0] * life, speed[1] * life),
        rate=1 / life,
        phase=rng.uniform(0, 1, count),
        depth=depth,
        offset=span.at(depth),
        threshold=rng.permutation(count) / count,
    )


def some(swarm: Swarm, which: Whole) -> Swarm:
    """Take some of a swarm, [n] places in it."""
    return Swarm(
        start=(swarm.start[0][which], swarm.start[1][which]),
        box=swarm.box,
        run=(swarm.run[0][which], swarm.run[1][which]),
        rate=swarm.rate[which],
        phase=swarm.phase[which],
        depth=swarm.depth[which],
        offset=swarm.offset[which],
        threshold=swarm.threshold[which],
    )


def lived(swarm: Swarm, clock: Clock) -> tuple[Wide, Wide]:
    """Say how much of its life each has lived, in [0, 1), and the how manieth it is.

    As `clock.travel`, for many: a loop is a whole number of lives.
    """
    gone = swarm.phase + swarm.rate * clock.story
    before = np.floor(gone)
    if not clock.period:
        return gone - before, before
    lives = np.maximum(1, np.round(swarm.rate * clock.period))
    gone = gone + lives * (clock.around % clock.period) / clock.period
    whole = np.floor(gone)
    return gone - whole, before + (whole - before) % lives


def places(swarm: Swarm, share: Wide, life: Wide) -> tuple[Wide, Wide]:
    """Say where each is, as it was seen from where the still was taken."""
    x = ((swarm.start[0] + GOLDEN[0] * life) % 1 - 0.5) * swarm.box[0]
    # A path across the whole box has but one place for its middle.
    room = np.maximum(0.0, swarm.box[1] - np.abs(swarm.run[1]))
    y = ((swarm.start[1] + GOLDEN[1] * life) % 1 - 0.5) * room
    return x + swarm.run[0] * (share - 0.5), y + swarm.run[1] * (share - 0.5)


def faded(swarm: Swarm, share: Wide, rim: float = 0.18) -> Wide:
    """Say how far each is there, that begins and ends its life in sight."""
    crosses = np.abs(swarm.run[1]) > 0.98 * swarm.box[1]
    ramp = np.clip(np.minimum(share, 1 - share) / rim, 0, 1)
    return np.where(crosses, 1.0, ramp * ramp * (3 - 2 * ramp))


def shown(swarm: Swarm, amount: float) -> Wide:
    """Say how far each has appeared: one by one as the amount grows, all at 1."""
    return np.clip((amount * (1 + SOFT) - swarm.threshold) / SOFT, 0, 1)


def framed(
    pose: Pose,
    x: Wide,
    y: Wide,
    offset: Wide,
) -> tuple[Wide, Wide, Wide]:  # x and y in half short sides, and how many times as large
    """Say where in the frame a camera sees what is at a place and depth: the formula of `conventions.md`, solved."""
    zoom = np.maximum(pose.scale - pose.dolly * offset, 0.05)
    away_x, away_y = x - pose.shift_x - pose.slide_x * offset, y - pose.shift_y - pose.slide_y * offset
    norm = zoom * zoom + pose.roll * pose.roll
    return (
        (zoom * away_x + pose.roll * away_y) / norm,
        (zoom * away_y - pose.roll * away_x) / norm,
        1 / zoom,
    )


def unhidden(
    lattice: Lattice,
    seen: Seen,
    x: Wide,  # [n] in half short sides of the frame
    y: Wide,
    offset: Wide,
) -> Wide:  # [n] in [0, 1]
    """Say how far each is before what the frame shows there: far drops do not fall before near ground."""
    return np.clip(1 + (offset - seen.offset[nodes_at(lattice, x, y)]) / HIDDEN, 0, 1)


def nodes_at(lattice: Lattice, x: Wide, y: Wide) -> tuple[Whole, Whole]:  # [n] rows, columns
    """Find the nodes nearest to places in the frame, in half short sides."""
    height, width = lattice.shape
    columns = np.clip(np.rint(_node(x, lattice, lattice.width)), 0, width - 1).astype(np.intp)
    rows = np.clip(np.rint(_node(y, lattice, lattice.height)), 0, height - 1).astype(np.intp)
    return rows, columns


def _node(place: Wide, lattice: Lattice, side: int) -> Wide:
    pixel = place * lattice.half + (side - 1) / 2
    return (pixel - (lattice.step - 1) / 2) / lattice.step + 1
