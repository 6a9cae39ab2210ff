"""The still comes apart in layers that give it back exactly, each painted on from its own side."""

import cv2
import numpy as np
import pytest

from renderer.scene.fill import fill_hole, spread
from renderer.scene.layers import carried_on, soft_edge, take_apart
from renderer.scene.reading.depth.ordering import Depth
from renderer.scene.reading.depth.slabs import Slab, kept_apart
from tests.renderer.scenery import landscape, texture

SHAPE = (90, 120)


def disc(height=120, width=160, radius=30.0):
    y, x = np.mgrid[0:height, 0:width]
    return np.hypot(y - height / 2, x - width / 2) < radius


def slab(mask, level):
    return Slab(mask=mask, disparity=np.full(mask.shape, level, np.float32))


def ordered(*slabs):
    return Depth(slabs=kept_apart(slabs), pivot=0.4, horizon=None, confidence=1.0)


def three_deep():
    """A sky, a ground from the middle down, a disc before both."""
    rows = np.arange(SHAPE[0])[:, None] + np.zeros(SHAPE, int)
    return ordered(
        slab(rows < SHAPE[0] // 2, 0.0),
        slab(rows >= SHAPE[0] // 2, 0.5),
        slab(disc(*SHAPE, radius=22), 0.8),
    )


def over(layers):
    """Lay one layer over the other."""
    whole = layers[0].colour[..., :3]
    for layer in layers[1:]:
        whole = layer.colour[..., :3] + (1 - layer.colour[..., 3:]) * whole
    return whole


@pytest.mark.parametrize("size", [(180, 240), (97, 131), (360, 480)])
def test_one_layer_over_the_other_gives_the_still_back_exactly(size):
    still = texture(*size)
    layers = take_apart(still, three_deep())
    assert len(layers) == 3
    np.testing.assert_array_equal(np.rint(over(layers)), still)


def test_the_first_layer_is_opaque_and_all_are_of_the_stills_size_with_small_depth():
    layers = take_apart(texture(180, 240), three_deep())
    assert (layers[0].colour[..., 3] == 1).all()
    for layer, level in zip(layers, (0.0, 0.5, 0.8), strict=True):
        assert layer.colour.shape == (180, 240, 4)
        assert layer.offset.shape == SHAPE
        assert layer.level == pytest.approx(level - 0.4, abs=1e-5)


def test_one_slab_is_one_layer():
    still = texture()
    (only,) = take_apart(still, ordered(slab(np.ones(SHAPE, bool), 0.5)))
    np.testing.assert_array_equal(only.colour[..., :3], still)


def test_the_far_side_is_painted_without_a_trace_of_the_near():
    """A red disc on green: what is painted behind it is green."""
    near = disc()
    still = np.where(near[..., None], (220, 20, 20), (20, 160, 40)).astype(np.uint8)
    behind, _ = take_apart(still, ordered(slab(~near, 0.2), slab(near, 0.8)))
    assert np.abs(behind.colour[..., :3] - [20, 160, 40]).max() < 12


def test_a_horizon_goes_on_behind_what_stands_before_it():
    """A red disc before blue sky and green ground: with the disc taken away each has its own colour, to the line."""
    height, width = 180, 240
    sky = np.arange(height)[:, None] < height // 2
    still = np.where(sky[..., None], (90, 140, 230), (40, 120, 30)) + np.zeros((height, width, 1), int)
    still[disc(height, width, 44)] = (220, 20, 20)
    back, ground, _ = take_apart(still.astype(np.uint8), three_deep())
    without = ground.colour[..., :3] + (1 - ground.colour[..., 3:]) * back.colour[..., :3]
    assert np.abs(without[: height // 2 - 4] - [90, 140, 230]).max() < 25
    assert np.abs(without[height // 2 + 4 :] - [40, 120, 30]).max() < 25


def test_slabs_are_carried_on_straight_behind_those_before_them():
    sky, ground, _ = carried_on(three_deep().slabs)
    rows = np.nonzero(ground.any(axis=1))[0]
    assert abs(int(rows.min()) - SHAPE[0] // 2) <= 2
    assert (sky ^ ground).all()


def test_slabs_part_the_picture_and_crumbs_go_to_their_neighbours():
    crumb = np.zeros(SHAPE, bool)
    crumb[4:7, 4:7] = True
    near = disc(*SHAPE, radius=22)
    kept = kept_apart([slab(~near & ~crumb, 0.2), slab(crumb, 0.5), slab(near, 0.8)])
    assert [float(part.disparity[0, 0]) for part in kept] == pytest.approx([0.2, 0.8])
    assert (sum(part.mask.astype(int) for part in kept) == 1).all()


def test_a_filled_hole_leaves_the_rest_alone_and_carries_on_the_detail():
    image = texture().astype(np.float32)
    hole = disc(radius=14)
    filled = fill_hole(image, hole)
    np.testing.assert_array_equal(filled[~hole], image[~hole])
    rim = hole & ~disc(radius=10)
    assert filled[rim].std() > 0.3 * image[rim].std()


@pytest.mark.parametrize("hole", [np.zeros((40, 60), bool), np.ones((40, 60), bool)])
def test_no_hole_and_all_hole_come_back_as_they_are(hole):
    image = texture(40, 60).astype(np.float32)
    np.testing.assert_array_equal(fill_hole(image, hole), image)


def test_each_region_of_a_hole_is_painted_from_its_own_colours():
    image = np.zeros((120, 160, 3), np.float32)
    image[:, :80], image[:, 80:] = (200, 0, 0), (0, 0, 200)
    left = np.zeros((60, 80), bool)
    left[:, :40] = True
    filled = fill_hole(image, disc(), (left, ~left))
    assert np.abs(filled[:, :72] - [200, 0, 0]).max() < 10
    assert np.abs(filled[:, 88:] - [0, 0, 200]).max() < 10


def test_a_hole_that_takes_half_of_the_picture_is_painted_to_its_end():
    """No corner stays black, however far from what is known."""
    image = np.full((90, 160, 3), 120, np.float32)
    hole = np.arange(90)[:, None] + np.zeros((1, 160), int) > 12
    image[hole] = 0
    assert np.abs(fill_hole(image, hole) - 120).max() < 1


def test_what_is_known_spreads_smoothly_and_stays_in_its_range():
    values = np.where(np.arange(64) < 32, 0.2, 0.8) + np.zeros((48, 1))
    known = np.zeros((48, 64), bool)
    known[:, :8] = known[:, -8:] = True
    found = spread(values.astype(np.float32), known)
    np.testing.assert_allclose(found[known], values[known], atol=1e-5)
    assert found.min() >= 0.199
    assert found.max() <= 0.801
    assert np.abs(np.diff(found, axis=1)).max() < 0.3


def test_a_soft_edge_finds_the_edge_that_a_coarse_mask_missed():
    still = np.zeros((360, 480, 3), np.float32)
    still[:] = (40, 60, 160)
    still[90:270, 150:330] = (210, 180, 60)
    coarse = np.zeros((100, 133), bool)
    coarse[26:74, 43:90] = True  # a coarse pixel short on each side
    alpha = soft_edge(coarse, still)
    truth = np.zeros((360, 480), np.float32)
    truth[90:270, 150:330] = 1
    assert np.abs(alpha - truth).mean() < 0.006


def test_a_tower_too_thin_to_be_sure_of_is_cut_out_whole():
    still = np.zeros((360, 480, 3), np.float32)
    still[:] = (30, 50, 90)
    still[40:, 232:248] = (230, 210, 170)  # a light tower before a dark sky, on dark ground
    still[300:] = (20, 20, 20)
    coarse = np.zeros((180, 240), bool)
    coarse[19:, 115:125] = coarse[150:] = True
    alpha = soft_edge(coarse, still)
    assert alpha[50:290, 236:244].min() > 0.9
    assert alpha[50:290, :215].max() < 0.1
    assert alpha[50:290, 265:].max() < 0.1


def test_layers_are_the_same_on_any_number_of_threads():
    threads = cv2.getNumThreads()
    still = landscape(180, 240)
    try:
        first, other = (_apart_on(count, still) for count in (1, 2))
    finally:
        cv2.setNumThreads(threads)
    for one, another in zip(first, other, strict=True):
        np.testing.assert_array_equal(one.colour, another.colour)


def _apart_on(threads, still):
    cv2.setNumThreads(threads)
    return take_apart(still, three_deep())
