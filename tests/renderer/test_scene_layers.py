"""Layers give the still back, the far side is painted from its own side, and light leaves a neutral picture alone."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from renderer.scene import light
from renderer.scene.camera import WHOLE, Pose
from renderer.scene.fill import fill_hole
from renderer.scene.layers import soft_edge, take_apart
from renderer.scene.light import NEUTRAL, Look, tone_table
from renderer.scene.stage import OpenCvStage, TorchStage
from tests.renderer.scenery import texture

CPU = torch.device("cpu")
LOOKS = [
    NEUTRAL,
    Look(warmth=0.5, brightness=-0.4, saturation=-0.6, contrast=0.3, vignette=0.6),
    Look(warmth=-0.8, brightness=0.5, saturation=0.5, contrast=-0.5),
]


def disc(height=120, width=160, radius=30.0):
    y, x = np.mgrid[0:height, 0:width]
    return np.clip(radius - np.hypot(y - height / 2, x - width / 2) + 0.5, 0, 1).astype(np.float32)


def layered(still):
    flat = np.zeros(still.shape[:2], np.float32)
    return take_apart(still, disc(*still.shape[:2]), flat - 0.3, flat + 0.4)


@pytest.mark.parametrize("stage", [OpenCvStage, lambda layers: TorchStage(layers, CPU)])
def test_layers_show_the_still_exactly_from_where_it_was_taken(stage):
    still = texture()
    np.testing.assert_array_equal(stage(layered(still)).frame(WHOLE, NEUTRAL), still)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(
    "pose", [Pose(scale=0.85, dolly=0.08), Pose(scale=0.9, slide_x=0.06, shift_y=0.03, roll=0.004)]
)
def test_both_stages_show_the_same(pose, look):
    layers = layered(texture())
    fast, clear = OpenCvStage(layers).frame(pose, look), TorchStage(layers, CPU).frame(pose, look)
    apart = np.abs(fast.astype(int) - clear.astype(int))
    # Rounding may fall either way by one level, which the steepest tone curve doubles.
    assert apart.max() <= 2
    assert (apart > 0).mean() < 0.01


def test_frames_are_not_overwritten_by_later_ones():
    stage = OpenCvStage(layered(texture()))
    first = stage.frame(WHOLE, NEUTRAL)
    kept = first.copy()
    stage.frame(Pose(scale=0.8), Look(brightness=0.5))
    np.testing.assert_array_equal(first, kept)


def test_the_far_side_is_painted_without_a_trace_of_the_near():
    """A red disc on green: what is painted behind it is green."""
    still = np.zeros((120, 160, 3), np.uint8)
    still[:] = (20, 160, 40)
    share = disc()[..., None]
    still = np.rint(still * (1 - share) + np.array([220, 20, 20]) * share).astype(np.uint8)
    behind = layered(still).far.colour[..., :3]
    assert np.abs(behind[disc() > 0.99] - [20, 160, 40]).max() < 12


def test_a_filled_hole_leaves_the_rest_alone_and_carries_on_the_detail():
    image = texture().astype(np.float32)
    hole = disc(radius=14) > 0
    filled = fill_hole(image, hole)
    np.testing.assert_array_equal(filled[~hole], image[~hole])
    assert filled[hole].std() > 0.4 * image[hole].std()


@pytest.mark.parametrize("hole", [np.zeros((40, 60), bool), np.ones((40, 60), bool)])
def test_no_hole_and_all_hole_come_back_as_they_are(hole):
    image = texture(40, 60).astype(np.float32)
    np.testing.assert_array_equal(fill_hole(image, hole), image)


def test_a_soft_edge_finds_the_edge_that_a_coarse_mask_missed():
    still = np.zeros((360, 480, 3), np.uint8)
    still[:] = (40, 60, 160)
    still[90:270, 150:330] = (210, 180, 60)
    coarse = np.zeros((100, 133), bool)
    coarse[26:74, 43:90] = True  # a coarse pixel short on each side
    alpha = soft_edge(coarse, still)
    truth = np.zeros((360, 480), np.float32)
    truth[90:270, 150:330] = 1
    assert np.abs(alpha - truth).mean() < 0.006


@given(st.sampled_from(["warmth", "brightness", "saturation", "contrast", "vignette"]), st.floats(-1, 1))
def test_looks_rise_evenly_from_neutral(name, value):
    """A hundredth of the way there changes no level by more than a few: nothing jumps at the start."""
    table = tone_table(light.mix(NEUTRAL, Look(**{name: value}), 0.01)).astype(int)
    assert np.abs(table[:, 0] - np.arange(256)[:, None]).max() <= 2


def test_neutral_keeps_every_level():
    np.testing.assert_array_equal(tone_table(NEUTRAL)[:, 0], np.repeat(np.arange(256)[:, None], 3, axis=1))


@given(st.builds(Look, **dict.fromkeys(["warmth", "brightness", "contrast"], st.floats(-1, 1))))
def test_tones_never_turn_over(look):
    assert (np.diff(tone_table(look)[:, 0].astype(int), axis=0) >= 0).all()


@pytest.mark.parametrize(
    ("look", "holds"),
    [
        (Look(warmth=0.8), lambda old, new: new[..., 2].mean() < old[..., 2].mean() - 10),
        (Look(warmth=-0.8), lambda old, new: new[..., 0].mean() < old[..., 0].mean() - 10),
        (Look(brightness=0.6), lambda old, new: new.mean() > old.mean() + 10),
        (Look(brightness=-0.6), lambda old, new: new.mean() < old.mean() - 10),
        (Look(contrast=0.7), lambda old, new: new.std() > old.std()),
        (Look(contrast=-0.7), lambda old, new: new.std() < old.std()),
        (Look(saturation=-1), lambda _old, new: np.ptp(new.astype(int), axis=-1).max() <= 1),
        (Look(vignette=1), lambda old, new: new[:9, :9].mean() < 0.7 * old[:9, :9].mean()),
        (Look(vignette=1), lambda old, new: (new[55:65, 75:85] == old[55:65, 75:85]).all()),
    ],
)
def test_each_setting_does_what_it_says(look, holds):
    still = texture()
    assert holds(still, OpenCvStage(layered(still)).frame(WHOLE, look))
