"""How far the camera goes in a beat: as far as the mood asks and the picture bears, and never nowhere."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np

from renderer.arrays import Floats
from renderer.contract.direction import Camera, Direction, Move, Reading
from renderer.contract.shot import FPS, Anchor, Beat
from renderer.scene.motion.camera import Pose, add, contained, points_seen, without_parallax
from renderer.scene.motion.mixing import mix
from renderer.scene.motion.moves import MIRRORED, NEAREST, TREMBLE, Leg, Stand, drift, leg
from renderer.scene.strain import Sketch, frontmost, measure

CALM, HASTY = 0.0035, 0.0075  # of stretch and hole share together: haste covers more than calm does
FARTHEST = 1.6  # full moves in one beat, however long and hasty
CLOSEST = 0.74  # of the scale that a beat begins with
ROUNDS = 5  # of halving, to find the most parallax that a picture bears
SLOWEST, FASTEST = 0.26, 1.12  # pixels of 720 a frame: what a calm move makes at least, and what a hasty one does


def safe_leg(direction: Direction, beat: Beat, start: Pose, reading: Reading, geometry: Sketch) -> Leg:
    """Find the leg that the mood asks for; where it has no room left, go on another way rather than stand."""
    move, view = direction.camera.move, direction.camera
    if move is Move.STILL:
        return Leg(goal=start)
    if beat.anchor is Anchor.LAST:
        # Told backwards: what comes before a push in stands farther back.
        move, view = MIRRORED[move], replace(view, lean_x=-view.lean_x, lean_y=-view.lean_y)
    search = _Search(direction, beat, start, reading, geometry)
    best = max_until(search.wanted, search.asked(move, view), search.way)
    if search.way(best) >= 0.5 * search.wanted:
        return best
    return max((best, *search.otherwise()), key=search.way)


class _Search:
    """What a leg is measured by."""

    def __init__(self, direction: Direction, beat: Beat, start: Pose, reading: Reading, geometry: Sketch) -> None:
        self._start, self._geometry, self._reading = start, geometry, reading
        self._travel = travelled(direction, beat.seconds)
        speed = direction.pace.speed
        self._limit = CALM + (HASTY - CALM) * speed
        ease = min(1.0, max(0.0, (speed - 0.25) / 0.5))
        asked = (SLOWEST + (FASTEST - SLOWEST) * ease) * min(1.0, 2 * direction.camera.amount)
        self.wanted = asked * beat.seconds * FPS / 360  # half short sides, the whole way
        self._offset = frontmost(geometry)

    def asked(self, move: Move, view: Camera) -> Iterator[Leg]:
        """Give the move as asked, then more of it, for pictures that bear little parallax."""
        for more in (1.0, 1.15, 1.35, 1.6, 2.0, 2.8):
            yield self._borne(lambda stand, more=more: leg(move, view, stand, more * self._travel))

    def otherwise(self) -> Iterator[Leg]:
        """Give what else there is to do."""
        for more in (1.0, 2.0):
            yield self._borne(lambda stand, more=more: drift(stand, more * self._travel))

    def way(self, found: Leg) -> float:
        """Say how far the picture moves on a leg: the mean over the frame, in half short sides."""
        stops = [pose for pose in (self._start, found.via, found.goal) if pose is not None]
        return sum(between(one, other, self._geometry, self._offset) for one, other in pairwise(stops))

    def _borne(self, make: Callable[[Stand], Leg]) -> Leg:
        """Take the most parallax, up to what the depth is sure of, that tears nothing."""
        sure = self._reading.confidence
        if self._bearable(full := self._inside(make(self._stand(sure)))):
            return full
        flat = self._inside(make(self._stand(0.0)))
        if not self._bearable(flat):
            return self._eased_back(flat)
        least, most, best = 0.0, sure, flat
        for _ in range(ROUNDS):
            middle = (least + most) / 2
            tried = self._inside(make(self._stand(middle)))
            if self._bearable(tried):
                least, best = middle, tried
            else:
                most = middle
        return best

    def _eased_back(self, flat: Leg) -> Leg:
        """Give up what the line brought along of parallax, as much of it as is too much from here."""
        for kept in (0.75, 0.5, 0.25, 0.0):
            via = None if flat.via is None else without_parallax(flat.via, kept)
            tried = self._inside(Leg(goal=without_parallax(flat.goal, kept), via=via))
            if self._bear(tried.goal, tried.via):
                return tried
        return Leg(goal=self._start)  # flat, it can only be too close: stay

    def _inside(self, found: Leg) -> Leg:
        via = None if found.via is None else self._kept_off(contained(found.via, self._geometry.room))
        return Leg(goal=self._kept_off(contained(found.goal, self._geometry.room)), via=via)

    def _kept_off(self, goal: Pose) -> Pose:
        """Go only as close as the still's own pixels bear, and as one beat may without losing what it is about."""
        nearest = max(NEAREST, CLOSEST * self._start.scale)
        if goal.scale >= nearest or self._start.scale <= goal.scale:
            return goal
        return mix(self._start, goal, max(0.0, self._start.scale - nearest) / (self._start.scale - goal.scale))

    def _bearable(self, found: Leg) -> bool:
        # Half way, too, where a gap may be wider than at the end.
        return self._bear(found.goal, found.via, mix(found.via or self._start, found.goal, 0.5))

    def _bear(self, *poses: Pose | None) -> bool:
        # Half a tremble beyond, which may be added on the way.
        strains = (measure(add(pose, TREMBLE, 0.5), self._geometry) for pose in poses if pose is not None)
        return all(strain.stretch + strain.hole <= self._limit for strain in strains)

    def _stand(self, relief: float) -> Stand:
        x, y = self._reading.subject or (0.5, 0.5)
        reach = self._geometry.room.reach
        # Not all the way to a subject at the rim: the frame would run into the edge.
        subject = (1.2 * (x - 0.5) * reach[0], 1.2 * (y - 0.5) * reach[1])
        height, width = self._offset.shape
        row, column = min(height - 1, int(y * height)), min(width - 1, int(x * width))
        level = float(self._offset[row, column])
        return Stand(pose=self._start, reach=reach, subject=subject, level=level, relief=relief)


def max_until(enough: float, legs: Iterator[Leg], way: Callable[[Leg], float]) -> Leg:
    """Take the first leg that goes far enough, or else the one that goes farthest."""
    best = next(legs)
    while way(best) < enough and (found := next(legs, None)):
        best = max(best, found, key=way)
    return best


def travelled(direction: Direction, seconds: float) -> float:
    """Say how much of a full move fits: a calm one takes a third of it in four seconds, a hasty one more than all."""
    return min(FARTHEST, direction.camera.amount * (0.12 + 1.25 * direction.pace.speed) * seconds / 4)


def between(first: Pose, second: Pose, geometry: Sketch, offset: Floats) -> float:
    """Say how far the picture moves between two poses: the mean over the frame, in half short sides.

    `offset` is that of what the still shows, as `frontmost` gives it.
    """
    x, y = geometry.points
    ax, ay = points_seen(first, x, y, offset)
    bx, by = points_seen(second, x, y, offset)
    return float(np.hypot(bx - ax, by - ay).mean())
