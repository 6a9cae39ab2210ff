"""What is read in drawn pictures whose truth is known."""

import cv2
import numpy as np
import pytest

from renderer.direction import Side
from renderer.picture import read_picture
from renderer.scene.cues import read_cues
from renderer.scene.depth import order
from tests.renderer.scenery import landscape, texture


def lettering():
    page = np.full((240, 400, 3), 235, np.uint8)
    for row in range(30, 230, 28):
        cv2.putText(page, "plain letters on a page", (12, row), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (20, 20, 20), 2)
    return page


def test_a_landscape_has_sky_horizon_and_subject():
    reading = read_picture(landscape()).reading
    assert reading.sky == pytest.approx(0.5, abs=0.12)
    assert reading.horizon == pytest.approx(0.5, abs=0.08)
    assert reading.subject is not None
    assert reading.subject[0] == pytest.approx(0.5, abs=0.05)
    assert reading.aspect == pytest.approx(1.5, abs=0.01)
    assert reading.light_from is Side.ABOVE
    assert reading.confidence > 0.6


def test_the_palette_names_the_colours_that_are_there():
    palette = read_picture(landscape()).reading.palette
    assert all(len(colour) == 7 and colour.startswith("#") for colour in palette)
    reds, greens, blues = zip(*(bytes.fromhex(colour[1:]) for colour in palette), strict=True)
    assert any(blue > 200 > red for red, blue in zip(reds, blues, strict=True))  # sky
    assert any(green > max(red, blue) for red, green, blue in zip(reds, greens, blues, strict=True))  # grass


def test_sky_is_far_and_the_ground_comes_nearer_downwards():
    depth = order(read_cues(landscape(post=False)))
    rows = depth.far.mean(axis=1)
    assert rows[: len(rows) // 3].max() < 0.05
    below = rows[len(rows) * 6 // 10 :]
    assert (np.diff(below) >= -1e-3).all()
    assert rows[-1] > 0.6


def test_depth_is_smooth_inside_its_layers():
    """Texture printed into the depth would swim: the grass's grain must not be in it."""
    depth = order(read_cues(landscape()))
    assert np.abs(np.diff(depth.far, axis=1)).max() < 0.01


def test_the_subject_stands_nearer_than_what_is_behind_it():
    cues = read_cues(landscape())
    depth = order(cues)
    assert cues.subject is not None
    top = cues.subject.mask & (np.arange(cues.sky.shape[0])[:, None] < cues.sky.shape[0] * 0.5)
    assert (depth.near[top] > depth.far[top] + 0.15).all()


def test_the_subject_is_outlined_at_full_size():
    still = landscape(480, 720)
    alpha = read_picture(still).layers.near.colour[..., 3]
    truth = (still[..., 0] > 150) & (still[..., 2] < 90)
    assert (alpha[truth] > 0.5).mean() > 0.97
    assert (alpha[~truth] > 0.5).mean() < 0.03


@pytest.mark.parametrize("still", [lettering(), texture(120, 180), np.full((100, 200, 3), 128, np.uint8)])
def test_where_nothing_stands_out_the_depth_is_not_trusted(still):
    picture = read_picture(still)
    assert picture.layers.near is None
    assert picture.reading.confidence < 0.3
    assert picture.reading.sky == 0


def test_a_page_is_not_sky():
    assert not read_cues(lettering()).sky.any()


@pytest.mark.parametrize("size", [(64, 64), (64, 256), (256, 64), (65, 97)])
def test_small_and_long_pictures_are_read(size):
    picture = read_picture(landscape(*size))
    assert picture.layers.far.offset.shape == size


def test_a_picture_is_read_the_same_each_time_and_on_any_number_of_threads():
    threads = cv2.getNumThreads()
    try:
        first, *others = [_read_on(count) for count in (1, 2, 2)]
    finally:
        cv2.setNumThreads(threads)
    for other in others:
        assert other.reading == first.reading
        np.testing.assert_array_equal(other.layers.near.colour, first.layers.near.colour)
        np.testing.assert_array_equal(other.layers.far.offset, first.layers.far.offset)


def _read_on(threads):
    cv2.setNumThreads(threads)
    return read_picture(landscape())
