"""The seam's measure is nothing where a clip goes on, and a step or more where it jumps, stops or turns."""

import numpy as np
import pytest

from renderer.contract.shot import Anchor
from renderer.engines.diffusion.footage.seam import Seam
from tests.renderer.moving import panned, turned

COUNT = 25
JOINT = 12  # frame of the story


def joint(neighbour, clip, anchor=Anchor.FIRST):
    seam = Seam(tuple(neighbour), anchor)
    passed = list(seam.passing(clip))
    assert all(one is other for one, other in zip(passed, clip, strict=True))
    return seam.joint()


@pytest.fixture(scope="module", params=[panned, turned])
def story(request):
    return [request.param(0.3 * index) for index in range(COUNT)]


def test_a_clip_that_goes_on_has_no_seam(story):
    for found in (
        joint(story[: JOINT + 1], story[JOINT:]),
        joint(story[JOINT:], story[: JOINT + 1], Anchor.LAST),
    ):
        assert found.position == 0
        assert found.speed < 0.15


def test_a_jump_shows_in_the_position(story):
    assert joint(story[:JOINT], story[JOINT:]).position == pytest.approx(1, abs=0.15)
    assert joint(story[: JOINT - 3], story[JOINT:]).position > 1.5
    assert joint(story[JOINT + 3 :], story[: JOINT + 1], Anchor.LAST).position > 1.5


def test_starting_from_rest_is_a_change_of_speed(story):
    rest = [story[JOINT]] * 3
    assert joint(rest, story[JOINT:]).speed == pytest.approx(1, abs=0.2)
    assert joint(rest, story[: JOINT + 1], Anchor.LAST).speed == pytest.approx(1, abs=0.2)


def test_turning_back_is_twice_that(story):
    found = joint(story[: JOINT + 1], story[JOINT::-1])
    assert found.position == 0
    assert found.speed == pytest.approx(2, abs=0.3)


def test_a_neighbour_of_one_frame_is_at_rest(story):
    assert joint(story[JOINT : JOINT + 1], story[JOINT:]).speed == pytest.approx(1, abs=0.2)


def test_two_clips_that_stand_meet_without_a_seam():
    still = np.full((64, 96, 3), 90, np.uint8)
    found = joint([still] * 3, [still] * 8)
    assert (found.position, found.speed) == (0, pytest.approx(0, abs=0.01))
