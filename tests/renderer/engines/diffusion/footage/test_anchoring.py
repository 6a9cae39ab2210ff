"""The still stands at the joint to the pixel, and neither pops nor lingers."""

from itertools import count, islice, pairwise

import cv2
import numpy as np
import pytest

from renderer.engines.diffusion.footage.anchoring import DETAIL_FRAMES, TONE_FRAMES, anchored
from renderer.measures.likeness import grey, psnr, sharpness
from tests.renderer.moving import COFFEE, coded, inner, panned, passing, placed, turned

COUNT = 2 * TONE_FRAMES + 8


def steps(values):
    return [abs(after - before) for before, after in pairwise(values)]


@pytest.fixture(scope="module", params=[panned, turned, passing])
def story(request):
    """What there was to be seen, and how a model gave it back."""
    true = [request.param(0.15 * index) for index in range(COUNT)]
    return true, [coded(frame) for frame in true]


@pytest.fixture(scope="module")
def clip(story):
    true, made = story
    return list(anchored(made, (0,), true[0]))


def test_the_joint_is_the_still_and_far_frames_are_left_alone(story, clip):
    true, made = story
    assert len(clip) == COUNT
    assert np.array_equal(clip[0], true[0])
    assert all(one is other for one, other in zip(clip[TONE_FRAMES:], made[TONE_FRAMES:], strict=True))


def test_a_clip_that_ends_at_its_joint_is_the_same_backwards(story, clip):
    true, made = story
    backwards = list(anchored(made[::-1], (COUNT - 1,), true[0]))
    assert all(np.array_equal(one, other) for one, other in zip(clip, backwards[::-1], strict=True))


def test_frames_beside_the_joint_come_nearer_to_the_truth(story, clip):
    """Detail moves along: left where it was it would make them worse."""
    true, made = story
    for index in range(1, DETAIL_FRAMES):
        assert psnr(inner(clip[index]), inner(true[index])) > psnr(inner(made[index]), inner(true[index]))
    assert psnr(inner(clip[1]), inner(true[1])) > 6 + psnr(inner(made[1]), inner(true[1]))


def test_nothing_pops(story, clip):
    """Without the fade all that is lost in colour and sharpness would be lost in one step."""
    true, made = story
    reds = [float(frame[..., 0].mean()) - float(there[..., 0].mean()) for frame, there in zip(clip, true, strict=True)]
    lost = abs(float(made[0][..., 0].mean()) - float(true[0][..., 0].mean()))
    assert max(steps(reds)) < 0.25 * lost
    fine = [sharpness(grey(inner(frame))) for frame in clip]
    lost = sharpness(grey(inner(true[0]))) - sharpness(grey(inner(made[0])))
    assert max(steps(fine)) < 0.35 * lost


def test_detail_is_not_put_where_the_joints_picture_has_gone():
    """The model cuts to something else at once: of the still only the tone lingers."""
    true = panned(0)
    other = coded(placed(COFFEE))
    found = list(anchored([coded(true), *[other] * 4], (0,), true))
    for frame in found[1:]:
        added = frame.astype(np.float32) - other
        fine = added - cv2.GaussianBlur(added, (0, 0), 8)
        assert np.abs(inner(fine)).mean() < 1.5
        assert sharpness(grey(inner(frame))) < 1.15 * sharpness(grey(inner(other)))


def test_both_ends_of_a_loop_meet(story):
    true, made = story
    round_trip = [*made[: COUNT // 2], *made[: COUNT // 2 + 1][::-1]]
    end = len(round_trip) - 1
    found = list(anchored(round_trip, (0, end), true[0]))
    assert np.array_equal(found[0], true[0])
    assert np.array_equal(found[end], true[0])
    assert np.array_equal(found[1], found[end - 1])


def test_few_frames_are_held():
    pulled = []

    def endless():
        for index in count():
            pulled.append(index)
            yield np.full((64, 96, 3), 100, np.uint8)

    exact = np.full((64, 96, 3), 110, np.uint8)
    list(islice(anchored(endless(), (0,), exact), 3))
    assert len(pulled) == 3
    pulled.clear()
    list(islice(anchored(endless(), (100,), exact), 10))
    assert len(pulled) == 10


def slipped(frame, across):
    """Give a picture back as a model does that only comes close to it."""
    return cv2.warpAffine(
        coded(frame), np.float32([[1, 0, across], [0, 1, 0]]), frame.shape[1::-1], borderMode=cv2.BORDER_REPLICATE
    )


def test_a_model_that_missed_the_still_glides_away_from_it_without_a_double_edge():
    true = [turned(0.15 * index) for index in range(COUNT)]
    made = [slipped(frame, 4) for frame in true]
    found = list(anchored(made, (0,), true[0]))
    assert np.array_equal(found[0], true[0])
    assert psnr(inner(found[1]), inner(true[1])) > 15 + psnr(inner(made[1]), inner(true[1]))
    half_way = inner(found[TONE_FRAMES // 2])
    there = inner(slipped(true[TONE_FRAMES // 2], 2))
    assert psnr(half_way, there) > 32  # 25 where they are only laid over one another
    jumps = [psnr(one, other) for one, other in pairwise(map(inner, found))]
    usual = [psnr(one, other) for one, other in pairwise(map(inner, true))]
    assert min(jumps) > min(usual) - 3
