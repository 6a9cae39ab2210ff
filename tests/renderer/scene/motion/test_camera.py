"""Poses, their mixtures and moves never show what lies outside the picture; easings start and end at rest."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderer.contract.direction import Camera, Easing, Move
from renderer.scene.motion.camera import WHOLE, Pose, Room, add, contained, overshoot
from renderer.scene.motion.mixing import mix
from renderer.scene.motion.moves import MIRRORED, NEAREST, Stand, drift, leg
from renderer.scene.motion.pacing import EASINGS, plateau, smooth, wave
from renderer.scene.strain import measure, sketch
from renderer.scene.warp import aim
from tests.renderer.scenery import disc, layer, layers, texture

ROOM = Room(reach=(14 / 9, 1.0), offsets=(-0.4, 0.6))
OFFSET = (np.linspace(-0.4, 0.6, 90, dtype=np.float32)[:, None] * np.ones((1, 140), np.float32)).astype(np.float32)
STAND = Stand(pose=WHOLE, reach=(14 / 9, 1.0), subject=(0.3, -0.2), level=0.3, relief=1.0)
SLACK = 1e-4  # of half a side: a few hundredths of a pixel

small = st.floats(-0.3, 0.3)
poses = st.builds(
    Pose, scale=st.floats(0.6, 1.1), dolly=small, shift_x=small, shift_y=small, slide_x=small, slide_y=small,
    roll=st.floats(-0.01, 0.01),
)  # fmt: skip


@given(pose=poses)
def test_a_contained_pose_shows_only_picture(pose):
    assert overshoot(contained(pose, ROOM), ROOM) <= SLACK


@given(one=poses, other=poses, share=st.floats(0, 1))
def test_every_mixture_of_contained_poses_shows_only_picture(one, other, share):
    mixed = mix(contained(one, ROOM), contained(other, ROOM), share)
    assert overshoot(mixed, ROOM) <= SLACK


@given(pose=poses)
def test_a_contained_pose_aims_only_at_picture(pose):
    """What the rim's offsets promise, the solved map keeps: nothing beyond the edge is read."""
    x = np.linspace(-14 / 9, 14 / 9, 28, dtype=np.float32)[None]
    y = np.linspace(-1, 1, 18, dtype=np.float32)[:, None]
    seen = aim(contained(pose, ROOM), OFFSET, x, y)
    slack = 5e-3  # the map is solved to within a pixel or two of 720 for these violent poses
    assert np.abs(seen.x).max() <= 14 / 9 + slack
    assert np.abs(seen.y).max() <= 1 + slack


@given(one=poses, other=poses)
def test_mixing_starts_and_ends_exactly(one, other):
    assert (mix(one, other, 0), mix(one, other, 1)) == (one, other)


@given(pose=poses)
def test_adding_nothing_changes_nothing(pose):
    assert add(pose, Pose(scale=0.9, shift_x=0.1), 0) == pose


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("travel", [0.2, 1.0, 1.6])
def test_every_move_can_be_told_backwards(move, travel):
    assert MIRRORED[MIRRORED[move]] is move
    assert leg(MIRRORED[move], Camera(move=move, amount=1), STAND, travel).goal.scale <= 1


@pytest.mark.parametrize(
    ("move", "name", "sign"),
    [
        (Move.PUSH_IN, "scale", -1),
        (Move.PUSH_IN, "dolly", 1),
        (Move.PAN_LEFT, "shift_x", -1),
        (Move.PAN_RIGHT, "shift_x", 1),
        (Move.TILT_UP, "shift_y", -1),
        (Move.TILT_DOWN, "shift_y", 1),
        (Move.CRANE_UP, "slide_y", -1),
        (Move.CRANE_DOWN, "slide_y", 1),
        (Move.ARC_LEFT, "slide_x", -1),
        (Move.ARC_RIGHT, "slide_x", 1),
        (Move.DOLLY_ZOOM, "dolly", -1),
    ],
)
def test_each_move_goes_its_way_and_farther_with_more_travel(move, name, sign):
    goals = [leg(move, Camera(move=move, amount=1), STAND, travel).goal for travel in (0.0, 0.4, 0.8)]
    values = [sign * getattr(goal, name) for goal in goals]
    assert values == sorted(values)
    assert values[0] < values[-1]


def test_still_stays():
    assert leg(Move.STILL, Camera(move=Move.STILL, amount=1), STAND, 1.6).goal == WHOLE


def test_a_pull_out_from_the_whole_leans_in_and_ends_wide():
    found = leg(Move.PULL_OUT, Camera(move=Move.PULL_OUT, amount=1), STAND, 1.0)
    assert found.goal == WHOLE
    assert found.via is not None
    assert found.via.scale < 0.95


def test_a_pull_out_from_close_goes_straight_back():
    close = replace(STAND, pose=Pose(scale=0.7))
    found = leg(Move.PULL_OUT, Camera(move=Move.PULL_OUT, amount=1), close, 1.0)
    assert found.via is None
    assert 0.7 < found.goal.scale <= 1


@pytest.mark.parametrize("move", [move for move in Move if move is not Move.STILL])
def test_a_hundred_moves_in_a_row_stay_near_the_still(move):
    stand = STAND
    for _ in range(100):
        found = leg(move, Camera(move=move, amount=1, lean_x=1, lean_y=-1), stand, 1.6)
        stand = replace(stand, pose=contained(found.goal, ROOM))
        # A slide and a dolly ask for a margin beyond the nearest scale, bounded themselves.
        assert stand.pose.scale > NEAREST - 0.35
        assert overshoot(stand.pose, ROOM) <= SLACK


def test_a_push_keeps_the_subject_where_it_is_in_the_frame():
    goal = leg(Move.PUSH_IN, Camera(move=Move.PUSH_IN, amount=1), replace(STAND, relief=0.0), 1.0).goal
    x, y = STAND.subject
    assert ((x - goal.shift_x) / goal.scale, (y - goal.shift_y) / goal.scale) == pytest.approx((x, y))


@pytest.mark.parametrize("easing", Easing)
def test_easings_go_from_rest_to_rest_and_never_back(easing):
    ease = EASINGS[easing]
    values = np.array([ease(step / 960) for step in range(961)])
    assert (values[0], values[-1]) == pytest.approx((0, 1), abs=1e-12)
    steps = np.diff(values)
    assert steps.min() >= -1e-12
    assert max(steps[0], steps[-1]) < 0.1 * steps.max()


@pytest.mark.parametrize("easing", [Easing.SMOOTH, Easing.SETTLE])
def test_gentle_easings_have_no_jump(easing):
    steps = np.diff([EASINGS[easing](step / 95) for step in range(96)])
    assert steps.max() < 2 * np.median(steps)


def test_hold_waits_and_abrupt_goes_at_once():
    assert EASINGS[Easing.HOLD](0.4) < 0.1
    assert EASINGS[Easing.ABRUPT](0.45) - EASINGS[Easing.ABRUPT](0.2) > 0.6


@given(time=st.floats(-1, 2))
def test_smooth_is_bounded(time):
    assert 0 <= smooth(time) <= 1


def test_a_wave_comes_back():
    assert (wave(0), wave(0.5), wave(1)) == pytest.approx((0, 1, 0))


def test_a_plateau_rises_stays_and_sinks():
    assert [plateau(time, 0.25) for time in (0, 0.25, 0.5, 0.75, 1)] == pytest.approx([0, 1, 1, 1, 0])


def test_an_arc_keeps_its_subject_in_place():
    """The picture turns about the subject: what lies at its depth, there, hardly moves while the far goes by."""
    stand = replace(STAND, subject=(0.0, 0.0), level=0.3)
    goal = leg(Move.ARC_RIGHT, Camera(move=Move.ARC_RIGHT, amount=1), stand, 1.0).goal
    assert goal.shift_x + goal.slide_x * 0.3 == pytest.approx(0, abs=1e-9)
    assert abs(goal.shift_x - goal.slide_x * 0.4) > 0.05


def test_a_drift_leads_back_across_the_picture():
    close = replace(STAND, pose=Pose(scale=0.62, shift_x=0.3, slide_x=0.05))
    there = drift(close, 1.0).goal
    assert there.shift_x < 0.3
    assert there.slide_x < 0.05
    assert drift(replace(close, pose=there), 1.0).goal != there


def near_disc(height=180, width=240):
    whole = np.ones((height, width), np.float32)
    return sketch(
        (
            layer(texture(height, width), whole, -0.3),
            layer(np.zeros((height, width, 3)), disc(height, width, radius=4 / 9), 0.5),
        )
    )


def test_the_still_itself_asks_nothing_of_the_picture():
    strain = measure(WHOLE, near_disc())
    assert (strain.stretch, strain.hole) == (0, 0)


def test_holes_grow_with_the_slide_as_the_shifted_disc_says():
    """A disc of radius 40 that moves by d over its background uncovers about 2 r d pixels."""
    geometry = near_disc()
    for slide in (0.05, 0.1):
        moved = slide * 0.8 * 90
        # Magnified a little, so that nothing outside the picture is in view.
        assert measure(Pose(scale=0.95, slide_x=slide), geometry).hole == pytest.approx(
            2 * 40 * moved / (180 * 240), rel=0.3
        )


def test_what_lies_outside_counts_as_hole():
    assert measure(Pose(scale=1.1), near_disc()).hole == pytest.approx(1 - 1 / 1.21, abs=0.02)


def test_stretch_is_seen_where_the_map_is_drawn_out_twofold():
    flat = sketch((layer(texture(), np.ones((120, 160), np.float32), 0.0),))
    assert measure(Pose(scale=0.55), flat).stretch == 0
    assert measure(Pose(scale=0.45), flat).stretch == 1


def test_the_room_knows_only_what_shows_at_the_rim():
    """A disc in the middle may come as near as it likes: it is never where the picture ends."""
    assert near_disc().room.offsets == pytest.approx((-0.3, -0.3))
    parts, _ = layers()
    assert sketch(parts).room.offsets[1] == pytest.approx(0.3, abs=0.02)
