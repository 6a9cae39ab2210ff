"""Courses: in closed form from joint to open end, meeting in the same frame at the same time of the story."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from renderer.contract.direction import Camera, Direction, Easing, Grade, Life, Light, Move, Pace, Weather
from renderer.contract.shot import FPS, Anchor
from renderer.engines.parallax.course import FADE, Course, plan
from renderer.engines.parallax.legs import between, safe_leg
from renderer.scene.light.look import NEUTRAL
from renderer.scene.motion.camera import WHOLE, Pose, overshoot
from renderer.scene.state import State
from renderer.scene.strain import frontmost, measure, sketch
from tests.renderer.scenery import READING, beat, layer, layers, shot, texture

GEOMETRY = sketch(layers(72, 128)[0])
FLAT = sketch((layer(texture(72, 128), np.ones((72, 128), np.float32), 0.0),))
CALM, LIVELY = 0.2, 0.8  # speeds
MOVING = [move for move in Move if move is not Move.STILL]
LIVING = Life(water=0.6, clouds=0.5, sway=0.4, flicker=0.3, breath=0.2)


class Wordless:
    """Understands no mood: what is asked for is said in words."""

    def placed(self, said, /):
        return ()


def directed(move=Move.PUSH_IN, *, amount=0.8, speed=0.4, handheld=0.0, focus=0.0, **more):
    camera = Camera(move=move, amount=amount, handheld=handheld, focus=focus)
    pace = Pace(easing=more.pop("easing", Easing.SMOOTH), speed=speed)
    return Direction(camera=camera, pace=pace, **more)


STILL = State()


def course(direction, joint=STILL, geometry=GEOMETRY, reading=READING, **of_beat):
    a_beat = beat(**{"seconds": 4.0, **of_beat})
    leg = safe_leg(direction, a_beat, joint.pose, reading, geometry)
    return Course(beat=a_beat, direction=direction, joint=joint, leg=leg)


def steps(a_course, geometry=GEOMETRY):
    """How far the picture moves from frame to frame: the mean over a 720p frame, in pixels."""
    poses = [state.pose for state in a_course.frames(round(a_course.beat.seconds * FPS))]
    offset = frontmost(geometry)
    return np.array([between(one, other, geometry, offset) * 360 for one, other in pairwise(poses)])


@pytest.mark.parametrize("anchor", Anchor)
@pytest.mark.parametrize("loop", [False, True])
def test_the_joint_with_the_still_is_the_still(anchor, loop):
    asked = directed(
        handheld=1.0, focus=1.0, loop=loop, life=LIVING, light=Light(warmth=1, day=1, sweep=1, candle=1),
        weather=Weather(rain=1), grade=Grade(contrast=1, grain=1),
    )  # fmt: skip
    states = list(course(asked, anchor=anchor).frames(96))
    joint = states[0 if anchor is Anchor.FIRST else -1]
    assert joint.pose == WHOLE
    assert (joint.look, joint.air, joint.focus) == (NEUTRAL, Weather(), 0)
    # Its clock stands, so that any amount of life shows the still, and none needs to fade in.
    assert joint.clock.story == 0
    assert joint.clock.around == 0
    assert joint.life == LIVING


def test_ends_carry_what_was_asked_for():
    asked = directed(focus=0.5, life=LIVING, light=Light(warmth=0.4), weather=Weather(snow=0.7))
    end = course(asked).open_end
    assert (end.look.warmth, end.air.snow, end.focus, end.life) == (0.4, 0.7, 0.5, LIVING)
    assert end.clock.story == 4


def test_air_comes_in_within_seconds_and_light_takes_the_whole_clip():
    a_course = course(directed(light=Light(warmth=1), weather=Weather(mist=1)), seconds=8.0)
    soon = a_course.at(FADE / 8)
    assert soon.air.mist == 1
    assert 0 < soon.look.warmth < 0.2
    assert 0 < a_course.at(0.5 * FADE / 8).air.mist < 1


def test_a_day_swells_to_noon_and_sinks_to_dusk():
    a_course = course(directed(light=Light(day=1)))
    start, noon, dusk = (a_course.at(time).look for time in (0, 0.5, 1))
    assert noon.brightness > start.brightness > dusk.brightness
    assert dusk.warmth > start.warmth


def test_what_passes_over_is_of_one_strength_and_out_of_the_picture_at_the_ends():
    a_course = course(directed(light=Light(sweep=0.8, shadow=0.5)))
    assert [a_course.at(time).passing for time in (0, 0.3, 1)] == [0, 0.3, 1]
    assert {a_course.at(time).look.sweep for time in (0.2, 0.5, 0.8)} == {0.8}
    assert a_course.open_end.look.sweep == 0  # nothing of it stays behind


def test_the_story_runs_on_from_beat_to_beat_and_back_before_the_still():
    first = course(directed())
    second = course(directed(Move.PAN_LEFT), first.open_end)
    assert second.at(0.5).clock.story == 6
    lead = course(directed(), anchor=Anchor.LAST)
    assert (lead.at(0).clock.story, lead.at(1).clock.story) == (-4, 0)
    earlier = course(directed(), lead.open_end, anchor=Anchor.LAST)
    assert earlier.at(0).clock.story == -8


@pytest.mark.parametrize("anchor", Anchor)
def test_neighbours_meet_in_the_same_state(anchor):
    ours = course(directed(life=LIVING, weather=Weather(rain=1), light=Light(warmth=1), focus=1.0), anchor=anchor)
    theirs = course(directed(Move.ARC_LEFT, handheld=1.0), ours.open_end, anchor=anchor)
    seam = theirs.at(0.0 if anchor is Anchor.FIRST else 1.0)
    assert replace(seam, passing=0.0) == replace(ours.open_end, passing=0.0)


def test_life_changes_over_gently_between_beats():
    first = course(directed(life=Life(water=1.0)))
    second = course(directed(life=Life(water=0.2)), first.open_end)
    amounts = [second.at(time).life.water for time in np.linspace(0, 1, 97)]
    assert (amounts[0], amounts[-1]) == (1.0, 0.2)
    assert np.abs(np.diff(amounts)).max() < 0.05


@pytest.mark.parametrize("anchor", Anchor)
def test_a_loop_goes_out_and_comes_back_while_life_goes_round(anchor):
    asked = directed(loop=True, life=LIVING, light=Light(warmth=1), weather=Weather(dust=1))
    a_course = course(asked, anchor=anchor)
    states = list(a_course.frames(96))
    assert a_course.open_end == a_course.joint
    assert max(state.air.dust for state in states) == 1
    assert {state.life.water for state in states} == {0.6}
    assert {state.clock.story for state in states} == {0}
    turns = np.array([state.clock.around for state in states])
    np.testing.assert_allclose(np.diff(turns) % 4, 4 / 96, atol=1e-9)
    around = steps(a_course)
    seam = between(states[-1].pose, states[0].pose, GEOMETRY, frontmost(GEOMETRY)) * 360
    assert seam <= 1.1 * around.mean()


def test_a_still_camera_stands_in_a_loop_too():
    assert {state.pose for state in course(directed(Move.STILL, loop=True)).frames(96)} == {WHOLE}


@pytest.mark.parametrize("geometry", [GEOMETRY, FLAT], ids=["deep", "flat"])
@pytest.mark.parametrize("move", MOVING)
def test_calm_moves_move_and_lively_ones_more(move, geometry):
    calm, lively = (
        steps(course(directed(move, speed=speed), geometry=geometry), geometry).mean() for speed in (CALM, LIVELY)
    )
    assert 0.2 <= calm <= 0.8
    assert lively >= 0.8


@pytest.mark.parametrize("move", MOVING)
@pytest.mark.parametrize("easing", [Easing.SMOOTH, Easing.SETTLE])
def test_smooth_moves_have_no_jump_and_no_shake(move, easing):
    for speed in (CALM, LIVELY):
        way = steps(course(directed(move, speed=speed, easing=easing)))
        assert way.max() <= 3 * np.median(way)
        assert np.abs(np.diff(way)).mean() < (0.08 if move is Move.PULL_OUT else 0.06)


def test_a_hand_trembles_smoothly():
    way = steps(course(directed(Move.STILL, handheld=1.0)))
    assert way.max() > 0.1
    assert np.abs(np.diff(way)).mean() < 0.1


@pytest.mark.parametrize("move", [Move.PUSH_IN, Move.PAN_LEFT, Move.CRANE_UP, Move.ARC_RIGHT, Move.DOLLY_ZOOM])
@pytest.mark.parametrize("anchor", Anchor)
def test_ten_times_the_same_move_goes_on_and_shows_only_picture(move, anchor):
    joint = State()
    for _ in range(10):
        a_course = course(directed(move, speed=0.5), joint, anchor=anchor)
        assert steps(a_course).mean() > 0.15
        for time in (0.3, 0.6, 1.0):
            assert overshoot(a_course.at(time).pose, GEOMETRY.room) < 2e-3
        joint = a_course.open_end
    assert joint.pose.scale > 0.59  # nothing is magnified much beyond one and a half times


@pytest.mark.parametrize("move", MOVING)
@pytest.mark.parametrize("speed", [CALM, LIVELY, 1.0])
def test_a_picture_bears_its_moves(move, speed):
    a_course = course(directed(move, speed=speed, amount=1.0), seconds=8.0)
    worst = max(sum_of(measure(a_course.at(time).pose, GEOMETRY)) for time in np.linspace(0, 1, 7))
    assert worst <= (0.005 if speed == CALM else 0.008)


def sum_of(strain):
    return strain.stretch + strain.hole


def test_more_parallax_where_the_depth_is_sure():
    def slid(confidence):
        leg = safe_leg(
            directed(Move.ARC_LEFT), beat(seconds=4.0), WHOLE, replace(READING, confidence=confidence), GEOMETRY
        )
        return abs(leg.goal.slide_x)

    assert slid(1.0) > slid(0.1) > slid(0.0) == 0


def test_a_view_that_tears_from_here_is_given_up():
    """A line may bring along parallax that a closer view does not bear: then it eases back, and shows only picture."""
    torn = State(pose=Pose(scale=0.75, slide_x=0.3))
    assert sum_of(measure(torn.pose, GEOMETRY)) > 0.01
    leg = safe_leg(directed(), beat(seconds=4.0), torn.pose, READING, GEOMETRY)
    assert sum_of(measure(leg.goal, GEOMETRY)) <= 0.0075


def test_a_plan_walks_the_line():
    line = (beat("push in"), beat("pan left", seed=8), beat("static camera", seed=9))
    a_course = plan(shot(*line), READING, GEOMETRY, Wordless())
    assert a_course.joint.clock.story == 4
    assert a_course.joint.pose.scale < 1
    assert a_course.direction.camera.move is Move.STILL
    assert a_course.at(0.5).pose == a_course.joint.pose
