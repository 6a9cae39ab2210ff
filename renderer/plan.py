"""A line of beats becomes the course of camera and light through the last one, in closed form: nothing is simulated.

Each beat leads from its joint to its open end. The joint of the first is the still; that of each later one is the open
end of the beat before it, so that neighbours meet in the same frame, at rest.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from renderer import mood
from renderer.direction import Direction, Reading
from renderer.job import Anchor, Beat, Shot
from renderer.scene import camera, light
from renderer.scene.camera import WHOLE, Pose, add, contained, without_parallax
from renderer.scene.light import NEUTRAL, Look
from renderer.scene.moves import MIRRORED, Leg, Stand, leg, nearness
from renderer.scene.pacing import EASINGS, smooth, wave
from renderer.scene.strain import Sketch, measure

LIMIT = 0.008  # of stretch and hole share together
FARTHEST = 1.6  # full moves in one beat, however long and hasty
TREMBLE = Pose(scale=0.972, shift_x=0.011, shift_y=0.009, roll=0.004)  # of a hand that is restless to the full


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where the story stands: all there is to a frame."""

    pose: Pose = WHOLE
    look: Look = NEUTRAL


@dataclass(frozen=True, kw_only=True)
class Course:
    """One beat's way from its joint to its open end."""

    beat: Beat
    direction: Direction
    joint: State
    leg: Leg
    look: Look  # at the open end

    @cached_property
    def open_end(self) -> State:
        return self.joint if self.direction.loop else State(pose=self.leg.goal, look=self.look)

    def frames(self, count: int) -> Iterator[State]:
        """Give the state of each frame, in story time."""
        for index in range(count):
            yield self.at(self.time_of(index, count))

    def time_of(self, index: int, count: int) -> float:
        """Spread frames over the beat. A loop's frame after the last is its first."""
        if not self.direction.loop:
            return index / max(1, count - 1)
        return index / count if self.beat.anchor is Anchor.FIRST else (index + 1) / count

    def at(self, time: float) -> State:
        """Give the state at a time from 0 to 1."""
        if self.direction.loop:
            return self._around(time)
        # Away from the joint: 0 = there, 1 = at the open end. The easing is the story's, whichever end is given.
        eased = EASINGS[self.direction.pace.easing](time)
        drifted = smooth(time)
        if self.beat.anchor is Anchor.LAST:
            time, eased, drifted = 1 - time, 1 - eased, 1 - drifted
        pose = self._past_turn(time) if self.leg.via else camera.mix(self.joint.pose, self.leg.goal, eased)
        return State(pose=self._in_hand(pose, time), look=light.mix(self.joint.look, self.look, drifted))

    def _past_turn(self, away: float) -> Pose:
        """Lean in soon, then draw back for the rest of the time."""
        turn = self.leg.via or self.leg.goal
        there, on = smooth(away / 0.42), smooth((away - 0.2) / 0.8)
        return camera.mix(camera.mix(self.joint.pose, turn, there), self.leg.goal, on)

    def _around(self, time: float) -> State:
        """Go out and back, bulging to one side so that the turn is not a stop."""
        out = wave(time)
        pose = camera.mix(self.joint.pose, self.leg.goal, 0.85 * out)
        aside = 0.012 * math.sin(2 * math.pi * time) * out
        pose = camera.add(pose, Pose(scale=1 - 0.012 * out, shift_x=aside))
        return State(pose=self._in_hand(pose, time), look=light.mix(self.joint.look, self.look, out))

    def _in_hand(self, pose: Pose, time: float) -> Pose:
        """Tremble as a hand does; the tremble fades in and out, and brings the margin it needs."""
        strength = self.direction.camera.handheld
        if not strength:
            return pose
        seconds = self.beat.seconds
        fade = strength * smooth(time * seconds / 0.8) * smooth((1 - time) * seconds / 0.8)
        sway = [_sway(self.beat.seed, part, time * seconds) for part in range(3)]
        trembling = replace(
            TREMBLE,
            shift_x=TREMBLE.shift_x * sway[0],
            shift_y=TREMBLE.shift_y * sway[1],
            roll=TREMBLE.roll * sway[2],
        )
        return camera.add(pose, trembling, fade)


def plan(shot: Shot, reading: Reading, geometry: Sketch) -> Course:
    """Walk the line from the still and lay the course of the beat that is shown."""
    state = State()
    for beat in shot.line[:-1]:
        state = lay(beat, state, reading, geometry).open_end
    return lay(shot.beat, state, reading, geometry, loop=shot.loop)


def lay(beat: Beat, joint: State, reading: Reading, geometry: Sketch, *, loop: bool = False) -> Course:
    """Lay one beat's course from its joint."""
    direction = mood.direct(beat, reading, loop=loop, nearness=nearness(joint.pose))
    look = Look(
        warmth=direction.light.warmth,
        brightness=direction.light.brightness,
        saturation=direction.grade.saturation,
        contrast=direction.grade.contrast,
        vignette=direction.grade.vignette,
    )
    safe = safe_leg(direction, beat, joint.pose, reading, geometry)
    return Course(beat=beat, direction=direction, joint=joint, leg=safe, look=look)


def safe_leg(direction: Direction, beat: Beat, start: Pose, reading: Reading, geometry: Sketch) -> Leg:
    """Take as much parallax as the depth's confidence allows and the picture bears without tearing."""
    move, view = direction.camera.move, direction.camera
    if beat.anchor is Anchor.LAST:
        # Told backwards: what comes before a push in stands farther back.
        move, view = MIRRORED[move], replace(view, lean_x=-view.lean_x, lean_y=-view.lean_y)
    travel = travelled(direction, beat.seconds)
    for relief, kept in _modesty(reading.confidence):
        found = leg(move, view, _stand(start, reading, geometry, relief), travel)
        tried = _inside(_eased_back(found, kept), geometry)
        if _bearable(tried, geometry):
            return tried
    # Flat, it can only be too close: stay.
    return Leg(goal=start)


def _modesty(confidence: float) -> Iterator[tuple[float, float]]:
    """Offer less and less new parallax, then less and less of what the line brought along."""
    yield from ((confidence * 0.75**step, 1.0) for step in range(10))
    yield from ((0.0, kept) for kept in (1.0, 0.75, 0.5, 0.25, 0.0))


def _eased_back(found: Leg, kept: float) -> Leg:
    via = None if found.via is None else without_parallax(found.via, kept)
    return Leg(goal=without_parallax(found.goal, kept), via=via)


def travelled(direction: Direction, seconds: float) -> float:
    """Say how much of a full move fits: a calm one takes a third of it in four seconds, a hasty one more than all."""
    return min(FARTHEST, direction.camera.amount * (0.12 + 1.25 * direction.pace.speed) * seconds / 4)


def pixels_between(first: Pose, second: Pose, geometry: Sketch, short_side: int) -> float:
    """Say how far the picture moves between two poses: the mean over the frame, in its pixels."""
    ax, ay = camera.points_seen(first, geometry.far)
    bx, by = camera.points_seen(second, geometry.far)
    return float(abs((bx - ax) + 1j * (by - ay)).mean()) * short_side / 2


def _inside(found: Leg, geometry: Sketch) -> Leg:
    offsets = (geometry.far,) if geometry.near is None else (geometry.far, geometry.near)
    via = None if found.via is None else contained(found.via, offsets)
    return Leg(goal=contained(found.goal, offsets), via=via)


def _bearable(found: Leg, geometry: Sketch) -> bool:
    # Half a tremble beyond, which may be added on the way.
    strains = [measure(add(pose, TREMBLE, 0.5), geometry) for pose in (found.goal, found.via) if pose is not None]
    return all(strain.stretch + strain.hole <= LIMIT for strain in strains)


def _stand(pose: Pose, reading: Reading, geometry: Sketch, relief: float) -> Stand:
    height, width = geometry.far.shape
    half = min(height, width)
    reach = (width / half, height / half)
    x, y = reading.subject or (0.5, 0.5)
    # Not all the way to a subject at the rim: the frame would run into the edge.
    subject = (1.2 * (x - 0.5) * reach[0], 1.2 * (y - 0.5) * reach[1])
    level = float(geometry.far.max() if geometry.near is None else geometry.near.mean())
    return Stand(pose=pose, reach=reach, subject=subject, level=level, relief=relief)


def _sway(seed: int, part: int, seconds: float) -> float:
    """Add up slow waves of unlike periods, at most 1."""
    phase = (seed % 9973) * 0.7 + 2.1 * part
    slow, middle, quick = (math.sin(2 * math.pi * rate * seconds + phase * turn) for rate, turn in _RATES)
    return 0.55 * slow + 0.3 * middle + 0.15 * quick


_RATES = ((0.31, 1.0), (0.73, 1.7), (1.37, 2.9))  # Hz, and what a seed's phase is multiplied by
