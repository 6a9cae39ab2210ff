"""Shots become frames: the anchor is the still, neighbours meet, loops close, and the picture never tears."""

import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
import pytest
import torch

from renderer.contract.direction import Corrections, Move
from renderer.contract.lineage import after, animate, before, nudge, reroll, subtle
from renderer.contract.shot import SHORT_SIDES, Anchor, Nudge
from renderer.engines.parallax.course import plan
from renderer.engines.parallax.engine import Parallax
from renderer.engines.scaling import scale_still
from renderer.scene.air.weather import Air
from renderer.scene.motion.camera import overshoot
from renderer.scene.strain import measure
from tests.renderer.scenery import beat, landscape, shot

PICTURE = landscape()
MOVES = [
    "push in", "pull out", "pan left", "pan right", "tilt up", "tilt down", "arc left", "arc right", "dolly zoom",
    "handheld push in", "static camera, warm", "sudden push in", "wait, then pan left",
]  # fmt: skip


@pytest.fixture(scope="module")
def engine():
    return Parallax("cpu")


def frames_of(engine, a_shot, still=PICTURE):
    return list(engine.film(a_shot, still).frames)


def laid(engine, a_shot, still=PICTURE):
    """The course of a shot, and the geometry it was laid in."""
    engine.film(a_shot, still)
    scene = engine._set
    return plan(a_shot, scene.picture.reading, scene.geometry, engine._meaning), scene.geometry


def apart(one, other):
    return float(np.abs(one.astype(int) - other.astype(int)).mean())


@pytest.mark.parametrize("mood", MOVES)
def test_the_first_frame_is_the_still_and_every_frame_has_its_size(engine, mood):
    a_shot = shot(beat(mood), size=120)
    frames = frames_of(engine, a_shot)
    still = scale_still(PICTURE, 120)
    assert len(frames) == a_shot.frame_count
    assert {(frame.shape, frame.dtype) for frame in frames} == {(still.shape, np.dtype(np.uint8))}
    np.testing.assert_array_equal(frames[0], still)


@pytest.mark.parametrize("mood", MOVES[::2])
def test_anchored_last_the_last_frame_is_the_still(engine, mood):
    frames = frames_of(engine, shot(beat(mood, anchor=Anchor.LAST)))
    np.testing.assert_array_equal(frames[-1], scale_still(PICTURE, 120))
    if mood not in {"static camera, warm", "pull out", "push in"}:
        assert apart(frames[0], frames[-1]) > 1


@pytest.mark.parametrize("size", [SHORT_SIDES[0], 121])
@pytest.mark.parametrize("still", [landscape(100, 300), landscape(300, 100), landscape(65, 97)])
def test_any_shape_and_size_begins_with_its_still(engine, size, still):
    film = engine.film(shot(beat("arc left, handheld"), size=size, still=f"{still.shape[0]:064x}"), still)
    np.testing.assert_array_equal(next(film.frames), scale_still(still, size))


@pytest.mark.parametrize("mood", ["push in", "tilt up", "arc right", "dolly zoom"])
def test_moves_move_and_start_without_a_jump(engine, mood):
    frames = frames_of(engine, shot(beat(mood, seconds=3)))
    steps = [apart(one, other) for one, other in pairwise(frames)]
    assert max(steps) > 0.15
    assert steps[0] < 0.5 * max(steps) + 0.05
    assert steps[-1] < 0.5 * max(steps) + 0.05


def test_a_still_camera_in_a_frozen_scene_moves_nothing(engine):
    mood = "static camera, nothing moves, no colour grading, no vignette, no weather"
    film = engine.film(shot(beat(mood)), PICTURE)
    assert film.direction.camera.move is Move.STILL
    still = scale_still(PICTURE, 120)
    for frame in film.frames:
        np.testing.assert_array_equal(frame, still)


def test_light_drifts_where_the_camera_stands(engine):
    frames = frames_of(engine, shot(beat("static camera, cold, dark")))
    assert frames[-1].mean() < frames[0].mean() - 10
    assert frames[-1][..., 0].mean() - frames[-1][..., 2].mean() < frames[0][..., 0].mean() - frames[0][..., 2].mean()


@pytest.mark.parametrize("anchor", Anchor)
@pytest.mark.parametrize("mood", ["calm, push in", "joyful arc left", "handheld, pan right", "pull out"])
def test_a_loop_closes_with_an_ordinary_step(engine, mood, anchor):
    frames = frames_of(engine, shot(beat(mood, anchor=anchor), loop=True))
    steps = [apart(one, other) for one, other in pairwise(frames)]
    np.testing.assert_array_equal(frames[0 if anchor is Anchor.FIRST else -1], scale_still(PICTURE, 120))
    assert apart(frames[-1], frames[0]) <= 1.1 * np.mean(steps)
    assert max(steps) > 0.15


def test_words_may_ask_for_the_loop(engine):
    film = engine.film(shot(beat("loop, push in")), PICTURE)
    assert film.direction.loop
    frames = list(film.frames)
    assert apart(frames[-1], frames[0]) < apart(frames[len(frames) // 2], frames[0])


def test_after_begins_in_the_frame_where_its_parent_ends(engine):
    parent = animate(shot(beat("push in, warm")), "p")
    child = after(parent, "q", "pan left")
    ours, theirs = engine.film(child.shot, PICTURE), frames_of(engine, parent.shot)
    frames = list(ours.frames)
    np.testing.assert_array_equal(frames[0], theirs[-1])
    assert ours.figures.joint.position == 0
    assert ours.figures.joint.speed < 0.5
    assert apart(frames[-1], frames[0]) > 1


def test_before_ends_in_the_frame_where_its_parent_begins(engine):
    first = animate(shot(beat("push in")), "p")
    second = after(first, "q", "pan left")
    lead = before(second, "r", "tilt up")
    np.testing.assert_array_equal(frames_of(engine, lead.shot)[-1], frames_of(engine, second.shot)[0])
    np.testing.assert_array_equal(frames_of(engine, before(first, "s").shot)[-1], scale_still(PICTURE, 120))


def test_befores_in_a_row_meet(engine):
    take = before(animate(shot(beat("arc left, cold")), "p"), "q", "pan right")
    earlier = before(take, "r", "dark, push in")
    np.testing.assert_array_equal(frames_of(engine, earlier.shot)[-1], frames_of(engine, take.shot)[0])


@pytest.mark.parametrize("mood", ["push in", "fast arc right", "pull out"])
def test_ten_takes_in_a_row_keep_their_sharpness_and_show_only_picture(engine, mood):
    take = animate(shot(beat(mood, seconds=8)), "p")
    for press in range(10):
        take = after(take, str(press))
    course, geometry = laid(engine, take.shot)
    strain = measure(course.open_end.pose, geometry)
    assert strain.stretch + strain.hole <= 0.01  # nothing is magnified beyond twice
    for time in np.linspace(0, 1, 9):
        assert overshoot(course.at(time).pose, geometry.room) < 2e-3
    assert abs(course.open_end.look.warmth) <= 1


@pytest.mark.parametrize(
    "mood", ["arc right", "tilt up", "fast, strong arc left", "fast, strong dolly zoom", "chaos, push in"]
)
@pytest.mark.parametrize("seconds", [2, 8])
def test_the_move_is_bounded_so_that_little_is_stretched_or_made_up(engine, mood, seconds):
    figures = engine.film(shot(beat(mood, seconds=seconds)), PICTURE).figures
    assert figures.stretch_share + figures.hole_share <= 0.01


@pytest.mark.parametrize("mood", ["push in", "pull out", "tilt up", "crane down", "arc right", "dolly zoom"])
@pytest.mark.parametrize("loop", [False, True])
def test_the_camera_never_shows_what_lies_outside(engine, mood, loop):
    course, geometry = laid(engine, shot(beat(mood + ", handheld, fast", seconds=4), loop=loop))
    for time in np.linspace(0, 1, 25):
        assert overshoot(course.at(time).pose, geometry.room) < 2e-3  # a tenth of a pixel here


def test_near_things_move_against_far_ones(engine):
    """On an arc the post and the sky behind it go different ways: that is parallax, and no zoom or pan makes it."""
    course, _ = laid(engine, shot(beat("arc left", seconds=4), size=240))
    assert abs(course.leg.goal.slide_x) > 0.005
    levels = [layer.level for layer in engine._set.picture.layers]
    assert len(levels) >= 2
    assert levels == sorted(levels)


def test_promise_5_same_shot_same_frames_on_any_number_of_threads(engine):
    a_shot = shot(beat("arc left, handheld, warm, muted, rain"), size=150)
    opencv, torches = cv2.getNumThreads(), torch.get_num_threads()
    try:
        one, two = (_on_threads(count, a_shot, engine) for count in (1, 2))
    finally:
        cv2.setNumThreads(opencv)
        torch.set_num_threads(torches)
    for ours, theirs in zip(one, two, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def _on_threads(count, a_shot, engine):
    cv2.setNumThreads(count)
    torch.set_num_threads(count)
    engine._set = None  # so that reading is done on so many, too
    return frames_of(engine, a_shot)[::8]


def test_frames_are_made_as_they_are_pulled(engine):
    film = engine.film(shot(beat("push in", seconds=8)), PICTURE)
    first = next(film.frames)
    assert apart(next(film.frames), first) < 2


def test_actions_change_what_they_should(engine):
    take = animate(shot(beat("", seed=3)), "p")
    parent = engine.film(take.shot, PICTURE).direction
    assert engine.film(nudge(take, "n", "warmer").shot, PICTURE).direction.camera == parent.camera
    assert engine.film(subtle(take, "s").shot, PICTURE).direction.camera.move is parent.camera.move
    rolls = {engine.film(reroll(take, str(press)).shot, PICTURE).direction for press in range(4)}
    assert len(rolls) == 4


def test_another_still_or_size_is_read_anew(engine):
    a_shot = shot(beat("push in"))
    engine.film(a_shot, PICTURE)
    other = landscape(seed=9)
    film = engine.film(replace(a_shot, still="b" * 64), other)
    np.testing.assert_array_equal(next(film.frames), scale_still(other, 120))
    film = engine.film(replace(a_shot, still="b" * 64, size=64), other)
    np.testing.assert_array_equal(next(film.frames), scale_still(other, 64))


def test_slower_moves_less_and_faster_more(engine):
    def travelled(*words):
        return apart(*frames_of(engine, shot(beat("push in", words=words)))[:: 2 * 24 - 1])

    assert travelled("slower") < travelled() < travelled("faster")


def test_a_vary_is_nearer_than_a_reroll(engine):
    def last(**more):
        a_shot = shot(beat("calm push in", **more))
        course, _ = laid(engine, a_shot)
        scene = engine._set
        air = Air((0.0,) * len(scene.picture.layers), 120, 180, 1)
        return scene.stage.frame(course.at(1), air)

    def mean_apart(children):
        return np.mean([apart(last(), child) for child in children])

    varied = mean_apart(last(nudges=[Nudge(seed=seed, strength=0.25)]) for seed in range(5))
    assert varied < mean_apart(last(seed=seed) for seed in range(100, 105))


def test_what_a_member_said_against_the_reading_is_read_anew(engine):
    mood = shot(beat("push in"))
    believed = engine.film(mood, PICTURE).reading
    corrected = engine.film(replace(mood, line=(beat("push in", words=["that is not sky"]),)), PICTURE).reading
    assert believed.sky > 0 == corrected.sky
    family = engine.film(replace(mood, corrections=Corrections(absent=frozenset({"sky"}))), PICTURE).reading
    assert family == corrected


def test_a_process_that_films_on_the_processor_needs_no_torch_for_its_stage():
    code = (
        "import renderer.scene.stage, renderer.engines.parallax.course, sys; raise SystemExit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "mood", ["", "arc left, handheld, huge waves, clouds racing, leaves in the wind", "focus pull"]
)
def test_a_drawings_lines_stay_straight_whatever_is_said(engine, mood):
    """Each frame shows the drawing moved, turned and scaled as a whole: what a frame looks at fits one such map."""
    still = np.full((150, 200, 3), 255, np.uint8)
    still[10::20] = still[:, 10::20] = 0
    a_shot = shot(beat(mood), size=120, still="d" * 64)
    film = engine.film(a_shot, still)
    assert film.reading.drawing
    course, _ = laid(engine, a_shot, still)
    scenery = engine._set.stage._scenery
    states = list(course.frames(a_shot.frame_count))
    for state in states[::6]:
        seen, lattice = scenery.composer.compose(state).seen, scenery.lattice
        assert residue(seen.x, seen.y, lattice.x, lattice.y) < 1e-4
    assert states[-1].pose != states[0].pose
    sharp, racked = (scenery.lens.copies(replace(states[-1], focus=focus)) for focus in (0.0, 1.0))
    assert [share for _, share in racked[0]] == [share for _, share in sharp[0]]  # one plane stays in focus


def residue(x, y, from_x, from_y):
    """How far points are from where the best similarity puts them, in half short sides."""
    there = (x + 1j * y).ravel()
    here = (from_x + np.zeros_like(from_y) + 1j * (from_y + np.zeros_like(from_x))).ravel()
    terms = np.stack([here, np.ones_like(here)], axis=1)
    fit = np.linalg.lstsq(terms, there, rcond=None)[0]
    return np.abs(terms @ fit - there).max()
