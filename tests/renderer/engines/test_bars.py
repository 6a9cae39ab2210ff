"""The test pattern keeps an engine's promises: anchors, joints, loops, and takes that differ."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from renderer.contract.lineage import after, animate, before, nudge, reroll, strong, subtle
from renderer.contract.shot import Anchor, Beat, Shot
from renderer.engines import open_engine
from renderer.engines.scaling import scale_still
from tests.pictures import quarters

STILL = np.asarray(quarters())
TAKE = animate(Shot(still="0" * 64, line=(Beat(mood="calm", seed=5, seconds=2.0),), engine="bars", size=64), "press")
SCALED = scale_still(STILL, 64)


def frames(take):
    film = open_engine("bars").film(take.shot, STILL)
    return list(film.frames)


def distance(take, other):
    return np.mean([np.abs(a.astype(int) - b).mean() for a, b in zip(frames(take), frames(other), strict=True)])


def with_beat(**changes):
    return replace(TAKE, shot=replace(TAKE.shot, line=(replace(TAKE.shot.beat, **changes),)))


def test_there_are_as_many_frames_as_the_shot_says_and_all_of_its_size():
    made = frames(with_beat(seconds=3.5))
    assert len(made) == 84
    assert {(frame.shape, frame.dtype.name) for frame in made} == {((64, 86, 3), "uint8")}


def test_the_first_frame_is_the_still_exactly():
    assert np.array_equal(frames(TAKE)[0], SCALED)


def test_anchored_last_the_last_frame_is_the_still_exactly():
    assert np.array_equal(frames(with_beat(anchor=Anchor.LAST))[-1], SCALED)


def test_something_moves_in_every_frame():
    made = frames(TAKE)
    assert all(not np.array_equal(a, b) for a, b in pairwise(made))


def test_the_same_shot_makes_the_same_frames():
    assert distance(TAKE, TAKE) == 0


@pytest.mark.parametrize("action", [reroll, subtle, strong, nudge])
def test_a_child_differs_from_its_parent(action):
    assert distance(TAKE, action(TAKE, "press", "warmer")) > 0


def test_relatives_stand_apart_in_order():
    presses = [str(press) for press in range(8)]
    near, far, new = (np.mean([distance(TAKE, act(TAKE, p, "")) for p in presses]) for act in (subtle, strong, reroll))
    assert 0 < near < far < new


def test_after_begins_where_its_parent_ends():
    child = after(TAKE, "press")
    assert np.array_equal(frames(child)[0], frames(TAKE)[-1])
    assert np.array_equal(frames(after(child, "press"))[0], frames(child)[-1])


def test_before_ends_where_its_parent_begins():
    child = before(TAKE, "press")
    assert np.array_equal(frames(child)[-1], frames(TAKE)[0])
    assert np.array_equal(frames(before(child, "press"))[-1], frames(child)[0])


@pytest.mark.parametrize("anchor", Anchor)
def test_a_loop_closes(anchor):
    take = with_beat(anchor=anchor)
    made = frames(replace(take, shot=replace(take.shot, loop=True)))
    assert np.array_equal(made[0 if anchor is Anchor.FIRST else -1], SCALED)
    seam = np.abs(made[-1].astype(int) - made[0]).mean()
    steps = [np.abs(a.astype(int) - b).mean() for a, b in pairwise(made)]
    assert seam <= 1.5 * max(steps)


def test_the_reading_is_of_the_picture():
    warm, cold = np.full((64, 64, 3), (200, 120, 40), np.uint8), np.full((64, 64, 3), (40, 120, 200), np.uint8)
    readings = [open_engine("bars").film(TAKE.shot, still).reading for still in (warm, cold)]
    assert readings[0].warmth > 0 > readings[1].warmth
    assert readings[0].palette[0] == "#c87828"
    assert 0 < readings[1].brightness < readings[0].brightness < 1
