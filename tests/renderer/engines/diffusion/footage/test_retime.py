"""Frames between frames are those that would have been there."""

from itertools import count, pairwise

import cv2
import numpy as np
import pytest

from renderer.engines.diffusion.footage.retime import retimed
from renderer.measures.likeness import grey, psnr, sharpness
from tests.renderer.moving import ASTRONAUT, COFFEE, brightening, inner, panned, passing, placed, turned


def between(one, other, *times):
    return list(retimed([one, other], times))


def blend(one, other, time):
    return cv2.addWeighted(one, 1 - time, other, time, 0)


@pytest.mark.parametrize("time", [1 / 3, 0.5, 0.8])
@pytest.mark.parametrize(("scene", "better"), [(panned, 20), (turned, 15), (passing, 6), (brightening, 15)])
def test_what_is_made_is_much_nearer_to_the_truth_than_a_blend(scene, better, time):
    one, other = scene(0), scene(1)
    (made,) = between(one, other, time)
    true = inner(scene(time))
    assert psnr(inner(made), true) > better + psnr(inner(blend(one, other, time)), true)
    assert psnr(inner(made), true) > 34.5  # the rim of what passes before something else is the worst of it


def test_whole_positions_give_the_frames_themselves():
    frames = [panned(time) for time in range(4)]
    found = list(retimed(frames, [0, 1, 1, 3]))
    assert [any(each is frame for frame in frames) for each in found] == [True] * 4
    assert found[3] is frames[3]


def test_a_clip_at_two_thirds_of_our_rate_moves_evenly():
    frames = [turned(time / 2) for time in range(5)]
    found = list(retimed(frames, [place * 2 / 3 for place in range(7)]))
    wanted = [turned(place / 3) for place in range(7)]
    assert min(psnr(inner(each), inner(true)) for each, true in zip(found, wanted, strict=True)) > 36
    steps = [np.abs(after.astype(float) - before).mean() for before, after in pairwise(found)]
    assert max(steps) < 1.25 * min(steps)


def test_frames_between_are_as_sharp_as_those_beside_them():
    one, other = panned(0), panned(1)
    for made in between(one, other, 1 / 3, 0.5):
        assert sharpness(grey(inner(made))) > 0.85 * sharpness(grey(inner(one)))


def test_nothing_is_made_between_the_two_sides_of_a_cut():
    one, other = placed(ASTRONAUT), placed(COFFEE)
    early, late = between(one, other, 0.4, 0.6)
    assert early is one
    assert late is other


def test_a_picture_that_stands_stays_as_it_is():
    frame = panned(0)
    (made,) = between(frame, frame.copy(), 0.5)
    assert np.abs(made.astype(int) - frame).max() <= 1


def test_a_flash_is_met_half_way_and_not_torn():
    frame = panned(0)
    bright = np.clip(frame * 1.1, 0, 255).astype(np.uint8)
    (made,) = between(frame, bright, 0.5)
    assert psnr(inner(made), inner(blend(frame, bright, 0.5))) > 40


def test_what_cannot_be_followed_is_not_laid_over_itself():
    """A ball that jumps farther than motion is read: it is in one place or the other, and not half in both."""
    ground = np.full((216, 384, 3), (60, 90, 120), np.uint8)
    one, other = ground.copy(), ground.copy()
    cv2.circle(one, (60, 100), 7, (250, 240, 220), -1)
    cv2.circle(other, (320, 100), 7, (250, 240, 220), -1)
    for time, there in [(0.4, one), (0.6, other)]:
        (made,) = between(one, other, time)
        assert psnr(made, there) > 35


def choppy(seed):
    """Water that shows nothing of what it showed before."""
    waves = cv2.GaussianBlur(np.random.default_rng(seed).normal(0, 1, (216, 384)), (0, 0), sigmaX=4, sigmaY=1.5)
    return np.clip(np.array([60, 110, 140]) + 28 * (waves / waves.std())[..., None], 0, 255).astype(np.uint8)


def test_water_keeps_its_waves_beside_a_picture_that_moves():
    one, other = panned(0), panned(1)
    one[108:], other[108:] = choppy(1)[108:], choppy(2)[108:]
    for time in (1 / 3, 0.5):
        (made,) = between(one, other, time)
        height = grey(made[124:]).std()
        assert height > 0.9 * grey(one[124:]).std() > 1.2 * grey(blend(one, other, 0.5)[124:]).std()
        assert sharpness(grey(made[124:])) < 1.2 * sharpness(grey(one[124:]))  # tears would be sharp
        assert psnr(inner(made)[:80], inner(panned(time))[:80]) > 31


def test_no_more_is_pulled_than_is_needed():
    pulled = []

    def endless():
        for index in count():
            pulled.append(index)
            yield np.full((64, 96, 3), index, np.uint8)

    assert len(list(retimed(endless(), [0, 0.5, 1]))) == 3
    assert pulled == [0, 1]


@pytest.mark.parametrize(("height", "width"), [(16, 16), (32, 48), (256, 64)])
def test_the_smallest_pictures_are_borne(height, width):
    one, other = panned(0)[:height, :width], panned(0.5)[:height, :width]
    one, other = (cv2.resize(frame, (width, height)) for frame in (one, other))
    (made,) = between(one, other, 0.5)
    assert made.shape == (height, width, 3)
    assert psnr(made, blend(one, other, 0.5)) > 15


def test_the_same_frames_give_the_same_frames():
    one, other = passing(0), passing(1)
    threads = cv2.getNumThreads()
    try:
        made = []
        for number in (1, 3):
            cv2.setNumThreads(number)
            made += between(one, other, 0.4)
    finally:
        cv2.setNumThreads(threads)
    assert np.array_equal(*made)
