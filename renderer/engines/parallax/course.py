"""A line of beats becomes the course of camera, light, life and air through the last one, in closed form.

Each beat leads from its joint to its open end. The joint of the first is the still; that of each later one is the open
end of the beat before it, so that neighbours meet in the same frame: the camera at rest, and what moves by itself at
the same time of the story.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from renderer.contract.direction import Direction, Life, Reading
from renderer.contract.shot import Anchor, Beat, Shot
from renderer.engines.parallax.legs import safe_leg
from renderer.mood import direct
from renderer.mood.wishes import Placing
from renderer.scene.light.look import Look
from renderer.scene.motion.camera import Pose, add
from renderer.scene.motion.clock import Clock
from renderer.scene.motion.mixing import mix
from renderer.scene.motion.moves import TREMBLE, Leg, nearness
from renderer.scene.motion.pacing import EASINGS, plateau, smooth, wave
from renderer.scene.state import State
from renderer.scene.strain import Sketch

FADE = 1.6  # seconds in which air comes in, and life changes from one beat's to the next one's
# What a whole day does to the light beside what else is asked of it: at noon, and by the evening.
NOON, EVENING = Look(brightness=0.45, warmth=-0.15), Look(brightness=-0.55, warmth=0.75)


@dataclass(frozen=True, kw_only=True)
class Course:
    """One beat's way from its joint to its open end."""

    beat: Beat
    direction: Direction
    joint: State
    leg: Leg

    @cached_property
    def open_end(self) -> State:
        """Where the line goes on. A loop ends where it began."""
        return self.joint if self.direction.loop else self.at(0.0 if self._backwards else 1.0)

    def frames(self, count: int) -> Iterator[State]:
        """Give the state of each frame, in story time."""
        for index in range(count):
            yield self.at(self.time_of(index, count))

    def time_of(self, index: int, count: int) -> float:
        """Spread frames over the beat. A loop's frame after the last is its first."""
        if not self.direction.loop:
            return index / max(1, count - 1)
        return (index + 1) / count if self._backwards else index / count

    def at(self, time: float) -> State:
        """Give the state at a time from 0 to 1."""
        return self._around(time) if self.direction.loop else self._onward(time)

    @property
    def _backwards(self) -> bool:
        return self.beat.anchor is Anchor.LAST

    @cached_property
    def _look(self) -> Look:
        """At the open end."""
        light, grade = self.direction.light, self.direction.grade
        drifted = Look(
            warmth=light.warmth,
            brightness=light.brightness,
            glow=light.glow,
            candle=light.candle,
            neon=light.neon,
            saturation=grade.saturation,
            contrast=grade.contrast,
            vignette=grade.vignette,
            grain=grade.grain,
        )
        return _lit(drifted, EVENING, light.day)

    def _onward(self, time: float) -> State:
        # Away from the joint: 0 = there, 1 = at the open end. The easing is the story's, whichever end is given.
        eased = EASINGS[self.direction.pace.easing](time)
        away, drifted = time, smooth(time)
        if self._backwards:
            away, eased, drifted = 1 - time, 1 - eased, 1 - drifted
        pose = self._past_turn(away) if self.leg.via else mix(self.joint.pose, self.leg.goal, eased)
        come = smooth(away * self.beat.seconds / FADE)
        return State(
            pose=self._in_hand(pose, time),
            look=self._lit_at(time, drifted),
            life=mix(self._life_before, self.direction.life, come),
            air=mix(self.joint.air, self.direction.weather, come),
            focus=_between(self.joint.focus, self.direction.camera.focus, drifted),
            clock=Clock(story=self.joint.clock.story + self.beat.seconds * (time - self._backwards)),
            passing=time,
        )

    def _around(self, time: float) -> State:
        """Go out and back, bulging to one side so that the turn is not a stop; what moves by itself goes round."""
        out = wave(time)
        seconds = self.beat.seconds
        pose = mix(self.joint.pose, self.leg.goal, 0.85 * out)
        if self.leg.goal != self.joint.pose:
            aside = 0.012 * math.sin(2 * math.pi * time) * out
            pose = add(pose, Pose(scale=1 - 0.012 * out, shift_x=aside))
        there = plateau(time, FADE / seconds)
        return State(
            pose=self._in_hand(pose, time),
            look=self._lit_at(time, out),
            life=mix(self._life_before, self.direction.life, there),
            air=mix(self.joint.air, self.direction.weather, there),
            focus=_between(self.joint.focus, self.direction.camera.focus, out),
            clock=Clock(story=self.joint.clock.story, around=time * seconds % seconds, period=seconds),
            passing=time,
        )

    @property
    def _life_before(self) -> Life:
        """At the joint. At the still, life of any amount stands in its place: there the beat's own needs no fade."""
        return self.joint.life if self.joint.clock.story else self.direction.life

    def _lit_at(self, time: float, drifted: float) -> Look:
        """Drift to the open end's look, by way of noon; what passes over is out of the picture at either end."""
        light = self.direction.light
        look = _lit(mix(self.joint.look, self._look, drifted), NOON, light.day * wave(time))
        return replace(look, sweep=light.sweep, shadow=light.shadow) if 0 < time < 1 else look

    def _past_turn(self, away: float) -> Pose:
        """Lean in soon, then draw back for the rest of the time."""
        turn = self.leg.via or self.leg.goal
        there, on = smooth(away / 0.5), smooth((away - 0.22) / 0.78)
        return mix(mix(self.joint.pose, turn, there), self.leg.goal, on)

    def _in_hand(self, pose: Pose, time: float) -> Pose:
        """Tremble and breathe as a hand does; it fades in and out, and brings the margin it needs."""
        strength = self.direction.camera.handheld
        if not strength:
            return pose
        seconds = self.beat.seconds
        fade = strength * plateau(time, 0.8 / seconds)
        sway = [_sway(self.beat.seed, part, time * seconds) for part in range(3)]
        breath = 0.004 * math.sin(2 * math.pi * 0.27 * time * seconds)
        trembling = replace(
            TREMBLE,
            scale=TREMBLE.scale + breath,
            shift_x=TREMBLE.shift_x * sway[0],
            shift_y=TREMBLE.shift_y * sway[1],
            roll=TREMBLE.roll * sway[2],
        )
        return add(pose, trembling, fade)


def plan(shot: Shot, reading: Reading, geometry: Sketch, meaning: Placing) -> Course:
    """Walk the line from the still and lay the course of the beat that is shown."""
    state = State()
    for beat in shot.line[:-1]:
        state = lay(beat, state, reading, geometry, meaning).open_end
    return lay(shot.beat, state, reading, geometry, meaning, loop=shot.loop)


def lay(
    beat: Beat, joint: State, reading: Reading, geometry: Sketch, meaning: Placing, *, loop: bool = False
) -> Course:
    """Lay one beat's course from its joint."""
    direction = direct(beat, reading, meaning=meaning, loop=loop, nearness=nearness(joint.pose))
    leg = safe_leg(direction, beat, joint.pose, reading, geometry)
    return Course(beat=beat, direction=direction, joint=joint, leg=leg)


def _between(first: float, second: float, share: float) -> float:
    return second if share == 1 else first + share * (second - first)


def _lit(look: Look, more: Look, share: float) -> Look:
    """Add a share of another look's light, within what a look may be."""
    if not share:
        return look
    return replace(
        look,
        brightness=min(1.0, max(-1.0, look.brightness + share * more.brightness)),
        warmth=min(1.0, max(-1.0, look.warmth + share * more.warmth)),
    )


def _sway(seed: int, part: int, seconds: float) -> float:
    """Add up slow waves of unlike periods, at most 1."""
    phase = (seed % 9973) * 0.7 + 2.1 * part
    slow, middle, quick = (math.sin(2 * math.pi * rate * seconds + phase * turn) for rate, turn in _RATES)
    return 0.6 * slow + 0.3 * middle + 0.1 * quick


_RATES = ((0.31, 1.0), (0.67, 1.7), (1.13, 2.9))  # Hz, and what a seed's phase is multiplied by
